"""Many rows at once answer what they would answer one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taizhang.ledger.rules import Judged, Proposal, columns, is_stateful, judging

from .desk import Desk
from .packs import shop
from .test_events import Traffic
from .worlds import Medicine, Mines


def plain(judged: Judged, known: set[str | None]) -> Any:
    """An answer without the uids that are new each time, and the keys of new records, which follow from them."""
    ready = [
        (replace(r.entry, uid="", record=r.entry.record if r.entry.record in known else "new"), dict(r.personal)) for r in judged.ready
    ]
    return (ready, judged.problems, judged.exists is not None, judged.conflict is not None, judged.erased, judged.where)


def one_by_one(desk: Desk, rows: list[Proposal]) -> list[Judged]:
    out = []
    for row in rows:
        out.append(desk.judge(row)[0])
        desk.book.post(out[-1].ready)
    return out


def both(make: Any, rows: Any, monkeypatch: pytest.MonkeyPatch, *, tables: bool) -> tuple[list[Any], list[Any]]:
    """The answers to rows in columns, nothing being posted, and then one by one; with the checks in tables or not."""
    monkeypatch.setattr(judging, "BATCH", 2)
    monkeypatch.setattr(columns, "WORTH_A_TABLE", 1 if tables else 10**9)
    desk = make()
    known = {None, *(entry.record for entry in desk.book.all())}
    together = [plain(j, known) for j in desk.judge(*rows(desk))]
    return together, [plain(j, known) for j in one_by_one(desk, rows(desk))]


STOPS = st.fixed_dictionaries(
    {
        "时刻": st.sampled_from(["8:05", "8时5分", "25:00", "09:10", ""]),
        "号牌号码": st.sampled_from(["湘M12345", "湘 m·12345", "湘M1234", "", "湘MA2233"]),
        "车辆类型": st.sampled_from(["货车", "摩托车", "火车"]),
        "违法种类": st.sampled_from(["超载", "饮酒驾驶", "醉酒驾驶", "无牌"]),
        "酒精含量": st.sampled_from(["", "0.35", "0.95", "1.234", "七"]),
        "罚款": st.sampled_from(["", "500", "1000元", "-1"]),
    }
)


@pytest.mark.parametrize("tables", [True, False])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(stops=st.lists(st.tuples(STOPS, st.sampled_from(["城区中队", "沱江中队", "无此队", None])), min_size=2, max_size=12))
def test_stops(stops: Any, tables: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """With checks, a key of their own told twice or otherwise, plates sealed, records that are not there."""

    def rows(desk: Desk) -> list[Proposal]:
        return [desk.proposal("traffic.violation", v, record=crew, where=f"第 {i} 行") for i, (v, crew) in enumerate(stops)]

    together, alone = both(Traffic, rows, monkeypatch, tables=tables)
    assert together == alone


MINES = st.fixed_dictionaries(
    {
        "矿山编号": st.sampled_from(["DA-1", "DA-2", "DA-3", "DA-0017", ""]),
        "矿山名称": st.sampled_from(["甲", "乙", ""]),
        "矿山类型": st.sampled_from(["砂石土矿", "金矿"]),
        "损毁面积": st.sampled_from(["42亩", "1亩", "2.8", "x"]),
    }
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(told=st.lists(st.tuples(MINES, st.integers(1, 28)), min_size=2, max_size=10))
def test_states(told: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """New records, later states of them in the same sheet, keys that are missing."""

    def rows(desk: Desk) -> list[Proposal]:
        return [desk.proposal("mines.mine", values, day=date(2022, 11, day)) for values, day in told]

    together, alone = both(Mines, rows, monkeypatch, tables=True)
    assert together == alone


@pytest.mark.parametrize("tables", [True, False])
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(
    told=st.lists(
        st.tuples(st.sampled_from(["1", "3.5", "100", "2亩", ""]), st.sampled_from(["92", "70%", ""]), st.integers(1, 12)),
        min_size=2,
        max_size=9,
    )
)
def test_checks_through_records_and_parameters(told: Any, tables: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    def make() -> Desk:
        desk = Mines()
        desk.record("mines.mine", {"矿山编号": "DA-0017", "损毁面积": "5"}, day="2022-06-01")
        return desk

    def rows(desk: Desk) -> list[Proposal]:
        return [
            desk.proposal("mines.accept", {"修复面积": area, "成活率": alive}, record="DA-0017", day=date(2022 - month % 2 * 4, month, 3))
            for area, alive, month in told
        ]

    together, alone = both(make, rows, monkeypatch, tables=tables)
    assert together == alone


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(told=st.lists(st.sampled_from(["1盒", "0片", "0.3片", "-1片", "24", "9袋"]), min_size=2, max_size=8))
def test_purchases_from_outside(told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def rows(desk: Desk) -> list[Proposal]:
        ends = {"source": "91999999MA0000A199", "target": "K01", "item": "YP-001/B2211"}
        return [desk.proposal("medicine.purchase", quantity=quantity, day="2022-12-05", **ends) for quantity in told]

    together, alone = both(Medicine, rows, monkeypatch, tables=True)
    assert together == alone


class Counting:
    """A book that counts the questions it is asked one by one."""

    def __init__(self, book: Any) -> None:
        self._book, self.single = book, 0

    def __getattr__(self, name: str) -> Any:
        self.single += name in ("record", "find", "entry")
        return getattr(self._book, name)


def test_many_rows_ask_few_questions() -> None:
    desk: Any = Traffic()
    for i in range(40):
        desk.record("traffic.crew", {"中队名称": f"第 {i} 中队"})
    values = {"号牌号码": "湘M12345", "车辆类型": "货车", "违法种类": "超载"}
    rows = [
        desk.proposal("traffic.violation", {**values, "时刻": f"{i // 60}:{i % 60:02}"}, record=f"第 {i % 40} 中队") for i in range(200)
    ]
    desk.book = Counting(desk.book)
    assert all(judged.ready for judged in desk.judge(*rows))
    assert desk.book.single == 0


def test_a_row_sees_the_records_of_rows_before_it() -> None:
    desk = Desk()
    rows = [
        desk.proposal("mines.mine", {"矿山编号": "DA-1", "矿山名称": "甲", "矿山类型": "砂石土矿", "损毁面积": "1"}),
        desk.proposal("mines.site", {"矿山编号": "DA-1"}),
        desk.proposal("mines.accept", {"修复面积": "2"}, record="DA-1"),
    ]
    mine, site, accepted = desk.judge(*rows)
    assert site.ready[0].entry.record == mine.ready[0].entry.record
    assert "修复面积大于矿山面积" in accepted.problems[0].found


def test_what_changes_the_verdict_on_others(tmp_path: Path) -> None:
    desk = Desk()
    alone = {t for t, thing in desk.catalogue.things.items() if is_stateful(thing, desk.catalogue)}
    assert alone >= {"medicine.allot", "medicine.issue", "library.lend", "library.give_back", "library.move", "library.acquire", "mines.allot"}
    assert not alone & {"medicine.purchase", "medicine.visit", "medicine.batch", "library.hold", "traffic.violation"}
    stalls = Desk(shop(tmp_path)).catalogue
    assert {t for t, thing in stalls.things.items() if is_stateful(thing, stalls)} == {
        "shop.stall",
        "shop.supply",
        "shop.pass_on",
        "shop.eat",
        "shop.serve",
        "shop.lend",
        "shop.give_back",
    }
