"""The values of one entry: columns found by title or synonym, each value cleaned, what must be there missed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from taizhang.core import Problem
from taizhang.packs.problems import among, nearest, shown
from taizhang.packs.types import Field, Raw, Value


def column(fields: Mapping[str, Field], head: str) -> Field | None:
    """The field a column's head means: its name, title or synonym; white space in the head does not count."""
    if head in fields:
        return fields[head]
    bare = "".join(head.split()).casefold()
    return next((f for f in fields.values() if any("".join(h.split()).casefold() == bare for h in f.heads)), None)


def filled(
    fields: Mapping[str, Field], raw: Mapping[str, Raw], today: date | None = None, *, partial: bool = False
) -> tuple[dict[str, Value], list[Problem]]:
    """Canonical values by field name, and every problem: unknown columns, values that cannot be, what is missing.

    Absent values are left out: absent is not zero. With `partial`, for a later state of a record, nothing is missed.
    """
    out: dict[str, Value] = {}
    problems: list[Problem] = []
    named, refused = set[str](), set[str]()
    for head, given in raw.items():
        field = column(fields, head)
        if field is None or field.computed or field.name in named:
            problems.append(_no_column(fields, head) if field is None else _not_taken(field, head))
            continue
        named.add(field.name)
        got = field.clean(given, today)
        if isinstance(got, Problem):
            problems.append(replace(got, where=shown(head)))
            refused.add(field.name)
        elif got is not None:
            out[field.name] = got
    missing = [] if partial else [f for n, f in fields.items() if f.required and not f.computed and n not in out and n not in refused]
    return out, [*problems, *map(_missing, missing)]


def _no_column(fields: Mapping[str, Field], head: str) -> Problem:
    titles = [f.title for f in fields.values() if not f.computed]
    near = nearest(head, titles)
    do, do_en = (f"是否应为 {near}？", f"Did you mean {near}?") if near else ("请改名或删去这一列。", "Rename or delete this column.")
    return Problem(shown(head), "没有这一项", among(titles), do, "no such column", among(titles), do_en)


def _not_taken(field: Field, head: str) -> Problem:
    if field.computed:
        return Problem(shown(head), "由系统算出", "不填写", "请删去这一列。", "it is computed", "nothing typed", "Delete this column.")
    return Problem(
        shown(head), f"{field.title} 有两列", "一列", "请删去一列。", f"two columns for {field.name}", "one column", "Delete one."
    )


def _missing(field: Field) -> Problem:
    return Problem(field.title, "没有填写", "必填", "请填写。", "nothing there", "a value", "Fill it in.")
