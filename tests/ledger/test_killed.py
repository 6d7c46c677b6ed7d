"""A process that keeps a book in a real file is killed at any moment: nothing acknowledged is lost, and what is left is a sound book."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .disk import Lost, hunt
from .disk.book_worker import check_folder

Count = Callable[[int, int], int]
SEED = 2205
WORKER = f"{__package__}.disk.book_worker"


def test_nothing_acknowledged_is_lost_with_the_process(tmp_path: Path, count: Count) -> None:
    killed = hunt(f"{WORKER}:work", check_folder, tmp_path, SEED, count(40, 2000), longest=0.06)
    print(killed)
    assert killed.kills >= count(40, 2000)
    assert killed.acknowledged >= killed.kills
    assert min(killed.how.values()) >= killed.kills // 3


def test_a_batch_acknowledged_early_is_found(tmp_path: Path) -> None:
    with pytest.raises(Lost, match="acknowledged"):
        hunt(f"{WORKER}:work_early", check_folder, tmp_path, SEED, 100, longest=0.06)
