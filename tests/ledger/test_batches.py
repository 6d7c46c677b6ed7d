"""A batch in columns is the batch entry by entry: the same is sound, with the same bytes and the same columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from taizhang.core import Entry
from taizhang.ledger import NotCanonical, encode
from taizhang.ledger.batches import FEW, Ready, apart, block_of
from taizhang.ledger.writing import UNSAFE, parts_of

from ..conftest import PROVING
from .entries import allotted, mine, stop, struck
from .plainly import entries, reference

SEED = 41
STRANGE: dict[str, list[Any]] = {
    "uid": [None, "", 7, "0" * 32, "018561E0d40070008000000000000001", "018561e0d4007000c000000000000001", " 18561e0d40070008000000000000001"],
    "kind": ["state", "event", "transfer", "strike", "thing", None],
    "type": ["a", "a.b", "a.b.c", "A.b", None, 7],
    "place": [True, 1.0, 2**63, -(2**63), None, "43"],
    "day": ["2023-01-01", None, datetime(2023, 1, 1)],
    "actor": ["", None, 'a"b', "a\\b", "a\nb", "a\x7fb", "e\u0301", "\ud800", "书"],
    "recorded_at": [-1, 2**63, None, True],
    "record": ["", 'a"b', "a\0b", "\u0338", 7, None],
    "data": [None, {"a": 1.5}, {"A": 1}, {"a": [1]}, {"a": ["x", None]}, {"a": {"b": 1}}, {"a": 2**63}, {"a": "\0"}, {"a": "\\u0000"},
             {"a": "e\u0301"}, {"a": "\u0301"}, {"a": "\ud800"}, {"a": ("x",)}, {7: 1}, {"a": b"x"}, {"a": ["e\u0301"]}, {"a": [""]}, {"a": "x\ny"}],
    "sealed": [None, {"a": ""}, {"a": "b!"}, {"A": "QQ"}, {"a": "QQ"}, {"a": None}, {"kind": "QQ"}],
    "version": [0, -1, True, 2**63, 1, "1"],
    "item": ["", None, 'a"b', 7, "x"],
    "quantity": [None, True, 2**63, -5, 0, "5", 1.0],
    "source": ["", None, "a\\b", "x"],
    "target": ["", None, "a\tb", "x"],
    "due": ["2023-01-01", date(2023, 1, 2), datetime(2023, 1, 1), None],
    "strikes": [None, "", "x", "018561e0d40070008000000000000001"],
    "why": [None, "", "x", "\ud800", "e\u0301", 7],
}  # fmt: skip


def test_a_strange_entry_among_sound_ones(count: Callable[[int, int], int]) -> None:
    rng, seen = Random(SEED), Counter[str]()
    for _ in range(count(1500, 200_000)):
        made = [stop(1), allotted(5), mine("m", area="2.8"), struck(stop(2)), replace(stop(3), sealed={"note": "QQ"}, data={})]
        some = [rng.choice(made) for _ in range(FEW)]
        at = rng.randrange(FEW)
        for name in rng.sample(list(STRANGE), rng.choice([1, 1, 2])):
            some[at] = replace(some[at], **{name: rng.choice(STRANGE[name])})
        seen[alike(some)] += 1
    print(f"seed {SEED}: {dict(seen)}")
    assert seen["refused"] > count(500, 60_000)
    assert seen["together"] > count(100, 10_000)


@given(st.lists(entries(), min_size=FEW, max_size=FEW + 2))
@settings(max_examples=400 if PROVING else 6)
def test_any_entries(some: list[Entry]) -> None:
    assert alike(some) in ("together", "refused")
    for entry, one in zip(some, apart(some), strict=True):
        keys = "".join(filter(None, (entry.actor, entry.record, entry.item, entry.source, entry.target)))
        assert isinstance(one, Ready) == (UNSAFE.search(keys) is None)
        assert isinstance(one, NotCanonical) or one.raw == reference(entry)


def alike(some: list[Entry]) -> str:
    """Look at entries together and one by one: what passes together passes one by one, and is the same."""
    block, ones = block_of(some), apart(some)
    if block is None:
        return "refused" if any(isinstance(one, NotCanonical) for one in ones) else "one by one"
    assert block.apart() == ones
    assert list(block.raws) == [encode(entry) for entry in some]
    assert list(zip(*block.columns, strict=True)) == [parts_of(entry) for entry in some]
    return "together"
