"""`unique:`: what one record has, no other takes; freed by a correction; told as the one who asks may be told."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, seed, settings
from hypothesis import strategies as st

from taizhang.acts.correcting import Correction, strike
from taizhang.acts.desk import Desk
from taizhang.acts.installing import install
from taizhang.acts.posting import Answer, post, post_as_one
from taizhang.acts.reviewing import accept, waiting
from taizhang.ledger.rules import Proposal
from taizhang.ledger.verify import verify
from taizhang.packs import PROGRAMMES

from .office import COUNTY, PATHS, VILLAGE, resident, state, user
from .office import strike as struck
from .trials import replaced
from .villages import OTHER, THERE, ok, said, two_villages, words

DAYS = ("2022-11-01", "2022-11-15", "2022-12-01", "2022-12-28")


def reader(desk: Desk, number: int, card: str, day: str = "2022-12-28", place: int = COUNTY, **more: Any) -> Proposal:
    """A reader who is the invented person of a number."""
    values = {"姓名": "示例", "读者类型": "在职职工", **more}
    return state(desk, "library.reader", day, place, 身份证号=resident(number), 借书证号=card, **values)


def is_sound(desk: Desk) -> bool:
    """What is kept of the book is what its entries give, the values that are taken among it."""
    return not verify(desk.book.store, desk.book.number, desk.book.catalogue).problems


def refused(answer: Answer) -> str:
    assert answer.what == "refused"
    return said([answer])


def test_a_card_is_one_readers(desk: Desk) -> None:
    ok(post(desk, [reader(desk, 1, "D1"), reader(desk, 2, "D2")]))
    (told,) = post(desk, [reader(desk, 3, "D1")])
    assert "已由另一个读者使用（见第5条）" in refused(told)  # after the four programmes
    assert words(post(desk, [reader(desk, 1, "D1", 读者类型="离退休干部")])) == ["ok"]  # his own
    assert words(post(desk, [reader(desk, 3, "D3")])) == ["ok"]


@pytest.mark.parametrize("many", [2, 130], ids=["row by row", "in columns"])
def test_nor_twice_in_one_batch(desk: Desk, many: int) -> None:
    """The first row has it, be they judged one by one or in columns."""
    rows = [reader(desk, n, f"D{n}") for n in range(many)] + [reader(desk, 900, "D0")]
    answers = post(desk, rows, partly=True)
    assert words(answers) == ["ok"] * many + ["refused"]


@pytest.mark.parametrize("many", [0, 130], ids=["row by row", "in columns"])
def test_a_card_passes_on_within_a_batch(desk: Desk, many: int) -> None:
    """What an earlier row gives up, a later one may take; not the other way round."""
    ok(post(desk, [reader(desk, 1, "D1"), reader(desk, 2, "D2")]))
    others = [reader(desk, 100 + n, f"X{n}") for n in range(many)]
    assert words(post(desk, [*others, reader(desk, 1, "D9"), reader(desk, 3, "D1")], partly=True))[-2:] == ["ok", "ok"]
    answers = post(desk, [*(reader(desk, 300 + n, f"Y{n}") for n in range(many)), reader(desk, 4, "D2"), reader(desk, 2, "D8")], partly=True)
    assert words(answers)[-2:] == ["refused", "ok"]


def test_a_strike_frees_it_and_does_not_take_it_back(desk: Desk) -> None:
    """A card registered wrongly goes to its reader; what stood before comes back only where nobody has it by now."""
    first, wrong = ok(post(desk, [reader(desk, 1, "D1", "2022-11-01"), reader(desk, 1, "D2", "2022-12-01")]))
    assert words(post(desk, [reader(desk, 2, "D1")])) == ["ok"]
    assert "已由另一个读者使用" in refused(post(desk, [struck(desk, wrong.uid)])[0])
    line = desk.reader.entry(wrong.uid)
    assert line is not None
    assert strike(desk, [Correction(line, {"借书证号": "D3"})], "写错").what == "ok"
    assert words(post(desk, [reader(desk, 3, "D2")])) == ["ok"]
    (told,) = post(desk, [struck(desk, first.uid)])
    assert told.what == "ok"
    assert is_sound(desk)


def test_two_cards_are_changed_round_in_one_act(desk: Desk) -> None:
    one, two = (answer.uid for answer in ok(post(desk, [reader(desk, 1, "D1"), reader(desk, 2, "D2")])))
    acts = [struck(desk, one), struck(desk, two, restate=reader(desk, 2, "D1"))]
    assert post_as_one(desk, acts).what == "ok"
    assert words(post(desk, [reader(desk, 1, "D2")])) == ["ok"]
    assert is_sound(desk)


def test_what_waits_holds_nothing_and_is_judged_when_it_is_accepted(desk: Desk) -> None:
    clerk = user(desk, "clerk", ("enter", PATHS[COUNTY], "library"))
    assert words(post(clerk, [reader(clerk, 1, "D1"), reader(clerk, 4, "D1")], partly=True)) == ["waiting", "refused"]  # one batch
    assert words(post(clerk, [reader(clerk, 2, "D1")])) == ["waiting"]
    first, second = waiting(desk)
    assert [done.what for done in accept(desk, [first.number])] == ["ok"]
    (told,) = accept(desk, [second.number])
    assert told.what == "refused"
    assert "已由另一个读者使用" in "".join(problem.line("zh") for problem in told.problems)
    assert words(post(clerk, [reader(clerk, 3, "D1")])) == ["refused"]


def test_a_version_that_asks_for_it_is_not_installed_over_two_of_one(desk: Desk, tmp_path: Path) -> None:
    """Nor does it leave anything behind; corrected, it is installed, and then holds for what was there before."""
    ok(post(desk, [state(desk, "library.shelf", 馆藏点编号=key, 馆藏点=name) for key, name in (("A", "书屋"), ("B", "书屋"), ("C", "图书室"))]))
    folder = tmp_path / "library"
    shutil.copytree(PROGRAMMES / "library", folder)
    replaced(folder / "pack.yaml", ("    key: shelf_code\n", "    key: shelf_code\n    unique: name\n"))
    (told,) = install(desk, folder).problems
    assert "1 个值不止一个馆藏点名录在用" in told.line("zh")
    assert is_sound(desk)
    ok(post(desk, [state(desk, "library.shelf", 馆藏点编号="B", 馆藏点="职工书屋")]))
    assert install(desk, folder).fresh
    assert is_sound(desk)
    assert words(post(desk, [state(desk, "library.shelf", 馆藏点编号="D", 馆藏点="图书室")])) == ["refused"]


def test_a_day_before_takes_nothing_either(desk: Desk) -> None:
    ok(post(desk, [reader(desk, 1, "D1", "2022-12-01"), reader(desk, 2, "D2", "2022-12-01")]))
    assert words(post(desk, [reader(desk, 2, "D1", "2022-11-01")])) == ["refused"]


def test_whose_it_is_is_told_to_who_sees_him(desk: Desk) -> None:
    """Elsewhere it is only taken; and whether it is this person's cannot be tried out."""
    two_villages(desk)
    ok(post(desk, [reader(desk, 1, "D1", place=VILLAGE)]))
    clerk = user(desk, "clerk", ("enter", THERE, "library"), ("review_county", THERE, "library"))
    answers = [post(clerk, [reader(clerk, number, "D1", place=OTHER)])[0] for number in (1, 2)]
    assert {refused(answer) for answer in answers} == {refused(answers[0])}
    assert "第" not in refused(answers[0])
    here = user(desk, "here", ("enter", PATHS[VILLAGE], "library"), ("review_county", PATHS[VILLAGE], "library"))
    assert "见第" in refused(post(here, [reader(here, 2, "D1", place=VILLAGE)])[0])
    assert words(post(here, [reader(here, 1, "D1", place=VILLAGE)])) == ["ok"]


steps = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.sampled_from(DAYS), st.booleans()), min_size=4, max_size=14)


@pytest.fixture
def shelf(desk: Desk) -> Callable[[], dict[str, str]]:
    """Who has which card, read from the records one by one."""
    sql = "SELECT record, data FROM record WHERE book = ? AND type = 'library.reader'"

    def read() -> dict[str, str]:
        return {record: json.loads(data).get("reader_no") for record, data in desk.book.store.rows(sql, [desk.book.number])}

    return read


def test_whatever_is_posted_and_struck_no_two_have_one(desk: Desk, shelf: Callable[[], dict[str, str]], count: Callable[[int, int], int]) -> None:
    """Random registrations, late ones among them, and strikes: a card is never two readers', and what is kept is what a replay gives."""
    done = dict.fromkeys(("ok", "refused", "exists"), 0)
    base = 0

    @seed(20221228)
    @settings(max_examples=count(12, 150), deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(steps)
    def holds(told: list[tuple[int, int, str, bool]]) -> None:
        nonlocal base
        base += 10
        stood: list[str] = []
        for who, card, day, withdraw in told:
            asked = struck(desk, stood.pop(who % len(stood))) if withdraw and stood else reader(desk, base + who, f"{base}-{card}", day)
            (answer,) = post(desk, [asked])
            note(f"{asked.kind} {who} {card} {day}: {answer.what}")
            done[answer.what] = done.get(answer.what, 0) + 1
            if asked.kind == "state" and answer.what == "ok":
                stood.append(answer.uid)
            cards = [one for one in shelf().values() if one]
            assert len(cards) == len(set(cards))

    holds()
    print(f"seed 20221228, {base // 10} lists: {done}")
    assert done["ok"] > 30
    assert done["refused"] > 5
    assert is_sound(desk)
