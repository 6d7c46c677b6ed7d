"""Invented people and numbers: valid in form, nobody's; parts that add up; hints that are checked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from taizhang.acts.demo import names, ranges, read_totals
from taizhang.acts.demo.hints import read_hints
from taizhang.acts.demo.splitting import split
from taizhang.core import Problem, places
from taizhang.packs import PROGRAMMES, TYPES, Field, base_pack, check

TODAY = date(2026, 1, 1)


@given(st.integers(0, 999_999))
def test_numbers_pass_the_types_of_the_packs_and_belong_to_nobody(number: int) -> None:
    counties = {place.code for place in places()}
    made = {"resident_id": ranges.resident_id, "credit_code": ranges.credit_code, "phone": ranges.phone, "plate": ranges.plate}
    for name, make in made.items():
        value = make(number)
        assert Field(name, name, TYPES[name]).clean(value, TODAY) == value
    assert ranges.resident_id(number)[:6] not in counties
    assert ranges.credit_code(number)[2:8] not in counties
    assert ranges.phone(number)[:3] == "100"
    assert ranges.plate(number)[:2] == "湘X"


def test_no_two_people_and_no_two_firms_share_a_number() -> None:
    for make in (ranges.resident_id, ranges.credit_code, ranges.phone, ranges.plate):
        assert len({make(number) for number in range(50_000)}) == 50_000


def test_no_name_on_the_page_is_given_to_anybody(shared: Path) -> None:
    page = (shared / "page" / "hunan-2023-01.txt").read_text(encoding="utf-8")
    given_names = {names.person(Random(seed)) for seed in range(5000)}
    firms = {names.firm(Random(seed), trade) for seed in range(200) for trade in ("大药房", "有限公司")}
    assert len(given_names) > 1000
    assert [name for name in given_names | firms if name in page or name.removeprefix("示例") in page] == []
    assert all(name.startswith("示例") for name in firms)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=30), st.integers(0, 2500), st.integers(1, 12), st.integers())
def test_parts_add_up_within_their_bounds_whenever_they_can(bounds: list[tuple[int, int]], total: int, step: int, seed: int) -> None:
    lows, highs = [min(pair) for pair in bounds], [max(pair) for pair in bounds]
    parts = split(total, lows, highs, Random(seed), step)
    if not sum(lows) <= total <= sum(highs):
        assert parts is None
        return
    assert parts is not None
    assert sum(parts) == total
    assert all(low <= part <= high for low, part, high in zip(lows, parts, highs, strict=True))


def test_money_goes_out_in_round_sums() -> None:
    parts = split(186_000_000, [1] * 6, [10**12] * 6, Random(1), 1000)
    assert parts is not None
    assert all(part % 1000 == 0 for part in parts)


def test_the_hints_that_ship_say_nothing_that_is_not_known() -> None:
    problems: list[Problem] = []
    for folder in sorted(PROGRAMMES.iterdir()):
        pack = base_pack() if folder.name == "base" else check(folder)[0]
        assert pack is not None
        read_hints(pack, folder, problems)
    assert problems == []


def test_a_wrong_hint_is_told_with_its_line(tmp_path: Path) -> None:
    pack, _ = check(PROGRAMMES / "traffic")
    assert pack is not None
    (tmp_path / "demo.yaml").write_text("entries:\n  stop: {at: county}\nregisters:\n  crew: {at: moon}\nfields:\n  plate: {invnt: plate}\n", encoding="utf-8")
    problems: list[Problem] = []
    read_hints(pack, tmp_path, problems)
    told = [problem.line() for problem in problems]
    assert [word for word in ("demo.yaml:2", "demo.yaml:4", "demo.yaml:6", "stop", "moon", "invnt") if not any(word in line for line in told)] == []


def test_the_other_totals_differ_from_those_of_the_page_in_every_value() -> None:
    page, other = read_totals("page").totals, read_totals("other").totals
    assert [(one.indicator, one.place, one.period, one.of) for one in page] == [(one.indicator, one.place, one.period, one.of) for one in other]
    assert [str(one) for one, two in zip(page, other, strict=True) if one.value == two.value] == []
    assert {one.indicator.partition(".")[0] for one in page} == {"medicine", "traffic", "library", "mines"}


def test_the_totals_of_the_page_are_those_that_stand_on_it(shared: Path) -> None:
    page = (shared / "page" / "hunan-2023-01.txt").read_text(encoding="utf-8")
    values = {one.indicator: one for one in read_totals("page").totals}
    assert str(values["traffic.violations"].value) in page
    printed = {"medicine.buyers": ("2.81万人", 28_100), "mines.invested": ("955.925万元", 9_559_250), "mines.restored_area": ("55.02公顷", Decimal("55.02"))}
    assert [name for name, (words, value) in printed.items() if words not in page or values[name].value != value] == []
    about = {"library.books_held": ("8500余册", 8500, 8600), "library.loans": ("1500余人次", 1500, 1600), "medicine.allotted": ("4万余片", 40_000, 50_000)}
    assert [name for name, (words, low, high) in about.items() if words not in page or not low < values[name].value < high] == []
