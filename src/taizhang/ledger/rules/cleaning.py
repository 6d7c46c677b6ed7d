"""The values of one proposal: heads found, each value in its canonical form, records and places looked up."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from taizhang.core import Problem, Value
from taizhang.ledger.rules import words
from taizhang.ledger.rules.bench import Bench
from taizhang.ledger.rules.finding import Finder
from taizhang.ledger.rules.nouns import UNKNOWN, Raw
from taizhang.ledger.rules.plan import Plan
from taizhang.packs import Field
from taizhang.packs.problems import shown
from taizhang.packs.types import parse_day

FIRST = date(1900, 1, 1)
"""No entry is of a day before this: such a day is a slip of the keyboard."""
MOST_REMEMBERED = 5000


@dataclass(slots=True)
class Column:
    """One column of a sheet: its head, its field, and the texts cleaned before."""

    bench: Bench
    head: str
    field: Field
    finder: Finder | None
    known: dict[str, Value] = dataclasses.field(default_factory=dict)

    def value(self, raw: Raw) -> Value | Problem:
        """The canonical value, None for nothing there."""
        if type(raw) is str:
            if raw in self.known:
                return self.known[raw]
            value = self._clean(raw)
            if not isinstance(value, Problem) and len(self.known) < MOST_REMEMBERED:
                self.known[raw] = value
            return value
        return self._clean(raw)

    def _clean(self, raw: Raw) -> Value | Problem:
        if self.finder is None or raw is None or (isinstance(raw, str) and not raw.strip()):
            got = self.field.clean(raw, self.bench.today)
            return replace(got, where=shown(self.head)) if isinstance(got, Problem) else got
        return self.finder(raw if isinstance(raw, Mapping) else str(raw))


Columns = dict[str, Column]
"""The columns of one type by head, as they are met."""


def column_of(bench: Bench, plan: Plan, columns: Columns, head: str) -> Column | Problem:
    """The column of a head, or why there is none."""
    known = columns.get(head)
    if known is not None:
        return known
    found = plan.head(head)
    if found is None:
        return words.no_field(head, [f.title for f in plan.thing.fields.values() if not f.computed])
    if found.computed:
        return words.computed(head)
    register = plan.refs.get(found.name)
    made = columns[head] = Column(bench, head, found, Finder(bench, register, shown(head)) if register else None)
    return made


def clean(bench: Bench, plan: Plan, columns: Columns, values: Mapping[str, Raw]) -> tuple[dict[str, Value], list[Problem]]:
    """Canonical values by name, and every problem. What is absent is left out; None stands for "known to be unknown"."""
    data: dict[str, Value] = {}
    problems: list[Problem] = []
    named: set[str] = set()
    for head, raw in values.items():
        at = columns.get(head) or column_of(bench, plan, columns, head)
        if isinstance(at, Problem):
            problems.append(at)
            continue
        name = at.field.name
        if name in named:
            problems.append(words.twice(head, at.field))
            continue
        named.add(name)
        if raw is UNKNOWN:
            _unknown(at.field, data, problems)
            continue
        value = at.value(raw)
        if isinstance(value, Problem):
            problems.append(value)
        elif value is not None:
            data[name] = value
    return data, problems


def _unknown(field: Field, data: dict[str, Value], problems: list[Problem]) -> None:
    if field.required:
        problems.append(words.not_known_to_be(field))
    else:
        data[field.name] = None


def refused(problems: list[Problem], plan: Plan, values: Mapping[str, Raw]) -> frozenset[str]:
    """The fields that were given a value, good or bad: they are not missed."""
    given = (plan.head(head) for head, raw in values.items() if raw not in (None, "")) if problems else ()
    return frozenset(f.name for f in given if f is not None)


def the_day(bench: Bench, raw: Raw) -> date | Problem:
    """The day of an entry: real, not to come, not absurd."""
    day = raw if type(raw) is date else parse_day(raw) if raw not in (None, "") else None
    if day is None:
        return words.no_day("日期", raw)
    if day > bench.today:
        return words.future(day, bench.today)
    return words.too_early(day, FIRST) if day < FIRST else day


def the_place(bench: Bench, raw: Raw, day: date) -> int | Problem:
    """The key of the place; an integer is one already."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    text = str(raw).strip() if raw is not None else ""
    return bench.place(text, day) if text else words.no_place()


def places_known(bench: Bench, plan: Plan, data: Mapping[str, Value], day: date) -> list[Problem]:
    """Problems of fields that hold the code of a place which is not there."""
    out: list[Problem] = []
    for name in plan.places:
        code = data.get(name)
        if isinstance(code, str) and isinstance(found := bench.place(code, day), Problem):
            out.append(replace(found, where=plan.thing.fields[name].title))
    return out


def out_of_use(plan: Plan, data: Mapping[str, Value], day: date) -> list[Problem]:
    """Problems of fields that are no longer used on the day."""
    return [words.ended(plan.thing.fields[n].title, last.isoformat()) for n, last in plan.ended_fields.items() if n in data and day >= last]
