"""An entry as a row of the table, and the row as the entry and its bytes.

The table keeps the parts of the canonical bytes and not the bytes: one SQL expression puts them together again, so every
column of a row stands under its leaf hash and nothing is kept twice.
"""

from __future__ import annotations

import json
import re
from datetime import date
from functools import lru_cache
from typing import Any

from taizhang.core import Entry
from taizhang.ledger.canonical import NotCanonical, read_values, written
from taizhang.ledger.store import Dialect
from taizhang.ledger.tables import ENTRY

COLUMNS = ENTRY.columns
READ = ", ".join(f"entry.{column}" for column in COLUMNS[2:-1])
"""The columns that make an entry again, in the order `entry_of` takes them."""

UNSAFE = re.compile(r'["\\\x00-\x1f]')
Parts = tuple[Any, ...]
"""The columns of an entry's row between seq and leaf."""
_MAYBE = ("data", "due", "record", "item", "sealed", "source", "target", "strikes", "why")
_KEYS = ("actor", "record", "item", "source", "target")


def parts_of(entry: Entry) -> Parts:
    """The columns of an entry's row between seq and leaf."""
    e = entry
    return (
        e.uid, e.kind, e.type, e.place, _iso(e.day), e.record, e.actor, e.recorded_at, written(e.data), written(e.sealed), e.version, e.item,
        e.quantity, e.source, e.target, None if e.due is None else _iso(e.due), e.strikes,
        None if e.why is None else json.dumps(e.why, ensure_ascii=False),
    )  # fmt: skip


def composed(parts: Parts) -> bytes:
    """The canonical bytes of these columns; the same as `bytes_sql` in the database and as `encode` for a sound entry."""
    uid, kind, type_, place, day, record, actor, recorded_at, data, sealed, version, item, quantity, source, target, due, strikes, why = parts
    head = f'{{"actor":"{actor}","data":{data},"day":"{day}"' if data else f'{{"actor":"{actor}","day":"{day}"'
    if due:
        head += f',"due":"{due}"'
    what = f',"item":"{item}","kind":"{kind}","place":{place},"quantity":{quantity}' if item else f',"kind":"{kind}","place":{place}'
    if record:
        what += f',"record":"{record}"'
    more = f',"sealed":{sealed}' if sealed else ""
    if source:
        more += f',"source":"{source}"'
    if strikes:
        more += f',"strikes":"{strikes}"'
    if target:
        more += f',"target":"{target}"'
    tail = f',"version":{version}' if version else ""
    if why:
        tail += f',"why":{why}'
    return f'{head},"format":1{what},"recorded_at":{recorded_at}{more},"type":"{type_}","uid":"{uid}"{tail}}}'.encode()


@lru_cache(maxsize=4096)
def _iso(day: date) -> str:
    return day.isoformat()


def entry_of(row: tuple[Any, ...]) -> Entry:
    """The entry of the columns READ."""
    uid, kind, type_, place, day, record, actor, recorded_at, data, sealed, version, item, quantity, source, target, due, strikes, why = row
    return Entry(
        uid, kind, type_, place, date.fromisoformat(day), actor, recorded_at, record, read_values(data), read_values(sealed), version,
        item, quantity, source, target, None if due is None else date.fromisoformat(due), strikes, None if why is None else json.loads(why),
    )  # fmt: skip


def check_keys(entry: Entry) -> None:
    """In a book, keys are free of quotes, backslashes and control characters: in its bytes they stand as they are."""
    if UNSAFE.search(f"{entry.actor}{entry.record}{entry.item}{entry.source}{entry.target}"):
        name = next(n for n in _KEYS if UNSAFE.search(getattr(entry, n) or ""))
        raise NotCanonical(name, "a key without quotes, backslashes and control characters")


@lru_cache
def bytes_sql(dialect: Dialect) -> str:
    """The SQL of an entry's canonical bytes, after docs/entry-format.md."""
    text = "||".join(
        [
            """'{"actor":"'||actor||'"'""",
            _part("data", ""),
            """',"day":"'||day||'"'""",
            _part("due"),
            """',"format":1'""",
            _part("item"),
            """',"kind":"'||kind||'","place":'||CAST(place AS TEXT)""",
            _part("quantity", "", "CAST(quantity AS TEXT)"),
            _part("record"),
            """',"recorded_at":'||CAST(recorded_at AS TEXT)""",
            _part("sealed", ""),
            _part("source"),
            _part("strikes"),
            _part("target"),
            """',"type":"'||type||'","uid":"'||uid||'"'""",
            _part("version", "", "CAST(version AS TEXT)"),
            _part("why", ""),
            "'}'",
        ]
    )
    return f"CAST({text} AS BLOB)" if dialect == "sqlite" else f"convert_to({text}, 'UTF8')"


def odd_sql(dialect: Dialect) -> str:
    """The SQL that is true where a column may hold more or less than its own part of the bytes; such a row is looked at closely.

    Where it is false the bytes fall into columns in one way only: keys have no quotes, dates their length, numbers are
    numbers, and a "}" outside a text is the end of `data` or `sealed`.
    """
    keys = "actor||kind||type||uid||" + "||".join(f"coalesce({c}, '')" for c in ("record", "item", "source", "target", "strikes"))
    if dialect == "sqlite":
        ints = " AND ".join(f"typeof({c}) IN ('integer', 'null')" for c in ("place", "recorded_at", "quantity", "version"))
        ends = "coalesce(substr(data, -1), '}')||coalesce(substr(sealed, -1), '}') = '}}'"
        # a blob is greater than any text, and would stand in the bytes as a text does
        texts = "typeof(max(actor, kind, type, uid, day, " + ", ".join(f"coalesce({c}, '')" for c in _MAYBE) + ")) = 'text'"
        dates = "length(day) = 10 AND coalesce(length(due), 10) = 10"
        return f"""NOT ({ints} AND {ends} AND {texts} AND {dates}) OR ({keys}) GLOB '*["\\]*'"""
    ends = "coalesce(right(data, 1), '}')||coalesce(right(sealed, 1), '}') <> '}}'"
    return f"""length(day) <> 10 OR coalesce(length(due), 10) <> 10 OR {ends} OR ({keys}) ~ '["\\\\]'"""


def _part(column: str, quote: str = '"', value: str | None = None) -> str:
    close = f"||'{quote}'" if quote else ""
    return f"""coalesce(',"{column}":{quote}'||{value or column}{close}, '')"""
