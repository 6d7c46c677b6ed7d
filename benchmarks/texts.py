"""Make a long Chinese news text of any size in which no sentence stands twice; same seed, same text.

    python benchmarks/texts.py [--bytes 10_000_000] [--seed 1] [--layout blank|lines] [--out FILE]

Prints what the text holds. It stands in paragraphs of three to six sentences under headlines, with as many figures as
the annotated page (13 in 1,000 characters) in all forms: 万 and 亿, hedges, Chinese numerals, ranges, ends of a change,
and beside them what is no figure: dates, slogans, ordinals, names.
"""

from __future__ import annotations

import argparse
import random
import string
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from text_tables import FIGURED, FIGURES, PLAIN, TITLES, WORDS

DENSITY = 13.5 / 1000  # figures a character, as on the annotated page
DIGITS = "零一二三四五六七八九"


def fill(rng: random.Random, form: str) -> str:
    """A form with every slot filled, and the slots of what filled it."""
    return "".join(text + (_slot(rng, name, limits) if name else "") for text, name, limits in parts_of(form))


def _slot(rng: random.Random, name: str, limits: str) -> str:
    if name in ("int", "cn"):
        low, high = limits.split("-")
        n = rng.randint(int(low), int(high))
        return str(n) if name == "int" else spell(n)
    return fill(rng, rng.choice(choices_of(name)))


@cache
def parts_of(form: str) -> tuple[tuple[str, str, str], ...]:
    """A form as its plain texts, each with the slot that follows it and the limits of that slot."""
    return tuple((text, name or "", limits or "") for text, name, limits, _ in string.Formatter().parse(form))


@cache
def choices_of(name: str) -> tuple[str, ...]:
    """What a slot may become."""
    return tuple(WORDS[name].split())


@cache
def figures_in(form: str) -> int:
    """How many figures a form of a sentence holds."""
    return sum(name in FIGURES for _, name, _ in parts_of(form))


def spell(n: int) -> str:
    """A whole number from 1 to 9,999 in Chinese numerals: 2050 is 二千零五十."""
    out, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // place % 10
        if digit:
            out += ("零" if gap else "") + DIGITS[digit] + name
        gap = digit == 0 and bool(out)
    return out.removeprefix("一") if out.startswith("一十") else out


def sentences(rng: random.Random) -> Iterator[str]:
    """Sentences without end, none twice; one with figures whenever the text is behind the density of the page."""
    seen: set[str] = set()
    chars = figures = 0
    while True:
        form = rng.choice(FIGURED if figures < DENSITY * chars else PLAIN)
        sentence = fill(rng, form)
        if sentence not in seen:
            seen.add(sentence)
            chars, figures = chars + len(sentence), figures + figures_in(form)
            yield sentence


def text_of(size: int, seed: int = 1, layout: str = "blank") -> str:
    """A text of at least `size` bytes of UTF-8, whole paragraphs; they part by a blank line, or by a line break (`lines`)."""
    rng = random.Random(seed)
    source = sentences(rng)
    gap = "\n\n" if layout == "blank" else "\n"
    paragraphs: list[str] = []
    written = 0
    while written < size:
        title = fill(rng, rng.choice(TITLES)) + gap if len(paragraphs) % 12 == 0 else ""
        paragraphs.append(title + "".join(next(source) for _ in range(rng.randint(3, 6))) + gap)
        written += len(paragraphs[-1].encode())
    return "".join(paragraphs)


def repeated(text: str) -> int:
    """How many sentences of a text stand in it for a second time; headlines are no sentences."""
    lines = [line.replace("。”", "”") for line in text.split("\n") if line.endswith("。")]
    found = [sentence for line in lines for sentence in line.split("。") if sentence]
    return len(found) - len(set(found))


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--bytes", type=int, default=10_000_000)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--layout", choices=("blank", "lines"), default="blank")
    args.add_argument("--out", type=Path)
    said = args.parse_args()
    text = text_of(said.bytes, said.seed, said.layout)
    if twice := repeated(text):
        sys.exit(f"{twice} sentences stand twice")
    if said.out:
        said.out.write_text(text, encoding="utf-8")
    print(f"{len(text.encode()):,} bytes, {len(text):,} characters, {text.count('。'):,} sentences, none twice; it begins:\n")
    print(text[:400])


if __name__ == "__main__":
    main()
