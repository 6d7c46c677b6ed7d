"""Many at once: threads that each have a connection of their own to one book."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

from django.db import connections

from taizhang.ledger.database import connect
from taizhang.ledger.journal import Journal
from taizhang.ledger.store import DjangoStore

from ..books import SmallBook

Work = Callable[[Journal], Any]
Make = Callable[[DjangoStore, SmallBook], Journal]
_numbers = count()


def journal_of(store: DjangoStore, book: SmallBook) -> Journal:
    """The journal as the product makes it."""
    return Journal(store, book.number, book.catalogue)


def all_at_once(book: SmallBook, works: Sequence[Work], make: Make = journal_of, options: dict[str, Any] | None = None) -> list[Any]:
    """Do all works, each in a thread with its own connection, from one moment on; what each gave, or what it raised.

    `options` are those of the connections, where a test spoils them.
    """
    results: list[Any] = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(at: int, work: Work) -> None:
        alias = connect(book.address, f"crowd-{next(_numbers)}")
        connections.settings[alias]["OPTIONS"].update(options or {})
        try:
            journal = make(DjangoStore(alias), book)
            journal.store.rows("SELECT 1")  # connected before the start
            start.wait()
            results[at] = work(journal)
        except Exception as error:
            results[at] = error
        finally:
            connections[alias].close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
