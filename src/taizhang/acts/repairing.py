"""Looking after a book: whether it is what was written, and what follows from it made anew."""

from __future__ import annotations

from collections.abc import Callable

from taizhang.acts.barring import need_whole_book
from taizhang.acts.desk import Desk
from taizhang.cube.cube import shelf_of
from taizhang.cube.doubts import note_verified
from taizhang.ledger import rebuild as rebuilding
from taizhang.ledger import verify as verifying
from taizhang.ledger.verify import Verified
from taizhang.people import log

Progress = Callable[[int], None]


def verify(desk: Desk, progress: Progress = lambda _: None) -> Verified:
    """Read the whole book and compare: entries, tree, checkpoints with their signatures, and all that follows from the entries."""
    book, path = desk.book, need_whole_book(desk, "audit", "manage")
    found = verifying.verify(book.store, book.number, book.catalogue, book.public, progress)
    note_verified(book.folder, len(found.problems))
    told = f"{len(found.problems)} problems" if found.problems else None
    log(
        desk.scope, "verify", place=path, detail={"entries": found.entries, "problems": len(found.problems)}, refused=told, using=book.alias
    )
    return found


def rebuild(desk: Desk, progress: Progress = lambda _: None) -> int:
    """Make records, balances, loans and the columns of figures anew from the entries; how many entries there are."""
    book, path = desk.book, need_whole_book(desk, "manage")
    count = rebuilding.rebuild(book.store, book.number, book.catalogue, progress)
    shelf_of(book).rebuild()
    log(desk.scope, "rebuild", place=path, detail={"entries": count}, using=book.alias)
    return count
