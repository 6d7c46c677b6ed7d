"""The line of the log for what was posted: which entries, and whose duties were used."""

from __future__ import annotations

from datetime import date

from taizhang.acts.desk import Desk
from taizhang.acts.posting import post
from taizhang.acts.revealing import reveal_record
from taizhang.acts.reviewing import accept, waiting
from taizhang.core import Scope
from taizhang.people import acts, delegate, scope
from taizhang.people.logbook import LogLine

from .office import PATHS, VILLAGE, state, strike, user
from .villages import OTHER, at_risk, ok, talk, two_villages

TOWN = "43/4310/431023/431023101/"


def newest(desk: Desk, act: str) -> LogLine:
    return acts(desk.scope, act=act, using=desk.book.alias)[0]


def stand_in(desk: Desk, login: str, holder: Desk) -> Desk:
    """Somebody without duties of his own, who stands in for another."""
    other, house, day = user(desk, login), Scope.of_the_house("a test", on=desk.today), date(2030, 1, 1)
    named = {"from_user": holder.scope.user, "to_user": other.scope.user, "since": desk.today, "until": day, "reason": "病假"}
    delegate(house, **named, using=desk.book.alias)  # type: ignore[arg-type]
    return Desk(desk.book, scope(other.scope.user, desk.today, using=desk.book.alias), desk.today)


def test_every_entry_of_an_act_is_counted(desk: Desk) -> None:
    (first,) = ok(post(desk, [talk(desk, VILLAGE)]))
    line = newest(desk, "post")
    assert line.entries == (first.seq, 1)
    again = talk(desk, VILLAGE, reached=90)
    (struck,) = ok(post(desk, [strike(desk, first.uid, "人数不对", again)]))
    assert newest(desk, "post").entries == (struck.seq, 2)
    assert desk.book.size == (struck.seq or 0) + 1
    post(desk, [strike(desk, first.uid)])
    line = newest(desk, "post")
    assert (line.entries, line.refused) == (None, "refused")


def test_whose_duties_were_used_is_told(desk: Desk) -> None:
    record = at_risk(desk, VILLAGE)
    clerk = user(desk, "clerk", ("enter", PATHS[VILLAGE], "traffic"))
    officer = user(desk, "officer", ("review_county", TOWN, "traffic"), ("reveal", TOWN, "*"), ("view", TOWN, "*"))
    other = stand_in(desk, "other", clerk)
    post(other, [talk(other, VILLAGE)])
    assert newest(desk, "post").on_behalf_of == clerk.scope.user
    post(clerk, [talk(clerk, VILLAGE, "村口")])
    assert newest(desk, "post").on_behalf_of is None
    chief = stand_in(desk, "chief", officer)
    ok(accept(chief, [one.number for one in waiting(chief)]))
    assert newest(desk, "accept").on_behalf_of == officer.scope.user
    assert reveal_record(chief, record) is not None
    assert newest(desk, "reveal").on_behalf_of == officer.scope.user


def test_a_line_stands_where_its_entries_do(desk: Desk) -> None:
    """So that who audits a village reads what was posted there, and not what was posted elsewhere."""
    desk = two_villages(desk)
    here = user(desk, "here", ("audit", PATHS[VILLAGE], "traffic"))
    ok(post(desk, [talk(desk, VILLAGE)]))
    assert newest(desk, "post").place == PATHS[VILLAGE]
    ok(post(desk, [talk(desk, OTHER, "晒谷坪")]))
    ok(post(desk, [talk(desk, OTHER, "桥头"), talk(desk, VILLAGE, "村口")]))
    assert newest(desk, "post").place == TOWN
    assert [line.place for line in acts(here.scope, act="post", using=desk.book.alias)] == [PATHS[VILLAGE]]
    at_risk(desk, VILLAGE)
    assert newest(desk, "post").programme == "medicine"
    ok(post(desk, [talk(desk, VILLAGE, "学校"), state(desk, "library.shelf", place=VILLAGE, 馆藏点编号="S1", 馆藏点="一号架")]))
    assert newest(desk, "post").programme == "", "of two programmes it is neither's"
