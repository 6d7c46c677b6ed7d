"""How well claims are matched with a book: articles in words that no programme uses, half of them with altered figures.

    python benchmarks/matching.py             both sets of articles, and figures, units, places and years altered
    python benchmarks/matching.py --errors    with every figure that got another verdict than it should

Beside every score stand those of believing everything and of doubting everything. The articles of the second set were written
after the matcher, and it was not changed for their sake.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT), str(ROOT / "benchmarks")]

from matching_book import made  # noqa: E402
from matching_truth import Article, Press, articles  # noqa: E402
from taizhang import text  # noqa: E402
from taizhang.claims.matching import OpenBook, Verdict, judge  # noqa: E402


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--set", choices=("first", "second"), action="append")
    parser.add_argument("--seeds", type=int, default=4)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, made(Path(folder) / "book") as desk:
        press, opened = Press(desk), OpenBook(desk.book, desk.scope)
        for name in given.set or ("first", "second"):
            total = Score()
            for seed in range(given.seeds):
                for article in articles(press, name, seed):
                    total.add(scored(article, verdicts(opened, article.text), given.errors))
            print("\n".join(total.lines(name)))


if __name__ == "__main__":
    main()
