"""The places of two counties as a book of a programme outside the house: figures and published counts beside the tree itself."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from taizhang import text
from taizhang.acts.desk import Desk
from taizhang.acts.trial import run
from taizhang.claims.matching import OpenBook, judge
from taizhang.core import InputError, Period, Question
from taizhang.cube import Cube
from taizhang.ledger.places import find_source, read
from taizhang.packs import check

from ...books import Databases
from ...conftest import IN_CI, ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
book = pytest.importorskip("place_tree_book", reason="benchmarks/ stands beside the tests in a checkout")
table = pytest.importorskip("place_tree_told", reason="benchmarks/ stands beside the tests in a checkout")

DAOXIAN, TAOJIANG = "431124", "430922"
DAY = date(2023, 6, 30)
INDICATORS = {
    "townships_all": ("街道", "镇", "乡", "民族乡"),
    "townships": ("镇", "乡", "民族乡"),
    "subdistricts": ("街道",),
    "towns": ("镇",),
    "rural_townships": ("乡", "民族乡"),
    "plain_townships": ("乡",),
    "minority_townships": ("民族乡",),
    "seats": ("村", "社区"),
    "villages": ("村",),
    "communities": ("社区",),
}
TALLIES = [
    ("道县下辖7个街道、12个镇、3个乡", ["agrees", "agrees", "agrees"]),
    ("道县辖12镇3乡7街道，312个建制村57个居委会", ["agrees"] * 5),
    ("道县总面积2448平方公里，辖22个乡镇（街道）、369个村（社区）", ["no_record", "agrees", "agrees"]),
    ("道县共有15个乡镇、7个街道办事处", ["agrees", "agrees"]),
    ("道县辖11个镇、4个乡（其中3个民族乡）", ["differs", "differs", "agrees"]),
    ("道县辖12个镇、1个省级开发区", ["agrees", "no_record"]),
    ("桃江县辖13个镇、1个乡、1个民族乡", ["agrees", "open", "agrees"]),
    ("道县辖22个乡镇", ["open"]),
]
NO_TALLIES = [
    "道县在3个乡镇设立代办点",
    "道县工作组走访了12个镇、7个街道",
    "道县项目覆盖3个街道，11个镇，3个乡",
    "道县投入资金500万元，20个村受益",
    "道县有12个镇开展宣传",
    "道县全县12个镇全部通公路",
    "道县新建5个社区",
]
"""Somebody does something there: the number is none of what the county has, and must not be called wrong."""


@pytest.fixture(scope="module")
def trees() -> dict[str, Counter[str]]:
    """What the package itself says of both counties; absent is a skip at a desk and a failure in CI."""
    try:
        source = find_source()
    except InputError as absent:
        if IN_CI:
            pytest.fail(str(absent))
        pytest.skip(f"left out: the places of the country: {absent}")
    return {county: book.tallies(read(source, county)) for county in (DAOXIAN, TAOJIANG)}


@pytest.fixture
def desk(trees: dict[str, Counter[str]], tmp_path: Path, databases: Databases, dialect: str) -> Iterator[Desk]:
    """The desk at a book of both counties."""
    database = databases.empty() if dialect == "postgres" else None
    with book.made(tmp_path / "book", [DAOXIAN, TAOJIANG], alias=f"tree-{dialect}", database=database) as desk:
        yield desk


def test_the_programme_in_its_folder_checks_and_its_case_holds() -> None:
    pack, problems = check(book.PACK)
    assert pack is not None
    assert not problems
    assert [done.problems for done in run(book.PACK)] == [()]


@pytest.mark.parametrize(
    ("code", "name", "sort"),
    [
        ("431124001", "濂溪街道", "街道"),
        ("431124101", "梅花镇", "镇"),
        ("430921200", "示例乡", "乡"),
        ("431124210", "审章塘瑶族乡", "民族乡"),
        ("431124500", "大坪铺农场", "类似乡级"),
        ("431124001001", "东阳社区居委会", "社区"),
        ("431124101200", "示例村委会", "村"),
        ("431124101201", "示例社区", "村"),
        ("431124500400", "示例园区", "类似社区"),
        ("431124500598", "虚拟生活区", "类似村"),
    ],
)
def test_the_sort_is_that_of_the_code(code: str, name: str, sort: str) -> None:
    assert book.sort_of(code, name) == sort


@pytest.mark.parametrize(("code", "name"), [("431124600", "甲镇"), ("431124000", "甲镇"), ("431124101000", "甲村"), ("431124101600", "甲村")])
def test_digits_without_a_sort_are_refused(code: str, name: str) -> None:
    with pytest.raises(ValueError, match=code):
        book.sort_of(code, name)


def test_the_tree_was_counted_once_by_hand(trees: dict[str, Counter[str]]) -> None:
    """道县: seven subdistricts, twelve towns, three townships of the 瑶, and a farm that is none of them."""
    assert {sort: trees[DAOXIAN][sort] for sort in ("街道", "镇", "乡", "民族乡", "类似乡级")} == {"街道": 7, "镇": 12, "乡": 0, "民族乡": 3, "类似乡级": 1}


def test_the_figures_are_those_of_the_tree(desk: Desk, trees: dict[str, Counter[str]]) -> None:
    cube = Cube(desk.book, desk.scope)
    for county, tree in trees.items():
        for name, sorts in INDICATORS.items():
            figure = cube.figure(Question(f"place_tree.{name}", int(county), Period(DAY, DAY)))
            assert figure.value == sum(tree[sort] for sort in sorts), (county, name)


def test_a_bare_tally_is_judged_by_what_it_counts(desk: Desk) -> None:
    """1个乡 beside 1个民族乡 leaves open whether a 民族乡 is meant too (2 are), and 22个乡镇 whether subdistricts are (then it is right)."""
    opened = OpenBook(desk.book, desk.scope)
    for words, kinds in TALLIES:
        assert [v.kind for v in judge(text.stories(f"2023年6月30日，{words}。"), opened).verdicts] == kinds, words


def test_a_count_of_places_where_something_is_done_is_no_tally(desk: Desk) -> None:
    opened = OpenBook(desk.book, desk.scope)
    for words in NO_TALLIES:
        found = judge(text.stories(f"2023年6月30日，{words}。"), opened).verdicts
        assert found
        assert not {v.kind for v in found} & {"agrees", "differs"}, words


def test_a_published_count_is_called_wrong_only_where_the_tree_has_another(desk: Desk, trees: dict[str, Counter[str]]) -> None:
    opened, spoken = OpenBook(desk.book, desk.scope), 0
    for row in (row for row in table.told() if row.county in trees):
        found = judge(text.stories(row.on(book.DAY)), opened).verdicts
        for verdict, count in zip(found, row.counts, strict=True):
            same = count.number == count.real(trees[row.county])
            spoken += verdict.kind in ("agrees", "differs")
            assert verdict.kind in ({"agrees", "open"} if same else {"differs", "open"}), (row.words, count)
    assert spoken >= 8


def test_before_its_first_day_the_book_knows_nothing(desk: Desk) -> None:
    figure = Cube(desk.book, desk.scope).figure(Question("place_tree.towns", int(DAOXIAN), Period(DAY - timedelta(1), DAY - timedelta(1))))
    assert figure.value is None


def test_every_published_count_is_read_as_it_is_told() -> None:
    """Both sentences of each row have its numbers, in its order."""
    for row in table.told():
        for sentence in (row.own, row.on(book.DAY)):
            assert [int(q.low) for q in text.read(sentence)] == [count.number for count in row.counts], sentence


def test_every_row_tells_where_it_was_read_and_every_count_is_explained_or_told_not_to_be(trees: dict[str, Counter[str]]) -> None:
    for row in table.told():
        assert row.source
        assert row.address.startswith("http")
        for count in row.counts:
            kind, _ = row.reason(count.of)
            if row.county in trees and count.number != count.real(trees[row.county]):
                assert kind in table.KINDS, (row.name, row.when, count)
