"""How well claims are matched with a book: articles in words that no programme uses, half of them with altered figures.

    python benchmarks/matching.py             every set of articles; questions; figures, units, places and years altered
    python benchmarks/matching.py --errors    with every figure that got another verdict than it should

Beside every score stand those of believing everything and of doubting everything. Each set was written before the
matcher met it. The first seven were looked at afterwards: what they showed when first tried is kept in docs/matching.md, and only that
tells how it fares with writers never met.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT), str(ROOT / "benchmarks")]

from matching_altered import altered  # noqa: E402
from matching_book import made  # noqa: E402
from matching_truth import Article, Press, articles, questions  # noqa: E402
from taizhang import text  # noqa: E402
from taizhang.claims.matching import OpenBook, Verdict, ask, judge  # noqa: E402

SETS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


@dataclass
class Score:
    """What became of right and wrong figures."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    other: int = 0

    def add(self, other: Score) -> None:
        """Those of another article too."""
        self.right += other.right
        self.wrong += other.wrong
        self.other += other.other

    def lines(self, name: str) -> list[str]:
        """The score, and beside it those of the two simple ways."""
        right, wrong = self.right.total(), self.wrong.total()
        said = self.wrong["differs"] + self.right["differs"] + self.other
        return [
            f"{name}: {right} right figures, {wrong} wrong",
            f"  wrong found {self.wrong['differs'] / wrong:.3f}   precision {self.wrong['differs'] / max(said, 1):.3f}   right ones 相符 {self.right['agrees'] / right:.3f}",
            f"  right: {dict(self.right)}   wrong: {dict(self.wrong)}   不符 elsewhere: {self.other}",
            "  believe everything: wrong found 0.000, precision –, right ones 相符 1.000",
            f"  doubt everything: wrong found 1.000, precision {wrong / (right + wrong):.3f}, right ones 相符 0.000",
        ]


def verdicts(opened: OpenBook, words: str) -> list[Verdict]:
    """What the book says of a text."""
    return list(judge(text.stories(words), opened).verdicts)


def scored(article: Article, found: list[Verdict], errors: bool) -> Score:
    """An article's verdicts beside the truth."""
    score, taken = Score(), set()
    for slot in article.slots:
        verdict = next((v for v in found if any(slot.start <= s < slot.end for s, _ in v.spans)), None)
        kind = verdict.kind if verdict else "none"
        taken.add(id(verdict))
        (score.wrong if slot.altered else score.right)[kind] += 1
        if errors and kind != ("differs" if slot.altered else "agrees"):
            before = article.text[max(slot.start - 40, 0) : slot.start].replace("\n", "⏎")
            print(f"    {'wrong' if slot.altered else 'right'} → {kind}: …{before}【{slot.printed}】{article.text[slot.end : slot.end + 10]!r}")
            if verdict:
                print(f"        {verdict.reason} {[(c.indicator, round(c.score, 1)) for c in verdict.candidates]}")
    score.other = sum(v.kind == "differs" and id(v) not in taken for v in found)
    return score


def altered_lines(opened: OpenBook, press: Press, names: list[str]) -> list[str]:
    """What becomes of right figures with one thing altered."""
    found: dict[str, Counter[str]] = {}
    for name in names:
        for article in articles(press, name, None):
            for one in altered(article):
                verdict = next((v for v in verdicts(opened, one.text) if any(one.start <= s < one.end for s, _ in v.spans)), None)
                found.setdefault(one.kind, Counter())[verdict.kind if verdict else "none"] += 1
    return [_told(kind, counts) for kind, counts in found.items()]


def _told(kind: str, counts: Counter[str]) -> str:
    share = {name: counts[name] / counts.total() for name in ("differs", "agrees")}
    return f"altered {kind}: {counts.total()}, 不符 {share['differs']:.3f}, 相符 {share['agrees']:.3f}   {dict(counts)}"


def question_lines(opened: OpenBook, press: Press, errors: bool) -> list[str]:
    """The questions: how many are answered rightly, and how many wrong answers are given as sure."""
    counts: Counter[str] = Counter()
    for question, truth in questions():
        answer = ask(question, opened, date(2023, 1, 10))
        sure = answer.kind == "answer" and answer.figure is not None
        right = press.value(truth) if truth else None
        kind = ("right" if answer.figure.value == right else "wrong") if sure and answer.figure and truth else "wrong" if sure else "refused"
        counts[("answerable " if truth else "unanswerable ") + kind] += 1
        if errors and kind != ("right" if truth else "refused"):
            print(f"    {question} → {answer.kind}: {answer.reason}")
    good = counts["answerable right"] + counts["unanswerable refused"]
    wrong = counts["answerable wrong"] + counts["unanswerable wrong"]
    return [f"questions: {counts.total()}, right {good / counts.total():.3f}, wrong answers given as sure {wrong}   {dict(counts)}"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--set", choices=SETS, action="append")
    parser.add_argument("--seeds", type=int, default=4)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, made(Path(folder) / "book") as desk:
        press, opened = Press(desk), OpenBook(desk.book, desk.scope)
        for name in given.set or SETS:
            total = Score()
            for seed in range(given.seeds):
                for article in articles(press, name, seed):
                    total.add(scored(article, verdicts(opened, article.text), given.errors))
            print("\n".join(total.lines(name)))
        print("\n".join(question_lines(opened, press, given.errors)))
        if not given.errors:
            print("\n".join(altered_lines(opened, press, given.set or list(SETS))))


if __name__ == "__main__":
    main()
