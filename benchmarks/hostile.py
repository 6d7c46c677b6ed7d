"""Time texts made to be hard at n and at 2n characters: reading, mending and checking must stay linear.

    python benchmarks/hostile.py [--chars 20_000] [--limit 300] [--only WORD] [--strict]

Prints every text whose 2n costs more than three times its n, or that takes more than --limit microseconds a character,
and the slowest five. A text is first tried at a twentieth of its length, so that one that is not linear ends the look at it early.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]  # the texts are those of the tests

from tests.robust_inputs import HOSTILE  # noqa: E402

from taizhang.claims import findings  # noqa: E402
from taizhang.core import Page  # noqa: E402
from taizhang.text import mend, stories  # noqa: E402

TOO_MUCH = 3.0
CLOCK = 0.1  # seconds below which a ratio says nothing


def seconds(text: str) -> dict[str, float]:
    """CPU seconds of mending a text, of reading its articles, and of checking what was read."""
    marks = [time.process_time()]
    page: Page = mend(text)
    marks.append(time.process_time())
    told = stories(text, page)
    marks.append(time.process_time())
    findings(told)
    marks.append(time.process_time())
    return dict(zip(("mend", "read", "check"), (b - a for a, b in pairwise(marks)), strict=True))


def look_at(make: Callable[[int], str], n: int, limit: float) -> tuple[str, float]:
    """What is wrong with the times of a text (empty where nothing is), and its microseconds a character."""
    wrong, per_char = "", 0.0
    for size in (n // 50, n // 10, n):
        try:
            once, twice = seconds(make(size)), seconds(make(2 * size))
        except Exception as fault:
            return f"{type(fault).__name__} at {size:,} or {2 * size:,} characters", per_char
        per_char = sum(twice.values()) / (2 * size) * 1e6
        wrong = _verdict(once, twice, size) or (f"{per_char:.0f} µs a character at {2 * size:,}" if per_char > limit else "")
        if wrong and sum(twice.values()) > 1:
            break
    return wrong, per_char


def _verdict(once: dict[str, float], twice: dict[str, float], size: int) -> str:
    grown = {part: twice[part] / max(once[part], CLOCK) for part in once}
    part = max(grown, key=grown.__getitem__)
    return f"{part}: 2n costs {grown[part]:.1f} × n at n = {size:,} ({twice[part]:.2f} s)" if grown[part] > TOO_MUCH else ""


def main() -> int:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--chars", type=int, default=20_000)
    args.add_argument("--limit", type=float, default=300.0)
    args.add_argument("--only", default="")
    args.add_argument("--strict", action="store_true")
    said = args.parse_args()
    costs: dict[str, float] = {}
    failed = 0
    for name, make in HOSTILE.items():
        if said.only in name:
            wrong, costs[name] = look_at(make, said.chars, said.limit)
            failed += bool(wrong)
            if wrong:
                print(f"{name}: {wrong}", flush=True)
    print(f"{len(costs)} texts of {2 * said.chars:,} characters; {failed} not linear or over the limit; the slowest:")
    for name in sorted(costs, key=costs.__getitem__, reverse=True)[:5]:
        print(f"  {costs[name]:5.1f} µs a character: {name}")
    return int(said.strict and failed > 0)


if __name__ == "__main__":
    sys.exit(main())
