"""Setting up: a new book, its places, its programmes."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taizhang.cli.batch import Outcome
from taizhang.cli.book_call import Call, command, group
from taizhang.cli.book_progress import counting
from taizhang.cli.book_table import Column, Line, pairs, table
from taizhang.cli.book_words import PANEL

if TYPE_CHECKING:
    from taizhang.ledger.places import Loaded

app = group()
places = group(help="区划 · places")
app.add_typer(places, name="places", rich_help_panel=PANEL["setup"])

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="新的文件夹 · a new folder", show_default=False)]
PlaceWords = Annotated[
    str, typer.Option("--place", metavar="PLACE", help="账本所在区划，代码或名称 · its place, by code or name", show_default=False)
]
Database = Annotated[
    str | None,
    typer.Option(
        "--database", metavar="URL", help="postgresql://用户@主机/库名，默认 SQLite 文件 · else a SQLite file", show_default=False
    ),
]
Title = Annotated[str, typer.Option("--title", metavar="TEXT", help="名称，如某县台账 · what to call it", show_default=False)]
Prefix = Annotated[
    str, typer.Option("--prefix", metavar="CODE", help="只装这个代码上下的区划 · only places above and below this code", show_default=False)
]
List = Annotated[Path | None, typer.Option("--from", metavar="FILE", help="县里自己的名单 · a county's own list", show_default=False)]
Move = Annotated[bool, typer.Option("--move", help="已有条目的区划也改属 · move places that have entries too")]

_NEXT = {"places": "places load", "pack": "pack install medicine", "people": "people add LOGIN --name …", "post": "post FILE --type …"}
"""What to do after a book was founded."""


@command(app, "init", rich_help_panel=PANEL["setup"])
def init(call: Call, folder: Folder, place: PlaceWords, database: Database = None, title: Title = "") -> None:
    """建账：在新文件夹中建一本账 · a new book in a new folder."""
    from taizhang.acts.founding import found
    from taizhang.acts.placing import seat_of

    seat = seat_of(place)
    desk = found(folder, seat.key, place_path=seat.path, database=database, title=title, login=call.login)
    origin = desk.book.origin
    desk.close()
    if call.as_json:
        call.json({"book": str(folder), "origin": origin, "place": seat.key})
        return
    screen = call.screen
    screen.line((call.tell("founded", title=title or seat.name), "strong"))
    rows = [("folder", str(folder)), ("place", f"{seat.key} {seat.name}"), ("origin", origin)]
    pairs(screen, ((call.tell(f"head {name}"), value) for name, value in rows))
    screen.gap()
    screen.line(call.tell("next"))
    pairs(screen, ((f"taizhang {words} --book {folder}", call.tell(f"next {step}")) for step, words in _NEXT.items()))
    screen.gap()
    screen.line((call.tell("keys apart", folder=folder), "faint"))
    if database and re.search(r"://[^/@]*:[^/@]+@", database):
        screen.line((call.tell("password apart"), "faint"))


@command(places, "load")
def load(call: Call, prefix: Prefix = "", source: List = None, move: Move = False) -> Outcome:
    """装入区划：统计局五级区划，或县里的名单 · the five levels of the statistical office, or a county's own list."""
    from taizhang.acts.placing import load_places

    started = time.monotonic()
    with call.desk() as desk, counting(call, "loading") as tell:
        loaded = load_places(desk, prefix=prefix, source=source, move=move, tell=tell)
    return _loaded(call, loaded, time.monotonic() - started)


def _loaded(call: Call, loaded: Loaded, seconds: float) -> Outcome:
    counts = {name: getattr(loaded, name) for name in ("added", "changed", "unchanged", "kept")}
    if call.as_json:
        call.json({**counts, "problems": [call.problem(p) for p in loaded.problems]})
    elif loaded.problems:
        for problem in loaded.problems:
            call.screen.line(problem.line(call.lang))
        call.screen.line((call.tell("nothing loaded"), "strong"))
    else:
        told = call.tell("list").join(call.tell(f"places {name}", n=f"{n:,}") for name, n in counts.items() if n or name == "added")
        call.screen.line((told, "strong"), (call.tell("seconds", n=f"{seconds:.1f}"), "faint"))
    return Outcome.CONTRADICTED if loaded.problems else Outcome.CLEAR


@command(places, "find")
def find(
    call: Call, text: Annotated[str, typer.Argument(metavar="TEXT", help="名称或代码 · a name or code", show_default=False)]
) -> Outcome:
    """查区划：名称或代码指哪里 · which place a name or code means."""
    from taizhang.core import Problem

    with call.desk() as desk:
        found = desk.places.place_key(text, desk.today.isoformat(), "")
        if isinstance(found, Problem):
            if call.as_json:
                call.json({"problem": call.problem(found)})
            else:
                call.screen.line(found.line(call.lang).lstrip("：: "))
            return Outcome.CONTRADICTED
        below = desk.places.children(found)
        rows = [(key, desk.places.name(key), desk.places.level(key)) for key in (found, *below)]
        if call.as_json:
            call.json([{"key": key, "name": name, "level": level, "path": desk.places.path(key)} for key, name, level in rows])
            return Outcome.CLEAR
        call.screen.line((desk.places.full_name(found), "strong"), ("　" + str(found), "faint"))
        columns = (Column(call.tell("head code"), right=True), Column(call.tell("head name")), Column(call.tell("head level")))
        if below:
            table(call.screen, columns, (Line((str(key), name, call.tell(f"level {level}"))) for key, name, level in rows[1:]))
    return Outcome.CLEAR
