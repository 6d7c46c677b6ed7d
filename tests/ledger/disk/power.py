"""Cut the power at random moments of a workload, and check what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from .crash import MANNERS, Files, Moment, crash_states
from .events import Synced
from .trial import Acknowledged, Check, Workload, checked
from .vfs import Disk


@dataclass(slots=True)
class Tried:
    """What was exercised."""

    seed: int
    events: int = 0
    states: int = 0
    in_the_air: int = 0
    again: int = 0
    manners: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        return (
            f"seed {self.seed}: {self.states} crash states over {self.events} events, {self.in_the_air} with something not yet safe, "
            f"{self.again} where the power failed again during recovery; {dict(sorted(self.manners.items()))}"
        )


def surviving(
    workload: Workload, check: Check, seed: int, states: int, *, before: Mapping[str, bytes] | None = None, lying: bool = False
) -> Tried:
    """Cut the power at `states` moments of the workload; the check must hold on what the disk then holds, or Lost is raised.

    The workload is run once, and logged. The moments lie all over it, more than half of them right after an acknowledgement or right
    before the end of a sync. After a quarter of the checks the power is cut again, somewhere in the recovery that the check began.
    """
    disk = Disk(before, lying=lying, seed=seed)
    acknowledged = Acknowledged(disk)
    workload(disk.connect, acknowledged)
    log = list(disk.log)
    tried, moment = Tried(seed, events=len(log)), Moment(before)
    for number, at in enumerate(_moments(disk, acknowledged, Random(seed), states)):
        moment.go_on(log, at)
        rng, manner = Random(f"{seed}:{number}"), MANNERS[number % len(MANNERS)]
        tried.in_the_air += moment.open_changes > 0
        tried.manners[manner] += 1
        where = f"seed {seed}, state {number}: power lost after event {at} of {len(log)}, {manner}"
        _recovering(check, moment.state(rng, manner), acknowledged.until(at), rng, tried, where)
    disk.close()
    return tried


def _moments(disk: Disk, acknowledged: Acknowledged, rng: Random, states: int) -> list[int]:
    end = len(disk.log)
    near = [*acknowledged.moments, *(number for number, event in enumerate(disk.log) if isinstance(event, Synced))] or [end]
    return sorted(rng.choice(near) if rng.random() < 0.6 else rng.randrange(end + 1) for _ in range(states))


def _recovering(check: Check, files: Files, acknowledged: list[Any], rng: Random, tried: Tried, where: str) -> None:
    tried.states += 1
    disk = checked(check, files, acknowledged, where)
    if rng.random() < 0.25:
        tried.again += 1
        at = rng.randrange(len(disk.log) + 1)
        again = next(crash_states(disk.log, at, rng, files))
        _recovering(check, again, acknowledged, rng, tried, f"{where}; again after event {at} of the recovery")
