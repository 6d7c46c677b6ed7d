"""The proof of a figure: its entries, and where a verifier can follow it, the figure itself.

A verifier follows sums and counts of one type of entry by day, place and equal fields (docs/proofs.md). Everything else is proved
by its entries alone, and the answer says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from taizhang.acts.desk import Desk
from taizhang.acts.freezing import exact
from taizhang.acts.proving import proof_of
from taizhang.core import Entry, Figure, InputError, Problem, Question, Value
from taizhang.cube import Cube
from taizhang.cube.plainly import factor
from taizhang.ledger.proof import Act, ProvedFigure
from taizhang.packs import Event, Field, Indicator, Pack, Transfer

_VALUES: tuple[tuple[Act, re.Pattern[str]], ...] = (
    ("count", re.compile(r"count\(\s*\)()")),
    ("sum", re.compile(r"sum\(\s*([a-z][a-z0-9_]*)\s*\)")),
    ("distinct", re.compile(r"count\(\s*distinct\s+([a-z][a-z0-9_]*)\s*\)")),
)
_EQUAL = re.compile(r"([a-z][a-z0-9_]*)\s*=\s*'([^']*)'")
_EVER = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class FigureProof:
    """A proof file, how many entries it shows, the figure if it proves one, and how many entries it cannot show to who asks."""

    proof: bytes
    entries: int
    figure: ProvedFigure | None
    hidden: int = 0


def prove_figure(desk: Desk, question: Question) -> FigureProof:
    """The proof of a figure, as a whole where it is broken down; InputError where it has neither entries nor a value."""
    cube, question = Cube(desk.book, desk.scope, desk.today), replace(question, by=())
    figure, one = cube.figure(question), cube.defined(question.indicator)
    seqs = cube.entries(replace(question, as_of=figure.as_of))
    lines = desk.reader.at(seqs)
    if not lines and figure.value is None:
        raise InputError(_nothing(figure))
    said = _Closed(desk, one.pack, one.indicator, figure).form([line.entry for line in lines]) if len(lines) == len(seqs) else None
    proof = proof_of(desk, [line.seq for line in lines], said)
    return FigureProof(proof, len(lines), said, len(seqs) - len(lines))


@dataclass(frozen=True, slots=True)
class _Closed:
    """A figure in the words of a verifier, where it has such."""

    desk: Desk
    pack: Pack
    indicator: Indicator
    figure: Figure

    def form(self, entries: list[Entry]) -> ProvedFigure | None:
        """The closed form; None where there is none, or where the entries do not make the figure by it."""
        thing = self._thing()
        found = self._act(thing) if thing else None
        where = self._where(thing) if thing else None
        if thing is None or found is None or where is None:
            return None
        act, of, divisor = found
        made = ProvedFigure(
            f"{self.figure.indicator} {self.figure.version}",
            self.figure.title,
            self.figure.unit,
            None if self.figure.value is None else exact(self.figure.value),
            self.figure.as_of,
            thing.type,
            _EVER if self.indicator.kind == "stock" else self.figure.period.first,
            self.figure.period.last,
            act,
            of,
            divisor,
            self._places(thing.type),
            where,
        )
        return made if "/" not in (made.value or "") and computed(made, entries) == self.figure.value else None

    def _thing(self) -> Event | Transfer | None:
        source = self.indicator.source or ""
        return self.pack.events.get(source) or self.pack.transfers.get(source)

    def _act(self, thing: Event | Transfer) -> tuple[Act, str, int] | None:
        """What is done with the entries: the act, of what, divided by what."""
        for act, pattern in _VALUES:
            if found := pattern.fullmatch(self.indicator.value.strip()):
                name = self._name(thing, found[1])
                size = self._size(thing, found[1]) if act == "sum" else Fraction(1)
                said = act == "count" or (name is not None and not (act == "sum" and name == "record"))
                return (act, name or "", int(size)) if said and size.denominator == 1 else None
        return None

    def _name(self, thing: Event | Transfer, name: str) -> str | None:
        """How an entry calls a value: a plain field of its own, its quantity, its record."""
        if name in thing.fields:
            return name if self._plain(thing.fields[name]) else None
        if isinstance(thing, Transfer):
            return name if name == "quantity" else None
        return "record" if name in ("record", thing.about) else None

    def _size(self, thing: Event | Transfer, name: str) -> Fraction:
        """How many of what the entries keep make one of the figure's unit."""
        item = self.pack.item(thing.item) if isinstance(thing, Transfer) and name == "quantity" else None
        field = thing.fields.get(name)
        kept = item.parts if item and name not in thing.fields else 100 if field and field.type.name == "money" else 1
        return Fraction(kept) / factor(self.pack, self.indicator)

    def _where(self, thing: Event | Transfer) -> Mapping[str, Value] | None:
        """The fields that have one value; None where the condition says more than that."""
        told: dict[str, Value] = {}
        for part in (self.indicator.where or "").split(" and ") if self.indicator.where else ():
            found = _EQUAL.fullmatch(part.strip())
            if found is None or found[1] in told:
                return None
            told[found[1]] = found[2]
        for path, value in self.figure.of.items():
            if told.setdefault(path, value) != value:
                return None
        fits = all(name in thing.fields and self._equals(thing.fields[name], value) for name, value in told.items())
        return told if fits else None

    def _equals(self, field: Field, value: Value) -> bool:
        """Whether a field is a text that may be this one."""
        return self._plain(field) and field.type.kind == "text" and bool(value)

    @staticmethod
    def _plain(field: Field) -> bool:
        return not field.sealed and field.type.kind != "texts"

    def _places(self, type_name: str) -> list[int] | None:
        """The places that count; None where every entry of the type is of them."""
        store, number, sight = self.desk.book.store, self.desk.book.number, self.desk.sight
        top = sight.path(self.figure.place)
        used = [int(row[0]) for row in store.rows("SELECT DISTINCT place FROM entry WHERE book = ? AND type = ?", [number, type_name])]
        if all(sight.path(place).startswith(top) for place in used):
            return None
        below = {int(row[0]) for row in store.rows("SELECT key FROM place WHERE path LIKE ?", [f"{top}%"])}
        return sorted(below | {place for place in used if sight.path(place).startswith(top)})


def computed(figure: ProvedFigure, entries: list[Entry]) -> Fraction | None:
    """The value as a verifier makes it of the entries."""
    if figure.act == "count":
        return Fraction(len(entries), figure.divisor)
    said = [getattr(one, figure.of) if figure.of in ("quantity", "record") else one.data.get(figure.of) for one in entries]
    known = [one for one in said if one is not None]
    if figure.act == "distinct":
        return Fraction(len(set(map(repr, known))), figure.divisor)
    return sum((Fraction(str(one)) for one in known), Fraction(0)) / figure.divisor if known else None


def _nothing(figure: Figure) -> Problem:
    do = ("请换一个期间或区划。", "Ask for another period or place.")
    return Problem(figure.title, "没有条目，无从证明", "有条目的数", do[0], "it has no entries to prove", "a figure with entries", do[1])
