"""The canonical bytes of an entry: one entry, one sequence of bytes, specified in docs/entry-format.md.

`decode(encode(x)) == x` for every valid entry, and `encode(decode(b)) == b` for every accepted sequence of bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, NoReturn, get_args
from unicodedata import is_normalized as _is_nfc

import msgspec

from taizhang.core import Entry, EntryKind, Value
from taizhang.ledger.uids import UID

FORMAT = 1
MAX_BYTES = 2**20
INT_MIN, INT_MAX = -(2**63), 2**63 - 1

_KINDS = frozenset(get_args(EntryKind))
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_TYPE = re.compile(r"[a-z][a-z0-9_]{0,63}\.[a-z][a-z0-9_]{0,63}")
_is_uid = UID.fullmatch
_CIPHERTEXT = re.compile(r"[A-Za-z0-9_-]+")
_MOVING = ("item", "quantity", "source", "target", "due")
_STRIKING = ("strikes", "why")
_TEXTS = ("record", "item", "source", "target", "why")


class NotCanonical(ValueError):
    """An entry or bytes that have no place in a journal: `field` names where, `reason` says why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class _Wire(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """The keys of the bytes in their order; what is None is left out. Which of them an entry must have, `_check` tells."""

    actor: str | None = None
    data: dict[str, int | str | bool | list[str] | None] | None = None
    day: date | None = None
    due: date | None = None
    format: int | None = None
    item: str | None = None
    kind: EntryKind | None = None
    place: int | None = None
    quantity: int | None = None
    record: str | None = None
    recorded_at: int | None = None
    sealed: dict[str, str] | None = None
    source: str | None = None
    strikes: str | None = None
    target: str | None = None
    type: str | None = None
    uid: str | None = None
    version: int | None = None
    why: str | None = None


_encoder = msgspec.json.Encoder(order="deterministic", enc_hook=dict)  # the hook takes mappings that are no dict
_decoder = msgspec.json.Decoder(_Wire)
_values = msgspec.json.Decoder(dict[str, Any])


def encode(entry: Entry) -> bytes:
    """The canonical bytes of an entry; NotCanonical says what keeps it from having any."""
    if not _is_plain(entry):
        _check(entry)
    try:
        raw = _encoder.encode(_wire(entry))
    except UnicodeEncodeError:
        _check_texts(entry)
        raise
    if b"\\u0000" in raw:  # the quick look leaves this one out; here it costs next to nothing
        _check_texts(entry)
    if len(raw) > MAX_BYTES:
        raise NotCanonical("entry", f"{len(raw)} bytes, more than {MAX_BYTES}")
    return raw


def decode(raw: bytes) -> Entry:
    """The entry of canonical bytes; every other sequence of bytes is refused with NotCanonical."""
    if len(raw) > MAX_BYTES:
        raise NotCanonical("entry", f"{len(raw)} bytes, more than {MAX_BYTES}")
    try:
        wire = _decoder.decode(raw)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise NotCanonical("entry", f"not the JSON of an entry ({error})") from error
    if wire.format != FORMAT:
        raise NotCanonical("format", f"{wire.format} is unknown; this program reads {FORMAT}")
    entry = _entry(wire)
    again = encode(entry)
    if again != raw:
        raise NotCanonical("entry", f"not canonical from byte {_first_difference(again, raw)} on")
    return entry


def body(entry: Entry) -> bytes:
    """What an entry says, whoever recorded it, when, and under which version: equal for two deliveries of one statement."""
    return encode(replace(entry, recorded_at=0, actor="-", version=None))


def written(values: Mapping[str, Any]) -> str | None:
    """`data` or `sealed` as it stands in the bytes of an entry; None when there is none."""
    return _encoder.encode(values).decode() if values else None


def written_lines(values: Sequence[Mapping[str, Any]]) -> bytes:
    """Many of them in UTF-8, each followed by a line feed."""
    return _encoder.encode_lines(values)


def read_values(text: str | None) -> dict[str, Any]:
    """What `written` wrote."""
    return _values.decode(text) if text else {}


def _wire(entry: Entry) -> _Wire:
    parts: Any = entry
    return _Wire(
        parts.actor, parts.data or None, parts.day, parts.due, FORMAT, parts.item, parts.kind, parts.place, parts.quantity,
        parts.record, parts.recorded_at, parts.sealed or None, parts.source, parts.strikes, parts.target, parts.type,
        parts.uid, parts.version, parts.why,
    )  # fmt: skip


def _entry(wire: _Wire) -> Entry:
    """What stands in the bytes as it stands there; `encode` refuses what is missing."""
    parts: Any = wire
    return Entry(
        parts.uid, parts.kind, parts.type, parts.place, parts.day, parts.actor, parts.recorded_at, parts.record, parts.data or {},
        parts.sealed or {}, parts.version, parts.item, parts.quantity, parts.source, parts.target, parts.due, parts.strikes, parts.why,
    )  # fmt: skip


def _is_plain(entry: Entry) -> bool:
    """A quick look that finds most entries sound; what it does not pass may still be sound, and `_check` decides."""
    uid, actor, record = entry.uid, entry.actor, entry.record
    return (
        type(uid) is str
        and _is_uid(uid) is not None
        and type(entry.day) is date
        and type(entry.place) is int
        and INT_MIN <= entry.place <= INT_MAX
        and type(entry.recorded_at) is int
        and 0 <= entry.recorded_at <= INT_MAX
        and type(actor) is str
        and actor.isascii()
        and actor != ""
        and (record is None or (type(record) is str and record.isascii() and record != ""))
        and (not entry.sealed or is_sealed_soundly(entry))
        and (entry.version is None or (type(entry.version) is int and 0 < entry.version <= INT_MAX))
        and entry.why is None
        and entry.strikes is None
        and _is_plain_kind(entry)
        and are_names(entry.type, tuple(entry.data))
        and _are_plain_values(entry.data)
    )


def is_sealed_soundly(entry: Entry) -> bool:
    """Whether sealed values are well formed and belong to a record."""
    if entry.record is None or not are_names(entry.type, tuple(entry.sealed)):
        return False
    return all(type(v) is str and _CIPHERTEXT.fullmatch(v) and n not in entry.data for n, v in entry.sealed.items())


def _is_plain_kind(entry: Entry) -> bool:
    kind = entry.kind
    if kind == "event" or (kind == "state" and entry.record is not None):
        return entry.item is None and entry.quantity is None and entry.source is None and entry.target is None and entry.due is None
    return kind == "transfer" and _is_plain_transfer(entry)


def _moves_nothing(entry: Entry) -> bool:
    return entry.item is None and entry.quantity is None and entry.source is None and entry.target is None and entry.due is None


def _is_plain_transfer(entry: Entry) -> bool:
    return (
        type(entry.quantity) is int
        and INT_MIN <= entry.quantity <= INT_MAX
        and _is_plain_key(entry.item)
        and _is_plain_key(entry.source)
        and _is_plain_key(entry.target)
        and (entry.due is None or type(entry.due) is date)
    )


def _is_plain_key(key: object) -> bool:
    return type(key) is str and key.isascii() and key != ""


def _are_plain_values(data: Mapping[str, Value]) -> bool:
    for value in data.values():
        if type(value) is str:
            if not value.isascii() and not _is_nfc("NFC", value):
                return False
        elif type(value) is int:
            if not INT_MIN <= value <= INT_MAX:
                return False
        elif type(value) is not bool and value is not None:
            return False
    return True


def _check(entry: Entry) -> None:
    """Every rule, one by one: name the first that is broken."""
    _check_head(entry)
    _check_kind(entry)
    _check_data(entry.data)
    _check_sealed(entry)
    _check_texts(entry)


def _check_head(entry: Entry) -> None:
    if type(entry.uid) is not str or not UID.fullmatch(entry.uid):
        _refuse("uid", entry.uid, "32 lower-case hex digits of a UUID, version 7 or 8")
    if not are_names(entry.type, ()):
        _refuse("type", entry.type, "pack.name in lower-case letters, digits and _")
    if type(entry.day) is not date:
        _refuse("day", entry.day, "a date")
    if not _is_int(entry.place):
        _refuse("place", entry.place, "an integer key")
    if not (_is_int(entry.recorded_at) and entry.recorded_at >= 0):
        _refuse("recorded_at", entry.recorded_at, "microseconds since 1970, UTC")
    if entry.version is not None and not (_is_int(entry.version) and entry.version > 0):
        _refuse("version", entry.version, "a version from 1 up")
    if not _is_key(entry.actor):
        _refuse("actor", entry.actor, "the key of who wrote the entry")
    if entry.record is not None and not _is_key(entry.record):
        _refuse("record", entry.record, "the key of a record")


def _check_kind(entry: Entry) -> None:
    kind = entry.kind
    if kind == "transfer":
        _check_transfer(entry)
    elif not _moves_nothing(entry):
        _refuse_strangers(entry, _MOVING)
    if kind == "strike":
        _check_strike(entry)
    elif entry.strikes is not None or entry.why is not None:
        _refuse_strangers(entry, _STRIKING)
    if kind == "state" and entry.record is None:
        _refuse("record", None, "the key of the record whose values a state gives")
    if kind not in _KINDS:
        _refuse("kind", kind, "state, event, transfer or strike")


def _check_transfer(entry: Entry) -> None:
    for name, value in (("item", entry.item), ("source", entry.source), ("target", entry.target)):
        if not _is_key(value):
            _refuse(name, value, "a key: every transfer has an item, a source and a target")
    if not _is_int(entry.quantity):
        _refuse("quantity", entry.quantity, "an integer in the item's smallest part")
    if entry.due is not None and type(entry.due) is not date:
        _refuse("due", entry.due, "a date")


def _check_strike(entry: Entry) -> None:
    if type(entry.strikes) is not str or not UID.fullmatch(entry.strikes):
        _refuse("strikes", entry.strikes, "the uid of the entry that is withdrawn")
    if (entry.why is None) == ("why" not in entry.sealed):
        _refuse("why", entry.why, "a reason, either here or sealed")
    if entry.why is not None and not _is_key(entry.why):
        _refuse("why", entry.why, "a reason in words")


def _refuse_strangers(entry: Entry, names: tuple[str, ...]) -> NoReturn:
    name = next(name for name in names if getattr(entry, name) is not None)
    raise NotCanonical(name, f"has no place in a {entry.kind}")


def _check_texts(entry: Entry) -> None:
    for name in ("actor", *_TEXTS):
        _check_text(name, getattr(entry, name))
    for name, value in entry.data.items():
        for text in value if isinstance(value, list) else [value]:
            _check_text(name, text)


def _check_text(name: str, value: object) -> None:
    if not isinstance(value, str):
        return
    if "\0" in value:
        raise NotCanonical(name, "the character U+0000 cannot stand in a text")
    if not value.isascii() and not _is_nfc("NFC", value):
        raise NotCanonical(name, "text is not in Unicode normal form C")
    if any("\ud800" <= c <= "\udfff" for c in value):
        raise NotCanonical(name, "half a character (a lone surrogate) cannot stand in a text")


def _check_data(data: Mapping[str, Value]) -> None:
    if not are_names("a.b", tuple(data)):
        _refuse("data", sorted(map(str, data)), "field names in lower-case letters, digits and _")
    for name, value in data.items():
        kind = type(value)
        if kind is not str and kind is not bool and value is not None and not _is_int(value) and not _is_list(value):
            _refuse(name, value, "an integer of 64 bits, a text, true, false, null or a list of texts")


def _check_sealed(entry: Entry) -> None:
    sealed = entry.sealed
    if not sealed:
        return
    if not are_names("a.b", tuple(sealed)):
        _refuse("sealed", sorted(map(str, sealed)), "field names in lower-case letters, digits and _")
    for name, value in sealed.items():
        if name in entry.data:
            raise NotCanonical(name, "stands both plain and sealed")
        if type(value) is not str or not _CIPHERTEXT.fullmatch(value):
            _refuse(name, value, "a ciphertext in base64url")
    if entry.record is None:
        raise NotCanonical("record", "sealed values belong to a record, whose key seals them")


def _is_int(value: object) -> bool:
    return type(value) is int and INT_MIN <= value <= INT_MAX


def _is_key(value: object) -> bool:
    return type(value) is str and value != ""


def _is_list(value: object) -> bool:
    return type(value) is list and all(type(text) is str for text in value)


@lru_cache(maxsize=4096)
def are_names(type_name: object, fields: tuple[object, ...]) -> bool:
    """True when the type and all field names are well formed; remembered, since a book has few types."""
    return (
        type(type_name) is str
        and _TYPE.fullmatch(type_name) is not None
        and all(type(name) is str and _NAME.fullmatch(name) for name in fields)
    )


def _refuse(field: str, found: object, expected: str) -> NoReturn:
    raise NotCanonical(field, f"found {found!r:.80}, expected {expected}")


def _first_difference(a: bytes, b: bytes) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
