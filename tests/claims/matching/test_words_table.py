"""The laws of the table of meanings itself: what may stand in it, and what its words may not do to the titles of the programmes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files

import pytest

from taizhang.claims.matching.lexicon import Lexicon, lexicon
from taizhang.packs import Pack, find

KINDS = ["act", "thing", "scene", "manner", "choice", "shy", "light", "measure"]
"""Of what a word may be; the table is in this order."""
LONGEST = 10
"""No word is longer: the longer a word, the rarer it is met as written, and the dearer the search for every letter."""
MOST_DOINGS = 4
"""A word of more doings would tell of none."""
COMMON = set("有到用给做上是在把被了的和来去")
"""Words of one letter that stand in every sentence."""


def rows() -> list[tuple[str, str, list[str]]]:
    """The rows of the table: kind, group, words."""
    text = files("taizhang.claims.matching").joinpath("words.tsv").read_text(encoding="utf-8")
    told = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return [(kind, group, words.split(" ")) for kind, group, words in told]


def groups() -> dict[tuple[str, str], list[str]]:
    """Every group with the words of all its rows."""
    found: dict[tuple[str, str], list[str]] = {}
    for kind, group, words in rows():
        found.setdefault((kind, group), []).extend(words)
    return found


def test_every_kind_is_known_and_stands_together() -> None:
    order = [KINDS.index(kind) for kind, _, _ in rows()]
    assert order == sorted(order)


def test_the_rows_of_a_group_stand_together() -> None:
    names = [(kind, group) for kind, group, _ in rows()]
    assert [name for name, before in zip(names[1:], names, strict=False) if name != before and name in names[: names.index(before)]] == []


def test_no_word_stands_twice_in_a_group() -> None:
    twice = {name: [w for w, n in Counter(words).items() if n > 1] for name, words in groups().items()}
    assert {name: words for name, words in twice.items() if words} == {}


def test_a_word_is_a_word() -> None:
    """Letters and figures only, and no longer than anybody writes it."""
    odd = [w for _, words in groups().items() for w in words if not re.fullmatch(rf"[\u4e00-\u9fffA-Za-z0-9²³]{{1,{LONGEST}}}", w)]
    assert odd == []


def test_no_doing_is_a_letter_of_every_sentence() -> None:
    doings = {w for (kind, _), words in groups().items() if kind in ("act", "thing") for w in words}
    assert doings.isdisjoint(COMMON)


def test_no_word_is_of_so_many_doings_that_it_tells_none() -> None:
    many = Counter(w for (kind, _), words in groups().items() if kind == "act" for w in words)
    assert {w: n for w, n in many.items() if n > MOST_DOINGS} == {}


def _titles(pack: Pack) -> Iterator[str]:
    """Whatever the indicators of a pack are called by."""
    for indicator in pack.indicators.values():
        yield from (indicator.title, *indicator.also)
        source = pack.events.get(indicator.source or "") or pack.transfers.get(indicator.source or "")
        if source:
            yield source.title


def _doings(words: Lexicon, title: str) -> list[tuple[str, list[str]]]:
    found = ((title[s.start : s.end], sorted(g for g in s.groups if g.startswith("act:"))) for s in words.senses(title))
    return [(word, doings) for word, doings in found if doings]


@pytest.mark.parametrize("title", sorted({title for found in find().values() if found.pack for title in _titles(found.pack)}))
def test_each_word_of_a_title_is_one_doing(title: str) -> None:
    """A title with a word of two doings would be met only by who tells both."""
    assert [(word, doings) for word, doings in _doings(lexicon(), title) if len(doings) > 1] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("发放", "分配"),
        ("领走", "买走"),
        ("借出去", "续借"),
        ("拨付", "支付"),
        ("归还", "逾期"),
        ("验收", "修复"),
        ("栽种", "成活"),
        ("死亡", "受伤"),
        ("查处", "劝导"),
        ("罚款", "查处"),
        ("执勤", "巡河"),
        ("补贴", "发放"),
    ],
)
def test_doings_that_a_programme_tells_apart_share_no_group(one: str, other: str) -> None:
    words = lexicon().words
    assert words[one].isdisjoint(words[other])


@pytest.mark.parametrize(
    ("done", "undone"),
    [("归还", "没归还"), ("修复", "尚未修复"), ("拨付", "未拨付"), ("验收", "未验收"), ("退休的", "没退休的"), ("发放", "未发放"), ("支付", "尚未支付"), ("收回", "没收回")],
)
def test_what_was_not_done_shares_no_group_with_what_was(done: str, undone: str) -> None:
    words = lexicon().words
    assert words[done].isdisjoint(words[undone])


@pytest.mark.parametrize("said", ["元旦", "书记", "林业局", "多渠道", "将近", "种药品", "派出所", "集装箱", "机动车", "没收回"])
def test_a_longer_word_hides_those_within(said: str) -> None:
    """元 is no money in 元旦, 派出 no giving in 派出所: the whole word is one sense, or none."""
    senses = lexicon().senses(said)
    assert [(s.start, s.end) for s in senses] in ([], [(0, len(said))])
