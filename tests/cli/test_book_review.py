"""Reviewing: another user with another duty accepts and returns."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from .clerks import Clerk, resident, table


@pytest.fixture
def office(clerk: Clerk, tmp_path: Path) -> Clerk:
    """Li enters medicine, Wang reviews it for the county; Li has proposed a drug and a depot."""
    for login, name, role in (("li", "示例李", "填报"), ("wang", "示例王", "县级审核")):
        clerk("people", "add", login, "--name", name, "--department", "县卫健局")
        clerk("people", "duty", login, role, "--programme", "防疫药品保供", "--why", "安卫〔2022〕1号")
    li = clerk.as_("li")
    assert "待审 1" in li("post", table(tmp_path / "d.csv", "药品编码 药品名称 每盒片数", "D1 布洛芬片 20"), "--type", "药品目录")
    assert "待审 1" in li("post", table(tmp_path / "k.csv", "药库编号 药库名称", "K1 县药库"), "--type", "药品储备库")
    return clerk


def test_what_waits_is_listed_with_who_proposed_it(office: Clerk) -> None:
    said = office.as_("wang")("review")
    assert "药品编码 D1　药品名称 布洛芬片" in said
    assert "示例李" in said
    assert "没有待您审核的" in office.as_("li")("review")
    assert "药品目录" in office.as_("li")("review", "--mine")


def test_accepted_it_counts(office: Clerk) -> None:
    wang = office.as_("wang")
    assert "没有这个对象" in wang("show", "D1", ends=2)
    assert "已接受 2 份" in wang("review", "accept", "--all")
    assert "布洛芬片" in wang("show", "D1")
    assert "没有待您审核的" in wang("review", "list")


def test_returned_with_a_reason_and_proposed_again(office: Clerk, tmp_path: Path) -> None:
    wang, li = office.as_("wang"), office.as_("li")
    number = wang.json("review")[0]["number"]
    assert "没有写原因" in wang("review", "return", number, "--why", " ", ends=1)
    assert "已退回 1 份" in wang("review", "return", number, "--why", "规格没有写")
    assert "规格没有写" in li("review", "list", "--state", "returned", "--mine")
    said = li("post", tmp_path / "d.csv", "--type", "药品目录")
    assert "第2行退回过：规格没有写" in said
    assert "待审 1" in said
    assert "退回过" not in li("post", tmp_path / "d.csv", "--type", "药品目录")


def test_what_came_back_is_mended_in_a_file(office: Clerk, tmp_path: Path) -> None:
    """Each mended row takes the place of the one that came back; of personal values only the heads are named."""
    wang, li = office.as_("wang"), office.as_("li")
    wang("review", "accept", "--all")
    people = table(tmp_path / "p.csv", "身份证号 姓名 人群类别 日期", f"{resident(1)} 示例甲 65岁以上 2022-12-28")
    li("post", people, "--type", "重点人群")
    batch = table(tmp_path / "b.csv", "所属药品 批号 有效期 每盒片数 日期", "D1 007 2024-01-01 20 2022-12-28")
    li("post", batch, "--type", "药品批次")
    for one in wang.json("review"):
        wang("review", "return", one["number"], "--why", "生产日期没有写")
    assert "不止一类" in li("review", "list", "--mine", "--state", "returned", "--mend", "待改.csv", ends=2)
    li("review", "list", "--mine", "--state", "returned", "--type", "药品批次", "--mend", "待改.csv")
    with Path("待改.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["所属药品"], row["批号"], row["问题（改好后不必删）"]) == ("D1", '="007"', "退回：生产日期没有写")
    with Path("待改.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.DictWriter(file, row).writerows([{head: head for head in row}, {**row, "生产日期": "2022-06-01"}])
    said = li("post", "待改.csv", "--type", "药品批次")
    assert "退回过：生产日期没有写" in said
    assert len(li.json("review", "list", "--mine", "--state", "returned")) == 1
    assert [one["type"] for one in wang.json("review")] == ["medicine.batch"]
    li("review", "list", "--mine", "--state", "returned", "--mend", "人.csv")
    assert "请照原件补填：身份证号、姓名" in Path("人.csv").read_text(encoding="utf-8-sig")
    assert "示例甲" not in Path("人.csv").read_text(encoding="utf-8-sig")
    assert "--mend" in li("review", "list", "--mend", "x.csv", ends=2)


def test_what_a_strike_would_withdraw_is_shown(office: Clerk) -> None:
    wang, li = office.as_("wang"), office.as_("li")
    wang("review", "accept", "--all")
    seq = office.json("history", "D1")[0]["seq"]
    li("strike", seq, "--why", "登记错了")
    said = wang("review")
    assert f"红冲第{seq}条：药品编码 D1　药品名称 布洛芬片" in said


def test_the_clerk_learns_that_something_came_back(office: Clerk) -> None:
    wang, li = office.as_("wang"), office.as_("li")
    wang("review", "return", wang.json("review")[0]["number"], "--why", "规格没有写")
    assert "您报的有 1 份退回" in li("review")


def test_nobody_accepts_what_is_not_his(office: Clerk) -> None:
    number = office.as_("wang").json("review")[0]["number"]
    assert "没有这份待您审核的" in office.as_("li")("review", "accept", number, ends=1)
    assert "没有这份待您审核的" in office.as_("wang")("review", "accept", 999, ends=1)
    office.as_("wang")("review", "accept", number)
    assert "已接受" in office.as_("wang")("review", "accept", number, ends=1)


def test_usage(office: Clerk) -> None:
    wang = office.as_("wang")
    for words in (("accept",), ("accept", "1", "--all"), ("accept", "x"), ("return", "1"), ("list", "--state", "odd"), ("frob",)):
        assert " · " in wang("review", *words, ends=2)
    assert wang.json("review", "accept", "--all")[0]["what"] == "ok"


def test_a_reviewer_sees_whose_it_is_where_his_duty_allows_and_it_is_logged(office: Clerk, tmp_path: Path) -> None:
    li, wang = office.as_("li"), office.as_("wang")
    wang("review", "accept", "--all")
    lines = [f"{resident(n)} 示例{word} 65岁以上 2022-12-28" for n, word in ((1, "甲"), (2, "乙"))]
    li("post", table(tmp_path / "p.csv", "身份证号 姓名 人群类别 日期", *lines), "--type", "重点人群")
    assert "示例甲" not in wang("review")
    assert "您不能查看这里的个人信息" in wang("review", "--reveal", ends=2)
    office("people", "duty", "wang", "查看个人信息", "--programme", "防疫药品保供", "--why", "安卫〔2022〕2号")
    said = wang("review", "--reveal")
    assert "示例甲" in said
    assert resident(2) in said
    assert [one["opened"][0]["name"] for one in wang.json("review", "list", "--reveal")] == ["示例甲", "示例乙"]
    log = [one for one in office.json("log", "--user", "wang") if one["act"] == "reveal"]
    assert [bool(one["refused"]) for one in log] == [False] * 4 + [True]
    assert "示例甲" not in str(log)
    assert "●●●" in wang("review")
