"""A book asked directly, for rows that are made one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from taizhang.core import Value
from taizhang.ledger.standing import Standing, Standings


@dataclass(frozen=True, slots=True)
class Looked:
    """Where a single row is looked up."""

    standings: Standings

    def standing(self, key: str, day: date | None = None) -> Standing | None:
        """A record with the values it had on a day."""
        return self.standings.record(key, day)

    def open(self, standing: Standing, type_name: str, field_name: str) -> Value:
        """A sealed value in plain."""
        return self.standings.open(standing, type_name, field_name)

    def held(self, account: str, kind: str) -> int:
        """What an account holds of a kind."""
        return self.standings.held(account, kind)
