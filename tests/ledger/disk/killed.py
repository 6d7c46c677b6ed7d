"""Kill a process that writes, at any moment, and check what it leaves on the real disk.

The worker is a function `work(folder, acknowledge)` that writes without end and calls `acknowledge(token)` after each durable commit. It
runs in a process of its own, which a nursery forks (a fork costs milliseconds, a new Python with its imports half a second). Tokens reach
us through a pipe, a line each, before the worker goes on. What is killed so is a process, not a machine: the system still writes out what
it was handed. So a commit that was never synced is not found here (loss of power does that), one that was acknowledged too early is.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from .trial import lost

ROOT = Path(__file__).parents[3]
NURSERY = f"{__package__}.nursery"


@dataclass(slots=True)
class Killed:
    """What was exercised."""

    seed: int
    kills: int = 0
    acknowledged: int = 0
    before_any: int = 0
    how: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        return (
            f"seed {self.seed}: {self.kills} processes killed {dict(sorted(self.how.items()))}, {self.acknowledged} acknowledgements, "
            f"{self.before_any} killed before their first"
        )


def hunt(
    work: str,
    check: Callable[[Path, list[Any]], None],
    folder: Path,
    seed: int,
    kills: int,
    *,
    litter: int = 20,
    longest: float = 0.03,
    environment: dict[str, str] | None = None,
) -> Killed:
    """Kill the worker `work` ("package.module:function") so often; after each kill `check(folder, acknowledged)` must hold, or Lost is raised.

    `litter` processes, one after the other, work in one folder, so each but the first begins with what a killed one left. Half are killed
    somewhere within `longest` seconds, the others a moment after one of their first acknowledgements: inside the next commit.
    """
    killed, rng = Killed(seed), Random(seed)
    with _Nursery(work, environment or {}) as nursery:
        while killed.kills < kills:
            home, acknowledged = folder / f"from-{killed.kills}", list[Any]()
            home.mkdir()
            for _ in range(min(litter, kills - killed.kills)):
                how, aim = _aim(rng, longest)
                said = nursery.one_life(home, aim)
                acknowledged += said
                where = f"seed {seed}, kill {killed.kills}, {how}, after {len(said)} acknowledgements, in {home.name}"
                killed.kills += 1
                killed.how[how] += 1
                killed.acknowledged += len(said)
                killed.before_any += not said
                try:
                    check(home, acknowledged)
                except Exception as problem:
                    raise lost(where, problem) from problem
    return killed


@dataclass(frozen=True, slots=True)
class _Aim:
    acknowledgements: int  # wait for so many, then
    seconds: float  # for so long, then kill


def _aim(rng: Random, longest: float) -> tuple[str, _Aim]:
    if rng.random() < 0.5:
        return "at any time", _Aim(0, rng.random() * longest)
    return "inside a commit", _Aim(rng.randint(1, 8), rng.random() ** 3 * longest / 6)


class _Nursery:
    """A process that has imported the worker, and forks one at each request."""

    def __init__(self, work: str, environment: dict[str, str]) -> None:
        command = [sys.executable, "-m", NURSERY, work]
        paths = os.pathsep.join(path for path in sys.path if path)
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), paths]), **environment}
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd=ROOT)

    def __enter__(self) -> _Nursery:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()  # end of input: the nursery closes

    def one_life(self, folder: Path, aim: _Aim) -> list[Any]:
        """Have a worker born, wait as the aim says, kill it; what it acknowledged."""
        asked, answers = self._process.stdin, self._process.stdout
        assert asked is not None
        assert answers is not None
        asked.write(f"{folder}\n".encode())
        asked.flush()
        pid, said = int(_line(answers, "born")), list[Any]()
        try:
            for _ in range(aim.acknowledgements):
                said.append(json.loads(_line(answers, "said")))
            _wait(aim.seconds)
        finally:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while (line := answers.readline()).startswith(b"said "):
            said.append(json.loads(line[5:]))
        if line != f"dead {signal.SIGKILL.value}\n".encode():
            raise AssertionError(f"the worker ended by itself: {line!r}")
        return said


def _line(answers: Any, word: str) -> bytes:
    line: bytes = answers.readline()
    if not line.startswith(word.encode() + b" "):
        raise AssertionError(f"the worker ended by itself: {line!r} instead of {word}")
    return line[len(word) + 1 :]


def _wait(seconds: float) -> None:
    """Wait to some microseconds; sleeping alone is too coarse to end inside a commit."""
    until = time.perf_counter() + seconds
    if seconds > 0.002:
        time.sleep(seconds - 0.001)
    while time.perf_counter() < until:
        pass
