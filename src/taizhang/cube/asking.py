"""What a person's words mean in a question: how to break a figure down, and what a breakdown's path is called."""

from __future__ import annotations

from taizhang.core import STEPS, InputError
from taizhang.cube.breakdown import By
from taizhang.cube.placing import LEVELS
from taizhang.cube.plainly import parts_of
from taizhang.cube.refusals import unknown_path
from taizhang.packs import Event, Field, Indicator, Pack, Register, Transfer, scopes

_BY_WORDS = {
    "日": "day", "月": "month", "季": "quarter", "季度": "quarter", "年": "year", "年度": "year",
    "省": "province", "市": "prefecture", "市州": "prefecture", "县": "county", "县区": "county", "乡": "township", "乡镇": "township", "村": "village",
}  # fmt: skip


def by_meant(pack: Pack, indicator: Indicator, words: str) -> str:
    """A dimension: a step of time, a level of places, a path, the last word of one (kind for site.kind) or its title.

    InputError names what there is.
    """
    word = _BY_WORDS.get(words, words)
    sources = with_entries(pack, indicator)
    paths = {path for one in sources for path in scopes.of_indicator(pack, one)}
    if word in paths or word in STEPS or word in LEVELS:
        return word
    known = [path for path in _declared(pack, indicator) if _is_called(pack, sources, path, word)]
    if len(known) != 1:
        raise InputError(unknown_path(words, indicator, paths))
    return known[0]


def dimension(pack: Pack, indicator: Indicator, word: str) -> By:
    """What a word of `Question.by` is: a path that the pack breaks it down by comes before a level or step of that name."""
    return By(word, word in _declared(pack, indicator))


def _declared(pack: Pack, indicator: Indicator) -> list[str]:
    """What the pack says the indicator, or those it is made of, is broken down by."""
    return list(dict.fromkeys(path for one in (indicator, *with_entries(pack, indicator)) for path in one.by))


def with_entries(pack: Pack, indicator: Indicator) -> list[Indicator]:
    """The indicator itself; of one made of others, those of them that have a source."""
    if indicator.source:
        return [indicator]
    found: dict[str, Indicator] = {}
    for name in parts_of(pack, indicator).names:
        found |= {one.name: one for one in with_entries(pack, pack.indicators[name])}
    return list(found.values())


def named(pack: Pack, indicator: Indicator, path: str) -> Field | Register | None:
    """What a path leads to: a field, or a register where it is a record's own name; None for day, place and the like."""
    return next((found for one in with_entries(pack, indicator) if (found := _named(pack, one, path)) is not None), None)


def _is_called(pack: Pack, sources: list[Indicator], path: str, word: str) -> bool:
    found = next((thing for one in sources if (thing := _named(pack, one, path)) is not None), None)
    titles = () if found is None else (found.title, *(found.also if isinstance(found, Field) else ()))
    return path.rpartition(".")[2] == word or word in titles


def _named(pack: Pack, indicator: Indicator, path: str) -> Field | Register | None:
    source = indicator.source or ""
    thing = pack.register(source) or pack.events.get(source) or pack.transfers.get(source)
    first, *rest = path.split(".")
    if thing is None:
        return None
    if first in thing.fields:
        return _below(pack, thing.fields[first], rest)
    register = _registers(pack, thing).get(first)
    if register is not None:
        return _below(pack, register, rest)
    about = pack.register(thing.about or "") if isinstance(thing, Event) else None
    return _below(pack, about.fields[first], rest) if about and first in about.fields else None


def _registers(pack: Pack, thing: Register | Event | Transfer) -> dict[str, Register]:
    """The records a name may stand for: what an event is about, both ends of a transfer, what moves."""
    names: dict[str, str] = {}
    if isinstance(thing, Register):
        items = [pack.item(item) for item in thing.holds]
        names = {thing.name: thing.name, **{item.of: item.of for item in items if item and item.of}}
    elif isinstance(thing, Event):
        names = {"record": thing.about or "", thing.about or "": thing.about or ""}
    else:
        item = pack.item(thing.item)
        of = item.of or "" if item else ""
        names = {"source": thing.source, "target": thing.target, thing.source: thing.source, thing.target: thing.target, of: of}
    return {word: register for word, name in names.items() if (register := pack.register(name)) is not None}


def _below(pack: Pack, found: Field | Register, rest: list[str]) -> Field | Register | None:
    for name in rest:
        register = found if isinstance(found, Register) else pack.register(found.of or "")
        if register is None or name not in register.fields:
            return None
        found = register.fields[name]
    return found
