"""The reference of the language, written from the one table of functions.

    python -m taizhang.expressions.reference docs/expressions.md

writes it anew between the two marks of that page; a test compares the page with the table.
"""

from __future__ import annotations

import sys
from pathlib import Path

from taizhang.expressions.functions import FAMILIES
from taizhang.expressions.tree import Function

BEGIN, END = "<!-- reference: begin -->", "<!-- reference: end -->"
TITLES = {
    "logic": "Comparing and joining 比较与连接",
    "arithmetic": "Arithmetic 算术",
    "nulls": "Choosing 取值与选择",
    "numbers": "Numbers 数",
    "texts": "Texts 文字",
    "dates": "Dates 日期",
    "aggregates": "Over many rows 汇总",
}


def reference() -> str:
    """The tables of all functions and operators, as Markdown."""
    return "\n\n".join(f"### {TITLES[name]}\n\n{_table(family)}" for name, family in FAMILIES.items())


def _table(family: tuple[Function, ...]) -> str:
    head = ["| use | meaning | 含义 | null | example |", "|---|---|---|---|---|"]
    return "\n".join(head + [_line(function) for function in family])


def _line(function: Function) -> str:
    text, value = function.example
    example = f"`{text}` → {value}" if text else ""
    cells = [f"`{function.usage}`", function.says_en, function.says, function.nulls, example]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def renewed(page: str) -> str:
    """A page with its reference written anew."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{reference()}\n\n{END}{after}"


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")
