"""Cross checks of names: everything named exists and is of the right kind; no two things share a name people use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from taizhang.packs.model import Account, Event, Item, Pack, Parameter, Register, Retain, Transfer
from taizhang.packs.problems import At, PackProblem, Pair, problem, unknown
from taizhang.packs.reading import Node
from taizhang.packs.types import Field, unit_known

MEND = ("请改正。", "Mend it.")
_FIELD, _REGISTER, _ITEM = ("字段", "the field"), ("名录", "the register"), ("物项", "the item")
_HOLDER, _EVENT, _LOAN = ("名录或账户", "the register or account"), ("事项", "the event"), ("借出划转", "the loan")


def spot(root: Node, *path: str) -> At:
    """Where a path of keys stands, or the deepest part of it that does."""
    node = root
    for key in path:
        node = node.entries.get(key) or node
    return node.at


def naming(pack: Pack, root: Node) -> Iterator[PackProblem]:
    """Every problem of names in the pack."""
    yield from _one_name_one_thing(pack, root)
    for item in pack.items.values():
        yield from _item(pack, item, root)
    holders: list[Register | Account] = [*pack.registers.values(), *pack.accounts.values()]
    for holder in holders:
        yield from _holder(pack, holder, root)
    for section in ("registers", "events", "transfers"):
        for name, thing in getattr(pack, section).items():
            yield from _fields(pack, thing.fields, thing.own if section == "registers" else tuple(thing.fields), root, (section, name))
            yield from _retain(thing.fields, thing.retain_until, root, (section, name))
    yield from _retain({n: f for thing in _things(pack) for n, f in thing.fields.items()}, pack.retain_until, root, ())
    yield from _events(pack, root)
    yield from _transfers(pack, root)
    for parameter in pack.parameters.values():
        yield from _parameter(pack, parameter, root)
    yield from _indicators(pack, root)
    yield from _kept(pack, root)


def _wrong(at: At, found: Pair, expected: Pair, do: Pair = MEND) -> PackProblem:
    return problem(at, found, expected, do)


def _one_name_one_thing(pack: Pack, root: Node) -> Iterator[PackProblem]:
    """Types of entries and accounts share one space of names, and people tell them apart by title."""
    names: dict[str, str] = {}
    titles: dict[str, str] = {}
    for section in ("registers", "accounts", "events", "transfers"):
        for name, thing in getattr(pack, section).items():
            at = spot(root, section, name)
            if name in names:
                yield _wrong(
                    at,
                    (f"{name} 在 {names[name]} 中已有", f"{name} stands in {names[name]} already"),
                    ("互不相同的名称", "names that differ"),
                )
            if thing.title in titles:
                yield _wrong(
                    at,
                    (f"名称“{thing.title}”已用于 {titles[thing.title]}", f"the title “{thing.title}” is that of {titles[thing.title]}"),
                    ("互不相同的中文名称", "titles that differ"),
                )
            names.setdefault(name, section)
            titles.setdefault(thing.title, f"{section}.{name}")
    if "money" in pack.items:
        yield _wrong(spot(root, "items", "money"), ("money 已内置", "money is built in"), ("另一个名称", "another name"))


def clashes(named: Iterable[tuple[str, tuple[str, ...], At]]) -> Iterator[PackProblem]:
    """Two things that sheets could give the same head."""
    seen: dict[str, str] = {}
    for name, heads, at in named:
        for head in dict.fromkeys(heads):
            key = "".join(head.split()).casefold()
            if key in seen and seen[key] != name:
                found = (f"“{head}”也是 {seen[key]} 的名称或别名", f"“{head}” is also a title or synonym of {seen[key]}")
                yield _wrong(
                    at,
                    found,
                    ("互不相同的名称和别名", "titles and synonyms that differ"),
                    ("请改名，或删去一处别名。", "Rename one, or delete a synonym."),
                )
            seen.setdefault(key, name)


def _fields(pack: Pack, fields: Mapping[str, Field], own: tuple[str, ...], root: Node, path: tuple[str, ...]) -> Iterator[PackProblem]:
    yield from clashes((name, f.heads, spot(root, *path, "fields", name)) for name, f in fields.items())
    for name in own:
        field = fields[name]
        if field.of and pack.register(field.of) is None:
            yield unknown(spot(root, *path, "fields", name, "of"), _REGISTER, field.of, _registers(pack))


def _retain(fields: Mapping[str, Field], retain: Retain | None, root: Node, path: tuple[str, ...]) -> Iterator[PackProblem]:
    days = ["day", *(n for n, f in fields.items() if f.type.kind == "date")]
    if retain and retain.after not in days:
        yield unknown(spot(root, *path, "retain_until", "after"), ("日期", "the day"), retain.after, days)


def _things(pack: Pack) -> list[Register | Event | Transfer]:
    return [*pack.registers.values(), *pack.events.values(), *pack.transfers.values()]


def _registers(pack: Pack) -> list[str]:
    return [*pack.registers, *(pack.base.registers if pack.base else ())]


def _unit(unit: str, at: At) -> Iterator[PackProblem]:
    if unit and not unit_known(unit):
        yield _wrong(
            at, (f"单位 {unit} 不在单位表中", f"the unit {unit} is not in the table of units"), ("单位表中的单位", "a unit of the table")
        )


def _item(pack: Pack, item: Item, root: Node) -> Iterator[PackProblem]:
    path = ("items", item.name)
    yield from _unit(item.unit, spot(root, *path, "unit"))
    register = pack.register(item.of) if item.of else None
    if item.of and register is None:
        yield unknown(spot(root, *path, "of"), _REGISTER, item.of, _registers(pack))
    fields = register.fields if register else {}
    for unit, size in item.units.items():
        at = spot(root, *path, "units", unit)
        yield from _unit(unit, at)
        if unit == item.unit:
            yield _wrong(at, (f"{unit} 就是最小单位", f"{unit} is the smallest part itself"), ("较大的单位", "a larger unit"))
        if isinstance(size, int) and size < 1:
            yield _wrong(
                at, (f"1{unit} 合 {size}{item.unit}", f"one {unit} is {size} {item.unit}"), ("不小于 1 的整数", "a whole number from 1")
            )
        if isinstance(size, str) and (size not in fields or fields[size].type.name != "integer"):
            yield unknown(at, ("整数字段", "the integer field"), size, [n for n, f in fields.items() if f.type.name == "integer"])
    if item.expires and (item.expires not in fields or fields[item.expires].type.name != "date"):
        yield unknown(
            spot(root, *path, "expires"),
            ("日期字段", "the date field"),
            item.expires,
            [n for n, f in fields.items() if f.type.name == "date"],
        )
    if item.single and not item.of:
        yield _wrong(
            spot(root, *path, "single"),
            ("single 而没有 of", "single without of"),
            ("of：每个对象各是一个物项", "of: each record is an item of its own"),
        )


def _holder(pack: Pack, holder: Register | Account, root: Node) -> Iterator[PackProblem]:
    section = "registers" if isinstance(holder, Register) else "accounts"
    for name in holder.holds:
        if pack.item(name) is None:
            yield unknown(spot(root, section, holder.name, "holds"), _ITEM, name, ["money", *pack.items])
    if holder.outside and not holder.holds:
        yield _wrong(
            spot(root, section, holder.name, "outside"),
            ("outside 而没有 holds", "outside without holds"),
            ("holds：可存放的物项", "holds: the items it can hold"),
        )


def _events(pack: Pack, root: Node) -> Iterator[PackProblem]:
    for name, event in pack.events.items():
        if event.about and pack.register(event.about) is None:
            yield unknown(spot(root, "events", name, "about"), _REGISTER, event.about, _registers(pack))
        yield from _closes(pack, event.closes, spot(root, "events", name, "closes"))


def _closes(pack: Pack, closes: tuple[str, ...], at: At) -> Iterator[PackProblem]:
    for name in closes:
        if name not in pack.events:
            yield unknown(at, _EVENT, name, pack.events)


def _transfers(pack: Pack, root: Node) -> Iterator[PackProblem]:
    for name, transfer in pack.transfers.items():
        path = ("transfers", name)
        node = root.entries["transfers"].entries[name]
        yield from _closes(pack, transfer.closes, spot(root, *path, "closes"))
        if transfer.returns is not None:
            yield from _returns(pack, node, transfer.returns)
            continue
        for key, value in (("item", transfer.item), ("from", transfer.source), ("to", transfer.target)):
            if not value and node.lacks(key):
                yield _wrong(
                    node.at,
                    (f"划转缺少 {key}", f"the transfer has no {key}"),
                    ("item、from、to，或 returns", "item, from and to, or returns"),
                    (f"请写上 {key}。", f"Write {key}."),
                )
        yield from _ends(pack, node, transfer.item, {"from": transfer.source, "to": transfer.target})
        if transfer.loan and transfer.loan.queue and transfer.loan.queue not in pack.events:
            yield unknown(spot(root, *path, "loan", "queue"), _EVENT, transfer.loan.queue, pack.events)


def _returns(pack: Pack, node: Node, returns: str) -> Iterator[PackProblem]:
    loans = [n for n, t in pack.transfers.items() if t.loan]
    if returns not in loans:
        yield unknown(spot(node, "returns"), _LOAN, returns, loans)
    for key in ("item", "from", "to", "loan"):
        if key in node.entries:
            yield _wrong(
                spot(node, key),
                (f"returns 与 {key} 并列", f"returns beside {key}"),
                ("归还的物项和两端由借出得出", "a return takes item and accounts from its loan"),
                (f"请删去 {key}。", f"Delete {key}."),
            )


def _ends(pack: Pack, node: Node, item: str, ends: Mapping[str, str]) -> Iterator[PackProblem]:
    known = pack.item(item)
    if item and known is None:
        yield unknown(spot(node, "item"), _ITEM, item, ["money", *pack.items])
    holders = {key: pack.holder(name) for key, name in ends.items() if name}
    for key, holder in holders.items():
        if holder is None:
            yield unknown(spot(node, key), _HOLDER, ends[key], [*_registers(pack), *pack.accounts])
        elif known and item not in holder.holds:
            found = (f"{holder.title}（{ends[key]}）不能存放 {item}", f"{ends[key]} does not hold {item}")
            yield _wrong(
                spot(node, key),
                found,
                (f"holds 中有 {item} 的账户", f"an account that holds {item}"),
                ("请在 holds 中写上，或改用别的账户。", "Add it to holds, or use another account."),
            )
    if len(holders) == 2 and all(h is not None and h.outside for h in holders.values()):
        yield _wrong(node.at, ("两端都在账外", "both ends are outside"), ("至少一端在账内", "at least one end inside"))


def _parameter(pack: Pack, parameter: Parameter, root: Node) -> Iterator[PackProblem]:
    path = ("parameters", parameter.name)
    yield from _unit(parameter.unit or "", spot(root, *path, "unit"))
    if parameter.unit is None and parameter.type.name in ("integer", "decimal"):
        yield _wrong(spot(root, *path), ("没有单位", "no unit"), ("unit：单位", "unit: its unit"), ("请写上 unit。", "Write unit."))
    for earlier, later in pairwise(parameter.values):
        if later.start <= earlier.start:
            found = (f"{later.start} 排在 {earlier.start} 之后", f"{later.start} stands after {earlier.start}")
            yield _wrong(spot(root, *path, "values"), found, ("起始日期依次递增", "from-dates that rise"))
    if not parameter.values:
        yield _wrong(spot(root, *path, "values"), ("没有值", "no values"), ("至少一个时期的值", "the value of at least one time"))
    choices = [_choices(pack, by) for by in parameter.by]
    for by, listed in zip(parameter.by, choices, strict=True):
        if not listed:
            yield _wrong(
                spot(root, *path, "by"),
                (f"{by} 不是名录的选项字段", f"{by} is no choice field of a register"),
                ("如 reader.kind", "such as reader.kind"),
            )
    if all(choices):
        for i, dated in enumerate(parameter.values):
            values = spot(root, *path, "values")
            yield from _branches(dated.value, choices, values.under(f"[{i}]"))


def _choices(pack: Pack, path: str) -> tuple[str, ...]:
    name, _, last = path.partition(".")
    register = pack.register(name)
    field = register.fields.get(last) if register else None
    return field.choices if field and field.type.name == "choice" else ()


def _branches(value: object, choices: list[tuple[str, ...]], at: At) -> Iterator[PackProblem]:
    """A value for every choice of `by`, and nothing else."""
    if not choices:
        if isinstance(value, Mapping):
            yield _wrong(at, ("分项的值", "a value for each of several"), ("一个值（by 没有这么多层）", "one value (by has fewer levels)"))
        return
    if not isinstance(value, Mapping):
        yield _wrong(at, ("一个值", "one value"), ("分项：" + "、".join(choices[0]), "one for each of " + ", ".join(choices[0])))
        return
    for choice in choices[0]:
        if choice not in value:
            yield _wrong(
                at,
                (f"缺少 {choice}", f"{choice} is missing"),
                ("、".join(choices[0]), ", ".join(choices[0])),
                (f"请写上 {choice} 的值。", f"Write the value of {choice}."),
            )
    for choice, below in value.items():
        if choice not in choices[0]:
            yield unknown(at.under(choice), ("选项", "the choice"), choice, choices[0])
        else:
            yield from _branches(below, choices[1:], at.under(choice))


def _indicators(pack: Pack, root: Node) -> Iterator[PackProblem]:
    for name, indicator in pack.indicators.items():
        yield from _unit(indicator.unit, spot(root, "indicators", name, "unit"))
        known = [*pack.events, *pack.transfers, *_registers(pack)]
        if indicator.source and indicator.source not in known:
            yield unknown(spot(root, "indicators", name, "from"), ("条目或名录", "the entry type or register"), indicator.source, known)
    yield from clashes((name, (i.title, *i.also), spot(root, "indicators", name)) for name, i in pack.indicators.items())


def _kept(pack: Pack, root: Node) -> Iterator[PackProblem]:
    """A pack with personal values says how long they are kept."""
    personal = [t for t in _things(pack) if t.retain_until is None and any(f.personal for f in t.fields.values())]
    if personal and pack.retain_until is None:
        found = (
            f"{personal[0].title} 有个人信息，却没有保存期",
            f"{personal[0].name} has personal values, but nothing says how long they are kept",
        )
        yield _wrong(
            root.at,
            found,
            ("retain_until：保存期", "retain_until"),
            ("请在专项或该项上写 retain_until。", "Write retain_until for the pack or for it."),
        )
