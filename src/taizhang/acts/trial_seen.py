"""What must be seen when a case is done: balances, records, days due, figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from taizhang.acts.trial_figures import figure_problems
from taizhang.acts.trial_names import Named, Names
from taizhang.acts.trial_words import Missing, cannot_be, differs, holds_nothing, pair
from taizhang.core import Problem, Value
from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.inside import Inside
from taizhang.ledger.rules import overdue
from taizhang.ledger.rules.amounts import parts, told
from taizhang.packs import Field, Item, Register, column, find_by_words
from taizhang.packs.casing import NOT_KNOWN
from taizhang.packs.naming import spot
from taizhang.packs.problems import PackProblem, Pair
from taizhang.packs.reading import Node


@dataclass
class Seen:
    """The outcome of a case that was run."""

    names: Names

    def problems(self) -> Iterator[PackProblem]:
        """Everything that is otherwise than the case says."""
        then = self.names.case.get("then")
        looks: dict[str, Callable[[Inside, Node], Iterator[PackProblem]]] = {
            "balances": self._balance,
            "records": self._record,
            "due": self._due,
            "figures": lambda inside, node: figure_problems(self.names, inside, node),
        }
        book = self.names.desk.book
        with book.store.transaction():
            inside = book.inside()
            for key, look in looks.items():
                section = then.get(key) if then else None
                for node in section.items if section else ():
                    yield from self._looked(look, inside, node)

    def _looked(self, look: Callable[[Inside, Node], Iterator[PackProblem]], inside: Inside, node: Node) -> Iterator[PackProblem]:
        try:
            yield from look(inside, node)
        except Missing as missing:
            yield missing.problem

    @property
    def _catalogue(self) -> Catalogue:
        return self.names.desk.book.catalogue

    # ---- balances --------------------------------------------------------------------------------------------------------------

    def _balance(self, inside: Inside, node: Node) -> Iterator[PackProblem]:
        item, key = self._item(node)
        account = self._account(node, item)
        if account is None:
            yield holds_nothing(spot(node, "account"), node.word("account") or "", item.title)
            return
        kind = self._catalogue.kind(self.names.pack, item.name)
        held = inside.held(account, kind) if key is None else inside.balance(account, key)
        wanted = self._quantity(inside, node, item, key)
        if isinstance(wanted, Problem):
            yield cannot_be(spot(node, "quantity"), wanted)
        elif held != wanted:
            what = (f"{node.word('account')}的{item.title}结存", f"the balance of {item.name} of {node.word('account')}")
            yield differs(spot(node, "quantity"), what, pair(told(item, held)), pair(told(item, wanted)))

    def _item(self, node: Node) -> tuple[Item, str | None]:
        """The item, and the key of one batch or copy; None for all of the kind together."""
        pack, word = self.names.pack, node.word("item") or ""
        item: Item | None = find_by_words(pack.items, word) or pack.item(word)
        if item is not None:
            return item, None
        named = self.names.record(node, "item")
        names = {register.name for register in self._registers(named)}
        return next(one for one in pack.items.values() if one.of in names), named.key

    def _account(self, node: Node, item: Item) -> str | None:
        """The account of a record in the register that holds the item (inside before outside, the latest first), or a single one."""
        pack, word = self.names.pack, node.word("account") or ""
        single = find_by_words(pack.accounts, word) if word not in self.names.records else None
        if single is not None:
            return f"{pack.name}.{single.name}" if item.name in single.holds else None
        named = self.names.record(node, "account")
        holders = sorted((r for r in self._registers(named) if item.name in r.holds), key=lambda r: r.outside)
        return f"{holders[0].type}/{named.key}" if holders else None

    def _registers(self, named: Named) -> list[Register]:
        """The registers a record stands in, the latest first, each with those it extends."""
        found = (self._catalogue.register(name) for name in reversed(named.types))
        return [above for register in found if register for above in reversed(self._catalogue.chain(register))]

    def _quantity(self, inside: Inside, node: Node, item: Item, key: str | None) -> int | Problem:
        standing = inside.record(key) if key else None
        register = self.names.pack.register(item.of or "")
        owners = self._catalogue.owners(register) if register else {}
        sizes = [name for name in item.units.values() if isinstance(name, str)]
        known = {name: standing.values.get(owners[name], {}).get(name) if standing else None for name in sizes}
        text = node.word("quantity") or ""
        found = parts(replace(item, single=False), text.removeprefix("-"), known, register.fields if register else {})
        return -found if isinstance(found, int) and text.startswith("-") else found

    # ---- records ---------------------------------------------------------------------------------------------------------------

    def _record(self, inside: Inside, node: Node) -> Iterator[PackProblem]:
        named = self.names.record(node, "record")
        values = node.get("values")
        for head, wanted in (values.entries if values else {}).items():
            yield from self._field(inside, named, head, wanted)

    def _field(self, inside: Inside, named: Named, head: str, node: Node) -> Iterator[PackProblem]:
        register = next((r for r in self._registers(named) if column(r.fields, head)), None)
        field = column(register.fields, head) if register else None
        if register is None or field is None:
            return  # the pack's check tells of it
        wanted = self.names.record(node).key if field.of else field.clean(_raw(node), self.names.desk.today)
        if isinstance(wanted, Problem):
            yield cannot_be(node.at, wanted)
            return
        got = _value(inside, named.key, self._catalogue.owners(register)[field.name], field.name)
        if got != wanted:
            yield differs(node.at, (field.title, field.name), self._shown(field, got), self._shown(field, wanted))

    def _shown(self, field: Field, value: Value) -> Pair:
        """A value for a message: a record by its name, a personal value not at all."""
        if value is None:
            return (NOT_KNOWN, "nothing")
        if field.sealed:
            return ("另一个值（个人信息，不显示）", "another value (personal, not shown)")
        text = "、".join(value) if isinstance(value, list) else str(value)
        return pair(self.names.called(text) if field.of else text)

    # ---- loans -----------------------------------------------------------------------------------------------------------------

    def _due(self, inside: Inside, node: Node) -> Iterator[PackProblem]:
        loan = inside.loan(self.names.uid(node))
        day, late = node.word("day") or "", node.word("overdue_on")
        what = (f"{node.word('of')}的应还日期", f"the day {node.word('of')} is due")
        if loan is None or loan.due.isoformat() != day:
            yield differs(spot(node, "day"), what, pair(loan.due.isoformat()) if loan else (NOT_KNOWN, "nothing"), pair(day))
            return
        if late and not overdue(loan, date.fromisoformat(late)):
            got = (
                (f"已于 {loan.ended} 归还", f"it came back on {loan.ended}") if loan.ended else (f"应于 {day} 归还", f"it is due on {day}")
            )
            what = (f"{node.word('of')}在 {late}", f"{node.word('of')} on {late}")
            yield differs(spot(node, "overdue_on"), what, got, ("已逾期", "overdue"))


def _raw(node: Node) -> Any:
    return [one.text for one in node.items] if isinstance(node.value, tuple) else node.text


def _value(inside: Inside, key: str, owner: str, name: str) -> Value:
    standing = inside.record(key)
    if standing is None:
        return None
    plain = standing.values.get(owner, {}).get(name)
    return inside.open(standing, owner, name) if plain is None and name in standing.sealed.get(owner, ()) else plain
