"""The rows an indicator is computed over: its entries, its records, or what its accounts hold; as one question of SQL.

Every question gives rows under the alias r, with the columns of a relation: own (the entry a row stands for), sign, day, place,
record, item … Which rows count is decided as the rules decide it (see `plainly`, which reads them one by one).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from taizhang.core import Period
from taizhang.cube.attributes import Attributes, family
from taizhang.cube.loans import ended, renewed
from taizhang.cube.naming import Columns, in_units
from taizhang.cube.plainly import is_balance
from taizhang.cube.relations import AsOf
from taizhang.ledger.catalogue import Catalogue
from taizhang.packs import Event, Indicator, Item, Pack, Register, Transfer


@dataclass
class Rows:
    """Where rows come from: `source` to stand in FROM as r, `joins` behind it, `conditions` that hold for every one.

    `signed` rows may be withdrawals (sign −1), which sums and counts take away again. `place` is SQL of where a row counts.
    Of balances `moves` are the transfers that made them: own, account, item, kind, quantity.
    """

    source: str
    columns: Columns
    attributes: Attributes
    joins: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    signed: bool = False
    place: str = "r.place"
    moves: str = ""


Numbers = Callable[[Iterable[str]], Mapping[str, int]]
"""The numbers of entries by their uids."""


@dataclass(frozen=True)
class Sources:
    """Makes rows of the sources of indicators, as of an entry."""

    catalogue: Catalogue
    as_of: AsOf
    numbers: Numbers

    def rows(self, pack: Pack, indicator: Indicator, period: Period, names: Iterable[str], adds: bool) -> Rows:
        """The rows of an indicator for a period; `names` are those it reads, `adds` that it only sums and counts."""
        wanted = set(names)
        register = pack.register(indicator.source or "")
        if register is None:
            thing = pack.events.get(indicator.source or "") or pack.transfers[indicator.source or ""]
            return self._entries(pack, thing, indicator, period, wanted, adds)
        if any(is_balance(name, register) for name in wanted):
            return self._balances(pack, register, period.last)
        return self._records(pack, register, indicator, period)

    # ---- entries ---------------------------------------------------------------------------------------------------------------

    def _entries(self, pack: Pack, thing: Event | Transfer, indicator: Indicator, period: Period, names: set[str], adds: bool) -> Rows:
        stock = indicator.kind == "stock"
        signed = adds and not stock
        relation = self.as_of.signed(thing.type) if signed else self.as_of.standing(thing.type)
        extra, joins = self._of_a_day(thing, period.last, names) if stock else ({}, [])
        rows = Rows(relation, *self._columns(pack, thing, "r.day", extra), joins, signed=signed)
        rows.conditions.append(f"r.day <= {_day(period.last)}" if stock else f"r.day BETWEEN {_day(period.first)} AND {_day(period.last)}")
        return rows

    def _of_a_day(self, thing: Event | Transfer, last: date, names: set[str]) -> tuple[dict[str, str], list[str]]:
        """What is known of an entry at a later day: of loans also whether they are back by then, and when due."""
        extra, joins = {"as_of": _day(last)}, []
        if isinstance(thing, Transfer) and thing.loan is not None:
            if "returned" in names:
                joins.append(f"LEFT JOIN {ended(self.catalogue, self.as_of, thing)} AS over ON over.own = r.own")
                extra["returned"] = f"coalesce(over.day <= {_day(last)}, FALSE)"
            if "due" in names:
                joins.append(f"LEFT JOIN {renewed(self.as_of, _day(last), self.numbers)} AS again(own, due) ON again.own = r.own")
                extra["due"] = "coalesce(again.due, r.due)"
        return extra, joins

    # ---- records ---------------------------------------------------------------------------------------------------------------

    def _records(self, pack: Pack, register: Register, indicator: Indicator, period: Period) -> Rows:
        """The records first registered in the period, with what is known of them on its last day."""
        states = " UNION ALL ".join(
            f"SELECT record, own, day FROM {self.as_of.standing(one)} WHERE day <= {_day(period.last)}" for one in family(self.catalogue, register)
        )
        first = "" if indicator.kind == "stock" else f" HAVING min(day) >= {_day(period.first)}"
        source = f"(SELECT record, min(day) AS day, arg_min(own, (day, own)) AS own, CAST(NULL AS VARCHAR) AS item FROM ({states}) GROUP BY record{first})"
        extra = {"as_of": _day(period.last)} if indicator.kind == "stock" else {}
        return self._placed(pack, register, source, period.last, extra)

    def _balances(self, pack: Pack, register: Register, last: date) -> Rows:
        """What accounts of the register hold at the end of a day: a row for each item that ever moved through one."""
        moved = f"SELECT account, item, kind, sum(sign * quantity) AS parts, sum(sign) AS moves, min(own) AS own FROM {self._moves(register, last)}"
        record = "substr(account, strpos(account, '/') + 1)"
        source = f"(SELECT {record} AS record, * FROM ({moved} GROUP BY account, item, kind HAVING sum(sign) > 0))"
        rows = self._placed(pack, register, source, last, {**self._held(pack, register), "as_of": _day(last)})
        rows.moves = self._moves(register, last, self.as_of.standing)
        return rows

    def _placed(self, pack: Pack, register: Register, source: str, last: date, extra: Mapping[str, str]) -> Rows:
        """Rows that are records: they count where the record stands on the last day."""
        columns, attributes = self._columns(pack, register, _day(last), extra)
        place = attributes.place("r.record", _day(last), register)
        placed = f"(SELECT r.*, {place} AS place FROM {source} AS r {' '.join(attributes.joins)})"
        attributes = Attributes(self.catalogue, self.as_of)
        columns = Columns(self.catalogue, pack, register, attributes, _day(last), extra, columns.held)
        return Rows(placed, columns, attributes, conditions=["r.place IS NOT NULL"])

    def _moves(self, register: Register, last: date, relation: Callable[[str], str] | None = None) -> str:
        """What went to and from the accounts of a register, up to a day: own, sign, account, item, kind, quantity."""
        entries = relation or self.as_of.signed
        parts = []
        for thing in self.catalogue.things.values():
            kind = self.catalogue.item_kind(thing) if isinstance(thing, Transfer) else ""
            if kind and (register.pack in (thing.pack, "base")):
                for end, quantity in (("source", "-quantity"), ("target", "quantity")):
                    where = f"starts_with({end}, '{register.type}/') AND day <= {_day(last)}"
                    parts.append(
                        f"SELECT own, sign, {end} AS account, item, '{kind}' AS kind, CAST({quantity} AS HUGEINT) AS quantity FROM {entries(thing.type)} WHERE {where}"
                    )
        nothing = (
            "SELECT 0::BIGINT AS own, 0::TINYINT AS sign, '' AS account, '' AS item, '' AS kind, 0::HUGEINT AS quantity WHERE FALSE"
        )
        return f"({' UNION ALL '.join(parts or [nothing])})"

    def _held(self, pack: Pack, register: Register) -> dict[str, str]:
        """The balance under the name an indicator gives it: `balance`, or `balance.item` where the register holds several."""
        items = {self.catalogue.kind(pack, name): item for name in register.holds if (item := pack.item(name))}
        if len(items) == 1:
            (item,) = items.values()
            return {"balance": in_units(item, _bigint("r.parts"))}
        return {f"balance.{item.name}": f"CASE WHEN r.kind = '{kind}' THEN {in_units(item, _bigint('r.parts'))} END" for kind, item in items.items()}

    # ---- names -----------------------------------------------------------------------------------------------------------------

    def _columns(self, pack: Pack, thing: Register | Event | Transfer, day: str, extra: Mapping[str, str]) -> tuple[Columns, Attributes]:
        attributes = Attributes(self.catalogue, self.as_of)
        return Columns(self.catalogue, pack, thing, attributes, day, extra, lambda account, item: self._balance(pack, account, item)), attributes

    def _balance(self, pack: Pack, account: str, item: Item) -> str:
        """What an account holds of a kind as the book stands."""
        kind = self.catalogue.kind(pack, item.name)
        parts = []
        for thing in self.catalogue.things.values():
            if isinstance(thing, Transfer) and self.catalogue.item_kind(thing) == kind:
                relation = self.as_of.signed(thing.type)
                parts += [
                    f"SELECT {end} AS account, {sign}sign * quantity AS moved FROM {relation}" for end, sign in (("source", "-"), ("target", ""))
                ]
        total = f"SELECT sum(moved) FROM ({' UNION ALL '.join(parts)}) AS m WHERE m.account = {account}"
        return in_units(item, _bigint(f"coalesce(({total}), 0)"))


def _day(day: date) -> str:
    return f"DATE '{day.isoformat()}'"


def _bigint(sql: str) -> str:
    return f"CAST({sql} AS BIGINT)"
