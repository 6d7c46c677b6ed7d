"""The power fails at any moment while a book is kept: nothing acknowledged is lost, and what is left is a sound book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from .disk import Lost, surviving
from .disk.book import Filling, check, check_and_verify, files

Count = Callable[[int, int], int]
SEED = 2203
KEEPING = Filling()
BUGS = {
    "nothing is synced": replace(KEEPING, settings=KEEPING.settings.replace("synchronous=FULL", "synchronous=OFF")),
    "only checkpoints are synced": replace(KEEPING, settings=KEEPING.settings.replace("synchronous=FULL", "synchronous=NORMAL")),
    "acknowledged before the commit": replace(KEEPING, early=True),
}


def test_the_bugs_are_planted() -> None:
    assert len({bug for bug in BUGS.values() if bug != KEEPING}) == len(BUGS)


def test_nothing_acknowledged_is_lost_with_the_power(count: Count) -> None:
    tried = surviving(KEEPING, check_and_verify, SEED, count(120, 2200), before=files())
    print(tried)
    assert tried.states >= count(120, 2200)
    assert tried.in_the_air >= tried.states // 4
    assert tried.again >= tried.states // 8
    assert min(tried.manners.values()) >= count(15, 270)


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_found(bug: str) -> None:
    with pytest.raises(Lost, match=f"(?s)seed {SEED}, state .* acknowledged, .* there"):
        surviving(BUGS[bug], check, SEED, 400, before=files())


def test_a_disk_that_only_says_it_is_safe_is_found() -> None:
    with pytest.raises(Lost):
        surviving(KEEPING, check, SEED, 200, before=files(), lying=True)
