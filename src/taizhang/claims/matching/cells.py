"""The cells of a breakdown that words name: a choice by its word or another for it, a record by its title or the stem of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from taizhang.claims.matching.lexicon import Lexicon
from taizhang.claims.matching.profiles import fields_of, source_of
from taizhang.cube.cube import Defined
from taizhang.ledger.catalogue import BASE
from taizhang.ledger.reading import Reader
from taizhang.packs import Event, Field, Indicator, Pack, Register, Transfer

MOST_RECORDS = 2000
"""A register of more records is not searched for titles: such a breakdown is of things nobody prints."""
_BODY = re.compile(r"[\u4e00-\u9fff]{2,3}(?:局|厅|委员会|协会|学院|大学|公司|中心|事务所|办公室|图书室|图书馆|阅览室|书屋|书房|活动室)")
"""The name of a body, in which a sort is no sort: 水利局."""
_SHORT = 3
_NAME = "name"


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a breakdown: its path, the value to ask the cube for, what it is called."""

    path: str
    value: str
    title: str


class Cells:
    """The cells of the indicators of one book, read when first asked for."""

    def __init__(self, reader: Reader, lexicon: Lexicon) -> None:
        self._reader = reader
        self._known: dict[str, Defined] = {}
        self._titles = cache(self._read)
        self._senses = lru_cache(256)(lexicon.senses)
        self._named = lru_cache(4096)(self._find)

    def named(self, one: Defined, text: str) -> dict[str, list[Cell]]:
        """The cells of an indicator that a text names, by path."""
        self._known[one.key] = one
        return self._named(one.key, text) if one.indicator.by and text else {}

    def _find(self, key: str, text: str) -> dict[str, list[Cell]]:
        one = self._known[key]
        found: dict[str, list[Cell]] = {}
        for path in one.indicator.by:
            target = at_path(one.pack, one.indicator, path)
            if isinstance(target, Field) and target.choices:
                cells = [Cell(path, choice, choice) for choice in target.choices if self._tells(choice, text)]
            elif isinstance(target, Register) and target.pack != BASE:
                cells = [Cell(path, key, title) for title, key in self._titles(target.type).items() if _stands(title, text)]
            else:
                cells = []
            if cells:
                found[path] = cells
        return found

    def _tells(self, choice: str, text: str) -> bool:
        """Whether a text names a choice: by its own word, or by one of the same meaning."""
        if len(choice) == 1:
            return re.search(rf"“{choice}”|{choice}[色类级标码]", text) is not None
        bare = _BODY.sub("", text)
        if choice in bare:
            return not self._longer(choice, bare)
        own = {g for s in self._senses(choice) if s.end - s.start == len(choice) for g in s.groups if g.startswith("choice:")}
        return any(own & sense.groups for sense in self._senses(bare))

    def _longer(self, choice: str, text: str) -> bool:
        """True where the word only stands within longer ones that mean something else."""
        inside = [s for s in self._senses(text) if choice in text[s.start : s.end]]
        own = {g for s in self._senses(choice) for g in s.groups}
        return bool(inside) and all(not own & s.groups for s in inside)

    def _read(self, type_name: str) -> Mapping[str, str]:
        """Records of a register by title; none where there are too many, or only one: to name that is to name all there is."""
        seen = self._reader.records(type_name, limit=MOST_RECORDS + 1)
        if len(seen) > MOST_RECORDS:
            return {}
        titled = ((values.get(_NAME), record.key) for record in seen for values in record.values.values())
        found = {title: key for title, key in titled if isinstance(title, str)}
        return found if len(found) > 1 else {}


def _stands(title: str, text: str) -> bool:
    """Whether a title stands in a text, or all of it but a last word (布洛芬片 told as 布洛芬)."""
    stem = title[:-1] if len(title) > _SHORT else title
    return len(title) > 1 and stem in text


def choices(one: Defined) -> Iterator[str]:
    """The choices that an indicator is broken down by."""
    for path in one.indicator.by:
        target = at_path(one.pack, one.indicator, path)
        if isinstance(target, Field) and target.choices:
            yield from target.choices


def at_path(pack: Pack, indicator: Indicator, path: str) -> Field | Register | None:
    """What a path of a breakdown ends at: a field, or the register of the records it names."""
    first, *rest = path.split(".")
    target = _first(pack, indicator, first)
    for name in rest:
        register = target if isinstance(target, Register) else pack.register(target.of or "") if target else None
        target = register.fields.get(name) if register else None
    if isinstance(target, Field) and target.of:
        return pack.register(target.of)
    return target


def _first(pack: Pack, indicator: Indicator, name: str) -> Field | Register | None:
    thing = source_of(pack, indicator)
    if name in (own := fields_of(thing)):
        return own[name]
    registers = list(_registers(pack, thing))
    direct = registers[0].fields.get(name) if isinstance(thing, Event) and registers else None
    return direct or next((register for register in registers if register.name == name), None)


def _registers(pack: Pack, thing: Event | Transfer | Register | None) -> Iterator[Register]:
    """The registers whose records an entry speaks of."""
    names: list[str | None] = []
    if isinstance(thing, Event):
        names = [thing.about]
    elif isinstance(thing, Transfer):
        item = pack.item(thing.item)
        names = [thing.source, thing.target, item.of if item else None]
    elif isinstance(thing, Register):
        names = [thing.name, *(item.of for held in thing.holds if (item := pack.item(held)))]
    return (register for name in names if name and (register := pack.register(name)))
