"""Reads hostile expressions in a process of its own and prints, as JSON, what happened and what it cost."""

from __future__ import annotations

import json
import socket
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import hostile
from taizhang.expressions import BOOLEAN, DATE, TEXT, decimal, integer, problems

NAMES = {"i": integer(), "j": integer(), "a": decimal(2), "s": TEXT, "d": DATE, "p": BOOLEAN}
TOUCHED: list[str] = []
LOOKED_AT = {"open", "os.listdir", "os.scandir", "subprocess.Popen", "socket.connect", "socket.getaddrinfo", "os.system", "exec", "compile", "os.remove", "os.rename"}


def watch(event: str, args: tuple[Any, ...]) -> None:
    """An audit hook: Python tells it of every file, socket, process and piece of code."""
    if event in LOOKED_AT:
        TOUCHED.append(f"{event} {args[:1]}")


def peak_mb() -> int:
    """The most memory this process ever held; not that of its parent, which getrusage would count in."""
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) // 1024


def main(count: int, seed: int) -> None:
    texts = hostile.hostile(count, seed)
    problems("i + sum(", NAMES)
    problems("i + 1", NAMES)
    socket.setdefaulttimeout(1)
    sys.addaudithook(watch)
    accepted, unexplained, slowest = [], [], (0.0, "")
    for text in texts:
        began = time.process_time()
        found = [*problems(text, NAMES), *problems(text, NAMES, aggregates=True)]
        slowest = max(slowest, (time.process_time() - began, text[:60]))
        if not problems(text, NAMES) or not problems(text, NAMES, aggregates=True):
            accepted.append(text[:80])
        if any(not p.found or not p.do_en or len(p.line()) > 1000 or "Traceback" in p.line("en") for p in found):
            unexplained.append(text[:80])
    touched = list(TOUCHED)
    peak = peak_mb()
    print(json.dumps({"count": len(texts), "accepted": accepted, "unexplained": unexplained, "touched": touched, "slowest": slowest, "peak_mb": peak}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
