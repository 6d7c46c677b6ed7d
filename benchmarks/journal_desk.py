"""One entry after the other as a clerk posts it: judged by its pack and appended, durable; and at a desk, permitted and logged."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

from tests.acts.office import county, event, move, state

from journal_books import Places
from taizhang.acts.desk import Desk
from taizhang.acts.posting import post
from taizhang.ledger.rules import Proposal, foreseen, judge

SITES, FUND = 200, "Z-1"


@contextmanager
def mines_office(places: Places) -> Iterator[Desk]:
    """A desk of the mines programme with its sites, and a fund that is full."""
    folder = places.folder / f"office-{places.dialect}"
    with county(folder, places.empty(), "mines") as desk:
        sites = [state(desk, "mines.site", mine_code=site(n), name=f"第{n}号矿", kind="砂石土矿", area="9.5") for n in range(SITES)]
        fund = state(desk, "mines.fund", fund_code=FUND, kind="财政资金")
        taken(desk, [*sites, fund])
        taken(desk, [move(desk, "mines.receive", "900000000元", target=FUND)])
        yield desk


def site(number: int) -> str:
    return f"DA-{number:04}"


def proposals(desk: Desk, count: int, seed: int) -> Iterator[Proposal]:
    """Seven in ten events, two transfers, one a state."""
    rng = random.Random(seed)
    for _ in range(count):
        one, kind = site(rng.randrange(SITES)), rng.random()
        if kind < 0.7:
            yield event(desk, "mines.tend", record=one, survival=f"{rng.randint(700, 999) / 10}%", replanted=str(rng.randrange(5000)))
        elif kind < 0.9:
            yield move(desk, "mines.allot", f"{rng.randint(1, 9999)}元", source=FUND, target=one)
        else:
            yield state(desk, "mines.site", mine_code=one, area=f"{rng.randint(100, 9999) / 100}")


def checked(desk: Desk, proposal: Proposal) -> None:
    """One proposal judged by its pack and appended, in a transaction; without what a desk asks and logs of who acts."""
    book = desk.book
    with book.store.transaction():
        inside = book.held(foreseen([proposal], book.catalogue, desk.today))
        (judged,) = judge([proposal], inside, book.catalogue, desk.today, book.origin, desk.place_of)
        (outcome,) = book.journal.append(book.sealed((ready.entry, ready.personal) for ready in judged.ready), partly=True)
    assert outcome.what == "ok", outcome


def taken(desk: Desk, some: list[Proposal]) -> None:
    """Post proposals, all of which must be taken."""
    answers = post(desk, some)
    wrong = [problem.line() for answer in answers for problem in answer.problems]
    assert all(answer.what == "ok" for answer in answers), wrong or answers
