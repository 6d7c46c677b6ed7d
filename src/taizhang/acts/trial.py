"""Running the cases of a pack (试办): each in a throw-away book, by the very acts a clerk's desk uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from taizhang.acts.desk import Desk
from taizhang.acts.installing import install
from taizhang.acts.trial_names import Names, place_codes
from taizhang.acts.trial_room import Room, room
from taizhang.acts.trial_seen import Seen
from taizhang.acts.trial_steps import Steps
from taizhang.core import Problem, places_by_name
from taizhang.packs import Pack, check
from taizhang.packs.checking import cases
from taizhang.packs.reading import Node


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case: its file (relative to the pack's folder), title, kind, and everything that came otherwise than it says."""

    file: str
    title: str
    kind: str
    problems: tuple[Problem, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether everything came as the case says."""
        return not self.problems


def run(folder: Path, *, database: str | None = None) -> list[CaseResult]:
    """Run every case of a pack folder, in the order of their files; nothing of it is left behind.

    Each case has a book of its own: a SQLite file in a temporary folder, or, with the address of a PostgreSQL, a database
    made beside the one named and dropped again (its user must be allowed to). A pack that does not check is one result
    with all problems of the pack. Books of this process are left alone.
    """
    pack, problems = check(folder)
    if pack is None:
        return [CaseResult("pack.yaml", Path(folder).name, "", tuple(problems))]
    with room(database) as books:
        return [_run(books, Path(folder), pack, case) for case in cases(folder)]


def _run(books: Room, folder: Path, pack: Pack, case: Node) -> CaseResult:
    today = date.fromisoformat(case.word("today") or "")
    place = case.word("place") or ""
    with books.desk(_code(place), place_codes(pack, case), today) as desk:
        return CaseResult(case.at.file, case.word("case") or "", case.word("kind") or "other", _problems(desk, folder, case))


def _problems(desk: Desk, folder: Path, case: Node) -> tuple[Problem, ...]:
    installed = install(desk, folder)
    if installed.problems:
        return installed.problems
    names = Names(desk, desk.book.catalogue.packs[installed.pack], case)
    return (*Steps(names).problems(), *Seen(names).problems())


def _code(place: str) -> str:
    """The code of a case's place; the pack's check has seen that it is known."""
    return place if place.isdecimal() else places_by_name()[place][0].code
