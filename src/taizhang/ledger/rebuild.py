"""What follows from the entries, made anew: kept in place of what was there, or only compared with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

from django.db import DatabaseError, OperationalError

from taizhang.core import Problem
from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.deriving import Deriver
from taizhang.ledger.plans import Plans
from taizhang.ledger.snapshot import Snapshot
from taizhang.ledger.store import Store
from taizhang.ledger.tables import DERIVED
from taizhang.ledger.writing import READ, entry_of

CHUNK = 10_000


class Unfit(ValueError):
    """Entries of a book that cannot follow one another: what they would give cannot be made."""

    def __init__(self, seq: int, error: Exception) -> None:
        super().__init__(f"seq {seq}: {type(error).__name__}: {error}")
        self.seq = seq


def rebuild(store: Store, book: int, catalogue: Catalogue, progress: Callable[[int], None] = lambda _: None) -> int:
    """Make records, balances, loans and all else that follows from the entries anew; how many entries were read. Unfit when they give nothing."""
    with store.transaction():
        _lock(store, book)
        return _replay(store, book, catalogue, progress)


def replayed(store: Store, book: int) -> Iterator[tuple[str, str, int]]:
    """What each account holds of each item by its movements alone: account, item, quantity; in one pass over the table."""
    sql = "SELECT account, item, sum(quantity) FROM movement WHERE book = ? GROUP BY account, item"
    return ((account, item, int(quantity)) for account, item, quantity in store.stream(sql, [book]))


def differences(seen: Snapshot, book: int, catalogue: Catalogue, progress: Callable[[int], None] = lambda _: None) -> Iterator[Problem]:
    """Where what is kept differs from what the entries give, all of one moment: the first row of each table. Nothing is changed."""
    try:
        _replay(seen.store, book, catalogue, progress)
    except Unfit as unfit:
        yield _unfit(unfit)
        return
    for table in DERIVED:
        yield from _compared(seen, book, table.name, table.columns)
    yield from _added_up(seen.store, book)


def _added_up(store: Store, book: int) -> list[Problem]:
    """A second way to the same balances: those kept one by one are the sums of the movements."""
    kept = store.rows("SELECT account, item, quantity FROM balance WHERE book = ?", [book])
    unlike = {(account, item, int(quantity)) for account, item, quantity in kept} ^ set(replayed(store, book))
    if not unlike:
        return []
    account, item, _ = min(unlike)
    found = (f"{account} 的 {item} 与流水之和不符", f"{account} does not hold the sum of its movements of {item}")
    do = ("请报告：这是程序的错误。", "Report it: this is a fault of the program.")
    return [Problem("balance", found[0], "流水之和", do[0], found[1], "the sum of the movements", do[1])]


def _replay(store: Store, book: int, catalogue: Catalogue, progress: Callable[[int], None]) -> int:
    for table in DERIVED:
        store.run(f"DELETE FROM {table.name} WHERE book = ?", [book])
    plans, last = Plans(catalogue), 0
    while True:
        sql = f"SELECT seq, {READ} FROM entry WHERE book = ? AND seq > ? ORDER BY seq LIMIT {CHUNK}"
        rows = store.rows(sql, [book, last])
        if not rows:
            return last
        deriver = Deriver(store, book, catalogue, plans)
        seq = rows[0][0]
        try:
            chunk = [(row[0], entry_of(row[1:])) for row in rows]
            deriver.load(entry for _, entry in chunk)
            for seq, entry in chunk:
                deriver.apply(seq, entry)
            deriver.flush()
        except (LookupError, TypeError, ValueError, DatabaseError) as error:
            if _of_the_machine(error):
                raise
            raise Unfit(seq, error) from error  # no journal of ours wrote these
        last = rows[-1][0]
        progress(last)


def _of_the_machine(error: Exception) -> bool:
    """Whether the disk was full or the server gone: that says nothing of the entries. SQLite's plain error is a sum too large."""
    return isinstance(error, OperationalError) and getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_ERROR


def _compared(seen: Snapshot, book: int, table: str, columns: tuple[str, ...]) -> list[Problem]:
    given = f"SELECT {', '.join(columns)} FROM {table} WHERE book = {int(book)}"
    kept = f"SELECT {', '.join(columns)} FROM {seen.kept}.{table} WHERE book = {int(book)}"
    for these, others, zh, en in (
        (kept, given, "多出或不同的一行", "a row that the entries do not give"),
        (given, kept, "缺少的一行", "a row that is missing"),
    ):
        rows = seen.store.rows(f"SELECT * FROM ({these} EXCEPT {others}) AS one ORDER BY {', '.join(columns[1:4])} LIMIT 1")
        if rows:
            told = ", ".join(f"{c}={v}" for c, v in zip(columns[1:], rows[0][1:], strict=True) if c not in ("data", "sealed", "names"))
            do, do_en = "请运行 taizhang rebuild。", "Run taizhang rebuild."
            return [Problem(table, f"{zh}：{told}", "由条目推出的", do, f"{en}: {told}", "what follows from the entries", do_en)]
    return []


def _unfit(unfit: Unfit) -> Problem:
    do, do_en = "请停止记账，从备份恢复，并查明经过。", "Stop writing, restore a backup, and find out why."
    return Problem(f"seq {unfit.seq}", f"推不下去：{unfit}", "可以接着记的条目", do, f"nothing can follow: {unfit}", "an entry that fits the ones before", do_en)


def _lock(store: Store, book: int) -> None:
    if store.dialect == "postgres":
        store.run("SELECT size FROM book WHERE id = ? FOR UPDATE", [book])
