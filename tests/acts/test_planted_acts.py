"""The tests of acts can fail: each bug planted here, in a copy of the code, is caught by the test named beside it.

All of them in `make prove`; one in `make test`. `python -m pytest tests/acts/test_planted_acts.py -k NAME` runs one.
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
NARROW, ELSEWHERE, WAITING = "test_narrow_scopes.py", "test_entering_elsewhere.py", "test_waiting.py"
ALONE, KEYS, TRYING, ENDED = "test_erasing_alone.py", "test_keys_and_book.py", "test_trying_out.py", "test_ended_duties.py"
BUGS = [
    # ---- the scope dropped
    ("scope dropped from entries", "ledger/reading.py", ' for line in some if self.may_entry("view", line.entry)]', " for line in some]",
     f"{ELSEWHERE} -k struck_from_here"),
    ("scope dropped from records", "ledger/sight.py", "if self.may(role, type_name, kept.place)}", "}", f"{NARROW} -k another_village"),
    ("scope dropped from single accounts", "ledger/reading.py", 'return self.may("view", account, self._book.place)', "return True",
     f"{NARROW} -k single_account"),
    ("scope dropped from what is struck", "acts/barring.py", "problem = _of_another(desk, proposal, named) if named else None", "problem = None",
     f"{ELSEWHERE} -k 'struck_from_here'"),
    ("scope dropped from programmes", "acts/barring.py", "if not may_enter_somewhere(desk, proposal.type):", "if False:", f"{ELSEWHERE} -k another_programme"),
    ("scope dropped from what is registered", "acts/barring.py", 'if place is not None and not desk.may("enter", entry.type, place):', "if False:",
     f"{ELSEWHERE} -k registered_elsewhere"),
    ("scope dropped from what is drawn on", "acts/barring.py", "if account in kept and account not in seen}", "if False}", f"{ELSEWHERE} -k drawn"),
    ("balances told to everybody", "acts/wording.py", "if isinstance(p, NotEnough) and not desk.reader.sees_account(p.account) else p", "if False else p",
     f"{ELSEWHERE} -k a_reviewer"),
    ("a renewal of no programme", "ledger/sight.py", "loan = self._renewed(entry) if entry.type == RENEW else None", "loan = None", f"{ELSEWHERE} -k renews"),
    ("a backup for anybody", "acts/barring.py", "    if not any(desk.scope.may(role, EVERY_PROGRAMME, path) for role in roles):", "    if False:",
     "test_keeping.py -k clerk"),
    # ---- personal values
    ("restricted values opened", "ledger/reading.py", " or any(map(self.is_restricted, self.of_whom(entry))):", ":", f"{NARROW} -k restricted"),
    ("the words of a refusal in the log", "acts/posting.py", 'refused=next((answer.what for', "refused=next((answer.problems[0].found_en for",
     f"{ELSEWHERE} -k repeats_nothing"),
    ("a reason in plain", "acts/reviewing.py", '"returned", reasons.sealed(desk, found.entries[0], why.strip()))', '"returned", why.strip())', f"{WAITING} -k reason"),
    ("an ID number looked for in the open", "acts/choosing.py", "if _is_resident(words, desk):", "if False:", "test_finding.py -k under_seal"),
    ("values taken to where they are seen", "acts/restating.py", '''if "place" in parts and not desk.may_entry("reveal", entry):''', "if False:",
     "test_restating_elsewhere.py -k would_be_seen"),
    ("a number that leads to whom it was struck from", "ledger/inside.py", "if self._has_key(standing, root, text)}", "}", "test_wrong_number.py"),
    ("everything in a pack's folder kept", "ledger/installed.py", "for name, data in sorted(read_folder(folder).yaml.items())}",
     "for name, data in ((str(p.relative_to(folder)), p.read_bytes()) for p in folder.rglob('*') if p.is_file())}", "test_installing.py -k list_of_people"),
    # ---- erasures
    ("keys erased before the journal", "acts/erasing.py", "        book.keys.intend(gone)", "        book.keys.erase(gone)", "test_erasing_cut_off.py -k agree"),
    ("an erasure that is not finished", "ledger/book.py", "            book._finish_erasures()\n", "", "test_erasing_cut_off.py -k agree"),
    ("what waits accepted for the erased", "acts/reviewing.py", '_is_erased(desk, entry) for', "False for", f"{WAITING} -k erased_meanwhile"),
    ("others' values under the key of the crew", "ledger/owners.py", "return entry.uid if register is not None and not", "return entry.uid if not register and not",
     f"{ALONE} -k one_entry"),
    ("what names the erased is left", "acts/erasing.py", " + everything.entries(desk.book.telling_of(name))", "", f"{ALONE} -k a_plate"),
    ("entries forgotten when an erasure is finished", "ledger/plans.py", '*(entries if isinstance(entries, (list, tuple)) else ())', "", f"{ALONE} -k 'cut_off'"),
    ("who waits is not erased", "acts/erasing.py", "(*entries, *waiting_for(desk.book, name))]", "entries]", f"{ALONE} -k who_waits"),
    ("a constant key of the index", "ledger/keys.py", "[secrets.token_bytes(KEY_BYTES)]", "[bytes(KEY_BYTES)]", "test_guessing.py -k a_plate"),
    ("keys that are needed discarded", "acts/submitted.py", "            left -= {entry.uid, entry.record or \"\"}\n", "            pass\n", f"{ALONE} -k nothing_needs"),
    ("keys of another book", "ledger/keys.py", "!= origin:", "== '':", f"{KEYS} -k another_book"),
    ("a book that makes itself empty keys", "ledger/book.py", "if not (folder / KEYS).is_file():", "if False:", f"{KEYS} -k without_its_keys"),
    ("a lost key looks like an erasure", "ledger/reading.py", "return ERASED if isinstance(error, Erased) else LOST", "return ERASED", f"{KEYS} -k older_than"),
    # ---- what can be tried out
    ("persons elsewhere told of", "ledger/rules/bench.py", "return not is_sealed(self.catalogue.root(register)) or", "return True or", f"{TRYING} -k registered_elsewhere"),
    ("an ID number compared", "ledger/rules/states.py", "if bench.struck is None and _is_opaque(draft)", "if False", f"{TRYING} -k not_tried_on"),
    ("a happening elsewhere compared", "acts/posting.py", "if (one.exists or one.conflict or one.repeats) in elsewhere:", "if False:",
     f"{TRYING} -k not_tried_out"),
    ("what waits elsewhere compared", "acts/posting.py", 'if state == "waiting" and not is_seen:', "if False:",
     f"{TRYING} -k waits_elsewhere_is_not_tried"),
    ("a limit tells what there was", "acts/wording.py", "len(desk.reader.entries(p.counted)) < len(p.counted)", "False", f"{TRYING} -k with_a_limit"),
    ("an account tells whether it holds enough", "acts/posting.py", "undrawn(self._desk, one.problems, one.where)", "one.problems", f"{TRYING} -k holds_enough"),
    ("duties asked once for all", "acts/desk.py", "        self.renew()\n        return inside\n", "        return inside\n", f"{ENDED} -k posted"),
    ("a line of the log at the book's place", "acts/posting.py", "place=_above([desk.sight.path(place) for _, place in self._entered]) or", "place=",
     "test_logging.py -k stands_where"),
    ("a backup within the book", "acts/keeping.py", "    if inside:\n", "    if False:\n", "test_keeping.py -k within"),
    # ---- what no two have the same
    ("a card given twice", "ledger/rules/uniques.py", "        if others:\n", "        if False:\n", "test_unique.py -k one_readers"),
    ("two rows of a batch judged together", "ledger/rules/columns.py", "yield from uniques.marks(bench, draft) if plan.uniques else ()", "yield from ()",
     "test_unique.py -k 'one_batch and columns'"),
    ("what comes back with a strike is not judged", "ledger/rules/strikes.py", " or _given_back(bench, struck))", ")", "test_unique.py -k take_it_back"),
    ("what was struck stays taken", "ledger/records.py", "        self._took[record] = self._takes(record)\n        for table", "        for table",
     "test_unique.py -k take_it_back"),
    ("whose card it is tried out", "ledger/rules/uniques.py", " and bench.shows(own, register):", ":", "test_unique.py -k who_sees_him"),
    ("accepted without another look", "ledger/rules/again.py", "            problems = _clashes(some, supposed.inside, catalogue)\n", "",
     "test_unique.py -k what_waits"),
    ("a register filled over two of one", "acts/installing.py", "        if twice:\n", "        if False:\n", "test_unique.py -k two_of_one"),
    ("what another offered is ended", "ledger/roles.py", "    return all(", "    return True or all(", "test_cases.py -k neighbours"),
    # ---- once, and under the lock
    ("what waits is not compared", "acts/posting.py", 'if state == "waiting" and not _says_the_same(act, lines):', "if False:", f"{WAITING} -k conflict"),
    ("returned without the lock", "acts/reviewing.py",
     "        desk.begin()\n        found = _taken_up(desk, number)\n        if isinstance(found, Answer):\n            return found\n        if not why",
     "        found = _taken_up(desk, number)\n        if isinstance(found, Answer):\n            return found\n        if not why",
     f"{WAITING} -k 'never_both and postgres'"),
    ("packs read once for all", "ledger/book.py", "if self._packs is not None and self._packs != packs:", "if False:",
     "test_installed_meanwhile.py"),
    ("rows given back forgotten", "acts/importing.py", "left = [row for row in fresh if row.at > start or row.at in again]",
     "left = [row for row in fresh if row.at > start]", "test_importing_again.py -k given_back_again"),
    ("a book under another's alias", "ledger/store.py", "if connections[self.alias] is not self.connection:", "if False:", "test_several_books.py -k taken"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(BUGS)), ids=[bug[0].replace(" ", "_") for bug in BUGS])
def test_a_planted_bug_is_caught(number: int, tmp_path: Path, count: Callable[[int, int], int]) -> None:
    if number % count(len(BUGS), 1):
        pytest.skip("make prove plants all of them")
    _, file, sound, broken, test = BUGS[number]
    copy_of_the_code(tmp_path)
    path = tmp_path / "src" / "taizhang" / file
    text = path.read_text(encoding="utf-8")
    assert sound in text, "the line this bug is planted in has changed"
    path.write_text(text.replace(sound, broken), encoding="utf-8")
    code, told = run(tmp_path, test if "postgres" in test else f"{test} and sqlite" if " -k " in test else f"{test} -k sqlite")
    assert code == 1, f"no test found the bug: {told[-800:]}"


def copy_of_the_code(folder: Path) -> None:
    for part in ("src/taizhang", "tests/acts"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", "test_planted_acts.py"))
    for file in ("tests/conftest.py", "tests/books.py", "tests/postgres.py", "pyproject.toml"):
        shutil.copy(ROOT / file, folder / file)


def run(folder: Path, test: str) -> tuple[int, str]:
    """The exit code of pytest on a test of the copy (0 passed, 1 failed), and what it said."""
    named, _, chosen = test.partition(" -k ")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", f"tests/acts/{named}", "-k", chosen.replace("'", "")]
    environment = {**os.environ, "PYTHONPATH": str(folder / "src"), "TAIZHANG_PROVE": "0"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout
