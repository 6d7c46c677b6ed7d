"""One entry, one sequence of bytes; everything else is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core import Entry
from taizhang.ledger import NotCanonical, body, decode, encode

from .plainly import entries, reference, some_entries

VECTORS = json.loads((Path(__file__).parent / "entry-vectors.json").read_text(encoding="utf-8"))
STOP = some_entries(2)[1]
PAYMENT = some_entries(1)[0]
STRIKE = Entry(STOP.uid, "strike", "traffic.stop", 1, date(2023, 1, 2), "clerk-1", 5, strikes=PAYMENT.uid, why="重复录入")


def from_vector(told: dict[str, Any]) -> Entry:
    days = {name: date.fromisoformat(told[name]) for name in ("day", "due") if name in told}
    return Entry(**{**told, **days})


@pytest.mark.parametrize("vector", VECTORS["accepted"], ids=lambda v: v["name"])
def test_the_vectors_of_the_page(vector: dict[str, Any]) -> None:
    entry, raw = from_vector(vector["entry"]), vector["bytes"].encode()
    assert encode(entry) == raw
    assert reference(entry) == raw
    assert decode(raw) == entry
    assert sha256(b"\0" + raw).hexdigest() == vector["leaf"]


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda v: v["name"])
def test_bytes_that_mean_an_entry_and_are_not_canonical(vector: dict[str, Any]) -> None:
    with pytest.raises(NotCanonical, match=vector["because"]):
        decode(bytes.fromhex(vector["hex"]) if "hex" in vector else vector["bytes"].encode())


@given(entries())
def test_what_is_encoded_decodes_to_itself(entry: Entry) -> None:
    raw = encode(entry)
    assert raw == reference(entry)
    assert decode(raw) == entry
    assert [type(v) for v in decode(raw).data.values()] == [type(entry.data[name]) for name in decode(raw).data]
    assert b"\n" not in raw


@given(entries(), st.data())
def test_an_accepted_change_of_bytes_is_another_entry(entry: Entry, data: st.DataObject) -> None:
    raw = bytearray(encode(entry))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        other = decode(bytes(raw))
    except NotCanonical:
        return
    assert encode(other) == bytes(raw)
    assert other != entry


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_other_bytes_are_refused(raw: bytes) -> None:
    with pytest.raises(NotCanonical):
        decode(raw)


@pytest.mark.parametrize("start", [0, 1])
def test_white_space_anywhere_is_refused(start: int) -> None:
    raw = encode(STOP)
    for i in range(start, len(raw) + 1, 2):
        spaced = raw[:i] + b" " + raw[i:]
        try:
            accepted = decode(spaced)
        except NotCanonical:
            continue
        assert encode(accepted) == spaced  # inside a text a space is a character


@pytest.mark.parametrize("opening", [b"[", b'{"data":', b'{"data":{"a":['])
def test_deep_nesting_is_refused(opening: bytes) -> None:
    with pytest.raises(NotCanonical):
        decode(opening * 50_000)


WRONG: list[tuple[Entry, dict[str, Any], str]] = [
    (STOP, {"uid": STOP.uid.upper().replace("0185", "018A")}, "uid"),
    (STOP, {"uid": "0" * 32}, "uid"),
    (STOP, {"uid": STOP.uid + "\n"}, "uid"),
    (STOP, {"kind": "note"}, "kind"),
    (STOP, {"type": "traffic"}, "type"),
    (STOP, {"type": "Traffic.stop"}, "type"),
    (STOP, {"place": "43"}, "place"),
    (STOP, {"place": True}, "place"),
    (STOP, {"place": 2**63}, "place"),
    (STOP, {"day": datetime(2023, 1, 1)}, "day"),
    (STOP, {"day": "2023-01-01"}, "day"),
    (STOP, {"actor": ""}, "actor"),
    (STOP, {"actor": "a\0"}, "actor"),
    (STOP, {"recorded_at": -1}, "recorded_at"),
    (STOP, {"recorded_at": 1.5}, "recorded_at"),
    (STOP, {"record": ""}, "record"),
    (STOP, {"version": 0}, "version"),
    (STOP, {"kind": "state", "record": None}, "record"),
    (STOP, {"data": {"fine": 50.0}}, "fine"),
    (STOP, {"data": {"fine": float("nan")}}, "fine"),
    (STOP, {"data": {"fine": 2**63}}, "fine"),
    (STOP, {"data": {"fine": -(2**63) - 1}}, "fine"),
    (STOP, {"data": {"fine": {"a": 1}}}, "fine"),
    (STOP, {"data": {"kinds": [1]}}, "kinds"),
    (STOP, {"data": {"kinds": ("a",)}}, "kinds"),
    (STOP, {"data": {"Fine": 1}}, "data"),
    (STOP, {"data": {1: 1}}, "data"),
    (STOP, {"data": {"name": "e\u0301"}}, "name"),
    (STOP, {"data": {"names": ["e\u0301"]}}, "names"),
    (STOP, {"data": {"name": "a\0b"}}, "name"),
    (STOP, {"data": {"name": "\ud800"}}, "name"),
    (STOP, {"data": {"text": "长" * 400_000}}, "entry"),
    (STOP, {"sealed": {"name": "AAAA="}}, "name"),
    (STOP, {"sealed": {"kind": "AAAA"}}, "kind"),
    (STOP, {"sealed": {"name": "AAAA"}, "record": None}, "record"),
    (STOP, {"item": "money"}, "item"),
    (STOP, {"due": date(2023, 1, 1)}, "due"),
    (STOP, {"why": "因为"}, "why"),
    (PAYMENT, {"quantity": None}, "quantity"),
    (PAYMENT, {"quantity": "100"}, "quantity"),
    (PAYMENT, {"source": None}, "source"),
    (PAYMENT, {"target": "e\u0301"}, "target"),
    (PAYMENT, {"due": "2023-01-01"}, "due"),
    (STRIKE, {"strikes": None}, "strikes"),
    (STRIKE, {"why": None}, "why"),
    (STRIKE, {"why": "因为", "sealed": {"why": "AAAA"}, "record": "r"}, "why"),
]


@pytest.mark.parametrize(("entry", "change", "field"), WRONG, ids=lambda x: str(x)[:40] if isinstance(x, dict) else None)
def test_a_faulty_entry_has_no_bytes_and_the_fault_is_named(entry: Entry, change: dict[str, Any], field: str) -> None:
    encode(entry)
    with pytest.raises(NotCanonical) as told:
        encode(replace(entry, **change))
    assert told.value.field == field


def test_fields_may_come_in_any_mapping() -> None:
    assert encode(replace(STOP, data=MappingProxyType(dict(STOP.data)))) == encode(STOP)


def test_a_reason_may_be_sealed() -> None:
    sealed = replace(STRIKE, why=None, sealed={"why": "AAAA"}, record="r1")
    assert decode(encode(sealed)) == sealed


def test_the_same_statement_recorded_later_has_the_same_body() -> None:
    assert body(STOP) == body(replace(STOP, recorded_at=STOP.recorded_at + 1, actor="another", version=7))
    assert body(STOP) != body(replace(STOP, data={**STOP.data, "fine": 1}))
