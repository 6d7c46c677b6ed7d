"""限量: so much within so many days, for each person and drug."""

from __future__ import annotations

from pathlib import Path

import pytest

from .desk import Desk, words
from .packs import shop
from .worlds import LI, OLD, Medicine

SALE = {"source": "91999999MA0000B27R", "item": "YP-001/B2211"}


class Pharmacy(Medicine):
    def __init__(self) -> None:
        super().__init__()
        self.record("medicine.pharmacy", {"统一社会信用代码": "91999999MA0000B27R", "单位名称": "示例大药房"})
        self.record("medicine.buyer", {"身份证号": LI, "姓名": "示例乙"})
        self.record("medicine.buyer", {"身份证号": OLD, "姓名": "示例甲"})
        self.uid("medicine.supply", source="K01", target="91999999MA0000B27R", item="YP-001/B2211", quantity="10盒", day="2022-12-02")

    def sell(self, quantity: str, day: str, to: str = LI) -> object:
        return self.say("medicine.sale", target=to, quantity=quantity, day=day, **SALE)


def test_within_seven_days_no_more_than_24() -> None:
    desk = Pharmacy()
    assert desk.sell("20片", "2022-12-10").ready  # type: ignore[attr-defined]
    said = words(desk.sell("5片", "2022-12-16"))  # type: ignore[arg-type]
    assert "超过每人限购数量；应为7 日内合计不超过 24片。此前已有 20片" in said
    assert desk.sell("4片", "2022-12-16").ready  # type: ignore[attr-defined]
    assert desk.sell("20片", "2022-12-17").ready  # type: ignore[attr-defined]
    assert desk.sell("24片", "2022-12-17", to=OLD).ready  # type: ignore[attr-defined]


def test_an_entry_written_late_does_not_slip_under_the_limit() -> None:
    desk = Pharmacy()
    assert desk.sell("20片", "2022-12-16").ready  # type: ignore[attr-defined]
    assert "超过每人限购数量" in words(desk.sell("5片", "2022-12-12"))  # type: ignore[arg-type]


def test_another_drug_is_counted_apart() -> None:
    desk = Pharmacy()
    desk.sell("24片", "2022-12-10")
    desk.record("medicine.drug", {"药品编码": "YP-2", "药品名称": "别的片", "每盒片数": 10})
    batch = {"所属药品": "YP-2", "批号": "1", "有效期至": "2024-10-31", "每盒片数": 10}
    desk.record("medicine.batch", batch, day="2022-12-01")
    desk.uid("medicine.purchase", source="91999999MA0000A199", target="K01", item="YP-2/1", quantity="9盒", day="2022-12-01")
    desk.uid("medicine.supply", source="K01", target="91999999MA0000B27R", item="YP-2/1", quantity="9盒", day="2022-12-02")
    assert desk.say("medicine.sale", target=LI, quantity="24片", day="2022-12-10", source=SALE["source"], item="YP-2/1").ready


def test_another_batch_of_the_drug_is_not() -> None:
    desk = Pharmacy()
    desk.sell("24片", "2022-12-10")
    batch = {"所属药品": "YP-001", "批号": "B3", "有效期至": "2024-10-31", "每盒片数": 24}
    desk.record("medicine.batch", batch, day="2022-12-01")
    desk.uid("medicine.purchase", source="91999999MA0000A199", target="K01", item="YP-001/B3", quantity="9盒", day="2022-12-01")
    desk.uid("medicine.supply", source="K01", target="91999999MA0000B27R", item="YP-001/B3", quantity="9盒", day="2022-12-02")
    sold = desk.say("medicine.sale", target=LI, quantity="1片", day="2022-12-10", source=SALE["source"], item="YP-001/B3")
    assert "超过每人限购数量" in words(sold)


def test_the_parameter_is_that_of_the_day() -> None:
    from datetime import date

    desk = Medicine(today=date(2023, 1, 31))
    issue = {"source": "X-001", "target": OLD, "item": "YP-001/B2211"}
    assert "超过每人每次发放上限" in words(desk.say("medicine.issue", quantity="7片", day="2023-01-09", **issue))
    assert desk.say("medicine.issue", quantity="12片", day="2023-01-10", **issue).ready


@pytest.mark.parametrize(("day", "ok"), [("2021-12-31", True), ("2022-01-01", False)])
def test_before_its_first_value_there_is_no_limit(tmp_path: Path, day: str, ok: bool) -> None:
    desk = Desk(shop(tmp_path))
    desk.record("shop.stall", {"摊位编号": "1"})
    assert bool(desk.say("shop.supply", target="1", quantity="3袋", day=day).ready) is ok
