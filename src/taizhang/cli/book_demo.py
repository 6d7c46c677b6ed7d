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
MOST_SHOWN = 20


def _count(value: str | int) -> int:
    """A number from 0 up."""
    return value if isinstance(value, int) else 0 if value == "0" else number_of(value)


Folder = Annotated[Path, typer.Argument(metavar="DIR", help="新的文件夹 · a new folder", show_default=False)]
Seed = Annotated[int, typer.Option("--seed", metavar="N", parser=number_of, help="同一个数，同一本账 · the same number, the same book")]
TotalsWords = Annotated[
    str, typer.Option("--totals", metavar="FILE", help="总数：page、other，或一份文件 · the totals: page, other, or a file of one's own")
]
PlaceWords = Annotated[
    str | None, typer.Option("--place", metavar="PLACE", help="账本所在区划，默认按总数文件 · its place, else as the totals say", show_default=False)
]
List = Annotated[Path | None, typer.Option("--places", metavar="FILE", help="县里自己的区划名单 · a list of places of one's own", show_default=False)]
Strike = Annotated[
    int, typer.Option("--strike", metavar="N", parser=_count, help="建成后随机红冲几条，看数字随之变动 · then strike so many at random, and see figures move")
]
Database = Annotated[
    str | None,
    typer.Option("--database", metavar="URL", help="postgresql://用户@主机/库名，默认 SQLite 文件 · else a SQLite file", show_default=False),
]


@command(app, "demo", rich_help_panel=PANEL["setup"])
def demo(
    call: Call,
    folder: Folder,
    seed: Seed = 1,
    totals: TotalsWords = "page",
    place: PlaceWords = None,
    places: List = None,
    strike: Strike = 0,
    database: Database = None,
) -> Outcome:
    """演示账本：数据均为虚构，指标正好等于给定的总数 · an invented book whose indicators come to given totals."""
    from taizhang.acts.demo import build

    call.invented.append(str(folder))
    with _stages(call) as tell:
        built = build(
            folder, totals, seed, place=place, places=places, strike=strike, database=database, login=call.login, tell=tell
        )
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
    if built.struck:
        call.screen.line(call.tell("demo struck", n=len(built.struck), numbers=call.tell("list").join(map(str, built.struck[:MOST_SHOWN]))))
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
