"""Names: each name that a pack may write can be read, and means what the pack says it means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from taizhang.ledger.rules import row, row_of_record
from taizhang.ledger.rules.plan import plan_of
from taizhang.packs import Event, Register, scopes

from .desk import SHIPPED, Desk, shipped
from .worlds import OLD, Library, Medicine, Mines


@pytest.mark.parametrize("name", SHIPPED)
def test_every_name_of_every_scope_is_read(name: str) -> None:
    desk, pack = Desk(), shipped(name)
    for thing in (*pack.registers.values(), *pack.events.values(), *pack.transfers.values()):
        plan = plan_of(desk.catalogue, thing)
        for word in plan.names:
            plan.is_personal(word)  # KeyError when it cannot be read
    for indicator in pack.indicators.values():
        source = indicator.source or ""
        found = pack.events.get(source) or pack.transfers.get(source) or pack.register(source)
        if found is not None:
            plan = plan_of(desk.catalogue, found)
            for word in scopes.of_indicator(pack, indicator):
                plan.is_personal(word)


def test_an_unknown_name_is_no_silent_null() -> None:
    desk = Mines()
    entry = desk.say("mines.survey", {"排查面积": "1"}, record="DA-0017").ready[0].entry
    with pytest.raises(KeyError):
        row(entry, desk.book, desk.catalogue, ["mine.depth"])


def test_paths_through_item_and_accounts() -> None:
    desk = Medicine()
    entry = desk.say("medicine.issue", source="X-001", target=OLD, item="YP-001/B2211", quantity="3片").ready[0].entry
    wanted = [
        "quantity",
        "batch.drug.name",
        "batch.expiry",
        "box.village.name",
        "target",
        "at_risk",
        "at_risk.groups",
        "day",
        "place",
        "issue_most",
    ]
    assert list(row(entry, desk.book, desk.catalogue, wanted).values()) == [
        3, "布洛芬片", date(2024, 10, 31), "甲村（示例）", desk.old, desk.old, ("独居",), date(2022, 12, 31), "431023", 6,
    ]  # fmt: skip


def test_money_is_seen_in_yuan() -> None:
    desk = Mines()
    entry = desk.say("mines.allot", source="ZJ-1", target="DA-0017", quantity="1.5万元").ready[0].entry
    assert row(entry, desk.book, desk.catalogue, ["quantity", "fund.kind", "site.area"]) == {
        "quantity": Decimal(15000),
        "fund.kind": "财政资金",
        "site.area": Decimal("2.8"),
    }


def test_personal_values_are_opened_only_when_they_are_asked_for() -> None:
    desk = Medicine()
    entry = desk.say("medicine.visit", {"体温": "36.5", "备注": "无异常"}, record=OLD).ready[0].entry
    assert row(entry, desk.book, desk.catalogue, ["note"]) == {"note": None}  # the entry itself has it only sealed
    sealed = replace(entry, sealed={"note": "…"})
    assert row(sealed, desk.book, desk.catalogue, ["note"]) == {"note": "无异常"}
    assert row(entry, desk.book, desk.catalogue, ["temperature", "name"]) == {"temperature": Decimal("36.5"), "name": "示例甲"}


def test_names_only_the_caller_knows() -> None:
    desk = Library()
    entry = desk.lend(desk.jia, "2022-11-10").ready[0].entry
    told = row(
        entry, desk.book, desk.catalogue, ["returned", "as_of", "due", "reader.kind"], {"returned": False, "as_of": date(2022, 12, 1)}
    )
    assert list(told.values()) == [False, date(2022, 12, 1), date(2022, 11, 24), "离退休干部"]


def test_a_balance_of_a_record() -> None:
    desk = Medicine()
    told = row_of_record(
        "medicine.box", desk.box, date(2022, 12, 31), desk.book, desk.catalogue, ["balance", "batch.drug.name", "village.name", "box"],
        item=desk.batch, kind="medicine.tablet", balance=48,
    )  # fmt: skip
    assert list(told.values()) == [48, "布洛芬片", "甲村（示例）", desk.box]


def test_own_fields_go_before_those_of_the_record(tmp_path: Path) -> None:
    """A field of the entry hides the bare name of the record's; by the register's name it is still there."""
    text = """
pack: hide
title: 示例
office: 示例局
registers:
  pond: {title: 山塘, key: code, fields: {code: {title: 编号, type: text, open: true}, depth: {title: 水深, type: integer, unit: 米}}}
events:
  look: {title: 查看, about: pond, fields: {depth: {title: 当日水深, type: integer, unit: 米}}}
"""
    from taizhang.packs import check

    (tmp_path / "hide").mkdir()
    (tmp_path / "hide" / "pack.yaml").write_text(text, encoding="utf-8")
    pack, problems = check(tmp_path / "hide")
    assert pack is not None, problems
    desk = Desk(pack)
    pond = desk.record("hide.pond", {"编号": "1", "水深": 5})
    entry = desk.say("hide.look", {"当日水深": 2}, record="1").ready[0].entry
    assert row(entry, desk.book, desk.catalogue, ["depth", "pond.depth", "record", "code"]) == {
        "depth": 2, "pond.depth": 5, "record": pond, "code": "1",
    }  # fmt: skip
    assert isinstance(pack.events["look"], Event)
    assert isinstance(pack.registers["pond"], Register)
