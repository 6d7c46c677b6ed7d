"""What a database, a disk or a missing part has against a command, in words for the person who typed it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from taizhang.core import InputError, Problem

OURS = "taizhang"
_OF_ADDRESS = re.compile(r"connection option|query parameter|relation \"\w+\" does not exist|permission denied")
_SECRET = re.compile(r"://[^@\s/]*@")


@contextmanager
def as_trouble() -> Iterator[None]:
    """Raise as InputError what is no fault of the program."""
    try:
        yield
    except Exception as error:
        problem = told(error)
        if problem is None:
            raise
        raise InputError(problem) from error


def told(error: Exception) -> Problem | None:
    """The problem that an error is; None for a fault of ours."""
    if isinstance(error, ModuleNotFoundError) and not str(error.name).startswith(OURS):
        return _not_installed(str(error.name))
    if type(error).__name__ == "BadAddress":
        return _bad_address(str(error))
    if isinstance(error, OSError) and error.filename:
        return _file(error)
    return _of_database(error)


def _of_database(error: Exception) -> Problem | None:
    """What the database itself says; asked only where its driver is loaded."""
    django = sys.modules.get("django.db")
    if django is None or not isinstance(error, django.DatabaseError):
        return None
    said = _SECRET.sub("://…@", " ".join(str(error).split()))[:200]
    if not isinstance(error, django.OperationalError) and not _OF_ADDRESS.search(said):
        return None
    if "locked" in said:
        do = (
            "请等一会儿再试；若一直如此，看看是否有别的程序开着它。",
            "Wait and try again; if it stays so, see which other program has it open.",
        )
        return Problem(
            "账本", "正被另一个程序使用", "空闲的账本", do[0], "another program is writing it", "a book nobody writes just now", do[1]
        )
    do = ("请核对数据库地址、密码和磁盘空间。", "Check the address and password of the database, and the space on the disk.")
    return Problem(
        "数据库",
        f"不能使用：{said}",
        "可以读写的数据库",
        do[0],
        f"cannot be used: {said}",
        "a database that can be read and written",
        do[1],
    )


def _not_installed(name: str) -> Problem:
    do = ("请运行 pip install taizhang[book]。", "Run pip install taizhang[book].")
    return Problem(
        "taizhang",
        f"没有装账本部分（缺 {name}）",
        "taizhang[book]",
        do[0],
        f"the book is not installed ({name} is missing)",
        "taizhang[book]",
        do[1],
    )


def _bad_address(said: str) -> Problem:
    do = ("请改写地址，密码可放在环境变量 TAIZHANG_DATABASE 中。", "Mend the address; one with a password may stand in TAIZHANG_DATABASE.")
    expected = "postgresql://用户@主机/库名"
    return Problem("--database", "地址读不懂", expected, do[0], _SECRET.sub("://…@", said), "postgresql://user@host/name", do[1])


def _file(error: OSError) -> Problem:
    from taizhang.cli.files import CAUSES

    why = CAUSES.get(error.errno or 0, error.strerror or "")
    missing = isinstance(error, FileNotFoundError)
    found = ("没有这个文件或文件夹", "no such file or folder") if missing else (f"不能使用（{why}）", f"cannot be used ({error.strerror})")
    do = (
        ("请核对路径。", "Check the path.")
        if missing
        else ("请换一个位置，或请管理员开放权限。", "Choose another place, or have its permissions changed.")
    )
    return Problem(str(error.filename), found[0], "可以读写的文件", do[0], found[1], "a file that can be read and written", do[1])
