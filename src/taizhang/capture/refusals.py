"""Why an input cannot be used: one table of reasons, each with what was found, what was expected and what to do."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from taizhang.core import InputError, Problem


class Refused(Exception):
    """Raised where the content is read; `reason` is one of `reasons()`, `facts` fill the braces of its words."""

    def __init__(self, reason: str, **facts: str | int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts


@lru_cache(maxsize=1)
def reasons() -> dict[str, tuple[str, ...]]:
    """The words of every reason: found, expected, do in Chinese, then the same in English."""
    table = files("taizhang.capture").joinpath("refusals.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {reason: tuple(words) for reason, *words in rows}


def input_error(where: str, refused: Refused) -> InputError:
    """The error for one input and one reason, ready for the person at the desk."""
    found, expected, do, found_en, expected_en, do_en = (w.format(**refused.facts) for w in reasons()[refused.reason])
    return InputError(Problem(where, found, expected, do, found_en, expected_en, do_en))


def shown(name: str | Path) -> str:
    """The name of an input as it can stand in one line: a character that cannot be printed is replaced."""
    if str(name) == "-":
        return "stdin"
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(name))
