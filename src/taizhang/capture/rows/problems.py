"""What is wrong with a file to post, its heads, its rows and cells: one table of reasons, each told in both languages.

No message repeats what stands in a cell: it may be a personal value. Heads and keys are named.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from taizhang.core import Problem

LONGEST_SHOWN = 40
Facts = tuple[tuple[str, str | int], ...]
"""What fills the braces of a reason's words."""


@dataclass(frozen=True, slots=True)
class RowProblem(Problem):
    """A problem that knows its row (as a spreadsheet counts; 0 for the whole file), its column's head and its reason."""

    row: int = 0
    column: str = ""
    reason: str = ""


class Trouble(NamedTuple):
    """A problem before it has a place: its reason, the index of its column (or None), its facts."""

    reason: str
    column: int | None = None
    facts: Facts = ()


@lru_cache(maxsize=1)
def words() -> dict[str, tuple[str, ...]]:
    """The words of every reason: found, expected, do in Chinese, then the same in English."""
    table = files("taizhang.capture.rows").joinpath("problems.tsv").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {reason: tuple(said) for reason, *said in lines}


def problem(where: str, reason: str, row: int = 0, column: str = "", facts: Facts = ()) -> RowProblem:
    """The problem of this reason at this place."""
    said = {k: shown(v) if isinstance(v, str) else v for k, v in facts}
    found, expected, do, found_en, expected_en, do_en = (w.format(**said) for w in words()[reason])
    return RowProblem(where, found, expected, do, found_en, expected_en, do_en, row, column, reason)


def place(name: str, row: int = 0, index: int | None = None, head: str = "") -> str:
    """A place in a file as one reads it: `名单.csv`, `名单.csv:12`, `名单.csv:C12 姓名`."""
    if not row:
        return name
    letter = "" if index is None else column_letter(index)
    return f"{name}:{letter}{row} {shown(head)}".rstrip()


def column_letter(index: int) -> str:
    """The letters a spreadsheet gives a column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def shown(text: str) -> str:
    """A head or key as it may stand in a message: one line, not long, nothing that moves the cursor."""
    plain = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:LONGEST_SHOWN])
    return plain if len(text) <= LONGEST_SHOWN else plain + "…"
