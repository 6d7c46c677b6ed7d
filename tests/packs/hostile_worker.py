"""Check hostile packs, each in a process of its own with 2 seconds, and watch what it touches.

    python hostile_worker.py ROOT COUNT [planted]

prints one JSON line a pack: number, family, how it ended, the first problem, and what it did that it must not.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
import yaml
from hostile_packs import FAMILIES, make

from taizhang.packs import PROGRAMMES, check, checking
from taizhang.packs.reading import read_yaml

SECONDS = 2
NEVER = (
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.remove",
    "os.rename",
    "os.mkdir",
    "subprocess.",
    "socket.",
    "ctypes.",
    "exec",
    "compile",
    "import",
    "pickle.",
)


def plant() -> None:
    """The bug the harness must find: YAML built the careless way before it is looked at."""

    def careless(data: bytes, file: str) -> Any:
        with contextlib.suppress(Exception):
            yaml.unsafe_load(data)
        return read_yaml(data, file)

    checking.read_yaml = careless


def main(root: Path, count: int) -> None:
    os.chdir(root)
    check(PROGRAMMES / "medicine")  # whatever is loaded on first use is loaded now
    for number in range(count):
        folder = make(root, number)
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            os.write(writer, json.dumps(_checked(folder), ensure_ascii=False).encode())
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader, "rb") as pipe:
            told = pipe.read()
        status = os.waitpid(child, 0)[1]
        said = json.loads(told) if told else {}
        print(
            json.dumps(
                {"number": number, "family": FAMILIES[number % len(FAMILIES)].__name__, "status": status, **said}, ensure_ascii=False
            ),
            flush=True,
        )


def _checked(folder: Path) -> dict[str, Any]:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    allowed = (str(folder), str(PROGRAMMES))
    touched: list[str] = []

    def watch(event: str, args: tuple[Any, ...]) -> None:
        looked = event in ("open", "os.scandir", "os.listdir") and isinstance(args[0], (str, bytes, os.PathLike))
        if event.startswith(NEVER) or (looked and not os.fsdecode(args[0]).startswith(allowed)):
            touched.append(f"{event} {args[:1]!r}"[:200])

    sys.addaudithook(watch)
    pack, problems = check(folder)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    used = resource.getrusage(resource.RUSAGE_SELF)
    first = problems[0].line() if problems else ""
    long = max((len(p.line()) for p in problems), default=0)
    return {
        "pack": pack is not None,
        "problems": len(problems),
        "first": first,
        "longest": long,
        "touched": touched,
        "mb": memory,
        "cpu": used.ru_utime + used.ru_stime,
    }


if __name__ == "__main__":
    if "planted" in sys.argv:
        plant()
    main(Path(sys.argv[1]), int(sys.argv[2]))
