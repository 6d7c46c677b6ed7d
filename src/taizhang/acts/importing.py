"""Importing a file of rows: read and checked whole, then posted in batches; what cannot be taken comes back as a file to mend."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Literal

from taizhang.acts import mended
from taizhang.acts.barring import barred, may_enter_somewhere, not_allowed_at_all
from taizhang.acts.desk import Desk
from taizhang.acts.posting import BAD, Answer, post
from taizhang.acts.repeating import Posted, days_posted
from taizhang.capture.mending_file import Lang, MendingFile
from taizhang.capture.rows import Row, RowProblem, Sheet
from taizhang.core import InputError, Problem
from taizhang.ledger.rules import RENEW, Heads, Judged, Proposal, heads_of, is_stateful, judge, level_of
from taizhang.ledger.uids import row_uid

BATCH = 10_000
MOST_RETURNED = 20
Phase = Literal["check", "post"]
Progress = Callable[[Phase, int, int], None]
"""Told the phase, the bytes read so far, and the bytes in all."""


@dataclass
class Alike:
    """A problem that many rows have: the first few of them in full, how many rows there are, and the first of these."""

    problems: list[Problem] = field(default_factory=list)
    count: int = 0
    rows: list[int] = field(default_factory=list)

    FEW = 3
    MOST_ROWS = 5

    def add(self, row: int, problem: Problem) -> None:
        """One more row has it."""
        self.count += 1
        if len(self.problems) < self.FEW:
            self.problems.append(problem)
        if len(self.rows) < self.MOST_ROWS:
            self.rows.append(row)


@dataclass
class Imported:
    """What became of a file: how many rows became what, the first problems, and the file to mend, if one was written.

    `bad` rows were given back; of these `held` only name a record that is not there yet. `posted` says that posting was
    begun: without it nothing was written. `stopped_at` is the last row of the last batch that was posted when it was stopped;
    the same import again goes on from there. `interrupted` says that somebody stopped it (Ctrl-C). `repeated` are the first
    rows that were not taken because they say what an entry of another file says, each with the uid of that one. `alike` has the
    problems by what they are: those of one column that ask for the same are one. `returned` are the first rows that a reviewer gave
    back before, each with the reason.
    """

    rows: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    bad: int = 0
    held: int = 0
    mend: Path | None = None
    posted: bool = False
    stopped_at: int | None = None
    interrupted: bool = False
    repeated: list[tuple[int, str]] = field(default_factory=list)
    returned: list[tuple[int, str]] = field(default_factory=list)
    alike: dict[tuple[str, str, str], Alike] = field(default_factory=dict)

    def note(self, problems: Sequence[Problem], most: int = 100) -> None:
        """Keep the first problems for the screen; all of them stand in the file to mend."""
        self.problems += problems[: max(0, most - len(self.problems))]

    def note_row(self, row: int, column: str, problem: Problem, most: int = 1000) -> None:
        """Count the problem of a row with those like it."""
        key = (column, problem.expected or problem.found, problem.do)
        if key in self.alike or len(self.alike) < most:
            self.alike.setdefault(key, Alike()).add(row, problem)

    def repeat(self, row: int, uid: str, most: int = 100) -> None:
        """Count a row that repeats an entry; the first ones are kept for the screen."""
        self.counts["repeated"] += 1
        if len(self.repeated) < most:
            self.repeated.append((row, uid))


def import_rows(
    desk: Desk,
    sheet: Sheet,
    type_name: str,
    *,
    valid_only: bool = False,
    check_only: bool = False,
    again: bool = False,
    mend: Path | None = None,
    day: str | None = None,
    place: str | None = None,
    otherwise: str | None = None,
    lang: Lang = "zh",
    progress: Progress = lambda *_: None,
) -> Imported:
    """Post the rows of a sheet as entries of a type; `day` and `place` are for rows that do not say theirs.

    Without `day` a cell that is empty under a head for it is asked for, and a sheet without such a head is of today, or
    of the day on which this very row was posted before; without
    `place` a row about a record is where that is, a transfer where its target or source is, and any other is at `otherwise`.
    All rows are checked before any is posted. With a bad row among them nothing is posted, unless `valid_only` asks for the
    good ones. Rows whose verdict depends on rows before them (balances, loans, limits) are judged when they are posted: up to
    10,000 rows go in whole or not at all, of more the batches before the bad one stand, and the import can be resumed.
    A row that repeats, word for word, an entry that did not come from this file is not taken, unless `again` asks for it.
    `mend` is where bad rows go; a file there that somebody may have worked in is left alone, and a numbered one beside it is
    written. Where nothing is to be posted, such rows are posted for trial and undone, so that everything that is wrong is told at once.
    """
    _need_entering(desk, type_name)
    job = _Import(desk, sheet, type_name, day, place, otherwise, progress, again)
    done = Imported(problems=job.wrong_heads())
    if done.problems:  # no row can be right under them: the heads are to be mended, not the rows
        return done
    wanted = mend or Path(f"{Path(sheet.name).stem or 'rows'}.待改{sheet.suffix or '.csv'}")
    with MendingFile(mended.place_for(job.staging, wanted), sheet, lang) as mending:
        try:
            job.check(done, mending)
            if sheet.problems:
                done.note(sheet.problems)
            elif not check_only and (valid_only or not done.bad):
                job.post(done, mending, valid_only)
            else:
                job.rehearse(done, mending)
        except KeyboardInterrupt:  # batches are transactions: what was posted stands, the one under way was undone
            done.interrupted = True
        done.bad = mending.count
    if mending.count:
        mended.remember(job.staging, mending.path)
        done.mend = mending.path
    return done


class _Undone(Exception):
    """Ends a trial: what it wrote is taken back."""


class _Import:
    def __init__(
        self,
        desk: Desk,
        sheet: Sheet,
        type_name: str,
        day: str | None,
        place: str | None,
        otherwise: str | None,
        progress: Progress,
        again: bool,
    ) -> None:
        self._desk, self._sheet, self._type, self._again = desk, sheet, type_name, again
        self._earlier: Posted | None = None
        self._day, self._place, self._progress = day, place or (otherwise if type_name == RENEW else None), progress
        self._otherwise = otherwise
        thing = desk.book.catalogue.things.get(type_name)
        self._stateful = thing is not None and is_stateful(thing, desk.book.catalogue)
        self.staging = desk.book.folder / "staging"
        self._bad_rows: set[int] = set()
        self._open = self._stateful or (thing is not None and level_of(type_name, desk.book.catalogue) is not None)

    def wrong_heads(self) -> list[Problem]:
        """What is wrong with the heads of a table, whatever its rows say."""
        found = heads_of(self._sheet.heads, self._type, self._desk.book.catalogue).problems if self._sheet.heads else ()
        return [replace(problem, where=f"{self._sheet.name} {problem.where}") for problem in found]

    def check(self, done: Imported, mending: MendingFile) -> None:
        """Read every row; judge those whose verdict stands by itself. Nothing is written."""
        for rows in self._read(done):
            done.rows += len(rows)
            sound = [row for row in rows if not row.problems]
            for row in rows:
                if row.problems:
                    self._give_back(done, mending, row, row.problems)
            for row, judged in zip(sound, self._judged(sound), strict=True):
                if judged.problems and not judged.held:
                    self._give_back(done, mending, row, judged.problems)
                if judged.repeats:
                    done.repeat(row.at, judged.repeats)
                self._open |= judged.held
            self._progress("check", *self._sheet.done)

    def post(self, done: Imported, mending: MendingFile, valid_only: bool) -> None:
        """Post batch by batch, on from where an earlier run of the same import stopped; what that one gave back is tried again."""
        done.posted = True
        marker = self._marker()
        start, again = _reached(marker)
        reached = start
        for rows in self._read(done):
            fresh = [row for row in rows if row.at not in self._bad_rows]
            left = [row for row in fresh if row.at > start or row.at in again]
            done.counts += Counter(exists=len(fresh) - len(left))
            answers = post(self._desk, self._proposals(left), partly=valid_only) if left else []
            bad = [(row, answer) for row, answer in zip(left, answers, strict=True) if answer.what in BAD]
            for row, answer in bad:
                done.held += answer.what == "held"
                self._give_back(done, mending, row, answer.problems)
            alike = [(row, answer) for row, answer in zip(left, answers, strict=True) if answer.what == "repeated"]
            if bad and not valid_only:
                done.stopped_at = reached or None
                return
            self._count(done, left, answers)
            again = again - {row.at for row in left} | {row.at for row, _ in (*bad, *alike)}
            reached = max(start, rows[-1].at)
            told = {"file": self._sheet.file, "type": self._type, "reached": reached, "again": sorted(again)}
            marker.write_text(json.dumps(told), encoding="utf-8")
            done.stopped_at = reached
            self._progress("post", *self._sheet.done)
        marker.unlink(missing_ok=True)
        done.stopped_at = None

    def rehearse(self, done: Imported, mending: MendingFile) -> None:
        """Post for trial what `check` could not settle, and undo it: a balance, a record that stands further down or nowhere."""
        if not self._open:
            return
        with suppress(_Undone), self._desk.book.store.transaction():
            for rows in self._read(done):
                left = [row for row in rows if row.at not in self._bad_rows]
                answers = post(self._desk, self._proposals(left), partly=True) if left else []
                for row, answer in zip(left, answers, strict=True):
                    if answer.what in BAD:
                        done.held += answer.what == "held"
                        self._give_back(done, mending, row, answer.problems)
                    elif answer.what == "repeated":
                        done.repeat(row.at, answer.uid)
                self._progress("check", *self._sheet.done)
            raise _Undone

    def _read(self, done: Imported) -> Iterator[list[Row]]:
        """The rows from the start, in batches; what they repeat is found anew."""
        self._earlier = None if self._again else Posted(self._desk, self._type)
        done.counts.pop("repeated", None)
        done.repeated = []
        return _batches(self._sheet)

    def _count(self, done: Imported, rows: Sequence[Row], answers: Sequence[Answer]) -> None:
        for row, answer in zip(rows, answers, strict=True):
            if answer.what == "repeated":
                done.repeat(row.at, answer.uid)
            elif answer.what not in BAD:
                done.counts[answer.what] += 1
            if answer.returned is not None and len(done.returned) < MOST_RETURNED:
                done.returned.append((row.at, answer.returned))

    def _judged(self, rows: Sequence[Row]) -> list[Judged]:
        """What the rules say of rows now; of stateful ones only what their own columns say."""
        proposals = self._proposals(rows)
        if self._stateful:
            return [Judged(problems=proposal.problems) for proposal in proposals]
        desk = self._desk
        found = judge(proposals, desk.book.inside(), desk.book.catalogue, desk.today, desk.book.origin, desk.place_of, sees=desk.sees)
        return [Judged(problems=(no,)) if (no := barred(desk, p)) else one for p, one in zip(proposals, found, strict=True)]

    def _proposals(self, rows: Sequence[Row]) -> list[Proposal]:
        """Rows as they are proposed. One that says no day is of the day it was first posted on: that is not part of what somebody said."""
        book = self._desk.book
        uids = [row_uid(book.origin, row.file, self._type, row.number) for row in rows]
        dated = self._day or all("day" in self._heads(row).parts.values() for row in rows)
        before = {} if dated else days_posted(book, uids)
        return [self._proposal(row, uid, before.get(uid)) for row, uid in zip(rows, uids, strict=True)]

    def _heads(self, row: Row) -> Heads:
        return heads_of(tuple(row.cells), self._type, self._desk.book.catalogue)

    def _proposal(self, row: Row, uid: str, before: str | None) -> Proposal:
        cells, heads = row.cells, self._heads(row)
        where = f"{self._sheet.name}:{row.at}"
        day = self._day or (None if "day" in heads.parts.values() else before or self._desk.today.isoformat())
        made = heads.proposal(cells, actor=self._desk.scope.user, where=where, day=day, place=self._place, uid=uid)
        return replace(made, earlier=self._earlier, otherwise=self._otherwise)

    def _give_back(self, done: Imported, mending: MendingFile, row: Row, problems: Sequence[Problem]) -> None:
        self._bad_rows.add(row.at)
        own = {id(problem) for problem in row.problems}
        others = [problem for problem in problems if id(problem) not in own]
        mending.add(row, [replace(problem, where=self._column(problem, row)) for problem in others])
        done.bad += 1
        placed = [self._placed(problem, row) for problem in problems]
        done.note(placed)
        for problem, told in zip(problems, placed, strict=True):
            done.note_row(row.at, problem.column if isinstance(problem, RowProblem) else self._column(problem, row), told)

    def _column(self, problem: Problem, row: Row) -> str:
        """Where in its row a problem is."""
        return problem.where.removeprefix(f"{self._sheet.name}:{row.at}").strip()

    def _placed(self, problem: Problem, row: Row) -> Problem:
        """With the file and the row."""
        if problem.where.startswith(self._sheet.name):
            return problem
        return replace(problem, where=f"{self._sheet.name}:{row.at} {problem.where}".rstrip())

    def _marker(self) -> Path:
        """Where the import notes how far it has come."""
        self.staging.mkdir(exist_ok=True)
        return self.staging / f"{self._sheet.file[:32]}-{self._type}.json"


def _need_entering(desk: Desk, type_name: str) -> None:
    """InputError for who may enter nothing of this type anywhere: every place would be unknown to him."""
    if type_name != RENEW and not may_enter_somewhere(desk, type_name):
        raise InputError(not_allowed_at_all(desk, type_name))


def _batches(sheet: Sheet) -> Iterator[list[Row]]:
    rows = iter(sheet)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _reached(marker: Path) -> tuple[int, frozenset[int]]:
    """The last row an earlier run came to, and the rows up to there that it gave back."""
    try:
        told = json.loads(marker.read_text(encoding="utf-8"))
        return int(told["reached"]), frozenset(map(int, told["again"]))
    except (OSError, ValueError, KeyError, TypeError):
        return 0, frozenset()
