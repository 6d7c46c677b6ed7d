"""What was read together with the lock: as it stands in the tables, and no longer believed once something is posted."""

from __future__ import annotations

from taizhang.ledger.balances import Holdings
from taizhang.ledger.foretold import questions, told
from taizhang.ledger.standing import Account, Named

from ..books import SmallBook
from .entries import FUND, GIVERS, SITE, allotted, mine, received
from .test_journal import held, is_sound, words

MINE: Named = ("mines.mine", ("DA-1",))
OF_MINE = Account("money", "mines.site/", MINE)


def foretold(book: SmallBook, *asked: Named | Account) -> tuple[dict[Named, int], Holdings]:
    """How many rows there are of each record, and what the accounts hold."""
    found = told(asked, book.journal.lock(*questions(book.number, asked)))
    return {named: len(rows) for named, rows in found.records.items()}, found.held


def test_records_and_accounts_in_any_order(book: SmallBook) -> None:
    book.journal.append([mine("m1", mine_code="DA-1"), received(500, 1), allotted(200, 2, site="mines.site/m1")])
    fund = Account("money", FUND)
    with book.store.transaction():
        rows, accounts = foretold(book, fund, MINE, OF_MINE, Account("money", GIVERS))
    assert rows == {MINE: 1}
    assert accounts == {
        (FUND, "money"): ("money", 300, "2023-01-02", 3),
        ("mines.site/m1", "money"): ("money", 200, "2023-01-02", 3),
        (GIVERS, "money"): ("money", -500, "2023-01-01", 2),
    }


def test_nothing_held_is_known_and_nobody_there_is_not(book: SmallBook) -> None:
    """A site without money holds nothing; of a code that no record has there is no account to tell of."""
    book.journal.append([mine("m1", mine_code="DA-1")])
    other: Named = ("mines.mine", ("DA-2",))
    with book.store.transaction():
        rows, accounts = foretold(book, MINE, other, OF_MINE, Account("money", "mines.site/", other), Account("money", FUND))
    assert rows == {MINE: 1, other: 0}
    assert accounts == {("mines.site/m1", "money"): None, (FUND, "money"): None}


def test_the_floor_is_kept_by_what_was_foretold(book: SmallBook) -> None:
    """And within the same transaction the next batch asks again: what was foretold is no longer so."""
    book.journal.append([received(100, 3)])
    with book.store.transaction():
        book.journal.foresaw(foretold(book, Account("money", FUND), Account("money", SITE))[1])
        assert words(book.journal, allotted(60, 3), allotted(60, 3), allotted(30, 2)) == ["ok", "short", "short"]
        assert words(book.journal, allotted(60, 3), allotted(40, 3)) == ["short", "ok"]
    assert (held(book), held(book, SITE)) == (0, 100)
    assert is_sound(book)


def test_nothing_foretold_outlasts_its_transaction(book: SmallBook) -> None:
    """Not even where nobody has written since: the next who holds the book reads what it needs."""
    book.journal.append([received(100, 3)])
    with book.store.transaction():
        book.journal.foresaw({(FUND, "money"): None})
    assert words(book.journal, allotted(100, 3)) == ["ok"]
