"""What is read together with the lock: records by their natural keys, and what the accounts of transfers hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from taizhang.ledger.balances import Holdings, Kept, Key
from taizhang.ledger.records import natural_key
from taizhang.ledger.standing import Account, Named
from taizhang.ledger.store import Question, Row

_KEYED = """
SELECT r.record, r.type, r.place, r.day, r.seq, r.first_seq, r.data, r.sealed FROM record_key k
JOIN record r ON r.book = k.book AND r.record = k.record WHERE k.book = ? AND k.type = ? AND k.key = ?"""
_SINGLE = "SELECT {at}, account, kind, quantity, last_day, seq FROM balance WHERE book = ? AND item = ? AND account = ?"
# Of a record without a balance there is a row too: its account holds nothing.
_OF_RECORD = """SELECT {at}, k.record, b.kind, b.quantity, b.last_day, b.seq FROM record_key k
LEFT JOIN balance b ON b.book = k.book AND b.item = ? AND b.account = ? || k.record WHERE k.book = ? AND k.type = ? AND k.key = ?"""


class Foretold(NamedTuple):
    """The rows of records by natural key, and what accounts hold; None of one that holds nothing. Other accounts are not known."""

    records: dict[Named, list[Row]]
    held: Holdings


def keyed(book: int, named: Named) -> Question:
    """The question for a record by its natural key."""
    root, key = named
    return _KEYED, [book, root, natural_key(key)]


def questions(book: int, asked: Sequence[Named | Account]) -> list[Question]:
    """One question for each record, and one for all accounts."""
    accounts = [one for one in asked if isinstance(one, Account)]
    records = [keyed(book, one) for one in asked if not isinstance(one, Account)]
    return [*records, _of_accounts(book, accounts)] if accounts else records


def told(asked: Sequence[Named | Account], answers: Sequence[list[Row]]) -> Foretold:
    """What the answers to `questions` tell."""
    accounts = [one for one in asked if isinstance(one, Account)]
    records = [one for one in asked if not isinstance(one, Account)]
    rows = answers[len(records)] if accounts else []
    return Foretold(dict(zip(records, answers, strict=False)), dict(_held(accounts, rows)))


def _of_accounts(book: int, accounts: Sequence[Account]) -> Question:
    parts, params = [], list[Any]()
    for at, (item, account, named) in enumerate(accounts):
        parts.append((_OF_RECORD if named else _SINGLE).format(at=at))
        params += [item, account, book, named[0], natural_key(named[1])] if named else [book, item, account]
    return " UNION ALL ".join(parts), params


def _held(accounts: Sequence[Account], rows: Sequence[Row]) -> Iterator[tuple[Key, Kept | None]]:
    """Of what stands in no row, a single account holds nothing; whose record is not there is no account."""
    for item, account, named in accounts:
        if named is None:
            yield (account, item), None
    for at, name, *kept in rows:
        item, account, named = accounts[at]
        yield (account + name if named else account, item), Kept(*kept) if kept[0] is not None else None
