"""Bytes of a county's list as text: UTF-8 or GB 18030, and no mixture of the two."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from taizhang.core import Problem
from taizhang.ledger.places.problems import both, problem

_SAVE = ("请另存为 CSV UTF-8 再导入。", "Save it as CSV UTF-8 and load it again.")
_TABLE = ("UTF-8 或 GB18030 编码的文本", "text in UTF-8 or GB 18030")


def decoded(file: str, data: bytes) -> tuple[str, list[Problem]]:
    """The text; or every line that is not in the encoding of the others."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "", [problem(file, both("UTF-16"), _TABLE, _SAVE)]
    if b"\0" in data:
        return "", [problem(file, ("不是文本文件", "this is no text"), _TABLE, _SAVE)]
    lines = data.removeprefix(BOM_UTF8).split(b"\n")
    readable = [_reads(line, "utf-8") for line in lines]
    if all(readable):
        return data.decode("utf-8-sig"), []
    spoken = [not line.isascii() for line in lines]
    in_utf8 = sum(reads and says for reads, says in zip(readable, spoken, strict=True))
    if data.startswith(BOM_UTF8) or in_utf8 * 2 > sum(spoken):
        return "", [_odd(file, row, "UTF-8") for row, reads in enumerate(readable, 1) if not reads]
    odd = [row for row, line in enumerate(lines, 1) if not _reads(line, "gb18030") or _is_utf8_among_gb(line)]
    return (data.decode("gb18030"), []) if not odd else ("", [_odd(file, row, "GB18030") for row in odd])


def _reads(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_utf8_among_gb(line: bytes) -> bool:
    """UTF-8 read as GB 18030 makes rare characters; a line of usual ones that also reads as UTF-8 is chance."""
    if line.isascii() or not _reads(line, "utf-8"):
        return False
    return _is_usual(line.decode("utf-8")) and not _is_usual(line.decode("gb18030"))


def _is_usual(text: str) -> bool:
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _odd(file: str, row: int, encoding: str) -> Problem:
    return problem(
        f"{file}:{row}",
        (f"本行不是 {encoding} 编码，与其他行不同", f"this line is not in {encoding}, unlike the others"),
        (f"全文一种编码（{encoding}）", f"one encoding throughout ({encoding})"),
        ("请用原表格软件重新输入本行，另存为 CSV UTF-8。", "Type this line again in the sheet and save it as CSV UTF-8."),
    )
