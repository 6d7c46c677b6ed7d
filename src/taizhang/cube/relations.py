"""What figures ask of the columns of a book: a relation for each type of entry, as of an entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import pyarrow as pa

STRUCK, PLACES = "struck", "places"


class Reading(Protocol):
    """A book's entries as columns, at one moment."""

    @property
    def size(self) -> int:
        """The number of the last entry there is."""

    def relation(self, type_name: str) -> str:
        """SQL to stand in FROM: every entry of that type, and a red twin for each that was withdrawn; `struck` (own, seq) or `places`."""

    def unfit(self) -> Mapping[str, list[tuple[int, str]]]:
        """By type, of what was asked for so far, the entries with a value that is not of its field's type: own, the field."""

    def run(self, sql: str, params: Sequence[Any] = ()) -> pa.Table:
        """Ask; InputError or BadTable where memory, time or digits run out."""


@dataclass(frozen=True)
class AsOf:
    """A reading as the book stood with its entry number `upto`."""

    reading: Reading
    upto: int

    def signed(self, type_name: str) -> str:
        """Entries, and minus those withdrawn by then: `sign` tells which. For sums and counts."""
        return f"(SELECT * FROM {self.reading.relation(type_name)}{self._until('WHERE')})"

    def standing(self, type_name: str) -> str:
        """The entries that stand: those withdrawn by then are left out."""
        gone = f"SELECT 1 FROM {self.reading.relation(STRUCK)} AS gone WHERE gone.own = one.own AND gone.seq <= {self.upto}"
        return f"(SELECT * FROM {self.reading.relation(type_name)} AS one WHERE sign > 0 AND NOT EXISTS ({gone}){self._until('AND')})"

    def _until(self, word: str) -> str:
        """The condition that nothing later is seen; a reading of all there is has nothing later."""
        return f" {word} seq <= {self.upto}" if self.upto < self.reading.size else ""

    def unfit(self) -> dict[str, list[tuple[int, str]]]:
        """By type, of what was asked for so far, the entries that stand with a value that is not of its field's type: own, the field."""
        known = {name: [one for one in some if one[0] <= self.upto] for name, some in self.reading.unfit().items()}
        owns = ", ".join(str(own) for some in known.values() for own, _ in some)
        sql = f"SELECT own FROM {self.reading.relation(STRUCK)} AS gone WHERE own IN ({owns}) AND seq <= {self.upto}"
        gone = {row[0] for row in self.rows(sql)} if owns else set()
        found = {name: [one for one in some if one[0] not in gone] for name, some in known.items()}
        return {name: some for name, some in found.items() if some}

    @property
    def places(self) -> str:
        """The places there are: key, path, level, name."""
        return self.reading.relation(PLACES)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The answer as rows."""
        table = self.reading.run(sql)
        return list(zip(*(column.to_pylist() for column in table.columns), strict=True)) if table.num_columns else []
