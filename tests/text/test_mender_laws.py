"""What holds for every text: each character in one place, spans that fit, the same answer twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from taizhang.text.mender import mend
from taizhang.text.mender.assign import best_choice

PIECES = [
    "石板镇：三条公路通到家门口",
    "张小明 李文",
    "(周大海)",
    "近年来，石板镇坚持修路，共投入资金1786",
    "万元，比上年多一成。",
    "——道路更加畅通。",
    "一是修路。",
    "村民说：“路好",
    "了”。(张小明)",
    "筹措资金",
    "，",
    "5%",
]
blocks = st.lists(st.sampled_from(PIECES) | st.text("路水的。，（)“一3\u3000 \t", max_size=12), max_size=14)
pages = st.builds(lambda parts, gap: gap.join(parts), blocks, st.sampled_from(["\n\n", "\n", "\r\n\r\n", "\n \n", "\u2028\u2028"]))
texts = pages | st.text(st.characters(), max_size=200)


@given(texts)
def test_every_character_stands_in_exactly_one_place(text: str) -> None:
    page = mend(text)
    places = [0] * len(text)
    spans = [s for a in page.articles for s in (a.title_span, a.byline_span, *a.body) if s is not None]
    for start, end in [*spans, *page.unplaced]:
        assert 0 <= start < end <= len(text)
        for i in range(start, end):
            places[i] += 1
    assert all(n == 1 or (n == 0 and c.isspace()) for n, c in zip(places, text, strict=True))


@given(texts)
def test_an_article_agrees_with_itself(text: str) -> None:
    page = mend(text)
    assert [a.id for a in page.articles] == [f"a{n}" for n in range(1, len(page.articles) + 1)]
    for article in page.articles:
        assert tuple(s for p in article.paragraphs for s in p) == article.body
        assert set(article.headings) <= set(article.body)
        assert all(0 < i < len(article.body) for i in article.unsure_joins)
        assert bool(article.gaps) == ("middle" in article.missing)
    starts = [a.title_span for a in page.articles if a.title_span]
    assert starts == sorted(starts)


@given(texts)
def test_the_second_run_is_identical(text: str) -> None:
    assert mend(text) == mend(text)


SENTENCES = st.lists(st.sampled_from(["全县修路三条。", "今年投入资金30万元。", "村民都说好！", "路修到哪里去？"]), min_size=1, max_size=30)


@given(SENTENCES, st.booleans())
def test_a_clean_article_is_left_alone(sentences: list[str], titled: bool) -> None:
    text = "\n\n".join(["石板镇修通三条公路", *sentences] if titled else sentences)
    page = mend(text)
    assert len(page.articles) == 1
    assert len(page.articles[0].body) == len(sentences)
    assert list(page.articles[0].body) == sorted(page.articles[0].body)
    assert (page.articles[0].missing, page.articles[0].unsure_joins, page.unplaced) == ((), (), ())


@given(st.integers(1, 5).flatmap(lambda n: st.lists(st.lists(st.integers(-9, 9), min_size=n + 1, max_size=n + 1), min_size=n, max_size=n)))
def test_the_choice_is_the_best_there_is(gains: list[list[int]]) -> None:
    choice = best_choice(gains)
    assert len(set(choice)) == len(gains)
    assert sum(row[k] for row, k in zip(gains, choice, strict=True)) == _best(gains, frozenset())


def _best(gains: list[list[int]], taken: frozenset[int]) -> float:
    if not gains:
        return 0
    return max(gain + _best(gains[1:], taken | {k}) for k, gain in enumerate(gains[0]) if k not in taken)
