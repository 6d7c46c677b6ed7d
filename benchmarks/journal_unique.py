"""What `unique:` costs in bulk: the same states into a register whose cards no two may have alike, and into one without that rule."""

from __future__ import annotations

import gc
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from tests.books import catalogue, shipped

from journal_books import Places
from journal_timing import Side, told
from taizhang.core import Entry
from taizhang.ledger import new_uids
from taizhang.ledger.catalogue import Catalogue

READER, KINDS = "library.reader", ("在职职工", "离退休干部")


def unique(places: Places, count: int, size: int, rounds: int) -> None:
    """Register readers in batches, with and without the rule; one in three is a new card of an earlier reader."""
    ruled, free = Side(), Side()
    for number in range(rounds):
        with places.book(catalogue()) as one, places.book(without_rule()) as other:
            for entries in readers(number, count, size):
                gc.collect()
                ruled.add(lambda one=one, entries=entries: one.journal.append(entries))
                free.add(lambda other=other, entries=entries: other.journal.append(entries))
            cards = [book.store.rows("SELECT count(*) FROM taken")[0][0] for book in (one, other)]
            assert cards[0] > 0 == cards[1], cards
        for side in (ruled, free):
            side.close_round()
    told("bulk append of readers, cards unique : without that rule", count, ruled, free, own=places.dialect == "sqlite")


def without_rule() -> Catalogue:
    """The shipped programmes, but for what no two readers may have the same."""
    return Catalogue.of(*(replace(pack, registers={n: replace(r, unique=()) for n, r in pack.registers.items()}) for pack in shipped()))


def readers(seed: int, count: int, size: int) -> Iterator[list[Entry]]:
    """`count` states in batches: two in three of a new reader, one in three a new card of an earlier one."""
    rng, known = random.Random(seed), list[str]()
    for start in range(0, count, size):
        made = []
        for at, uid in enumerate(new_uids(min(size, count - start)), start):
            record = rng.choice(known) if known and rng.random() < 1 / 3 else f"{rng.getrandbits(80):020x}"[:16]
            known.append(record)
            data = {"reader_no": f"D{at:08}", "kind": rng.choice(KINDS)}
            made.append(Entry(uid, "state", READER, 431122000000, date(2022, 1, 1), "clerk-17", 1_672_704_000_000_000 + at, record, data, version=1))
        yield made
