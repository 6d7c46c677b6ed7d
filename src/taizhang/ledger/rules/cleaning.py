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
from taizhang.ledger.rules.quick import Quick
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
    quick: Quick | None
    known: dict[str, Value] = dataclasses.field(default_factory=dict)
    name: str = ""

    def __post_init__(self) -> None:
        self.name = self.field.name

    def value(self, raw: Raw) -> Value | Problem:
        """The canonical value, None for nothing there and for what is said to be unknown."""
        if raw is UNKNOWN:
            return None
        if type(raw) is not str:
            return self._clean(raw)
        value: Value | Problem = self.quick(raw) if self.quick else None
        if value is None:
            value = self._clean(raw)
        if not isinstance(value, Problem) and len(self.known) < MOST_REMEMBERED:
            self.known[raw] = value
        return value

    def _clean(self, raw: Raw) -> Value | Problem:
        if self.finder is None or raw is None or (isinstance(raw, str) and not raw.strip()):
            got = self.bench.cleaned(self.field, raw)
            return replace(got, where=shown(self.head)) if isinstance(got, Problem) else got
        return self.finder(raw if isinstance(raw, Mapping) else str(raw))


@dataclass(slots=True)
class Layout:
    """What the heads of one table are for one type: a column for each, or nothing and a problem."""

    columns: list[Column | None]
    problems: list[Problem]


def layout(bench: Bench, plan: Plan, heads: tuple[str, ...]) -> Layout:
    """Find the columns of a table."""
    made = Layout([], [])
    named: set[str] = set()
    for head in heads:
        found = _column(bench, plan, head, named)
        if isinstance(found, Problem):
            made.problems.append(found)
        made.columns.append(None if isinstance(found, Problem) else found)
    return made


def _column(bench: Bench, plan: Plan, head: str, named: set[str]) -> Column | Problem:
    found = plan.head(head)
    if found is None:
        return words.no_field(head, [f.title for f in plan.thing.fields.values() if not f.computed])
    if found.computed:
        return words.computed(head)
    if found.name in named:
        return words.twice(head, found)
    named.add(found.name)
    register = plan.refs.get(found.name)
    return Column(bench, head, found, Finder(bench, register, shown(head)) if register else None, plan.quick(found))


def clean(bench: Bench, plan: Plan, values: Mapping[str, Raw], problems: list[Problem]) -> dict[str, Value]:
    """Canonical values by name; every problem is noted. What is absent is left out; None stands for "known to be unknown"."""
    heads = tuple(values)
    laid: Layout | None = bench.layouts.get((plan.type, heads))
    if laid is None:
        laid = bench.layouts[plan.type, heads] = layout(bench, plan, heads)
    data: dict[str, Value] = {}
    problems += laid.problems
    for column, raw in zip(laid.columns, values.values(), strict=True):
        if column is None:
            continue
        known = column.known
        value = known[raw] if type(raw) is str and raw in known else column.value(raw)
        if value is None:
            if raw is UNKNOWN:
                _unknown(column.field, data, problems)
        elif isinstance(value, Problem):
            problems.append(value)
        else:
            data[column.name] = value
    return data


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
    if type(raw) is str:
        known = bench.days.get(raw)
        if known is None:
            known = bench.days[raw] = _sound(bench, raw)
        return known
    return _sound(bench, raw)


def _sound(bench: Bench, raw: Raw) -> date | Problem:
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
