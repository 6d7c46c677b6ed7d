"""A step of a case as a proposal: things by their words, records by the names the case gave them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from taizhang.acts.trial_names import Names
from taizhang.acts.trial_words import never_made
from taizhang.ledger.rules import RENEW, Proposal
from taizhang.packs import Event, Item, Register, Transfer, column, find_by_words
from taizhang.packs.naming import spot
from taizhang.packs.reading import Node


class Proposals:
    """Makes the proposals of one case; Missing where a name stands for nothing."""

    def __init__(self, names: Names) -> None:
        self._names, self._pack = names, names.pack

    def of(self, step: Node) -> Proposal:
        """The proposal of a step (接受 and 退回 are none)."""
        return {"登记": self._state, "事项": self._event, "划转": self._transfer, "归还": self._return, "续借": self._renewal}.get(
            step.word("do") or "", self._strike
        )(step)

    def _state(self, step: Node) -> Proposal:
        """A record named before goes by its key; a restatement finds its record by what it says."""
        base: Mapping[str, Register] = self._pack.base.registers if self._pack.base else {}
        register = self._found({**base, **self._pack.registers}, step)
        known = self._names.records.get(step.word("record") or "")
        record = known.key if known and not self._is_restated(step) else None
        return Proposal("state", register.type, record=record, values=self._values(step, register), **self._head(step))

    def _event(self, step: Node) -> Proposal:
        event: Event = self._found(self._pack.events, step)
        record = self._names.record(step, "record").key if event.about else step.word("record")
        return Proposal("event", event.type, record=record, values=self._values(step, event), **self._head(step))

    def _transfer(self, step: Node) -> Proposal:
        transfer: Transfer = self._found(self._pack.transfers, step)
        item: Item | None = self._pack.item(transfer.item)
        return Proposal(
            "transfer",
            transfer.type,
            values=self._values(step, transfer),
            item=self._end(step, "item", item is not None and item.of is not None),
            quantity=step.word("quantity"),
            source=self._end(step, "from", self._pack.register(transfer.source) is not None),
            target=self._end(step, "to", self._pack.register(transfer.target) is not None),
            **self._head(step),
        )

    def _return(self, step: Node) -> Proposal:
        """A return is of the transfer that returns what was lent."""
        uid = self._names.uid(step)
        lent = self._names.desk.reader.entry(uid)
        name = lent.entry.type.partition(".")[2] if lent else ""
        back = next((t for t in self._pack.transfers.values() if t.returns == name), None)
        if back is None:  # what was lent still waits for a reviewer
            raise never_made(spot(step, "of"), step.word("of") or "")
        return Proposal("transfer", back.type, values=self._values(step, back), of=uid, quantity=step.word("quantity"), **self._head(step))

    def _renewal(self, step: Node) -> Proposal:
        return Proposal("event", RENEW, values={}, of=self._names.uid(step), **self._head(step))

    def _strike(self, step: Node) -> Proposal:
        restate = step.get("restate")
        again = self.of(restate) if restate else None
        head = {**self._head(step), "day": step.word("day"), "place": step.word("place")}
        return Proposal("strike", "", values={}, strikes=self._names.uid(step), why=step.word("why"), restate=again, **head)

    # ---- parts -----------------------------------------------------------------------------------------------------------------

    def _head(self, step: Node) -> dict[str, Any]:
        """Day and place: those of the case where the step says none; of a restatement those of the struck entry."""
        desk, case = self._names.desk, self._names.case
        if self._is_restated(step):
            return {"day": step.word("day"), "place": step.word("place"), "actor": desk.scope.user}
        return {"day": step.word("day") or desk.today, "place": step.word("place") or case.word("place"), "actor": desk.scope.user}

    def _is_restated(self, step: Node) -> bool:
        return step.at.key.endswith(".restate")

    def _found(self, things: Mapping[str, Any], step: Node) -> Any:
        """The thing a step names; the pack's check has seen that there is one."""
        return find_by_words(things, step.word("what"))

    def _end(self, step: Node, key: str, is_record: bool) -> str | None:
        return self._names.record(step, key).key if is_record and step.get(key) else step.word(key)

    def _values(self, step: Node, thing: Register | Event | Transfer) -> dict[str, Any]:
        values = step.get("values")
        return {head: self._value(head, node, thing) for head, node in (values.entries if values else {}).items()}

    def _value(self, head: str, node: Node, thing: Register | Event | Transfer) -> Any:
        field = column(thing.fields, head)
        if field is not None and field.of:
            return self._names.record(node).key
        return [one.text for one in node.items] if isinstance(node.value, tuple) else node.text
