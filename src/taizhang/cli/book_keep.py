"""Keeping: erase what must be forgotten, back up, restore."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taizhang.cli.batch import Outcome
from taizhang.cli.book_asked import all_words_of, is_somebody_there
from taizhang.cli.book_call import Call, command, group
from taizhang.cli.book_values import Shown
from taizhang.cli.book_words import PANEL
from taizhang.cli.usage import trouble

if TYPE_CHECKING:
    from taizhang.acts.desk import Desk
    from taizhang.acts.erasing import Erasing

app = group()

RECORDS_HELP = (
    "编号、对象键或第几条；- 再问，不留在命令历史里 · natural keys, records' keys, numbers of entries; - asks, and leaves no trace in the shell"
)
Records = Annotated[list[str] | None, typer.Argument(metavar="RECORD…", help=RECORDS_HELP, show_default=False)]
Unused = Annotated[bool, typer.Option("--unused", help="销毁没有条目用到的密钥 · destroy keys that no entry needs")]
Register = Annotated[str | None, typer.Option("--type", metavar="REGISTER", help="哪个名录 · which register", show_default=False)]
Yes = Annotated[bool, typer.Option("--yes", help="不再询问 · do not ask")]
Target = Annotated[Path, typer.Argument(metavar="DIR", help="备份放在哪里 · where backups go", show_default=False)]
Keys = Annotated[
    Path, typer.Option("--keys", metavar="DIR", help="密钥备份的文件夹，须在另一处 · the folder for keys, elsewhere", show_default=False)
]
Source = Annotated[Path, typer.Argument(metavar="BACKUP", help="一份备份的文件夹 · the folder of one backup", show_default=False)]
To = Annotated[Path, typer.Option("--to", metavar="DIR", help="新的文件夹 · a new folder", show_default=False)]
Database = Annotated[
    str | None, typer.Option("--database", metavar="URL", help="空的 PostgreSQL 数据库 · an empty database", show_default=False)
]
Erased = Annotated[
    Path | None, typer.Option("--erased", metavar="FILE", help="原账本留下的 book.keys.erased · that of the lost book", show_default=False)
]


@command(app, "erase", rich_help_panel=PANEL["keep"])
def erase(call: Call, records: Records = None, register: Register = None, unused: Unused = False, yes: Yes = False) -> Outcome:
    """抹除个人信息；未到期的先限制查看 · destroy the personal values of records or entries; before their time restrict them."""
    from taizhang.acts.choosing import type_of
    from taizhang.acts.erasing import erase as erasing
    from taizhang.acts.erasing import meant

    if unused == bool(records):
        raise trouble("usage erase")
    if unused:
        return _discarded(call)
    told = all_words_of(call, records or ())
    with call.desk() as desk:
        type_name = type_of(desk, register, registers_only=True) if register else None
        keys = list(dict.fromkeys(key for words in told for key in meant(desk, words, type_name)))
        names = [_called(call, desk, key) for key in keys]
        if not yes and not _confirmed(call, names):
            return Outcome.CONTRADICTED
        return _erased(call, desk, names, erasing(desk, keys))


def _discarded(call: Call) -> Outcome:
    """Keys that nothing needs hold nobody's values: nothing is asked."""
    from taizhang.acts.discarding import discard_unused

    with call.desk() as desk:
        count = discard_unused(desk)
    if call.as_json:
        call.json({"discarded": count})
    else:
        call.screen.line((call.tell("discarded", n=f"{count:,}"), "strong"))
    return Outcome.CLEAR


def _called(call: Call, desk: Desk, key: str) -> str:
    """A record by what it is called, an entry by its number."""
    line = desk.reader.entry(key)
    return call.tell("erased entry", n=line.seq) if line else Shown(call, desk).record(key)


def _confirmed(call: Call, names: Sequence[str]) -> bool:
    """Ask at a terminal; without one `--yes` is needed."""
    from taizhang.core import InputError, Problem

    if not is_somebody_there():
        do = ("请加 --yes。", "Add --yes.")
        raise InputError(Problem("erase", "没有人可以确认", "--yes", do[0], "nobody is there to confirm", "--yes", do[1]))
    print(call.tell("erase what", names="、".join(names)), file=sys.stderr)
    sure = typer.confirm(call.tell("erase sure"), err=True)
    if not sure:
        print(call.tell("erase not"), file=sys.stderr)
    return sure


def _erased(call: Call, desk: Desk, names: Sequence[str], done: Sequence[Erasing]) -> Outcome:
    for name, one in zip(names, done, strict=True):
        if call.as_json:
            until = str(one.until) if one.until else None
            call.json(
                {"record": one.record, "what": one.what, "until": until, "problem": call.problem(one.problem) if one.problem else None}
            )
        elif one.problem:
            call.screen.line(one.problem.line(call.lang), hang=2)
        else:
            call.screen.line((name, "strong"), "　", call.tell(f"was {one.what}", until=one.until))
    if not call.as_json and any(one.what == "erased" for one in done):
        call.screen.line((call.tell("erased next"), "faint"))
    return Outcome.CONTRADICTED if any(one.problem for one in done) else Outcome.CLEAR


@command(app, "backup", rich_help_panel=PANEL["keep"])
def backup(call: Call, target: Target, keys: Keys) -> None:
    """备份账本，密钥另放一处 · back up the book, and its keys elsewhere."""
    from taizhang.acts.keeping import backup as keeping

    with call.desk() as desk:
        done = keeping(desk, target, keys)
    if call.as_json:
        call.json({"folder": str(done.folder), "keys": str(done.keys), "entries": done.entries})
        return
    call.screen.line((call.tell("backed up", n=f"{done.entries:,}", folder=done.folder), "strong"))
    call.screen.line(call.tell("backed up keys", path=done.keys))
    call.screen.line((call.tell("backed up apart"), "faint"))


@command(app, "restore", rich_help_panel=PANEL["keep"])
def restore(call: Call, source: Source, keys: Keys, to: To, database: Database = None, erased: Erased = None) -> None:
    """从备份恢复到新的文件夹；抹除过的不会回来 · bring a backup back; what was erased stays erased."""
    from taizhang.acts.keeping import agreement
    from taizhang.acts.keeping import restore as keeping

    book = keeping(source, keys, to, database=database, erased=erased)
    size, fit = book.size, agreement(book)
    book.close()
    if call.as_json:
        call.json({"book": str(to), "entries": size, "lost": fit.lost, "unused": fit.unused})
        return
    call.screen.line((call.tell("restored", n=f"{size:,}", folder=to), "strong"))
    if fit.lost:
        call.screen.line((call.tell("restored lost", n=f"{fit.lost:,}"), "contradiction"), hang=2)
    if fit.unused:
        call.screen.line(call.tell("restored unused", n=f"{fit.unused:,}", folder=to), hang=2)
    call.screen.line(call.tell("restored next", folder=to))
