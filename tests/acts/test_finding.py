"""What words find at a desk with narrow duties, and what a database is asked on the way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from taizhang.acts.choosing import entries_of_words, means_entry, record_of_words
from taizhang.acts.desk import Desk
from taizhang.acts.posting import post
from taizhang.acts.tracing import about
from taizhang.core import InputError
from taizhang.ledger.store import DjangoStore

from .office import PATHS, VILLAGE, move, resident, state, strike, user
from .test_posting import stocked
from .villages import CARD, OTHER, at_risk, ok, said, two_villages


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return two_villages(desk)


def points(desk: Desk, count: int, place: int, spot: str) -> list[Any]:
    return [state(desk, "traffic.duty_point", place=place, 执勤点编号=f"{place}-{n}", 地点=spot) for n in range(count)]


def test_what_others_call_so_does_not_hide_ones_own(desk: Desk) -> None:
    ok(post(desk, points(desk, 45, OTHER, "村口")))
    ok(post(desk, points(desk, 1, VILLAGE, "村口")))
    clerk = user(desk, "clerk", ("view", PATHS[VILLAGE], "traffic"))
    assert record_of_words(clerk, "村口") == desk.reader.find("traffic.duty_point", [f"{VILLAGE}-0"])
    with pytest.raises(InputError, match="20 records are called so"):
        record_of_words(desk, "村口")


def test_an_id_number_is_looked_for_under_seal_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server may log what it is asked."""
    asked: list[str] = []
    rows = DjangoStore.rows

    def noted(self: DjangoStore, sql: str, params: Sequence[Any] = ()) -> list[Any]:
        asked.append(f"{sql} {params}")
        return rows(self, sql, params)

    record = at_risk(desk, VILLAGE)
    monkeypatch.setattr(DjangoStore, "rows", noted)
    assert record_of_words(desk, CARD["身份证号"]) == record
    with pytest.raises(InputError):
        record_of_words(desk, resident(8))
    assert asked
    assert not any(card in one for one in asked for card in (CARD["身份证号"], resident(8)))


def test_later_movements_are_named_the_newest_first(desk: Desk) -> None:
    bought = stocked(desk, "10盒")[-1]
    taken = [move(desk, "medicine.discard", "1片", day="2022-12-28", item="YP-1/B1", source="K01", values={"报损原因": "破损"}) for _ in range(9)]
    gone = ok(post(desk, taken))
    uids, numbers = [answer.uid for answer in gone], [f"第{answer.seq}条" for answer in gone]
    ok(post(desk, [strike(desk, uids[8])]))
    (answer,) = post(desk, [strike(desk, bought.uid)])
    assert answer.what == "refused"
    named = [number for number in numbers if number in said([answer])]
    assert named == numbers[3:8]
    assert said([answer]).index(numbers[7]) < said([answer]).index(numbers[3])
    depot = desk.reader.find("medicine.depot", ["K01"]) or ""
    assert [line.entry.uid for line in about(desk, depot) if line.entry.kind == "transfer"] == [bought.uid, *uids]
    batch = next(iter(desk.reader.held(f"medicine.depot/{depot}") or {}))
    assert [line.entry.uid for line in about(desk, batch) if line.entry.kind == "transfer"] == [bought.uid, *uids]


def test_an_entry_elsewhere_is_answered_like_one_that_is_not_there(desk: Desk) -> None:
    """How many entries there are is nobody's to find out who sees none."""
    nobody = user(desk, "nobody")
    (elsewhere,) = ok(post(desk, points(desk, 1, OTHER, "村口")))
    told = []
    for number in (elsewhere.seq, 10**6):
        assert means_entry(f"第{number}条")
        assert not means_entry(str(number))
        with pytest.raises(InputError) as found:
            entries_of_words(nobody, [f"第{number}条"])
        told.append(found.value.problem.line().replace(str(number), "N"))
    assert told[0] == told[1]


def test_a_number_is_the_mine_before_it_is_the_plan_of_the_mine(desk: Desk) -> None:
    ok(post(desk, [state(desk, "mines.mine", 矿山编号="K01", 矿山名称="北岭", 矿山类型="砂石土矿"), state(desk, "mines.plan", 所治矿山="K01")]))
    mine, plan = (record_of_words(desk, "K01", type_name) for type_name in ("mines.mine", "mines.plan"))
    assert record_of_words(desk, "K01") == mine != plan
