"""A second village, and what people there say, for tests of who is told what."""

from __future__ import annotations

from taizhang.acts.desk import Desk
from taizhang.acts.posting import Answer, post
from taizhang.ledger.rules import Proposal

from .office import event, resident, state

OTHER = 431023101202
THERE = f"43/4310/431023/431023101/{OTHER}/"
CARD = {"身份证号": resident(1), "姓名": "示例甲"}


def two_villages(desk: Desk) -> Desk:
    """The same desk; its county has a second village."""
    store = desk.book.store
    with store.transaction():
        store.run("INSERT INTO place (key, path, level, name) VALUES (?, ?, 'village', '乙村')", [OTHER, THERE])
        store.run("INSERT INTO place_code (place, scheme, code, name) VALUES (?, 'stat', ?, '乙村')", [OTHER, str(OTHER)])
    return Desk(desk.book, desk.scope, desk.today)


def words(answers: list[Answer]) -> list[str]:
    return [answer.what for answer in answers]


def said(answers: list[Answer]) -> str:
    return "\n".join(problem.line(lang) for answer in answers for problem in answer.problems for lang in ("zh", "en"))


def ok(answers: list[Answer]) -> list[Answer]:
    assert set(words(answers)) == {"ok"}, said(answers)
    return answers


def talk(desk: Desk, place: int, spot: str = "村部", reached: int = 80) -> Proposal:
    """A talk about safety on the road."""
    return event(desk, "traffic.publicity", place=place, 宣传对象="农村", 地点=spot, 宣传方式="大喇叭", 受教育人数=reached)


def accident(desk: Desk, place: int, hurt: int) -> Proposal:
    """An accident: the same day, time and spot are one and the same, whichever place is written."""
    return event(desk, "traffic.accident", place=place, 时刻="17:30", 地点="大桥头", 死亡人数=0, 受伤人数=hurt)


def at_risk(desk: Desk, place: int, card: str = CARD["身份证号"], name: str = CARD["姓名"]) -> str:
    """Somebody at risk, and the record."""
    ok(post(desk, [state(desk, "medicine.at_risk", place=place, 身份证号=card, 姓名=name, 人群类别="65岁以上")]))
    return desk.reader.find("base.person", [card]) or ""
