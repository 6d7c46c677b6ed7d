"""Building a demonstration book and telling whether it came out as asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taizhang.cli.batch import Outcome
from taizhang.cli.book_call import Call, command, group, number_of
from taizhang.cli.book_progress import counting
from taizhang.cli.book_table import Column, Line, table
from taizhang.cli.book_words import PANEL
from taizhang.cli.figure_shown import exact

if TYPE_CHECKING:
    from taizhang.acts.demo import Built, Met

app = group()

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="新的文件夹 · a new folder", show_default=False)]
Seed = Annotated[int, typer.Option("--seed", metavar="N", parser=number_of, help="同一个数，同一本账 · the same number, the same book")]
TotalsWords = Annotated[
    str, typer.Option("--totals", metavar="FILE", help="总数：page、other，或一份文件 · the totals: page, other, or a file of one's own")
]
PlaceWords = Annotated[
    str | None, typer.Option("--place", metavar="PLACE", help="账本所在区划，默认按总数文件 · its place, else as the totals say", show_default=False)
]
Database = Annotated[
    str | None,
    typer.Option("--database", metavar="URL", help="postgresql://用户@主机/库名，默认 SQLite 文件 · else a SQLite file", show_default=False),
]


@command(app, "demo", rich_help_panel=PANEL["setup"])
def demo(
    call: Call, folder: Folder, seed: Seed = 1, totals: TotalsWords = "page", place: PlaceWords = None, database: Database = None
) -> Outcome:
    """演示账本：数据均为虚构，指标正好等于给定的总数 · an invented book whose indicators come to given totals."""
    from taizhang.acts.demo import build

    call.invented.append(str(folder))
    with _stages(call) as tell:
        built = build(folder, totals, seed, place=place, database=database, login=call.login, tell=tell)
    return _show(call, built)


@contextmanager
def _stages(call: Call) -> Iterator[Callable[[str, int, int], None]]:
    """A bar for the stage that takes long; the others are told by its name."""
    with counting(call, "stage post") as bar:
        yield lambda stage, done, of: bar(done) if stage == "post" else None


def _show(call: Call, built: Built) -> Outcome:
    outcome = Outcome.CLEAR if built.sound else Outcome.CONTRADICTED
    if call.as_json:
        told = [{"indicator": one.total.indicator, "place": one.total.place, "period": str(one.total.period), **_values(one)} for one in built.met]
        call.json({"book": str(built.folder), "entries": built.entries, "totals": told, "problems": [call.problem(p) for p in built.problems]})
        return outcome
    heads = ("indicator", "place", "period", "asked", "figure")
    table(call.screen, [Column(call.tell(f"head {h}"), right=h in ("asked", "figure")) for h in heads], map(_line, built.met))
    for problem in built.problems:
        call.screen.line(problem.line(call.lang))
    words = call.tell("demo sound" if built.sound else "demo not sound", entries=f"{built.entries:,}", totals=len(built.met))
    call.screen.line((words, "strong"))
    return outcome


def _line(one: Met) -> Line:
    """A total and what the book says, in red where they differ."""
    cells = "，".join(f"{path}={word}" for path, word in one.total.of.items())
    values = _values(one)
    name = f"{one.total.indicator}（{cells}）" if cells else one.total.indicator
    cells_of_line = (name, one.total.place, str(one.total.period), values["asked"], values["figure"])
    return Line(cells_of_line, "plain" if one.exactly else "contradiction")


def _values(one: Met) -> dict[str, str]:
    from taizhang.packs.types.numbers import plain

    return {"asked": plain(one.total.value), "figure": "–" if one.value is None else exact(one.value)}
