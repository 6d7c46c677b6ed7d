"""Packs that mean harm: none is touched or run, each gets a plain message, in 2 seconds and 256 MB."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .desk import spoiled

WORKER = Path(__file__).with_name("hostile_worker.py")
MEGABYTES = 256
MARK = "TOUCHED"


def checked(root: Path, count: int, *more: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, str(WORKER), str(root), str(count), *more], capture_output=True, text=True, encoding="utf-8", check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_none_is_touched_or_run(tmp_path: Path, count: Callable[[int, int], int]) -> None:
    rows = checked(tmp_path, count(84, 1_000))
    slowest, largest = (max(r.get(name, 0) for r in rows) for name in ("cpu", "mb"))
    print(f"seeds 0 to {len(rows) - 1}, {slowest:.2f} s and {largest} MB at most:", dict(Counter(r["family"] for r in rows)))
    assert len(rows) == count(84, 1_000)
    assert min(Counter(r["family"] for r in rows).values()) >= 7
    wrong = [r for r in rows if r["status"] or r["touched"] or r["pack"] or not r["first"] or r["longest"] > 1000 or r["mb"] > MEGABYTES]
    assert wrong == []
    assert not (tmp_path / MARK).exists()


def test_the_harness_finds_a_careless_reader(tmp_path: Path) -> None:
    rows = checked(tmp_path, 36, "planted")
    assert any(r.get("touched") for r in rows)
    assert (tmp_path / MARK).exists()


def test_a_message_is_short_whatever_the_pack_says(tmp_path: Path) -> None:
    problems = spoiled(tmp_path, "office: 示例局", "office: 示例局\n" + "很" * 90 + ": " + "长" * 9000)
    assert all(len(p.line()) < 600 for p in problems)
