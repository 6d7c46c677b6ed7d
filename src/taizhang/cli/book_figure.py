"""A figure of the book: asked for, broken down, traced to its entries."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taizhang.cli.batch import Outcome
from taizhang.cli.book_call import Call, command, group, number_of
from taizhang.cli.book_words import PANEL
from taizhang.cli.figure_words import FIGURE_WORDS
from taizhang.cli.usage import trouble

if TYPE_CHECKING:
    from datetime import date

    from taizhang.acts.desk import Desk
    from taizhang.core import Period
    from taizhang.cube import Cube
    from taizhang.cube.cube import Defined

app = group()

Words = Annotated[
    str, typer.Argument(metavar="INDICATOR", help="指标：名称、别名或代号 · an indicator by its title, a synonym or its key", show_default=False)
]
PlaceWords = Annotated[
    str | None, typer.Option("--place", metavar="PLACE", help="区划名称或代码，默认全账 · a place by name or code, else the whole book", show_default=False)
]
PeriodWords = Annotated[
    str | None, typer.Option("--period", metavar="PERIOD", help="如 2022、2022-Q4、2022-12、2022-12-01..2022-12-15，默认今年 · else this year", show_default=False)
]
ByWords = Annotated[
    str | None, typer.Option("--by", metavar="A,B", help="按什么分：月、县、乡镇，或指标的细分项 · month, county, township, or what the indicator has", show_default=False)
]
OfWords = Annotated[
    list[str] | None, typer.Option("--of", metavar="A=B", help="只算这一类，如 site.kind=砂石土矿 · only this cell of a breakdown", show_default=False)
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="N|DAY", help="账本到第几条，或到哪一天为止 · as the book stood at an entry, or by a day", show_default=False)
]
Trace = Annotated[bool, typer.Option("--trace", help="列出它的条目 · the entries behind it")]
After = Annotated[int, typer.Option("--after", metavar="N", parser=number_of, help="从这一条之后列起 · list those after this entry")]
Limit = Annotated[int, typer.Option("--limit", metavar="N", parser=number_of, help="列多少条 · how many entries to list")]
Csv = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="另存为表格 · write a table", show_default=False)]

Freeze = Annotated[
    str | None,
    typer.Option("--freeze", metavar="LABEL", help="封存：公布时留下这个数和它的凭据，写明用在哪里 · keep the figure as it is printed, under a label", show_default=False),
]
ProofFile = Annotated[Path | None, typer.Option("--proof", metavar="OUT", help="写一份凭据 · write a proof", show_default=False)]


@command(app, "figure", rich_help_panel=PANEL["read"])
def figure(
    call: Call,
    words: Words,
    place: PlaceWords = None,
    period: PeriodWords = None,
    by: ByWords = None,
    of: OfWords = None,
    as_of: AsOf = None,
    trace: Trace = False,
    after: After = 0,
    limit: Limit = 100,
    csv: Csv = None,
    freeze: Freeze = None,
    proof: ProofFile = None,
) -> Outcome:
    """取数：一个指标在一地一时的数，可细分，可追到条目 · a figure, broken down if asked, back to its entries."""
    from taizhang.cli import figure_shown as shown
    from taizhang.cli import frozen_shown
    from taizhang.core import Question
    from taizhang.cube import Cube
    from taizhang.cube.asking import by_meant

    with call.desk() as desk:
        cube = Cube(desk.book, desk.scope, desk.today)
        one = cube.defined(words)
        stretch = _period(period, desk.today, one.indicator.kind)
        key = _place(desk, one.pack.name, place, stretch)
        dimensions = tuple(by_meant(one.pack, one.indicator, word.strip()) for word in by.split(",")) if by else ()
        cells = dict(_cell(desk, one, given) for given in of or ())
        question = Question(one.key, key, stretch, dimensions, cells, _as_of(cube, as_of))
        if proof is not None:
            frozen_shown.proved(call, desk, question, proof)
        if freeze is not None:
            return frozen_shown.freeze(call, desk, cube.figures(question), freeze)
        if trace:
            return shown.entries(call, desk, one, question, cube.trace(question, after, limit), limit)
        return shown.figures(call, desk, one, cube, question, csv)


def _period(words: str | None, today: date, kind: str) -> Period:
    """The stretch of days meant; where nothing is said this year, or today for what is counted at a day."""
    from taizhang.core import InputError, Period, Problem

    try:
        return Period.read(words) if words else Period.around(today, "day" if kind == "stock" else "year")
    except ValueError:
        found, expected = FIGURE_WORDS["period"], "2022、2022-Q4、2022-12、2022-12-28、2022-12-01..2022-12-15"
        do = ("请改写。", "Write it so.")
        zh, en = (one.format(words=words) for one in found)
        raise InputError(Problem("--period", zh, expected, do[0], en, expected.replace("、", ", "), do[1])) from None


def _place(desk: Desk, programme: str, words: str | None, period: Period) -> int:
    """The key of a place, looked for where one may view the programme on the last day of the period, or else on the first."""
    from taizhang.core import InputError, Problem

    if words is None:
        return desk.book.place
    within = desk.scope.places("view", programme)
    found = desk.places.place_key(words, period.last.isoformat(), within)
    if isinstance(found, Problem):
        found = desk.places.place_key(words, period.first.isoformat(), within)
    if isinstance(found, Problem):
        raise InputError(replace(found, where="--place"))
    return found


def _cell(desk: Desk, one: Defined, given: str) -> tuple[str, str]:
    """A cell of a breakdown: the path and the value, of a record its key."""
    from taizhang.acts.choosing import record_of_words
    from taizhang.core import STEPS
    from taizhang.cube.asking import by_meant, named
    from taizhang.cube.placing import LEVELS
    from taizhang.packs import Field

    head, equals, value = given.partition("=")
    path = by_meant(one.pack, one.indicator, head.strip())
    if not equals or path in STEPS or path in LEVELS:
        raise trouble("usage value", name="--of")
    thing = named(one.pack, one.indicator, path)
    register = one.pack.register(thing.of or "") if isinstance(thing, Field) else thing
    return path, record_of_words(desk, value.strip(), register.type) if register is not None else value.strip()


def _as_of(cube: Cube, words: str | None) -> int | None:
    """The number of an entry: itself, or that of the last entry of a day."""
    from taizhang.core import InputError, Problem
    from taizhang.packs.types import parse_day

    if words is None or words.isascii() and words.isdigit() and len(words) < 8:
        return None if words is None else int(words)
    day = parse_day(words)
    if day is None:
        zh, en = (one.format(words=words) for one in FIGURE_WORDS["as of"])
        raise InputError(Problem("--as-of", zh, "1234，或 2023-01-03", "请改写。", en, "1234, or 2023-01-03", "Write it so."))
    return cube.size_on(day)
