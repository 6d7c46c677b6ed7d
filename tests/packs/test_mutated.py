"""Whatever a slip of the hand makes of a sound pack, the check ends in problems or a pack, never in an error of its own."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

from taizhang.packs import PROGRAMMES, check, compatible

WORDS = re.compile(r"[A-Za-z_.]+|[\u4e00-\u9fff]+|\d+")
STRAY = ["", "[]", "{}", "[a, b]", "{a: b}", "~", "0", "-1", "true", "x", "day", "money", "select", "'", "1e9", "9" * 18, "名", "a.b.c.d"]


def slipped(text: str, rng: random.Random) -> str:
    """The text with one to three slips: a line lost, doubled or indented anew, a word or value changed for another."""
    for _ in range(rng.randint(1, 3)):
        lines = text.splitlines()
        at = rng.randrange(len(lines))
        match rng.randrange(6):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[rng.randrange(len(lines))])
            case 2:
                lines[at] = " " * rng.randrange(8) + lines[at].lstrip()
            case 3:
                lines[at] = re.sub(r": *[^,{}\[\]]+", lambda _: ": " + rng.choice(STRAY), lines[at], count=1)
            case _:
                words = WORDS.findall(text)
                old = rng.choice(WORDS.findall(lines[at]) or ["x"])
                lines[at] = lines[at].replace(old, rng.choice([rng.choice(words), rng.choice(STRAY)]), 1)
        text = "\n".join(lines) + "\n"
    return text


def test_a_slip_ends_in_problems_or_a_pack(tmp_path: Path, count: Callable[[int, int], int]) -> None:
    packs = {name: sorted((PROGRAMMES / name).rglob("*.yaml")) for name in ("library", "medicine", "mines", "traffic")}
    sound = {name: check(PROGRAMMES / name)[0] for name in packs}
    silent = told = 0
    for seed in range(count(200, 5000)):
        rng = random.Random(seed)
        name = rng.choice(sorted(packs))
        target = tmp_path / name
        (target / "cases").mkdir(parents=True, exist_ok=True)
        changed = rng.choice(packs[name])
        for path in packs[name]:
            text = path.read_text(encoding="utf-8")
            (target / path.relative_to(PROGRAMMES / name)).write_text(slipped(text, rng) if path == changed else text, encoding="utf-8")
        pack, problems = check(target)
        assert (pack is None) == bool(problems)
        assert all(p.found and p.expected and p.do and p.found_en and p.expected_en and p.do_en for p in problems), seed
        old = sound[name]
        if pack is not None and old is not None:
            compatible(old, pack)
        silent, told = silent + (not problems), told + bool(problems)
    print(f"{told} told, {silent} still sound")
    assert told >= 0.6 * (told + silent)
