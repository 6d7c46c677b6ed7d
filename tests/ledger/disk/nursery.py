"""The process that gives birth to the workers that are killed, see killed.py: it has imported the worker, and forks one at each request."""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

Work = Callable[[Path, Callable[[Any], None]], None]


def main(work: str) -> None:
    """The nursery: for each folder named on a line of the input, fork a worker, and tell of its birth and death."""
    module, _, function = work.partition(":")
    worker: Work = getattr(importlib.import_module(module), function)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _live(worker, Path(line.rstrip("\n")))
        _, status = os.waitpid(pid, 0)
        _tell(f"dead {os.waitstatus_to_exitcode(status) * -1}")


def _live(worker: Work, folder: Path) -> None:
    try:
        _tell(f"born {os.getpid()}")
        worker(folder, lambda token: _tell("said " + json.dumps(token)))
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def _tell(line: str) -> None:
    os.write(1, line.encode() + b"\n")  # one write of a short line to a pipe is whole or absent


if __name__ == "__main__":
    main(sys.argv[1])
