"""The page of the language says what the table of functions says, and its own examples run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from taizhang.expressions import parse, problems
from taizhang.expressions.functions import ALL
from taizhang.expressions.reference import renewed
from taizhang.expressions.scan import BRACKETS, LENGTH, OPERATORS

from .three import NAMES

PAGE = Path(__file__).parents[2] / "docs" / "expressions.md"
TEXT = PAGE.read_text(encoding="utf-8")


def test_the_reference_is_that_of_the_table() -> None:
    assert renewed(TEXT) == TEXT, "python -m taizhang.expressions.reference docs/expressions.md"


@pytest.mark.parametrize("function", list(ALL.values()), ids=lambda f: f.name)
def test_every_function_says_all_of_itself(function: object) -> None:
    for part in ("usage", "says", "says_en", "nulls"):
        assert getattr(function, part)


@pytest.mark.parametrize("text", re.findall(r"^- `([^`]+)`", TEXT, re.MULTILINE))
def test_the_examples_of_the_page_can_be_used(text: str) -> None:
    assert problems(text, NAMES, aggregates=bool(re.search(r"\b(sum|count|avg)\(", text))) == ()


def test_the_python_of_the_page_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    exec(compile(code, PAGE.name, "exec"), {})


def test_the_limits_of_the_page_are_those_of_the_gate() -> None:
    for limit in (LENGTH, BRACKETS, OPERATORS):
        assert f"{limit:,}" in TEXT
    assert parse("(" * BRACKETS + "i" + ")" * BRACKETS, NAMES)
