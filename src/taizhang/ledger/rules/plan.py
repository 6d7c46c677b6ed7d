"""What the rules need of one type of entry, prepared once: expressions parsed, names resolved, heads found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from taizhang.core import EntryKind
from taizhang.expressions import Expression, Type, parse
from taizhang.ledger.catalogue import Catalogue, Thing
from taizhang.ledger.rules.facts import Facts, Names, Reading
from taizhang.ledger.rules.quick import Quick, quick
from taizhang.packs import Check, Event, Field, Item, Limit, Pack, Register, Transfer, column, scopes

BALANCE = ".balance"


class Row(dict[str, Any]):
    """The names of one entry, each read when it is first asked for."""

    def __init__(self, facts: Facts, readings: Mapping[str, Reading]) -> None:
        super().__init__()
        self._facts, self._readings = facts, readings

    def __missing__(self, name: str) -> Any:
        value = self[name] = self._readings[name].get(self._facts)
        return value

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a name; compiled expressions ask in this way."""
        return self[name]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check with its expression, and the titles of the fields of the entry it reads."""

    check: Check
    that: Expression
    where: str


@dataclass(frozen=True, slots=True)
class LimitRule:
    """A limit with its expressions."""

    limit: Limit
    most: Expression
    days: Expression
    per: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class LoanRule:
    """The rules of a loan with their expressions; `queue` is the type of the hold event."""

    days: Expression
    renewals: Expression
    renew_days: Expression
    queue: str | None


@dataclass(frozen=True)
class Plan:
    """A register, event or transfer of a catalogue as the rules use it."""

    catalogue: Catalogue
    thing: Thing
    readings: dict[str, Reading] = field(default_factory=dict, repr=False, compare=False)
    heads: dict[str, Field | None] = field(default_factory=dict, repr=False, compare=False)
    quicks: dict[str, Quick | None] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def pack(self) -> Pack:
        """The pack it belongs to."""
        return self.catalogue.packs[self.thing.pack]

    @cached_property
    def type(self) -> str:
        """The type of its entries."""
        return self.thing.type

    @cached_property
    def entry_kind(self) -> EntryKind:
        """What its entries are."""
        return "state" if isinstance(self.thing, Register) else "event" if isinstance(self.thing, Event) else "transfer"

    @cached_property
    def version(self) -> int | None:
        """The number of its pack's version in this book."""
        return self.catalogue.versions.get(self.pack.name)

    @cached_property
    def ended(self) -> date | None:
        """The day from which it takes no new entries."""
        return date.fromisoformat(self.thing.ended) if self.thing.ended else None

    @cached_property
    def required(self) -> tuple[Field, ...]:
        """The fields that must be there."""
        return tuple(f for f in self.thing.fields.values() if f.required and not f.computed)

    @cached_property
    def ended_fields(self) -> Mapping[str, date]:
        """The fields that are no longer used, and from which day."""
        return {n: date.fromisoformat(f.ended) for n, f in self.thing.fields.items() if f.ended}

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The fields that hold the code of a place."""
        return tuple(n for n, f in self.thing.fields.items() if f.type.name == "place")

    @cached_property
    def sealed(self) -> frozenset[str]:
        """The fields whose values are sealed."""
        return frozenset(n for n, f in self.thing.fields.items() if f.sealed)

    @cached_property
    def refs(self) -> Mapping[str, Register]:
        """The fields that point to records, and the register of each."""
        found = {n: self.pack.register(f.of) for n, f in self.thing.fields.items() if f.of}
        return {name: register for name, register in found.items() if register}

    @cached_property
    def owners(self) -> Mapping[str, str]:
        """Of a register: the type of the one that keeps each field."""
        return self.catalogue.owners(self.thing) if isinstance(self.thing, Register) else {}

    def head(self, head: str) -> Field | None:
        """The field a head means: its name, title or a synonym."""
        if head not in self.heads:
            self.heads[head] = column(self.thing.fields, head)
        return self.heads[head]

    def quick(self, field: Field) -> Quick | None:
        """The quick reader of plain texts of one of its fields."""
        if field.name not in self.quicks:
            self.quicks[field.name] = quick(field)
        return self.quicks[field.name]

    @cached_property
    def about(self) -> Register | None:
        """The register an event is about."""
        return self.pack.register(self.thing.about or "") if isinstance(self.thing, Event) else None

    @cached_property
    def about_type(self) -> str:
        """The type of that register."""
        return self.about.type if self.about else ""

    @cached_property
    def item(self) -> Item | None:
        """What a transfer moves."""
        return self.pack.item(self.thing.item) if isinstance(self.thing, Transfer) else None

    @cached_property
    def kind(self) -> str:
        """The kind of item a transfer moves, as balances keep it."""
        return self.catalogue.item_kind(self.thing) if isinstance(self.thing, Transfer) else ""

    @cached_property
    def names(self) -> Mapping[str, Type]:
        """The names of its checks and computed fields."""
        if isinstance(self.thing, Register):
            return scopes.of_register(self.pack, self.thing)
        return scopes.of_event(self.pack, self.thing) if isinstance(self.thing, Event) else scopes.of_transfer(self.pack, self.thing)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Its own checks."""
        return tuple(self._rule(check) for check in self.thing.checks)

    @cached_property
    def root(self) -> Register:
        """Of a register: the one that gives the natural key."""
        assert isinstance(self.thing, Register)
        return self.catalogue.root(self.thing)

    @cached_property
    def chain(self) -> tuple[Plan, ...]:
        """Of a register itself and those it extends, the root first; their checks hold as well."""
        if not isinstance(self.thing, Register):
            return (self,)
        return tuple(plan_of(self.catalogue, one) for one in self.catalogue.chain(self.thing))

    @cached_property
    def uniques(self) -> tuple[tuple[Register, tuple[str, ...]], ...]:
        """The sets of fields that no two records have the same, each with the register that keeps it."""
        chain = self.catalogue.chain(self.thing) if isinstance(self.thing, Register) else ()
        return tuple((one, names) for one in chain for names in one.unique)

    @cached_property
    def computed(self) -> tuple[tuple[Field, Expression], ...]:
        """Its own computed fields, those first that others are computed from."""
        own = self.thing.own if isinstance(self.thing, Register) else tuple(self.thing.fields)
        left = {n: self.expression(text) for n in own if (text := self.thing.fields[n].computed)}
        out: list[tuple[Field, Expression]] = []
        while left:
            name = next(n for n, e in left.items() if not e.names.keys() & (left.keys() - {n}))
            out.append((self.thing.fields[name], left.pop(name)))
        return tuple(out)

    @cached_property
    def once(self) -> tuple[Reading, ...]:
        """What makes entries one and the same happening."""
        return () if isinstance(self.thing, Register) else tuple(self._read(path) for path in self.thing.once)

    @cached_property
    def limits(self) -> tuple[LimitRule, ...]:
        """The limits of a transfer."""
        if not isinstance(self.thing, Transfer):
            return ()
        return tuple(
            LimitRule(limit, self.expression(limit.most), self.expression(limit.days), tuple(self._read(path) for path in limit.per))
            for limit in self.thing.limits
        )

    @cached_property
    def loan(self) -> LoanRule | None:
        """The rules of a transfer that lends."""
        loan = self.thing.loan if isinstance(self.thing, Transfer) else None
        if loan is None:
            return None
        days, renewals, more = (self.expression(text) for text in (loan.days, loan.renewals, loan.renew_days or loan.days))
        return LoanRule(days, renewals, more, f"{self.pack.name}.{loan.queue}" if loan.queue else None)

    @cached_property
    def returns(self) -> str | None:
        """The type of the loans that a transfer gives back."""
        name = self.thing.returns if isinstance(self.thing, Transfer) else None
        return f"{self.pack.name}.{name}" if name else None

    @cached_property
    def item_register(self) -> Register | None:
        """The register whose records are the items that move."""
        return self.pack.register(self.item.of) if self.item and self.item.of else None

    @cached_property
    def item_owners(self) -> Mapping[str, str]:
        """Which register keeps each field of an item's record."""
        return self.catalogue.owners(self.item_register) if self.item_register else {}

    @cached_property
    def stateful(self) -> bool:
        """Whether one entry of this type may change the verdict on another of the same type."""
        if isinstance(self.thing, Register):
            return any(self.catalogue.root(register).type == self.root.type for register in self.refs.values())
        if isinstance(self.thing, Event):
            return self.thing.must_close
        holder = self.pack.holder(self.thing.source)
        inside = holder is None or not holder.outside
        single = self.item is not None and self.item.single
        return inside or single or bool(self.thing.loan or self.thing.returns or self.limits) or self._reads_balance

    @property
    def _reads_balance(self) -> bool:
        expressions = [*(rule.that for rule in self.rules), *(expression for _, expression in self.computed)]
        return any(name.endswith(BALANCE) for expression in expressions for name in expression.names)

    def expression(self, text: str) -> Expression:
        """An expression over its names, which are resolved with it."""
        made = parse(text, self.names)
        for name in made.names:
            self._read(name)
        return made

    def row(self, facts: Facts) -> Row:
        """What its expressions see of an entry."""
        return Row(facts, self.readings)

    def read(self, names: Iterable[str], facts: Facts) -> dict[str, Any]:
        """These names of an entry; KeyError names the first that means nothing here."""
        return {name: self._read(name).get(facts) for name in names}

    def is_personal(self, name: str) -> bool:
        """Whether a name means a personal value."""
        return self._read(name).sealed

    def _rule(self, check: Check) -> Rule:
        expression = self.expression(check.that)
        titles = [self.thing.fields[n].title for n in expression.names if n in self.thing.fields]
        if not titles and "quantity" in expression.names:
            titles = ["数量"]
        return Rule(check, expression, "、".join(titles[:3]) or self.thing.title)

    def _read(self, name: str) -> Reading:
        if name not in self.readings:
            reading = Names(self.catalogue, self.pack, self.thing).reading(name)
            if reading is None:
                raise KeyError(name)
            self.readings[name] = replace(reading, name=name)
        return self.readings[name]


def plan_of(catalogue: Catalogue, thing: Thing) -> Plan:
    """The plan of a thing, made when first asked for and kept with the catalogue."""
    plans: dict[str, Plan] = catalogue.__dict__.setdefault("_rule_plans", {})
    plan = plans.get(thing.type)
    if plan is None:
        plan = plans[thing.type] = Plan(catalogue, thing)
    return plan
