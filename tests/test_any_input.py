"""Whatever the text, reading, mending and checking it ends well: no exception, spans that fit, every character in one place, one answer."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from taizhang.claims import findings
from taizhang.core import Page, Span
from taizhang.text import mend, read

ROOT = Path(__file__).resolve().parent.parent
SEED = 20230101
PIECES = (
    *"0123456789０９零〇一二两三十百千万亿半几数多余",
    *"个家人名亩元吨户年月日度%％‰，。；：、！？“”‘’（）()《》—…·-~/.,\n\n\n\r\t 　\ufeff\0",
    *"增长下降由到至从为共其中各近约超过不足以上左右每占比县市省镇村是的了在和及\U00020000é",
    "增长", "下降", "百分点", "三分之一", "翻一番", "平方公里", "其中", "分别", "万千瓦时", "2022年", "第一", "邵东市", "（记者 ", "本报讯", "同比", "倍",
)  # fmt: skip


def soup(chance: random.Random) -> str:
    """Digits, units, marks and words in no order."""
    return "".join(chance.choices(PIECES, k=chance.randint(0, 80)))


def mutated(chance: random.Random, text: str) -> str:
    """A stretch of a real text, cut, turned about, doubled or sprinkled."""
    start = chance.randrange(len(text))
    chars = list(text[start : start + chance.randint(1, 300)])
    for _ in range(chance.randint(0, 8)):
        i, j = sorted(chance.choices(range(len(chars) + 1), k=2))
        piece = chars[i:j]
        change = chance.randrange(4)
        chars[i:j] = ([], piece[::-1], piece[:20] * 2, [chance.choice(PIECES), *piece])[change]
    return "".join(chars)


def scrambled(chance: random.Random, text: str) -> str:
    """A page of some forty blocks: lines of a real text, cut anywhere and set in another order."""
    lines = [line for line in text.splitlines() if line.strip()]
    start = chance.randrange(len(lines))
    blocks = [line[i:] if i % 2 else line[:i] for line in lines[start : start + 40] for i in (chance.randint(0, len(line)),)]
    chance.shuffle(blocks)
    return chance.choice(("\n", "\n\n", "\r\n\r\n")).join(blocks)


@pytest.fixture(scope="module")
def texts(count: Callable[[int, int], int]) -> list[str]:
    """Random inputs, mutated ones of every real text at hand, and whole pages; the seed is fixed."""
    chance = random.Random(SEED)
    real = [path.read_text(encoding="utf-8") for path in _real_texts()]
    return [
        *(soup(chance) for _ in range(count(800, 49_000))),
        *(mutated(chance, chance.choice(real)) for _ in range(count(800, 49_000))),
        *(scrambled(chance, chance.choice(real)) for _ in range(count(10, 2_000))),
    ]


def _real_texts() -> Iterator[Path]:
    yield from sorted((ROOT / "examples").glob("*.txt"))
    yield from sorted((ROOT.parent / "shared").glob("page/*.txt"))
    yield from sorted((ROOT.parent / "shared").glob("gold/*/*.txt"))


def fits(spans: tuple[Span, ...], text: str) -> bool:
    return all(0 <= start < end <= len(text) for start, end in spans)


def placed(page: Page) -> list[Span]:
    """Every span of a page: titles, bylines and bodies of its articles (headings lie in the body), and what has no article."""
    of_articles = [(a.title_span, a.byline_span, *a.body) for a in page.articles]
    return [span for spans in (*of_articles, page.unplaced) for span in spans if span is not None]


def test_quantities_have_spans_that_fit(texts: list[str]) -> None:
    for text in texts:
        for quantity in read(text):
            assert fits(quantity.spans, text), text
            assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high, text


def test_every_character_is_placed_once(texts: list[str]) -> None:
    for text in texts:
        spans = placed(mend(text))
        assert fits(tuple(spans), text), text
        at = sorted(i for start, end in spans for i in range(start, end) if not text[i].isspace())
        assert at == [i for i, c in enumerate(text) if not c.isspace()], text


def test_findings_have_spans_that_fit(texts: list[str]) -> None:
    for text in texts:
        for finding in findings(text):
            assert finding.spans, text
            assert fits(finding.spans, text), text
            assert finding.why, text
            assert finding.why_en, text


def test_a_second_run_is_identical(texts: list[str], count: Callable[[int, int], int]) -> None:
    some = texts[:: count(3, 10)]
    first = [(read(text), mend(text), findings(text)) for text in some]
    again = [(read(text), mend(text), findings(text)) for text in reversed(some)]
    assert first == again[::-1]
