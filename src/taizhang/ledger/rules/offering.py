"""The heads a blank sheet of one type of entry has: what must be there, what may be, and what is written under each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.rules.plan import Plan, plan_of
from taizhang.ledger.rules.table import HEADS, parts_of, registers_of
from taizhang.ledger.rules.words import key_titles
from taizhang.packs import Field, Register, Transfer

Pair = tuple[str, str]
_DAY: Pair = ("2022-12-28；整份同一天的，可不要这一列", "2022-12-28; without this column all is of the day of posting")
_PLACE: Pair = ("区划名称或代码", "a place by name or code")


@dataclass(frozen=True, slots=True)
class Head:
    """A head, whether a row cannot do without it, what is written under it in both languages, and other names it may have."""

    name: str
    needed: bool
    says: Pair
    also: tuple[str, ...] = ()


def heads_offered(type_name: str, catalogue: Catalogue) -> list[Head]:
    """The heads of a blank sheet, in the order one fills them in; KeyError for a type that the book does not have."""
    plan = plan_of(catalogue, catalogue.things[type_name])
    return [_day(plan), *_named(plan), *_quantity(plan), *_fields(plan), *_due(plan), _place(plan)]


def _named(plan: Plan) -> Iterator[Head]:
    """The records an entry names besides its fields: whom it is about, what moves, from where, to where."""
    back = isinstance(plan.thing, Transfer) and plan.returns is not None
    parts = parts_of(plan)
    for part, register in registers_of(plan):
        if back and part != "item":
            continue  # a return goes the way of its loan back
        names = (register.title, *HEADS[part])
        name = next(name for name in names if parts.get("".join(name.split()).casefold()) == part and plan.head(name) is None)
        keys = key_titles(plan.catalogue.root(register))
        yield Head(name, True, (keys, f"{register.name}: {keys}"), _chinese(HEADS[part]) if name == register.title else ())


def _chinese(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if not name.isascii())


def _quantity(plan: Plan) -> Iterator[Head]:
    if not isinstance(plan.thing, Transfer) or plan.returns or plan.item is None or plan.item.single:
        return
    units = "、".join(dict.fromkeys([plan.item.unit, *plan.item.units]))
    yield Head("金额" if plan.kind == "money" else "数量", True, (f"数和单位：{units}", f"a number and a unit: {units}"))


def _fields(plan: Plan) -> Iterator[Head]:
    key = plan.root.key if isinstance(plan.thing, Register) else ()
    for field in plan.thing.fields.values():
        if not field.computed and not field.ended:
            yield Head(field.title, field.required or field.name in key, _said(field, plan), field.also)


def _said(field: Field, plan: Plan) -> Pair:
    """What is written into a field, in few words."""
    if field.choices:
        listed = "、".join(field.choices)
        several = field.type.name == "choices"
        return (f"{listed}（可写几样）", f"{listed} (one or more)") if several else (listed, listed)
    if register := plan.refs.get(field.name):
        keys = key_titles(plan.catalogue.root(register))
        return keys, f"{register.name}: {keys}"
    if field.type.name == "place":
        return _PLACE
    if field.type.kind == "boolean":
        return "是或否", "是 or 否"
    if field.unit:
        return f"数，单位 {field.unit}", f"a number in {field.unit}"
    return ("文字", "text") if field.type.name == "text" else (f"如 {field.type.example[1]}", f"as {field.type.example[1]}")


def _due(plan: Plan) -> Iterator[Head]:
    if isinstance(plan.thing, Transfer) and plan.loan:
        yield Head("应还日期", False, ("不写就按规定", "else as the rules say"))


def _day(plan: Plan) -> Head:
    return Head(_free(plan, "day"), False, _DAY)


def _place(plan: Plan) -> Head:
    return Head(_free(plan, "place"), False, _PLACE)


def _free(plan: Plan, part: str) -> str:
    """The first name of a part that no field has."""
    return next(name for name in HEADS[part] if plan.head(name) is None)
