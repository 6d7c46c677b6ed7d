"""The tests can fail: each bug planted here in a copy of the code is found by the random laws or the cases."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOM = Path("taizhang", "expressions")
BUGS = [
    ("halves go away from zero in SQL", "functions/numbers.py", 'f"ROUND({value} - {even}, {target.places})"', 'f"ROUND({value}, {target.places})"'),
    ("a quotient is cut, not rounded", "functions/division.py", "({cut} + {away})", "{cut}"),
    ("a tie goes away from zero", "functions/division.py", "ABS(MOD({cut}, 2))", "1"),
    ("division by zero is an error", "functions/division.py", "        if not b:\n            return None\n", ""),
    ("Python rounds at 28 digits", "types.py", "Context(prec=200", "Context(prec=28"),
    ("least passes over null", "functions/nulls.py", "return None if None in values else pick(values)", "return pick([v for v in values if v is not None])"),
    ("false and unknown is unknown", "functions/logic.py", "            if value is False:\n                return False\n", ""),
    ("products in 64 bits", "functions/numbers.py", "if kind.digits > 18 and write.duckdb", "if False"),
    ("numbers without their width", "sql.py", "return f\"CAST({sql} AS {column_type(kind)})\"", "return sql"),
    ("a month ends where it will", "functions/dates.py", "min(day.day, monthrange(year, month + 1)[1])", "min(day.day, 28)"),
    ("days out of the calendar", "functions/dates.py", "WHEN {to} BETWEEN 0 AND {LAST} THEN", "WHEN {to} > -1 THEN"),
    ("letters of the machine's language", "functions/texts.py", "of_one(lambda text: text.translate(_LOWER))", "of_one(str.lower)"),
    ("blanks of the machine's idea", "functions/texts.py", "text.strip(SPACES)", "text.strip()"),
    ("a pattern's underscore is a letter", "functions/patterns.py", '"." if c == "_" else re.escape(c)', "re.escape(c)"),
    ("an average by floats", "functions/aggregates.py", "    total = _sum_sql(call, write)\n", '    return f"AVG({write(call.args[0])})"\n    total = ""\n'),
    ("not in forgets its not", "shape.py", 'negated = bool(node.args.get("negate"))', "negated = False"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(BUGS)), ids=[bug[0] for bug in BUGS])
def test_a_planted_bug_is_found(number: int, tmp_path: Path, count: Callable[[int, int], int]) -> None:
    _, file, sound, broken = BUGS[number]
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    path = tmp_path / "src" / ROOM / file
    text = path.read_text(encoding="utf-8")
    assert text.count(sound) >= 1, "the bug no longer fits the code"
    path.write_text(text.replace(sound, broken), encoding="utf-8")
    if number < count(2, len(BUGS)):
        assert not _passes(tmp_path / "src")


def _passes(source: Path) -> bool:
    """Whether the laws and cases pass on that copy of the code."""
    tests = [str(ROOT / "tests" / "expressions" / name) for name in ("test_cases.py", "test_laws.py")]
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": str(source), "TAIZHANG_PROVE": "0"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout[-2000:] + done.stderr[-2000:]
    return done.returncode == 0
