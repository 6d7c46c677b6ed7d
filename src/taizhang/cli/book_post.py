"""Writing: rows of a file posted, an entry struck, a loan renewed or given back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from taizhang.cli import book_posted, frozen_shown
from taizhang.cli.batch import Outcome
from taizhang.cli.book_call import Call, command, group
from taizhang.cli.book_progress import phases
from taizhang.cli.book_words import PANEL

if TYPE_CHECKING:
    from datetime import date

    from taizhang.acts.desk import Desk
    from taizhang.capture.rows import Sheet
    from taizhang.core import Problem
    from taizhang.ledger.standing import Lent

app = group()

FILE_HELP = ".xlsx .csv .tsv .jsonl 文件（书目、复本也可以是 .iso .mrc），或 - 表示标准输入 · a file, or - for standard input"
TYPE_HELP = "哪一类条目：违法查处，或 traffic.violation · which type of entry, by title or name"
File = Annotated[str, typer.Argument(metavar="FILE", help=FILE_HELP, show_default=False)]
TypeWords = Annotated[str, typer.Option("--type", metavar="TYPE", help=TYPE_HELP, show_default=False)]
ValidOnly = Annotated[bool, typer.Option("--valid-only", help="好的先记，坏的退回待改 · post the good rows, give back the bad ones")]
CheckOnly = Annotated[bool, typer.Option("--check", help="只检查，不记 · check and post nothing")]
Again = Annotated[bool, typer.Option("--again", help="与已记的完全相同的行也记 · post rows too that say what is recorded already")]
Fixed = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="HEAD=VALUE",
        help="CNMARC 里没有的一项，每条都填这个，如 外借类型=外借 · what no record says, for each of them",
        show_default=False,
    ),
]
Mend = Annotated[
    Path | None, typer.Option("--mend", metavar="FILE", help="坏行写到哪里，默认 …待改.csv · where bad rows go", show_default=False)
]
Day = Annotated[
    str | None,
    typer.Option(
        "--day",
        metavar="DAY",
        help="没有日期的行用这一天；没有日期一列，默认今天 · for rows without a day; without such a column else today",
        show_default=False,
    ),
]
PlaceWords = Annotated[
    str | None,
    typer.Option(
        "--place",
        metavar="PLACE",
        help="没有地点的行用这里；默认对象所在地，否则全书 · for rows without a place; else where the record is, else the whole book",
        show_default=False,
    ),
]
ENTRY_HEADS = ("第几条", "条", "识别码", "编号", "entry", "uid")
Uids = Annotated[list[str], typer.Argument(metavar="UID…", help="第几条，或识别码 · numbers of entries, or their uids", show_default=False)]
LoanWords = Annotated[
    str, typer.Argument(metavar="UID|ITEM", help="所借之物，或借出是第几条 · what was lent, or the number of the loan", show_default=False)
]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="原因 · the reason", show_default=False)]
With = Annotated[
    str | None,
    typer.Option(
        "--with",
        metavar="FILE",
        help="不同之处：一行 csv 或一个 JSON 对象；几条的写明第几条 · what is otherwise: a row or an object, of several each with its number",
        show_default=False,
    ),
]
OnDay = Annotated[str | None, typer.Option("--day", metavar="DAY", help="哪一天，默认今天 · on which day, else today", show_default=False)]
Due = Annotated[
    str | None, typer.Option("--due", metavar="DAY", help="续到哪天，默认按规定 · until when, else as the rules say", show_default=False)
]


@command(app, "post", rich_help_panel=PANEL["write"])
def post(
    call: Call,
    file: File,
    type_words: TypeWords,
    valid_only: ValidOnly = False,
    check: CheckOnly = False,
    again: Again = False,
    fixed: Fixed = None,
    mend: Mend = None,
    day: Day = None,
    place: PlaceWords = None,
) -> Outcome:
    """记账：一份文件的各行 · post the rows of a file; again the same file changes nothing; exit 1 when rows were bad."""
    from taizhang.acts.choosing import type_of
    from taizhang.acts.importing import import_rows

    with call.desk() as desk:
        type_name = type_of(desk, type_words)
        with _sheet(file, type_name, fixed) as sheet:
            mend = mend or (Path(f"{type_name}.待改{sheet.suffix or '.csv'}") if file == "-" else None)
            with phases(call) as progress:
                done = import_rows(
                    desk,
                    sheet,
                    type_name,
                    valid_only=valid_only,
                    check_only=check,
                    again=again,
                    mend=mend,
                    day=day,
                    place=place,
                    otherwise=str(desk.book.place),
                    lang="en" if call.lang == "en" else "zh",
                    progress=progress,
                )
            return book_posted.show(call, desk, type_name, sheet, done, check, day)


@command(app, "strike", rich_help_panel=PANEL["write"])
def strike(call: Call, uid: Uids, why: Why, again: With = None) -> Outcome:
    """红冲：写错的作废，并可同时重记；几条同时更正的合为一次 · withdraw entries, and restate them in the same act."""
    from taizhang.acts import correcting
    from taizhang.acts.choosing import entries_of_words

    said = _restatements(again, uid) if again is not None else {}
    with call.desk() as desk:
        lines = entries_of_words(desk, uid)
        corrections = [correcting.Correction(line, said.get(words)) for line, words in zip(lines, uid, strict=True)]
        done = correcting.strike(desk, corrections, why)
        outcome = book_posted.answer(call, desk, "struck restated" if said else "struck", done)
        if done.what == "ok":
            frozen_shown.after_strike(call, desk, lines)
        return outcome


@command(app, "renew", rich_help_panel=PANEL["write"])
def renew(call: Call, loan: LoanWords, day: OnDay = None, due: Due = None) -> Outcome:
    """续借 · renew a loan."""
    from taizhang.acts import correcting

    with call.desk() as desk:
        found = _loan(desk, loan)
        answer = correcting.renew(desk, found, day_of(day), due)
        line = desk.reader.entry(answer.uid) if answer.uid else None
        return book_posted.answer(call, desk, "renewed", answer, due=str(line.entry.data["due"]) if line else "")


@command(app, "return", rich_help_panel=PANEL["write"])
def give_back(call: Call, loan: LoanWords, day: OnDay = None) -> Outcome:
    """归还 · give back what was lent."""
    from taizhang.acts import correcting

    with call.desk() as desk:
        found = _loan(desk, loan)
        answer = correcting.give_back(desk, found, None, day_of(day))
        late = (day_of(day) or desk.today) > found.due
        return book_posted.answer(call, desk, "given back late" if late else "given back", answer, due=str(found.due))


MARC = (".iso", ".mrc", ".marc")
REGISTERS = ("library.book", "library.copy")


def _sheet(file: str, type_name: str, fixed: list[str] | None) -> Sheet:
    """The rows of a file; of a catalogue in CNMARC those of books or of copies."""
    from taizhang.capture import cnmarc
    from taizhang.capture.rows import rows
    from taizhang.cli.usage import trouble
    from taizhang.core import InputError, Problem

    told = dict(one.partition("=")[::2] for one in fixed or ())
    if any(not head.strip() or not value.strip() for head, value in told.items()):
        raise trouble("usage set")
    if Path(file).suffix.lower() not in MARC:
        if told:
            raise trouble("usage set")
        return rows(file)
    if type_name not in REGISTERS:
        do = ("书目用 --type 书目，有条码的复本用 --type 图书复本。", "Post books with --type book, copies with --type copy.")
        found = ("CNMARC 只有书目和复本", "CNMARC holds books and copies")
        raise InputError(Problem(file, found[0], "书目或图书复本", do[0], found[1], "books or copies", do[1]))
    return cnmarc.rows(file, "book" if type_name == "library.book" else "copy", fixed=told)


def day_of(words: str | None) -> date | None:
    """A day as people write it; InputError for what is none."""
    from taizhang.core import InputError, Problem
    from taizhang.packs.types import parse_day

    day = parse_day(words) if words else None
    if words and day is None:
        raise InputError(
            Problem("--day", f"“{words}”不是日期", "2023-01-03", "请改写。", f"“{words}” is no day", "2023-01-03", "Write it so.")
        )
    return day


def _loan(desk: Desk, words: str) -> Lent:
    """A loan by its uid or number, else by what was lent."""
    from taizhang.acts.choosing import record_of_words, uid_of
    from taizhang.acts.correcting import loan_of
    from taizhang.core import InputError

    try:
        return loan_of(desk, item=record_of_words(desk, words))
    except InputError:
        uid = uid_of(desk, words)
        if uid is None:
            raise
    return loan_of(desk, uid=uid)


def _restatements(file: str, uids: list[str]) -> Mapping[str, Mapping[str, Any]]:
    """What restates each entry: the one row for a single one, else the row that names it in the column 第几条."""
    from taizhang.capture.rows import rows
    from taizhang.core import InputError

    with rows(file) as sheet:
        found = list(zip(range(len(uids) + 1), sheet, strict=False))
        problems = [*sheet.problems, *(p for _, row in found for p in row.problems)]
        if problems:
            raise InputError(problems[0])
    told = [dict(row.cells) for _, row in found]
    if len(uids) == 1 and len(told) == 1 and not any(head in told[0] for head in ENTRY_HEADS):
        return {uids[0]: told[0]}
    words = {_bare(one): one for one in uids}
    named = [next((_bare(str(row.pop(head))) for head in ENTRY_HEADS if head in row), "") for row in told]
    if len(told) > len(uids) or not told or len(set(named)) < len(named) or not set(named) <= set(words):
        raise InputError(_rows_wanted(file, len(told), len(uids)))
    return dict(zip((words[one] for one in named), told, strict=True))


def _bare(words: str) -> str:
    """An entry as it may be named: 12, 第12条 and 12号 are one."""
    return words.strip().lower().removeprefix("第").rstrip("条号").replace(",", "")


def _rows_wanted(file: str, found: int, wanted: int) -> Problem:
    from taizhang.core import Problem

    if wanted == 1:
        said = ("没有行", "no row") if not found else ("不止一行，或不是这一条", "more than one row, or another entry")
        return Problem(file, said[0], "一行", "请只留重记的那一行。", said[1], "one row", "Leave only the row that restates.")
    return Problem(
        file,
        "“第几条”一列与要红冲的条目对不上",
        "每行写其中一条，各不相同",
        "请在“第几条”一列写明这一行重记的是哪一条。",
        "the column 第几条 does not fit the entries to strike",
        "one of them in each row, each once",
        "Say in the column 第几条 (or entry) which entry a row restates.",
    )
