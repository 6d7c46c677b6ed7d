"""Versions of a pack: the hash of what it means, and which change may follow which.

Entries keep the version they were written under, and figures are computed over entries of many versions. So a
new version may add and retire, but what old entries say must still mean the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from taizhang.packs.model import Item, Pack, Parameter, Register, Transfer
from taizhang.packs.problems import At, PackProblem, Pair, problem
from taizhang.packs.types import Field, ValueType, plain

TAG = b"taizhang-pack-1\n"
RETIRE = ("请保留它，写 ended: 停用日期。", "Keep it and write ended: with the day it ends.")
RENAME = ("请保留原定义并写 ended，另起名称新增。", "Keep the old definition with ended:, and add the new one under another name.")


def canonical(pack: Pack) -> bytes:
    """What the pack means, as bytes: one JSON text with sorted keys, whatever the order and comments of its files.

    Inherited fields are written out, so a change of the shared registers it stands on is a change of it.
    Keys that say nothing are left out, so a later key of the language changes no version.
    """
    body = {f.name: _plain(getattr(pack, f.name)) for f in fields(pack) if f.name != "base"}
    said = {k: v for k, v in body.items() if v not in (None, "", [], {}, False)}
    return TAG + json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def version(pack: Pack) -> str:
    """The version of a pack: SHA-256 of its canonical form, in hex."""
    return hashlib.sha256(canonical(pack)).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, ValueType):
        return value.name
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if is_dataclass(value):
        body = {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
        return {k: v for k, v in body.items() if v not in (None, "", [], {}, False)}
    return value


def compatible(old: Pack, new: Pack) -> list[PackProblem]:
    """Why `new` may not follow `old`, each with the way out; empty when it may."""
    return list(_changes(old, new))


def _changes(old: Pack, new: Pack) -> Iterator[PackProblem]:
    if old.name != new.name:
        yield _no("pack", (f"名称由 {old.name} 改为 {new.name}", f"{old.name} became {new.name}"), ("同一专项", "the same pack"), RENAME)
    for section in ("registers", "accounts", "items", "parameters", "events", "transfers", "indicators"):
        before, after = getattr(old, section), getattr(new, section)
        for name in before:
            key = f"{section}.{name}"
            if name not in after:
                yield _no(key, (f"{before[name].title} 不见了", f"{name} is gone"), ("仍然保留", "it is kept"), RETIRE)
            else:
                yield from _thing(before[name], after[name], key)


def _thing(before: Any, after: Any, key: str) -> Iterator[PackProblem]:
    if isinstance(before, Parameter):
        yield from _parameter(before, after, key)
    for attribute in FIXED.get(type(before).__name__, ()):
        was, now = getattr(before, attribute), getattr(after, attribute)
        if was != now:
            yield _changed(f"{key}.{WRITTEN.get(attribute, attribute)}", was, now)
    if isinstance(before, Transfer) and (before.loan is None) != (after.loan is None):
        yield _changed(f"{key}.loan", before.loan is not None, after.loan is not None)
    if isinstance(before, Register):
        yield from _lost(before.holds, after.holds, f"{key}.holds")
    if isinstance(before, Item):
        yield from _units(before, after, key)
    if hasattr(before, "fields"):
        yield from _fields(before.fields, after.fields, key)


FIXED: dict[str, tuple[str, ...]] = {
    "Register": ("key", "extends", "outside"),
    "Account": ("holds", "outside"),
    "Item": ("unit", "parts", "of", "single"),
    "Parameter": ("type", "unit", "places", "by"),
    "Event": ("about", "once"),
    "Transfer": ("item", "source", "target", "returns", "once"),
    "Indicator": ("unit", "kind"),
}
"""What an entry, a balance or a printed figure rests on: it never changes under one name."""

WRITTEN = {"source": "from", "target": "to"}


def _fields(before: Mapping[str, Field], after: Mapping[str, Field], key: str) -> Iterator[PackProblem]:
    for name, was in before.items():
        spot = f"{key}.fields.{name}"
        if name not in after:
            yield _no(spot, (f"字段 {was.title} 不见了", f"the field {name} is gone"), ("仍然保留", "it is kept"), RETIRE)
        else:
            yield from _field(was, after[name], spot)
    for name, now in after.items():
        if now.required and now.computed is None and (name not in before or not before[name].required):
            do = ("请去掉 required，或另起一类条目。", "Take out required, or add another type of entry.")
            yield _no(
                f"{key}.fields.{name}",
                (f"{now.title} 成为必填", f"{name} became required"),
                ("旧条目没有它，也仍然有效", "old entries lack it and still hold"),
                do,
            )


def _field(was: Field, now: Field, key: str) -> Iterator[PackProblem]:
    for attribute in ("type", "unit", "of", "sealed"):
        before, after = getattr(was, attribute), getattr(now, attribute)
        if before != after:
            yield _changed(f"{key}.{attribute}", _plain(before), _plain(after))
    if (now.places or 0) < (was.places or 0):
        yield _changed(f"{key}.places", was.places, now.places)
    yield from _lost(was.choices, now.choices, f"{key}.choices")


def _lost(before: tuple[str, ...], after: tuple[str, ...], key: str) -> Iterator[PackProblem]:
    for word in before:
        if word not in after:
            do = ("请放回去；旧条目里有它。", "Put it back: old entries have it.")
            yield _no(key, (f"{word} 不见了", f"{word} is gone"), ("只增加，不删除", "only additions"), do)


def _units(before: Item, after: Item, key: str) -> Iterator[PackProblem]:
    for unit, size in before.units.items():
        if after.units.get(unit) != size:
            yield _changed(f"{key}.units.{unit}", size, after.units.get(unit))


def _parameter(before: Parameter, after: Parameter, key: str) -> Iterator[PackProblem]:
    """Values that were in force stay; new ones come after them."""
    kept = after.values[: len(before.values)]
    if kept != before.values:
        do = (
            "请保留各时期的值，新值写在最后，另起日期并写明文件。",
            "Keep every value; write the new one last, with its own from-date and document.",
        )
        yield _no(
            f"{key}.values",
            ("已生效的值有改动", "a value that was in force has changed"),
            ("只在最后增加新的时期", "only later values are added"),
            do,
        )


def _changed(key: str, was: object, now: object) -> PackProblem:
    (zh, en), (zh_now, en_now) = _said(was), _said(now)
    return _no(
        key, (f"由 {zh} 改为 {zh_now}", f"{en} became {en_now}"), ("不变：旧条目按它记账", "no change: old entries rest on it"), RENAME
    )


def _said(value: object) -> Pair:
    """A value of a pack in words."""
    if isinstance(value, bool):
        return ("是", "yes") if value else ("否", "no")
    text = "、".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return ("无", "nothing") if value in (None, "", ()) else (text, text)


def _no(key: str, found: Pair, expected: Pair, do: Pair) -> PackProblem:
    return problem(At("pack.yaml", 0, key), found, expected, do)
