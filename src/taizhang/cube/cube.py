"""The figures of a book, as somebody may see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from taizhang.core import Figure, FigureState, InputError, Question, Scope
from taizhang.cube.plainly import Figures
from taizhang.cube.refusals import not_within, unknown_indicator, unknown_place
from taizhang.ledger.book import Book
from taizhang.ledger.sight import Sight
from taizhang.packs import Indicator, Pack


@dataclass(frozen=True, slots=True)
class Defined:
    """An indicator with the pack that defines it; `key` is medicine.issued."""

    pack: Pack
    indicator: Indicator

    @property
    def key(self) -> str:
        """The indicator's name with its pack's."""
        return f"{self.pack.name}.{self.indicator.name}"


class Cube:
    """Answers questions about one book within one scope; every answer includes all that was accepted before it was asked."""

    def __init__(self, book: Book, scope: Scope) -> None:
        self._book, self._scope = book, scope
        self._sight = Sight(book.store, book.number, book.catalogue, scope)

    def indicators(self) -> dict[str, Defined]:
        """Every indicator of the packs of the book that is not retired, by its key."""
        return {one.key: one for pack in self._book.catalogue.packs.values() for one in _of(pack) if not one.indicator.ended}

    def defined(self, words: str) -> Defined:
        """The indicator meant by a key, name, title or synonym; InputError lists the nearest, or all that could be meant."""
        known = self.indicators()
        if words in known:
            return known[words]
        meant = [one for one in known.values() if words in (one.indicator.name, one.indicator.title, *one.indicator.also)]
        if len(meant) != 1:
            raise InputError(unknown_indicator(words, meant or list(known.values())))
        return meant[0]

    def figure(self, question: Question) -> Figure:
        """The one figure a question without breakdown asks for."""
        (only,) = self.figures(question)
        return only

    def figures(self, question: Question) -> list[Figure]:
        """The figures a question asks for, one for each cell of its breakdown; InputError where it cannot be placed."""
        one = self.defined(question.indicator)
        path = self._place(question.place)
        if not self._scope.may("view", one.pack.name, path):
            raise InputError(not_within(one.indicator.title))
        with self._book.store.transaction():
            value = self._value(one, path, question)
        return [self._told(one, question, value)]

    def _value(self, one: Defined, path: str, question: Question) -> Fraction | None:
        def inside(place: int) -> bool:
            return self._sight.path(place).startswith(path)

        plain = Figures(self._book.inside(), self._book.catalogue, inside)
        return plain.value(one.pack, one.indicator, question.period, question.of)

    def _told(self, one: Defined, question: Question, value: Fraction | None) -> Figure:
        state: FigureState = "no_record" if value is None or question.period.last < self._first_day() else "known"
        told = None if state == "no_record" else value
        version = self._book.catalogue.versions.get(one.pack.name, 0)
        title, unit = one.indicator.title, one.indicator.unit
        return Figure(
            one.key, title, unit, question.place, question.period, told, state, version, self._book.size, question.of, one.indicator.places
        )  # fmt: skip

    def _first_day(self) -> date:
        rows = self._book.store.rows("SELECT min(day) FROM entry WHERE book = ?", [self._book.number])
        return date.fromisoformat(rows[0][0]) if rows[0][0] else date.max

    def _place(self, key: int) -> str:
        if not self._book.store.rows("SELECT 1 FROM place WHERE key = ?", [key]):
            raise InputError(unknown_place(key))
        return self._sight.path(key)


def _of(pack: Pack) -> Iterator[Defined]:
    return (Defined(pack, indicator) for indicator in pack.indicators.values())


