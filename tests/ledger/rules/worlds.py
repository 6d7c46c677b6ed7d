"""Small worlds that tests begin with: a depot with medicine, a reading room, a mine with its money."""

from __future__ import annotations

from datetime import date
from typing import Any

from .desk import Desk, shipped

ZHANG, LI, OLD = "999999195006120013", "999999198507150046", "999999194801300027"
"""Resident IDs of nobody: the county does not exist."""


class Medicine(Desk):
    """县库 holds 10 boxes of 24; 甲村药箱 holds 2; 老人一 is at risk, 顾客 buys."""

    def __init__(self, **given: Any) -> None:
        super().__init__(shipped("medicine"), **given)
        day = date(2022, 12, 1)
        self.record("medicine.drug", {"药品编码": "YP-001", "药品名称": "布洛芬片", "每盒片数": 24}, day=day)
        batch = {"所属药品": "YP-001", "批号": "B2211", "生产日期": "2022-11-02", "有效期至": "2024-10-31", "每盒片数": 24}
        self.batch = self.record("medicine.batch", batch, day=day)
        self.record("medicine.supplier", {"统一社会信用代码": "91999999MA0000A199", "单位名称": "示例医药有限公司"}, day=day)
        self.record("medicine.depot", {"药库编号": "K01", "药库名称": "县级药品储备库"}, day=day)
        self.record("base.village", {"村代码": "431023999001", "村名称": "甲村（示例）"}, day=day)
        self.box = self.record("medicine.box", {"药箱编号": "X-001", "所在村": "431023999001"}, day=day)
        self.old = self.record("medicine.at_risk", {"身份证号": OLD, "姓名": "示例甲", "人群类别": "独居"}, day=day)
        self.uid("medicine.purchase", source="91999999MA0000A199", target="K01", item="YP-001/B2211", quantity="12盒", day=day)
        self.uid("medicine.allot", {"分配理由": "首批"}, source="K01", target="X-001", item="YP-001/B2211", quantity="2盒", day=day)


class Library(Desk):
    """A book with two copies on shelf A, one of them lent out as one likes; 甲 is retired, 乙 works."""

    def __init__(self, **given: Any) -> None:
        super().__init__(shipped("library"), **{"today": date(2022, 12, 20), **given})
        day = date(2022, 11, 1)
        self.record("library.book", {"书目号": "S-1", "题名": "示例党史简编"}, day=day)
        self.record("library.shelf", {"馆藏点编号": "A", "馆藏点": "老干部图书室"}, day=day)
        self.record("library.shelf", {"馆藏点编号": "B", "馆藏点": "职工书屋"}, day=day)
        for code in ("101", "102"):
            self.record("library.copy", {"条码号": code, "所属书目": "S-1", "外借类型": "短借"}, day=day)
            self.uid("library.acquire", {"来源": "采购"}, target="A", item=code, day=day)
        self.jia = self.record("library.reader", {"身份证号": ZHANG, "姓名": "示例甲", "借书证号": "D1", "读者类型": "离退休干部"}, day=day)
        self.yi = self.record("library.reader", {"身份证号": LI, "姓名": "示例乙", "借书证号": "D2", "读者类型": "在职职工"}, day=day)

    def lend(self, to: str, day: str, item: str = "101", **more: Any) -> Any:
        return self.say("library.lend", source="A", target=to, item=item, day=day, **more)


class Mines(Desk):
    """甲矿 is a mine under restoration; 财政 has 100000 yuan."""

    def __init__(self, **given: Any) -> None:
        super().__init__(shipped("mines"), **given)
        self.mine = self.record("mines.mine", {"矿山编号": "DA-0017", "矿山名称": "示例采石场", "矿山类型": "砂石土矿", "损毁面积": "42亩"})
        self.record("mines.site", {"矿山编号": "DA-0017"})
        self.record("mines.fund", {"资金编号": "ZJ-1", "资金渠道": "财政资金"})
        self.uid("mines.receive", target="ZJ-1", quantity="10万元")
