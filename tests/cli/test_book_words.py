"""Both languages say the same things; tables stand straight; every command explains itself."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from taizhang.cli.book_lazy import MODULE_OF
from taizhang.cli.book_table import Column, Line, table
from taizhang.cli.book_words import BOOK_WORDS, tell
from taizhang.cli.screen import Screen, Segment, cells

from .clerks import Clerk

SOURCES = Path(__file__).resolve().parents[2] / "src" / "taizhang" / "cli"
SUBCOMMANDS = [
    ("places", "load"), ("places", "find"), ("pack", "check"), ("pack", "test"), ("pack", "new"), ("pack", "install"), ("pack", "list"),
    ("review", "list"), ("review", "accept"), ("review", "return"),
    ("people", "add"), ("people", "list"), ("people", "duty"), ("people", "end"), ("people", "delegate"),
]  # fmt: skip


@pytest.mark.parametrize("key", BOOK_WORDS)
def test_both_languages_name_the_same_facts(key: str) -> None:
    chinese, english = ({field for _, field, _, _ in Formatter().parse(words) if field} for words in BOOK_WORDS[key])
    assert chinese == english


def test_every_word_asked_for_is_there() -> None:
    asked = {m[1] for path in SOURCES.glob("book_*.py") for m in re.finditer(r'\btell\(\s*"([^"]+)"', path.read_text(encoding="utf-8"))}
    assert asked - BOOK_WORDS.keys() == set()
    assert tell("en", "rows", n=3) == "rows 3"


def test_every_word_is_asked_for() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in SOURCES.glob("book_*.py") if path.name != "book_words.py")
    unasked = [key for key in BOOK_WORDS if f'"{key}"' not in code and f"'{key}'" not in code]
    families = {m[1] for m in re.finditer(r"f['\"](\w+) \{", code)} | {"duty", "delegation"}
    assert [key for key in unasked if key.partition(" ")[0] not in families] == []


@pytest.mark.parametrize("words", [*((name,) for name in MODULE_OF), *SUBCOMMANDS], ids=" ".join)
def test_every_command_explains_itself_in_both_languages(words: tuple[str, ...], tmp_path: Path) -> None:
    said = Clerk(tmp_path)(*words, "--help")
    assert " · " in said


def test_columns_stand_straight_whatever_the_width_of_words() -> None:
    lines: list[str] = []

    def keep(row: object) -> None:
        lines.append("".join(text for text, _ in row))  # type: ignore[attr-defined]

    rows = [Line(("甲村药箱", "12", "盒")), Line(("box", "1,200", "片"), "struck")]
    table(Screen(keep, None), [Column("account"), Column("结存", right=True), Column("")], rows)
    assert lines == ["account    结存", "甲村药箱     12  盒", "box       1,200  片"]
    assert cells(lines[1]) == cells(lines[2])


def test_on_a_narrow_screen_long_columns_are_cut_and_struck_lines_red() -> None:
    rows: list[list[Segment]] = []
    line = Line(("1", "很长很长很长很长很长很长的内容", "0123456789"), "struck")
    table(Screen(lambda row: rows.append(list(row)), 32), [Column("no"), Column("内容", cut=True), Column("uid")], [line])
    ((text, style),) = rows[1]
    assert style == "struck"
    assert "…" in text
    assert text.endswith("0123456789")
    assert cells(text) <= 32
