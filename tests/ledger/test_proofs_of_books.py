"""Proofs out of a database: its nodes are those of the tree in memory, and the verifier, which knows nothing of databases, accepts what they prove."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random
from types import ModuleType

import pytest

from taizhang.ledger import (
    SHA256,
    Checkpoint,
    ProvedFigure,
    Tree,
    blind_export,
    checkpoint,
    consistency,
    extends,
    inclusion,
    multi_inclusion,
    proof_file,
)
from taizhang.ledger.journal import KEPT_LEVEL
from taizhang.ledger.tree import root_of
from taizhang.ledger.tree_store import StoredNodes
from taizhang.ledger.writing import bytes_sql

from ..books import ORIGIN, SmallBook
from ..verifier.book import load
from .entries import entry, received, stop, struck
from .insider import SIGNER, filled
from .simply import mth, path

SEED = 31


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """The verifier, loaded as anybody would."""
    return load()


def raws_of(book: SmallBook) -> list[bytes]:
    rows = book.store.rows(f"SELECT {bytes_sql(book.store.dialect)} FROM entry WHERE book = ? ORDER BY seq", [book.number])
    return [bytes(row[0]) for row in rows]


def test_every_size_up_to_256(book: SmallBook, count: Callable[[int, int], int]) -> None:
    """Roots, and the path of each entry, as RFC 6962 writes them."""
    filled(book, 256, Random(SEED))
    raws = raws_of(book)
    for size in range(1, 257, count(17, 1)):
        nodes = StoredNodes(book.store, book.number, size)
        assert root_of(nodes, size) == mth(raws[:size])
        for index in range(0, size, count(23, 1)):
            assert inclusion(nodes, index, size) == path(index, raws[:size])


def test_sizes_around_kept_nodes(book: SmallBook, count: Callable[[int, int], int]) -> None:
    """Where nodes are kept and where they are made from leaves, at and beside each seam."""
    rng, total = Random(SEED), count(1300, 9000)
    filled(book, total, rng)
    leaves = SHA256.leaves(raws_of(book))
    step = 1 << KEPT_LEVEL
    seams = [n + d for n in range(step, total, step) for d in (-1, 0, 1)]
    for size in sorted({*rng.sample(seams, count(6, 60)), total}):
        stored, tree = StoredNodes(book.store, book.number, size), Tree(leaves[:size])
        assert root_of(stored, size) == tree.root()
        every = [(level, index) for level in range(size.bit_length()) for index in range(size >> level)]
        for level, index in rng.sample(every, min(300, len(every))):
            assert stored.node(level, index) == tree.node(level, index)
        wanted = sorted(rng.sample(range(size), 9))
        assert multi_inclusion(stored, wanted, size) == multi_inclusion(tree, wanted, size)
        older = rng.randrange(1, size)
        grown = consistency(stored, older, size)
        assert extends(root_of(stored, older), older, tree.root(), size, grown)
    with pytest.raises(IndexError):
        StoredNodes(book.store, book.number, 256).node(0, 256)


# ---- the verifier --------------------------------------------------------------------------------------------------------------


class Proving:
    """What an office gives to somebody who asks: a checkpoint, proof files, the export."""

    def __init__(self, book: SmallBook, size: int | None = None) -> None:
        self.nodes = StoredNodes(book.store, book.number, size)
        self.raws = raws_of(book)[: self.nodes.size]
        root = root_of(self.nodes, self.nodes.size)
        self.text = checkpoint.sign(Checkpoint(ORIGIN, self.nodes.size, root, 1_700_000_000_000_000), SIGNER)
        self.key = checkpoint.verifier_key(ORIGIN, SIGNER.public)

    def proof(self, seqs: list[int], figure: ProvedFigure | None = None) -> bytes:
        return proof_file(self.nodes, self.text, self.nodes.size, [(seq, self.raws[seq - 1]) for seq in seqs], figure)

    def export(self) -> list[bytes]:
        out = io.BytesIO()
        assert blind_export(iter(self.raws), out) == self.nodes.size
        return out.getvalue().splitlines(keepends=True)


def test_entries_of_a_book_are_accepted(book: SmallBook, tool: ModuleType, count: Callable[[int, int], int]) -> None:
    rng, total = Random(SEED), count(600, 3000)
    filled(book, total, rng)
    for turn in range(count(4, 40)):
        size = rng.randrange(1, total + 1)
        proving = Proving(book, size)
        seqs = sorted(rng.sample(range(1, size + 1), min(size, rng.choice([1, 2, 30]))))
        held = tool.verify(proving.proof(seqs), proving.key, proving.export() if turn == 0 else None)
        assert (held["origin"], held["size"], held["shown"], held["whole"]) == (ORIGIN, size, len(seqs), turn == 0)
        other = proving.proof(seqs).replace(b"clerk-1", b"clerk-2", 1)
        with pytest.raises(tool.Refused):
            tool.verify(other, proving.key)


def test_a_figure_of_a_book_is_followed_to_its_entries(book: SmallBook, tool: ModuleType) -> None:
    """A sum in which one entry was struck and restated; with the export nothing can be left out."""
    wrong = received(3_000_00, 5)
    book.journal.append([stop(1), received(1_234_56, 4), wrong, entry("event", "traffic.accident", 6), received(20_00, 30)])
    book.journal.append([(struck(wrong), received(2_000_00, 5))])
    book.journal.append([stop(7) for _ in range(300)])
    proving = Proving(book)
    figure = ProvedFigure(
        "mines.received/1", "到账资金", "元", "3234.56", 306, "mines.receive", date(2023, 1, 1), date(2023, 1, 29), "sum", "quantity", 100
    )
    counted = [2, 7]
    assert tool.verify(proving.proof(counted, figure), proving.key, proving.export())["whole"]
    less = replace(figure, value="1234.56")
    assert not tool.verify(proving.proof([2], less), proving.key)["whole"]  # without the export nobody can tell
    with pytest.raises(tool.Refused, match="left out"):
        tool.verify(proving.proof([2], less), proving.key, proving.export())
    with pytest.raises(tool.Refused, match="not the whole"):
        tool.verify(proving.proof(counted, figure), proving.key, proving.export()[:-1])
