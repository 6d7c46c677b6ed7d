"""Programmes: check, test and start a pack, install it, and what is installed."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taizhang.cli.batch import Outcome
from taizhang.cli.book_call import Call, command, group
from taizhang.cli.book_table import Column, Line, table
from taizhang.cli.book_words import PANEL

if TYPE_CHECKING:
    from taizhang.core import Problem

app = group()
pack = group(help="专项 · programmes")
app.add_typer(pack, name="pack", rich_help_panel=PANEL["setup"])

Source = Annotated[
    str,
    typer.Argument(
        metavar="DIR|NAME", help="专项的文件夹，或随附专项的名称 · its folder, or the name of one that ships", show_default=False
    ),
]
Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        help="在这个 PostgreSQL 旁边试办，默认 SQLite · beside this PostgreSQL, else SQLite",
        show_default=False,
    ),
]
Types = Annotated[bool, typer.Option("--types", help="列出可以填报的各类条目 · list the types of entry one may post")]


@command(pack, "check")
def check(call: Call, source: Source) -> Outcome:
    """检查专项，列出全部问题 · every problem of a pack, with file, key and line."""
    from taizhang import packs

    found, problems = packs.check(folder_of(source))
    if call.as_json:
        call.json({"pack": found.name if found else None, "problems": [call.problem(p) for p in problems]})
    elif found and not problems:
        counts = {name: len(getattr(found, name)) for name in ("registers", "events", "transfers", "indicators")}
        told = call.tell("list").join(call.tell(f"pack {name}", n=n) for name, n in counts.items())
        call.screen.line((call.tell("pack good", title=call.title(found)), "strong"), told, call.tell("stop"))
    else:
        _problems(call, problems)
    return Outcome.CONTRADICTED if problems else Outcome.CLEAR


@command(pack, "test")
def try_out(call: Call, source: Source, database: Database = None) -> Outcome:
    """试办专项的案例，不留痕迹 · run its cases in throw-away books."""
    from taizhang.acts.trial import run

    results = run(folder_of(source), database=database)
    failed = sum(not result.passed for result in results)
    if call.as_json:
        for one in results:
            told = {"file": one.file, "title": one.title, "kind": one.kind, "passed": one.passed}
            call.json({**told, "problems": [call.problem(p) for p in one.problems]})
    else:
        for one in results:
            call.screen.line(f"{call.tell('passed' if one.passed else 'failed')}  ", (one.title, "strong"), (f"  {one.file}", "faint"))
            for problem in one.problems:
                call.screen.line(problem.line(call.lang), indent=4)
        call.screen.line((call.tell("cases", n=len(results), failed=failed), "strong"))
    return Outcome.CONTRADICTED if failed else Outcome.CLEAR


@command(pack, "new")
def new(
    call: Call,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="新的文件夹，名称即专项名称 · a new folder, named as the pack", show_default=False)
    ],
) -> None:
    """从模板开始一个专项 · start a pack from the template."""
    from taizhang import packs
    from taizhang.core import InputError, Problem

    try:
        packs.new(folder)
    except FileExistsError:
        do = ("请换一个名称。", "Choose another name.")
        raise InputError(Problem(str(folder), "已经有了", "新的文件夹", do[0], "it is there already", "a new folder", do[1])) from None
    except ValueError:
        expected = ("小写字母、数字和下划线，以字母开头", "lower-case letters, digits and _, a letter first")
        problem = Problem(str(folder), "不能作专项名称", expected[0], "请改名。", "no name for a pack", expected[1], "Change it.")
        raise InputError(problem) from None
    if call.as_json:
        call.json({"folder": str(folder)})
    else:
        call.screen.line((call.tell("pack begun", folder=folder), "strong"))
        call.screen.line(call.tell("pack begun next", folder=folder))


@command(pack, "install")
def install(call: Call, source: Source) -> Outcome:
    """把专项装进账本 · install a programme, or the next version of one, in the book."""
    from taizhang.acts.installing import install as installing

    folder = folder_of(source)
    with call.desk() as desk:
        done = installing(desk, folder)
        found = desk.book.catalogue.packs.get(done.pack)
    if call.as_json:
        call.json({"pack": done.pack, "version": done.version, "fresh": done.fresh, "problems": [call.problem(p) for p in done.problems]})
    elif done.problems:
        _problems(call, done.problems)
        call.screen.line((call.tell("not installed"), "strong"))
    else:
        key = "installed" if done.fresh else "installed before"
        call.screen.line((call.tell(key, title=call.title(found) if found else done.pack, version=done.version), "strong"))
    return Outcome.CONTRADICTED if done.problems else Outcome.CLEAR


@command(pack, "list")
def listing(call: Call, types: Types = False) -> None:
    """账本里的专项和随附的专项 · the programmes of the book, and those that ship."""
    from taizhang import packs
    from taizhang.ledger.catalogue import BASE

    with call.desk() as desk:
        catalogue = desk.book.catalogue
        installed = {name: one for name, one in catalogue.packs.items() if name != BASE}
    if types:
        _types(
            call,
            [(p, thing) for p in catalogue.packs.values() for thing in (*p.registers.values(), *p.events.values(), *p.transfers.values())],
        )
        return
    shipped = {name: found.pack for name, found in packs.find().items() if found.pack and name not in installed}
    rows = [(name, one, catalogue.versions.get(name)) for name, one in installed.items()]
    rows += [(name, one, None) for name, one in shipped.items()]
    if call.as_json:
        call.json([{"pack": name, "title": call.title(one), "version": version} for name, one, version in rows])
        return
    columns = [Column(call.tell(f"head {h}"), right=h == "version") for h in ("pack", "title", "office", "version")]
    told = ((name, call.title(one), one.office, call.tell("not yet") if version is None else str(version)) for name, one, version in rows)
    table(call.screen, columns, map(Line, told))


TypeWords = Annotated[
    str, typer.Argument(metavar="TYPE", help="哪一类条目，如 违法查处 · which type of entry, by title or name", show_default=False)
]
Blank = Annotated[
    Path | None,
    typer.Option("--blank", metavar="FILE.csv", help="写一份只有表头的空表 · write a blank sheet with these heads", show_default=False),
]


@command(pack, "heads")
def heads(call: Call, type_words: TypeWords, blank: Blank = None) -> None:
    """一类条目的表怎么填：表头、必填、写什么；可另存空表 · the heads of the sheets of a type of entry, and a blank one."""
    from taizhang.acts.choosing import type_of
    from taizhang.ledger.rules import heads_offered

    with call.desk() as desk:
        type_name = type_of(desk, type_words)
        found = heads_offered(type_name, desk.book.catalogue) if type_name in desk.book.catalogue.things else []
    if blank is not None:
        _write_blank(blank, [head.name for head in found])
    english = call.lang == "en"
    if call.as_json:
        call.json([{"head": h.name, "needed": h.needed, "says": h.says[english], "also": list(h.also)} for h in found])
        return
    columns = [Column(call.tell(f"head {h}"), cut=h == "also") for h in ("head", "needed", "says", "also")]
    needed = {True: call.tell("yes"), False: ""}
    table(call.screen, columns, (Line((h.name, needed[h.needed], h.says[english], "、".join(h.also))) for h in found))
    if blank is not None:
        call.screen.line(call.tell("blank written", path=blank))


def _write_blank(path: Path, names: Sequence[str]) -> None:
    """A sheet with heads alone, as spreadsheets open it; a file that is there is left alone."""
    from taizhang.core import InputError, Problem

    try:
        with path.open("x", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerow(names)
    except FileExistsError:
        do = ("请换一个名称。", "Choose another name.")
        raise InputError(Problem(str(path), "已经有了", "新的文件", do[0], "it is there already", "a new file", do[1])) from None


def _types(call: Call, rows: Sequence[tuple[object, object]]) -> None:
    from taizhang.packs import Register, Transfer

    def kind(thing: object) -> str:
        return "state" if isinstance(thing, Register) else "transfer" if isinstance(thing, Transfer) else "event"

    if call.as_json:
        call.json([{"type": thing.type, "title": call.title(thing), "kind": kind(thing)} for _, thing in rows])  # type: ignore[attr-defined]
        return
    columns = [Column(call.tell(f"head {h}")) for h in ("programme", "title", "kind", "type")]
    told = ((call.title(p), call.title(thing), call.tell(f"kind {kind(thing)}"), thing.type) for p, thing in rows)  # type: ignore[attr-defined]
    table(call.screen, columns, map(Line, told))


def folder_of(source: str) -> Path:
    """The folder of a pack: a path, or the name of one that ships."""
    from taizhang.core import InputError, Problem
    from taizhang.packs import PROGRAMMES

    folder = Path(source)
    shipped = PROGRAMMES / source
    if folder.is_dir():
        return folder
    if folder.name == source and shipped.is_dir():
        return shipped
    names = "、".join(sorted(one.parent.name for one in PROGRAMMES.glob("*/pack.yaml") if one.parent.name != "base"))
    found = ("没有这个文件夹，也没有随附的专项用这个名称", "no such folder, and no programme of this name ships")
    expected = (f"专项的文件夹，或 {names}", f"the folder of a pack, or {names}")
    raise InputError(Problem(source, found[0], expected[0], "请核对。", found[1], expected[1], "Check it."))


def _problems(call: Call, problems: Sequence[Problem]) -> None:
    for problem in problems:
        call.screen.line(problem.line(call.lang), hang=2)
