"""Cases: acts in plain words and what must be seen afterwards. Here their words are checked; running them is the ledger's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from taizhang.core import Problem, places, places_by_name
from taizhang.packs.model import Event, Indicator, Item, Pack, Register, Transfer
from taizhang.packs.naming import spot
from taizhang.packs.problems import At, PackProblem, Pair, problem, unknown
from taizhang.packs.reading import Node
from taizhang.packs.types import Field, number
from taizhang.packs.types.texts import PLACE_CODE

PERIOD = re.compile(r"\d{4}(-Q[1-4]|-\d\d(-\d\d)?)?", re.ASCII)
QUANTITY = re.compile(r"([\d.,]+(?:万|亿)?)(\D{1,8})", re.ASCII)
NOT_KNOWN = "无"
Thing = Register | Event | Transfer


def find_by_words(things: Mapping[str, Any], words: str | None) -> Any | None:
    """The thing with that name, title or synonym."""
    if words is None:
        return None
    if words in things:
        return things[words]
    return next((t for t in things.values() if words == t.title or words in getattr(t, "also", ())), None)


def check_case(pack: Pack, case: Node) -> list[PackProblem]:
    """Every problem of one case: names that do not exist, values that cannot be, what is used before it is there."""
    return list(_Case(pack, case).problems())


class _Case:
    """One case being read, with the records and steps seen so far."""

    def __init__(self, pack: Pack, case: Node) -> None:
        self.pack, self.case = pack, case
        self.records: dict[str, Register] = {}
        self.steps: dict[str, Thing] = {}
        day = case.word("today")
        self.today = date.fromisoformat(day) if day else date.max

    def problems(self) -> Iterator[PackProblem]:
        """Step by step, then the outcome."""
        yield from self._place(self.case)
        steps = self.case.get("steps")
        acts = steps.items if steps else ()
        for step in acts:
            yield from self._step(step)
        yield from self._kind(acts)
        if then := self.case.get("then"):
            yield from self._then(then)

    def _kind(self, acts: tuple[Node, ...]) -> Iterator[PackProblem]:
        kind = self.case.word("kind")
        wrong = any(s.get("refused") or s.get("exists") for s in acts)
        if kind == "wrong" and not wrong:
            yield _no(
                spot(self.case, "kind"),
                ("没有被拒绝的一步", "no step is refused"),
                ("一步带 refused 或 exists", "a step with refused or exists"),
            )
        if kind == "correction" and not any(s.word("do") == "红冲" for s in acts):
            yield _no(spot(self.case, "kind"), ("没有红冲", "no strike (红冲)"), ("一步 do: 红冲", "a step do: 红冲"))

    def _place(self, node: Node) -> Iterator[PackProblem]:
        place = node.word("place")
        if place is None:
            return
        known = any(p.code == place for p in places()) if PLACE_CODE.fullmatch(place) and len(place) <= 6 else False
        if not known and not (PLACE_CODE.fullmatch(place) and len(place) > 6) and len(places_by_name().get(place, ())) != 1:
            yield _no(
                spot(node, "place"),
                (f"地点 {place} 不认识", f"the place {place} is not known"),
                ("区划代码或县级以上名称", "a place code, or a name of a county or above"),
            )

    def _step(self, step: Node) -> Iterator[PackProblem]:
        do = step.word("do") or ""
        read: dict[str, Callable[[Node], Iterator[PackProblem]]] = {
            "登记": self._state,
            "事项": self._event,
            "划转": self._transfer,
            "红冲": self._strike,
        }
        yield from self._place(step)
        yield from read.get(do, self._about_step)(step)

    def _label(self, step: Node, thing: Thing | None) -> None:
        label = step.word("as")
        if label and thing is not None:
            self.steps[label] = thing

    def _state(self, step: Node) -> Iterator[PackProblem]:
        registers = {**(self.pack.base.registers if self.pack.base else {}), **self.pack.registers}
        register = find_by_words(registers, step.word("what"))
        if register is None:
            yield self._no_such(step, "what", ("名录", "the register"), registers)
            return
        record = step.word("record")
        if record is None:
            yield _no(step.at, ("登记缺少 record", "a 登记 without record"), ("record：给对象起的名字", "record: a name for it"))
        yield from self._values(step, register.fields, register.key if record not in self.records else ())
        if record and not step.get("refused"):
            self.records[record] = register
        self._label(step, register)

    def _event(self, step: Node) -> Iterator[PackProblem]:
        event = find_by_words(self.pack.events, step.word("what"))
        if event is None:
            yield self._no_such(step, "what", ("事项", "the event"), self.pack.events)
            return
        if event.about:
            yield from self._record(step, "record")
        yield from self._values(step, event.fields)
        self._label(step, event)

    def _transfer(self, step: Node) -> Iterator[PackProblem]:
        transfer = find_by_words(self.pack.transfers, step.word("what"))
        if transfer is None:
            yield self._no_such(step, "what", ("划转", "the transfer"), self.pack.transfers)
            return
        for key, end in (("from", transfer.source), ("to", transfer.target)):
            if self.pack.register(end):
                yield from self._record(step, key)
        yield from self._amount(step, self.pack.item(transfer.item))
        yield from self._values(step, transfer.fields)
        self._label(step, transfer)

    def _strike(self, step: Node) -> Iterator[PackProblem]:
        yield from self._about_step(step)
        if restate := step.get("restate"):
            yield from self._step(restate)

    def _about_step(self, step: Node) -> Iterator[PackProblem]:
        """归还, 续借, 红冲, 接受, 退回 and days due name an earlier step; the first three may be named in their turn."""
        do, of = step.word("do") or "", step.word("of")
        thing = self.steps.get(of or "")
        if of not in self.steps:
            yield unknown(spot(step, "of"), ("以前的一步", "the earlier step"), of or "（未写 of）", self.steps)
        elif do in ("归还", "续借") and not getattr(self.steps[of], "loan", None):
            yield _no(spot(step, "of"), (f"{of} 不是借出", f"{of} is no loan"), ("一步借出", "a step that lent"))
        elif do == "归还" and thing is not None:
            lent, thing = thing, next((t for t in self.pack.transfers.values() if t.returns == thing.name), None)
            if thing is None:
                found = (f"没有归还 {lent.title} 的划转", f"no transfer returns {lent.name}")
                yield _no(spot(step, "of"), found, ("专项中带 returns 的划转", "a transfer of the pack with `returns`"))
            else:
                yield from self._values(step, thing.fields)
        if do in ("红冲", "退回") and not step.get("why"):
            yield _no(step.at, (f"{do}缺少 why", f"a {do} without why"), ("why：原因", "why: the reason"))
        if do in ("归还", "续借", "红冲"):
            self._label(step, thing)

    def _record(self, node: Node, key: str) -> Iterator[PackProblem]:
        record = node.word(key)
        if record is None:
            yield _no(node.at, (f"缺少 {key}", f"{key} is missing"), (f"{key}：先已登记的对象", f"{key}: a record registered before"))
        elif record not in self.records:
            yield unknown(spot(node, key), ("对象", "the record"), record, self.records)

    def _reference(self, node: Node, wanted: str) -> Iterator[PackProblem]:
        """A record of the register wanted, or of one that extends it, by the name the case gave it."""
        register = self.records.get(node.text)
        if register is None:
            yield unknown(node.at, ("对象", "the record"), node.text, self.records)
            return
        while register and register.name != wanted:
            register = self.pack.register(register.extends or "")
        if register is None:
            yield _no(
                node.at,
                (f"{node.text} 是别的名录的对象", f"{node.text} is of another register"),
                (f"{wanted} 的对象", f"a record of {wanted}"),
            )

    def _values(self, step: Node, fields: Mapping[str, Field], needed: Iterable[str] = ()) -> Iterator[PackProblem]:
        """Each value under a known field, and such that it would be taken; a step to be refused may have bad ones."""
        values = step.get("values")
        given: set[str] = set()
        for words, node in (values.entries if values else {}).items():
            field = find_by_words(fields, words)
            if field is None:
                yield unknown(node.at, ("字段", "the field"), words, [f.title for f in fields.values()])
                continue
            given.add(field.name)
            if field.of:
                yield from self._reference(node, field.of)
                continue
            got = field.clean(_raw(node), self.today)
            if isinstance(got, Problem) and not step.get("refused"):
                yield problem(node.at, (got.found, got.found_en), (got.expected, got.expected_en), (got.do, got.do_en))
        for name in () if step.get("refused") else needed:
            if name in fields and name not in given and not fields[name].computed:
                yield _no(
                    step.at, (f"缺少 {fields[name].title}", f"{name} is missing"), ("识别对象的字段", "the fields that identify the record")
                )

    def _amount(self, node: Node, item: Item | None) -> Iterator[PackProblem]:
        if item is None:
            return
        if item.of:
            yield from self._record(node, "item")
        quantity = node.word("quantity")
        if quantity is None:
            if not item.single:
                yield _no(node.at, ("缺少 quantity", "quantity is missing"), ("quantity：数量和单位", "quantity: a number and its unit"))
        elif not node.get("refused"):
            yield from self._quantity(quantity, item, spot(node, "quantity"))

    def _quantity(self, text: str, item: Item, at: At) -> Iterator[PackProblem]:
        units = list(dict.fromkeys([item.unit, *([item.part] if item.part else []), *item.units]))
        m = QUANTITY.fullmatch(text.replace(" ", ""))
        if not m or m[2] not in units:
            yield _no(
                at, (f"数量 {text}", f"the quantity {text}"), ("数量和单位：" + "、".join(units), "a number and one of " + ", ".join(units))
            )
            return
        value, size = number(m[1], None), item.units.get(m[2], 1)
        parts = item.parts if m[2] == item.unit else size
        if isinstance(parts, int) and (not isinstance(value, Fraction) or (value * parts).denominator != 1):
            yield _no(
                at,
                (f"数量 {text}", f"the quantity {text}"),
                (f"合整数个 {item.part or item.unit}", f"a whole number of {item.part or item.unit}"),
            )

    def _then(self, then: Node) -> Iterator[PackProblem]:
        for node in _members(then, "balances"):
            yield from self._balance(node)
        for node in _members(then, "records"):
            yield from self._record(node, "record")
            register = self.records.get(node.word("record") or "")
            if register:
                yield from self._values(node, register.fields)
        for node in _members(then, "due"):
            yield from self._about_step(node)
        for node in _members(then, "figures"):
            yield from self._figure(node)

    def _balance(self, node: Node) -> Iterator[PackProblem]:
        account, item = node.word("account") or "", node.word("item") or ""
        if account not in self.records and find_by_words(self.pack.accounts, account) is None:
            yield unknown(
                spot(node, "account"), ("账户", "the account"), account, [*self.records, *(a.title for a in self.pack.accounts.values())]
            )
        named = find_by_words(self.pack.items, item) or self.pack.item(item) or self._item_of(item)
        if named is None:
            yield unknown(spot(node, "item"), ("物项", "the item"), item, [*self.records, *self.pack.items, "money"])
        else:
            outside = (node.word("quantity") or "").removeprefix("-")  # what came from outside stands there as less than nothing
            yield from self._quantity(outside, named, spot(node, "quantity"))

    def _item_of(self, record: str) -> Item | None:
        register = self.records.get(record)
        return next((i for i in self.pack.items.values() if register and i.of == register.name), None)

    def _figure(self, node: Node) -> Iterator[PackProblem]:
        indicator: Indicator | None = find_by_words(self.pack.indicators, node.word("indicator"))
        if indicator is None:
            yield self._no_such(node, "indicator", ("指标", "the indicator"), self.pack.indicators)
            return
        of = node.get("of")
        for path, value in (of.entries if of else {}).items():
            if path not in indicator.by:
                yield unknown(value.at, ("分组", "the breakdown"), path, indicator.by)
        period, said = node.word("period"), node.word("value")
        if period is not None and not PERIOD.fullmatch(period):
            yield _no(
                spot(node, "period"),
                (f"时期 {period}", f"the period {period}"),
                ("2022、2022-Q4、2022-12 或 2022-12-28", "2022, 2022-Q4, 2022-12 or 2022-12-28"),
            )
        if said not in (None, NOT_KNOWN) and not isinstance(number(said, indicator.unit), Fraction):
            wanted = (f"以{indicator.unit}计的数，或 {NOT_KNOWN}", f"a number in {indicator.unit}, or {NOT_KNOWN}")
            yield _no(spot(node, "value"), (f"数 {said}", f"the figure {said}"), wanted)

    def _no_such(self, node: Node, key: str, what: Pair, things: Mapping[str, Any]) -> PackProblem:
        return unknown(spot(node, key), what, node.word(key) or f"（未写 {key}）", [t.title for t in things.values()])


def _members(then: Node, key: str) -> tuple[Node, ...]:
    node = then.get(key)
    return () if node is None else node.items


def _raw(node: Node) -> object:
    return [n.text for n in node.items] if isinstance(node.value, tuple) else node.text


def _no(at: At, found: Pair, expected: Pair) -> PackProblem:
    return problem(at, found, expected, ("请改正用例。", "Mend the case."))
