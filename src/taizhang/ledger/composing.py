"""The SQL of an entry's canonical bytes, for rows whose bytes fall into columns in one way only.

Most rows have one of two shapes: an event or state with a record, values and a version, or a transfer with a version alone.
For these all parts are there, and little has to be asked before no other row could have the same bytes:

* every column is of its own type, so numbers are digits, and a blob does not pass for a text;
* `data` begins with "{" and ends with "}". In canonical bytes `,"data":{` and `},"day":` stand once outside texts, and a
  quotation mark stands in no text unescaped, so `data` is whole; in what follows each name stands once, and no key has quotes;
* without `data`: no quotation mark in the actor, and a day of ten characters. Then each name stands once in what follows.

Other rows are put together with more care (`writing.bytes_sql`, `writing.odd_sql`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from taizhang.ledger.store import Dialect
from taizhang.ledger.tables import ENTRY
from taizhang.ledger.writing import bytes_sql, odd_sql

_NAMES = tuple(sorted(set(ENTRY.columns) - {"book", "seq", "leaf"}))
_NUMBERS = frozenset(["place", "quantity", "recorded_at", "version"])
_VALUES = frozenset(["data", "sealed", "why"])
_TOLD = ("actor", "data", "day", "kind", "place", "record", "recorded_at", "type", "uid", "version")
_MOVED = ("actor", "day", "item", "kind", "place", "quantity", "recorded_at", "source", "target", "type", "uid", "version")


@lru_cache
def whole_sql(dialect: Dialect) -> str:
    """The bytes of a row; NULL where it may hold more or less than its own part of the bytes and has to be looked at closely."""
    quote = "strpos(actor, '\"')" if dialect == "postgres" else "instr(actor, '\"')"
    last = "right(data, 1)" if dialect == "postgres" else "substr(data, -1)"
    first = "left(data, 1) = '{'" if dialect == "postgres" else "data >= '{' AND data < '|'"
    told = f"{first} AND {last} = '}}'"
    moved = f"{quote} = 0 AND length(day) = 10"
    return f"""CASE WHEN {_only(_TOLD, dialect)} AND {told} THEN {_joined(_TOLD, dialect)}
        WHEN {_only(_MOVED, dialect)} AND {moved} THEN {_joined(_MOVED, dialect)}
        WHEN NOT ({odd_sql(dialect)}) THEN {bytes_sql(dialect)} END"""


def _only(names: Sequence[str], dialect: Dialect) -> str:
    """Whether a row has these columns, of the right types, and no others."""
    others = [name for name in _NAMES if name not in names]
    if dialect == "postgres":
        return f"num_nulls({', '.join(names)}) = 0 AND num_nonnulls({', '.join(others)}) = 0"
    # A number is less than any text and a text less than any blob; the + keeps SQLite from taking one for the other.
    own = [f"+{name} < ''" if name in _NUMBERS else f"+{name} BETWEEN '' AND x''" for name in names]
    return f"coalesce({', '.join(others)}) IS NULL AND {' AND '.join(own)}"


def _joined(names: Sequence[str], dialect: Dialect) -> str:
    """The bytes of a row with all of these columns."""
    text = "{"
    for name in _NAMES:
        if name in names:
            mark = "" if name in _NUMBERS | _VALUES else '"'
            text += f"""{"" if text == "{" else ","}"{name}":{mark}'||{name}||'{mark}"""
        if name == "due":
            text += ',"format":1'
    whole = f"'{text}}}'"
    return f"convert_to({whole}, 'UTF8')" if dialect == "postgres" else f"CAST({whole} AS BLOB)"
