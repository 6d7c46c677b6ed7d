"""Posting as a clerk does it: what is accepted, laid before a reviewer, recognised, held, refused."""

from __future__ import annotations

from datetime import date

from taizhang.acts.desk import Desk
from taizhang.acts.posting import Answer, post
from taizhang.acts.reviewing import accept, give_back, waiting
from taizhang.ledger.verify import verify
from taizhang.people import acts

from .office import COUNTY, PATHS, VILLAGE, event, move, on, resident, state, strike, user

DRUG = {"药品编码": "YP-1", "药品名称": "布洛芬片", "每盒片数": 24}
BATCH = {"所属药品": "YP-1", "批号": "B1", "生产日期": "2022-11-02", "有效期至": "2024-10-31", "每盒片数": 24}
SUPPLIER = {"统一社会信用代码": "91999999MA0000A199", "单位名称": "示例医药有限公司"}
DEPOT = {"药库编号": "K01", "药库名称": "县库"}


def words(answers: list[Answer]) -> list[str]:
    return [answer.what for answer in answers]


def said(answer: Answer) -> str:
    return "\n".join(problem.line() for problem in answer.problems)


def stocked(desk: Desk, boxes: str = "10盒") -> list[Answer]:
    """A depot with a batch of a drug."""
    first = [state(desk, "medicine.drug", **DRUG), state(desk, "medicine.batch", **BATCH)]
    second = [state(desk, "medicine.supplier", **SUPPLIER), state(desk, "medicine.depot", **DEPOT)]
    bought = move(desk, "medicine.purchase", boxes, item="YP-1/B1", source="91999999MA0000A199", target="K01")
    answers = post(desk, [*first, *second, bought])
    assert words(answers) == ["ok"] * 5, [said(a) for a in answers]
    return answers


def test_a_first_day_is_posted_whole(desk: Desk) -> None:
    answers = stocked(desk)
    depot = desk.reader.find("medicine.depot", ["K01"])
    batch = desk.reader.find("medicine.batch", [desk.reader.find("medicine.drug", ["YP-1"]), "B1"])
    assert desk.reader.held(f"medicine.depot/{depot}") == {batch: 240}
    assert [a.seq for a in answers] == list(range(answers[0].seq or 0, (answers[0].seq or 0) + 5))
    assert not verify(desk.book.store, desk.book.number, desk.book.catalogue, desk.book.public).problems
    line = acts(desk.scope, using=desk.book.alias)[0]
    assert (line.act, line.entries, line.detail["ok"]) == ("post", (answers[0].seq, 5), 5)


def test_one_bad_row_keeps_all_out_unless_the_good_are_asked_for(desk: Desk) -> None:
    rows = [state(desk, "medicine.drug", **DRUG), state(desk, "medicine.drug", 药品编码="YP-2", 药品名称="甲", 每盒片数="二十四盒")]
    before = desk.book.size
    assert words(post(desk, rows)) == ["ok", "refused"]
    assert desk.book.size == before
    assert desk.reader.find("medicine.drug", ["YP-1"]) is None
    assert words(post(desk, rows, partly=True)) == ["ok", "refused"]
    assert desk.book.size == before + 1


def test_what_a_row_waits_for_may_stand_further_down(desk: Desk) -> None:
    late = state(desk, "medicine.batch", **BATCH)
    assert words(post(desk, [late, state(desk, "medicine.drug", **DRUG)])) == ["ok", "ok"]
    missing = post(desk, [state(desk, "medicine.batch", **{**BATCH, "所属药品": "YP-9"})])
    assert words(missing) == ["held"]
    assert "YP-9" in said(missing[0])


def test_more_than_there_is_cannot_leave(desk: Desk) -> None:
    stocked(desk, "1盒")
    (answer,) = post(desk, [move(desk, "medicine.discard", "25片", item="YP-1/B1", source="K01", values={"报损原因": "破损"})])
    assert answer.what == "refused"
    assert "结存 24片" in said(answer)


def test_a_clerk_enters_only_where_his_duty_is(desk: Desk) -> None:
    clerk = user(desk, "clerk", ("enter", PATHS[VILLAGE], "traffic"))
    here = event(clerk, "traffic.publicity", place=VILLAGE, 宣传对象="农村", 地点="甲村", 宣传方式="大喇叭", 受教育人数=80)
    there = event(clerk, "traffic.publicity", place=COUNTY, 宣传对象="农村", 地点="甲村", 宣传方式="大喇叭", 受教育人数=80)
    other = state(clerk, "medicine.drug", place=VILLAGE, **DRUG)
    answers = post(clerk, [here, there, other], partly=True)
    assert words(answers)[1:] == ["refused", "refused"]
    assert answers[0].what in ("ok", "waiting"), said(answers[0])
    refused = [line for line in acts(desk.scope, using=desk.book.alias) if line.user == clerk.scope.user]
    assert refused[0].act == "post"


def test_a_village_waits_for_its_township(desk: Desk) -> None:
    clerk = user(desk, "clerk", ("enter", PATHS[VILLAGE], "medicine"))
    officer = user(desk, "officer", ("review_township", "43/4310/431023/431023101/", "medicine"))
    (answer,) = post(clerk, [state(clerk, "medicine.drug", place=VILLAGE, **DRUG)])
    assert (answer.what, answer.level) == ("waiting", "township")
    assert words(post(clerk, [state(clerk, "medicine.drug", place=VILLAGE, **DRUG)])) == ["waiting"]
    assert waiting(clerk) == []
    first, second = waiting(officer)
    assert words([give_back(officer, second.number, " ")]) == ["refused"]
    assert words([give_back(officer, second.number, "重复")]) == ["ok"]
    assert words(accept(clerk, [first.number])) == ["refused"]
    assert words(accept(officer, [first.number, first.number])) == ["ok", "refused"]
    assert officer.reader.find("medicine.drug", ["YP-1"]) is not None
    assert [s.why for s in waiting(clerk, state="returned", mine=True)] == ["重复"]


def test_what_was_proposed_is_judged_again_when_it_is_accepted(desk: Desk) -> None:
    stocked(desk, "1盒")
    clerk = user(desk, "clerk", ("enter", PATHS[COUNTY], "medicine"))
    discard = move(clerk, "medicine.discard", "20片", item="YP-1/B1", source="K01", values={"报损原因": "破损"})
    assert words(post(clerk, [discard])) == ["waiting"]
    assert words(post(desk, [move(desk, "medicine.discard", "10片", item="YP-1/B1", source="K01", values={"报损原因": "过期"})])) == ["ok"]
    (waits,) = waiting(desk)
    (answer,) = accept(desk, [waits.number])
    assert answer.what == "refused"
    assert "结存 14片" in said(answer)
    assert len(waiting(desk)) == 1


def test_a_mistake_is_struck_and_restated_in_one_act(desk: Desk) -> None:
    answers = stocked(desk)
    right = move(desk, "", "12盒")
    (answer,) = post(desk, [strike(desk, answers[4].uid, "单位写错", right)])
    assert answer.what == "ok", said(answer)
    depot = desk.reader.find("medicine.depot", ["K01"])
    assert list((desk.reader.held(f"medicine.depot/{depot}") or {}).values()) == [288]
    (twice,) = post(desk, [strike(desk, answers[4].uid)])
    assert twice.what == "refused"


def test_a_person_is_one_record_in_all_programmes(desk: Desk) -> None:
    card, someone = resident(7), {"身份证号": resident(7), "姓名": "示例甲"}
    reader = state(desk, "library.reader", **someone, 借书证号="D001", 读者类型="离退休干部")
    assert words(post(desk, [state(desk, "medicine.at_risk", **someone, 人群类别="65岁以上"), reader])) == ["ok", "ok"]
    key = desk.reader.find("base.person", [card])
    assert key == desk.reader.find("library.reader", [card])
    seen = desk.reader.record(key or "")
    assert seen is not None
    assert sorted(seen.values) == ["base.person", "library.reader", "medicine.at_risk"]
    assert seen.values["base.person"]["name"] == "●●●"
    opened = desk.reader.record(key or "", reveal=True)
    assert opened is not None
    assert opened.values["base.person"]["name"] == "示例甲"
    librarian = user(desk, "librarian", ("view", PATHS[COUNTY], "library"))
    narrow = librarian.reader.record(key or "", reveal=True)
    assert narrow is not None
    assert sorted(narrow.values) == ["base.person", "library.reader"]
    assert narrow.values["base.person"]["name"] == "●●●"


def test_tomorrow_is_refused(desk: Desk) -> None:
    (answer,) = post(desk, [state(desk, "medicine.drug", day="2022-12-29", **DRUG)])
    assert answer.what == "refused"
    assert words(post(on(desk, date(2022, 12, 29)), [state(desk, "medicine.drug", day="2022-12-29", **DRUG)])) == ["ok"]
