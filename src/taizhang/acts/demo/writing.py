"""Posting what was invented, through the same act as everybody's entries: month by month, first who and what, then what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice

from taizhang.acts.demo.drafts import Draft
from taizhang.acts.demo.refusals import Refused
from taizhang.acts.demo.world import Record, in_order
from taizhang.acts.desk import Desk
from taizhang.acts.posting import BAD, post
from taizhang.ledger.rules import Proposal
from taizhang.ledger.uids import row_uid
from taizhang.packs import Event

BATCH = 2000
"""Entries of one transaction."""

_LAST = 1000

Stage = tuple[int, int]
"""Where an entry stands in its month: registers by what they name, then events by type, then transfers by day, what brings first."""
Order = tuple[date, Stage, date, int]
"""Month, stage, day and number."""


class Writer:
    """Turns records and drafts into proposals and posts them. `seed` names the book, so that the same seed gives the same ids."""

    def __init__(self, desk: Desk, seed: str, depth: dict[str, int]) -> None:
        self._desk, self._seed, self._depth = desk, seed, depth
        self._actor = desk.scope.user
        self._kinds = {name: at for at, name in enumerate(desk.book.catalogue.things)}

    def post(self, records: Sequence[Record], drafts: Sequence[Draft], tell: Callable[[int, int], None]) -> int:
        """Post everything; how many entries. What the book has already (an earlier run was stopped) stays as it is."""
        total, done = len(records) + len(drafts), 0
        for batch in self._batches(records, drafts):
            answers = post(self._desk, batch)
            bad = next((problem for answer in answers if answer.what in BAD for problem in answer.problems), None)
            if bad is not None:
                raise Refused([bad])
            done += len(batch)
            tell(done, total)
        return done

    def _batches(self, records: Sequence[Record], drafts: Sequence[Draft]) -> Iterator[list[Proposal]]:
        order = {register.type: at for at, register in enumerate(in_order(self._desk.book.catalogue))}
        keyed: list[tuple[Order, Record | Draft]] = [((_month(one), (0, order[one.register.type]), one.day, one.number), one) for one in records]
        keyed += [((_month(one), self._stage(one), one.day, one.number), one) for one in drafts]
        keyed.sort(key=lambda one: one[0])
        proposals = (self._state(one) if isinstance(one, Record) else self._entry(one) for _, one in keyed)
        while batch := list(islice(proposals, BATCH)):
            yield batch

    def _stage(self, draft: Draft) -> Stage:
        """Events by type; transfers by day, and of one day what brings before what takes, and returns last."""
        if isinstance(draft.thing, Event):
            return 1, self._kinds[draft.thing.type]
        return 2 + draft.day.day, _LAST if draft.of is not None else self._depth.get(draft.thing.type, 0)

    def _state(self, record: Record) -> Proposal:
        values = {name: _told(value) for name, value in record.values.items()}
        return Proposal("state", record.register.type, record.day, record.place, values, self._actor, uid=record.uid)

    def _entry(self, draft: Draft) -> Proposal:
        thing = draft.thing
        uid = None if thing.once else self._uid(draft)
        values = {name: _told(value) for name, value in draft.values.items()}
        if isinstance(thing, Event):
            return Proposal("event", thing.type, draft.day, draft.place, values, self._actor, record=_key(draft, "record"), uid=uid)
        if draft.of is not None:
            return Proposal("transfer", thing.type, draft.day, draft.place, values, self._actor, of=self._uid(draft.of), uid=uid)
        return Proposal(
            "transfer", thing.type, draft.day, draft.place, values, self._actor, item=_key(draft, "item"),
            quantity=self._quantity(draft), source=_key(draft, "source"), target=_key(draft, "target"), uid=uid,
        )  # fmt: skip

    def _quantity(self, draft: Draft) -> str:
        """Smallest parts in the item's unit, exactly."""
        catalogue = self._desk.book.catalogue
        item = catalogue.packs[draft.thing.pack].item(getattr(draft.thing, "item", ""))
        parts = item.parts if item else 1
        whole, rest = divmod(draft.quantity, parts)
        return str(whole) if not rest else f"{whole}.{str(parts + rest)[1:]}"

    def _uid(self, draft: Draft) -> str:
        return row_uid("taizhang demo", self._seed, draft.thing.type, draft.number)


def _month(one: Record | Draft) -> date:
    return one.day.replace(day=1)


def _key(draft: Draft, part: str) -> str | None:
    end = draft.ends.get(part)
    return end.key if end is not None else None


def _told(value: object) -> object:
    """A value as a proposal says it: a record by its key."""
    return value.key if isinstance(value, Record) else value
