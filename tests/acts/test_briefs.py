"""What a programme's brief tells the clerk is what happens: every wrong act in it is shown by a case, every number by a parameter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest

from taizhang.packs import PROGRAMMES, check
from taizhang.packs.checking import cases
from taizhang.packs.reading import Node

from .trials import SHIPPED

WRONG = "## 会被退回的事"
EXISTS = "已有"

# What the brief says, and the words of the refusal that a case shows for it; 已有: a case shows that it is recognised.
SHOWN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "library": {
        "一个借书证号登记给两个人": ("已由另一个读者使用",),
        "入过藏的一册再入藏": ("已在账内",),
        "阅览本外借": ("阅览本不外借",),
        "证件过期": ("借书证已过期",),
        "在借册数到上限": ("在借册数已到上限",),
        "已借出的书再借，没有借出的书归还": ("结存", "没有未还的借出"),
        "续借次数用完": ("已续借 1 次", "已续借 2 次"),
        "有人预约时续借，或借给别人": ("有人预约", "预约"),
        "ISBN 末位校验不对": ("校验位",),
        "预约有效期早于预约日期": ("预约有效期早于预约日期",),
        "从一处移到同一处": ("移出与移入不能是同一处",),
        "没有预约却取消预约": ("没有未了结的预约",),
        "同一册同一天盘点两次": (EXISTS, "不一致：盘点结果"),
    },
    "medicine": {
        "库里没有的发不出去": ("结存",),
        "超过每人每次上限的、超过限购的退回": ("超过每人每次发放上限", "超过每人限购数量", "此前已有 6片"),
        "过期的不能发、不能卖、不能调回，只能报损；剩余有效期太短的不能入库": ("已过期", "剩余有效期太短"),
        "数量为 0": ("数量应大于 0",),
        "分配没写理由": ("分配理由",),
        "有效期早于生产日期的批次": ("有效期应晚于生产日期",),
        "身份证号校验位不对的、位数不对的": ("校验位不符", "18 位身份证号"),
        "没有登记余药共享就登记送达": ("没有未了结的余药共享",),
        "余药拆开过的、有效期不足 30 天的不能转送；提供人和接受人": (
            "拆开过的药不能转送",
            "剩余有效期不足 30 天",
            "提供人与接受人不能相同",
        ),
    },
    "mines": {
        "拨付超过到账，支付超过拨付": ("结存",),
        "金额为 0": ("金额应大于 0",),
        "修复面积大于矿山面积": ("修复面积大于矿山面积",),
        "面积折不尽": ("最多 4 位小数",),
        "成活率低于 85%": ("成活率低于验收标准",),
        "同一项目同一天验收两次": (EXISTS,),
    },
    "traffic": {
        "有牌车辆没写号牌": ("请写号牌号码",),
        "酒驾没写酒精含量": ("酒驾请写酒精含量",),
        "酒精含量与饮酒驾驶对不上": ("酒精含量与饮酒驾驶不符",),
        "酒精含量不到醉酒驾驶的标准": ("不到醉酒驾驶的标准",),
        "号牌格式不对": ("号牌号码",),
        "同一起第二次录得不一样": ("不一致",),
    },
}


def brief(name: str) -> str:
    return (PROGRAMMES / name / "brief.md").read_text(encoding="utf-8")


def wrong_acts(name: str) -> list[str]:
    """The wrong acts of a brief, one a line."""
    section = brief(name).split(WRONG, 1)[1].split("\n## ", 1)[0]
    return [line.removeprefix("- ") for line in section.splitlines() if line.startswith("- ")]


def steps(name: str) -> Iterator[Node]:
    for case in cases(PROGRAMMES / name):
        yield from case.entries["steps"].items


@pytest.mark.parametrize("name", SHIPPED)
def test_every_wrong_act_of_the_brief_is_one_of_a_case(name: str) -> None:
    acts = wrong_acts(name)
    assert len(acts) == len(SHOWN[name])
    assert all(act.startswith(said) for act, said in zip(acts, SHOWN[name], strict=True)), acts


@pytest.mark.parametrize(("name", "said"), [(name, said) for name, some in SHOWN.items() for said in some])
def test_it_is_refused_as_the_brief_says(name: str, said: str) -> None:
    refused = {step.word("refused") for step in steps(name)}
    for words in SHOWN[name][said]:
        assert any(step.get("exists") for step in steps(name)) if words == EXISTS else words in refused, words


@pytest.mark.parametrize("name", SHIPPED)
def test_the_brief_says_how_to_correct_and_a_case_does_it(name: str) -> None:
    assert "## 写错了怎么办" in brief(name)
    assert "**红冲**" in brief(name)
    assert any(step.word("do") == "红冲" and step.get("restate") and not step.get("refused") for step in steps(name))


@pytest.mark.parametrize("name", SHIPPED)
def test_the_things_of_the_first_day_are_those_of_the_pack(name: str) -> None:
    """Whatever the brief sets in bold there is called so in the pack, or is one of the acts."""
    pack, _ = check(PROGRAMMES / name)
    assert pack is not None
    sections = (pack.registers, pack.events, pack.transfers, pack.items)
    titles = {thing.title for section in sections for thing in section.values()} | {"人员", "药店拆零"}
    first = brief(name).split("## 第一天", 1)[1].split("\n## ", 1)[0]
    assert [bold for bold in re.findall(r"\*\*(.+?)\*\*", first) if bold not in titles] == []
    assert [quoted for quoted in re.findall(r"“([^”]+)”到?(?:购药人|项目)", first) if quoted not in titles] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_the_numbers_of_the_brief_are_those_of_the_parameters(name: str) -> None:
    pack, _ = check(PROGRAMMES / name)
    assert pack is not None
    numbers = set(re.findall(r"\d+(?:\.\d+)?", brief(name)))
    lacking = [
        (p.name, leaf) for p in pack.parameters.values() for dated in p.values for leaf in leaves(dated.value) if leaf not in numbers
    ]
    assert [pair for pair in lacking if pair != ("loan_days", "0")] == []  # 阅览: not lent at all


def leaves(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for below in value.values():
            yield from leaves(below)
    else:
        yield str(value)
