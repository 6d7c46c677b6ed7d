"""Programs beside a test: each opens the same book over a connection of its own; one appends and seals until it is killed."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connections

from taizhang.ledger.database import connect
from taizhang.ledger.journal import Journal
from taizhang.ledger.store import DjangoStore

from ..books import SmallBook, catalogue
from ..ledger.entries import stop, struck
from .shelves import rows, shelf_of

BOOK = "TAIZHANG_TEST_BOOK"
"""The environment tells the number of the book and the address of its database."""
_numbers = itertools.count(1)
_CATALOGUE = catalogue()  # made once, before the first worker is forked


@contextmanager
def opened(address: str, number: int) -> Iterator[SmallBook]:
    """A book that is there, over a connection of one's own."""
    alias = connect(address, f"worker-{os.getpid()}-{next(_numbers)}")
    store = DjangoStore(alias)
    try:
        yield SmallBook(address, alias, store, Journal(store, number, _CATALOGUE))
    finally:
        connections[alias].close()


def work(folder: Path, acknowledge: Callable[[Any], None]) -> None:
    """Append and seal without end; told is what was accepted before each sealing."""
    number, _, address = os.environ[BOOK].partition(" ")
    with opened(address, int(number)) as book, shelf_of(book, folder) as shelf:
        for step in itertools.count():
            wrong = stop(1 + step % 28, fine=step)
            book.journal.append([wrong, stop(3, fine=step), struck(wrong)])
            with shelf.reading() as reading:
                acknowledge([reading.size, len(rows(reading, "traffic.violation"))])
            shelf.seal()
