"""Splitting a whole into parts that add up to it exactly, each within its bounds, none of them alike."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

_SHAPE = 100
"""How much larger the heaviest part may be weighed than the lightest."""


def split(total: int, lows: Sequence[int], highs: Sequence[int], rng: Random, step: int = 1) -> list[int] | None:
    """Parts between `lows` and `highs` that sum to `total`; None where there are none.

    What lies above the lows is shared by random weights. With a `step` the shares are whole steps but for the last few:
    tablets go out in whole boxes, money in round sums.
    """
    free = total - sum(lows)
    room = [high - low for low, high in zip(lows, highs, strict=True)]
    if free < 0 or sum(room) < free or min(room, default=0) < 0:
        return None
    parts = _whole_steps(lows, highs, step, free)
    free = total - sum(parts)
    for size in dict.fromkeys((max(step, 1), 1)):
        free -= _share(free // size * size, size, parts, highs, rng)
    return parts


def _whole_steps(lows: Sequence[int], highs: Sequence[int], step: int, free: int) -> list[int]:
    """The lows, each raised to a whole step where there is room for all of that."""
    raised = [min(low + -low % step, high) for low, high in zip(lows, highs, strict=True)] if step > 1 else list(lows)
    return raised if sum(raised) - sum(lows) <= free else list(lows)


def _share(free: int, step: int, parts: list[int], highs: Sequence[int], rng: Random) -> int:
    """Add up to `free` to the parts, in whole steps; what was added."""
    left = free
    while left > 0:
        open_ = [i for i, part in enumerate(parts) if highs[i] - part >= step]
        if not open_:
            break
        weights = [rng.randint(1, _SHAPE) for _ in open_]
        whole = sum(weights)
        before = left
        for i, weight in zip(open_, weights, strict=True):
            more = min(before * weight // whole // step * step, highs[i] - parts[i], left)
            more -= more % step
            parts[i] += more
            left -= more
        if left == before:  # less than a step for each: the rest goes out one by one
            left = _one_by_one(left, step, parts, highs, rng.sample(open_, len(open_)))
    return free - left


def _one_by_one(left: int, step: int, parts: list[int], highs: Sequence[int], order: Sequence[int]) -> int:
    for i in order:
        if left < step:
            break
        if highs[i] - parts[i] >= step:
            parts[i] += step
            left -= step
    return left
