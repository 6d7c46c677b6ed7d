"""Random books: the journal answers each act as a naive book does, and holds what that holds, however the acts are bundled.

`TAIZHANG_SEED=n` draws the books of one seed again.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from taizhang.core import Entry, Scope
from taizhang.ledger import SHA256, Frontier, KeyFile
from taizhang.ledger.balances import Short
from taizhang.ledger.book import Book
from taizhang.ledger.journal import Journal, Outcome, Refused
from taizhang.ledger.reading import SEALED, Reader
from taizhang.ledger.rebuild import rebuild
from taizhang.ledger.tables import TABLES
from taizhang.ledger.verify import verify
from taizhang.ledger.writing import READ, entry_of

from ..books import SmallBook
from .naive_book import Act, NaiveBook
from .plainly import reference
from .random_books import Office
from .simply import mth

SEED = int(os.environ.get("TAIZHANG_SEED", "54"))
FLOORS = {"ok": 50, "exists": 2, "short": 5, "form": 1, "type": 1, "state": 10, "event": 10, "transfer": 15, "late state": 2, "strike of transfer": 2}
RARE = (
    "erased", "conflict", "strike of state", "several strikes",
    "short on a past day", "itself", "unknown_strike", "struck_already", "strikes_a_strike", "restated", "strike of event",
    "strike of return", "strike of renewal", "strike of loan", "book.renew", "book.erase", "ended by another", "refused whole",
)  # fmt: skip


def test_random_books(book: SmallBook, count: Callable[[int, int], int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    books, length = count(4, 250), count(100, 150)
    monkeypatch.setattr("taizhang.ledger.journal.SLICE", 25)  # so that a bundle has several, as a large one has
    seen: Counter[str] = Counter()
    if book.store.dialect == "sqlite":
        book.store.run("PRAGMA synchronous=OFF")  # what survives a loss of power is tested elsewhere
    for number in range(books):
        one_book(book, f"{SEED}/{number}", length, seen, tmp_path)
    print(f"seed {SEED}, {books} books of {length} acts: {dict(sorted(seen.items()))}")
    assert all(seen[word] >= floor * books for word, floor in FLOORS.items()), seen
    missing = [word for word in RARE if not seen[word]]
    assert len(missing) <= count(4, 0), missing


def one_book(book: SmallBook, seed: str, length: int, seen: Counter[str], home: Path) -> None:
    """One random book, delivered one by one, in bundles, and in one bundle: three books that hold the same."""
    rng, office = Random(seed), Office(Random(seed + " acts"))
    ways = [another(book, f"{seed}/{way}") for way in ("one by one", "bundled", "at once")]
    answers: list[str] = []
    acts: list[Act] = []
    for act, words in office.acts(length):
        (outcome,) = ways[0].append([act], partly=True)
        answers.append(said(outcome))
        acts.append(act)
        assert answers[-1] in words, (seed, len(acts), act, outcome)
        if outcome.refusal is not None and outcome.refusal.short is not None:
            assert_short(office.naive, act, outcome.refusal.short)
        if rng.random() < 0.06:
            assert_same(ways[0], office.naive, home, rng)
    assert bundled(ways[1], acts, rng, seen) == answers, seed
    assert [said(o) for o in ways[2].append(acts, partly=True)] == answers, seed
    for journal in ways:
        assert_same(journal, office.naive, home, rng)
        assert_sound(journal, office.naive)
    assert holds(ways[0]) == holds(ways[1]) == holds(ways[2])
    rebuild(ways[1].store, ways[1].book, book.catalogue)
    assert holds(ways[0]) == holds(ways[1])
    seen.update(office.seen)


def bundled(journal: Journal, acts: list[Act], rng: Random, seen: Counter[str]) -> list[str]:
    """Deliver the acts in bundles; one that would be refused whole leaves nothing, and is then taken in parts."""
    answers: list[str] = []
    while len(answers) < len(acts):
        bundle = acts[len(answers) : len(answers) + rng.choice([1, 2, 5, 9, 20, 40])]
        before = holds(journal) if rng.random() < 0.3 else None
        whole, outcomes = tried(journal, bundle)
        answers += [said(o) for o in outcomes]
        if not whole:
            seen["refused whole"] += 1
            assert before is None or holds(journal) == before
            assert [said(o) for o in journal.append(bundle, partly=True)] == [said(o) for o in outcomes]
    return answers


def tried(journal: Journal, bundle: list[Act]) -> tuple[bool, list[Outcome]]:
    """Whether a bundle was appended whole, and the outcomes."""
    try:
        return True, journal.append(bundle)
    except Refused as refused:
        return False, refused.outcomes


def another(book: SmallBook, name: str) -> Journal:
    """A further book in the same database."""
    sql = "INSERT INTO book (origin, place, title, created_at, size, tops) VALUES (?, 43, '', 0, 0, ?) RETURNING id"
    with book.store.transaction():
        number = book.store.rows(sql, [f"taizhang/43/{name.replace(' ', '-')}", b""])[0][0]
    return Journal(book.store, number, book.catalogue)


def said(outcome: Outcome) -> str:
    return outcome.what if outcome.refusal is None else outcome.refusal.why


def holds(journal: Journal) -> dict[str, list[Any]]:
    """Every row of a book in every table, without the number of the book."""
    return {
        table.name: journal.store.rows(
            f"SELECT {', '.join(table.columns[1:])} FROM {table.name} WHERE book = ? ORDER BY {', '.join(table.key[1:])}", [journal.book]
        )
        for table in TABLES
    }


# ---- agreement with the naive book ---------------------------------------------------------------------------------------------


def assert_short(naive: NaiveBook, act: Act, short: Short) -> None:
    """The account that is named would hold what is said, now or at the end of that day."""
    after = NaiveBook([])
    after.entries = [*naive.entries, *act]
    on = None if short.day is None else max(e.day for e in after.entries if e.day.isoformat() <= (short.day or ""))
    assert short.quantity < 0
    assert after.held(short.account, short.item, on) == short.quantity
    assert naive.held(short.account, short.item, on) == short.held


def assert_same(journal: Journal, naive: NaiveBook, home: Path, rng: Random) -> None:
    """The book holds what the naive book holds; the questions as of a day and a seq are drawn."""
    assert_entries(journal, naive)
    assert_accounts(journal, naive)
    assert_records(journal, naive)
    assert_loans(journal, naive)
    assert_waiting(journal, naive)
    assert_as_of(journal, naive, home, rng)


def assert_entries(journal: Journal, naive: NaiveBook) -> None:
    rows = journal.store.rows(f"SELECT seq, {READ}, leaf FROM entry WHERE book = ? ORDER BY seq", [journal.book])
    raws = [reference(entry) for entry in naive.entries]
    assert [row[0] for row in rows] == list(range(1, len(raws) + 1))
    assert [entry_of(row[1:-1]) for row in rows] == naive.entries
    assert [bytes(row[-1]) for row in rows] == SHA256.leaves(raws)
    (size, tops), *_ = journal.store.rows("SELECT size, tops FROM book WHERE id = ?", [journal.book])
    tops = bytes(tops)
    assert Frontier(size, [tops[i : i + 32] for i in range(0, len(tops), 32)]).root() == mth(raws)
    struck = journal.store.rows("SELECT seq, by_seq FROM struck WHERE book = ?", [journal.book])
    assert dict(struck) == naive.struck()


def assert_accounts(journal: Journal, naive: NaiveBook) -> None:
    rows = journal.store.rows("SELECT account, item, quantity FROM balance WHERE book = ?", [journal.book])
    assert {(account, item): quantity for account, item, quantity in rows} == {key: naive.held(*key) for key in naive.accounts()}
    items = {item for _, item in naive.accounts()}
    assert all(sum(row[2] for row in rows if row[1] == item) == 0 for item in items), "an item is conserved"


def assert_records(journal: Journal, naive: NaiveBook) -> None:
    sql = "SELECT record, type, place, day, seq, first_seq, data, sealed FROM record WHERE book = ?"
    found: dict[str, Any] = {}
    for record, type_name, place, day, seq, first, data, sealed in journal.store.rows(sql, [journal.book]):
        hidden = {name: tuple(told) for name, told in json.loads(sealed).items()}
        head = {"(place)": place, "(day)": day, "(seq)": seq, "(first)": first}
        found.setdefault(record, {})[type_name] = head | json.loads(data) | hidden
    records = {e.record or "": naive.record(e.record or "") for e in naive.entries if e.kind == "state"}
    assert found == {key: record for key, record in records.items() if record}
    for type_name in ("mines.mine", "library.copy"):
        keys = dict(journal.store.rows("SELECT key, record FROM record_key WHERE book = ? AND type = ?", [journal.book, type_name]))
        for key, holders in naive.of_key(type_name).items():
            found_by = keys.get(json.dumps([key], ensure_ascii=False))
            assert found_by in holders or (found_by is None and key == "K-0"), (key, holders, found_by)


def assert_loans(journal: Journal, naive: NaiveBook) -> None:
    sql = "SELECT uid, item, source, target, quantity, day, due, renewed, back, ended FROM loan WHERE book = ? ORDER BY seq"
    expected = []
    for uid, loan in naive.loans().items():
        e: Entry = loan["entry"]
        expected.append((uid, e.item, e.source, e.target, e.quantity, e.day.isoformat(), loan["due"], loan["renewed"], loan["back"], loan["ended"]))
    assert [tuple(row) for row in journal.store.rows(sql, [journal.book])] == expected


def assert_waiting(journal: Journal, naive: NaiveBook) -> None:
    rows = journal.store.rows("SELECT seq, uid, names, ended_seq FROM waiting WHERE book = ? ORDER BY seq", [journal.book])
    expected = [(seq, e.uid, naive.named(e), naive.ended.get(seq)) for seq, e in naive.waiting().items()]
    assert [(seq, uid, json.loads(names), ended) for seq, uid, names, ended in rows] == expected


def assert_as_of(journal: Journal, naive: NaiveBook, home: Path, rng: Random) -> None:
    """What the reader tells of any day and seq."""
    reader = Reader(_opened(journal, home), Scope.of_the_house("tests"))
    accounts, records = sorted({a for a, _ in naive.accounts()}), sorted({e.record or "" for e in naive.entries if e.kind == "state"})
    for _ in range(3):
        day = rng.choice([None, *sorted({e.day for e in naive.entries})])
        seq = rng.choice([None, rng.randrange(len(naive.entries) + 1)])
        for account in rng.sample(accounts, min(2, len(accounts))):
            expected = {item: naive.held(account, item, day, seq) for a, item in naive.accounts() if a == account}
            told = reader.held(account, day=day, seq=seq)
            if told is not None:
                assert {item: told.get(item, 0) for item in expected} == expected
        for key in rng.sample(records, min(2, len(records))):
            assert _shown(reader, key, day, seq) == _kept(naive, key, day, seq)


def _opened(journal: Journal, home: Path) -> Book:
    keys = KeyFile(home / "keys")
    store: Any = journal.store
    return Book(home, store.alias, store, journal.book, "taizhang/43/tests", 43, keys, journal.catalogue, journal)


def _shown(reader: Reader, key: str, day: Any, seq: int | None) -> Any:
    seen = reader.record(key, day=day, seq=seq)
    return seen and (seen.place, {type_name: dict(values) for type_name, values in seen.values.items()})


def _kept(naive: NaiveBook, key: str, day: Any, seq: int | None) -> Any:
    record = naive.record(key, day, seq, erasing=False)
    shown = {t: {n: SEALED if isinstance(v, tuple) else v for n, v in one.items() if n[0] != "("} for t, one in record.items()}
    return (max(record.values(), key=lambda one: (one["(day)"], one["(seq)"]))["(place)"], shown) if record else None


# ---- the laws ------------------------------------------------------------------------------------------------------------------


def assert_sound(journal: Journal, naive: NaiveBook) -> None:
    """No floor was broken at the end of any day, and what follows from the entries follows from them."""
    for account, item in naive.accounts():
        if not naive.is_outside(account):
            assert all(naive.held(account, item, day) >= 0 for day in {e.day for e in naive.entries})
    found = verify(journal.store, journal.book, journal.catalogue)
    assert not found.problems, [problem.line("en") for problem in found.problems]
