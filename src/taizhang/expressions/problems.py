"""What is wrong with an expression: all of it, with the column, the words around, and what would be right."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from taizhang.core import InputError, Problem

AROUND = 16  # characters shown on each side of what is wrong
SHOWN = 40  # characters shown of what is wrong itself


@dataclass(frozen=True, slots=True)
class Slip(Problem):
    """A problem at a place in an expression: characters `start` to `end`; the column counts from 1."""

    start: int = 0
    end: int = 0

    @property
    def column(self) -> int:
        """The column a person counts, from 1."""
        return self.start + 1


class BadExpression(InputError):
    """An expression that cannot be used; carries all its `problems`, in the order of the text."""

    def __init__(self, problems: tuple[Slip, ...]) -> None:
        super().__init__(problems[0])
        self.problems = problems


class BadTable(InputError):
    """A table that does not fit the names of the expressions, or work that passed its limits."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was found, what would be right, what to do: in one language."""

    found: str
    right: str
    do: str


class Refused(Exception):
    """Raised while a part of an expression is checked; becomes a `Slip` at `span` or at the part itself."""

    def __init__(self, zh: Said, en: Said, span: tuple[int, int] | None = None) -> None:
        super().__init__(en.found)
        self.zh, self.en, self.span = zh, en, span


def slip_at(text: str, start: int, end: int, zh: Said, en: Said) -> Slip:
    """The problem at these characters, with the words around them."""
    return Slip(around(text, start, end), zh.found, zh.right, zh.do, en.found, en.right, en.do, start, end)


def around(text: str, start: int, end: int) -> str:
    """`9: restored <= ‹arae› and …`: the column, and the words around with the place marked."""
    before = ("…" if start > AROUND else "") + text[max(0, start - AROUND) : start]
    after = text[end : end + AROUND] + ("…" if end + AROUND < len(text) else "")
    what = text[start : min(end, start + SHOWN)] + ("…" if end - start > SHOWN else "")
    return f"{start + 1}: {visible(before)}‹{visible(what)}›{visible(after)}"


def visible(text: str) -> str:
    """The text with every character that cannot be seen named by its code point."""
    return "".join(c if c == " " or c.isprintable() else f"[U+{ord(c):04X}]" for c in text)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name most like the word, if one is like it at all; full-width letters are taken for plain ones."""
    plain = unicodedata.normalize("NFKC", word[:64])
    by_fold = {name.casefold(): name for name in known}
    like = difflib.get_close_matches(plain.casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[like[0]] if like else None
