"""Keys that nothing needs: left by acts that failed, and by first registrations that were returned and not given again."""

from __future__ import annotations

from taizhang.acts.barring import need_whole_book
from taizhang.acts.desk import Desk
from taizhang.acts.submitted import left_over
from taizhang.people import log


def discard_unused(desk: Desk) -> int:
    """Destroy the keys that no entry, nothing that waits and nothing returned of late is sealed under; how many there were.

    With them goes what the index of personal values says of them. InputError for who does not manage the whole book.
    """
    path, book = need_whole_book(desk, "manage"), desk.book
    size = book.size
    left = left_over(book, book.keys.names())
    with book.store.transaction():
        desk.begin()
        left = left_over(book, left, size)  # of what was posted meanwhile; now nobody posts
        if left:
            book.keys.discard(left)
        log(desk.scope, "erase", place=path, detail={"unused": len(left)}, using=book.alias)
    return len(left)
