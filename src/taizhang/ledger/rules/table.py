"""Rows of tables become proposals: what each head of a column means, for one type of entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from taizhang.core import Problem
from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.rules import words
from taizhang.ledger.rules.loans import RENEW
from taizhang.ledger.rules.nouns import Proposal, Raw
from taizhang.ledger.rules.plan import Plan, plan_of
from taizhang.packs import Register, Transfer

HEADS: Mapping[str, tuple[str, ...]] = {
    "day": ("日期", "发生日期", "day"),
    "place": ("地点", "区划", "行政区划", "区划代码", "place"),
    "record": ("对象", "record"),
    "item": ("物项", "item"),
    "quantity": ("数量", "金额", "quantity"),
    "unit": ("单位", "计量单位", "unit"),
    "source": ("调出", "转出", "from", "source"),
    "target": ("调入", "转入", "to", "target"),
    "due": ("应还日期", "due"),
    "of": ("借出识别码", "借出编号", "of"),
    "uid": ("识别码", "编号", "uid"),
}
"""The heads of what is no field of a pack. A field of the type goes before them, by its own title."""
MOST_TABLES = 200
_MOVING = ("item", "quantity", "unit", "source", "target", "due")
_NESTED = 4

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heads:
    """What the heads of a table mean: `values` are fields, `parts` parts of the entry, `keys` key fields of a record it names."""

    kind: Any
    type: str
    values: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, tuple[str, Path]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def proposal(
        self, row: Mapping[str, Raw], *, actor: str, where: str = "", day: Raw = None, place: Raw = None, uid: str | None = None
    ) -> Proposal:
        """The proposal of a row; `day`, `place` and `uid` are for rows that do not say them."""
        told: dict[str, Any] = {part: row[head] for head, part in self.parts.items() if not _empty(row[head])}
        for head, (part, path) in self.keys.items():
            if not _empty(row[head]):
                _put(told, (part, *path), row[head])
        unit = told.pop("unit", None)
        if unit is not None and "quantity" in told:
            told["quantity"] = _with_unit(told["quantity"], str(unit).strip())
        for part in ("uid", "of"):
            if part in told:
                told[part] = str(told[part]).strip()
        told = {"day": day, "place": place, "uid": uid, **told}
        return Proposal(
            self.kind, self.type, values={head: row[head] for head in self.values}, actor=actor, where=where, problems=self.problems, **told
        )


def proposal_of(
    row: Mapping[str, Raw],
    type_name: str,
    catalogue: Catalogue,
    *,
    actor: str,
    where: str = "",
    day: Raw = None,
    place: Raw = None,
    uid: str | None = None,
) -> Proposal:
    """The proposal of a row by its heads: titles, synonyms or names of fields, 日期, 地点, 对象, 物项, 数量, 单位, 调出, 调入, 应还日期, 识别码.

    A record may also be given under the title of its register (药库, 药箱), or by its key fields each in a column of its own.
    Heads that mean nothing are problems of the proposal.
    """
    return heads_of(tuple(row), type_name, catalogue).proposal(row, actor=actor, where=where, day=day, place=place, uid=uid)


def heads_of(heads: tuple[str, ...], type_name: str, catalogue: Catalogue) -> Heads:
    """What these heads mean for a type of entry; found once for a table."""
    known: dict[tuple[str, tuple[str, ...]], Heads] = catalogue.__dict__.setdefault("_rule_heads", {})
    found = known.get((type_name, heads))
    if found is None:
        if len(known) >= MOST_TABLES:
            known.clear()
        found = known[type_name, heads] = _found(heads, type_name, catalogue)
    return found


def _found(heads: tuple[str, ...], type_name: str, catalogue: Catalogue) -> Heads:
    thing = catalogue.things.get(type_name)
    if thing is None and type_name != RENEW:
        return Heads("event", type_name, problems=(words.unknown_type(type_name, catalogue.things),))
    plan = plan_of(catalogue, thing) if thing else None
    parts, keys = parts_of(plan), dict(_keys(catalogue, plan)) if plan else {}
    made = _Sorter(plan, parts, keys)
    for head in heads:
        made.take(head)
    return Heads(plan.entry_kind if plan else "event", type_name, tuple(made.values), made.parts, made.keys, tuple(made.problems))


class _Sorter:
    """Takes one head after the other."""

    def __init__(self, plan: Plan | None, parts: Mapping[str, str], keys: Mapping[str, list[tuple[str, Path]]]) -> None:
        self.plan, self.known_parts, self.known_keys = plan, parts, keys
        self.values: list[str] = []
        self.parts: dict[str, str] = {}
        self.keys: dict[str, tuple[str, Path]] = {}
        self.problems: list[Problem] = []
        self._taken: set[tuple[str, Path]] = set()

    def take(self, head: str) -> None:
        """Sort a head."""
        bare = _bare(head)
        if self.plan and self.plan.head(head) is not None:
            self.values.append(head)
        elif (part := self.known_parts.get(bare)) is not None:
            if self._is_free(head, part, ()):
                self.parts[head] = part
        elif len(found := self.known_keys.get(bare, [])) == 1:
            if self._is_free(head, *found[0]):
                self.keys[head] = found[0]
        elif found:
            self.problems.append(words.which_end(head, [self._title(part) for part, _ in found]))
        else:
            self.problems.append(words.no_field(head, self._titles()))

    def _is_free(self, head: str, part: str, path: Path) -> bool:
        """A part is told once: whole, or by its key fields."""
        clash = any(p == part and (not path or not q or q[: len(path)] == path or path[: len(q)] == q) for p, q in self._taken)
        if clash:
            self.problems.append(words.told_twice(head, self._title(part)))
        self._taken.add((part, path))
        return not clash

    @staticmethod
    def _title(part: str) -> str:
        return HEADS[part][0]

    def _titles(self) -> list[str]:
        """What a head may be: fields, the registers of what the entry names, the parts every entry has."""
        fields = [f.title for f in self.plan.thing.fields.values() if not f.computed] if self.plan else []
        registers = [register.title for _, register in registers_of(self.plan)] if self.plan else []
        return list(dict.fromkeys([*fields, *registers, *map(self._offered, self.known_parts.values())]))

    def _offered(self, part: str) -> str:
        """The first head of a part that is not taken by a field: where a field is called 地点, the place is 区划."""
        free = (head for head in HEADS[part] if self.plan is None or self.plan.head(head) is None)
        return next(free, part)


def parts_of(plan: Plan | None) -> dict[str, str]:
    """The heads that are no fields; an end also by the title of its register, where both differ."""
    thing = plan.thing if plan else None
    left_out = {"due", *_MOVING} if not isinstance(thing, Transfer) else {"record"}
    if plan is not None and not isinstance(thing, Transfer):
        left_out.add("of")
        if not isinstance(thing, Register) and plan.about is None:
            left_out.add("record")
    found = {_bare(head): part for part, heads in HEADS.items() if part not in left_out for head in heads}
    named = list(registers_of(plan)) if plan else []
    for part, register in named:
        if [r.type for _, r in named].count(register.type) == 1:
            found.setdefault(_bare(register.title), part)
            found.setdefault(_bare(register.name), part)
    return found


def registers_of(plan: Plan) -> Iterator[tuple[str, Register]]:
    """The registers of the records an entry names besides its fields."""
    if plan.about:
        yield "record", plan.about
    if isinstance(plan.thing, Transfer):
        if plan.item_register:
            yield "item", plan.item_register
        for part, name in (("source", plan.thing.source), ("target", plan.thing.target)):
            if register := plan.pack.register(name):
                yield part, register


def _keys(catalogue: Catalogue, plan: Plan) -> Iterator[tuple[str, list[tuple[str, Path]]]]:
    """The heads of key fields of records an entry names, with what they may be part of."""
    found: dict[str, list[tuple[str, Path]]] = {}
    for part, register in registers_of(plan):
        for heads, path in _key_fields(catalogue, catalogue.root(register), ()):
            for head in heads:
                ways = found.setdefault(_bare(head), [])
                if (part, path) not in ways:
                    ways.append((part, path))
    yield from found.items()


def _key_fields(catalogue: Catalogue, root: Register, path: Path) -> Iterator[tuple[tuple[str, ...], Path]]:
    for name in root.key if len(path) < _NESTED else ():
        key = root.fields[name]
        yield (name, *key.heads), (*path, name)
        inner = catalogue.packs[root.pack].register(key.of or "")
        if inner is not None:
            yield from _key_fields(catalogue, catalogue.root(inner), (*path, name))


def _put(told: dict[str, Any], path: Path, raw: Raw) -> None:
    *above, last = path
    for name in above:
        told = told.setdefault(name, {})
    told[last] = raw


def _with_unit(quantity: Raw, unit: str) -> Raw:
    text = str(quantity).strip()
    return text if text.endswith(unit) else f"{text}{unit}"


def _bare(head: str) -> str:
    return "".join(head.split()).casefold()


def _empty(raw: Raw) -> bool:
    return raw is None or (isinstance(raw, str) and not raw.strip())
