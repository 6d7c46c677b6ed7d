"""Proof files and blind exports, which `verifier/taizhang_verify.py` checks; docs/proofs.md specifies both."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO, Literal

from taizhang.core import Value
from taizhang.ledger.paths import multi_inclusion
from taizhang.ledger.tree import Nodes

FORMAT = 1
Act = Literal["count", "sum", "distinct"]


@dataclass(frozen=True, slots=True)
class ProvedFigure:
    """A figure in words a verifier can follow: which entries count, and what is done with them.

    Entries up to seq `as_of` count when they are of `type`, their day lies from `first` to `last`, their place is one of
    `places` (None: any), the fields in `where` have exactly these values, and no strike up to `as_of` withdraws them.
    `act` counts them, sums `of` (a field, or "quantity"), or counts its different values (a field, or "record"); the
    result is divided by `divisor` (100 for 元 from 分). `value` is written exactly; None: no entry says.
    """

    definition: str
    title: str
    unit: str
    value: str | None
    as_of: int
    type: str
    first: date
    last: date
    act: Act
    of: str = ""
    divisor: int = 1
    places: Sequence[int] | None = None
    where: Mapping[str, Value] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As it stands in a proof file."""
        return {
            "as_of": self.as_of,
            "compute": [self.act, self.of, self.divisor],
            "definition": self.definition,
            "select": {
                "from": self.first.isoformat(),
                "places": None if self.places is None else list(self.places),
                "to": self.last.isoformat(),
                "type": self.type,
                "where": dict(self.where),
            },
            "title": self.title,
            "unit": self.unit,
            "value": self.value,
        }


def proof_file(
    nodes: Nodes, signed: str, size: int, entries: Sequence[tuple[int, bytes]], figure: ProvedFigure | None = None
) -> bytes:
    """A proof that the entries (seq and canonical bytes, seq rising) stand in the book under the signed checkpoint of `size`."""
    path = multi_inclusion(nodes, [seq - 1 for seq, _ in entries], size) if entries else []
    told = {
        "checkpoint": signed,
        "entries": [[seq, raw.decode()] for seq, raw in entries],
        "figure": None if figure is None else figure.as_json(),
        "format": FORMAT,
        "path": [one.hex() for one in path],
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def blind_export(entries: Iterable[bytes], out: BinaryIO) -> int:
    """Write the canonical bytes of all entries of a book in order, one a line; how many there were."""
    count = 0
    for count, raw in enumerate(entries, 1):  # noqa: B007
        out.write(raw + b"\n")
    return count
