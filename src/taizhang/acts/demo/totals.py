"""Reading a file of totals: what the indicators of a demonstration book are to come to."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from taizhang.acts.demo.refusals import Refused
from taizhang.core import InputError, Period, Problem
from taizhang.packs.problems import Pair, problem
from taizhang.packs.reading import Node, read_yaml

SHIPPED = Path(__file__).parent / "shipped"
"""The totals that come with the house, named without `.yaml`: page, other."""

_KEYS = ("indicator", "place", "period", "value")
_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,8})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Total:
    """An indicator (medicine.issued) of a place (code or name) over a period is to be exactly `value`, in the indicator's unit.

    `of` are cells of a breakdown: for each path of the indicator (batch.drug) the one value, of a record a word it is called by.
    `where` is its spot in the file.
    """

    indicator: str
    place: str
    period: Period
    value: Decimal
    of: Mapping[str, str]
    where: str

    def __str__(self) -> str:
        cells = "".join(f"，{path}={word}" for path, word in self.of.items())
        return f"{self.indicator}（{self.place}，{self.period}{cells}）= {self.value}（{self.where}）"


@dataclass(frozen=True, slots=True)
class Totals:
    """A list of totals and what to call it; `place` is that of the book."""

    title: str
    place: str
    totals: tuple[Total, ...]

    @property
    def digest(self) -> str:
        """What is asked, whatever the file is called: the same totals make the same book."""
        told = [(one.indicator, one.place, str(one.period), str(one.value), sorted(one.of.items())) for one in self.totals]
        return sha256(str(told).encode()).hexdigest()[:16]


def read_totals(words: str) -> Totals:
    """The totals of a file, or of a shipped list by its name. Refused tells everything that is wrong with it."""
    shipped = SHIPPED / f"{words}.yaml"
    path = shipped if words.isidentifier() and shipped.is_file() else Path(words)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(_unreadable(words, error)) from None
    root, problems = read_yaml(data, path.name)
    found: list[Problem] = list(problems)
    made = _totals(root, path.stem, found) if root is not None else None
    if found or made is None:
        raise Refused(found)
    return made


def _totals(root: Node, name: str, problems: list[Problem]) -> Totals:
    _no_others(root, ("title", "place", "totals"), problems)
    rows = root.get("totals")
    if rows is None or not isinstance(rows.value, tuple):
        problems.append(_not(root, ("没有 totals", "there is no totals"), ("一列总数", "a list of totals")))
        return Totals(name, "", ())
    made = tuple(one for row in rows.items if (one := _total(row, problems)) is not None)
    return Totals(root.word("title") or name, root.word("place") or "43", made)


def _total(row: Node, problems: list[Problem]) -> Total | None:
    before = len(problems)
    _no_others(row, (*_KEYS, "of"), problems)
    missing = (key for key in _KEYS if not row.word(key))
    problems += [_not(row, (f"没有 {key}", f"no {key} is given"), (f"写明 {key}", f"its {key}")) for key in missing]
    period = _told(row, "period", Period.read, ("2022、2022-12 或 2022-12-28", "2022, 2022-12 or 2022-12-28"), problems)
    value = _told(row, "value", _number, ("不带单位的数，如 42600", "a number without a unit, such as 42600"), problems)
    if len(problems) > before or period is None or value is None:
        return None
    of = row.get("of")
    cells = {path: node.text for path, node in of.entries.items()} if of else {}
    return Total(row.word("indicator") or "", row.word("place") or "", period, value, cells, f"{row.at.file}:{row.at.line}")


def _number(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return Decimal(text)


def _told(row: Node, key: str, read: Callable[[str], Any], expected: Pair, problems: list[Problem]) -> Any:
    """A value read; a problem where it is none."""
    node = row.get(key)
    if node is None or not node.text:
        return None
    try:
        return read(node.text)
    except ValueError:
        problems.append(_not(node, (f"“{node.text}”", f"“{node.text}”"), expected))
        return None


def _no_others(node: Node, known: tuple[str, ...], problems: list[Problem]) -> None:
    expected = ("、".join(known), ", ".join(known))
    others = [key for key in node.entries if key not in known]
    problems += [_not(node.entries[key], (f"不认识的 {key}", f"{key} is not known here"), expected) for key in others]


def _not(node: Node, found: Pair, expected: Pair) -> Problem:
    return problem(node.at, found, expected, ("请改写。", "Write it so."))


def _unreadable(words: str, error: OSError) -> Problem:
    names = "、".join(sorted(path.stem for path in SHIPPED.glob("*.yaml")))
    said = error.strerror or str(error)
    return Problem(
        words, f"读不出：{said}", f"一份总数文件，或 {names}", "请核对。", f"cannot be read: {said}", f"a file of totals, or {names}", "Check it."
    )
