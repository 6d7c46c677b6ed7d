"""Measure the bytes, the tree and the proofs of a book, each beside what it cannot be faster than, in one run.

    python benchmarks/proofs.py [--entries 200000] [--repeat 3]

A ratio compares two rates of the same run, the best of each; rates are thousands a second of processor time, so that a busy machine slows none.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import io
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec

from taizhang.core import Entry
from taizhang.ledger import (
    SHA256,
    Checkpoint,
    Frontier,
    SoftSigner,
    Tree,
    blind_export,
    checkpoint,
    decode,
    encode,
    includes_all,
    multi_inclusion,
    new_uids,
    proof_file,
    seal_fields,
)

VERIFIER = Path(__file__).resolve().parents[1] / "verifier" / "taizhang_verify.py"
BATCH = 10_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=200_000)
    parser.add_argument("--repeat", type=int, default=3)
    args = parser.parse_args()
    count = args.entries

    def rate(what: Callable[[], object], of: int = count) -> float:
        return of / min(_seconds(what) for _ in range(args.repeat)) / 1000

    entries = _entries(count)
    wires = [_wire(entry) for entry in entries]
    encoder = msgspec.json.Encoder(order="deterministic")
    raws = [encode(entry) for entry in entries]
    leaves = SHA256.leaves(raws)
    print(f"{count} entries of {sum(map(len, raws)) // count} bytes; thousands a second")
    bare = rate(lambda: [encoder.encode(wire) for wire in wires])
    ours = rate(lambda: [encode(entry) for entry in entries])
    _row("ids made in order", rate(lambda: new_uids(count)))
    _row("encode, checked", ours, "of msgspec alone", ours / bare)
    leaf = rate(lambda: SHA256.leaves(raws))
    plain = rate(lambda: [hashlib.sha256(raw).digest() for raw in raws])
    _row("leaf", leaf, "of SHA-256 alone", leaf / plain)
    _row("encode and leaf", rate(lambda: SHA256.leaves(encode(entry) for entry in entries)))
    _row("decode, strict", rate(lambda: [decode(raw) for raw in raws]))
    _row(f"append to the frontier, {BATCH} a batch", rate(lambda: _append(leaves, BATCH)))
    few = leaves[: count // 10]
    _row("append to the frontier, one by one", rate(lambda: _append(few, 1), len(few)))
    _row("verify: leaf and tree of stored bytes", rate(lambda: _append(SHA256.leaves(raws), BATCH)))
    _row("seal two fields", rate(lambda: _seal(count // 20), count // 20))
    _proofs(raws, leaves, rate)


def _proofs(raws: list[bytes], leaves: list[bytes], rate: Callable[..., float]) -> None:
    """A proof of a thousand leaves, and the verifier's replay of all."""
    tree, signer, size = Tree(leaves), SoftSigner.new(), len(leaves)
    chosen = list(range(0, size, max(1, size // 1000)))
    picked, root = [leaves[i] for i in chosen], tree.root()
    path = multi_inclusion(tree, chosen, size)
    _row(f"prove {len(chosen)} leaves at once, a leaf", rate(lambda: multi_inclusion(tree, chosen, size), len(chosen)))
    _row(f"check them ({len(path)} hashes), a leaf", rate(lambda: includes_all(root, size, chosen, picked, path), len(chosen)))
    spec = importlib.util.spec_from_file_location("taizhang_verify", VERIFIER)
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    note = checkpoint.sign(Checkpoint("a.example/1", size, root, 0), signer)
    proof, key = proof_file(tree, note, size, [(1, raws[0])]), checkpoint.verifier_key("a.example/1", signer.public)
    blind_export(raws, export := io.BytesIO())
    _row("the verifier: one entry, a proof", rate(lambda: tool.verify(proof, key), 1))
    _row("the verifier: replay of the export, an entry", rate(lambda: tool.verify(proof, key, export.getvalue().splitlines(True))))


def _append(leaves: list[bytes], batch: int) -> bytes:
    frontier = Frontier()
    for i in range(0, len(leaves), batch):
        frontier.extend(leaves[i : i + batch])
    return frontier.root()


def _seal(count: int) -> None:
    for n in range(count):
        seal_fields(bytes(32), "book-1", f"{n:032x}", {"name": "张三", "id_number": "431129199001011234"})


def _entries(count: int) -> list[Entry]:
    return [
        Entry(
            uid, "event", "traffic.stop", 431129, date(2023, 1, 3), "clerk-12", 1_672_531_200_000_000 + i, f"p-{i % 9999}",
            {"kind": "未戴头盔", "count": 1, "fine": 5000 + i % 7, "road": "S325", "helmet": True},
        )
        for i, uid in enumerate(new_uids(count))
    ]  # fmt: skip


def _wire(entry: Entry) -> dict[str, object]:
    names = ("actor", "data", "day", "kind", "place", "record", "recorded_at", "type", "uid")
    return {"format": 1, **{name: getattr(entry, name) for name in names}}


def _seconds(what: Callable[[], object]) -> float:
    start = time.process_time()
    what()
    return time.process_time() - start


def _row(what: str, thousands: float, beside: str = "", ratio: float = 0) -> None:
    print(f"  {what:44} {thousands:10.3f}" + (f"   {ratio:.2f} {beside}" if beside else ""))


if __name__ == "__main__":
    main()
