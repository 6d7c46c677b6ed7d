"""The tests of places can fail: each bug planted here, in a copy of the code, is caught by the test named beside it.

All of them in `make prove`; one in `make test`. `python -m pytest tests/ledger/test_places_planted.py -k NAME` runs one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUGS = [
    ("bounds dropped", "lookup.py", " if self._tree.nodes[s.place].path.startswith(within)]", "]", "test_places.py -k 'bounds and not postgres'"),
    ("bounds dropped from the nearest names", "near.py", " if self._tree.nodes[key].path.startswith(within)]", "]",
     "test_places.py -k 'bounds and not postgres'"),
    ("an answer kept for all bounds", "lookup.py", "self._meanings.get((text, within))", "next((m for (t, _), m in self._meanings.items() if t == text), None)",
     "test_places.py -k 'bounds and not postgres'"),
    ("the last day is not included", "spans.py", "<= day <= (self.end or LAST)", "<= day < (self.end or LAST)",
     "test_places_list.py -k 'merge and not postgres'"),
    ("a code without its scheme", "tree.py", "and scheme in (None, s.scheme)", "", "test_places_list.py -k 'two_schemes and not postgres'"),
    ("a day that two rows share", "stating.py", '(line.start or "") <= (last.end or LAST)', '(line.start or "") < (last.end or LAST)',
     "test_places_list.py -k 'twice_on_one_day and not postgres'"),
    ("what was before goes on", "spans.py", "return [_ended(spell, day_before(day)) if (spell.end or LAST) >= day else spell for spell in kept]",
     "return kept", "test_places_laws.py -k 'before_a_day or (lists and not postgres)'"),
    ("the past is forgotten", "stating.py", "[*until(old, spells[0].start), *spells]", "spells", "test_places_laws.py -k 'lists and not postgres'"),
    ("a code taken away in silence", "stating.py", "s not in kept and s.place not in named", "False",
     "test_places_list.py -k 'passes_to and not postgres'"),
    ("entries are not looked for", "listing.py", "if not move:", "if False:", "test_places_list.py -k 'only_when and not postgres'"),
    ("loaded in spite of problems", "listing.py", "        if problems:\n            return", "        if False:\n            return",
     "test_places_laws.py -k 'lists and not postgres'"),
    ("those below stay behind", "seating.py", "in sorted(tree.nodes, key", "in sorted(parents, key", "test_places_list.py -k 'moves and not postgres'"),
    ("the list in another tree than its own", "seating.py", "(elsewhere or _unsettled(sheet, [*there, *seats.new], last, tree))", "elsewhere",
     "test_places_list.py -k 'in_force and not postgres'"),
    ("a move that nobody is told of", "listing.py", "for key in plan.paths.keys() - set(plan.new)", "for key in set[int]()",
     "test_places.py -k 'follow_every_load and not postgres'"),
    ("two loads at once", "saving.py", 'store.run("LOCK TABLE', 'store.run("SELECT 1 --', "test_places.py -k 'at_once and postgres'"),
    ("the package over the county's list", "loading.py", "paths[known[_code(row)][-1][0]] for row in there", 'row.path for row in there',
     "test_places_list.py -k 'county_put and not postgres'"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(BUGS)), ids=[bug[0] for bug in BUGS])
def test_a_planted_bug_is_found(number: int, tmp_path: Path, count: Callable[[int, int], int]) -> None:
    _, file, sound, broken, tests = BUGS[number]
    path = tmp_path / "src" / "taizhang" / "ledger" / "places" / file
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    text = path.read_text(encoding="utf-8")
    assert text.count(sound) >= 1, "the bug no longer fits the code"
    path.write_text(text.replace(sound, broken), encoding="utf-8")
    if number < count(1, len(BUGS)):
        assert _passes(ROOT / "src", tests), "without the bug it passes"
        assert not _passes(tmp_path / "src", tests)


def _passes(source: Path, tests: str) -> bool:
    """Whether a test passes on that copy of the code."""
    file, _, names = tests.partition(" -k ")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", str(ROOT / "tests" / "ledger" / file), "-k", names.strip("'")]
    environment = {**os.environ, "PYTHONPATH": str(source), "TAIZHANG_PROVE": "0"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout[-2000:] + done.stderr[-2000:]
    return done.returncode == 0
