"""The n-th call of the disk or of the memory fails while a book is kept: it stays as it was, or becomes what it was to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pytest

from taizhang.ledger.journal import Journal

from .disk import CALLS, Connect, Disk, Lost, every_fault, signed, sweep
from .disk.adapter import SETTINGS, ApswStore
from .disk.book import BOOK, NAME, Filling, catalogue, check, files, fill, rebuilding
from .disk.crash import Files

Count = Callable[[int, int], int]
SEED = 2204
APPENDING = Filling(batches=3)
GOING_ON = Filling(batches=2, settings=SETTINGS)


@lru_cache(maxsize=1)
def a_book() -> Files:
    """A book some way on, left by a process that died: its last batches stand in the log only."""
    disk = Disk(files())
    fill(Journal(ApswStore(disk.connect(NAME)), BOOK, catalogue()), 8, lambda size: None)
    left = disk.files()
    disk.close()
    return left


def test_a_failing_call_leaves_the_old_book_or_the_new_one(count: Count) -> None:
    faults = every_fault(APPENDING, before=a_book(), most=count(80, 2300), seed=SEED)
    swept = sweep(APPENDING, check, faults, before=a_book(), seed=SEED, states=1)
    print(swept)
    assert swept.faults.total() >= count(80, 2300)
    assert {kind.split()[0] for kind in swept.faults} == {*CALLS, "memory"}
    assert swept.felt >= swept.faults.total() // 4
    assert swept.failed_syncs >= count(6, 12)
    assert swept.in_recovery >= count(12, 500)


def test_a_failing_call_leaves_a_book_as_it_was_when_it_is_rebuilt(count: Count) -> None:
    faults = every_fault(rebuilding, before=a_book(), most=count(50, 2300), seed=SEED)
    swept = sweep(rebuilding, check, faults, before=a_book(), seed=SEED, states=1)
    print(swept)
    assert swept.faults.total() >= count(50, 2000)
    assert swept.felt >= swept.faults.total() // 4


def test_a_failing_call_leaves_no_checkpoint_that_does_not_fit(count: Count) -> None:
    faults = every_fault(signed.signing, before=a_book(), most=count(50, 2300), seed=SEED)
    swept = sweep(signed.signing, signed.check, faults, before=a_book(), seed=SEED, states=1)
    print(swept)
    assert swept.faults.total() >= count(50, 2000)
    assert swept.felt >= swept.faults.total() // 4


def test_a_batch_acknowledged_early_is_found() -> None:
    early = replace(APPENDING, early=True)
    with pytest.raises(Lost, match="acknowledged"):
        sweep(early, check, every_fault(early, before=a_book(), calls=["sync", "write"]), before=a_book(), seed=SEED)


def test_who_opens_the_book_after_a_failed_sync_can_rely_on_it(count: Count) -> None:
    """What the failed sync was to save is seen by the next process and is on no disk; it must be made safe before anything follows it."""
    faults = every_fault(APPENDING, before=a_book(), calls=["sync"], seed=SEED)
    swept = sweep(APPENDING, check, faults, before=a_book(), afterwards=GOING_ON, seed=SEED, states=count(4, 100))
    print(swept)
    assert swept.gone_on == count(4, 100) * len(faults)


def test_after_a_failed_sync_nothing_is_accepted_until_the_book_is_opened_anew() -> None:
    faults = [fault for fault in every_fault(stubborn, before=a_book(), calls=["sync"], seed=SEED) if not fault.sticky]
    swept = sweep(stubborn, check, faults, before=a_book(), seed=SEED, states=1)
    print(swept)
    assert swept.failed_syncs == len(faults)


def stubborn(connect: Connect, acknowledge: Callable[[Any], None]) -> None:
    """Tries again on the same connection, whatever it is told; then opens the book anew."""
    journal = _opened(connect)
    refused = False
    for _ in range(4):
        try:
            fill(journal, 1, acknowledge)
        except Exception:
            refused = True
        else:
            assert not refused, "accepted after a failed sync"
    journal.store.close()
    journal = _opened(connect)
    fill(journal, 1, acknowledge)
    journal.store.close()


def _opened(connect: Connect) -> Any:
    return Journal(ApswStore(connect(NAME), SETTINGS), BOOK, catalogue())
