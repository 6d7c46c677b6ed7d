"""The rules: what a desk asks, in the words of a pack, becomes entries or problems. See docs/rules.md.

Nothing here knows a database: the book is asked through `Standings`, what programmes mean through `Catalogue`.
"""

from taizhang.ledger.rules.foreseeing import foreseen
from taizhang.ledger.rules.judging import BATCH, is_stateful, judge
from taizhang.ledger.rules.keeping import LEVELS, keep_until, level, level_of
from taizhang.ledger.rules.loans import RENEW, overdue
from taizhang.ledger.rules.nouns import UNKNOWN, Judged, NotEnough, NotYet, Over, PlaceOf, Proposal, Raw, Ready, Ref, Taken
from taizhang.ledger.rules.offering import Head, heads_offered
from taizhang.ledger.rules.record_keys import record_key_of
from taizhang.ledger.rules.rows import row, row_of_record
from taizhang.ledger.rules.table import HEADS, Heads, heads_of, proposal_of

__all__ = [
    "BATCH",
    "HEADS",
    "LEVELS",
    "RENEW",
    "UNKNOWN",
    "Head",
    "Heads",
    "Judged",
    "NotEnough",
    "NotYet",
    "Over",
    "PlaceOf",
    "Proposal",
    "Raw",
    "Ready",
    "Ref",
    "Taken",
    "foreseen",
    "heads_of",
    "heads_offered",
    "is_stateful",
    "judge",
    "keep_until",
    "level",
    "level_of",
    "overdue",
    "proposal_of",
    "record_key_of",
    "row",
    "row_of_record",
]
