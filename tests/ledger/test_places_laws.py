"""What holds for every list: all or nothing, once, one meaning a day, a tree; and for every text a lookup is asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core import Problem
from taizhang.ledger.places import Places, load_list, places_of
from taizhang.ledger.places.schemes import LEVELS
from taizhang.ledger.places.spans import Spell, by_start, until

from ..books import SmallBook
from .places_made import HEADS, content, list_of, loaded

DAYS = ("2019-12-31", "2020-01-01", "2020-01-02", "2021-06-30", "2021-07-01", "2022-12-31")
ENDS = ("0001-01-01", "9999-12-31")
NAMES = ("甲村", "甲村委会", "乙村", "新村", "马田镇", "城郊乡", "永兴县")
PARENTS = {
    "统计": ("", "永兴县", "431024", "嘉禾县珠泉镇", "统计:431023101", "自编:A"),
    "民政": ("永兴县", "统计:431024", "431023102", "马田镇"),
    "自编": ("马田镇", "永兴县甲村", "A", "统计:431023101201", ""),
}
CODES = {
    "统计": ("431023101", "431023104", "431023109", "431023101201", "431023109201", "431024"),
    "民政": ("431023101", "431023102", "431023102201"),
    "自编": ("A", "B"),
}


@st.composite
def rows(draw: st.DrawFn) -> str:
    scheme = draw(st.sampled_from(sorted(CODES)))
    start, end = sorted(draw(st.lists(st.sampled_from(DAYS), min_size=2, max_size=2)))
    start, end = draw(st.sampled_from(("", start))), draw(st.sampled_from(("", "", end)))
    stat = "" if scheme == "统计" else draw(st.sampled_from(("", "", "", *CODES["统计"][:4])))
    cells = (draw(st.sampled_from(CODES[scheme])), draw(st.sampled_from(NAMES)), draw(st.sampled_from(PARENTS[scheme])), start, end, stat)
    return ",".join((scheme, *cells))


LISTS = st.lists(rows(), min_size=1, max_size=4)


@pytest.fixture
def county(book: SmallBook, tmp_path: Path) -> SmallBook:
    loaded(book.store, tmp_path)
    return book


@contextmanager
def undone(book: SmallBook) -> Iterator[None]:
    """What is done within is not there afterwards."""
    with transaction.atomic(using=book.alias):
        yield
        transaction.set_rollback(True, using=book.alias)


def spells(book: SmallBook) -> dict[tuple[str, str], list[Spell]]:
    """What each code has meant, in order."""
    found: dict[tuple[str, str], list[Spell]] = {}
    for row in book.store.rows("SELECT scheme, code, place, name, valid_from, valid_to FROM place_code"):
        found.setdefault(row[:2], []).append(Spell(*row))
    return {code: sorted(group, key=by_start) for code, group in found.items()}


def is_a_tree(book: SmallBook) -> bool:
    """Every place lies below one that is there and of a higher level, and says so in its path."""
    there = {key: (path, level) for key, path, level, _ in book.store.rows("SELECT key, path, level, name FROM place")}
    for key, (path, level) in there.items():
        above, _, own = path.rstrip("/").rpartition("/")
        assert own == str(key)
        parent = there[int(above.rpartition("/")[2])] if above else ("", "")
        assert parent[0] == (f"{above}/" if above else "")
        assert not above or LEVELS.index(parent[1]) < LEVELS.index(level)
    return True


def test_lists_one_after_the_other(county: SmallBook, tmp_path: Path) -> None:
    taken: list[bool] = []

    @given(st.lists(LISTS, min_size=1, max_size=3))
    def check(lists: list[list[str]]) -> None:
        with undone(county):
            for said in lists:
                before, was = content(county.store), spells(county)
                path = list_of(tmp_path, *said)
                done = load_list(county.store, path)
                after = content(county.store)
                assert bool(done.problems) != bool(done.added + done.changed + done.unchanged)
                assert (after == before) == (not done.added and not done.changed)
                taken.append(not done.problems)
                if taken[-1]:
                    again = load_list(county.store, path)
                    assert (again.added, again.changed, again.problems) == (0, 0, ())
                    assert content(county.store) == after
                    assert said_comes_first(said, was, spells(county))
                assert is_a_tree(county)

    check()
    assert sum(taken) * 5 > len(taken), "too few of the lists were without problems to show anything"


def said_comes_first(said: list[str], was: dict[tuple[str, str], list[Spell]], now: dict[tuple[str, str], list[Spell]]) -> bool:
    """On each day a code has one meaning: the list's from its first day on, else what it was."""
    scheme_of = {"统计": "stat", "民政": "civil", "自编": "own"}
    rows = [row.split(",") for row in said]
    for code, meant in now.items():
        assert not any(a.meets(b) for i, a in enumerate(meant) for b in meant[:i])
        listed = [row for row in rows if (scheme_of[row[0]], row[1]) == code]
        if not listed:
            continue
        first = min(row[4] or ENDS[0] for row in listed)
        for day in (*ENDS, *DAYS):
            name = [s.name for s in meant if s.holds(day)]
            told = [row[2] for row in listed if (row[4] or ENDS[0]) <= day <= (row[5] or ENDS[1])]
            old = [s.name for s in was.get(code, []) if s.holds(day)]
            assert name == (told if day >= first else old)
    return True


SPANS = st.tuples(st.none() | st.sampled_from(DAYS), st.none() | st.sampled_from(DAYS)).filter(
    lambda s: s[0] is None or s[1] is None or s[0] <= s[1]
)


@given(st.lists(SPANS, max_size=5), st.none() | st.sampled_from((ENDS[0], *DAYS)))
def test_what_lies_before_a_day_is_kept_as_it_was(spans: list[tuple[str | None, str | None]], day: str | None) -> None:
    before = [Spell("stat", "1", n, "", *span) for n, span in enumerate(spans)]
    after = until(before, day)
    for other in (*ENDS, *DAYS):
        assert {s.place for s in after if s.holds(other)} == {s.place for s in before if s.holds(other) and other < (day or ENDS[0])}


@given(st.lists(SPANS, min_size=2, max_size=2))
def test_spans_meet_when_they_share_a_day(spans: list[tuple[str | None, str | None]]) -> None:
    a, b = (Spell("stat", "1", 1, "", *span) for span in spans)
    assert a.meets(b) == b.meets(a) == any(a.holds(day) and b.holds(day) for day in (*ENDS, *DAYS))


def test_no_bytes_break_a_load(county: SmallBook, tmp_path: Path) -> None:
    path = tmp_path / "villages.csv"
    cells = st.one_of(
        st.text(max_size=12),
        st.sampled_from(("统计", "民政", "431023101", "永兴县", '"', '""', "\r", "\n", ",", "2020-01-01", "\u2028", "\ud7ff", "0")),
    )
    texts = st.lists(st.lists(cells, max_size=8).map(",".join), max_size=6).map("\n".join)
    files = st.one_of(
        st.binary(max_size=200),
        texts.map(str.encode),
        texts.map(lambda t: f"{HEADS}\n{t}".encode()),
        texts.map(lambda t: f"{HEADS}\n{t}".encode("gb18030")),
    )

    @given(files)
    def check(data: bytes) -> None:
        path.write_bytes(data)
        with undone(county):
            before = content(county.store)
            done = load_list(county.store, path)
            assert done.problems or content(county.store) != before or done.unchanged
            assert all(
                p.where.startswith("villages.csv") and p.line("zh").isprintable() and p.line("en").isprintable() for p in done.problems
            )

    check()


WORDS = (
    "湖南省",
    "郴州市",
    "永兴县",
    "永兴",
    "马田镇",
    "甲村",
    "甲村委会",
    "新村",
    "东安县",
    "431023",
    "431122",
    "统计:",
    "民政:",
    "/",
    " ",
    "镇",
    "东莞市",
)


def test_no_text_leads_out_of_bounds(book: SmallBook, tmp_path: Path) -> None:
    loaded(book.store, tmp_path, "")
    places = places_of(book.store)
    found: list[bool] = []

    @given(
        st.one_of(
            st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True).map(
                lambda words: "".join(sorted(words, key=WORDS.index))
            ),
            st.text(max_size=9),
        ),
        st.sampled_from(("", "43/4310/", "43/4310/431023/431023101/", "44/")),
    )
    def check(text: str, within: str) -> None:
        answer = places.place_key(text, "2023-01-03", within)
        assert answer == Places(places._tree).place_key(text, "2023-01-03", within)
        if isinstance(answer, Problem):
            assert answer.line("zh").isprintable()
        else:
            assert places.path(answer).startswith(within)
            assert places.place_key(text, "2023-01-03", places.path(answer)) == answer
        found.append(not isinstance(answer, Problem))

    check()
    assert sum(found) * 25 > len(found), "too few of the texts meant a place to show anything"


def test_every_full_name_and_code_leads_back(book: SmallBook, tmp_path: Path) -> None:
    loaded(book.store, tmp_path, "")
    places = places_of(book.store)
    for key, *_ in content(book.store)[0]:  # type: ignore[misc]
        assert places.place_key(f"统计:{key}", "2023-01-03", "") == key
        if key != 441900:  # 东莞市 is meant by this name, the county of the same name by its code
            assert places.place_key(places.full_name(key), "2023-01-03", "") == key
