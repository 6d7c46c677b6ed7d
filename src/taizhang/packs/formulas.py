"""Cross checks of expressions and of the paths beside them: each is parsed against the names in scope where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from taizhang.core import Unit, unit_named
from taizhang.packs import scopes
from taizhang.packs.expressing import BOOLEAN, Slip, Type, checked, number_type, type_of
from taizhang.packs.model import Event, Indicator, Pack, Register, Transfer
from taizhang.packs.naming import spot
from taizhang.packs.problems import At, PackProblem, among, problem, unknown
from taizhang.packs.reading import Node
from taizhang.packs.types import Field

MOST_EXPRESSIONS = 600
OF_ONE_NAME = re.compile(r"\s*(?:sum|min|max|avg)\s*\(\s*([a-z][a-z0-9_.]*)\s*\)\s*", re.ASCII)
_PATH = ("名称", "the name")


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression of the pack, where it stands, what it may use and what it must give (None: any single value)."""

    text: str
    at: At
    names: Mapping[str, Type]
    wants: Type | None = None
    aggregates: bool = False


def formulas(pack: Pack, root: Node) -> Iterator[PackProblem]:
    """Every problem of expressions and paths in the pack."""
    for i, formula in enumerate(_all(pack, root)):
        if i >= MOST_EXPRESSIONS:
            found = (f"超过 {MOST_EXPRESSIONS} 个式子", f"more than {MOST_EXPRESSIONS} expressions")
            yield problem(root.at, found, ("较小的专项", "a smaller pack"), ("请拆成两个专项。", "Make two packs of it."))
            return
        yield from _slips(pack, formula)
    yield from _paths(pack, root)
    yield from _circles(pack, root)
    for name, indicator in pack.indicators.items():
        yield from _same_unit(pack, indicator, spot(root, "indicators", name, "value"))


def _slips(pack: Pack, formula: Formula) -> Iterator[PackProblem]:
    slips, used = checked(formula.text, formula.names, formula.wants, aggregates=formula.aggregates)
    yield from (_problem(slip, formula) for slip in slips)
    for name in used & pack.parameters.keys():
        for by in pack.parameters[name].by:
            if by not in formula.names:
                found = (f"参数 {name} 随 {by} 而定，此处没有 {by}", f"the parameter {name} depends on {by}, which is not known here")
                yield problem(
                    formula.at,
                    found,
                    ("能确定参数值的地方", "a place where it has one value"),
                    ("请改用别的参数。", "Use another parameter."),
                )


def _problem(slip: Slip, formula: Formula) -> PackProblem:
    found = (f"{slip.found}（第 {slip.column} 字：{slip.where}）", f"{slip.found_en} (character {slip.where})")
    return problem(formula.at, found, (slip.expected, slip.expected_en), (slip.do, slip.do_en))


def _all(pack: Pack, root: Node) -> Iterator[Formula]:
    for name, register in pack.registers.items():
        yield from _of(register, spot(root, "registers", name), root, ("registers", name), scopes.of_register(pack, register))
    for name, event in pack.events.items():
        yield from _of(event, spot(root, "events", name), root, ("events", name), scopes.of_event(pack, event))
    for name, transfer in pack.transfers.items():
        yield from _of(transfer, spot(root, "transfers", name), root, ("transfers", name), scopes.of_transfer(pack, transfer))
        yield from _rules(pack, transfer, root)
    for name, indicator in pack.indicators.items():
        yield from _of_indicator(pack, indicator, root, ("indicators", name))


def _of(thing: Register | Event | Transfer, at: At, root: Node, path: tuple[str, str], names: Mapping[str, Type]) -> Iterator[Formula]:
    for check in thing.checks:
        yield Formula(check.that, spot(root, *path, "check"), names, BOOLEAN)
    own = thing.own if isinstance(thing, Register) else tuple(thing.fields)
    for name in own:
        field = thing.fields[name]
        if field.computed:
            others = {k: v for k, v in names.items() if k != name}
            yield Formula(field.computed, spot(root, *path, "fields", name, "computed"), others, type_of(field))


def _rules(pack: Pack, transfer: Transfer, root: Node) -> Iterator[Formula]:
    """The expressions of loan and limit; the day due is what they decide, so they do not see it."""
    names, whole = scopes.of_transfer(pack, transfer, due=False), number_type(0)
    at = ("transfers", transfer.name)
    if loan := transfer.loan:
        for key, text in (("days", loan.days), ("renewals", loan.renewals), ("renew_days", loan.renew_days)):
            yield Formula(text, spot(root, *at, "loan", key), names, whole)
    for limit in transfer.limits:
        for key, text in (("most", limit.most), ("days", limit.days)):
            yield Formula(text, spot(root, *at, "limit", key), names, number_type(2) if key == "most" else whole)


def _of_indicator(pack: Pack, indicator: Indicator, root: Node, path: tuple[str, str]) -> Iterator[Formula]:
    if indicator.source is None:
        others = {n: number_type(i.places if i.places is not None else 4) for n, i in pack.indicators.items() if n != indicator.name}
        yield Formula(indicator.value, spot(root, *path, "value"), others, number_type(6))
        return
    names = scopes.of_indicator(pack, indicator)
    yield Formula(indicator.value, spot(root, *path, "value"), names, number_type(6), aggregates=True)
    if indicator.where:
        yield Formula(indicator.where, spot(root, *path, "where"), names, BOOLEAN)


def _paths(pack: Pack, root: Node) -> Iterator[PackProblem]:
    """What once:, by: and per: name."""
    for name, event in pack.events.items():
        yield from _known(event.once, set(scopes.of_event(pack, event)), spot(root, "events", name, "once"))
    for name, transfer in pack.transfers.items():
        names = set(scopes.of_transfer(pack, transfer))
        yield from _known(transfer.once, names, spot(root, "transfers", name, "once"))
        for limit in transfer.limits:
            yield from _known(limit.per, names, spot(root, "transfers", name, "limit", "per"))
    for name, indicator in pack.indicators.items():
        known = {path for source in _sources(pack, indicator) for path in scopes.of_indicator(pack, source)}
        yield from _known(indicator.by, known, spot(root, "indicators", name, "by"))


def _sources(pack: Pack, indicator: Indicator) -> Iterable[Indicator]:
    """The indicator itself; for one made of others, those that have a source."""
    return [indicator] if indicator.source else [i for i in pack.indicators.values() if i.source and i.name in indicator.value]


def _known(paths: Iterable[str], names: set[str], at: At) -> Iterator[PackProblem]:
    for path in paths:
        if path not in names:
            yield unknown(at, _PATH, path, sorted(names))


def _circles(pack: Pack, root: Node) -> Iterator[PackProblem]:
    """Indicators made of one another, and computed fields made of one another, in a circle."""
    of_indicators = {n: _words(i.value) if i.source is None else set[str]() for n, i in pack.indicators.items()}
    yield from _circle(of_indicators, root, ("indicators",), "value")
    for section in ("registers", "events", "transfers"):
        for name, thing in getattr(pack, section).items():
            fields: Mapping[str, Field] = thing.fields
            yield from _circle({n: _words(f.computed or "") for n, f in fields.items()}, root, (section, name, "fields"), "computed")


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z][a-z0-9_]*", text))


def _circle(uses: Mapping[str, set[str]], root: Node, path: tuple[str, ...], key: str) -> Iterator[PackProblem]:
    """Take away whatever uses nothing that is left; what cannot be taken away runs in a circle."""
    left = {name: used & uses.keys() for name, used in uses.items()}
    while free := [name for name, used in left.items() if not used & left.keys()]:
        for name in free:
            del left[name]
    for name in left:
        chain = among(sorted(left))
        yield problem(
            spot(root, *path, name, key),
            (f"循环：{chain}", f"a circle: {chain}"),
            ("不回到自身的式子", "expressions that do not lead back to themselves"),
            ("请改正其中一个。", "Change one of them."),
        )


def _same_unit(pack: Pack, indicator: Indicator, at: At) -> Iterator[PackProblem]:
    """A sum, extreme or mean of one quantity has the unit of that quantity, or one that converts."""
    match, unit = OF_ONE_NAME.fullmatch(indicator.value), unit_of_value(pack, indicator)
    if unit is None or unit == indicator.unit:
        return
    a, b = unit_named(unit), unit_named(indicator.unit)
    if not (a and b and _converts(a, b)):
        yield problem(
            at,
            (
                f"{match[1] if match else ''} 的单位是 {unit}，指标的是 {indicator.unit}",
                f"{match[1] if match else ''} is in {unit}, the indicator in {indicator.unit}",
            ),
            ("同一单位，或可换算的", "one unit, or units that convert"),
            ("请改正 unit 或算式。", "Mend the unit or the expression."),
        )


def unit_of_value(pack: Pack, indicator: Indicator) -> str | None:
    """The unit in which the expression of a sum, extreme or mean of one quantity comes out; None where it is not of one."""
    match = OF_ONE_NAME.fullmatch(indicator.value)
    return _unit_of(pack, indicator, match[1]) if match else None


def _converts(a: Unit, b: Unit) -> bool:
    return a.base == b.base


def _unit_of(pack: Pack, indicator: Indicator, name: str) -> str | None:
    source = indicator.source or ""
    transfer = pack.transfers.get(source)
    if transfer and name == "quantity":
        item = pack.item(transfer.item)
        return item.unit if item else None
    register = pack.register(source)
    if register and name == "balance":
        held = [i for n in register.holds if (i := pack.item(n))]
        return held[0].unit if held else None
    thing = transfer or pack.events.get(source) or register
    field = thing.fields.get(name) if thing else None
    return field.unit if field else None
