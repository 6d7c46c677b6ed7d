"""What somebody with narrow duties is told of a book: all that lies within them, and nothing of what lies outside."""

from __future__ import annotations

import pytest

from taizhang.acts.desk import Desk
from taizhang.acts.erasing import erase
from taizhang.acts.posting import post
from taizhang.acts.revealing import reveal_entry, reveal_history, reveal_record
from taizhang.acts.reviewing import accept, give_back, waiting
from taizhang.acts.tracing import about
from taizhang.ledger.reading import SEALED

from .office import COUNTY, PATHS, VILLAGE, event, move, state, strike, user
from .test_posting import stocked
from .villages import CARD, OTHER, THERE, at_risk, ok, talk, two_villages


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return two_villages(desk)


def test_a_card_of_a_library_elsewhere_takes_nobody_out_of_sight_and_shows_nobody(desk: Desk) -> None:
    record = at_risk(desk, VILLAGE)
    card = {**CARD, "借书证号": "D1", "读者类型": "离退休干部"}
    ok(post(desk, [state(desk, "library.reader", place=OTHER, **card)]))
    here = user(desk, "here", ("view", PATHS[VILLAGE], "medicine"), ("reveal", PATHS[VILLAGE], "medicine"))
    there = user(desk, "there", ("view", THERE, "medicine"), ("reveal", THERE, "medicine"))
    seen = reveal_record(here, record)
    assert seen is not None
    assert sorted(seen.values) == ["base.person", "medicine.at_risk"]
    assert seen.values["base.person"]["name"] == "示例甲"
    elsewhere = there.reader.record(record)
    assert elsewhere is None or "medicine.at_risk" not in elsewhere.values
    assert there.reader.held(f"medicine.at_risk/{record}") is None


def test_what_is_restricted_is_hidden_however_it_is_asked_for(desk: Desk) -> None:
    record = at_risk(desk, VILLAGE)
    told = {"体温": "36.5", "备注": "家里没人"}
    (visit,) = ok(post(desk, [event(desk, "medicine.visit", record=record, **told)]))
    assert erase(desk, [record])[0].what == "restricted"
    line = reveal_entry(desk, visit.uid)
    assert line is not None
    assert line.opened == {"note": SEALED}
    everything = [*reveal_history(desk, record), *about(desk, record, reveal=True), *desk.reader.entries([visit.uid], reveal=True)]
    assert {value for line in everything for value in line.opened.values()} == {SEALED}


def test_a_single_account_belongs_to_the_whole_book(desk: Desk) -> None:
    stocked(desk)
    ok(post(desk, [move(desk, "medicine.discard", "2盒", item="YP-1/B1", source="K01", values={"报损原因": "破损"})]))
    assert desk.reader.held("medicine.destroyed")
    village = user(desk, "village", ("view", PATHS[VILLAGE], "medicine"))
    assert village.reader.held("medicine.destroyed") is None
    assert village.reader.statement("medicine.destroyed") == []
    county = user(desk, "county", ("view", PATHS[COUNTY], "medicine"))
    assert county.reader.held("medicine.destroyed")


def test_the_newest_entries_are_those_within_the_scope(desk: Desk) -> None:
    mine = [ok(post(desk, [talk(desk, VILLAGE, f"甲村{n}组")]))[0].uid for n in range(3)]
    for n in range(4):
        ok(post(desk, [talk(desk, OTHER, f"乙村{n}组")]))
    village = user(desk, "village", ("view", PATHS[VILLAGE], "traffic"))
    assert [line.entry.uid for line in village.reader.latest(limit=2)] == [mine[2], mine[1]]
    assert [line.entry.uid for line in village.reader.latest(limit=9)] == mine[::-1]
    assert [line.entry.uid for line in village.reader.latest(limit=9, type_name="traffic.publicity")] == mine[::-1]
    assert village.reader.latest(type_name="traffic.accident") == []


def test_records_of_a_register_are_those_within_the_scope(desk: Desk) -> None:
    rows = [state(desk, "traffic.crew", place=(VILLAGE, OTHER)[n % 2], 中队名称=f"中队{n}") for n in range(6)]
    ok(post(desk, rows))
    village = user(desk, "village", ("view", PATHS[VILLAGE], "traffic"))
    seen = village.reader.records("traffic.crew", limit=2)
    seen += village.reader.records("traffic.crew", limit=2, after=seen[-1].key)
    assert sorted(str(one.values["traffic.crew"]["name"]) for one in seen) == ["中队0", "中队2", "中队4"]
    assert [one.key for one in seen] == sorted(one.key for one in seen)
    assert desk.reader.now([one.key for one in seen]).keys() == {one.key for one in seen}


def test_a_record_as_it_is_now_is_told_the_same_in_both_ways(desk: Desk) -> None:
    record = at_risk(desk, VILLAGE)
    assert desk.reader.now([record])[record] == desk.reader.record(record)
    assert desk.reader.now(["aaaaaaaaaaaaaaaa"]) == {}


def test_somebody_of_another_village_is_not_there(desk: Desk) -> None:
    record = at_risk(desk, VILLAGE)
    other = user(desk, "other", ("view", THERE, "medicine"))
    assert other.reader.record(record) is None
    assert other.reader.find("base.person", [CARD["身份证号"]]) is None
    assert about(other, record) == []


def test_a_statement_tells_what_was_done_within_the_scope(desk: Desk) -> None:
    """The depot is the county's; what went out of it to another village was entered there."""
    stocked(desk)
    rows = [state(desk, "base.village", place=at, 村代码=str(at), 村名称="村") for at in (VILLAGE, OTHER)]
    rows += [state(desk, "medicine.box", place=at, 药箱编号=f"X{at}", 所在村=str(at)) for at in (VILLAGE, OTHER)]
    rows.append(state(desk, "medicine.depot", place=VILLAGE, 药库编号="K01", 药库名称="县库"))
    given = [move(desk, "medicine.allot", "1盒", place=at, item="YP-1/B1", source="K01", target=f"X{at}", values={"分配理由": "备"}) for at in (VILLAGE, OTHER)]
    uids = [answer.uid for answer in ok(post(desk, [*rows, *given]))][-2:]
    depot = desk.reader.find("medicine.depot", ["K01"])
    village = user(desk, "village", ("view", PATHS[VILLAGE], "medicine"))
    assert [line.entry.uid for line, _, _ in desk.reader.statement(f"medicine.depot/{depot}")][1:] == uids
    assert [line.entry.uid for line, _, _ in village.reader.statement(f"medicine.depot/{depot}")] == uids[:1]


def test_why_something_of_a_restricted_person_was_struck_or_returned_is_hidden(desk: Desk) -> None:
    record = at_risk(desk, VILLAGE)
    clerk = user(desk, "clerk", ("enter", PATHS[COUNTY], "medicine"))
    days = [event(clerk, "medicine.visit", record=CARD["身份证号"], day=f"2022-12-2{n}", 体温="36.5", 备注="无") for n in (6, 7)]
    assert {answer.what for answer in post(clerk, days)} == {"waiting"}
    first, second = waiting(desk)
    (accepted,) = ok(accept(desk, [first.number]))
    give_back(desk, second.number, "示例甲不在家")
    (struck,) = ok(post(desk, [strike(desk, accepted.uid, "示例甲不在家")]))
    assert waiting(clerk, state="returned", mine=True)[0].why == "示例甲不在家"
    assert erase(desk, [record])[0].what == "restricted"
    line = reveal_entry(desk, struck.uid)
    assert line is not None
    assert line.opened == {"why": SEALED}
    assert waiting(clerk, state="returned", mine=True)[0].why == SEALED
