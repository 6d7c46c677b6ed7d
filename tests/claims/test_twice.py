"""One measure said twice: compared only when nothing sets the two sayings apart."""

from __future__ import annotations

import pytest

from .said import contradictions, told

WRONG = [
    ("全县参与茶产业的农户达2.6万户。\n村里修了路。全县参与茶产业的农户达2.3万户，户户增收。", "2000户"),
    ("该镇现有注册商标1640件。工作人员介绍，注册商标共1633件。", "7件"),
    ("临江市养老床位达到886张。从全年情况看，临江市养老床位889张。", "3张"),
]

SILENT = [
    ("right", "该镇现有注册商标1640件。工作人员介绍，注册商标共1640件。"),
    ("two villages", "松林村藏书3000册。东河村藏书2000册。"),
    ("two times", "2021年全县造林面积120公顷。2022年全县造林面积150公顷。"),
    ("town and country", "城镇居民收入3万元。农村居民收入2万元。"),
    ("twice the same verb, two deeds", "该公司投资500万元建设厂房。该公司又投资800万元购置设备。"),
    ("stock and flow", "全县现有医院12所。今年全县新建医院3所。"),
    ("two firms, two things", "从装修到试产仅用时5个月。一周内办好了所有手续。"),
]


@pytest.mark.parametrize(("text", "miss"), WRONG)
def test_two_sayings_that_cannot_both_be_right(text: str, miss: str) -> None:
    assert [m for rule, m in contradictions(text) if rule == "twice"] == [miss]


@pytest.mark.parametrize(("why", "text"), SILENT)
def test_two_sayings_that_may_both_be_right(why: str, text: str) -> None:
    assert contradictions(text) == [], why


def test_two_hedges_of_one_measure_are_noted() -> None:
    text = "近300条线路覆盖全国，货物日吞吐量40多万件。\n立足40万件货物日吞吐量的优势，引进大型企业。"
    assert [(f.kind, f.rule, f.printed, f.follows) for f in told(text)] == [("note", "twice", "40万件", "40多万件")]
