"""Somebody with the database in hand, who knows everything but the key that signs checkpoints, and computes all hashes anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from taizhang.core import Entry
from taizhang.ledger import SHA256, Checkpoint, Frontier, SoftSigner, Tree, checkpoint, encode, new_uids
from taizhang.ledger.journal import KEPT_LEVEL
from taizhang.ledger.rebuild import Unfit, rebuild
from taizhang.ledger.tables import ENTRY, NODE
from taizhang.ledger.tree import root_of
from taizhang.ledger.tree_store import StoredNodes
from taizhang.ledger.writing import READ, entry_of, parts_of

from ..books import ORIGIN, SmallBook
from .entries import FUND, allotted, entry, mine, received, stop, struck

SIGNER = SoftSigner.new()
WAYS = ("truncate", "delete", "insert", "swap", "rewrite")


def filled(book: SmallBook, count: int, rng: Random) -> None:
    """Fill a book with `count` entries of every kind, in bundles of several sizes."""
    entries: list[Entry] = []
    while len(entries) < count:
        made: list[Entry] = [
            stop(rng.randrange(1, 28), fine=rng.randrange(9000), spot="三岔口"),
            received(rng.randrange(50, 99), 1),
            mine(f"m{rng.randrange(9)}", rng.randrange(1, 28), name="甲矿", area="2.8"),
            allotted(1, rng.randrange(2, 28), data={"document": "〔2023〕1 号"}),
            replace(stop(3, f"crew-{rng.randrange(3)}"), sealed={"plate": "UVdF", "note": "QQ"}, version=2),
            _lent(rng),
        ]
        one = rng.choice(made)
        if len(entries) > 1 and rng.random() < 0.1 and entries[-1].kind in ("event", "state"):
            one = struck(entries[-1])
        entries.append(one)
    entries[0] = received(99_999, 1)
    for uid, at in zip(new_uids(count), range(count), strict=True):
        entries[at] = replace(entries[at], uid=uid, strikes=entries[at - 1].uid if entries[at].strikes else None)
    done = 0
    while done < count:
        size = rng.choice([1, 7, 40, 300])
        book.journal.append(entries[done : done + size])
        done += size


def _lent(rng: Random) -> Entry:
    copy = f"c{rng.randrange(5)}"
    lent = entry("transfer", "library.acquire", 2, item=copy, quantity=1, source="library.acquired", target="library.shelf/s")
    return replace(lent, due=lent.day + timedelta(9), record="r-1", data={"how": "捐赠"}, sealed={"note": "QUJD"}, version=3)


def signed(book: SmallBook, size: int) -> str:
    """The checkpoint of the first entries, as somebody outside may hold it."""
    root = root_of(StoredNodes(book.store, book.number, size), size)
    made = Checkpoint(ORIGIN, size, root, 1_700_000_000_000_000)
    text = checkpoint.sign(made, SIGNER)
    sql = "INSERT INTO checkpoint (book, size, root, time, text) VALUES (?, ?, ?, ?, ?)"
    book.store.run(sql, [book.number, size, root, made.time, text])
    return text


def unlocked(book: SmallBook) -> None:
    """The triggers that keep entries are dropped; who owns the database may do that."""
    for name in ("entry_is_not_changed", "entry_is_not_deleted", "entry_is_not_emptied"):
        on = " ON entry" if book.store.dialect == "postgres" else ""
        book.store.run(f"DROP TRIGGER IF EXISTS {name}{on}")


class _Undo(Exception):
    pass


@contextmanager
def undone(book: SmallBook) -> Iterator[None]:
    """What is done within is taken back."""
    try:
        with book.store.transaction():
            yield
            raise _Undo
    except _Undo:
        pass


def entries_of(book: SmallBook) -> list[Entry]:
    """All entries in order."""
    rows = book.store.rows(f"SELECT {READ} FROM entry WHERE book = ? ORDER BY seq", [book.number])
    return [entry_of(row) for row in rows]


def altered(entries: Sequence[Entry], way: str, upto: int, rng: Random) -> list[Entry]:
    """The journal as the insider would have it: something among its first `upto` entries is not as it was."""
    changed = list(entries)
    at = rng.randrange(upto)
    if way == "truncate":
        return changed[:at]
    if way == "delete":
        del changed[at]
    elif way == "insert":
        changed.insert(at, stop(rng.randrange(1, 28)))
    elif way == "swap":
        other = rng.choice([n for n in range(upto) if n != at])
        changed[at], changed[other] = changed[other], changed[at]
    else:
        changed[at] = rewritten(changed[at], rng)
    return changed


def rewritten(one: Entry, rng: Random) -> Entry:
    """An entry that says a little else."""
    ways: list[dict[str, Any]] = [
        {"day": one.day + timedelta(1)}, {"place": one.place + 1}, {"actor": "clerk-2"}, {"recorded_at": one.recorded_at - 1},
        {"data": {**one.data, "fine": 1}}, {"version": (one.version or 0) + 1}, {"uid": one.uid[:-1] + ("0" if one.uid[-1] != "0" else "1")},
    ]  # fmt: skip
    if one.kind == "transfer":
        ways += [{"quantity": (one.quantity or 0) + 1}, {"target": FUND if one.target != FUND else "mines.fund/fund-2"}, {"item": "money2"}]
    if one.record is not None:
        ways += [{"record": "r-2"}]
    return replace(one, **rng.choice(ways))


def write_anew(book: SmallBook, entries: Sequence[Entry]) -> None:
    """Put this journal in the place of the book's own: rows, leaves, nodes, the end of the book, and what follows from it."""
    store, number = book.store, book.number
    raws = [encode(one) for one in entries]
    leaves = SHA256.leaves(raws)
    tree, frontier = Tree(leaves), Frontier()
    frontier.extend(leaves)
    levels = range(KEPT_LEVEL, len(entries).bit_length())
    nodes = [(number, level, place, tree.node(level, place)) for level in levels for place in range(len(entries) >> level)]
    for table in ("entry", "node"):
        store.run(f"DELETE FROM {table} WHERE book = ?", [number])
    rows = [(number, seq, *parts_of(one), leaf) for seq, (one, leaf) in enumerate(zip(entries, leaves, strict=True), 1)]
    store.insert("entry", ENTRY.columns, rows)
    store.insert("node", NODE.columns, nodes)
    store.run("UPDATE book SET size = ?, tops = ? WHERE id = ?", [len(entries), b"".join(frontier.tops), number])
    with suppress(Unfit):  # a swap may put a strike before what it withdraws
        rebuild(store, number, book.catalogue)


def disguised(book: SmallBook, way: str) -> None:
    """What becomes of the checkpoints in the database: gone, as they were, or with the root that fits now."""
    if way == "gone":
        book.store.run("DELETE FROM checkpoint WHERE book = ?", [book.number])
    elif way == "fitted":
        for (size,) in book.store.rows("SELECT size FROM checkpoint WHERE book = ?", [book.number]):
            total = book.store.rows("SELECT size FROM book WHERE id = ?", [book.number])[0][0]
            if size <= total:
                root = root_of(StoredNodes(book.store, book.number, size), size)
                book.store.run("UPDATE checkpoint SET root = ? WHERE book = ? AND size = ?", [root, book.number, size])
