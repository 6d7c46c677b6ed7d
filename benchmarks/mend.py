"""Measure the mender: the annotated page, the development pages, and pages scrambled here from official reports.

    python benchmarks/mend.py [--shared ../shared] [--pages 200] [--seed 1] [--each]

The scrambler cuts passages of real reports into columns as a page extractor does: in order, last column first, two or three
articles interleaved, titles first, one column astray; sentences cut anywhere, beginnings, middles and ends lost, bylines before or
after the text or dropped. Passages of the development pages are left out, and the reports of these five years are not among
those the word list was weighed on. Same seed, same pages.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

from taizhang.text.mender import mend

YEARS = (2008, 2011, 2013, 2016, 2019)
SURNAMES = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范石廖贾夏韦付方邹熊秦邱江尹薛段雷侯龙史陶贺"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红鹏建国志文斌宇浩飞梅新春雪晓海波云天永丰立成林东生祥瑞家俊"
NOT_FIRST = "，。！？；：、”’）)》%％."  # no column begins with one of these
PARAGRAPH_MARK = re.compile(r"——|[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+是|[一二三四五六七八九十]+、")


@dataclass
class Piece:
    """What is printed as one run: a title, a byline, or a column with its blocks (texts)."""

    owner: int
    kind: str
    blocks: list[str]
    number: int = 0
    glued: str = ""


@dataclass
class Story:
    """One article to print: its columns in reading order and what was cut away."""

    title: str
    columns: list[list[str]]
    byline: str = ""
    late: bool = False
    missing: list[str] = field(default_factory=list)
    gap: int = 0  # the column before which words are lost, 0 for none


# ---- passages ------------------------------------------------------------------------------------------------------------------


def passages(shared: Path) -> list[list[str]]:
    """Runs of paragraphs of 250 to 800 characters from the reports, the annotated passages left out."""
    known = {line.strip() for p in sorted((shared / "gold" / "real").glob("V*.txt")) for line in p.read_text("utf-8").split("\n")}
    found: list[list[str]] = []
    for year in YEARS:
        lines = (shared / "gold" / "reports" / f"GR{year}.txt").read_text("utf-8").split("\n")
        run: list[str] = []
        for line in lines[6:]:
            if line.strip() in known or not line.strip() or re.match(r"[一二三四五六七八九十]、", line):
                found += _cut_run(run)
                run = []
            else:
                run.append(line.strip())
        found += _cut_run(run)
    return found


def _cut_run(lines: list[str]) -> Iterator[list[str]]:
    paragraphs: list[str] = []
    for line in lines:
        new = not paragraphs or PARAGRAPH_MARK.match(line) or (len(paragraphs[-1]) > 160 and paragraphs[-1][-1] in "。！")
        if new:
            paragraphs.append(line)
        else:
            paragraphs[-1] += line
    group: list[str] = []
    size = 250
    for paragraph in paragraphs:
        group.append(paragraph)
        if sum(map(len, group)) >= size:
            if sum(map(len, group)) <= 900:
                yield group
            group = []
            size = 250 + 37 * (len(paragraph) % 13)


def headline(paragraphs: list[str], rng: random.Random) -> str:
    """A title made of the passage's own leading phrases."""
    phrases = [re.sub(r"^(——|[（(]?[一二三四五六七八九十]+([）)]|是|、))", "", p) for p in paragraphs]
    phrases = [re.split("[，。；：、]", p)[0] for p in phrases]
    phrases += [c for p in paragraphs for c in re.split("[，。；：、]", p)]
    good = [
        p for p in dict.fromkeys(phrases) if 6 <= len(p) <= 13 and re.fullmatch(r"[\u4e00-\u9fff“”]+", p) and p.count("“") == p.count("”")
    ]
    if not good:
        return "各项工作取得新的积极进展"
    long = [p for p in good if len(p) >= 9]
    if long and rng.random() < 0.4:
        return long[0]
    return " ".join(good[:2])


# ---- one article ---------------------------------------------------------------------------------------------------------------


def names(rng: random.Random) -> str:
    """One to three invented names."""
    return " ".join(
        rng.choice(SURNAMES) + "".join(rng.choice(GIVEN) for _ in range(rng.choice((1, 2)))) for _ in range(rng.choice((1, 1, 2, 2, 3)))
    )


def columns_of(paragraphs: list[str], count: int, gap: int, rng: random.Random) -> list[list[str]]:
    """The text cut into `count` columns, wherever that falls; some words lost before column `gap` (0 for none)."""
    text = "\n".join(paragraphs)
    cuts = [0]
    for k in range(1, count):
        cut = int(len(text) * (k + rng.uniform(-0.4, 0.4)) / count)
        while cut < len(text) - 1 and text[cut] in NOT_FIRST:
            cut += 1
        cuts.append(cut)
    bounds = [*cuts, len(text)]
    columns = []
    for k, (start, end) in enumerate(pairwise(bounds)):
        start += rng.randint(12, 30) if k and k == gap else 0
        columns.append([b for b in text[start:end].split("\n") if b.strip()])
    return [c for c in columns if c]


def story(paragraphs: list[str], rng: random.Random) -> Story:
    """A passage made into an article: title, byline, columns, losses."""
    title = headline(paragraphs, rng)
    missing = [m for m, p in (("start", 0.07), ("middle", 0.14), ("end", 0.35)) if rng.random() < p]
    body = list(paragraphs)
    if "start" in missing:
        body[0] = body[0][rng.randint(12, 40) :] or body[0]
    if "end" in missing:
        body[-1] = body[-1][: -rng.randint(6, 30)] or body[-1]
    count = rng.choice((2, 3, 4))
    gap = rng.randrange(1, count) if "middle" in missing else 0
    columns = columns_of([b for b in body if b], count, gap, rng)
    made = Story(title, columns, missing=missing, gap=gap if len(columns) == count else 0)
    if rng.random() > 0.13:
        made.byline, made.late = names(rng), rng.random() < 0.5
    return made


# ---- one page ------------------------------------------------------------------------------------------------------------------


def head(s: Story, owner: int) -> list[Piece]:
    """Title and, where it stands first, byline."""
    early = [Piece(owner, "byline", [s.byline])] if s.byline and not s.late else []
    return [Piece(owner, "title", [s.title]), *early]


def body(s: Story, owner: int, rng: random.Random) -> list[list[Piece]]:
    """The columns, each with what must follow it at once (the late byline after the last)."""
    out = [[Piece(owner, "column", c, k)] for k, c in enumerate(s.columns)]
    if s.byline and s.late:
        if rng.random() < 0.4:
            out[-1][0].glued = f"({s.byline})"
        else:
            out[-1].append(Piece(owner, "byline", [f"({s.byline})"]))
    return out


def arrange(stories: list[Story], rng: random.Random) -> list[Piece]:
    """All pieces of a page in the order of the file."""
    order: list[Piece] = []
    strays: list[list[Piece]] = []
    k = 0
    while k < len(stories):
        how = rng.choices(("in order", "tail first", "interleaved", "titles first", "stray"), (4, 4, 4, 4, 3))[0]
        take = min(len(stories) - k, 1 if how in ("in order", "tail first", "stray") else rng.choice((2, 2, 2, 3)))
        group = [(i, head(stories[i], i), body(stories[i], i, rng)) for i in range(k, k + take)]
        k += take
        if how in ("interleaved", "titles first") and take > 1:
            order += _interleave(group, how == "titles first")
            continue
        _, top, columns = group[0]
        if how == "tail first" and len(columns) > 1 and len(columns[-1]) == 1:
            order += [*columns[-1], *top, *_flat(columns[:-1])]
        elif how == "stray" and len(columns) > 1:
            strays.append(columns.pop(rng.randrange(1, len(columns))))
            order += [*top, *_flat(columns)]
        else:
            order += [*top, *_flat(columns)]
    for stray in strays:
        spots = [i for i in range(1, len(order)) if order[i].kind != "byline" and order[i - 1].kind == "column"]
        at = rng.choice([*spots, len(order)])
        order[at:at] = stray
    return order


def _flat(columns: list[list[Piece]]) -> list[Piece]:
    return [p for c in columns for p in c]


def _interleave(group: list[tuple[int, list[Piece], list[list[Piece]]]], titles_first: bool) -> list[Piece]:
    out: list[Piece] = []
    if titles_first:
        for _, top, _ in group:
            out += top
    for row in range(max(len(columns) for _, _, columns in group)):
        for _, top, columns in group:
            if row == 0 and not titles_first:
                out += top
            if row < len(columns):
                out += columns[row]
    return out


def page(pool: list[list[str]], rng: random.Random) -> tuple[str, dict[str, Any]]:
    """A scrambled page and its truth in the form of the annotated layouts."""
    stories = [story(p, rng) for p in rng.sample(pool, rng.choice((3, 4, 4, 5, 5, 6)))]
    text = "\n\n"
    spans: dict[int, list[tuple[int, int, int, int]]] = {i: [] for i in range(len(stories))}
    marks: list[dict[str, Any]] = [{"id": f"s{i}", "title_span": None, "byline_span": None} for i in range(len(stories))]
    pieces = arrange(stories, rng)
    blocks = [(piece, b, j) for piece in pieces for j, b in enumerate(piece.blocks)]
    for n, (piece, block, j) in enumerate(blocks):
        span = (len(text), len(text) + len(block))
        text += block
        if piece.kind == "column":
            spans[piece.owner].append((piece.number, j, *span))
        else:
            marks[piece.owner][f"{piece.kind}_span"] = list(span)
        if piece.glued and j == len(piece.blocks) - 1:
            marks[piece.owner]["byline_span"] = [len(text), len(text) + len(piece.glued)]
            text += piece.glued
        text += "\n\n" if n < len(blocks) - 1 else ""
    for i, mark in enumerate(marks):
        mark["body"] = [[s, e] for _, _, s, e in sorted(spans[i])]
        mark["missing"] = stories[i].missing
        mark["gap_at"] = next((s for k, j, s, _ in sorted(spans[i]) if stories[i].gap and (k, j) == (stories[i].gap, 0)), None)
    return text, {"chars": len(text), "articles": sorted(marks, key=lambda a: a["title_span"][0])}


# ---- scoring -------------------------------------------------------------------------------------------------------------------


def scorer(shared: Path) -> ModuleType:
    """The scorer that lies beside the annotated pages."""
    spec = importlib.util.spec_from_file_location("score_mend", shared / "gold" / "score_mend.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{shared}/gold/score_mend.py: not found; say where it is with --shared")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure(tool: ModuleType, text: str, truth: dict[str, Any]) -> dict[str, Any]:
    """Raw counts of one page."""
    found = mend(text).as_json(text)
    counts: dict[str, Any] = tool.score(text, truth["articles"], [tool.article_spans(a) for a in found["articles"]])
    return counts


def annotated(shared: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The annotated pages: name, text, truth."""
    yield "seed page", _read(shared / "page" / "hunan-2023-01.txt"), json.loads(_read(shared / "gold" / "seed_layout.json"))
    for path in sorted((shared / "gold" / "mend").glob("*.json")):
        yield f"gold/mend {path.stem}", _read(path.with_suffix(".txt")), json.loads(_read(path))


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def report(tool: ModuleType, name: str, counts: list[dict[str, Any]]) -> None:
    """One paragraph of figures."""
    print(f"\n{name}")
    tool.show(tool.total(counts))


def main() -> None:
    """Print all figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    options.add_argument("--pages", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--each", action="store_true", help="one line for every annotated page")
    args = options.parse_args()
    tool = scorer(args.shared)
    seed_page, *dev = [(n, measure(tool, text, truth)) for n, text, truth in annotated(args.shared)]
    report(tool, "seed page", [seed_page[1]])
    report(tool, f"gold/mend, {len(dev)} pages", [c for _, c in dev])
    for name, counts in dev if args.each else []:
        report(tool, name, [counts])
    rng, pool = random.Random(args.seed), passages(args.shared)
    made = [page(pool, rng) for _ in range(args.pages)]
    report(tool, f"scrambled, {len(made)} pages of {len(pool)} passages", [measure(tool, *m) for m in made])


if __name__ == "__main__":
    main()
