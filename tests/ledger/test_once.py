"""Delivered again, an entry is recognised: from any number of hands, in any order, in part or whole."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

from taizhang.core import Entry
from taizhang.ledger import encode, row_uid
from taizhang.ledger.journal import Journal, Outcome
from taizhang.ledger.writing import READ, entry_of

from ..books import ORIGIN, SmallBook
from .crowd import all_at_once
from .entries import entry, mine, received, stop, struck
from .test_journal import held, is_sound

SEED = 23
Delivery = list[tuple[Entry, ...]]


def batch(count: int) -> list[Entry]:
    """Entries that may come in any order: stops, receipts, states of several mines."""
    made = (stop(1), received(7, 2), mine("m1", 3, name="甲矿"), mine("m2", 4, area="2.8"), stop(5, fine=300))
    return [replace(made[n % len(made)], uid=stop(1).uid) for n in range(count)]


def stored(book: SmallBook) -> dict[str, Entry]:
    rows = book.store.rows(f"SELECT {READ} FROM entry WHERE book = ? ORDER BY seq", [book.number])
    assert len({row[0] for row in rows}) == len(rows)
    return {row[0]: entry_of(row) for row in rows}


def deliver(book: SmallBook, deliveries: list[Delivery], at_once: int) -> list[list[Outcome]]:
    """Send every delivery; `at_once` hands take them from one pile."""
    pile = list(enumerate(deliveries))
    answers: list[list[Outcome]] = [[] for _ in deliveries]

    def work(journal: Journal) -> None:
        while pile:
            try:
                at, delivery = pile.pop()
            except IndexError:
                return
            answers[at] = journal.append(delivery, partly=True)

    failed = [error for error in all_at_once(book, [work] * at_once) if error is not None]
    assert not failed, failed
    return answers


def test_one_batch_from_many_hands(book: SmallBook) -> None:
    wrong = stop(1)
    acts: Delivery = [(one,) for one in (wrong, *batch(20))]
    acts.append((struck(wrong), stop(2)))
    answers = deliver(book, [acts] * 50, at_once=8)
    words = Counter(outcome.what for delivery in answers for outcome in delivery)
    assert words == {"ok": 22, "exists": 49 * 22}
    assert [{outcome.what for outcome in delivery} for delivery in answers].count({"ok"}) == 1
    assert len(stored(book)) == 23
    assert is_sound(book)


def test_shuffled_and_overlapping_batches(book: SmallBook, count: Callable[[int, int], int]) -> None:
    rng, entries = Random(SEED), batch(count(40, 400))
    deliveries: list[Delivery] = [[(one,) for one in rng.sample(entries, rng.randrange(1, len(entries)))] for _ in range(49)]
    deliveries.append([(one,) for one in entries])
    answers = deliver(book, deliveries, at_once=8)
    words = Counter(outcome.what for delivery in answers for outcome in delivery)
    print(f"seed {SEED}: {dict(words)}")
    assert words["ok"] == len(entries)
    assert words["ok"] + words["exists"] == sum(map(len, deliveries))
    assert stored(book) == {one.uid: one for one in entries}
    assert held(book) == 7 * sum(one.kind == "transfer" for one in entries)
    assert is_sound(book)


def test_one_id_with_several_bodies_keeps_the_first(book: SmallBook, count: Callable[[int, int], int]) -> None:
    rng, entries = Random(SEED), batch(count(20, 200))
    bodies = [[replace(one, place=one.place + n) for n in range(3)] for one in entries]
    deliveries: list[Delivery] = []
    for _ in range(30):
        delivery: Delivery = [(rng.choice(some),) for some in bodies]
        rng.shuffle(delivery)
        deliveries.append(delivery)
    answers = deliver(book, deliveries, at_once=8)
    kept = stored(book)
    words = Counter[str]()
    for delivery, outcomes in zip(deliveries, answers, strict=True):
        for (one,), outcome in zip(delivery, outcomes, strict=True):
            assert outcome.what in (("ok", "exists") if encode(one) == encode(kept[one.uid]) else ("conflict",))
            words[outcome.what] += 1
    print(f"seed {SEED}: {dict(words)}")
    assert words["ok"] == len(entries) == len(kept)
    assert words["conflict"] > len(entries)
    assert is_sound(book)


SHEET = "日期,种类,罚款\n2023-01-03,超载,500\n2023-01-03,超载,500\n2023-01-04,酒驾,1000\n2023-01-05,未戴头盔,50\n"


def rows_of(text: str, name: str = "") -> list[Entry]:
    """The rows of a file as entries; their ids follow from the file and the row."""
    file = hashlib.sha256(text.encode()).hexdigest()
    lines = enumerate(csv.DictReader(io.StringIO(text)), 2)
    return [
        replace(
            entry("event", "traffic.violation", data={"kind": line["种类"], "fine": int(line["罚款"]) * 100}),
            uid=row_uid(ORIGIN, file, name, row),
            day=date.fromisoformat(line["日期"]),
            recorded_at=1_672_704_000_000_000 + row,
        )
        for row, line in lines
    ]


def test_the_same_file_twice(book: SmallBook) -> None:
    assert [o.what for o in book.journal.append(rows_of(SHEET))] == ["ok"] * 4  # two rows alike are two happenings
    later = [replace(one, recorded_at=one.recorded_at + 9, actor="clerk-2") for one in rows_of(SHEET)]
    assert [o.what for o in book.journal.append(later)] == ["exists"] * 4
    assert [o.what for o in book.journal.append(rows_of(SHEET, "Sheet2"))] == ["ok"] * 4
    assert is_sound(book)


def test_a_file_from_two_desks_at_once(book: SmallBook, count: Callable[[int, int], int]) -> None:
    text = SHEET + "".join(f"2023-01-{day:02d},超载,{fine}\n" for fine in range(count(20, 400)) for day in range(1, 29))
    entries = rows_of(text)
    bundles: list[Delivery] = [[(one,) for one in entries[at : at + 200]] for at in range(0, len(entries), 200)]
    words = Counter(o.what for delivery in deliver(book, bundles + bundles, at_once=4) for o in delivery)
    assert words == {"ok": len(entries), "exists": len(entries)}
    assert {uid: encode(one) for uid, one in stored(book).items()} == {one.uid: encode(one) for one in entries}
