"""Words that are better not typed as arguments: an ID number would stay in the history of the shell, and in the list of processes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from taizhang.cli.book_call import Call

ASK = "-"
"""What is typed in place of the words."""


def words_of(call: Call, typed: str) -> str:
    """What was typed; for `-` what is asked for, unseen at a terminal, else the first line of standard input."""
    return _asked(call)[0] if typed == ASK else typed


def all_words_of(call: Call, typed: Sequence[str]) -> list[str]:
    """The same for several: without a terminal `-` stands for every line of standard input."""
    return [words for one in typed for words in (_asked(call) if one == ASK else [one])]


def _asked(call: Call) -> list[str]:
    """What was answered: at least one text, InputError where there is none."""
    there = is_somebody_there()
    told = [typer.prompt(call.tell("ask words"), hide_input=True, err=True)] if there else sys.stdin.read().splitlines()
    words = [line.strip() for line in told if line.strip()]
    if not words:
        raise _nothing()
    return words


def is_somebody_there() -> bool:
    """Whether a person sits at a terminal."""
    return sys.stdin.isatty()


def _nothing() -> Exception:
    from taizhang.core import InputError, Problem

    do = ("请在 - 之后输入，或用管道给出。", "Type it when asked, or give it on standard input.")
    return InputError(Problem(ASK, "没有输入", "编号", do[0], "nothing was given", "a natural key", do[1]))
