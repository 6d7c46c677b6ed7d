"""A small book with a figure, its proof, its export, and the verifier loaded as anybody would load it."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from taizhang.core import Entry
from taizhang.ledger import SHA256, Checkpoint, ProvedFigure, SoftSigner, Tree, checkpoint, encode, proof_file

FILE = Path(__file__).resolve().parents[2] / "verifier" / "taizhang_verify.py"
ORIGIN = "taizhang.example/43/book-1"
SIGNER = SoftSigner.new()
KEY = checkpoint.verifier_key(ORIGIN, SIGNER.public)
STRUCK, STRIKE = 20, 41  # entry 20, a payment of the figure, is struck by entry 41
AS_OF = 58


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("taizhang_verify", FILE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def uid(seq: int) -> str:
    return f"018561e0d40070008000{seq:012x}"


def payment(seq: int, fen: int, day: date, kind: str = "历史遗留矿山") -> Entry:
    return Entry(
        uid(seq), "transfer", "mines.allot", 43 + seq % 3, day, "clerk-1", seq,
        data={"kind": kind, "area": f"{seq}.25", "batch": seq % 4}, item="money", quantity=fen, source="fund-1", target=f"site-{seq % 5}",
    )  # fmt: skip


def stop(seq: int) -> Entry:
    return Entry(uid(seq), "event", "traffic.stop", 43, date(2023, 1, 5), "clerk-2", seq, "p-1", {"note": "\n\u0303"})


def entries() -> list[Entry]:
    """60 entries: payments on every fourth seq, two of them outside the figure, one struck; the rest are stops."""
    out = [payment(seq, 100 * seq + 1, date(2023, 1, 1 + seq // 4)) if seq % 4 == 0 else stop(seq) for seq in range(1, 61)]
    out[STRIKE - 1] = Entry(uid(STRIKE), "strike", "mines.allot", 43, date(2023, 1, 20), "clerk-1", STRIKE, strikes=uid(STRUCK), why="重复")
    out[23] = payment(24, 999, date(2022, 12, 31))
    out[27] = payment(28, 999, date(2023, 1, 3), "砂石土矿")
    return out


@dataclass
class Book:
    """The bytes of a book, its signed checkpoint and a figure of it."""

    raws: list[bytes]

    @classmethod
    def of(cls, some: list[Entry]) -> Book:
        return cls([encode(entry) for entry in some])

    @property
    def tree(self) -> Tree:
        return Tree(SHA256.leaves(self.raws))

    @property
    def note(self) -> str:
        return checkpoint.sign(Checkpoint(ORIGIN, len(self.raws), self.tree.root(), 1_795_438_662_000_000), SIGNER)

    def proof(self, seqs: list[int], figure: ProvedFigure | None) -> bytes:
        return proof_file(self.tree, self.note, len(self.raws), [(seq, self.raws[seq - 1]) for seq in seqs], figure)


BOOK = Book.of(entries())
COUNTED = [seq for seq in range(4, AS_OF, 4) if seq not in (STRUCK, 24, 28)]
FEN = sum(100 * seq + 1 for seq in COUNTED)


def figure(**change: Any) -> ProvedFigure:
    """投入资金 in January 2023 of one kind of mine, in 元."""
    told: dict[str, Any] = {
        "definition": "mines.invested/1",
        "title": "投入资金",
        "unit": "元",
        "value": f"{FEN // 100}.{FEN % 100:02d}",
        "as_of": AS_OF,
        "type": "mines.allot",
        "first": date(2023, 1, 1),
        "last": date(2023, 1, 31),
        "act": "sum",
        "of": "quantity",
        "divisor": 100,
        "where": {"kind": "历史遗留矿山"},
    }
    return ProvedFigure(**{**told, **change})


PROOF = BOOK.proof(COUNTED, figure())


def changed(proof: bytes, **change: Any) -> bytes:
    """The proof file with some of its parts put in anew."""
    return json.dumps({**json.loads(proof), **change}, ensure_ascii=False).encode()
