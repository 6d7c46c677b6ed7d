"""Many entries at once: their rows and their canonical bytes, checked in columns.

Entry by entry, `canonical.encode` checks each rule; here each rule is asked once of a whole column, which is what makes a
batch cheap. A batch that does not pass is looked at entry by entry, so the one that is wrong is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Any, NamedTuple
from unicodedata import is_normalized

from taizhang.core import Entry
from taizhang.ledger.canonical import INT_MAX, INT_MIN, MAX_BYTES, NotCanonical, are_names, encode, is_sealed_soundly
from taizhang.ledger.writing import UNSAFE, check_keys, composed, parts_of

_UIDS = re.compile(r"(?:[0-9a-f]{12}[78][0-9a-f]{3}[89ab][0-9a-f]{15},)+")
_NOTHING, _TEXT, _NUMBER, _DAY = frozenset([type(None)]), frozenset([str]), frozenset([int]), frozenset([date])
_VALUES = frozenset([str, int, bool, type(None), list])
_SHAPES = {
    # kind, and which of record, item, quantity, source, target, strikes are there (None: either will do)
    "event": (None, False, False, False, False, False),
    "state": (True, False, False, False, False, False),
    "transfer": (None, True, True, True, True, False),
    "strike": (None, False, False, False, False, True),
}


class Ready(NamedTuple):
    """An entry ready to be written: the middle columns of its row, and its bytes."""

    parts: tuple[Any, ...]
    raw: bytes


def ready(entries: Sequence[Entry]) -> list[Ready | NotCanonical]:
    """Each entry ready to be written, or what keeps it from having canonical bytes."""
    try:
        parts = [parts_of(entry) for entry in entries]
        if _are_sound(entries, parts):
            raws = [composed(one) for one in parts]
            if max(map(len, raws), default=0) <= MAX_BYTES:
                return list(map(Ready, parts, raws))
    except (TypeError, ValueError, AttributeError, OverflowError):
        pass  # something is of another kind than it should be: the closer look says what
    return [_looked_at(entry) for entry in entries]


def _looked_at(entry: Entry) -> Ready | NotCanonical:
    try:
        raw = encode(entry)
        check_keys(entry)
    except NotCanonical as error:
        return error
    except (TypeError, AttributeError) as error:  # a part that is nothing of what it should be
        return NotCanonical("entry", str(error))
    return Ready(parts_of(entry), raw)


def _are_sound(entries: Sequence[Entry], parts: Sequence[tuple[Any, ...]]) -> bool:
    uids, kinds, types, places, _, records, actors, times, datas, _, versions, items, quantities, sources, targets, _, strikes, _ = zip(
        *parts, strict=True
    )
    keys = (records, items, sources, targets)
    return (
        _UIDS.fullmatch(",".join(uids) + ",") is not None
        and _are(times, _NUMBER, 0)
        and _are(places, _NUMBER, INT_MIN)
        and _are(quantities, _NUMBER | _NOTHING, INT_MIN)
        and _are(versions, _NUMBER | _NOTHING, 1)
        and _are_keys(actors, _TEXT)
        and all(_are_keys(column, _TEXT | _NOTHING) for column in keys)
        and set(map(type, (e.day for e in entries))) <= _DAY
        and set(map(type, (e.due for e in entries))) <= _DAY | _NOTHING
        and all(map(_is_shaped, set(zip(kinds, *(map(_is_there, column) for column in (*keys[:1], items, quantities, *keys[2:], strikes)), strict=True))))
        and _are_values(entries, types, [text for text in datas if text])
        and all(map(_is_rarely_sound, (e for e in entries if e.sealed or e.due or e.kind == "strike" or e.why)))
    )


def _is_there(value: object) -> bool:
    return value is not None


def _is_shaped(shape: tuple[Any, ...]) -> bool:
    wanted = _SHAPES.get(shape[0])
    return wanted is not None and all(want is None or want == there for want, there in zip(wanted, shape[1:], strict=True))


def _are(column: Iterable[Any], types: frozenset[type], least: int) -> bool:
    column = list(column)
    if not set(map(type, column)) <= types:
        return False
    numbers = [value for value in set(column) if value is not None]
    return not numbers or (min(numbers) >= least and max(numbers) <= INT_MAX)


def _are_keys(column: Iterable[Any], types: frozenset[type]) -> bool:
    """Texts that are not empty and stand in the bytes as they are."""
    distinct = set(column)
    if not set(map(type, distinct)) <= types or "" in distinct:
        return False
    text = ",".join(filter(None, distinct))
    return UNSAFE.search(text) is None and _is_nfc(text)


def _are_values(entries: Sequence[Entry], types: Iterable[str], texts: Sequence[str]) -> bool:
    names = set(zip(types, (tuple(e.data) for e in entries), strict=True))
    if not all(are_names(type_name, fields) for type_name, fields in names):
        return False
    kinds = set(map(type, chain.from_iterable(e.data.values() for e in entries)))
    text = ",".join(texts)
    return (
        kinds <= _VALUES
        and (int not in kinds or all(INT_MIN <= v <= INT_MAX for e in entries for v in e.data.values() if type(v) is int))
        and (list not in kinds or all(_is_list(v) for e in entries for v in e.data.values() if type(v) is list))
        and "\\u0000" not in text
        and _is_nfc(text)
    )


def _is_list(values: list[Any]) -> bool:
    return set(map(type, values)) <= _TEXT


def _is_rarely_sound(entry: Entry) -> bool:
    """What few entries have: sealed values, a day due, a reason."""
    if entry.kind != "strike" and entry.why is not None:
        return False
    if entry.kind != "transfer" and entry.due is not None:
        return False
    if entry.kind == "strike":
        return _is_closely_sound(entry)
    return not entry.sealed or is_sealed_soundly(entry)


def _is_closely_sound(entry: Entry) -> bool:
    try:
        encode(entry)
    except NotCanonical:
        return False
    return True


def _is_nfc(text: str) -> bool:
    return text.isascii() or is_normalized("NFC", text)
