"""Fields from their definitions: taken from the dictionary, or defined in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from taizhang.core import unit_named
from taizhang.packs.problems import PackProblem, problem, unknown
from taizhang.packs.reading import Node
from taizhang.packs.types import TYPES, Field, unit_known
from taizhang.packs.types.texts import Text

MOST_PLACES = 12
LIMITS = frozenset({"unit", "places", "min", "max", "length", "choices", "of", "open"})
COMMON = frozenset({"field", "title", "title_en", "also", "type", "required", "personal", "computed", "ended"})
FIELD_WORD = ("字段", "the field")


@dataclass(slots=True)
class Workbench:
    """What building a pack gathers: the dictionary so far, and what went wrong."""

    dictionary: dict[str, Field] = field(default_factory=dict)
    problems: list[PackProblem] = field(default_factory=list)

    def dictionary_of(self, node: Node | None, base: Mapping[str, Field]) -> None:
        """Fill the dictionary: the base's fields, then the pack's own, each defined once."""
        self.dictionary.update(base)
        for name, entry in (node.entries if node else {}).items():
            if name in base:
                self.problems.append(
                    problem(
                        entry.at,
                        (
                            f"字段 {name} 已在公用字典中（{base[name].title}）",
                            f"the field {name} is in the shared dictionary already ({base[name].title})",
                        ),
                        ("每个字段只定义一次", "each field once"),
                        ("请删去，直接用公用的；意思不同就换一个名称。", "Delete it and use the shared one, or give it another name."),
                    )
                )
            else:
                self.dictionary[name] = self.field(name, entry)

    def fields(self, node: Node | None) -> dict[str, Field]:
        """The fields of a register or entry type, by the names they have there."""
        return {name: self.field(name, entry) for name, entry in (node.entries if node else {}).items()}

    def field(self, name: str, node: Node) -> Field:
        """One field. What is wrong with it is noted, and a text stands in where nothing better is known."""
        wanted = node.text or node.word("field")
        known = self.dictionary.get(wanted) if wanted else None
        if wanted and known is None:
            self.problems.append(unknown(node.at, FIELD_WORD, wanted, self.dictionary))
        given = known or Field(name, node.word("title") or name, self._type(node, defining=wanted is None))
        made = replace(_with(given, node), name=name)
        self._check(made, node, known)
        return made

    def _type(self, node: Node, defining: bool) -> Text:
        for key in ("title", "type") if defining else ():
            if node.lacks(key):
                self.problems.append(
                    problem(
                        node.at,
                        (f"字段缺少 {key}", f"the field has no {key}"),
                        ("title 和 type，或 field: 字典中的名称", "title and type, or field: a name of the dictionary"),
                        (f"请写上 {key}。", f"Write {key}."),
                    )
                )
        return Text()

    def _check(self, made: Field, node: Node, known: Field | None) -> None:
        if known is not None and node.get("type") is not None and TYPES[node.word("type") or ""] != known.type:
            self._no(
                node, "type", f"字典中 {known.name} 的类型是 {known.type.name}", f"{known.name} is a {known.type.name} in the dictionary"
            )
        for key in LIMITS & set(node.entries) - made.type.takes:
            accepted = "、".join(sorted(made.type.takes)) or "—"
            self._no(
                node,
                key,
                f"类型 {made.type.name} 用不着 {key}（可用：{accepted}）",
                f"the type {made.type.name} has no use for {key} (it takes: {accepted})",
            )
        for key in made.type.needs - {k for k, v in _given(made).items() if v not in (None, ())}:
            self._no(node, None, f"类型 {made.type.name} 需要 {key}", f"the type {made.type.name} needs {key}")
        if made.unit and "unit" in node.entries and not unit_known(made.unit):
            self._no(node, "unit", f"单位 {made.unit} 不在单位表中", f"the unit {made.unit} is not in the table of units")
        elif made.type.name == "area" and made.unit and (unit := unit_named(made.unit)) and unit.base != "平方米":
            self._no(node, "unit", f"{made.unit} 不是面积单位", f"{made.unit} is no unit of area")
        if made.places is not None and made.places > MOST_PLACES:
            self._no(node, "places", f"位数超过 {MOST_PLACES}", f"more than {MOST_PLACES} places")
        if len(set(made.choices)) != len(made.choices):
            self._no(node, "choices", "可选的值有重复", "a choice stands twice")
        self._limits(made, node)

    def _limits(self, made: Field, node: Node) -> None:
        days = made.type.kind == "date"
        for key, limit in (("min", made.low), ("max", made.high)):
            if key in node.entries and limit is not None and isinstance(limit, str) != days:
                self._no(node, key, "界限与类型不符", "a limit of another kind than the type")
                return
        low, high = made.low, made.high
        numbers = isinstance(low, Decimal) and isinstance(high, Decimal) and low > high
        if numbers or (isinstance(low, str) and isinstance(high, str) and "today" not in (low, high) and low > high):
            self._no(node, "min", "下限大于上限", "the least value is greater than the greatest")

    def _no(self, node: Node, key: str | None, zh: str, en: str) -> None:
        spot = node.get(key) if key else None
        self.problems.append(
            problem((spot or node).at, (zh, en), ("相符的定义", "a definition that fits together"), ("请改正。", "Mend it."))
        )


def _given(made: Field) -> dict[str, object]:
    return {
        "unit": made.unit,
        "places": made.places,
        "choices": made.choices,
        "of": made.of,
        "min": made.low,
        "max": made.high,
        "length": made.length,
    }


def _with(given: Field, node: Node) -> Field:
    """The field with what its definition says in place of what it had."""
    has = node.entries
    kind = TYPES[has["type"].text] if "type" in has else given.type
    return replace(
        given,
        type=kind,
        title=node.word("title") or given.title,
        title_en=node.word("title_en") or given.title_en,
        also=_lines(node, "also", given.also),
        unit=node.word("unit") or given.unit or UNITS.get(kind.name),
        places=int(has["places"].text) if "places" in has else given.places,
        low=_limit(node, "min", given.low),
        high=_limit(node, "max", given.high),
        length=int(has["length"].text) if "length" in has else given.length,
        choices=_lines(node, "choices", given.choices),
        of=node.word("of") or given.of,
        required=_yes(node, "required", given.required),
        personal=_yes(node, "personal", given.personal or kind.personal),
        open=_yes(node, "open", given.open),
        computed=node.word("computed") or given.computed,
        ended=node.word("ended") or given.ended,
    )


UNITS = {"money": "元", "percent": "%"}


def _lines(node: Node, key: str, given: tuple[str, ...]) -> tuple[str, ...]:
    found = node.get(key)
    return given if found is None else tuple(n.text for n in found.items)


def _yes(node: Node, key: str, given: bool) -> bool:
    word = node.word(key)
    return given if word is None else word == "true"


def _limit(node: Node, key: str, given: Decimal | str | None) -> Decimal | str | None:
    word = node.word(key)
    if word is None:
        return given
    return word if word == "today" or word.count("-") == 2 else Decimal(word)
