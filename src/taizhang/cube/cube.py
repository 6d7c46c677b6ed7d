"""The figures of a book, as somebody may see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from taizhang.core import CHINA, Figure, FigureState, InputError, Problem, Question, Scope, civil_today
from taizhang.cube.asking import dimension
from taizhang.cube.breakdown import By, Cell, of_cell
from taizhang.cube.contrast import Contrast, Counted, contrasted
from taizhang.cube.doubts import doubts, misfit
from taizhang.cube.engine import Engine, Known
from taizhang.cube.placing import LEVELS, Below
from taizhang.cube.plainly import factor as unit_factor
from taizhang.cube.refusals import level_above, no_such_entry, not_within, two_of_a_kind, unknown_indicator, unknown_place
from taizhang.cube.relations import AsOf
from taizhang.cube.rows import Sources
from taizhang.cube.shelf import Shelf
from taizhang.cube.tracing import Traced, seqs, traced
from taizhang.ledger.book import Book
from taizhang.ledger.reading import Reader
from taizhang.ledger.sight import Sight
from taizhang.ledger.store import among
from taizhang.packs import Indicator, Pack

_SHELF = "_shelf"


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

    def __init__(self, book: Book, scope: Scope, today: date | None = None) -> None:
        self._book, self._scope, self._today = book, scope, today
        self._sight = Sight(book.store, book.number, book.catalogue, scope)
        self._below: tuple[int, dict[str, Below]] = (-1, {})

    # ---- indicators ------------------------------------------------------------------------------------------------------------

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

    def size_on(self, day: date) -> int:
        """The number of the last entry that was recorded by the end of a day in China; 0 where there was none."""
        end = datetime.combine(day + timedelta(1), time(), CHINA)
        sql = "SELECT seq FROM entry WHERE book = ? AND recorded_at < ? ORDER BY seq DESC LIMIT 1"
        rows = self._book.store.rows(sql, [self._book.number, int(end.timestamp()) * 1_000_000])
        return int(rows[0][0]) if rows else 0

    # ---- figures ---------------------------------------------------------------------------------------------------------------

    def figure(self, question: Question) -> Figure:
        """The one figure a question without breakdown asks for."""
        (only,) = self.figures(question)
        return only

    def figures(self, question: Question) -> list[Figure]:
        """The figures a question asks for, one for each cell of its breakdown that has entries; by time alone, for every stretch.

        InputError where it cannot be placed, or reaches beyond the scope.
        """
        with self._asking(question) as (one, engine, size):
            by = _dimensions(one, question)
            cells = engine.cells(one.pack, one.indicator, question.period, question.of, by)
            said = doubts(self._book, question, one.indicator.kind == "stock", self._today or civil_today(), size)
            said += tuple(self._misfits(engine))
            found = [self._told(one, engine, question, by, cell, known, size, said) for cell, known in cells.items()]
        return sorted(found, key=lambda figure: _in_order(figure, by))

    def trace(self, question: Question, after: int = 0, limit: int = 100) -> list[Traced]:
        """The entries behind a figure with numbers above `after`, at most `limit` of them, in order; each with what it adds.

        Those that are not within the scope have no line: what they add to an account within it is told all the same.
        """
        with self._asking(question) as (one, engine, _):
            found = traced(engine, one.pack, one.indicator, question, after, limit)
        lines = {line.seq: line for line in Reader(self._book, self._scope).at({row.seq for row in found})}
        return [replace(row, line=lines.get(row.seq)) for row in found]

    def entries(self, question: Question) -> list[int]:
        """The numbers of all entries a figure rests on, in order."""
        with self._asking(question) as (one, engine, _):
            return seqs(engine, one.pack, one.indicator, question)

    def counted(self, question: Question) -> Counted:
        """The entries a figure of an indicator from events or transfers counts, with what each brings to it."""
        with self._asking(question) as (one, engine, _):
            rows = engine.selected(one.pack, one.indicator, question.period, question.of, (), signed=False)
            return Counted(engine.as_of.reading.run(rows.brought), rows.value, unit_factor(one.pack, one.indicator))

    @contextmanager
    def contrast(self, question: Question, other: Counted, factor: Fraction) -> Iterator[Contrast]:
        """A figure beside another one; `factor` is how many of its unit one of the other's is."""
        with contrasted(shelf_of(self._book).machine, self.counted(question), other, factor) as found:
            yield found

    # ---- asking ----------------------------------------------------------------------------------------------------------------

    @contextmanager
    def _asking(self, question: Question) -> Iterator[tuple[Defined, Engine, int]]:
        """A question placed: its indicator, the engine for its place and entry, and the number of that entry."""
        one = self.defined(question.indicator)
        path = self._place(question, one)
        with shelf_of(self._book).reading() as reading:
            size = reading.size if question.as_of is None else question.as_of
            if not 0 <= size <= reading.size:
                raise InputError(no_such_entry(size, reading.size))
            yield one, Engine(Sources(self._book.catalogue, AsOf(reading, size), self._numbers), self._placed(path)), size

    def _place(self, question: Question, one: Defined) -> str:
        """The path of the place asked for, where one may view it."""
        path = self._sight.path(question.place)
        if not self._scope.may("view", one.pack.name, path):
            raise InputError(not_within(one.indicator.title, one.indicator.title_en))
        rows = self._book.store.rows("SELECT level FROM place WHERE key = ?", [question.place])
        if not rows:
            raise InputError(unknown_place(question.place))
        _check_by(_dimensions(one, question), rows[0][0])
        return path

    def _placed(self, path: str) -> Below:
        """The places below one, read again when any has changed."""
        changed = self._book.store.rows("SELECT coalesce(max(id), 0) FROM place_code")[0][0]
        if self._below[0] != changed:
            self._below = (changed, {})
        kept = self._below[1]
        if path not in kept:
            kept[path] = Below.of(self._book.store, path)
        return kept[path]

    def _numbers(self, uids: Iterable[str]) -> Mapping[str, int]:
        condition, values = among(self._book.store, "uid", uids)
        rows = self._book.store.rows(f"SELECT uid, seq FROM entry WHERE book = ? AND {condition}", [self._book.number, values])
        return {uid: int(seq) for uid, seq in rows}

    # ---- answers ---------------------------------------------------------------------------------------------------------------

    def _told(
        self, one: Defined, engine: Engine, question: Question, by: Sequence[By], cell: Cell, known: Known, size: int, said: tuple[Problem, ...]
    ) -> Figure:
        of, place, period = of_cell(by, cell)
        period = period or question.period
        state = self._state(one, engine, known, period.last)
        return Figure(
            one.key,
            one.indicator.title,
            one.indicator.unit,
            question.place if place is None else place,
            period,
            known.value if state == "known" else None,
            state,
            self._book.catalogue.versions.get(one.pack.name, 0),
            size,
            {**question.of, **of},
            one.indicator.places,
            said,
        )

    def _misfits(self, engine: Engine) -> Iterator[Problem]:
        """What the entries that were read say that has no place in their columns."""
        for name, some in sorted(engine.as_of.unfit().items()):
            seen = sorted({line.seq for line in Reader(self._book, self._scope).at({own for own, _ in some})})
            yield misfit(self._book.catalogue, name, [field for _, field in some], seen)

    def _state(self, one: Defined, engine: Engine, known: Known, last: date) -> FigureState:
        """A count of nothing is 0 only where something was recorded there by then: absent is not zero."""
        if known.undefined:
            return "undefined"
        if known.value is None:
            return "no_record"
        first = engine.first_day(one.pack, one.indicator) if not known.rows else None
        return "known" if known.rows or (first is not None and first <= last) else "no_record"


def shelf_of(book: Book) -> Shelf:
    """The columns of a book, made when first asked for and kept with it."""
    shelf: Shelf | None = book.__dict__.get(_SHELF)
    if shelf is None:
        shelf = book.__dict__[_SHELF] = Shelf(book)
    return shelf


def _dimensions(one: Defined, question: Question) -> list[By]:
    return [dimension(one.pack, one.indicator, word) for word in question.by]


def _check_by(by: Sequence[By], level: str) -> None:
    """One step of time and one level of places at most, and that not above the place asked for."""
    for kind in ([one.word for one in by if one.step], [one.word for one in by if one.level]):
        if len(kind) > 1:
            raise InputError(two_of_a_kind(kind))
    asked = next((one.level for one in by if one.level), None)
    order = list(LEVELS)
    if asked and level in order and order.index(asked) < order.index(level):
        raise InputError(level_above(asked, level))


def _in_order(figure: Figure, by: Sequence[By]) -> tuple[tuple[int, str], ...]:
    """Cells in the order of the dimensions of a breakdown; what is not known comes last."""
    return tuple(
        (0, figure.period.first.isoformat()) if one.step else (0, f"{figure.place:020}") if one.level else _text(figure.of[one.word])
        for one in by
    )


def _text(value: str) -> tuple[int, str]:
    return (0 if value else 1, value)


def _of(pack: Pack) -> Iterator[Defined]:
    return (Defined(pack, indicator) for indicator in pack.indicators.values())
