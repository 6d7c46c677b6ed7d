"""People: users, duties, delegations, the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from .clerks import DAY, Clerk, resident, table


def test_a_user_gets_a_duty_and_loses_it_on_both_databases(clerk_of_both: Clerk) -> None:
    assert "已登记：示例李（li）" in clerk_of_both("people", "add", "li", "--name", "示例李", "--department", "县水利局")
    (given,) = clerk_of_both.json(
        "people", "duty", "li", "填报", "--programme", "老干部图书室", "--place", "清塘铺镇", "--why", "安水〔2022〕3号"
    )
    said = clerk_of_both("people", "list")
    assert "示例李   填报" in said
    assert "清塘铺镇  老干部图书室" in said
    assert "县水利局" in said
    clerk_of_both("people", "duty", "li", "view", "--since", "2999-01-01", "--why", "以后")
    assert "已终止" in clerk_of_both("people", "end", "--duty", given["duty"], "--day", "2999-01-01")
    assert "已终止" in clerk_of_both("people", "end", "li", "--day", "2999-01-01")


def test_standing_in(clerk: Clerk) -> None:
    for login in ("li", "wang"):
        clerk("people", "add", login, "--name", f"示例{login}")
    (given,) = clerk.json("people", "duty", "li", "审计", "--why", "任命")
    assert "应为审计" in clerk.as_("wang")("export", "--blind", "x", ends=2)
    (lent,) = clerk.json("people", "delegate", "li", "wang", "--duty", given["duty"], "--until", "2999-01-01", "--why", "出差")
    assert "已导出" in clerk.as_("wang")("export", "--blind", "x")
    assert "示例li  示例wang" in clerk("people", "list")
    clerk("people", "end", "--delegation", lent["delegation"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "founder", "--name", "某"), "登录名已有人使用"),
        (("add", "x", "--name", " "), "姓名"),
        (("duty", "nobody", "填报", "--why", "x"), "没有这位用户"),
        (("duty", "founder", "填报", "--why", "x"), "您本人"),
        (("duty", "founder", "做饭", "--why", "x"), "没有“做饭”"),
        (("duty", "founder", "填报", "--programme", "天文", "--why", "x"), "账本里没有这个专项"),
        (("duty", "founder", "填报", "--place", "火星", "--why", "x"), "查不到地点"),
        (("duty", "founder", "填报", "--since", "明天", "--why", "x"), "不是日期"),
        (("end", "--duty", "999"), "没有这项职责"),
        (("end", "--duty", "x"), "不是 1 以上的整数"),
        (("end",), "--delegation"),
        (("end", "founder", "--duty", "1"), "--delegation"),
        (("delegate", "founder", "founder", "--until", "2999-01-01", "--why", "x"), "同一人"),
        (("frob",), "没有“frob”"),
    ],
)
def test_what_cannot_be(clerk: Clerk, words: tuple[str, ...], said: str) -> None:
    assert said in clerk("people", *words, ends=2)


def test_only_a_manager_manages(clerk: Clerk) -> None:
    clerk("people", "add", "li", "--name", "示例李")
    li = clerk.as_("li")
    for words in (("add", "x", "--name", "某"), ("duty", "founder", "填报", "--why", "x"), ("end", "founder")):
        assert "不" in li("people", *words, ends=2)
    assert [one["login"] for one in li.json("people", "list")[0]["users"]] == ["li"]


def test_the_log_tells_who_did_what(clerk: Clerk) -> None:
    clerk("people", "add", "li", "--name", "示例李")
    clerk.as_("li")("people", "add", "x", "--name", "某", ends=2)
    said = clerk("log")
    assert "登记用户" in said
    assert "示例李" in said
    assert "未办" in said
    assert len(clerk.json("log", "--limit", "2")) == 2
    assert {one["user"] for one in clerk.json("log", "--user", "li")} == {"示例李"}
    assert "add user" in clerk("log", "--lang", "en")
    assert clerk.json("log", "--act", "reveal") == []
    assert DAY not in said


def test_the_log_speaks_one_language(library: Clerk, tmp_path: Path) -> None:
    library("people", "add", "li", "--name", "示例李")
    library("people", "duty", "li", "查看", "--programme", "library", "--why", "任命")
    library.as_("li")("show", "R1", "--reveal", ends=2)
    library("post", table(tmp_path / "c.csv", "条码号 馆藏点编号 身份证号", f"C2 S1 {resident(1)}"), "--type", "借出", ends=1)
    said = library("log")
    assert "未办：没有这项职责" in said
    assert "未办：内容有误，退回" in said
    assert "refused" not in said
    assert "not allowed" not in said
