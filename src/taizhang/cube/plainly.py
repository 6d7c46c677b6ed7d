"""Figures of a small book, entry by entry: good for the cases of a pack, and to compare faster ways with.

Every entry that counts is read as the rules read it, so a figure means exactly what the pack says. Nothing is kept between
two questions, and nothing is rounded but where an expression rounds. It answers for the book as it is now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from taizhang.core import Entry, Period, unit_named
from taizhang.expressions import Expression, Type, parse
from taizhang.ledger.catalogue import Catalogue, record_of
from taizhang.ledger.rules import RENEW, row, row_of_record
from taizhang.ledger.rules.once import key_text
from taizhang.ledger.standing import Standings
from taizhang.packs import Indicator, Pack, Register, Transfer, scopes
from taizhang.packs.expressing import number_type
from taizhang.packs.formulas import unit_of_value

PLACES_OF_PART = 4
"""Digits of an indicator that another one is made of, where it does not say."""

Row = Mapping[str, Any]
Of = Mapping[str, str]
"""A breakdown: for each path the one value that counts; of a record its key."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a book (asked within a transaction) under its catalogue; `inside` tells which places count."""

    standings: Standings
    catalogue: Catalogue
    inside: Callable[[int], bool] = lambda _: True

    def value(self, pack: Pack, indicator: Indicator, period: Period, of: Of | None = None) -> Fraction | None:
        """An indicator in its unit; None where the book says nothing of it. A count of nothing is 0."""
        if indicator.source is None:
            return self._made(pack, indicator, period, of or {})
        names = scopes.of_indicator(pack, indicator)
        value = parse(indicator.value, names, aggregates=True)
        where = parse(indicator.where, names) if indicator.where else None
        wanted = [*value.names, *(where.names if where else ()), *(of or {})]
        rows = [r for r in self._rows(pack, indicator, period, wanted) if _counts(r, where, of or {})]
        found = value.run(rows)
        return None if found is None else Fraction(found) * factor(pack, indicator)

    # ---- made of other indicators --------------------------------------------------------------------------------------------------

    def _made(self, pack: Pack, indicator: Indicator, period: Period, of: Of) -> Fraction | None:
        """Of others for the same period; a stock among them at its last day. Each is broken down by what it knows."""
        value = parts_of(pack, indicator)
        parts: dict[str, Any] = {}
        for name in value.names:
            other = pack.indicators[name]
            known = {path: wanted for path, wanted in of.items() if other.source is None or path in scopes.of_indicator(pack, other)}
            parts[name] = fitted(self.value(pack, other, period, known), places_of(other))
        found = value.run(parts)
        return None if found is None else Fraction(found)

    # ---- rows ----------------------------------------------------------------------------------------------------------------------

    def _rows(self, pack: Pack, indicator: Indicator, period: Period, names: Iterable[str]) -> Iterator[Row]:
        source, stock = indicator.source or "", indicator.kind == "stock"
        extra = {"as_of": period.last} if stock else {}
        register = pack.register(source)
        if register is None:
            return self._of_entries(f"{pack.name}.{source}", Period(date.min, period.last) if stock else period, names, extra)
        if any(is_balance(name, register) for name in names):
            return self._of_balances(register, period.last, names, extra)
        return self._of_records(register, Period(date.min, period.last) if stock else period, names, extra)

    def _of_entries(self, type_name: str, period: Period, names: Iterable[str], extra: Mapping[str, Any]) -> Iterator[Row]:
        """Events and transfers that stand; of loans also whether they are back by then, and when due."""
        thing = self.catalogue.things[type_name]
        entries = self.standings.happened(type_name, period.first, period.last)
        lends = isinstance(thing, Transfer) and thing.loan is not None and "as_of" in extra
        renewed = self._renewed(period.last) if lends else {}
        for entry in filter(self._counts_here, entries):
            more = {**extra, "returned": self._is_back(entry, period.last)} if lends else extra
            stated = replace(entry, due=renewed.get(entry.uid, entry.due)) if lends else entry
            yield row(stated, self.standings, self.catalogue, names, more)

    def _counts_here(self, entry: Entry) -> bool:
        return self.inside(entry.place)

    def _stands_here(self, record: str, day: date) -> bool:
        standing = self.standings.record(record, day)
        return standing is not None and self.inside(standing.place)

    def _is_back(self, entry: Entry, day: date) -> bool:
        loan = self.standings.loan(entry.uid)
        return loan is not None and loan.ended is not None and loan.ended <= day

    def _renewed(self, day: date) -> dict[str, date]:
        """When loans are due that were renewed by a day, each by its last renewal."""
        data = (entry.data for entry in self.standings.happened(RENEW, date.min, day))
        return {str(told["loan"]): date.fromisoformat(str(told["due"])) for told in data}

    def _of_records(self, register: Register, period: Period, names: Iterable[str], extra: Mapping[str, Any]) -> Iterator[Row]:
        """The records first registered in the period, with what is known of them on its last day."""
        for record, first in self._registered(register, period.last).items():
            if first >= period.first and self._stands_here(record, period.last):
                yield row_of_record(register.type, record, period.last, self.standings, self.catalogue, names, extra=extra)

    def _registered(self, register: Register, last: date) -> dict[str, date]:
        """The records of a register, also by one that extends it, and the first day of each."""
        found: dict[str, date] = {}
        for type_name, thing in self.catalogue.things.items():
            if isinstance(thing, Register) and register.type in {one.type for one in self.catalogue.chain(thing)}:
                for entry in self.standings.happened(type_name, date.min, last):
                    record = entry.record or ""
                    found[record] = min(found.get(record, entry.day), entry.day)
        return found

    def _of_balances(self, register: Register, day: date, names: Iterable[str], extra: Mapping[str, Any]) -> Iterator[Row]:
        """What accounts of the register hold at the end of a day: a row for each item that ever moved through one."""
        for (account, item, kind), parts in self._held(register, day).items():
            record = record_of(account) or ""
            if not self._stands_here(record, day):
                continue
            yield row_of_record(
                register.type, record, day, self.standings, self.catalogue, names, item=item, kind=kind, balance=parts, extra=extra
            )

    def _held(self, register: Register, day: date) -> dict[tuple[str, str, str], int]:
        held: dict[tuple[str, str, str], int] = {}
        for type_name, thing in self.catalogue.things.items():
            kind = self.catalogue.item_kind(thing) if isinstance(thing, Transfer) else ""
            for entry in self.standings.happened(type_name, date.min, day) if kind else ():
                quantity = entry.quantity or 0
                for account, moved in ((entry.source or "", -quantity), (entry.target or "", quantity)):
                    if account.startswith(f"{register.type}/"):
                        key = (account, entry.item or "", kind)
                        held[key] = held.get(key, 0) + moved
        return held


def places_of(indicator: Indicator) -> int:
    """The digits with which an indicator is a part of another one."""
    return PLACES_OF_PART if indicator.places is None else indicator.places


def parts_of(pack: Pack, indicator: Indicator) -> Expression:
    """The expression of an indicator made of others; its names are theirs."""
    return parse(indicator.value, {name: number_type(places_of(one)) for name, one in pack.indicators.items() if name != indicator.name})


def fitted(value: Fraction | None, places: int) -> Any:
    """A part of another indicator as an exact number of so many places."""
    if value is None:
        return None
    scaled = round(value * 10**places)
    return Decimal(scaled).scaleb(-places) if places else scaled


def _counts(found: Row, where: Expression | None, of: Of) -> bool:
    """Whether a row fulfils the condition and stands in the breakdown; what is unknown does neither."""
    if where is not None and where.run(found) is not True:
        return False
    return all(is_in(found[path], wanted) for path, wanted in of.items())


def is_in(value: Any, wanted: str) -> bool:
    """Whether a value stands in a cell; the cell of what has no value is the empty text."""
    if not wanted:
        return value is None or value == ()
    return wanted in value if isinstance(value, tuple) else value is not None and key_text(value) == wanted


def is_balance(name: str, register: Register) -> bool:
    """Whether a name means what the accounts of a register hold."""
    return (name == "balance" or name.startswith("balance.")) and "balance" not in register.fields


def factor(pack: Pack, indicator: Indicator) -> Fraction:
    """How many of the indicator's unit one of its quantity's is."""
    unit = unit_of_value(pack, indicator)
    a, b = unit_named(unit), unit_named(indicator.unit)
    return Fraction(1) if unit in (None, indicator.unit) or a is None or b is None else a.factor / b.factor


def type_of_path(pack: Pack, indicator: Indicator, path: str) -> Type | None:
    """What a breakdown's path is: a choice, a number, a text (or the key of a record)."""
    sources = [indicator] if indicator.source else [one for one in pack.indicators.values() if one.source]
    return next((names[path] for one in sources if path in (names := scopes.of_indicator(pack, one))), None)
