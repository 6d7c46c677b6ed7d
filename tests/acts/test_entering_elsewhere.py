"""Proposals that reach beyond the duties of who makes them: refused before anything of the book is told."""

from __future__ import annotations

import pytest

from taizhang.acts.correcting import give_back, loan_of, renew
from taizhang.acts.desk import Desk
from taizhang.acts.posting import post
from taizhang.acts.reviewing import accept, waiting
from taizhang.ledger.rules import RENEW, Proposal
from taizhang.ledger.uids import new_uid
from taizhang.people import acts

from .office import COUNTY, PATHS, VILLAGE, event, move, resident, state, user
from .test_posting import DRUG, stocked
from .villages import CARD, OTHER, THERE, at_risk, ok, said, talk, two_villages, words

BOOKS = [
    ("state", "library.book", {"书目号": "B1", "题名": "水利工程概论"}),
    ("state", "library.copy", {"条码号": "C1", "所属书目": "B1", "外借类型": "外借"}),
    ("state", "library.shelf", {"馆藏点编号": "S1", "馆藏点": "图书室"}),
    ("state", "library.reader", {**CARD, "借书证号": "D1", "读者类型": "离退休干部"}),
]


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return two_villages(desk)


def strike_of(desk: Desk, uid: str, place: int | None = None) -> Proposal:
    return Proposal("strike", "", None, place and str(place), {}, desk.scope.user, strikes=uid, why="写错")


def lent(librarian: Desk) -> str:
    """A book is lent; the uid of the loan."""
    rows = [state(librarian, type_name, **values) for _, type_name, values in BOOKS]
    rows.append(move(librarian, "library.acquire", 1, item="C1", target="S1", values={"来源": "采购"}))
    rows.append(move(librarian, "library.lend", 1, item="C1", source="S1", target=CARD["身份证号"]))
    return ok(post(librarian, rows))[-1].uid


def test_an_entry_elsewhere_is_not_struck_from_here(desk: Desk) -> None:
    (first,) = ok(post(desk, [talk(desk, VILLAGE)]))
    clerk = user(desk, "clerk", ("enter", THERE, "traffic"), ("review_county", THERE, "traffic"))
    answers = [post(clerk, [strike_of(clerk, uid, place)])[0] for uid in (first.uid, new_uid()) for place in (None, OTHER)]
    assert words(answers) == ["refused"] * 4
    for answer, uid in zip(answers, (first.uid, first.uid, answers[2].uid, answers[3].uid), strict=True):
        assert "没有这一条" in said([answer]), "the same words as of an entry that is not there"
        assert "甲村" not in said([answer]).replace(uid, "")
    line = desk.reader.entry(first.uid)
    assert line is not None
    assert line.struck_by is None


def test_who_only_sees_an_entry_does_not_strike_it_from_where_he_enters(desk: Desk) -> None:
    (first,) = ok(post(desk, [talk(desk, VILLAGE)]))
    clerk = user(desk, "clerk", ("view", PATHS[COUNTY], "traffic"), ("enter", THERE, "traffic"))
    (answer,) = post(clerk, [strike_of(clerk, first.uid, OTHER)])
    assert answer.what == "refused"
    assert "不能在甲村填报" in said([answer])


def test_an_account_elsewhere_does_not_tell_what_it_holds(desk: Desk) -> None:
    stocked(desk, "10盒")
    clerk = user(desk, "clerk", ("enter", THERE, "medicine"))
    more = move(clerk, "medicine.discard", "25盒", place=OTHER, item="YP-1/B1", source="K01", values={"报损原因": "破损"})
    (answer,) = post(clerk, [more])
    assert answer.what == "refused"
    assert "不在您的职责范围内" in said([answer])
    assert "240" not in said([answer])
    (told,) = post(desk, [move(desk, "medicine.discard", "25盒", item="YP-1/B1", source="K01", values={"报损原因": "破损"})])
    assert "结存 240片" in said([told])


def test_another_programme_is_refused_whatever_its_book_says(desk: Desk) -> None:
    stocked(desk, "10盒")
    clerk = user(desk, "clerk", ("enter", THERE, "traffic"))
    there = move(clerk, "medicine.discard", "25盒", place=OTHER, item="YP-1/B1", source="K01", values={"报损原因": "破损"})
    known = state(clerk, "medicine.drug", place=OTHER, **DRUG)
    unknown = event(clerk, "medicine.visit", place=OTHER, record=resident(9), 体温="36.5")
    answers = post(clerk, [there, known, unknown], partly=True)
    assert words(answers) == ["refused"] * 3
    assert {problem.found for answer in answers for problem in answer.problems} == {"您没有填报防疫药品保供的职责"}


def test_another_place_is_refused_whatever_happened_there(desk: Desk) -> None:
    ok(post(desk, [talk(desk, VILLAGE)]))
    clerk = user(desk, "clerk", ("enter", THERE, "traffic"), ("enter", PATHS[VILLAGE], "library"))
    answers = [post(clerk, [talk(clerk, VILLAGE, spot, reached)])[0] for spot, reached in (("村部", 80), ("村部", 90), ("村口", 80))]
    assert words(answers) == ["refused"] * 3
    assert len({said([answer]) for answer in answers}) == 1


def test_a_key_that_is_no_place_is_refused(desk: Desk) -> None:
    (answer,) = post(desk, [Proposal("state", "medicine.drug", "2022-12-28", 431023999999, DRUG, desk.scope.user)])
    assert answer.what == "refused"
    assert "431023999999" in said([answer])
    assert words(post(desk, [Proposal("state", "medicine.drug", "2022-12-28", VILLAGE, DRUG, desk.scope.user)])) == ["ok"]


def test_a_librarian_renews_and_sees_the_renewal_and_others_do_not(desk: Desk) -> None:
    librarian = user(desk, "librarian", ("enter", PATHS[COUNTY], "library"), ("review_village", PATHS[COUNTY], "library"))
    loan = lent(librarian)
    (renewed,) = ok([renew(librarian, loan_of(librarian, loan))])
    assert librarian.reader.entry(renewed.uid) is not None
    assert [line.entry.type for line in librarian.reader.latest(limit=1)] == [RENEW]
    nurse = user(desk, "nurse", ("enter", PATHS[COUNTY], "medicine"))
    assert nurse.reader.entry(renewed.uid) is None
    assert nurse.reader.latest() == []
    refused = [post(nurse, [Proposal("event", RENEW, "2022-12-28", str(COUNTY), {}, nurse.scope.user, of=uid)])[0] for uid in (loan, new_uid())]
    assert words(refused) == ["refused", "refused"]
    assert said(refused[:1]) == said(refused[1:])
    (struck,) = ok(post(librarian, [strike_of(librarian, renewed.uid)]))
    assert librarian.reader.entry(struck.uid) is not None
    assert nurse.reader.entry(struck.uid) is None
    ok([give_back(librarian, loan_of(librarian, loan))])


def test_a_loan_elsewhere_is_not_given_back_from_here(desk: Desk) -> None:
    loan = lent(desk)
    other = user(desk, "other", ("enter", THERE, "library"))
    (answer,) = post(other, [Proposal("transfer", "library.give_back", "2022-12-28", str(OTHER), {}, other.scope.user, of=loan)])
    assert answer.what == "refused"
    assert "没有未还的借出" in said([answer])


def test_nothing_is_drawn_from_an_account_elsewhere(desk: Desk) -> None:
    stocked(desk, "10盒")
    clerk = user(desk, "clerk", ("enter", THERE, "medicine"), ("review_county", THERE, "medicine"))
    (answer,) = post(clerk, [move(clerk, "medicine.discard", "1盒", place=OTHER, item="YP-1/B1", source="K01", values={"报损原因": "破损"})])
    assert answer.what == "refused"
    assert "调出的账户不在您的职责范围内" in said([answer])
    depot = desk.reader.find("medicine.depot", ["K01"])
    assert list((desk.reader.held(f"medicine.depot/{depot}") or {}).values()) == [240]


def test_what_is_registered_elsewhere_is_not_stated_from_here(desk: Desk) -> None:
    """A village must not say how many tablets a box of the county's drug has, nor make the county's depot its own."""
    stocked(desk)
    clerk = user(desk, "clerk", ("enter", THERE, "medicine"), ("review_county", THERE, "medicine"))
    drug = state(clerk, "medicine.drug", place=OTHER, **{**DRUG, "每盒片数": 100})
    depot = state(clerk, "medicine.depot", place=OTHER, 药库编号="K01", 药库名称="村里的")
    own = state(clerk, "medicine.depot", place=OTHER, 药库编号="K02", 药库名称="村里的")
    answers = post(clerk, [drug, depot, own], partly=True)
    assert words(answers) == ["refused", "refused", "ok"]
    assert "由别处登记" in said(answers[:1])
    ok(post(clerk, [state(clerk, "medicine.depot", place=OTHER, 药库编号="K02", 药库名称="村库")]))
    ok(post(desk, [state(desk, "medicine.depot", 药库编号="K02", 药库名称="乙村库")]))


def test_people_move_and_books_come_back_wherever_they_were_lent(desk: Desk) -> None:
    at_risk(desk, VILLAGE)
    nurse = user(desk, "nurse", ("enter", THERE, "medicine"), ("review_county", THERE, "medicine"))
    ok(post(nurse, [state(nurse, "medicine.at_risk", place=OTHER, 人群类别="65岁以上", **CARD)]))
    lent(desk)  # to a reader of the county
    reader = state(desk, "library.reader", place=VILLAGE, 借书证号="D1", 读者类型="离退休干部", **CARD)
    shelf = state(desk, "library.shelf", place=OTHER, 馆藏点编号="S1", 馆藏点="图书室")
    ok(post(desk, [reader, shelf]))
    librarian = user(desk, "librarian", ("enter", THERE, "library"), ("review_village", THERE, "library"), ("view", PATHS[COUNTY], "library"))
    back = Proposal("transfer", "library.give_back", "2022-12-28", str(OTHER), {}, librarian.scope.user, item="C1")
    ok(post(librarian, [back]))


@pytest.mark.parametrize("uid", ["A\0B", "'", "第3条", "0" * 32])
def test_what_is_no_uid_is_no_entry(desk: Desk, uid: str) -> None:
    back = Proposal("transfer", "library.give_back", "2022-12-28", str(COUNTY), {}, desk.scope.user, of=uid)
    answers = [post(desk, [proposal])[0] for proposal in (strike_of(desk, uid), back)]
    assert words(answers) == ["refused", "refused"]


def test_a_reviewer_is_told_nothing_of_an_account_elsewhere(desk: Desk) -> None:
    stocked(desk, "1盒")
    clerk = user(desk, "clerk", ("enter", THERE, "medicine"), ("view", PATHS[COUNTY], "medicine"))
    discard = move(clerk, "medicine.discard", "20片", place=OTHER, item="YP-1/B1", source="K01", values={"报损原因": "破损"})
    assert words(post(clerk, [discard])) == ["waiting"]
    ok(post(desk, [move(desk, "medicine.discard", "10片", item="YP-1/B1", source="K01", values={"报损原因": "过期"})]))
    officer = user(desk, "officer", ("review_county", THERE, "medicine"))
    (answer,) = accept(officer, [one.number for one in waiting(officer)])
    assert answer.what == "refused"
    assert "14" not in said([answer])


def test_the_log_repeats_nothing_that_was_typed(desk: Desk) -> None:
    """A number in the wrong column is refused; the log is never erased."""
    card = resident(5)
    rows = [
        Proposal("state", "medicine.drug", "2022-12-28", card, DRUG, desk.scope.user),
        Proposal("state", "medicine.drug", card, str(COUNTY), DRUG, desk.scope.user),
        event(desk, "medicine.offer", record=card),
        state(desk, "medicine.drug", **{**DRUG, "每盒片数": card}),
        move(desk, "medicine.discard", card, item=card, source=card),
    ]
    assert set(words([post(desk, [row])[0] for row in rows])) <= {"refused", "held"}
    lines = acts(desk.scope, act="post", using=desk.book.alias)
    assert [line.refused for line in lines[:5]].count("refused") >= 3
    assert not any(card in str(line) for line in lines)
