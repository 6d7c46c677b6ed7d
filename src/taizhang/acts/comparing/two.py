"""Why two figures of the book differ: row by row, each with the reason why the other figure does not count it.

From B to A one goes in steps: what only B counts is taken away, cause by cause; what both count is counted by A's definition;
what only A counts is added, cause by cause. Each step explains the amount by which the value changes, so they sum to the whole
difference whatever the indicator does with its rows (a sum, a count of different persons, an extreme).
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from taizhang.acts.comparing.nouns import KINDS, Cause, Kind, Row
from taizhang.acts.comparing.pairs import NOTHING, Pair
from taizhang.acts.comparing.restated import Corrections, both, corrections
from taizhang.acts.comparing.rows import Rows, Thing

Kinds = tuple[Kind, ...]


def causes(pair: Pair) -> list[Cause]:
    """The causes by which A differs from B."""
    only_a, only_b = pair.only_a(), pair.only_b()
    again = {**corrections(pair.a, only_a, only_b), **corrections(pair.a, only_b, only_a)}
    groups_a, groups_b = _grouped(pair.b, only_a, again), _grouped(pair.a, only_b, again)
    amounts = _amounts(pair, groups_a, groups_b)
    rows = _rows(pair, groups_a, groups_b)
    rows[("corrected",)] = _together(rows.get(("corrected",), []), again)
    kinds = dict.fromkeys([*amounts, *(one for one, some in rows.items() if some)])
    made = [Cause(one, amounts.get(one, NOTHING), tuple(rows.get(one, ()))) for one in kinds]
    return [cause for cause in made if cause.amount or cause.rows]


def _amounts(pair: Pair, only_a: dict[Kinds, list[Thing]], only_b: dict[Kinds, list[Thing]]) -> dict[Kinds, Fraction]:
    """The steps from B to A."""
    amounts: dict[Kinds, Fraction] = {}
    value = pair.b_without([])

    def step(kinds: Kinds, after: Fraction) -> None:
        nonlocal value
        amounts[kinds] = amounts.get(kinds, NOTHING) + after - value
        value = after

    gone: list[Thing] = []
    for kinds, things in only_b.items():
        gone += things
        step(kinds, pair.b_without(gone))
    left = [thing for things in only_a.values() for thing in things]
    step(_of_common(pair), pair.a_without(left))
    for kinds, things in only_a.items():
        left = left[len(things) :]
        step(kinds, pair.a_without(left))
    return amounts


def _grouped(other: Rows, things: Iterable[Thing], again: Corrections) -> dict[Kinds, list[Thing]]:
    """By why the other figure does not count them."""
    found: dict[Kinds, list[Thing]] = {}
    corrected = set(both(again))
    for thing in things:
        why: Kinds = ("corrected",) if thing.seq in corrected else tuple(sorted(other.fails(thing), key=KINDS.index))
        found.setdefault(why, []).append(thing)
    return dict(sorted(found.items(), key=lambda one: [KINDS.index(kind) for kind in one[0]]))


def _of_common(pair: Pair) -> Kinds:
    """Why a row that both count may have two values: by the definition, else by what was known of records."""
    return ("value",) if pair.a.value == pair.b.value and pair.a.factor == pair.b.factor else ("definition",)


def _rows(pair: Pair, only_a: dict[Kinds, list[Thing]], only_b: dict[Kinds, list[Thing]]) -> dict[Kinds, list[Row]]:
    """What each entry adds to either figure, by cause."""
    found: dict[Kinds, list[Row]] = {}
    for kinds, things in only_a.items():
        found.setdefault(kinds, []).extend(Row(pair.of_a([thing]), None, thing.seq) for thing in things)
    for kinds, things in only_b.items():
        found.setdefault(kinds, []).extend(Row(None, pair.of_b([thing]), thing.seq) for thing in things)
    if otherwise := pair.otherwise():
        found.setdefault(_of_common(pair), []).extend(otherwise)
    return found


def _together(rows: list[Row], again: Corrections) -> list[Row]:
    """What was withdrawn and what was stated in its place as one row, under the number of the first."""
    by_seq = {row.seq: row for row in rows}
    pairs = ((by_seq[gone], by_seq[anew]) for gone, anew in again.items())
    return [Row(_either(one.a, other.a), _either(one.b, other.b), one.seq, instead=other.seq) for one, other in pairs]


def _either(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return other if one is None else one
