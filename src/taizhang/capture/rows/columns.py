"""The heads of a table: one name for each column in use, and the two columns of a file to mend found among them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from taizhang.capture.rows.cells import head_of, is_wide
from taizhang.capture.rows.marks import ORIGIN, TROUBLE
from taizhang.capture.rows.problems import Trouble, column_letter


@dataclass(slots=True)
class Columns:
    """`names` by column, None over one without a head; `origin` and `trouble` are the columns of a file to mend, or -1."""

    names: list[str | None] = field(default_factory=list)
    origin: int = -1
    trouble: int = -1
    troubles: list[Trouble] = field(default_factory=list)
    wide: list[int] = field(default_factory=list)

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads of values in order."""
        return tuple(name for i, name in enumerate(self.names) if name and i not in (self.origin, self.trouble))


def columns_of(cells: list[str]) -> Columns:
    """The columns that a record of heads makes; empty ones at the end are none."""
    columns = Columns()
    first: dict[str, int] = {}
    for i, cell in enumerate(cells):
        name = head_of(cell)
        earlier = first.setdefault(_key(name), i)
        if name and earlier != i:
            columns.troubles.append(Trouble("twice_head", i, (("head", name), ("other", column_letter(earlier)))))
            name = f"{name} ({i + 1})"
        if is_wide(cell):
            columns.wide.append(i)
        columns.names.append(name or None)
    while columns.names and columns.names[-1] is None:
        columns.names.pop()
    columns.origin, columns.trouble = first.get(_key(ORIGIN), -1), first.get(_key(TROUBLE), -1)
    return columns


def _key(name: str) -> str:
    """What makes two heads one: neither width, white space nor capitals count."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
