"""What came back from a reviewer, written as a file to mend."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from taizhang.cli.book_values import Shown

if TYPE_CHECKING:
    from taizhang.acts.desk import Desk
    from taizhang.acts.returned import Returned, Sheet
    from taizhang.acts.reviewing import Submission
    from taizhang.cli.book_call import Call


def write(call: Call, desk: Desk, found: Sequence[Submission], path: Path) -> None:
    """Write the rows of one type; InputError where there are several types, or a file is there already."""
    from taizhang.acts.returned import to_mend

    sheet = to_mend(desk, _one_type(call, desk, found), found)
    if sheet.rows:
        _write(call, sheet, path)
    if call.as_json:
        call.json({"mend": str(path) if sheet.rows else None, "rows": len(sheet.rows), "strikes": sheet.strikes})
        return
    if sheet.rows:
        call.screen.line(call.tell("mend file", path=path))
    if sheet.strikes:
        call.screen.line(call.tell("strikes returned", n=sheet.strikes))


def _one_type(call: Call, desk: Desk, found: Sequence[Submission]) -> str:
    from taizhang.core import InputError, Problem

    types = sorted({one.type for one in found})
    if len(types) == 1:
        return types[0]
    listed = "、".join(Shown(call, desk).type(one) for one in types)
    do = ("请用 --type 指明，一类写一份。", "Name one with --type: a file for each.")
    raise InputError(Problem("--mend", "退回的不止一类", listed, do[0], "what came back is of several types", listed, do[1]))


def _write(call: Call, sheet: Sheet, path: Path) -> None:
    """Heads, rows, and beside each why it came back; for its owner's eyes alone."""
    from taizhang.capture.rows.cells import guarded
    from taizhang.capture.rows.marks import TROUBLE
    from taizhang.core import InputError, Problem

    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        do = ("请换一个名称。", "Choose another name.")
        raise InputError(Problem(str(path), "已经有了", "新的文件", do[0], "it is there already", "a new file", do[1])) from None
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*sheet.heads, TROUBLE])
        writer.writerows([*(guarded(one.cells[head]) for head in sheet.heads), _told(call, one)] for one in sheet.rows)


def _told(call: Call, one: Returned) -> str:
    told = [call.tell("returned why", why=one.why)]
    if one.personal:
        told.append(call.tell("fill in again", names=call.tell("list of").join(one.personal)))
    return call.tell("wide gap").join(told)
