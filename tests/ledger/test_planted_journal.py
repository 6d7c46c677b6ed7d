"""The tests of the journal can fail: each bug planted here, in a copy of the code, is caught by the test named beside it.

All of them in `make prove`; one in `make test`. `python -m pytest tests/ledger/test_planted_journal.py -k NAME` runs one.
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
RANDOM = "test_random_books.py -k sqlite"
BUGS = [
    # ---- acts
    ("acknowledged before it is written", "journal.py", "        with self.store.transaction(savepoint=not partly), _without_collecting():\n            writing",
     "        self.open = self.store.transaction()\n        with self.open.__enter__() or _without_collecting():\n            writing",
     "test_killed.py -k nothing_acknowledged"),
    ("the lock removed", "journal.py", '" FOR UPDATE" if self.store.dialect == "postgres" else ""', '""', "test_last_item.py -k 'exactly and postgres'"),
    ("a transaction that begins as a reader", "database.py", '"transaction_mode": "IMMEDIATE"', '"transaction_mode": "DEFERRED"',
     "test_last_item.py -k 'exactly and sqlite'"),
    ("a refused batch that is written in part", "journal.py", "raise Refused(outcomes)", "pass", "test_journal.py -k 'whole_or_nothing and sqlite'"),
    ("a refused batch that takes others with it", "journal.py", "savepoint=not partly", "savepoint=False", "test_together.py -k 'stands_around and sqlite'"),
    ("ids that are not looked up", "journal.py", "if uid <= self._newest]", "if False]", "test_once.py -k 'same_file and sqlite'"),
    ("an end of the journal that was undone", "journal.py", "return bool(self.within) and within[: len(self.within)] == self.within",
     "return bool(self.within)", "test_journal.py -k 'leaves_no_gap and sqlite'"),
    ("an end that others went beyond", "journal.py", "== (size, bytes(tops)):", "or True:", "test_journal.py -k 'another_journal and sqlite'"),
    ("an end of the same size", "journal.py", "(known.frontier.size, known.tops) == (size, bytes(tops)):", "known.frontier.size == size:",
     "test_journal.py -k 'undone_is_not and sqlite'"),
    ("a question that does not see what is kept", "store.py", "        self._send()\n        found: list", "        found: list",
     "test_journal.py -k 'kept_for and postgres'"),
    ("bodies that are not compared", "journal.py", "return body(known) == body(entry)", "return True", "test_once.py -k 'several_bodies and sqlite'"),
    ("an act known in part that is taken", "journal.py", 'return Outcome("conflict", act[0].uid) if any(there) else None', "return None", RANDOM),
    ("an erasure that is forgotten", "journal.py", 'Outcome("erased" if self._is_erased(known) else "conflict", entry.uid)',
     'Outcome("conflict", entry.uid)', RANDOM),
    ("an erasure sought with the record alone", "journal.py", "(known.record, *named)", "(known.record,)", "test_odd_acts.py -k 'told_from and sqlite'"),
    ("the reason of a strike that is not erased", "journal.py", "found | self._about(struck[1]) if struck", "found if struck",
     "test_odd_acts.py -k 'told_from and sqlite'"),
    ("an id twice in an act", "journal.py", "len({entry.uid for entry in act}) < len(act)", "False", "test_odd_acts.py -k 'nothing_twice and sqlite'"),
    ("an id twice in a bundle", "journal.py", "if len(uids) < len(entries) or not", "if not", "test_together.py -k 'id_twice and sqlite'"),
    ("a number left out", "journal.py", "self._seq = seq = self._seq + 1", "self._seq = seq = self._seq + 2", "test_journal.py -k 'without_a_gap and sqlite'"),
    ("an entry of another kind than its type", "journal.py", "if entry.kind not in (plan.form, \"strike\"):", "if False:",
     "test_odd_acts.py -k 'another_kind and sqlite'"),
    ("an entry replaced past its trigger", "database.py", "PRAGMA recursive_triggers=ON; ", "", "test_odd_acts.py -k 'replaced and sqlite'"),
    # ---- accounts
    ("the floor removed", "balances.py", ("held.quantity + taken.quantity >= 0 and", "if held.quantity + change < 0:"), ("", "if False:"),
     "test_journal.py -k 'never_holds_less and sqlite'"),
    ("a past day not looked at", "balances.py", ("and taken.day >= held.last_day", "if now < 0 and now < was:"), ("", "if False:"),
     "test_journal.py -k 'past_day and sqlite'"),
    ("a past day not looked at in bundles", "balances.py", "if giver.floored and (left < 0 or day < giver.last_day):", "if giver.floored and left < 0:",
     "test_together.py -k sqlite"),
    ("the floor removed in bundles", "balances.py", "if giver.floored and (left < 0 or day < giver.last_day):",
     "if giver.floored and day < giver.last_day:", "test_together.py -k sqlite"),
    ("what is not yet written left out", "balances.py", "for day, quantity in self._pending.get(key, ()):", "for day, quantity in ():", RANDOM),
    ("what is outside has a floor", "balances.py", "not self._catalogue.outside(account)", "True", "test_journal.py -k 'never_holds_less and sqlite'"),
    ("one side of a transfer", "deriving.py", ', Move(entry.target or "", item, kind, day, quantity)]', "]", "test_journal.py -k 'never_holds_less and sqlite'"),
    ("a strike that takes back twice", "deriving.py", "_moves(struck, plan.kind, -1))\n        self.flush", "_moves(struck, plan.kind, -2))\n        self.flush",
     "test_journal.py -k 'judged_together and sqlite'"),
    ("a strike that takes nothing back", "deriving.py", "_moves(struck, plan.kind, -1))\n        self.flush", "[])\n        self.flush",
     "test_journal.py -k 'judged_together and sqlite'"),
    ("a strike judged by itself", "journal.py", "moves[0] if len(moves) == 1 else [move for some in moves for move in some]", "moves[0]",
     "test_journal.py -k 'judged_together and sqlite'"),
    ("a strike on its own day", "deriving.py", "return _moves(struck, self.plan(struck).kind, -1)",
     "return _moves(replace(struck, day=entry.day), self.plan(struck).kind, -1)", RANDOM),
    # ---- strikes
    ("a strike of a strike", "journal.py", 'if found[1].kind == "strike":', "if False:", "test_journal.py -k 'cannot_be_struck and sqlite'"),
    ("an entry struck twice", "journal.py", "if found[2] is not None:", "if False:", "test_journal.py -k 'cannot_be_struck and sqlite'"),
    ("an entry struck twice in an act", "journal.py", "if len(set(strikes)) < len(strikes):", "if False:", "test_odd_acts.py -k 'nothing_twice and sqlite'"),
    ("a strike of another type", "journal.py", "if found[1].type != entry.type:", "if False:", "test_odd_acts.py -k 'of_the_type and sqlite'"),
    # ---- records
    ("a late state laid on top", "records.py", "known[type_name].day > day for", "False for", "test_together.py -k 'is_late and sqlite'"),
    ("a late state laid on top in bundles", "records.py", "if self.is_late(entry, plan):\n                return False", "pass", "test_together.py -k sqlite"),
    ("a struck state that stays", "deriving.py", 'if struck.kind == "state":', "if False:", "test_journal.py -k 'latest_values and sqlite'"),
    ("an erased value that stays", "records.py", "kept.sealed, kept.changed = {}, True", "pass", RANDOM),
    ("an erased value that comes back", "records.py", "if told[0] not in gone}", "}", "test_odd_acts.py -k 'was_erased and sqlite'"),
    ("a record of another book", "records.py", 'f"DELETE FROM {table} WHERE book = ? AND record = ?"', 'f"DELETE FROM {table} WHERE book <= ? AND record = ?"', RANDOM),
    ("a bundle given up but kept in mind", "together.py", "    deriver.forget()\n", "", "test_together.py -k sqlite"),
    # ---- loans and what waits
    ("a return that counts for a later loan", "loans.py", "AND seq < ? AND ended", "AND seq <> ? AND ended", "test_odd_acts.py -k 'later_loan and sqlite'"),
    ("a struck return that still counts", "deriving.py", "            self._loans.unreturn(struck, plan)", "            pass",
     "test_odd_acts.py -k 'struck_is_none and sqlite'"),
    ("a struck renewal that still counts", "deriving.py", "            self._loans.unrenew(struck, upto)", "            pass", RANDOM),
    ("a struck loan that stands", "deriving.py", "            self._loans.unlend(seq, struck)", "            pass", RANDOM),
    ("a hold that does not wait again", "deriving.py", "            self._waitings.reopen(seq, upto)", "            pass", "test_odd_acts.py -k 'two_loans and sqlite'"),
    ("a hold that waits though another ended it", "loans.py", "            named_here = [w for w, (", "            named_here = [w for w, (_, _) in () for (",
     "test_odd_acts.py -k 'two_loans and sqlite'"),
    # ---- rebuilding
    ("rebuilding that looks ahead", "records.py", " and row[0] <= upto]", "]", "test_odd_acts.py -k 'look_ahead and sqlite'"),
    ("renewals counted ahead", "loans.py", "and after < row[0] <= upto]", "and after < row[0]]", "test_odd_acts.py -k 'look_ahead and sqlite'"),
    ("rows too many that are not compared", "rebuild.py", "(kept, given,", "(kept, kept,", "test_insider.py -k 'beside_the_entries and sqlite'"),
    # ---- the tree, and verifying
    ("nodes that are not kept", "journal.py", "        if nodes:\n", "        if False:\n", "test_proofs_of_books.py -k 'kept_nodes and sqlite'"),
    ("kept nodes of the wrong place", "journal.py", "level, first + i, one) for i, one", "level, first + i + 1, one) for i, one",
     "test_proofs_of_books.py -k 'kept_nodes and sqlite'"),
    ("leaves that are not compared", "verify.py", " or leaves != stored:", ":", "test_flips.py -k 'every_byte and sqlite'"),
    ("columns that may hold more than their own", "verify.py", "or odd or", "or", "test_flips.py -k 'another_column and sqlite'"),
    ("values that end too early", "composing.py", " AND {last} = '}}'", "", "test_composing.py -k sqlite"),
    ("values that begin too late", "composing.py", "{first} AND ", "", "test_composing.py -k sqlite"),
    ("a day that holds the day due", "composing.py", " AND length(day) = 10", "", "test_composing.py -k sqlite"),
    ("an actor that holds the values", "composing.py", "{quote} = 0 AND ", "", "test_composing.py -k sqlite"),
    ("texts that are bytes in plain rows", "composing.py", "BETWEEN '' AND x''", ">= ''", "test_composing.py -k sqlite"),
    ("numbers that are texts in plain rows", "composing.py", "+{name} < ''", "+{name} IS NOT NULL", "test_composing.py -k sqlite"),
    ("the same on PostgreSQL", "writing.py", "||coalesce(right(sealed, 1), '}') <> '}}'", " <> '}'", "test_flips.py -k 'another_column and postgres'"),
    ("texts that are bytes", "writing.py", "{ends} AND {texts} AND", "{ends} AND", "test_flips.py -k 'another_column and sqlite'"),
    ("a checkpoint held outside that is not compared", "verify.py", "*self._kept(), *self._held(held)]", "*self._kept()]",
     "test_insider.py -k 'later_checkpoint and delete and sqlite'"),
    ("a checkpoint of any key", "verify.py", "        except checkpoints.BadCheckpoint:\n            return False",
     "        except checkpoints.BadCheckpoint:\n            return True", "test_insider.py -k 'beside_the_entries and sqlite'"),
    ("a book that is shorter than its checkpoint", "verify.py", "in self._checkpoints[self._next :]:", "in ():",
     "test_insider.py -k 'later_checkpoint and truncate and sqlite'"),
    ("nodes that are not looked at", "verify.py", "if kept != list(hashes):", "if False:", "test_insider.py -k 'beside_the_entries and sqlite'"),
    ("nodes too many that are not looked at", "verify.py", "if nodes != sum(", "if False and nodes != sum(", "test_insider.py -k 'beside_the_entries and sqlite'"),
    ("a root that is signed unseen", "book.py", "            if not sound:\n", "            if False:\n", "test_insider.py -k 'not_signed and sqlite'"),
    ("verifying what was added since", "verify.py", "store.stream(sql, [book, tree.size])", "store.stream(sql, [book, 2**62])",
     "test_beside.py -k 'meanwhile and sqlite'"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(BUGS)), ids=[bug[0].replace(" ", "_") for bug in BUGS])
def test_a_planted_bug_is_caught(number: int, tmp_path: Path, count: Callable[[int, int], int]) -> None:
    if number % count(99, 1) != count(17, 0):
        pytest.skip("make prove plants all of them")
    _, file, sound, broken, test = BUGS[number]
    copy_of_the_code(tmp_path)
    path = tmp_path / "src/taizhang/ledger" / file
    text = path.read_text(encoding="utf-8")
    for good, bad in zip(_lines(sound), _lines(broken), strict=True):
        assert good in text, "the line this bug is planted in has changed"
        text = text.replace(good, bad)
    path.write_text(text, encoding="utf-8")
    assert run(tmp_path, test) == 1, "no test found the bug"


def test_without_a_bug_nothing_is_caught(tmp_path: Path, count: Callable[[int, int], int]) -> None:
    copy_of_the_code(tmp_path)
    for test in sorted({bug[4] for bug in BUGS})[:: count(100, 1)]:
        assert run(tmp_path, test) == 0, test


def _lines(planted: str | tuple[str, ...]) -> tuple[str, ...]:
    return (planted,) if isinstance(planted, str) else planted


def copy_of_the_code(folder: Path) -> None:
    """All of the book's code and what its tests need."""
    leave = shutil.ignore_patterns("__pycache__", "test_planted*.py")
    for part in ("src/taizhang", "verifier", "tests/ledger", "tests/verifier"):
        shutil.copytree(ROOT / part, folder / part, ignore=leave)
    for file in (ROOT / "tests").glob("*.py"):
        shutil.copy(file, folder / "tests")
    shutil.copy(ROOT / "pyproject.toml", folder)


def run(folder: Path, test: str) -> int:
    """The exit code of pytest on a test of the copy: 0 passed, 1 failed."""
    named, _, chosen = test.partition(" -k ")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", f"tests/ledger/{named}"]
    command += ["-k", chosen.strip("'")] if chosen else []
    environment = {**os.environ, "PYTHONPATH": str(folder / "src"), "TAIZHANG_PROVE": "0"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False).returncode
