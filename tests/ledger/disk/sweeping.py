"""Let the n-th call fail, for every n, and check what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from random import Random
from typing import Any

import apsw

from .crash import Files, crash_states
from .faults import CALLS, Fault, Faults
from .trial import Acknowledged, Check, Workload, checked, lost
from .vfs import Disk

BROKEN: tuple[type[Exception], ...] = (apsw.Error, MemoryError)
_ERRORS = {"grow": ("full",), "open": ("ioerr", "nomem"), "read": ("ioerr", "nomem"), "memory": ("nomem",)}
_ROOMS = (0, 3_000, 30_000)


@dataclass(slots=True)
class Swept:
    """What was exercised."""

    seed: int
    faults: Counter[str] = field(default_factory=Counter)
    felt: int = 0
    failed_syncs: int = 0
    states: int = 0
    in_recovery: int = 0
    gone_on: int = 0

    def __str__(self) -> str:
        return (
            f"seed {self.seed}: {self.faults.total()} faults {dict(sorted(self.faults.items()))}, {self.felt} came through as an error, "
            f"{self.failed_syncs} syncs failed; {self.states} states checked, {self.in_recovery} recoveries failed at first, "
            f"{self.gone_on} states after going on"
        )


def every_fault(
    operation: Workload,
    *,
    before: Mapping[str, bytes] | None = None,
    calls: Iterable[str] = (*CALLS, "memory"),
    most: int | None = None,
    seed: int = 0,
) -> list[Fault]:
    """Count the calls the operation makes when all is well, and plan a fault at each: of every error that call can give, once and sticky.

    With `most`, only that many of them, chosen by the seed, evenly among the classes of calls.
    """
    disk = Disk(before, seed=seed)
    operation(disk.connect, lambda token: None)
    counts = Counter(disk.faults.counts)
    disk.close()
    plans = [
        Fault(call, nth, error, sticky, room)
        for call in calls
        for error in _ERRORS.get(call, ("ioerr",))
        for room in (_ROOMS if call == "memory" else (0,))
        for sticky in (False, True)
        for nth in range(1, counts[call] + 1)
    ]
    return plans if most is None else _evenly(plans, most, Random(seed))


def sweep(
    operation: Workload,
    check: Check,
    faults: Iterable[Fault],
    *,
    before: Mapping[str, bytes] | None = None,
    expected: tuple[type[Exception], ...] = BROKEN,
    afterwards: Workload | None = None,
    seed: int = 0,
    states: int = 3,
) -> Swept:
    """Run the operation once with each fault, and check what is left of it, or raise Lost.

    Left by a process that died, by one that closed its connections, and by a loss of power. The operation may raise `expected` and
    nothing else; what it acknowledged must be there. The same holds after a fault has struck while recovering, and where a new process
    goes on with `afterwards`, on a disk that is whole again, before the power fails.
    """
    swept = Swept(seed)
    for number, fault in enumerate(faults):
        rng, where = Random(f"{seed}:{number}"), f"seed {seed}, fault {number}: {fault}"
        disk = Disk(before, faults=Faults(fault), seed=seed)
        acknowledged = Acknowledged(disk)
        swept.felt += _failed(operation, disk, acknowledged, expected, where)
        swept.failed_syncs += disk.faults.failed_syncs
        swept.faults[f"{fault.call} {fault.error}"] += 1
        successor = disk.after_a_death()
        left = list(_left(disk, rng, states))
        for files, how in left:
            swept.states += 1
            checked(check, files, acknowledged.all, f"{where}; {how}")
        files, how = rng.choice(left)
        swept.in_recovery += _recovering(check, files, _like(fault, rng), acknowledged.all, expected, f"{where}; {how}")
        if afterwards is not None:
            swept.gone_on += _gone_on(afterwards, check, successor, acknowledged.all, rng, states, where)
    return swept


def _evenly(plans: list[Fault], most: int, rng: Random) -> list[Fault]:
    by_call: dict[str, list[Fault]] = {}
    for plan in rng.sample(plans, len(plans)):
        by_call.setdefault(plan.call, []).append(plan)
    rounds = zip_longest(*by_call.values())
    return [plan for one in rounds for plan in one if plan is not None][:most]


def _failed(run: Workload | Check, disk: Disk, argument: Any, expected: tuple[type[Exception], ...], where: str) -> bool:
    """Whether it raised what is expected on a disk that fails. The disk is whole again afterwards."""
    try:
        run(disk.connect, argument)
    except expected:
        return True
    except Exception as problem:
        raise lost(where, problem) from problem
    finally:
        disk.faults.lift()
    return False


def _left(disk: Disk, rng: Random, states: int) -> Iterator[tuple[Files, str]]:
    end = len(disk.log)
    yield disk.files(), "the process died"
    power_lost = crash_states(disk.log, end, rng, disk.before)
    for number in range(states):
        yield next(power_lost), f"power lost after event {end}, state {number}"
    disk.close()
    yield disk.files(), "the connection was closed"


def _recovering(
    check: Check, files: Files, fault: Fault, acknowledged: list[Any], expected: tuple[type[Exception], ...], where: str
) -> bool:
    where = f"{where}; recovering, {fault}"
    disk = Disk(files, faults=Faults(fault))
    failed = _failed(check, disk, acknowledged, expected, where)
    after = disk.files()
    disk.close()
    checked(check, after, acknowledged, where)
    return failed


def _gone_on(afterwards: Workload, check: Check, disk: Disk, acknowledged: list[Any], rng: Random, states: int, where: str) -> int:
    """States checked after a new process has gone on."""
    more = Acknowledged(disk)
    try:
        afterwards(disk.connect, more)
    except Exception as problem:
        raise lost(f"{where}; going on", problem) from problem
    end, power_lost = len(disk.log), crash_states(disk.log, len(disk.log), rng, disk.before)
    for number in range(states):
        checked(check, next(power_lost), acknowledged + more.all, f"{where}; gone on; power lost after event {end}, state {number}")
    disk.close()
    return states


def _like(fault: Fault, rng: Random) -> Fault:
    return Fault(fault.call, rng.randint(1, 6), fault.error, fault.sticky, fault.room)
