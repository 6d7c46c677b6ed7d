"""The cases of the programmes that ship come as they say, on both databases; a case that says otherwise fails and says where."""

from __future__ import annotations

import tempfile
from pathlib import Path

import psycopg
import pytest
from django.db import connections

from taizhang.acts.trial import run
from taizhang.core import InputError

from .trials import CASES, SHIPPED, Trials, spoiled, told


@pytest.fixture(scope="session")
def on_files() -> Trials:
    return Trials(None)


@pytest.fixture(scope="session")
def on_server(server: psycopg.Connection) -> Trials:
    return Trials(f"postgresql://tests@/postgres?host={server.info.host}")


@pytest.fixture
def trials(dialect: str, request: pytest.FixtureRequest) -> Trials:
    found: Trials = request.getfixturevalue("on_files" if dialect == "sqlite" else "on_server")
    return found


@pytest.mark.parametrize("case", CASES)
def test_case(trials: Trials, case: str) -> None:
    assert told([trials.result(case)]) == []


def test_every_programme_shows_a_first_day_a_wrong_act_and_a_correction(on_files: Trials) -> None:
    for name in SHIPPED:
        kinds = {on_files.result(case).kind for case in CASES if case.startswith(f"{name}/")}
        assert kinds >= {"first_day", "wrong", "correction"}, name


# ---- what a case that is wrong says --------------------------------------------------------------------------------------------

WRONG = {
    "accepted, though it was to be refused": (
        "mines/02-wrong.yaml",
        ("quantity: 10.01万元", "quantity: 9万元"),
        ["steps[5].refused：已记入；应为被拒绝，提示中有“结存”。"],
    ),
    "refused, in other words": (
        "mines/02-wrong.yaml",
        ("refused: 成活率低于验收标准", "refused: 面积太小"),
        ["refused：被拒绝：成活率：成活率低于验收标准，请补植后再验收", "应为被拒绝，提示中有“面积太小”"],
    ),
    "refused, though it was to be accepted": (
        "mines/01-first-day.yaml",
        ("quantity: 31万元", "quantity: 51万元"),
        ["steps[6]：被拒绝：数量：资金来源结存 500000元，不够转出 510000元", "；应为已记入。"],
    ),
    "another stop, though it was to be recognised": (
        "traffic/02-wrong.yaml",
        ("号牌号码: 湘 m·12345", "号牌号码: 湘M12346"),
        ["steps[3].exists：已记入；应为认出是已记过的同一条。"],
    ),
    "a balance": (
        "mines/01-first-day.yaml",
        ("quantity: 19万元", "quantity: 19.01万元"),
        ["then.balances[0].quantity：上级资金的资金结存是 190000元；应为190100元。"],
    ),
    "a balance in another unit": (
        "medicine/03-correction.yaml",
        ("quantity: 48片", "quantity: 1盒"),
        ["then.balances[1].quantity：甲村药箱的药品（片）结存是 48片；应为24片。"],
    ),
    "a value of a record": (
        "mines/01-first-day.yaml",
        ("{损毁面积: 2.8}", "{损毁面积: 43.5亩}"),
        ["then.records[0].values.损毁面积：损毁面积是 2.8；应为2.9。"],
    ),
    "a day due": (
        "library/01-first-day.yaml",
        ("day: 2023-01-27, overdue_on: 2023-01-28", "day: 2023-01-28"),
        ["then.due[0].day：第一次借的应还日期是 2023-01-27；应为2023-01-28。"],
    ),
    "overdue too early": (
        "library/01-first-day.yaml",
        ("overdue_on: 2023-01-28", "overdue_on: 2023-01-27"),
        ["then.due[0].overdue_on：第一次借在 2023-01-27是 应于 2023-01-27 归还；应为已逾期。"],
    ),
    "a figure": (
        "mines/01-first-day.yaml",
        ("value: 112164.41", "value: 112164.4"),
        ["then.figures[2].value：每公顷投入（2022）是 112164.41元/公顷；应为112164.4元/公顷。"],
    ),
    "a figure that is not known, said to be 0": (
        "mines/02-wrong.yaml",
        ("value: 无", "value: 0"),
        ["then.figures[1].value：投入资金（2022）是 无；应为0元。"],
    ),
    "a figure that is 0, said not to be known": (
        "library/03-correction.yaml",
        ("period: 2022-12-31, value: 0", "period: 2022-12-31, value: 无"),
        ["then.figures[1].value：逾期册数（2022-12-31）是 0册；应为无。"],
    ),
    "a breakdown": (
        "mines/01-first-day.yaml",
        ("{site.kind: 砂石土矿}", "{site.kind: 历史遗留矿山}"),
        ["then.figures[0].value：完成修复面积（2022）是 无；应为2.7638公顷。"],
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_comes_otherwise_is_told(tmp_path: Path, name: str) -> None:
    case, change, expected = WRONG[name]
    problems = told(run(spoiled(tmp_path, case, change)))
    assert problems, name
    line = next(
        n
        for n, text in enumerate((tmp_path / case.replace("/", "/cases/")).read_text(encoding="utf-8").splitlines(), 1)
        if change[1] in text
    )
    assert any(f"{case.partition('/')[2]}:{line} " in p and all(words in p for words in expected) for p in problems), problems


def test_it_is_told_in_english_too(tmp_path: Path) -> None:
    folder = spoiled(tmp_path, "mines/01-first-day.yaml", ("quantity: 19万元", "quantity: 18万元"), ("value: 310000", "value: 无"))
    assert told(run(folder), "en") == [
        "cases/01-first-day.yaml:16 then.balances[0].quantity: the balance of money of 上级资金 is 190000元. Expected: 180000元. Look at the case, or mend the pack.",
        "cases/01-first-day.yaml:21 then.figures[1].value: invested (2022) is 310000元. Expected: nothing. Look at the case, or mend the pack.",
    ]


def test_all_of_it_is_told_and_what_follows_from_a_failed_step_as_such(tmp_path: Path) -> None:
    problems = told(run(spoiled(tmp_path, "mines/01-first-day.yaml", ("矿山名称: 示例采石场, ", ""))))
    assert "steps[0]：被拒绝：矿山名称：没有填写；应为必填" in problems[0]
    assert any("steps[1].record：“甲矿”没有记成；应为以前记成的一步。请先改正以前的一步。" in p for p in problems)
    assert any("then.records[0].record：“甲矿”没有记成" in p for p in problems)
    assert any("then.figures[0].value：完成修复面积（2022）是 无；应为2.7638公顷。" in p for p in problems)


def test_personal_values_are_not_repeated(tmp_path: Path) -> None:
    folder = spoiled(tmp_path, "medicine/01-first-day.yaml", ("then:\n", "then:\n  records: [{record: 老人一, values: {姓名: 示例丁}}]\n"))
    (problem,) = told(run(folder))
    assert "姓名是 另一个值（个人信息，不显示）" in problem
    assert "示例甲" not in problem
    assert "示例丁" not in problem


# ---- review --------------------------------------------------------------------------------------------------------------------

REVIEWED = """case: 复核
kind: other
place: 东安县
today: 2022-11-30
steps:
  - {do: 登记, what: 资金来源, record: 财政, values: {资金编号: ZJ-1, 资金渠道: 财政资金}}
  - {do: 划转, what: 资金到账, as: 到账, to: 财政, item: money, quantity: 10万元}
  - {do: 划转, what: 资金到账, as: 再到账, to: 财政, item: money, quantity: 5万元}
  - {do: 接受, of: 到账}
  - {do: 退回, of: 再到账, why: 没有到账单}
  - {do: 接受, of: 再到账, refused: 没有这份待您审核的}
then:
  balances: [{account: 财政, item: money, quantity: 10万元}]
"""


def of_mines(folder: Path, text: str) -> Path:
    copy = spoiled(folder, "mines/01-first-day.yaml")
    (copy / "cases" / "01-first-day.yaml").write_text(text, encoding="utf-8")
    return copy


def test_what_is_accepted_counts_and_what_is_returned_does_not(tmp_path: Path) -> None:
    (problem,) = told(run(of_mines(tmp_path, REVIEWED)))  # a returned step waits no more: the case is wrong to accept it
    assert "steps[5].of：“再到账”没有待复核；应为待复核的一步。" in problem


def test_what_no_pack_leaves_to_a_reviewer_is_not_reviewed(tmp_path: Path) -> None:
    folder = of_mines(tmp_path, REVIEWED.replace("  - {do: 接受, of: 再到账, refused: 没有这份待您审核的}\n", ""))
    pack = folder / "pack.yaml"
    pack.write_text(pack.read_text(encoding="utf-8").replace("review: county, ", "").replace("review: township", ""), encoding="utf-8")
    problems = told(run(folder))
    assert any("steps[1]：已记入；应为已提交，待复核。" in p for p in problems)
    assert any("steps[3].of：“到账”没有待复核" in p for p in problems)


# ---- what is left --------------------------------------------------------------------------------------------------------------


def test_a_pack_that_does_not_check_is_not_run(tmp_path: Path) -> None:
    folder = spoiled(tmp_path, "mines/01-first-day.yaml", ("what: 排查", "what: 排茶"))
    (result,) = run(folder)
    assert not result.passed
    assert any("事项 排茶 不存在" in p for p in told([result]))


def test_nothing_is_left_behind(tmp_path: Path, trials: Trials, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even when a case breaks off in the middle."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = set(connections.settings)
    case = tmp_path / "packs"
    run(spoiled(case, "traffic/03-correction.yaml"), database=trials.server)

    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("lightning")

    monkeypatch.setattr("taizhang.acts.trial_steps.post", breaks)
    with pytest.raises(RuntimeError, match="lightning"):
        run(case / "traffic", database=trials.server)
    assert [path.name for path in tmp_path.iterdir()] == ["packs"]
    assert set(connections.settings) <= before | {"default"}


def test_no_database_is_left_on_the_server(on_server: Trials, server: psycopg.Connection, tmp_path: Path) -> None:
    run(spoiled(tmp_path, "traffic/03-correction.yaml"), database=on_server.server)
    assert server.execute("SELECT datname FROM pg_database WHERE datname LIKE 'taizhang_trial%'").fetchall() == []


def test_a_server_that_cannot_be_had_is_told_and_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder = spoiled(tmp_path / "packs", "traffic/03-correction.yaml")
    with pytest.raises(InputError) as told_why:
        run(folder, database="postgresql://somebody:secret@127.0.0.1:1/nothing")
    assert "不能在这个数据库服务器上建临时库" in told_why.value.problem.found
    assert "secret" not in told_why.value.problem.line()
    assert [path.name for path in tmp_path.iterdir()] == ["packs"]
