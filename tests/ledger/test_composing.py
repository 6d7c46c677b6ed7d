"""The bytes of an entry fall into columns in one way only: every other row that gives the same bytes is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from random import Random
from typing import Any

from taizhang.core import Entry
from taizhang.ledger import new_uid
from taizhang.ledger.tables import ENTRY
from taizhang.ledger.writing import bytes_sql

from ..books import SmallBook
from .entries import FUND, SITE, entry
from .flips import Change, made, named, odd_values, row_of
from .insider import undone, unlocked

SEED = 29
NUMBERS = {"place", "quantity", "recorded_at", "version"}
FREE = NUMBERS | {"data", "sealed", "why"}
ALWAYS = {"actor", "day", "kind", "place", "recorded_at", "type", "uid"}
NAMES = sorted(set(ENTRY.columns) - {"book", "seq", "leaf"})


def filled(book: SmallBook, size: int) -> None:
    rng = Random(SEED)
    book.journal.append([entry("transfer", "mines.receive", item="money", quantity=10**9, source="mines.givers", target=FUND)])
    book.journal.append([treacherous(rng) for _ in range(size)])
    unlocked(book)
    assert named(book) == set()


def test_no_other_row_has_the_same_bytes(book: SmallBook, count: Callable[[int, int], int]) -> None:
    filled(book, count(60, 2000))
    tried = 0
    for seq, raw in book.store.rows(f"SELECT seq, {bytes_sql(book.store.dialect)} FROM entry ORDER BY seq"):
        row = row_of(book, seq)
        for columns in islice(splits(bytes(raw).decode()), 100):
            other = {name: value for name, value in columns.items() if value != row[name]}
            if not other:
                continue
            with undone(book):
                if made(book, Change(seq, other)):
                    tried += 1
                    assert f"seq {seq}" in named(book), other
    print(f"seed {SEED}: {tried} rows with the bytes of another")
    assert tried >= count(100, 3000)


def test_values_of_another_kind_in_plain_rows(book: SmallBook, count: Callable[[int, int], int]) -> None:
    size = count(30, 300)
    filled(book, size)
    for seq in range(1, size + 1):
        for change in odd_values(book, seq):
            with undone(book):
                assert not made(book, change) or f"seq {seq}" in named(book), change


def treacherous(rng: Random) -> Entry:
    """An entry whose values bear the names of its own parts."""
    uid = new_uid()
    told = {"day": "2023-01-01", "due": "2023-01-02", "format": 1, "item": "money", "kind": "event", "place": 5, "quantity": 6, "record": "r",
            "recorded_at": 7, "sealed": "s", "source": "s", "strikes": uid, "target": "t", "type": "mines.tend", "uid": uid, "version": 1,
            "why": "w", "actor": "a", "data": "{", "a": "}", "x": '{"'}  # fmt: skip
    never, moving = {"due", "sealed", "strikes", "why"}, {"item", "quantity", "source", "target"}
    left_out = rng.choice([never | moving, never | moving | {"data"}, never | {"record", "data"}, {"due"}, set()])
    data: dict[str, Any] = {name: value for name, value in told.items() if name not in left_out and rng.random() < 0.95}
    more: dict[str, Any] = {"uid": uid, "version": rng.choice([None, 1, 1]), "data": rng.choice([data, data, {}])}
    if rng.random() < 0.2:
        more |= {"record": "r-1", "sealed": dict.fromkeys(rng.sample(NAMES, 3), "QUJD")}
        more["data"] = {name: value for name, value in more["data"].items() if name not in more["sealed"]}
    if rng.random() < 0.4:
        more["due"] = rng.choice([None, date(2023, 2, 1)])
        return entry("transfer", "mines.allot", 9, item="money", quantity=1, source=FUND, target=SITE, **more)
    return entry("event", "mines.tend", 9, **{"record": rng.choice([None, "r-1", "r-1"])} | more)


def splits(text: str, at: int = 0, names: tuple[str, ...] = (*NAMES[:4], "format", *NAMES[4:])) -> Iterator[dict[str, Any]]:
    """All ways to cut bytes into columns, whatever they may then hold."""
    if not names:
        if text[at:] == "}":
            yield {}
        return
    name, rest = names[0], names[1:]
    if name not in ALWAYS and name != "format":
        yield from ({name: None} | columns for columns in splits(text, at, rest))
    lead = f'{"{" if at == 0 else ","}"{name}":'
    if not text.startswith(lead, at):
        return
    start = at + len(lead)
    if name == "format":
        yield from splits(text, start + 1, rest) if text[start] == "1" else ()
        return
    mark = "" if name in FREE else '"'
    for end in range(start + len(mark), len(text)):
        if text.startswith(mark, end) and text[end + len(mark)] in ",}":
            value = text[start + len(mark) : end]
            number = name in NUMBERS and value.isdigit()
            yield from ({name: int(value) if number else value} | columns for columns in splits(text, end + len(mark), rest))
