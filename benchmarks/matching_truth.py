"""Articles printed from a book: templates whose figures are asked of it, right or altered."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from taizhang.acts.desk import Desk
from taizhang.core import Period, Question, unit_named
from taizhang.cube import Cube

FOLDER = Path(__file__).resolve().parent / "matching_articles"
_SLOT = re.compile(r"\{([^{}]+)\}")
_LARGE = {"万": 10**4, "亿": 10**8}


@dataclass(frozen=True)
class Slot:
    """A figure of an article as printed: where, the true value in its unit, whether it was altered."""

    start: int
    end: int
    printed: str
    altered: bool


@dataclass(frozen=True)
class Article:
    """A text and its figures."""

    text: str
    slots: tuple[Slot, ...]


def templates(name: str) -> list[str]:
    """The articles of a set."""
    parts = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").split("===\n")
    return [part.strip() + "\n" for part in parts[1:]]


class Press:
    """Prints templates with the figures of a book."""

    def __init__(self, desk: Desk) -> None:
        self.cube = Cube(desk.book, desk.scope)
        told = ((record.key, values.get("name")) for record in desk.reader.records("medicine.drug") for values in record.values.values())
        self._names = {name: key for key, name in told if isinstance(name, str)}

    def article(self, template: str, rng: random.Random | None = None) -> Article:
        """The article with its true figures; with `rng` about half of them altered, at least one."""
        told = [self._told(m[1]) for m in _SLOT.finditer(template)]
        wrong = {i for i in range(len(told)) if rng is not None and rng.random() < 0.5}
        if rng is not None and not wrong:
            wrong = {rng.randrange(len(told))}
        text, slots, at = "", [], 0
        for i, m in enumerate(_SLOT.finditer(template)):
            text += template[at : m.start()]
            value, form = told[i]
            printed = printed_as(value, form)
            if i in wrong and rng is not None:
                printed = _altered(value, form, rng)
            slots.append(Slot(len(text), len(text) + len(printed), printed, i in wrong))
            text += printed
            at = m.end()
        return Article(text + template[at:], tuple(slots))

    def value(self, words: str) -> Fraction:
        """The book's value: indicator, place, period, cells."""
        return self._value(words.split())[0]

    def _told(self, slot: str) -> tuple[Fraction, str]:
        """The value of a slot in the unit it is printed in, and that form."""
        if slot.startswith("share "):
            part, whole = slot.removeprefix("share ").split(" / ")
            return self._value(part.split())[0] / self._value(whole.split())[0] * 100, "%"
        if slot.startswith("growth "):
            words = slot.removeprefix("growth ").split()
            before = [words[0], words[1], str(int(words[2]) - 1), *words[3:]]
            return (self._value(words)[0] / self._value(before)[0] - 1) * 100, "%"
        return self._value(slot.split())

    def _value(self, words: list[str]) -> tuple[Fraction, str]:
        key, place, period, *rest = words
        given = dict(word.split("=", 1) for word in rest)
        form = given.pop("as", "")
        of = {path: self._names.get(value, value) for path, value in given.items()}
        figure = self.cube.figure(Question(key, int(place), Period.read(period), of=of))
        assert figure.value, f"{' '.join(words)}: the book has no figure for it"
        return figure.value * _size(form, figure.unit), form


def _size(form: str, unit: str) -> Fraction:
    """How many of the printed unit one of the indicator's is."""
    bare = form.lstrip("余万亿")
    a, b = unit_named(bare), unit_named(unit)
    return b.factor / a.factor if a and b and a.base == b.base else Fraction(1)


def printed_as(value: Fraction, form: str) -> str:
    """A value as a reporter prints it."""
    if form == "%":
        return f"{_decimal(value, 1)}%"
    if form[:1] in _LARGE:
        return f"{_decimal(value / _LARGE[form[0]], 2)}{form}"
    if form.startswith("余"):
        step = 10 ** max(len(str(int(value))) - 2, 1)
        return f"{int(value) // step * step}余{form[1:]}"
    return f"{_decimal(value, 2)}{form}"


def _decimal(value: Fraction, places: int) -> str:
    text = f"{float(round(value, places)):.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _altered(value: Fraction, form: str, rng: random.Random) -> str:
    """Another number, so far off that no reading of the digits holds the true one."""
    while True:
        factor = rng.choice((Fraction(rng.randrange(60, 95), 100), Fraction(rng.randrange(106, 150), 100), Fraction(10)))
        other = value * factor
        other = other if value.denominator != 1 else Fraction(round(other))
        far = Fraction(1, 4) if form[:1] == "余" else Fraction(1, 25)
        if other > 0 and abs(other - value) >= value * far and printed_as(other, form) != printed_as(value, form):
            return printed_as(other, form)


def articles(press: Press, name: str, seed: int | None) -> Iterator[Article]:
    """Every article of a set: each second one with altered figures; without a seed none."""
    rng = None if seed is None else random.Random(seed)
    for n, template in enumerate(templates(name)):
        yield press.article(template, rng if (n + (seed or 0)) % 2 else None)


def questions() -> Iterator[tuple[str, str]]:
    """Questions, and the figure each asks for; nothing where the book cannot tell."""
    for line in (FOLDER.parent / "matching_questions.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            question, truth = line.split("\t")
            yield question, "" if truth == "–" else truth
