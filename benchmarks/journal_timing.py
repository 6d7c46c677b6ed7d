"""Two sides of a ratio, timed in turns, and how they are told."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple


class Took(NamedTuple):
    """Seconds by the clock, and of this process on a processor."""

    wall: float = 0.0
    own: float = 0.0

    def plus(self, other: Took) -> Took:
        """Both together."""
        return Took(self.wall + other.wall, self.own + other.own)


def timed(work: Callable[[], object]) -> Took:
    wall, own = time.perf_counter(), time.process_time()
    work()
    return Took(time.perf_counter() - wall, time.process_time() - own)


class Side:
    """One side of a comparison: what it took in each round, and the best of the rounds."""

    def __init__(self) -> None:
        self.rounds: list[Took] = []
        self._now = Took()

    def add(self, work: Callable[[], object]) -> None:
        """Time a piece of this round."""
        self._now = self._now.plus(timed(work))

    def close_round(self) -> None:
        """The pieces since the last are one round."""
        self.rounds.append(self._now)
        self._now = Took()

    def best(self) -> Took:
        """The least of each kind of time."""
        return Took(min(r.wall for r in self.rounds), min(r.own for r in self.rounds))


def told(what: str, count: int, ours: Side, other: Side, bar: float | None = None, own: bool = True) -> bool:
    """Print a ratio of rates, of its rounds too, and whether it holds its bar; `own`: all of the work is in this process."""
    a, b = ours.best(), other.best()
    ratio = b.wall / a.wall
    spread = sorted(y.wall / x.wall for x, y in zip(ours.rounds, other.rounds, strict=True))
    print(
        f"  {what:58} {a.wall / count * 1e6:8.2f} : {b.wall / count * 1e6:7.2f} µs   {ratio:5.2f} ({spread[0]:.2f} to {spread[-1]:.2f})",
        end="",
    )
    print(f"   processor {b.own / a.own:4.2f}" if own else " " * 17, end="")
    return judged(bar is None or ratio >= bar, None if bar is None else f"≥ {bar:.2f}")


def judged(held: bool, bar: str | None) -> bool:
    """End a line with its bar."""
    print(f"   {bar}  {'held' if held else 'MISSED'}" if bar else "")
    return held
