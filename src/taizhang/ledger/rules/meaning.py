"""Which record of a register a person's words mean."""

from __future__ import annotations

from datetime import date

from taizhang.core import Problem
from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.rules.ahead import Ahead
from taizhang.ledger.rules.bench import Bench
from taizhang.ledger.rules.finding import Finder
from taizhang.ledger.rules.nouns import PlaceOf, Ref
from taizhang.ledger.standing import Standings
from taizhang.packs import Register


def record_meant(ref: Ref, register: Register, standings: Standings, catalogue: Catalogue, today: date, place_of: PlaceOf) -> str | Problem:
    """The key of the record of a register that a reference means, as in an entry; or why there is none."""
    bench = Bench(catalogue, today, "", place_of, 0, Ahead(standings, catalogue))
    return Finder(bench, register, register.title)(ref)
