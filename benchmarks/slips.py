"""Planted slips: seeded short texts, half of them consistent, half with one slip, and how many are found.

    python benchmarks/slips.py [--count 2400] [--seed 1] [--show 10]

Half of the slips are the nearest print that cannot be right given the rounding ranges; half of the
consistent texts hold the last print that still can. A part of the consistent texts are traps: numbers that
look wrong and are not tied to each other. Prints recall and precision by relation, and apart for the
wordings held out (written after the rules, a third of all texts).
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from slip_held_out import HELD_OUT, TRAPS
from slip_relations import RELATIONS, Draft, Slots, finish_sum, heads, worked_out
from slip_templates import DISTRACTORS, PLACES, TEMPLATES
from taizhang.claims import findings

TRAP_EVERY = 5  # a trap after every fifth text, where that is a consistent one
FURTHEST = 4000  # prints tried on the way to the nearest slip


@dataclass(frozen=True)
class Case:
    """One short text; `slip` when its numbers cannot all be right."""

    relation: str
    held_out: bool
    text: str
    slip: bool
    near: bool


def cases(count: int, seed: int) -> Iterator[Case]:
    """`count` texts, the relations in turn, slips and consistent texts in turn."""
    rng = random.Random(seed)
    names = list(RELATIONS)
    made = 0
    while made < count:
        turn = made // len(names)
        case = _case(rng, names[made % len(names)], slip=turn % 2 == 0, near=turn % 4 < 2)
        if case:
            yield case
            made += 1
            if not case.slip and made % TRAP_EVERY == 0:
                yield _trap(rng)
                made += 1


def _trap(rng: random.Random) -> Case:
    numbers = {k: rng.randint(low, high) for k, low, high in (("a", 12, 80), ("b", 3, 11), ("c", 120, 900), ("p", 3, 60), ("q", 3, 60))}
    text = rng.choice(TRAPS).format(place=rng.choice(PLACES), **numbers)
    return Case("trap", False, _around(rng, text), slip=False, near=False)


def _case(rng: random.Random, relation: str, slip: bool, near: bool) -> Case | None:
    held_out = rng.random() < 1 / 3
    template = rng.choice((HELD_OUT if held_out else TEMPLATES)[relation])
    draft = _drafted(rng, relation, template)
    if not draft.agree(draft.slots):
        return None
    slots = _slipped(rng, draft, template, near) if slip else _edge(rng, draft, template) if near else draft.slots
    if slots is None or draft.agree(slots) == slip or any(p.steps <= 0 for p in slots.values()):
        return None
    return Case(relation, held_out, _around(rng, _filled(rng, template, slots, draft.words)), slip, near)


def _drafted(rng: random.Random, relation: str, template: str) -> Draft:
    draft = RELATIONS[relation](rng)
    if "{hn}" in template:
        heads(rng, draft)
    keys = [k for k in ("P1", "P2", "P3") if f"{{{k}}}" in template]
    if "{T}" in template and keys:
        finish_sum(rng, draft, keys)
    if relation in ("rate", "average") and template.find("{T}") < template.find("{R}") and "均" in template:
        worked_out(draft)
    return draft


def _keys(rng: random.Random, draft: Draft, template: str) -> list[str]:
    """The slots to change together, among those the template prints."""
    able = [[k] for k in draft.slip if f"{{{k}}}" in template]
    return rng.choice(able or [[]])


def _slipped(rng: random.Random, draft: Draft, template: str, near: bool) -> Slots | None:
    keys = _keys(rng, draft, template)
    way = rng.choice([1, -1])
    for k in range(1, FURTHEST):
        slots = draft.slots | {key: draft.slots[key].stepped(way * k) for key in keys}
        if any(slots[key].steps <= 0 for key in keys):
            return None
        if not _agrees(draft, template, slots):
            if near:
                return slots
            return draft.slots | {key: draft.slots[key].stepped(way * k * rng.randint(2, 12)) for key in keys}
    return None


def _edge(rng: random.Random, draft: Draft, template: str) -> Slots | None:
    """The last prints that can still all be right."""
    keys = _keys(rng, draft, template)
    way = rng.choice([1, -1])
    last = draft.slots
    for k in range(1, FURTHEST):
        slots = draft.slots | {key: draft.slots[key].stepped(way * k) for key in keys}
        if any(slots[key].steps <= 0 for key in keys) or not _agrees(draft, template, slots):
            return last
        last = slots
    return last


def _agrees(draft: Draft, template: str, slots: Slots) -> bool:
    return draft.agree(slots)


def _filled(rng: random.Random, template: str, slots: Slots, words: dict[str, str]) -> str:
    year = rng.randint(2014, 2022)
    times = rng.choice([("去年", "今年"), ("上年", "今年"), (f"{year}年", f"{year + 1}年"), ("上年", f"{year}年"), ("去年同期", "今年上半年")])
    known = {"place": rng.choice(PLACES), "t0": times[0], "t1": times[1], "q": rng.choice("县市区镇"), **words}
    return re.sub(r"\{(\w+)\}", lambda m: slots[m[1]].text if m[1] in slots else known[m[1]], template.split("|")[0])


def _around(rng: random.Random, text: str) -> str:
    """The text among sentences with numbers that have nothing to do with it."""
    before, after = (rng.choice(DISTRACTORS) if rng.random() < 0.45 else "" for _ in range(2))
    numbers = {"a": rng.randint(20, 90), "b": rng.randint(2, 19), "c": rng.randint(100, 900), "d": 16.5, "y": 2019, "m": rng.randint(1, 12)}
    return before.format(**numbers) + text + after.format(**numbers)


@dataclass
class Tally:
    """Slips found and missed, consistent texts left alone and accused."""

    found: int = 0
    missed: int = 0
    quiet: int = 0
    accused: int = 0

    @property
    def recall(self) -> float:
        """Slips found of all slips."""
        return self.found / max(self.found + self.missed, 1)

    @property
    def precision(self) -> float:
        """Texts rightly accused of all accused."""
        return self.found / max(self.found + self.accused, 1)


def main() -> None:
    """Score and print."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--count", type=int, default=2400)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--show", type=int, default=0, help="print so many failures a relation (never of held-out wordings)")
    options = ask.parse_args()
    tallies: dict[str, Tally] = defaultdict(Tally)
    shown: dict[str, int] = defaultdict(int)
    for case in cases(options.count, options.seed):
        said = [f for f in findings(case.text) if f.kind == "contradiction"]
        right = bool(said) == case.slip
        for name in (case.relation, "all", "held out" if case.held_out else "developed on", "near" if case.near else "far"):
            _count(tallies[name], case.slip, bool(said))
        if not right and not case.held_out and shown[case.relation] < options.show:
            shown[case.relation] += 1
            print("MISSED" if case.slip else "FALSE", case.relation, case.text.replace("\n", "↵"), "|", *(f.why for f in said))
    _table(tallies)


def _count(tally: Tally, slip: bool, said: bool) -> None:
    name = ("found" if said else "missed") if slip else ("accused" if said else "quiet")
    setattr(tally, name, getattr(tally, name) + 1)


def _table(tallies: dict[str, Tally]) -> None:
    print(f"{'relation':14}{'slips':>7}{'found':>7}{'recall':>8}{'sound':>7}{'false':>7}{'precision':>11}")
    for name, t in sorted(tallies.items(), key=lambda item: (item[0] in ("all", "held out", "developed on", "near", "far"), item[0])):
        print(f"{name:14}{t.found + t.missed:7}{t.found:7}{t.recall:8.3f}{t.quiet + t.accused:7}{t.accused:7}{t.precision:11.3f}")


if __name__ == "__main__":
    main()
