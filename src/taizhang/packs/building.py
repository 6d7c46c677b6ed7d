"""A pack from its sifted files: registers with what they inherit, items, parameters, entry types, indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar, cast

from taizhang.packs import model
from taizhang.packs.fielding import Workbench
from taizhang.packs.model import Branch, Check, Dated, Indicator, Item, Level, Limit, Loan, Pack, Parameter, Register, Retain, Transfer
from taizhang.packs.problems import problem, unknown
from taizhang.packs.reading import Node
from taizhang.packs.types import TYPES, Field

T = TypeVar("T")
REGISTER_WORD = ("名录", "the register")


def build(root: Node, dictionary: Node | None, base: Pack | None, bench: Workbench) -> Pack:
    """The pack the files describe; what is wrong with it is noted on the bench."""
    bench.dictionary_of(dictionary, base.dictionary if base else {})
    name = root.word("pack") or ""
    return Pack(
        name=name,
        title=root.word("title") or "",
        office=root.word("office") or "",
        title_en=root.word("title_en") or "",
        about=root.word("about") or "",
        review=_review(root),
        retain_until=_retain(root),
        dictionary=_own_dictionary(bench, base),
        registers=_registers(name, root.get("registers"), base, bench),
        accounts=_all(root.get("accounts"), _account),
        items=_all(root.get("items"), _item),
        parameters=_all(root.get("parameters"), lambda n, v: _parameter(n, v, bench)),
        events=_all(root.get("events"), lambda n, v: _event(name, n, v, bench)),
        transfers=_transfers(name, root.get("transfers"), bench),
        indicators=_all(root.get("indicators"), _indicator),
        base=base,
    )


def _own_dictionary(bench: Workbench, base: Pack | None) -> Mapping[str, Field]:
    shared = base.dictionary if base else {}
    return MappingProxyType({k: v for k, v in bench.dictionary.items() if k not in shared})


def _all(node: Node | None, make: Any) -> Mapping[str, Any]:
    return MappingProxyType({name: make(name, entry) for name, entry in (node.entries if node else {}).items()})


def _words(node: Node, key: str) -> tuple[str, ...]:
    found = node.get(key)
    return () if found is None else tuple(n.text for n in found.items)


def _sets(node: Node, key: str) -> tuple[tuple[str, ...], ...]:
    """Names, or lists of them: each a set."""
    found = node.get(key)
    return () if found is None else tuple(tuple(n.text for n in one.items) for one in found.items)


def _review(node: Node) -> Level | None:
    return cast("Level | None", node.word("review"))


def _retain(node: Node) -> Retain | None:
    found = node.get("retain_until")
    years, after = (found.word("years"), found.word("after")) if found else (None, None)
    return Retain(int(years), after) if years and after else None


def _checks(node: Node) -> tuple[Check, ...]:
    found = node.get("check")
    members = () if found is None else found.items or (found,)
    return tuple(_check(m) for m in members)


def _check(node: Node) -> Check:
    that = node.text or node.word("that") or ""
    return Check(that, node.word("say") or f"须符合：{that}", node.word("say_en") or f"must hold: {that}")


def _common(node: Node) -> dict[str, Any]:
    return {
        "title": node.word("title") or "",
        "title_en": node.word("title_en") or "",
        "checks": _checks(node),
        "review": _review(node),
        "retain_until": _retain(node),
        "ended": node.word("ended"),
    }


def _registers(pack: str, node: Node | None, base: Pack | None, bench: Workbench) -> Mapping[str, Register]:
    entries = node.entries if node else {}
    made: dict[str, Register] = {}
    for name, entry in entries.items():
        if base and name in base.registers:
            found = (f"名录 {name} 与公用名录同名", f"the register {name} has the name of a shared one")
            do = (f"请换一个名称，并写 extends: {name}。", f"Rename it and write extends: {name}.")
            bench.problems.append(
                problem(entry.at, found, ("在公用名录之上加字段，不留副本", "a register that extends the shared one, no copy"), do)
            )
    for name in entries:
        _register(pack, name, entries, base, bench, made, ())
    return MappingProxyType({name: made[name] for name in entries if name in made})


def _register(
    pack: str,
    name: str,
    entries: Mapping[str, Node],
    base: Pack | None,
    bench: Workbench,
    made: dict[str, Register],
    below: tuple[str, ...],
) -> Register | None:
    """A register and, before it, the one it extends; `below` are those that led here."""
    if name in made:
        return made[name]
    if name not in entries:
        return base.registers.get(name) if base else None
    entry = entries[name]
    parent_name = entry.word("extends")
    if name in below:
        chain = " → ".join((*below[below.index(name) :], name))
        spot = entry.get("extends") or entry
        bench.problems.append(
            problem(
                spot.at,
                (f"循环：{chain}", f"a circle: {chain}"),
                ("最终落在一个有 key 的名录上", "an end at a register with a key"),
                ("请去掉其中一个 extends。", "Take out one extends."),
            )
        )
        return None
    parent = None
    if parent_name:
        parent = _register(pack, parent_name, entries, base, bench, made, (*below, name))
        if parent is None and parent_name not in entries:
            known = [*entries, *(base.registers if base else ())]
            bench.problems.append(unknown((entry.get("extends") or entry).at, REGISTER_WORD, parent_name, known))
    if name not in made:
        made[name] = _extended(pack, name, entry, parent, bench)
    return made[name]


def _extended(pack: str, name: str, entry: Node, parent: Register | None, bench: Workbench) -> Register:
    own = bench.fields(entry.get("fields"))
    inherited = dict(parent.fields) if parent else {}
    for field in own.keys() & inherited.keys():
        spot = (entry.get("fields") or entry).entries[field]
        found = (f"字段 {field} 已由 {entry.word('extends')} 提供", f"the field {field} comes from {entry.word('extends')} already")
        bench.problems.append(
            problem(spot.at, found, ("只写新增的字段", "only fields it adds"), ("请删去，不留副本。", "Delete it: no copy."))
        )
    key = _words(entry, "key") or (parent.key if parent else ())
    fields = {**inherited, **own}
    for word in key:
        if word not in fields:
            bench.problems.append(unknown((entry.get("key") or entry).at, ("字段", "the field"), word, fields))
    if not key and entry.lacks("key") and entry.lacks("extends"):
        found = (f"名录 {name} 没有 key", f"the register {name} has no key")
        bench.problems.append(
            problem(
                entry.at,
                found,
                ("key：识别对象的字段", "key: the fields that identify a record"),
                ("请写上 key，或 extends。", "Write key, or extends."),
            )
        )
    return Register(
        pack=pack,
        name=name,
        key=key,
        fields=MappingProxyType(fields),
        own=tuple(own),
        extends=entry.word("extends"),
        holds=tuple(dict.fromkeys((*(parent.holds if parent else ()), *_words(entry, "holds")))),
        outside=entry.word("outside") == "true" or bool(parent and parent.outside),
        unique=_sets(entry, "unique"),
        **_common(entry),
    )


def _account(name: str, node: Node) -> model.Account:
    return model.Account(
        name,
        node.word("title") or "",
        _words(node, "holds"),
        node.word("title_en") or "",
        node.word("outside") == "true",
        node.word("ended"),
    )


def _item(name: str, node: Node) -> Item:
    units = node.get("units")
    return Item(
        name=name,
        title=node.word("title") or "",
        unit=node.word("unit") or "",
        title_en=node.word("title_en") or "",
        of=node.word("of"),
        units=MappingProxyType({k: int(v.text) if v.text.isdigit() else v.text for k, v in (units.entries if units else {}).items()}),
        expires=node.word("expires"),
        single=node.word("single") == "true",
        ended=node.word("ended"),
    )


def _parameter(name: str, node: Node, bench: Workbench) -> Parameter:
    kind = TYPES[node.word("type") or "integer"]
    places = node.word("places")
    made = Parameter(
        name=name,
        title=node.word("title") or "",
        type=kind,
        values=(),
        title_en=node.word("title_en") or "",
        unit=node.word("unit"),
        places=int(places) if places else None,
        by=_words(node, "by"),
    )
    values = node.get("values")
    dated = [_dated(made, v, bench) for v in (values.items or (values,) if values else ())]
    return replace(made, values=tuple(d for d in dated if d is not None))


def _dated(parameter: Parameter, node: Node, bench: Workbench) -> Dated | None:
    start, value = node.word("from"), node.get("value")
    if start is None or value is None:
        return None
    return Dated(date.fromisoformat(start), _branch(parameter, value, bench), node.word("set_by") or "")


def _branch(parameter: Parameter, node: Node, bench: Workbench) -> Branch:
    if isinstance(node.value, Mapping):
        return MappingProxyType({k: _branch(parameter, v, bench) for k, v in node.value.items()})
    as_field = Field(parameter.name, parameter.title, parameter.type, unit=parameter.unit, places=parameter.places)
    got = as_field.clean(node.text)
    if isinstance(got, (int, str)):
        return got
    expected, en = (got.expected, got.expected_en) if got and not isinstance(got, list) else ("一个值", "a value")
    bench.problems.append(problem(node.at, (f"“{node.text}”", f"“{node.text}”"), (expected, en), ("请改正。", "Mend it.")))
    return ""


def _event(pack: str, name: str, node: Node, bench: Workbench) -> model.Event:
    return model.Event(
        pack=pack,
        name=name,
        fields=MappingProxyType(bench.fields(node.get("fields"))),
        about=node.word("about"),
        once=_words(node, "once"),
        closes=_words(node, "closes"),
        must_close=node.word("must_close") == "true",
        **_common(node),
    )


def _transfers(pack: str, node: Node | None, bench: Workbench) -> Mapping[str, Transfer]:
    """Transfers; a return takes item and accounts from its loan, the other way round."""
    entries = node.entries if node else {}
    made = {name: _transfer(pack, name, entry, bench) for name, entry in entries.items()}
    for name, transfer in made.items():
        lent = made.get(transfer.returns or "")
        if lent and lent is not transfer:
            made[name] = replace(transfer, item=lent.item, source=lent.target, target=lent.source)
    return MappingProxyType(made)


def _transfer(pack: str, name: str, node: Node, bench: Workbench) -> Transfer:
    return Transfer(
        pack=pack,
        name=name,
        item=node.word("item") or "",
        source=node.word("from") or "",
        target=node.word("to") or "",
        fields=MappingProxyType(bench.fields(node.get("fields"))),
        loan=_loan(node.get("loan")),
        returns=node.word("returns"),
        limits=_limits(node.get("limit")),
        once=_words(node, "once"),
        closes=_words(node, "closes"),
        **_common(node),
    )


def _loan(node: Node | None) -> Loan | None:
    days = node.word("days") if node else None
    if node is None or days is None:
        return None
    return Loan(days, node.word("renewals") or "0", node.word("renew_days") or days, node.word("queue"))


def _limits(node: Node | None) -> tuple[Limit, ...]:
    members = () if node is None else node.items or (node,)
    return tuple(
        Limit(m.word("most") or "", _words(m, "per"), m.word("days") or "", m.word("say") or "", m.word("say_en") or "") for m in members
    )


def _indicator(name: str, node: Node) -> Indicator:
    places = node.word("places")
    return Indicator(
        name=name,
        title=node.word("title") or "",
        unit=node.word("unit") or "",
        value=node.word("value") or "",
        title_en=node.word("title_en") or "",
        also=_words(node, "also"),
        source=node.word("from"),
        where=node.word("where"),
        by=_words(node, "by"),
        kind="stock" if node.word("kind") == "stock" else "flow",
        places=int(places) if places else None,
        ended=node.word("ended"),
    )
