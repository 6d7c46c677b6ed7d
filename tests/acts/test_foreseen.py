"""The records that proposals name plainly are read together with the lock; the answers are those of asking one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from taizhang.acts import posting
from taizhang.acts.desk import Desk
from taizhang.acts.posting import post
from taizhang.ledger.rules import Proposal, foreseen
from taizhang.ledger.rules.foreseeing import MOST

from .office import event, move, resident, state
from .villages import words


@pytest.fixture
def mines(desk: Desk) -> Desk:
    rows = [state(desk, "mines.site", mine_code=f"DA-{n:04}", name="山矿", kind="砂石土矿", area="9.5") for n in range(3)]
    first = [*rows, state(desk, "mines.fund", fund_code="Z-1", kind="财政资金"), move(desk, "mines.receive", "90元", target="Z-1")]
    assert words(post(desk, first)) == ["ok"] * 5
    return desk


def named(desk: Desk, *proposals: Proposal) -> list[tuple[str, tuple[Any, ...]]]:
    return list(foreseen(proposals, desk.book.catalogue, desk.today))


def tended(desk: Desk, record: Any) -> Proposal:
    return event(desk, "mines.tend", record=record, survival="91%", replanted="40")


def test_what_is_named_plainly(mines: Desk) -> None:
    assert named(mines, tended(mines, "DA-0001")) == [("mines.mine", ("DA-0001",))]
    assert named(mines, state(mines, "mines.site", mine_code="DA-0002", area="8")) == [("mines.mine", ("DA-0002",))]
    allot = move(mines, "mines.allot", "5元", source="Z-1", target="DA-0001")
    assert named(mines, allot, tended(mines, "DA-0001")) == [("mines.fund", ("Z-1",)), ("mines.mine", ("DA-0001",))]


def test_what_is_not(mines: Desk) -> None:
    """A person is found through the keys, a record by its own key is no natural key, and many rows are asked for together later."""
    person = state(mines, "base.person", name="张三", id_number=resident(1))
    strange = [tended(mines, {"mine_code": "DA-0001"}), tended(mines, "a" * 16), tended(mines, None), event(mines, "mines.nothing", record="DA-0001")]
    assert named(mines, person, *strange) == []
    assert named(mines, *[tended(mines, "DA-0001")] * (MOST + 1)) == []


def test_on_postgresql_it_is_not_asked_for_again(mines: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    rows = mines.book.store.rows
    monkeypatch.setattr(mines.book.store, "rows", lambda sql, params=(): (asked.append(sql), rows(sql, params))[1])
    assert words(post(mines, [tended(mines, "DA-0001")])) == ["ok"]
    assert any("record_key" in sql for sql in asked) is (mines.book.store.dialect == "sqlite")


def test_the_answers_are_the_same(mines: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a row names what one before it in the same act brought, or what is not there."""

    def answers(digit: int) -> Sequence[tuple[str, Sequence[str]]]:
        new = f"DB-{digit:04}"
        some = [
            tended(mines, new),
            state(mines, "mines.site", mine_code=new, name="新矿", kind="砂石土矿", area="1"),
            tended(mines, new),
            move(mines, "mines.allot", "5元", source="Z-1", target=new),
            move(mines, "mines.allot", "500元", source="Z-1", target="DA-0001"),
            tended(mines, "DA-9999"),
        ]
        return [(answer.what, [problem.where for problem in answer.problems]) for answer in post(mines, some, partly=True)]

    with_it = answers(1)
    monkeypatch.setattr(posting, "foreseen", lambda *_: ())
    assert answers(2) == with_it
    assert [what for what, _ in with_it] == ["ok", "ok", "ok", "ok", "refused", "held"]
