"""Building a demonstration book: totals, aims, entries, and the book itself; then every total is asked back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from taizhang.acts.demo.book_plan import BookPlan, Met, Tell
from taizhang.acts.demo.refusals import Refused, unknown
from taizhang.acts.demo.striking import strike_some
from taizhang.acts.demo.totals import Totals, read_totals
from taizhang.acts.demo.writing import Writer
from taizhang.acts.desk import Desk, open_desk
from taizhang.acts.founding import found
from taizhang.acts.installing import install
from taizhang.acts.placing import load_places, seat_of
from taizhang.acts.repairing import verify
from taizhang.core import InputError, Problem
from taizhang.ledger.book import DESCRIPTION
from taizhang.packs import PROGRAMMES


@dataclass(frozen=True, slots=True)
class Built:
    """A demonstration book: how many entries it has, how every total came out, what verifying it found (nothing, or problems)."""

    folder: Path
    totals: Totals
    entries: int
    met: tuple[Met, ...]
    problems: tuple[Problem, ...]
    struck: tuple[int, ...] = ()
    """The numbers of the entries struck at random after the totals were asked back."""

    @property
    def sound(self) -> bool:
        """Whether every total is met exactly and the book verifies."""
        return not self.problems and all(one.exactly for one in self.met)


def build(
    folder: Path,
    totals: Totals | str = "page",
    seed: int = 1,
    *,
    place: str | None = None,
    places: Path | None = None,
    strike: int = 0,
    programmes: Sequence[Path] = (PROGRAMMES,),
    database: str | None = None,
    login: str | None = None,
    alias: str = "default",
    tell: Tell = lambda *_: None,
) -> Built:
    """A synthetic book in a new folder whose indicators come to these totals (a file, a shipped list's name, or read ones).

    The same seed gives the same entries. A build that was stopped goes on where it stopped when it is started again with the
    same totals and seed. Refused (with every problem) where totals contradict one another or no entries can make them; then
    nothing is left behind. `places` is a list of places of one's own, `programmes` are folders of packs. After the totals were
    asked back, so many entries are struck at random: from then on figures differ by what was struck.
    """
    wanted = read_totals(totals) if isinstance(totals, str) else totals
    with _desk(folder, wanted, place, database, login, alias) as desk:
        tell("places", 0, 1)
        _places(desk, places)
        packs = _installed(desk, wanted, programmes)
        plan = BookPlan(desk, wanted, seed, packs)
        plan.make(tell)
        writer = Writer(desk, plan.seed, plan.depth)
        writer.post(plan.records, plan.drafts, lambda done, of: tell("post", done, of))
        met = tuple(plan.asked(tell))
        struck = tuple(line.seq for line in strike_some(desk, strike, seed)) if strike else ()
        return Built(folder, wanted, desk.book.size, met, tuple(verify(desk).problems), struck)


@contextmanager
def _desk(
    folder: Path, totals: Totals, place: str | None, database: str | None, login: str | None, alias: str
) -> Iterator[Desk]:
    """The desk at a new demonstration book, or at one whose building was stopped; one that is refused is taken away again."""
    seat = seat_of(place or totals.place)
    new = not (folder / DESCRIPTION).exists()
    if new:
        title = f"{seat.name}演示账本（{totals.title}）：数据均为虚构"
        desk = found(folder, seat.key, place_path=seat.path, database=database, title=title, login=login, alias=alias, demo=True)
    else:
        desk = open_desk(folder, login, database=database, alias=alias)
    refused = False
    try:
        if not desk.book.demo:
            raise InputError(_no_demo(folder))
        yield desk
    except Refused:
        refused = new
        raise
    finally:
        desk.close()
        if refused:
            shutil.rmtree(folder)


def _no_demo(folder: Path) -> Problem:
    do = ("请换一个新的文件夹。", "Choose a new folder.")
    return Problem(str(folder), "这里是一本真的账本", "新的文件夹，或一本演示账本", do[0], "this is a real book", "a new folder, or a demonstration book", do[1])


def _places(desk: Desk, source: Path | None) -> None:
    """Townships and villages of a list, or of the package where it is there; else the counties that this program knows itself."""
    if source is not None:
        if problems := load_places(desk, source=source).problems:
            raise Refused(problems)
        return
    with suppress(InputError):
        load_places(desk)


def _installed(desk: Desk, totals: Totals, programmes: Sequence[Path]) -> dict[str, Path]:
    """The packs that the totals are of, installed, with their folders."""
    folders: dict[str, Path] = {}
    for total in totals.totals:
        name = total.indicator.partition(".")[0]
        folder = next((path / name for path in programmes if (path / name / "pack.yaml").is_file()), None)
        if folder is None:
            raise Refused([unknown(total, f"没有专项 {name}", f"there is no programme {name}")])
        folders.setdefault(name, folder)
    for folder in folders.values():
        if problems := install(desk, folder).problems:
            raise Refused(problems)
    return folders
