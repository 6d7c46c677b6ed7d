"""Canonical bytes written a second time, slowly and from the page alone (docs/entry-format.md), and entries drawn at random."""

from __future__ import annotations

import unicodedata
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from taizhang.core import Entry

SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def reference(entry: Entry) -> bytes:
    """The canonical bytes as the page tells how to write them."""
    said: dict[str, Any] = {"format": 1}
    for field in fields(entry):
        value = getattr(entry, field.name)
        if value is None or value == {}:
            continue
        said[field.name] = value.isoformat() if isinstance(value, date) else value
    return _json(said).encode("utf-8")


def _json(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return '"' + "".join(_character(c) for c in value) + '"'
    if isinstance(value, list):
        return "[" + ",".join(_json(one) for one in value) + "]"
    return "{" + ",".join(f"{_json(name)}:{_json(value[name])}" for name in sorted(value)) + "}"


def _character(c: str) -> str:
    return SHORT.get(c) or (f"\\u{ord(c):04x}" if c < " " else c)


# ---- entries at random ---------------------------------------------------------------------------------------------------------

INTEGERS = st.integers(-(2**63), 2**63 - 1)
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])).map(lambda s: unicodedata.normalize("NFC", s))
KEYS = TEXTS.filter(bool)
VALUES = st.none() | st.booleans() | INTEGERS | TEXTS | st.lists(TEXTS, max_size=3)
CIPHERTEXTS = st.from_regex(r"[A-Za-z0-9_-]{1,60}", fullmatch=True)


@st.composite
def uids(draw: st.DrawFn) -> str:
    digits = f"{draw(st.integers(0, 2**128 - 1)):032x}"
    return digits[:12] + draw(st.sampled_from("78")) + digits[13:16] + draw(st.sampled_from("89ab")) + digits[17:]


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Any valid entry."""
    kind = draw(st.sampled_from(["state", "event", "transfer", "strike"]))
    data = draw(st.dictionaries(NAMES, VALUES, max_size=5))
    sealed = draw(st.dictionaries(NAMES.filter(lambda n: n not in data and n != "why"), CIPHERTEXTS, max_size=2))
    more: dict[str, Any] = {}
    if kind == "transfer":
        more = {"item": draw(KEYS), "quantity": draw(INTEGERS), "source": draw(KEYS), "target": draw(KEYS)}
        more["due"] = draw(st.none() | DAYS)
    if kind == "strike":
        more = {"strikes": draw(uids()), "why": draw(KEYS)}
    return Entry(
        uid=draw(uids()),
        kind=kind,
        type=f"{draw(NAMES)}.{draw(NAMES)}",
        place=draw(INTEGERS),
        day=draw(DAYS),
        actor=draw(KEYS),
        recorded_at=draw(st.integers(0, 2**63 - 1)),
        record=draw(KEYS) if sealed or kind == "state" else draw(st.none() | KEYS),
        data=data,
        sealed=sealed,
        version=draw(st.none() | st.integers(1, 99)),
        **more,
    )


def some_entries(count: int) -> list[Entry]:
    """A small book of traffic stops and payments; the same each time."""
    first = date(2023, 1, 1)
    return [
        Entry(
            uid=f"0185{i:08x}7000800000000000{i:04x}",
            kind="event" if i % 3 else "transfer",
            type="traffic.stop" if i % 3 else "mines.allot",
            place=431129 + i % 5,
            day=first + timedelta(days=i % 60),
            actor="clerk-1",
            recorded_at=1_672_531_200_000_000 + i,
            record=f"r{i % 7}" if i % 3 else None,
            data={"kind": "未戴头盔" if i % 2 else "超载", "fine": 5000 + i} if i % 3 else {},
            **({} if i % 3 else {"item": "money", "quantity": 100 + i, "source": "fund-1", "target": f"site-{i % 4}"}),
        )
        for i in range(count)
    ]
