"""One immutable statement in a book's journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

EntryKind = Literal["state", "event", "transfer", "strike"]
Value = int | str | bool | list[str] | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A state (登记), an event (事项), a transfer (划转) or a strike (红冲).

    `uid` is 32 lower-case hex digits, made where the entry was first written. `type` is
    "pack.name", `version` the version of the pack it was written under. `place` is the place's
    integer key. `day` is when it was true, `recorded_at` when we knew (microseconds UTC since 1970).
    `record` is the key of what it is about and `actor` of who wrote it: keys that say nothing, never
    a name or an ID number. `data` holds plain values: money in 分, decimals as canonical strings
    ("16.5828"), dates as ISO strings; None in it means "known to be unknown", a missing key "not
    said". `sealed` holds ciphertexts (base64url) of personal values and free text.

    A transfer moves `quantity` (integer, in the smallest part) of `item` from account `source` to
    account `target`, perhaps to be back by `due`. A strike withdraws the entry `strikes`; its reason
    stands in `why`, or sealed under that name.
    """

    uid: str
    kind: EntryKind
    type: str
    place: int
    day: date
    actor: str
    recorded_at: int
    record: str | None = None
    data: Mapping[str, Value] = field(default_factory=dict)
    sealed: Mapping[str, str] = field(default_factory=dict)
    version: int | None = None
    item: str | None = None
    quantity: int | None = None
    source: str | None = None
    target: str | None = None
    due: date | None = None
    strikes: str | None = None
    why: str | None = None
