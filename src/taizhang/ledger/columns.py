"""Many entries in columns: each rule of their form is asked once of a whole column, and their bytes are put together.

`canonical.encode` asks every rule of every entry; this is its quick half. What does not pass here may still be sound, and
`encode` decides.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, product
from operator import attrgetter
from typing import Any
from unicodedata import is_normalized

from taizhang.core import Entry
from taizhang.ledger.canonical import INT_MAX, INT_MIN, MAX_BYTES, are_names, encode, is_sealed_soundly, written, written_lines
from taizhang.ledger.writing import UNSAFE, check_keys

Column = Sequence[Any]

_FIELDS = attrgetter(
    "uid", "kind", "type", "place", "day", "record", "actor", "recorded_at", "data", "sealed", "version", "item", "quantity", "source",
    "target", "due", "strikes", "why",
)  # fmt: skip
_DUE, _RECORD, _SEALED, _VERSION, _END = ',"due":"', ',"record":"', ',"sealed":', ',"version":', '"'
_NO, _TEXT, _INT, _DAY = type(None), str, int, date
_VALUES = frozenset([str, int, bool, _NO, list])


def _shapes() -> Iterator[tuple[Any, ...]]:
    """The kind, and the types of record, item, quantity, source, target, due, strikes and why that go with it."""
    maybe, nothing = (_TEXT, _NO), ((_NO,),)
    yield from product(("event",), maybe, *nothing * 7)
    yield from product(("state",), (_TEXT,), *nothing * 7)
    yield from product(("transfer",), maybe, (_TEXT,), (_INT,), (_TEXT,), (_TEXT,), (_DAY, _NO), *nothing * 2)
    yield from product(("strike",), maybe, *nothing * 5, (_TEXT,), maybe)


_SHAPES = frozenset(_shapes())


def in_columns(entries: Sequence[Entry]) -> tuple[list[Column], list[bytes]] | None:
    """The columns of the entries' rows between seq and leaf, and their bytes; None when one of them may not be sound."""
    try:
        columns: list[Column] = list(zip(*map(_FIELDS, entries), strict=True))
        lines = _lines(columns[8]) if _are_sound(columns) and _are_sealed(columns[9], entries) else None
        if lines is None:
            return None
        _write_out(columns, lines)
        raws = _raws(columns, lines)
        _put_strikes(entries, columns[1], raws)
    except (TypeError, ValueError, AttributeError, OverflowError):  # something is of another kind than it should be
        return None
    return (columns, raws) if max(map(len, raws)) <= MAX_BYTES else None


def _are_sound(columns: Sequence[Column]) -> bool:
    uids, kinds, types, places, days, records, actors, times, datas, _, versions, items, quantities, sources, targets, *_ = columns
    return (
        _are_uids(uids)
        and set(zip(kinds, *(map(type, column) for column in (records, *columns[11:])), strict=True)) <= _SHAPES
        and all(are_names(one, ()) for one in set(types))
        and set(map(type, days)) == {_DAY}
        and set(map(type, actors)) == {_TEXT}
        and _are_keys({*actors, *records, *items, *sources, *targets})
        and _are_numbers(places, INT_MIN)
        and _are_numbers(times, 0)
        and _are_numbers([version for version in versions if version is not None], 1)
        and _are_numbers([quantity for quantity in quantities if quantity is not None], INT_MIN)
        and _are_values(datas)
    )


def _are_uids(uids: Column) -> bool:
    text = "".join(uids)
    return (
        set(map(len, uids)) == {32}
        and bytes.fromhex(text).hex() == text  # lower-case digits and nothing else
        and set(text[12::32]) <= set("78")
        and set(text[16::32]) <= set("89ab")
    )


def _are_numbers(numbers: Column, least: int) -> bool:
    return not numbers or (set(map(type, numbers)) == {_INT} and min(numbers) >= least and max(numbers) <= INT_MAX)


def _are_keys(keys: set[str | None]) -> bool:
    """Texts that are not empty and stand in the bytes as they are."""
    text = ",".join(key for key in keys if key is not None)
    return "" not in keys and UNSAFE.search(text) is None and (text.isascii() or is_normalized("NFC", text))


def _are_values(datas: Iterable[Mapping[str, Any]]) -> bool:
    if not are_names("a.b", tuple(sorted(set(chain.from_iterable(datas))))):
        return False
    values = [value for data in datas for value in data.values()]
    kinds = set(map(type, values))
    numbers = [value for value in values if type(value) is int] if int in kinds else []
    texts = [text for value in values if type(value) is list for text in value] if list in kinds else []
    return kinds <= _VALUES and _are_numbers(numbers, INT_MIN) and set(map(type, texts)) <= {_TEXT}


def _are_sealed(column: Column, entries: Sequence[Entry]) -> bool:
    return not any(column) or all(map(is_sealed_soundly, (entry for entry in entries if entry.sealed)))


def _lines(datas: Column) -> list[bytes] | None:
    """Values as they stand in the bytes, empty where there are none; None when their texts are not in normal form or hold U+0000."""
    filled = [data for data in datas if data]
    raw = written_lines(filled)
    if b"\\u0000" in raw or not (raw.isascii() or is_normalized("NFC", raw.decode())):
        return None
    lines = iter(raw.split(b"\n"))
    return [next(lines) if data else b"" for data in datas]


def _write_out(columns: list[Column], lines: list[bytes]) -> None:
    """What a row holds in words: days, values, ciphers, reasons."""
    days, sealed, dues, whys = columns[4], columns[9], columns[15], columns[17]
    iso = {day: day.isoformat() for day in set(days)}
    columns[4] = [iso[day] for day in days]
    columns[8] = [line.decode() if line else None for line in lines]
    columns[9] = [written(one) for one in sealed] if any(sealed) else [None] * len(sealed)
    columns[15] = [due and due.isoformat() for due in dues] if any(dues) else dues
    columns[17] = [why and json.dumps(why, ensure_ascii=False) for why in whys] if any(whys) else whys


def _raws(columns: Sequence[Column], lines: list[bytes]) -> list[bytes]:
    """The bytes of all but strikes, as `writing.composed` gives them one by one."""
    fronts = {actor: (f'{{"actor":"{actor}"'.encode(), f'{{"actor":"{actor}","data":'.encode()) for actor in set(columns[6])}
    return [
        fronts[actor][line != b""]
        + line
        + (
            (
                f',"day":"{day}","format":1,"kind":"{kind}","place":{place}{_RECORD + record + _END if record else ""}'
                f',"recorded_at":{at}{_SEALED + sealed if sealed else ""},"type":"{type_name}","uid":"{uid}"'
                f"{f'{_VERSION}{version}' if version else ''}}}"
            )
            if item is None
            else (
                f',"day":"{day}"{_DUE + due + _END if due else ""},"format":1,"item":"{item}","kind":"transfer","place":{place}'
                f',"quantity":{quantity}{_RECORD + record + _END if record else ""},"recorded_at":{at}{_SEALED + sealed if sealed else ""}'
                f',"source":"{source}","target":"{target}","type":"{type_name}","uid":"{uid}"{f"{_VERSION}{version}" if version else ""}}}'
            )
        ).encode()
        for line, uid, kind, type_name, place, day, record, actor, at, _, sealed, version, item, quantity, source, target, due, _, _ in zip(
            lines, *columns, strict=True
        )
    ]


def _put_strikes(entries: Sequence[Entry], kinds: Column, raws: list[bytes]) -> None:
    """The bytes of strikes, which are few; NotCanonical where one is not sound."""
    if "strike" in kinds:
        for place, entry in enumerate(entries):
            if entry.kind == "strike":
                check_keys(entry)
                raws[place] = encode(entry)
