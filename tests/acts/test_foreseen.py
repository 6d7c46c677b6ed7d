"""What proposals name plainly, records and accounts, is read together with the lock; the answers are those of asking one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from taizhang.acts import posting
from taizhang.acts.desk import Desk
from taizhang.acts.posting import post
from taizhang.ledger.rules import Proposal, foreseen
from taizhang.ledger.rules.foreseeing import MOST
from taizhang.ledger.standing import Account

from .office import event, move, resident, state
from .villages import words


@pytest.fixture
def mines(desk: Desk) -> Desk:
    rows = [state(desk, "mines.site", mine_code=f"DA-{n:04}", name="山矿", kind="砂石土矿", area="9.5") for n in range(3)]
    first = [*rows, state(desk, "mines.fund", fund_code="Z-1", kind="财政资金"), move(desk, "mines.receive", "90元", target="Z-1")]
    assert words(post(desk, first)) == ["ok"] * 5
    return desk


def named(desk: Desk, *proposals: Proposal) -> list[tuple[Any, ...]]:
    return [one for one in foreseen(proposals, desk.book.catalogue, desk.today) if not isinstance(one, Account)]


def accounts(desk: Desk, *proposals: Proposal) -> list[Account]:
    return [one for one in foreseen(proposals, desk.book.catalogue, desk.today) if isinstance(one, Account)]


def asked_by(desk: Desk, proposal: Proposal, monkeypatch: pytest.MonkeyPatch) -> str:
    """The questions that posting this asks one by one."""
    asked: list[str] = []
    rows = desk.book.store.rows
    monkeypatch.setattr(desk.book.store, "rows", lambda sql, params=(): (asked.append(sql), rows(sql, params))[1])
    assert words(post(desk, [proposal])) == ["ok"]
    return "\n".join(asked)


def tended(desk: Desk, record: Any) -> Proposal:
    return event(desk, "mines.tend", record=record, survival="91%", replanted="40")


def test_what_is_named_plainly(mines: Desk) -> None:
    assert named(mines, tended(mines, "DA-0001")) == [("mines.mine", ("DA-0001",))]
    assert named(mines, state(mines, "mines.site", mine_code="DA-0002", area="8")) == [("mines.mine", ("DA-0002",))]
    allot = move(mines, "mines.allot", "5元", source="Z-1", target="DA-0001")
    assert named(mines, allot, tended(mines, "DA-0001")) == [("mines.fund", ("Z-1",)), ("mines.mine", ("DA-0001",))]


def test_between_which_accounts_it_moves(mines: Desk) -> None:
    fund, site = Account("money", "mines.fund/", ("mines.fund", ("Z-1",))), Account("money", "mines.site/", ("mines.mine", ("DA-0001",)))
    assert accounts(mines, move(mines, "mines.allot", "5元", source="Z-1", target="DA-0001")) == [fund, site]
    assert accounts(mines, move(mines, "mines.receive", "5元", target="Z-1")) == [Account("money", "mines.givers"), fund]
    assert accounts(mines, tended(mines, "DA-0001"), move(mines, "mines.allot", "5元", source="a" * 16, target=None)) == []


@pytest.mark.parametrize("source", ["Z-1", "Z-2"], ids=["a fund that has 90", "one that never had any"])
def test_what_an_account_holds_is_known_until_something_is_posted(mines: Desk, source: str) -> None:
    """Of two that take from one fund in one act, the second sees what the first left; a third, in the next act, what both left."""
    assert words(post(mines, [state(mines, "mines.fund", fund_code="Z-2", kind="财政资金")])) == ["ok"]
    fund = next(iter(mines.book.inside().find_all("mines.fund", [(source,)], False).values()))
    left = 9000 if source == "Z-1" else 0

    def taken(yuan: int) -> Proposal:
        return move(mines, "mines.allot", f"{yuan}元", source=source, target="DA-0001")

    for rows in ([taken(60), taken(60), taken(30)], [taken(1)]):
        expected = []
        for row in rows:
            wanted = int(str(row.quantity).removesuffix("元")) * 100
            expected.append("ok" if wanted <= left else "refused")
            left -= wanted if wanted <= left else 0
        assert words(post(mines, rows, partly=True)) == expected
        assert mines.book.inside().balance(f"mines.fund/{fund}", "money") == left


def test_an_act_that_was_undone_leaves_nothing_known(mines: Desk) -> None:
    """The second row is refused, so that the first is taken back; what was read with the lock then is the same as before."""
    both = [move(mines, "mines.allot", f"{yuan}元", source="Z-1", target="DA-0001") for yuan in (80, 20)]
    assert words(post(mines, both)) == ["ok", "refused"]
    assert words(post(mines, [both[0]])) == ["ok"]
    assert words(post(mines, [both[1]])) == ["refused"]


def test_what_is_not(mines: Desk) -> None:
    """A person is found through the keys, a record by its own key is no natural key, and many rows are asked for together later."""
    person = state(mines, "base.person", name="张三", id_number=resident(1))
    strange = [tended(mines, {"mine_code": "DA-0001"}), tended(mines, "a" * 16), tended(mines, None), event(mines, "mines.nothing", record="DA-0001")]
    assert named(mines, person, *strange) == []
    assert named(mines, *[tended(mines, "DA-0001")] * (MOST + 1)) == []


def test_on_postgresql_it_is_not_asked_for_again(mines: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = asked_by(mines, move(mines, "mines.allot", "5元", source="Z-1", target="DA-0001"), monkeypatch)
    assert ("record_key" in asked, "FROM balance" in asked) == ((True, True) if mines.book.store.dialect == "sqlite" else (False, False))


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
            move(mines, "mines.receive", "5元", target="Z-1"),
            move(mines, "mines.allot", "5元", source="Z-9", target="DA-0001"),
            tended(mines, "DA-9999"),
        ]
        return [(answer.what, [problem.where for problem in answer.problems]) for answer in post(mines, some, partly=True)]

    with_it = answers(1)
    monkeypatch.setattr(posting, "foreseen", lambda *_: ())
    assert answers(2) == with_it
    assert [what for what, _ in with_it] == ["ok", "ok", "ok", "ok", "refused", "ok", "held", "held"]
