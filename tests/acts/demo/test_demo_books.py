"""Demonstration books: every total is met exactly, by entries that keep the rules; what cannot be is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from taizhang.acts.demo import Refused, read_totals
from taizhang.core import Question
from taizhang.cube import Cube
from taizhang.ledger.reading import Line

from .. import ponds
from .books import Maker

MEDICINE = """
indicator: medicine.purchased, place: 永兴县, period: 2022-12, value: 1680
indicator: medicine.buyers, place: 永兴县, period: 2022-12, value: 31
indicator: medicine.sold, place: 永兴县, period: 2022-12, value: 240
indicator: medicine.depot_stock, place: 永兴县, period: 2022-12, value: 1440
indicator: medicine.months_of_cover, place: 永兴县, period: 2022-12, value: 6
"""
VILLAGES = """
indicator: medicine.allotted, place: 永兴县, period: 2022-12-28, value: 236, of: {batch.drug: 布洛芬片}
indicator: medicine.issued, place: 永兴县, period: 2022-12-28..2022-12-31, value: 120, of: {batch.drug: 布洛芬片}
indicator: medicine.issued, place: 马田镇, period: 2022-12-28..2022-12-31, value: 75, of: {batch.drug: 布洛芬片}
indicator: medicine.people_at_risk, place: 永兴县, period: 2022-12-31, value: 60
"""
LIBRARY = """
indicator: library.books_held, place: 永兴县, period: 2022-11-28, value: 85
indicator: library.books_held, place: 永兴县, period: 2022-11-28, value: 20, of: {copy.book.subject: 水利}
indicator: library.loans, place: 永兴县, period: 2021-06-01..2022-11-28, value: 150
indicator: library.loans, place: 永兴县, period: 2021-06-01..2022-11-28, value: 13, of: {copy.book.subject: 水利}
indicator: library.loans, place: 永兴县, period: 2022, value: 41, of: {reader.kind: 在职职工}
indicator: library.on_loan, place: 永兴县, period: 2022-11-28, value: 4
indicator: library.overdue, place: 永兴县, period: 2022-11-28, value: 2
"""
MINES = """
indicator: mines.projects, place: 永兴县, period: 2022, value: 3, of: {site.kind: 砂石土矿}
indicator: mines.restored_area, place: 永兴县, period: 2022, value: 16.5828, of: {site.kind: 砂石土矿}
indicator: mines.invested, place: 永兴县, period: 2022, value: 1860000.07, of: {site.kind: 砂石土矿}
indicator: mines.projects, place: 永兴县, period: 2022, value: 5
indicator: mines.mines_on_list, place: 永兴县, period: 2022, value: 9
indicator: mines.plans_made, place: 永兴县, period: 2022, value: 5
"""
TRAFFIC = """
indicator: traffic.violations, place: 永兴县, period: 2022-12, value: 60
indicator: traffic.violations, place: 永兴县, period: 2022-12, value: 11, of: {kind: 饮酒驾驶}
indicator: traffic.violations, place: 金龟镇, period: 2022-12, value: 17
indicator: traffic.fines, place: 永兴县, period: 2022-12, value: 12345.60
indicator: traffic.publicity_held, place: 永兴县, period: 2022-12, value: 9, of: {audience: 农村}
indicator: traffic.publicity_held, place: 永兴县, period: 2022, value: 20
indicator: traffic.deaths, place: 永兴县, period: 2022, value: 0
"""


@pytest.mark.parametrize("totals", [MEDICINE, VILLAGES, LIBRARY, MINES, TRAFFIC], ids=["sold", "villages", "library", "mines", "traffic"])
def test_every_total_is_met_exactly(maker: Maker, totals: str) -> None:
    built = maker.build(totals)
    assert [str(one.total) for one in built.met if not one.exactly] == []
    assert len(built.met) == len(totals.strip().splitlines())
    assert built.problems == ()
    assert built.sound


@pytest.mark.parametrize(
    ("totals", "named"),
    [
        (MEDICINE.strip().replace("value: 6", "value: 7"), (7, 8, 9)),
        ("indicator: traffic.violations, place: 永兴县, period: 2022-12, value: 5\nindicator: traffic.violations, place: 马田镇, period: 2022-12, value: 6", (5, 6)),
        ("indicator: traffic.violations, place: 永兴县, period: 2022, value: 5\nindicator: traffic.violations, place: 永兴县, period: 2022, value: 6", (5, 6)),
        ("indicator: traffic.violations, place: 永兴县, period: 2022, value: 5\nindicator: traffic.violations, place: 永兴县, period: 2022, value: 6, of: {kind: 超载}", (5, 6)),
        ("indicator: medicine.sold, place: 永兴县, period: 2022-12, value: 20\nindicator: medicine.buyers, place: 永兴县, period: 2022-12, value: 21", (5, 6)),
        (
            "indicator: medicine.allotted, place: 永兴县, period: 2022-12-28, value: 90\nindicator: medicine.issued, place: 永兴县, period: 2022-12-28, value: 91",
            (5, 6),
        ),
        (
            "indicator: traffic.publicity_held, place: 永兴县, period: 2022, value: 9\n"
            + "\n".join(f"indicator: traffic.publicity_held, place: 永兴县, period: 2022, value: 2, of: {{audience: {w}}}" for w in ("农村", "社区", "学校", "企业")),
            (5,),
        ),
    ],
    ids=["a ratio of others", "a township above its county", "two values", "a part above the whole", "more buyers than tablets", "more issued than allotted", "no kind is left"],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_both_totals_are_named(maker: Maker, totals: str, named: tuple[int, ...]) -> None:
    with pytest.raises(Refused) as refused:
        maker.build(totals)
    told = " ".join(problem.line() for problem in refused.value.problems)
    assert "不能同时成立" in told
    lines = [f"yaml:{number - 1}）" for number in named]
    assert [line for line in lines if line not in told] == []
    assert not list(maker.folder.glob("book*/book.json"))


def test_a_file_of_totals_is_told_everything_that_is_wrong_with_it(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text("totals:\n  - {indicator: a.b, place: 永兴县, period: 2022-13, value: 5万, off: 1}\n  - {place: 永兴县}\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_totals(str(path))
    told = [problem.line() for problem in refused.value.problems]
    assert [word for word in ("off", "2022-13", "5万", "没有 indicator", "没有 period", "没有 value") if not any(word in line for line in told)] == []


@pytest.mark.parametrize(("totals", "word"), [
    ("indicator: nothing.here, place: 永兴县, period: 2022, value: 1", "没有专项 nothing"),
    ("indicator: traffic.nothing, place: 永兴县, period: 2022, value: 1", "没有指标 nothing"),
    ("indicator: traffic.violations, place: 甲甲县, period: 2022, value: 1", "甲甲县"),
    ("indicator: mines.worst_survival, place: 永兴县, period: 2022, value: 86", "还不能按数生成"),
    ("indicator: medicine.sold, place: 永兴县, period: 2022, value: 1.5", "分不成整份"),
    ("indicator: mines.cost_per_hectare, place: 永兴县, period: 2022, value: 5", "投入资金、完成修复面积算得"),
    ("indicator: traffic.violations, place: 永兴县, period: 2022, value: 3, of: {kind: 酒驾}", "酒驾"),
])  # fmt: skip
def test_what_cannot_be_made_is_refused_with_the_reason(maker: Maker, totals: str, word: str) -> None:
    with pytest.raises(Refused) as refused:
        maker.build(totals)
    assert word in refused.value.problems[0].line()


def test_the_same_seed_gives_the_same_entries_another_seed_others(maker: Maker) -> None:
    first, again, other = (maker.build(MEDICINE, seed, folder=maker.folder / name) for name, seed in (("a", 3), ("b", 3), ("c", 4)))
    told = []
    for built in (first, again, other):
        with maker.desk(built) as desk:
            lines = [line.entry for line in desk.reader.at(range(2, desk.book.size + 1))]
            told.append([(e.uid, e.type, e.day, e.place, e.record, dict(e.data), e.quantity, e.source, e.target) for e in lines])
    assert told[0] == told[1]
    assert {one[0] for one in told[0]} & {one[0] for one in told[2]} == set()


def test_a_build_that_was_stopped_goes_on(maker: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("taizhang.acts.demo.writing.BATCH", 40)
    folder, address = maker.folder / "stopped", maker.address()

    def stop(stage: str, done: int, of: int) -> None:
        if stage == "post" and done >= 80:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        maker.build(MEDICINE, folder=folder, database=address, tell=stop)
    built = maker.build(MEDICINE, folder=folder, database=address)
    assert built.sound
    with maker.desk(built) as desk:
        assert desk.book.demo
    assert built.entries == maker.build(MEDICINE).entries


def test_nothing_is_given_out_before_it_is_there_and_limits_hold(maker: Maker) -> None:
    with maker.desk(maker.build("\n".join(MEDICINE.strip().splitlines()[1:3]) + VILLAGES)) as desk:
        lines = [line.entry for line in desk.reader.latest(limit=5000)]
    sold = [entry for entry in lines if entry.type == "medicine.sale"]
    assert sum(entry.quantity or 0 for entry in sold) == 240
    assert len({entry.target for entry in sold}) == 31
    assert max(entry.quantity or 0 for entry in sold) <= 24
    assert max(entry.quantity or 0 for entry in lines if entry.type == "medicine.issue") <= 6
    assert {entry.day for entry in lines if entry.type == "medicine.allot"} == {date(2022, 12, 28)}


def test_struck_entries_move_figures_by_exactly_what_they_were(maker: Maker) -> None:
    built = maker.build(TRAFFIC, strike=12)
    assert all(one.exactly for one in built.met)  # asked back before anything was struck
    assert len(built.struck) == 12
    with maker.desk(built) as desk:
        struck = desk.reader.at(built.struck)
        cube = Cube(desk.book, desk.scope)
        for one in built.met:
            place = desk.place_of(one.total.place, one.total.period.last)
            assert isinstance(place, int)
            now = cube.figure(Question(one.total.indicator, place, one.total.period, of=one.total.of)).value
            below = desk.places.path(place)
            moved = sum(_adds(line, one.total.indicator, dict(one.total.of)) for line in struck if desk.places.path(line.entry.place).startswith(below))
            assert (now or 0) == (one.value or 0) - moved, str(one.total)


def _adds(line: Line, indicator: str, of: dict[str, str]) -> object:
    """What an entry adds to a figure of traffic, read off the entry."""
    entry = line.entry
    types = {"violations": "violation", "fines": "violation", "publicity_held": "publicity", "deaths": "accident"}
    name = indicator.partition(".")[2]
    if entry.type != f"traffic.{types[name]}" or any(entry.data.get(path) != word for path, word in of.items()):
        return 0
    return {"fines": _yuan(entry.data.get("fine")), "deaths": entry.data.get("deaths", 0)}.get(name, 1)


def _yuan(cents: object) -> object:
    return Fraction(int(str(cents or 0)), 100)


PONDS = """
indicator: ponds.ponds, place: 永兴县, period: 2022, value: 12
indicator: ponds.inspected, place: 永兴县, period: 2022, value: 8
indicator: ponds.spent, place: 永兴县, period: 2022, value: 70500.25
indicator: ponds.remains, place: 永兴县, period: 2022, value: 1234.5
indicator: ponds.pumps_home, place: 永兴县, period: 2022, value: 6
indicator: ponds.pumps_out, place: 永兴县, period: 2022, value: 2
"""


@pytest.mark.parametrize("hints", ["", "entries:\n  inspect: {at: village}\nfields:\n  depth: {from: [\"1.50\", \"1.60\"], places: 2}\n"], ids=["no hints", "its own"])
def test_a_programme_nobody_has_seen_gets_its_book(maker: Maker, tmp_path: Path, hints: str) -> None:
    folder = tmp_path / "programmes" / "ponds"
    folder.mkdir(parents=True)
    for name, text in {"pack.yaml": ponds.PACK, "fields.yaml": ponds.FIELDS, "demo.yaml": hints or "fields: {}\n"}.items():
        (folder / name).write_text(text, encoding="utf-8")
    built = maker.build(PONDS, programmes=(tmp_path / "programmes",))
    assert [str(one.total) for one in built.met if not one.exactly] == []
    assert built.problems == ()
    with maker.desk(built) as desk:
        depths = {Decimal(str(line.entry.data["depth"])) for line in desk.reader.latest(limit=500, type_name="ponds.inspect")}
    assert depths
    assert all(Decimal("1.5") <= depth <= Decimal("1.6") for depth in depths) == bool(hints)
