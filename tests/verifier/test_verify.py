"""The verifier: what it accepts, what it says it has done, and everything it must refuse."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from taizhang.ledger import SHA256, Checkpoint, ProvedFigure, SoftSigner, Tree, checkpoint, fingerprint, multi_inclusion

from . import book as b

tool = b.load()
TOLD = json.loads(b.PROOF)


def refused(proof: bytes, why: str, key: str = b.KEY, export: list[bytes] | None = None, printed: str | None = None) -> None:
    with pytest.raises(tool.Refused, match=why) as told:
        tool.verify(proof, key, export, printed)
    zh, en = str(told.value).split(" / ", 1)
    assert any("一" <= c <= "鿿" for c in zh)
    assert en.isascii() or "矿" in en


# ---- the file itself -----------------------------------------------------------------------------------------------------------


def test_it_is_one_short_file_of_the_standard_library_alone() -> None:
    text = b.FILE.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 250
    assert max(map(len, text.splitlines())) <= 140
    names = {a.name for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Import) for a in n.names}
    names |= {n.module or "" for n in ast.walk(ast.parse(text)) if isinstance(n, ast.ImportFrom)}
    assert names <= sys.stdlib_module_names


def run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", "-X", "utf8", "taizhang_verify.py", *args]
    return subprocess.run(command, cwd=folder, env={}, capture_output=True, encoding="utf-8", check=False)


def test_it_runs_alone_and_says_which_of_the_two_it_has_done(tmp_path: Path) -> None:
    shutil.copy(b.FILE, tmp_path)
    (tmp_path / "proof.json").write_bytes(b.PROOF)
    (tmp_path / "book.key").write_text(b.KEY + "\n", encoding="utf-8")
    (tmp_path / "book.jsonl").write_bytes(b"\n".join(b.BOOK.raws) + b"\n")
    blind = run(tmp_path, "proof.json", "--key", "book.key")
    assert (blind.returncode, blind.stderr) == (0, "")
    assert "出示的 11 个条目都在账本里。/ Every entry shown (11) is in the book" in blind.stdout
    assert "投入资金" in blind.stdout
    assert "none is left out" not in blind.stdout
    assert "有无遗漏、红冲未查" in blind.stdout
    printed = fingerprint(b.BOOK.tree.root())
    whole = run(tmp_path, "proof.json", "--key", b.KEY, "--export", "book.jsonl", "--fingerprint", printed)
    assert whole.returncode == 0
    assert whole.stdout.endswith("而且没有遗漏。/ and none is left out.\n")
    (tmp_path / "some.json").write_bytes(b.BOOK.proof([1, 4], None))
    some = run(tmp_path, "some.json", "--key", b.KEY, "--export", "book.jsonl")
    assert some.stdout.endswith("也没有被别的条目红冲。/ and no other entry strikes one of them.\n")
    assert "遗漏" not in some.stdout, "entries without a figure are a choice: nothing can be left out of it"
    wrong = run(tmp_path, "proof.json", "--key", b.KEY, "--fingerprint", "1" + printed[1:] if printed[0] != "1" else "2" + printed[1:])
    assert wrong.returncode == 1
    assert wrong.stdout == ""
    assert "不予认可 / Refused: 与印出的指纹不符" in wrong.stderr
    assert "Traceback" not in wrong.stderr


# ---- accepted ------------------------------------------------------------------------------------------------------------------

ALL = [seq for seq in range(1, 61) if seq % 4 == 0 and seq not in (b.STRUCK, 24, 28)]
FIGURES: list[tuple[str, list[int], ProvedFigure]] = [
    ("sum of quantities in 元", b.COUNTED, b.figure()),
    ("count", b.COUNTED, b.figure(act="count", of="", divisor=1, value=str(len(b.COUNTED)))),
    ("with the struck entry and its strike shown", sorted([*b.COUNTED, b.STRUCK, b.STRIKE]), b.figure()),
    ("sum of decimals", b.COUNTED, b.figure(of="area", divisor=1, value=str(sum(Decimal(f"{seq}.25") for seq in b.COUNTED)))),
    ("different values", b.COUNTED, b.figure(act="distinct", of="batch", divisor=1, value="1")),
    ("as of the checkpoint", ALL, b.figure(as_of=60, act="count", divisor=1, value=str(len(ALL)))),
    ("places", [s for s in b.COUNTED if s % 3 == 0], b.figure(places=[43], act="count", divisor=1, value="3")),
    ("before the strike", [4, 8, 12, 16, 20], b.figure(as_of=20, act="count", divisor=1, value="5")),
    ("nothing is said of it", b.COUNTED, b.figure(of="depth", value=None)),
]


@pytest.mark.parametrize(("seqs", "figure"), [f[1:] for f in FIGURES], ids=[f[0] for f in FIGURES])
def test_figures_that_are_accepted(seqs: list[int], figure: ProvedFigure) -> None:
    held = tool.verify(b.BOOK.proof(seqs, figure), b.KEY, b.BOOK.raws)
    assert held["shown"] == len(seqs)
    assert held["whole"]
    assert tool.verify(b.BOOK.proof(seqs, figure), b.KEY)["whole"] is False


@pytest.mark.parametrize("size", [*range(1, 20), 31, 32, 33, 60])
def test_entries_without_a_figure(size: int) -> None:
    book = b.Book(b.BOOK.raws[:size])
    for seqs in ([1], [size], list(range(1, size + 1)), list(range(1, size + 1, 3))):
        assert tool.verify(book.proof(seqs, None), b.KEY, book.raws)["size"] == size


def test_that_nothing_happened_takes_the_export() -> None:
    nothing = b.BOOK.proof([], b.figure(type="mines.accept", act="count", divisor=1, value="0"))
    refused(nothing, "no entry is shown")
    assert tool.verify(nothing, b.KEY, b.BOOK.raws)["shown"] == 0


# ---- refused -------------------------------------------------------------------------------------------------------------------


def resigned(book: b.Book, origin: str = b.ORIGIN) -> str:
    return checkpoint.sign(Checkpoint(origin, len(book.raws), book.tree.root(), 0), b.SIGNER)


def with_entry(i: int, seq: Any = None, text: Any = None) -> bytes:
    shown = [list(one) for one in TOLD["entries"]]
    shown[i] = [shown[i][0] if seq is None else seq, shown[i][1] if text is None else text]
    return b.changed(b.PROOF, entries=shown)


TEXT = TOLD["entries"][0][1]
TAMPERED: list[tuple[str, bytes, str]] = [
    ("an amount changed", with_entry(0, text=TEXT.replace('"quantity":401', '"quantity":402')), "not in this book"),
    ("an entry with another's seq", with_entry(0, seq=5), "not in this book"),
    ("a seq beyond the book", with_entry(10, seq=61), "do not rise"),
    ("seq 0", with_entry(0, seq=0), "do not rise"),
    ("a seq that is no integer", with_entry(0, seq=4.0), "do not rise"),
    ("an entry left out of the list, its hash not in the path", b.changed(b.PROOF, entries=TOLD["entries"][1:]), "not in this book|damaged"),
    ("an entry twice", b.changed(b.PROOF, entries=[TOLD["entries"][0], *TOLD["entries"]]), "do not rise"),
    ("entries in another order", b.changed(b.PROOF, entries=TOLD["entries"][::-1]), "do not rise"),
    ("a hash of the path left out", b.changed(b.PROOF, path=TOLD["path"][1:]), "not in this book|damaged"),
    ("a hash too many", b.changed(b.PROOF, path=[*TOLD["path"], "00" * 32]), "not in this book"),
    ("two hashes swapped", b.changed(b.PROOF, path=[TOLD["path"][1], TOLD["path"][0], *TOLD["path"][2:]]), "not in this book"),
    ("a short hash", b.changed(b.PROOF, path=[TOLD["path"][0][:62], *TOLD["path"][1:]]), "well formed"),
    ("no path", b.changed(b.PROOF, path=None), "damaged"),
    ("no entries", b.changed(b.PROOF, entries=[], path=[]), "no entry is shown"),
    ("another book's checkpoint", b.changed(b.PROOF, checkpoint=resigned(b.Book(b.BOOK.raws[:59]))), "not in this book|damaged|later"),
    ("another origin", b.changed(b.PROOF, checkpoint=resigned(b.BOOK, "other.example")), "the key of"),
    ("another root", b.changed(b.PROOF, checkpoint=resigned(b.Book(b.BOOK.raws[::-1]))), "not in this book"),
    ("a checkpoint nobody signed", b.changed(b.PROOF, checkpoint=TOLD["checkpoint"].replace("\n60\n", "\n61\n")), "did not sign"),
    ("a checkpoint without signature", b.changed(b.PROOF, checkpoint=TOLD["checkpoint"].split("—")[0]), "not well formed"),
    ("another format", b.changed(b.PROOF, format=2), "unknown format"),
    ("one key more", b.changed(b.PROOF, note="trust me"), "unknown format"),
    ("no JSON", b"proof", "damaged"),
    ("deep JSON", b"[" * 100_000, "damaged"),
    ("nothing", b"", "damaged"),
]


@pytest.mark.parametrize(("proof", "why"), [t[1:] for t in TAMPERED], ids=[t[0] for t in TAMPERED])
def test_what_was_tampered_with_is_refused(proof: bytes, why: str) -> None:
    assert tool.verify(b.PROOF, b.KEY)
    refused(proof, why)


WRONG_FIGURES: list[tuple[str, list[int], ProvedFigure, str]] = [
    ("another value", b.COUNTED, b.figure(value="1.00"), "the figure says 1.00"),
    ("a value that is no number", b.COUNTED, b.figure(value="1e999999999"), "not a number"),
    ("an entry left out", b.COUNTED[1:], b.figure(), "the figure says"),
    ("an entry that does not belong: another day", sorted([*b.COUNTED, 24]), b.figure(), "does not belong"),
    ("an entry that does not belong: another kind", sorted([*b.COUNTED, 28]), b.figure(), "does not belong"),
    ("an entry that does not belong: another type", sorted([*b.COUNTED, 1]), b.figure(), "does not belong"),
    ("another place", b.COUNTED, b.figure(places=[43]), "does not belong"),
    ("an entry later than the figure", [*b.COUNTED, 60], b.figure(), "later"),
    ("a figure later than the checkpoint", b.COUNTED, b.figure(as_of=61), "later"),
    ("absent is not null", b.COUNTED, b.figure(where={"absent": None}), "does not belong"),
    ("one is not true", b.COUNTED[:1], b.figure(where={"batch": False}), "does not belong"),
    ("absent is not zero", b.COUNTED, b.figure(of="depth", value="0"), "the figure says 0"),
    ("divided by zero", b.COUNTED, b.figure(divisor=0), "unknown here"),
    ("an unknown way to compute", b.COUNTED, b.figure(act="mean"), "unknown here"),
    ("a sum of texts", b.COUNTED, b.figure(of="kind"), "not a number"),
]


@pytest.mark.parametrize(("seqs", "figure", "why"), [w[1:] for w in WRONG_FIGURES], ids=[w[0] for w in WRONG_FIGURES])
def test_figures_their_entries_do_not_make(seqs: list[int], figure: ProvedFigure, why: str) -> None:
    refused(b.BOOK.proof(seqs, figure), why)


@pytest.mark.parametrize("part", ["as_of", "compute", "definition", "select", "title", "unit", "value"])
def test_a_figure_is_complete(part: str) -> None:
    figure = {name: value for name, value in TOLD["figure"].items() if name != part}
    refused(b.changed(b.PROOF, figure=figure), "well formed")
    refused(b.changed(b.PROOF, figure={}), "well formed")


def test_the_key_comes_from_elsewhere() -> None:
    refused(b.PROOF, "did not sign", key=checkpoint.verifier_key(b.ORIGIN, SoftSigner.new().public))
    refused(b.PROOF, "the key of", key=checkpoint.verifier_key("x", b.SIGNER.public))
    refused(b.PROOF, "damaged", key=b.KEY.replace(b.KEY.split("+")[1], "00000000"))
    refused(b.PROOF, "of the form", key="")


def test_what_is_left_out_is_found_in_the_export() -> None:
    """The count of the remaining entries is right for what is shown: only the replay finds the one that is not shown."""
    short = b.BOOK.proof(b.COUNTED[1:], b.figure(act="count", divisor=1, value=str(len(b.COUNTED) - 1)))
    assert tool.verify(short, b.KEY)["whole"] is False
    refused(short, r"left out, or struck in the meantime: entries \[4\]", export=b.BOOK.raws)


def test_a_struck_entry_is_found_in_the_export() -> None:
    seqs = sorted([*b.COUNTED, b.STRUCK])
    proof = b.BOOK.proof(seqs, b.figure(act="count", divisor=1, value=str(len(seqs))))
    assert tool.verify(proof, b.KEY)
    refused(proof, r"struck in the meantime: entries \[20\]", export=b.BOOK.raws)


def test_a_struck_entry_without_a_figure_is_shown_with_what_strikes_it() -> None:
    alone = b.BOOK.proof([1, b.STRUCK], None)
    assert tool.verify(alone, b.KEY)["whole"] is False
    refused(alone, r"struck in the meantime: entries \[20\]", export=b.BOOK.raws)
    assert tool.verify(b.BOOK.proof(sorted([1, b.STRUCK, b.STRIKE]), None), b.KEY, b.BOOK.raws)["whole"] is True


EXPORTS: list[tuple[str, Callable[[list[bytes]], list[bytes]], str]] = [
    ("an entry missing", lambda e: e[:30] + e[31:], "not the whole"),
    ("the last one missing", lambda e: e[:-1], "not the whole"),
    ("nothing", lambda e: [], "not the whole"),
    ("one more", lambda e: [*e, e[-1].replace(b"00000000003c", b"00000000003d")], "not the whole"),
    ("an entry twice", lambda e: [*e, e[-1]], "the id of an earlier one"),
    ("two swapped", lambda e: [e[1], e[0], *e[2:]], "not the whole"),
    ("one changed", lambda e: [e[0].replace(b"clerk-2", b"clerk-3"), *e[1:]], "not the whole"),
    ("white space", lambda e: [e[0] + b" ", *e[1:]], "not canonical"),
    ("a key twice", lambda e: [e[0].replace(b'"format":1', b'"format":1,"format":1'), *e[1:]], "not canonical"),
    ("a float", lambda e: [e[3].replace(b'"batch":0', b'"batch":0.5'), *e[1:]], "float"),
    ("no entries", lambda e: [b"{}" for _ in e], "damaged"),
]


@pytest.mark.parametrize(("change", "why"), [x[1:] for x in EXPORTS], ids=[x[0] for x in EXPORTS])
def test_an_export_that_is_not_the_book(change: Callable[[list[bytes]], list[bytes]], why: str) -> None:
    refused(b.PROOF, why, export=change(b.BOOK.raws))


def test_a_book_that_counts_an_entry_twice_is_refused() -> None:
    """An operator may sign anything; two leaves with one id are found when the book is replayed, and when both are shown."""
    double = b.Book([*b.BOOK.raws, b.BOOK.raws[3]])
    figure = b.figure(as_of=61, act="count", divisor=1, value="2", where={"kind": "历史遗留矿山", "batch": 0}, last=date(2023, 1, 2))
    refused(double.proof([4, 61], figure), "id is shown twice")
    refused(double.proof([4], b.figure(as_of=61, act="count", divisor=1, value="1", last=date(2023, 1, 2))), "earlier one", export=double.raws)


def test_every_changed_byte_is_refused_or_changes_no_fact(count: Callable[[int, int], int]) -> None:
    """What may change is the wording of the figure, which is the giver's own, and bytes that say the same."""
    facts = facts_of(tool.verify(b.PROOF, b.KEY))
    for i in range(0, len(b.PROOF), count(23, 1)):
        for bit in (1, 2, 32):
            wrong = b.PROOF[:i] + bytes([b.PROOF[i] ^ bit]) + b.PROOF[i + 1 :]
            try:
                found = tool.verify(wrong, b.KEY)
            except tool.Refused:
                continue
            assert facts_of(found) == facts


def facts_of(held: dict[str, Any]) -> dict[str, Any]:
    """What is proved, without the words put to it and without the bounds that these entries keep as well."""
    return {**held, "figure": Decimal(held["figure"]["value"])}


def test_both_read_the_same_proof_of_several_leaves() -> None:
    leaves = SHA256.leaves(str(i).encode() for i in range(100))
    tree = Tree(leaves)
    for size in range(1, 101):
        chosen = sorted({0, size // 3, size - 1})
        path = iter(multi_inclusion(tree, chosen, size))
        assert tool.rebuilt(chosen, iter([leaves[i] for i in chosen]), path, 0, size) == tree.root(size)
