"""A book whose checkpoints are signed, on a disk that breaks."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from taizhang.ledger.book import SIGNING, Book
from taizhang.ledger.journal import Journal
from taizhang.ledger.keys import KeyFile
from taizhang.ledger.signing import SoftSigner
from taizhang.ledger.store import DjangoStore
from taizhang.ledger.verify import verify

from .adapter import ApswStore
from .book import BOOK, NAME, ORIGIN, SMALL_LOG, catalogue, check_book, fill
from .trial import Connect


@lru_cache(maxsize=1)
def _signing() -> tempfile.TemporaryDirectory[str]:
    folder = tempfile.TemporaryDirectory()
    SoftSigner.new().save(Path(folder.name) / SIGNING)
    return folder


def _opened(connect: Connect) -> Book:
    """The book of a connection; its keys are not needed here."""
    store = cast(DjangoStore, ApswStore(connect(NAME), SMALL_LOG))
    journal = Journal(store, BOOK, catalogue())
    return Book(Path(_signing().name), "", store, BOOK, ORIGIN, 431129, cast(KeyFile, None), catalogue(), journal)


def signing(connect: Connect, acknowledge: Callable[[Any], None]) -> None:
    """Twice a batch and a signed checkpoint; acknowledges each checkpoint."""
    book = _opened(connect)
    for _ in range(2):
        fill(book.journal, 1, lambda size: None)
        acknowledge(book.checkpoint())
    cast(ApswStore, book.store).close()


def check(connect: Connect, acknowledged: list[Any]) -> None:
    """Every checkpoint that was handed out stands in the book, is signed and fits; the book is sound, and signs again."""
    book = _opened(connect)
    store = cast(ApswStore, book.store)
    check_book(store, [])
    texts = [text for (text,) in store.rows("SELECT text FROM checkpoint ORDER BY id")]
    assert set(texts) >= set(acknowledged), "a checkpoint that was handed out is not there"
    verified = verify(store, BOOK, None, book.public)
    assert not verified.problems
    assert verified.checkpoints == len(texts)
    book.checkpoint()
    store.close()
