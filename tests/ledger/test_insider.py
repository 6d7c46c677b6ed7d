"""An insider computes all hashes anew; who holds one later checkpoint finds it all the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from taizhang.core import InputError
from taizhang.ledger import SoftSigner
from taizhang.ledger.book import Book
from taizhang.ledger.journal import Journal
from taizhang.ledger.verify import Verified, verify

from ..books import SmallBook, catalogue
from .insider import SIGNER, WAYS, altered, disguised, entries_of, filled, signed, undone, unlocked, write_anew

SEED = 7


def looked_at(book: SmallBook, held: list[str] | None = None, public: bytes | None = None) -> Verified:
    return verify(book.store, book.number, book.catalogue, public, held=held or [])


@pytest.mark.parametrize("way", WAYS)
def test_an_insider_is_found_by_one_later_checkpoint(book: SmallBook, way: str, count: Callable[[int, int], int]) -> None:
    rng = Random(f"{SEED} {way}")
    size, checked = count(45, 300), count(40, 280)
    filled(book, size, rng)
    text = signed(book, checked)
    unlocked(book)
    entries, seen = entries_of(book), Counter[str]()
    assert looked_at(book, [text], SIGNER.public) == Verified(size, looked_at(book).root, 2, ())
    for _ in range(count(20, 500)):
        with undone(book):
            changed = altered(entries, way, checked, rng)
            write_anew(book, changed)
            disguise = rng.choice(["gone", "kept", "fitted"])
            disguised(book, disguise)
            found = looked_at(book, [text], SIGNER.public).problems
            assert f"指纹（size {checked}）" in {problem.where for problem in found}
            seen[disguise] += 1
            if disguise == "gone":  # nothing else would have told: the insider did it well
                seen["unseen otherwise"] += not looked_at(book).problems
    print(f"seed {SEED} {way}: {dict(seen)}")
    assert seen["unseen otherwise"] >= seen["gone"] // (4 if way == "swap" else 2)


def test_what_no_checkpoint_covers_is_not_found(book: SmallBook) -> None:
    """The limit of what is proved: entries after the last checkpoint that is held are the database's word alone."""
    filled(book, 30, Random(SEED))
    text = signed(book, 20)
    unlocked(book)
    write_anew(book, entries_of(book)[:25])
    assert looked_at(book, [text], SIGNER.public).problems == ()
    write_anew(book, entries_of(book)[:19])
    assert [p.where for p in looked_at(book, [text], SIGNER.public).problems] == ["指纹（size 20）", "指纹（size 20）"]


def test_a_checkpoint_that_is_held_must_be_signed_by_the_book(book: SmallBook) -> None:
    filled(book, 30, Random(SEED))
    text = signed(book, 20)
    other = SoftSigner.new().public
    for held, public in (([text], other), ([text], None), ([text.replace("\n20\n", "\n21\n")], SIGNER.public), (["?"], SIGNER.public)):
        assert looked_at(book, held, public).problems, (held, public)


def test_what_was_altered_is_not_signed(address: str, tmp_path: Path) -> None:
    """The office signs no book that does not grow from what it signed before, or whose leaves are not those it appended."""
    opened = Book.create(tmp_path / "book", 43, database=address, alias="signing")
    opened.catalogue = catalogue()
    book = SmallBook(address, opened.alias, opened.store, Journal(opened.store, opened.number, catalogue()))
    filled(book, 300, Random(SEED))
    first = opened.checkpoint()
    filled(book, 30, Random(SEED + 1))
    unlocked(book)
    for way in WAYS:
        with undone(book):
            write_anew(book, altered(entries_of(book), way, 290, Random(way)))
            with pytest.raises(InputError, match="not signed"):
                opened.checkpoint()
    for sql in ("UPDATE entry SET leaf = (SELECT hash FROM node) WHERE seq = 310", "DELETE FROM node", "UPDATE checkpoint SET text = 'signed'"):
        with undone(book):
            book.store.run(sql)
            with pytest.raises(InputError, match="not signed"):
                opened.checkpoint()
    second = opened.checkpoint()
    assert second == opened.checkpoint() != first
    assert looked_at(book, [first, second], opened.public) == Verified(330, looked_at(book).root, 4, ())
    opened.close()


def test_what_is_kept_beside_the_entries_is_looked_at(book: SmallBook) -> None:
    filled(book, 520, Random(SEED))
    signed(book, 20)
    for sql in (
        "UPDATE node SET hash = (SELECT leaf FROM entry WHERE seq = 1) WHERE place = 1",
        "DELETE FROM node WHERE level = 9",
        "INSERT INTO node SELECT book, level, 77, hash FROM node WHERE level = 9",
        "UPDATE book SET size = 519",
        "UPDATE book SET size = 521",
        "UPDATE book SET tops = (SELECT leaf FROM entry WHERE seq = 1)",
        "UPDATE checkpoint SET size = 19",
        "UPDATE checkpoint SET size = -5",
        "UPDATE checkpoint SET size = 521",
        "UPDATE checkpoint SET root = (SELECT leaf FROM entry WHERE seq = 1)",
        "UPDATE checkpoint SET text = 'signed'",
        "INSERT INTO struck SELECT book, 3, 9 FROM struck LIMIT 1",
        "DELETE FROM movement WHERE seq = 1",
        "UPDATE balance SET last_day = '2022-01-01' WHERE account = 'mines.fund/fund-1'",
        "UPDATE record SET data = '{}' WHERE record = 'm1'",
    ):
        with undone(book):
            book.store.run(sql)
            assert looked_at(book, [], SIGNER.public).problems, sql
    assert looked_at(book, [], SIGNER.public).problems == ()
