"""The tests can fail: each bug planted here in a copy of the code is found by them."""

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
    ("scope dropped from the log", "people/logbook.py", ".filter(within(scope, \"audit\") | Q(user_key=scope.user), **asked)", ".filter(**asked)"),
    ("place dropped from the scope", "core/scope.py", "place_path.startswith(self.places(role, programme))", "bool(self.places(role, programme))"),
    ("programme dropped from the scope", "core/scope.py", "setdefault((role, grant.programme), set())", "setdefault((role, EVERY_PROGRAMME), set())"),
    ("who reviews sees personal values", "core/scope.py", '| {"view"}', '| {"view", "reveal"}'),
    ("a township does the county's review", "core/scope.py", "_REVIEWS[: _REVIEWS.index(role) + 1]", "_REVIEWS[_REVIEWS.index(role) :]"),
    ("places within places", "core/scope.py", "if not kept or not place.startswith(kept[-1]):", "if place not in kept:"),
    ("narrowed to the wider place", "core/scope.py", "max(grant.place, place, key=len)", "min(grant.place, place, key=len)"),
    ("the house sees personal values", "core/scope.py", 'if reveal or role != "reveal"', "if True"),
    ("the last day is not included", "people/scoping.py", "until >= %(day)s", "until > %(day)s"),
    ("an inactive user acts", "people/scoping.py", '{_in_force("me")}', "1 = 1"),
    ("a delegation outlives the duty", "people/scoping.py", ' AND {_in_force("duty")}\n"""', '\n"""'),
    ("a delegation outlives the user", "people/scoping.py", ' AND {_in_force("holder")}', ""),
    ("a delegation outlives its days", "people/scoping.py", ' AND {_in_force("lent")}', ""),
    ("one duty delegated is all of them", "people/scoping.py", " AND (lent.duty_id IS NULL OR lent.duty_id = duty.id)", ""),
    ("who stands in for a manager delegates", "people/delegating.py", ' and scope.on_behalf_of("manage", programme, place) is None', ""),
    ("a delegate delegates further", "people/delegating.py", "filter(in_force(day), user=user)", "filter(in_force(day))"),
    ("scope dropped from the list of duties", "people/reading.py", 'filter(within(scope, *_OVERSEE) | Q(user=scope.user), *_on(on))', "filter(*_on(on))"),
    ("who manages anything manages all", "people/rules.py", 'scope.may("manage", programme, place)', 'bool(scope.programmes("manage"))'),
    ("one gives himself a duty", "people/rules.py", "user != scope.user", "True"),
    ("a duty elsewhere is ended", "people/granting.py", 'found is not None and scope.may("manage", found.programme, found.place)', "found is not None"),
    ("a password for more than one manages", "people/enrolling.py", "in _powers(user, scope.on, using)", "in ()"),
    ("a refusal leaves no line", "people/refusals.py", "    except Refused as refused:\n", "    except Refused as refused:\n        raise\n"),
    ("lines can be deleted", "people/migrations/0001_initial.py", "BEFORE DELETE ON people_act", "BEFORE DELETE ON people_duty"),
    ("lines can be written over", "people/migrations/0001_initial.py", "WHERE id = NEW.id", "WHERE id IS NULL"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(BUGS)), ids=[bug[0] for bug in BUGS])
def test_a_planted_bug_is_found(number: int, tmp_path: Path, count: Callable[[int, int], int]) -> None:
    _, file, sound, broken = BUGS[number]
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    path = tmp_path / "src" / "taizhang" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(sound) >= 1, "the bug no longer fits the code"
    path.write_text(text.replace(sound, broken), encoding="utf-8")
    if number < count(1, len(BUGS)):
        assert number or _passes(ROOT / "src"), "without a bug they pass"
        assert not _passes(tmp_path / "src")


def _passes(source: Path) -> bool:
    """Whether the tests of scopes and people pass on that copy of the code, on SQLite."""
    tests = [str(ROOT / "tests" / "core" / "test_scope.py"), str(ROOT / "tests" / "people")]
    unasked = ["-k", "not postgres and not planted"]
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *unasked, *tests]
    environment = {**os.environ, "PYTHONPATH": str(source), "TAIZHANG_PROVE": "0"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout[-2000:] + done.stderr[-2000:]
    return done.returncode == 0
