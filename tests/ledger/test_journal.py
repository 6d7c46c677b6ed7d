"""Appending: in order, each once, and never below the floor."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from django.db import Error

from taizhang.ledger import encode
from taizhang.ledger.journal import Journal, Refused
from taizhang.ledger.rebuild import rebuild
from taizhang.ledger.verify import verify
from taizhang.ledger.writing import READ, bytes_sql, entry_of

from ..books import SmallBook
from .entries import FUND, GIVERS, SITE, allotted, entry, mine, received, stop, struck


def words(journal: Journal, *acts: object) -> list[str]:
    return [o.what if o.refusal is None else o.refusal.why for o in journal.append(list(acts), partly=True)]  # type: ignore[arg-type]


def held(book: SmallBook, account: str = FUND) -> int:
    rows = book.store.rows("SELECT quantity FROM balance WHERE account = ?", [account])
    return int(rows[0][0]) if rows else 0


def is_sound(book: SmallBook) -> bool:
    found = verify(book.store, book.number, book.catalogue)
    assert not found.problems, [p.line("en") for p in found.problems]
    return True


def test_entries_stand_in_order_without_a_gap(book: SmallBook) -> None:
    first = book.journal.append([stop(1), stop(2)])
    second = book.journal.append([stop(3)])
    assert [o.seq for o in (*first, *second)] == [1, 2, 3]
    assert is_sound(book)


def test_the_columns_of_a_row_are_its_bytes(book: SmallBook) -> None:
    loan = entry("transfer", "library.lend", 3, item="copy-1", quantity=1, source="library.shelf/s", target="library.reader/r")
    first = entry("transfer", "library.acquire", 1, item="copy-1", quantity=1, source="library.acquired", target="library.shelf/s", version=3)
    sealed = replace(stop(2), sealed={"note": "QUJD", "plate": "REVG"}, data={})
    wrong = received(5, 4)
    book.journal.append([first, replace(loan, due=loan.day), sealed, mine("mine-1", name="甲矿 “老”", area="2.8", kind="砂石土矿", tags=["a", "b"])])
    book.journal.append([wrong, struck(wrong, why='单位\\错 "两" 处\n换行')])
    rows = book.store.rows(f"SELECT {bytes_sql(book.store.dialect)}, {READ} FROM entry ORDER BY seq")
    assert [bytes(row[0]) for row in rows] == [encode(entry_of(row[1:])) for row in rows]
    assert entry_of(rows[-1][1:]).why == '单位\\错 "两" 处\n换行'
    assert is_sound(book)


def test_the_same_entry_again_is_recognised(book: SmallBook) -> None:
    one = stop(1)
    later = replace(one, recorded_at=one.recorded_at + 5, actor="clerk-2", version=4)
    assert words(book.journal, one, one) == ["ok", "exists"]
    assert words(book.journal, one, later) == ["exists", "exists"]
    assert words(book.journal, replace(one, data={"kind": "酒驾"})) == ["conflict"]
    assert len(book.store.rows("SELECT seq FROM entry")) == 1


def test_a_batch_is_whole_or_nothing(book: SmallBook) -> None:
    with pytest.raises(Refused) as refused:
        book.journal.append([received(100), allotted(101)])
    assert [o.what for o in refused.value.outcomes] == ["ok", "refused"]
    assert book.store.rows("SELECT seq FROM entry") == []
    assert words(book.journal, received(100), allotted(101), allotted(100)) == ["ok", "short", "ok"]
    assert held(book) == 0
    assert is_sound(book)


def test_what_was_undone_within_a_transaction_leaves_no_gap(book: SmallBook) -> None:
    append, transaction = book.journal.append, book.store.transaction
    with transaction():
        assert [o.seq for o in append([received(5)], partly=True)] == [1]
        with pytest.raises(Refused):
            append([received(7), allotted(99)])
        with suppress(KeyError), transaction():
            append([received(7), allotted(3)], partly=True)
            raise KeyError
        assert [o.seq for o in append([allotted(2), stop()], partly=True)] == [2, 3]
        with transaction():
            append([stop()])
        assert [o.seq for o in append([stop()])] == [5]
    with suppress(KeyError), transaction():
        append([stop()])
        raise KeyError
    assert [o.seq for o in append([stop()])] == [6]
    assert not verify(book.store, book.number, book.catalogue).problems


def test_what_another_journal_wrote_is_known(book: SmallBook) -> None:
    """A journal remembers where the book ended when it held it last; who wrote since then is not overlooked."""
    other, later = Journal(book.store, book.number, book.catalogue), stop()
    book.journal.append([received(5)])
    assert other.append([allotted(2), later])[1].seq == 3
    assert [o.what for o in book.journal.append([later, allotted(3)])] == ["exists", "ok"]
    assert other.append([stop()])[0].seq == 5
    assert not verify(book.store, book.number, book.catalogue).problems


def test_an_end_that_was_undone_is_not_remembered(book: SmallBook) -> None:
    """What replaces it is of the same number, and has another id."""
    undone, other = stop(), Journal(book.store, book.number, book.catalogue)
    later = stop()
    with suppress(KeyError), book.store.transaction():
        book.journal.append([undone], partly=True)
        raise KeyError
    other.append([later])
    assert book.journal.append([later])[0].what == "exists"
    assert book.journal.append([undone])[0].seq == 2
    assert not verify(book.store, book.number, book.catalogue).problems


def test_what_is_kept_for_the_commit_is_seen_before_it(book: SmallBook) -> None:
    seqs = "SELECT seq FROM entry WHERE book = ? ORDER BY seq"
    with book.store.transaction():
        book.journal.append([stop()], partly=True)
        assert book.store.rows(seqs, [book.number]) == [(1,)]
        book.journal.append([stop()], partly=True)
        with suppress(KeyError), book.store.transaction():
            book.store.run("UPDATE book SET title = ? WHERE id = ?", ["written over", book.number])
            raise KeyError
        book.journal.append([stop()], partly=True)
    with suppress(KeyError), book.store.transaction():
        book.journal.append([stop()], partly=True)
        raise KeyError
    assert book.store.rows(seqs, [book.number]) == [(1,), (2,), (3,)]
    assert book.store.rows("SELECT title, size FROM book WHERE id = ?", [book.number]) == [("", 3)]


def test_what_goes_wrong_with_the_commit_leaves_nothing(book: SmallBook) -> None:
    def strike_twice() -> None:
        with book.store.transaction():
            book.journal.append([stop()], partly=True)
            with book.store.at_once():
                book.store.run("INSERT INTO struck (book, seq, by_seq) VALUES (?, 1, 1)", [book.number])
                book.store.run("INSERT INTO struck (book, seq, by_seq) VALUES (?, 1, 1)", [book.number])

    book.journal.append([received(5)])
    with pytest.raises(Error):
        strike_twice()
    assert [o.seq for o in book.journal.append([allotted(5)])] == [2]
    assert not verify(book.store, book.number, book.catalogue).problems


def test_an_account_never_holds_less_than_nothing(book: SmallBook) -> None:
    assert words(book.journal, allotted(1)) == ["short"]
    assert words(book.journal, received(100, 10), allotted(60, 12)) == ["ok", "ok"]
    assert words(book.journal, allotted(41, 20)) == ["short"]
    assert words(book.journal, allotted(40, 20)) == ["ok"]
    assert held(book) == 0
    assert held(book, SITE) == 100
    assert held(book, GIVERS) == -100  # outside


def test_a_past_day_is_not_made_negative(book: SmallBook) -> None:
    book.journal.append([received(100, 10), allotted(60, 20), received(50, 25)])
    (late,) = book.journal.append([allotted(50, 15)], partly=True)
    assert late.refusal is not None
    assert late.refusal.short is not None
    assert (late.refusal.short.day, late.refusal.short.quantity) == ("2023-01-20", -10)
    assert words(book.journal, allotted(40, 15)) == ["ok"]
    assert words(book.journal, allotted(1, 15), received(1, 12), allotted(1, 15)) == ["short", "ok", "ok"]
    assert is_sound(book)


def test_a_strike_and_its_restatement_are_judged_together(book: SmallBook) -> None:
    wrong = received(100, 1)
    book.journal.append([wrong, allotted(70, 5)])
    assert words(book.journal, struck(wrong)) == ["short"]
    assert words(book.journal, (struck(wrong), received(60, 1))) == ["short"]
    assert words(book.journal, (struck(wrong), received(80, 2))) == ["ok"]
    assert held(book) == 10
    assert is_sound(book)


def test_what_cannot_be_struck(book: SmallBook) -> None:
    one = stop(1)
    withdrawn = struck(one)
    assert words(book.journal, struck(one)) == ["unknown_strike"]
    assert words(book.journal, one, withdrawn, struck(one), struck(withdrawn)) == ["ok", "ok", "struck_already", "strikes_a_strike"]


def test_what_has_no_canonical_form_is_named(book: SmallBook) -> None:
    bad = replace(stop(1), data={"fine": 1.5})  # type: ignore[dict-item]
    quoted = replace(stop(1), record='a"b')
    unknown = entry("event", "nowhere.thing")
    assert words(book.journal, stop(1), bad, quoted, unknown) == ["ok", "form", "form", "type"]
    assert words(book.journal, allotted(5, fund=FUND, site=FUND)) == ["itself"]


def test_the_database_keeps_entries(book: SmallBook) -> None:
    book.journal.append([stop(1)])
    for sql in ("UPDATE entry SET place = 1", "DELETE FROM entry"):
        with pytest.raises(Error, match="never"), book.store.transaction():
            book.store.run(sql)


def test_a_record_has_its_latest_values_by_day(book: SmallBook) -> None:
    first, late = mine("m", 10, name="甲矿", area="2.8", mine_code="DA-1"), mine("m", 5, area="9", kind="砂石土矿")
    book.journal.append([first])
    book.journal.append([late, mine("m", 20, area="3")])
    (row,) = book.store.rows("SELECT data, day, first_seq FROM record WHERE record = 'm'")
    assert row[0] == '{"area":"3","kind":"砂石土矿","mine_code":"DA-1","name":"甲矿"}'
    assert is_sound(book)
    book.journal.append([struck(first)])
    (row,) = book.store.rows("SELECT data FROM record WHERE record = 'm'")
    assert row[0] == '{"area":"3","kind":"砂石土矿"}'
    assert is_sound(book)


def test_a_site_is_the_mine_it_extends(book: SmallBook) -> None:
    site = entry("state", "mines.site", 2, record="m", data={"mine_code": "DA-1", "name": "甲矿", "started": "2023-01-02"})
    book.journal.append([site])
    rows = book.store.rows("SELECT type, data FROM record ORDER BY type")
    assert rows == [("mines.mine", '{"mine_code":"DA-1","name":"甲矿"}'), ("mines.site", '{"started":"2023-01-02"}')]
    assert book.store.rows("SELECT type, key, record FROM record_key") == [("mines.mine", '["DA-1"]', "m")]


def test_what_was_altered_in_derived_tables_is_named_and_mended(book: SmallBook) -> None:
    book.journal.append([received(100), allotted(30, 2), mine("m", name="甲矿")])
    book.store.run("UPDATE balance SET quantity = 71 WHERE account = ?", [FUND])
    (problem,) = verify(book.store, book.number, book.catalogue).problems
    assert problem.where == "balance"
    assert "mines.fund/fund-1" in problem.found
    assert rebuild(book.store, book.number, book.catalogue) == 3
    assert is_sound(book)
    assert held(book) == 70
