"""The worker that is killed while it keeps a book in a real file, with the product's own connection."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import apsw

from taizhang.ledger.database import connect
from taizhang.ledger.journal import Journal
from taizhang.ledger.store import DjangoStore

from .adapter import ApswStore
from .book import BOOK, NAME, catalogue, check_book, empty, fill

_EMPTY, _CATALOGUE = empty(), catalogue()  # made once, before the first worker is forked


def work(folder: Path, acknowledge: Callable[[Any], None]) -> None:
    """Append without end."""
    _append_for_ever(folder, acknowledge, early=False)


def work_early(folder: Path, acknowledge: Callable[[Any], None]) -> None:
    """The same with the bug that acknowledges before the commit."""
    _append_for_ever(folder, acknowledge, early=True)


def check_folder(folder: Path, acknowledged: list[Any]) -> None:
    """Check the file a killed worker left, as far as it got."""
    path = folder / NAME
    if not path.exists():
        assert not acknowledged, "the book is gone"
        return
    store = ApswStore(apsw.Connection(str(path)))
    try:
        check_book(store, acknowledged)
    finally:
        store.close()


def _append_for_ever(folder: Path, acknowledge: Callable[[Any], None], *, early: bool) -> None:
    path = folder / NAME
    if not path.exists():
        fresh = path.with_suffix(".new")
        fresh.write_bytes(_EMPTY)
        fresh.rename(path)
    store = DjangoStore(connect(path))
    store.run("PRAGMA wal_autocheckpoint=100")  # so that some are killed while the log is copied back
    fill(Journal(store, BOOK, _CATALOGUE), None, acknowledge, early=early)
