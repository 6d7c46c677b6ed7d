"""A desk for the tests: a book in memory, proposals in plain words, cases run as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from taizhang.core import Problem, places_by_name
from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.rules import RENEW, Judged, Proposal, judge
from taizhang.packs import MONEY, PROGRAMMES, Event, Item, Pack, Register, Transfer, check, find_by_words

from .memory import Memory

ORIGIN = "taizhang/43/00000000"
SHIPPED = ("medicine", "library", "mines", "traffic")


@cache
def shipped(name: str) -> Pack:
    pack, problems = check(PROGRAMMES / name)
    assert pack is not None, problems
    return pack


def place_of(text: str, day: date) -> int | Problem:
    """Places by code (none begins with 00), counties and above by name."""
    if re.fullmatch(r"(?!00)\d{2,12}", text):
        return int(text)
    named = places_by_name().get(text, ())
    if len(named) == 1:
        return int(named[0].code)
    return Problem("地点", f"没有这个地方：{text}", "区划名称或代码", "请核对名称。")


class Desk:
    """One clerk at one desk: says things, and they are posted when nothing is wrong."""

    def __init__(self, *packs: Pack, today: date = date(2022, 12, 31), place: str = "永兴县") -> None:
        self.catalogue = Catalogue.of(*(packs or [shipped(name) for name in SHIPPED]), versions={"medicine": 3})
        self.book = Memory(self.catalogue)
        self.today, self.place = today, place

    def judge(self, *proposals: Proposal) -> list[Judged]:
        return judge(proposals, self.book, self.catalogue, self.today, ORIGIN, place_of, recorded_at=1)

    def say(self, type_name: str, values: Mapping[str, Any] | None = None, /, **head: Any) -> Judged:
        """State, event or transfer, posted when it is good."""
        judged = self.judge(self.proposal(type_name, values, **head))[0]
        self.book.post(judged.ready)
        return judged

    def proposal(self, type_name: str, values: Mapping[str, Any] | None = None, /, **head: Any) -> Proposal:
        thing = self.catalogue.things.get(type_name)
        kind = "state" if isinstance(thing, Register) else "transfer" if isinstance(thing, Transfer) else "event"
        given: dict[str, Any] = {"kind": kind, "day": self.today, "place": self.place, "actor": "clerk-1", **head}
        return Proposal(type=type_name, values=values or {}, **given)

    def record(self, type_name: str, values: Mapping[str, Any], **head: Any) -> str:
        """Register something; its key."""
        judged = self.say(type_name, values, **head)
        assert judged.ready, judged
        return judged.ready[0].entry.record or ""

    def uid(self, type_name: str, values: Mapping[str, Any] | None = None, /, **head: Any) -> str:
        """Say something that is good; its uid."""
        judged = self.say(type_name, values, **head)
        assert judged.ready, judged
        return judged.ready[-1].entry.uid


def words(judged: Judged) -> str:
    """All problems as a desk reads them."""
    return "\n".join(p.line() for p in judged.problems)


OF_THE_JOURNAL = "以后的划转"
"""What a strike would leave short later on is the journal's to see: the rules let such a step pass."""
OF_REVIEW = {"接受", "退回"}
"""Steps of a reviewer: cases that have one are run where there are reviewers."""


# ---- cases ---------------------------------------------------------------------------------------------------------------------


class Case:
    """One case of a pack, run step by step."""

    def __init__(self, path: Path) -> None:
        self.case: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # every value stays the text it is
        self.pack = shipped(path.parent.parent.name)
        self.desk = Desk(self.pack, today=date.fromisoformat(self.case["today"]), place=self.case["place"])
        self.records: dict[str, str] = {}
        self.steps: dict[str, str] = {}

    @property
    def has_reviewers(self) -> bool:
        return any(step["do"] in OF_REVIEW for step in self.case["steps"])

    def run(self) -> None:
        for step in self.case["steps"]:
            self.desk.today = max(date.fromisoformat(self.case["today"]), date.fromisoformat(step.get("day", "0001-01-01")))  # time goes on
            judged = self.desk.judge(self.proposal(step))[0]
            said = step.get("refused")
            if said == OF_THE_JOURNAL:
                continue
            if said:
                assert said in words(judged), (step, judged)
                assert not judged.ready
            elif step.get("exists"):
                assert judged.exists, (step, judged)
            else:
                assert judged.ready, (step, words(judged))
                self.desk.book.post(judged.ready)
                self._remember(step, judged)

    def _remember(self, step: Mapping[str, Any], judged: Judged) -> None:
        entry = judged.ready[-1].entry
        for told in (step, step.get("restate", {})):
            if label := told.get("as"):
                self.steps[label] = entry.uid if told is not step or "restate" not in step else judged.ready[0].entry.uid
        if step["do"] == "登记":
            self.records[step["record"]] = entry.record or ""

    def proposal(self, step: Mapping[str, Any]) -> Proposal:
        do, head = step["do"], self._head(step)
        if do == "红冲":
            restate = self.proposal(step["restate"]) if "restate" in step else None
            return Proposal(
                "strike", "", head["day"], head["place"], {}, "clerk-1", strikes=self.steps[step["of"]], why=step["why"], restate=restate
            )
        if do == "续借":
            return Proposal("event", RENEW, values={}, of=self.steps[step["of"]], **head)
        if do == "归还":
            thing: Any = next(t for t in self.pack.transfers.values() if t.returns)
            return Proposal("transfer", thing.type, values=step.get("values", {}), of=self.steps[step["of"]], **head)
        thing = find_by_words(self._things(do), step["what"])
        kind = "state" if do == "登记" else "event" if do == "事项" else "transfer"
        refs = {
            key: self.records.get(step.get(name, ""), step.get(name))
            for key, name in (("item", "item"), ("source", "from"), ("target", "to"))
        }
        return Proposal(
            kind,  # type: ignore[arg-type]
            thing.type,
            values=self._values(thing, step),
            record=self.records.get(step.get("record", "")),
            quantity=step.get("quantity"),
            **refs,
            **head,
        )

    def _head(self, step: Mapping[str, Any]) -> dict[str, Any]:
        return {"day": step.get("day", self.case["today"]), "place": step.get("place", self.case["place"]), "actor": "clerk-1"}

    def _things(self, do: str) -> Mapping[str, Any]:
        base = self.pack.base
        if do == "登记":
            return {**(base.registers if base else {}), **self.pack.registers}
        return self.pack.events if do == "事项" else self.pack.transfers

    def _values(self, thing: Register | Event | Transfer, step: Mapping[str, Any]) -> dict[str, Any]:
        told: Iterable[tuple[str, Any]] = step.get("values", {}).items()
        fields = {head: find_by_words(thing.fields, head) for head, _ in told}
        return {h: self.records[v] if fields[h] and fields[h].of and v in self.records else v for h, v in told}

    def item(self, words: str) -> tuple[Item, str | None]:
        """An item and its key: money, a record's, or, of all records of a kind together, none."""
        if words == MONEY.name:
            return MONEY, MONEY.name
        key = self.records.get(words)
        standing = self.desk.book.record(key) if key else None
        kinds = {f"{self.pack.name}.{item.of}": item for item in self.pack.items.values()}
        if standing is None:
            found: Item = find_by_words(self.pack.items, words)  # type: ignore[assignment]
            return found, None
        return next(kinds[type_name] for type_name in standing.values if type_name in kinds), key

    def account(self, words: str) -> str:
        """The account of a record in the one register of it that holds something, or a single account."""
        key = self.records.get(words)
        if key is None:
            return f"{self.pack.name}.{find_by_words(self.pack.accounts, words).name}"  # type: ignore[union-attr]
        standing = self.desk.book.record(key)
        holding = [t for t in standing.values if self.desk.catalogue.register(t).holds] if standing else []  # type: ignore[union-attr]
        return f"{holding[0]}/{key}"
