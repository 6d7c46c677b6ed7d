"""Why two figures differ."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taizhang.cli.batch import Outcome
from taizhang.cli.book_call import Call, command, group, number_of
from taizhang.cli.book_words import PANEL
from taizhang.cli.usage import trouble

if TYPE_CHECKING:
    from taizhang.acts.comparing import Comparison
    from taizhang.acts.desk import Desk

app = group()

A_HELP = "指标@区划@期间[#截至]，如 traffic.violations@431129@2022-12#1200；或封存的数：第24条 · INDICATOR@PLACE@PERIOD[#AS_OF], or frozen:24"
B_HELP = "另一个数，或别人的表（csv、xlsx）；封存的数默认与今天比 · another figure, or somebody else's table; a frozen figure is else compared with today"
A = Annotated[str, typer.Argument(metavar="A", help=A_HELP, show_default=False)]
B = Annotated[str | None, typer.Argument(metavar="B", help=B_HELP, show_default=False)]
ColumnWords = Annotated[
    str | None, typer.Option("--column", metavar="HEAD", help="表里的哪一列是数 · which column of the table holds the number", show_default=False)
]
KeyWords = Annotated[
    str | None, typer.Option("--key", metavar="A,B", help="按哪几列对上每一行，默认认得的各列 · the columns that tell its rows", show_default=False)
]
PlaceWords = Annotated[
    str | None, typer.Option("--place", metavar="PLACE", help="没有写区划时用它 · the place, where none is written", show_default=False)
]
PeriodWords = Annotated[
    str | None, typer.Option("--period", metavar="PERIOD", help="没有写期间时用它 · the period, where none is written", show_default=False)
]
Limit = Annotated[int, typer.Option("--limit", metavar="N", parser=number_of, help="每个原因列多少条 · rows listed for each cause")]


@command(app, "why", rich_help_panel=PANEL["read"])
def why(
    call: Call,
    a: A,
    b: B = None,
    column: ColumnWords = None,
    key: KeyWords = None,
    place: PlaceWords = None,
    period: PeriodWords = None,
    limit: Limit = 20,
) -> Outcome:
    """两个数为什么不同：原因和各占多少，再列条目 · why two figures differ; exit 1 where they do."""
    from taizhang.cli import why_shown

    keys = [head.strip() for head in (key or "").split(",") if head.strip()]
    with call.desk() as desk:
        return why_shown.shown(call, desk, _compared(desk, a, b, column, keys, place, period), limit)


def _compared(desk: Desk, a: str, b: str | None, column: str | None, key: list[str], place: str | None, period: str | None) -> Comparison:
    from taizhang.acts.comparing import asked, compare, compare_with_file, is_frozen, of_today

    first = asked(desk, a, place, period)
    if b is None:
        if not is_frozen(a):
            raise trouble("usage missing", name="B")
        return compare(desk, of_today(desk, first), first)
    if Path(b).suffix.lower() in (".csv", ".tsv", ".txt", ".jsonl", ".xlsx") or Path(b).is_file():
        return compare_with_file(desk, first, b, column, key)
    return compare(desk, first, asked(desk, b, place, period))
