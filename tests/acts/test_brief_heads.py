"""The heads of sheets that a brief names: each is understood, and those in bold are the ones a row cannot do without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.rules import HEADS, heads_of, heads_offered
from taizhang.ledger.rules.plan import Plan, plan_of
from taizhang.packs import PROGRAMMES, Register, Transfer, check

from .trials import SHIPPED

SECTION = "## 表头"
SHEETS = [
    (name, title, heads)
    for name in SHIPPED
    for title, heads in re.findall(
        r"^\| ([^ |]+) \| (.+?) \|$", (PROGRAMMES / name / "brief.md").read_text(encoding="utf-8").partition(SECTION)[2], re.MULTILINE
    )
    if title != "填报"
]


@cache
def catalogue(name: str) -> Catalogue:
    pack, _ = check(PROGRAMMES / name)
    assert pack is not None
    assert pack.base is not None
    return Catalogue.of(pack.base, pack)


def needed(name: str, title: str) -> Iterator[tuple[str, ...]]:
    """What a row cannot do without: required fields that nobody computes, the record it is about, ends, a quantity; each by its heads.

    What a register adds fields to is there already, unless it is one of the house's: an organisation comes with its name.
    """
    book = catalogue(name)
    (thing,) = (one for one in book.things.values() if one.title == title)
    plan = plan_of(book, thing)
    names = set(thing.fields)
    if isinstance(thing, Register):
        house = {name for one in book.chain(thing) if one.pack == "base" for name in one.fields}
        names = {*thing.own, *book.root(thing).key, *house}
    for field in names:
        if thing.fields[field].required and not thing.fields[field].computed:
            yield thing.fields[field].heads
    if plan.about:
        yield (plan.about.title,)
    if isinstance(thing, Transfer):
        if plan.item_register:
            yield (plan.item_register.title, *HEADS["item"])
        if not thing.returns:
            yield from _moved(plan, thing)


def _moved(plan: Plan, thing: Transfer) -> Iterator[tuple[str, ...]]:
    """How much, unless there is one of each; and the ends that are no single account."""
    if plan.item is None or not plan.item.single:
        yield ("数量", "金额")
    for end, part in ((thing.source, "source"), (thing.target, "target")):
        if register := plan.pack.register(end):
            yield HEADS[part] if thing.source == thing.target else (register.title, *HEADS[part])


@pytest.mark.parametrize(("name", "title", "heads"), SHEETS, ids=[f"{name}-{title}" for name, title, _ in SHEETS])
def test_the_heads_of_the_brief(name: str, title: str, heads: str) -> None:
    book = catalogue(name)
    (type_name,) = (one.type for one in book.things.values() if one.title == title)
    plain = tuple(head.strip("*") for head in heads.split())
    assert [problem.line() for problem in heads_of(plain, type_name, book).problems] == []
    bold = {head.strip("*") for head in heads.split() if head.startswith("**")}
    wanted = list(needed(name, title))
    assert [some for some in wanted if not bold & set(some)] == []
    assert [head for head in bold if not any(head in some for some in wanted)] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_every_type_of_entry_has_its_heads(name: str) -> None:
    own = {thing.title for thing in catalogue(name).things.values() if thing.pack == name}
    assert {title for one, title, _ in SHEETS if one == name} == own


@pytest.mark.parametrize("type_name", sorted(thing.type for name in SHIPPED for thing in catalogue(name).things.values() if thing.pack == name))
def test_a_blank_sheet_has_heads_that_are_understood_and_all_that_a_row_needs(type_name: str) -> None:
    name = type_name.partition(".")[0]
    book = catalogue(name)
    offered = heads_offered(type_name, book)
    found = heads_of(tuple(head.name for head in offered), type_name, book)
    assert [problem.line() for problem in found.problems] == []
    assert {"day", "place"} <= set(found.parts.values())
    marked = {head.name for head in offered if head.needed}
    assert [some for some in needed(name, book.things[type_name].title) if not marked & set(some)] == []
