"""Reading: a record or an entry, the history of a record, what an account holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from taizhang.cli import book_shown
from taizhang.cli.batch import Outcome
from taizhang.cli.book_asked import words_of
from taizhang.cli.book_call import Call, command, group, number_of
from taizhang.cli.book_post import day_of
from taizhang.cli.book_words import PANEL

if TYPE_CHECKING:
    from taizhang.acts.desk import Desk
    from taizhang.core import Period

app = group()

WHAT_HELP = (
    "编号（如条码、证号）、对象键，或第几条、识别码；- 再问，不留在命令历史里"
    " · a natural key, a record's key, the number or uid of an entry; - asks, and leaves no trace in the shell"
)
What = Annotated[str, typer.Argument(metavar="RECORD|UID", help=WHAT_HELP, show_default=False)]
AccountWords = Annotated[
    str, typer.Argument(metavar="ACCOUNT|RECORD", help="账户名称，或编号 · an account, or the natural key of a record", show_default=False)
]
Register = Annotated[str | None, typer.Option("--type", metavar="REGISTER", help="哪个名录，如 读者 · which register", show_default=False)]
OneRecord = Annotated[
    str | None,
    typer.Argument(metavar="[RECORD]", help="编号或对象键；不写就是最近的条目 · a natural key or a record's key", show_default=False),
]
OfType = Annotated[
    str | None, typer.Option("--type", metavar="TYPE", help="哪个名录，或哪一类条目 · which register, or type of entry", show_default=False)
]
Days = Annotated[
    str | None,
    typer.Option("--day", metavar="DAY|A..B", help="哪一天、哪个月、从哪天..到哪天 · a day, a month, or from..to", show_default=False),
]
PlaceWords = Annotated[str | None, typer.Option("--place", metavar="PLACE", help="只看这里的 · only of this place", show_default=False)]
Limit = Annotated[int, typer.Option("--limit", metavar="N", parser=number_of, help="最多几条 · at most")]
Day = Annotated[str | None, typer.Option("--day", metavar="DAY", help="到那一天为止 · as of a day", show_default=False)]
Seq = Annotated[
    int | None,
    typer.Option("--seq", metavar="N", parser=number_of, help="到第几条为止 · as the book knew it at an entry", show_default=False),
]
Reveal = Annotated[bool, typer.Option("--reveal", help="显示个人信息（记入日志）· show personal values; it is logged")]
ItemWords = Annotated[
    str | None, typer.Option("--item", metavar="ITEM", help="只看这种物项：资金，或批次、复本的编号 · only this item", show_default=False)
]


@command(app, "show", rich_help_panel=PANEL["read"])
def show(call: Call, what: What, register: Register = None, day: Day = None, seq: Seq = None, reveal: Reveal = False) -> Outcome:
    """查看一个对象或一条条目 · a record now or as of a day, or an entry with its proof."""
    from taizhang.acts import revealing
    from taizhang.acts.choosing import entries_of_words, means_entry
    from taizhang.core import InputError

    what = words_of(call, what)
    with call.desk() as desk:
        try:
            key = _record(desk, what, register)
        except InputError as error:
            if register:
                raise
            try:
                (line,) = entries_of_words(desk, [what])
            except InputError as none:  # the same words whether there is none, or none for this user
                raise (none if means_entry(what) else error) from None
            seen_line = revealing.reveal_entry(desk, line.entry.uid) if reveal else line
            return book_shown.entry(call, desk, seen_line or line, reveal)
        on = day_of(day)
        seen = revealing.reveal_record(desk, key, day=on, seq=seq) if reveal else desk.reader.record(key, day=on, seq=seq)
        book_shown.beyond(call, desk, seq)
        return book_shown.record(call, desk, key, seen, on, seq, reveal)


@command(app, "history", rich_help_panel=PANEL["read"])
def history(
    call: Call,
    record: OneRecord = None,
    register: OfType = None,
    days: Days = None,
    place: PlaceWords = None,
    limit: Limit = 50,
    reveal: Reveal = False,
) -> Outcome:
    """一个对象的全部条目；不写对象，就是最近的条目 · every entry about a record; without one, the newest entries."""
    from taizhang.acts.choosing import type_of
    from taizhang.acts.revealing import reveal_history
    from taizhang.acts.tracing import about
    from taizhang.cli.usage import trouble

    if record is None and reveal:
        raise trouble("usage reveal")
    period = _period(days)
    with call.desk() as desk:
        below = _path(desk, place)
        if record is None:
            type_name = type_of(desk, register) if register else None
            lines = desk.reader.latest(type_name=type_name, limit=limit, days=period, below=below)
            return book_shown.latest(call, desk, lines, limit)
        key = _record(desk, words_of(call, record), register)
        lines = reveal_history(desk, key) if reveal else about(desk, key)
        kept = [line for line in lines if (not period or line.entry.day in period) and desk.reader.path(line.entry.place).startswith(below)]
        return book_shown.history(call, desk, key, kept, reveal)


def _period(words: str | None) -> Period | None:
    """Days as one writes them: a day, a month, a year, or two with .. between."""
    from taizhang.core import InputError, Period, Problem

    try:
        return Period.read(words) if words else None
    except ValueError:
        expected, do = "2023-01-05、2023-01、2023-01-01..2023-01-31", ("请改写。", "Write it so.")
        found = (f"“{words}”不是日期", f"“{words}” is no day or period")
        raise InputError(Problem("--day", found[0], expected, do[0], found[1], expected, do[1])) from None


def _path(desk: Desk, words: str | None) -> str:
    """The path of the place that words mean; "" for none."""
    from taizhang.core import InputError, Problem

    found = desk.places.place_key(words, desk.today.isoformat(), "") if words else None
    if isinstance(found, Problem):
        raise InputError(replace(found, where="--place"))
    return desk.reader.path(found) if found is not None else ""


@command(app, "balance", rich_help_panel=PANEL["read"])
def balance(
    call: Call, account: AccountWords, register: Register = None, item: ItemWords = None, day: Day = None, seq: Seq = None
) -> Outcome:
    """结存 · what an account holds, now, as of a day, or as of an entry."""
    from taizhang.acts.choosing import accounts_of_words, record_of_words, type_of

    account = words_of(call, account)
    with call.desk() as desk:
        type_name = type_of(desk, register, registers_only=True) if register else None
        accounts = accounts_of_words(desk, account, type_name)
        only = None
        if item:
            only = "money" if item in ("money", "资金", "钱") else record_of_words(desk, item)
        book_shown.beyond(call, desk, seq)
        return book_shown.balances(call, desk, account, accounts, only, day_of(day), seq)


def _record(desk: Desk, words: str, register: str | None) -> str:
    from taizhang.acts.choosing import record_of_words, type_of

    return record_of_words(desk, words, type_of(desk, register, registers_only=True) if register else None)
