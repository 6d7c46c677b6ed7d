"""The log of acts: every act has its line, nobody changes one, and everybody reads his own part."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connections, transaction

from taizhang import people
from taizhang.core import Grant, Scope
from taizhang.people import ACT_COLUMNS, act_row
from taizhang.people.logbook import ACT_TABLE

from .office import BLUE_HILL, DONGAN, OTHER_TOWN, TODAY, TOWN, YONGZHOU, Office
from .test_duties import refused


def execute(using: str, sql: str, params: tuple[object, ...] = ()) -> None:
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(sql, params)


def test_a_line_tells_who_did_what_where_and_for_whom(office: Office) -> None:
    clerk = office.scope(office.clerk)
    detail = {"batch": 3, "file": "报表一", "kept": True, "none": None}
    people.log(
        clerk, "post", programme="mines", place=TOWN, on_behalf_of="li", record="r7", entries=(41, 2), detail=detail, at=1672704000000001, using=office.using
    )
    line = people.acts(clerk, using=office.using)[0]
    assert (line.user, line.on_behalf_of, line.act, line.programme, line.place) == (office.clerk, "li", "post", "mines", TOWN)
    assert (line.record, line.entries, line.refused, line.detail, line.at) == ("r7", (41, 2), None, detail, 1672704000000001)


def test_what_is_undone_leaves_no_line_and_a_refusal_does(office: Office) -> None:
    clerk = office.scope(office.clerk)
    before = len(people.acts(clerk, using=office.using))
    with transaction.atomic(using=office.using):
        people.log(clerk, "post", using=office.using)
        transaction.set_rollback(True, using=office.using)
    words = refused(people.give_duty, clerk, user=office.other, role="view", place=DONGAN, programme="mines", reason="要", using=office.using)
    lines = people.acts(clerk, using=office.using)
    assert len(lines) == before + 1
    assert lines[0].refused == words
    assert lines[0].place == DONGAN


def test_every_change_of_people_has_its_line(office: Office) -> None:
    manager = office.scope(office.manager)
    duty = people.give_duty(manager, user=office.clerk, role="reveal", place=TOWN, programme="mines", reason="核对", using=office.using)
    people.end_duty(manager, duty, TODAY, office.using)
    people.set_password(manager, office.clerk, "a long password", office.using)
    people.end_user(manager, office.clerk, TODAY, office.using)
    ended, password, end, give = people.acts(office.scope(office.auditor), user=office.manager, using=office.using)
    assert [line.act for line in (give, end, password, ended)] == ["people.give_duty", "people.end_duty", "people.set_password", "people.end_user"]
    assert give.detail == {"user": office.clerk, "role": "reveal", "since": "2023-01-03", "until": None, "duty": duty}
    assert (give.programme, give.place) == ("mines", TOWN)
    everything = "".join(map(str, people.acts(office.house, using=office.using)))
    assert not any(word in everything for word in ("王办事", "a long password", "核对")), "keys, no names and no words"


def test_a_manager_on_behalf_of_another_is_logged_as_such(office: Office) -> None:
    deputy = office.add("副管理")
    people.delegate(office.scope(office.manager), from_user=office.manager, to_user=deputy, since=TODAY, until=TODAY, reason="外出", using=office.using)
    people.give_duty(office.scope(deputy), user=office.clerk, role="view", place=DONGAN, programme="mines", reason="要", using=office.using)
    assert people.acts(office.scope(deputy), using=office.using)[0].on_behalf_of == office.manager


# ---- reading within a scope --------------------------------------------------------------------------------------------------------


def written(office: Office) -> Scope:
    """Six lines of somebody, each at another place or programme."""
    somebody = Scope("somebody", frozenset(), TODAY)
    for programme, place in (("mines", TOWN), ("mines", BLUE_HILL), ("medicine", OTHER_TOWN), ("", DONGAN), ("mines", YONGZHOU), ("", "")):
        people.log(somebody, "look", programme=programme, place=place, record="r1" if place == TOWN else None, using=office.using)
    return somebody


def seen(office: Office, *grants: Grant) -> set[tuple[str, str]]:
    lines = people.acts(Scope("reader", frozenset(grants), TODAY), act="look", using=office.using)
    return {(line.programme, line.place) for line in lines}


def test_an_auditor_reads_what_happened_in_his_places_and_programmes(office: Office) -> None:
    written(office)
    assert seen(office, Grant("audit", DONGAN, "*")) == {("mines", TOWN), ("medicine", OTHER_TOWN), ("", DONGAN)}
    assert seen(office, Grant("audit", YONGZHOU, "mines")) == {("mines", TOWN), ("mines", BLUE_HILL), ("mines", YONGZHOU)}
    assert seen(office, Grant("audit", DONGAN, "medicine"), Grant("audit", BLUE_HILL, "*")) == {("medicine", OTHER_TOWN), ("mines", BLUE_HILL)}
    assert len(seen(office, Grant("audit", "", "*"))) == 6


def test_nobody_else_reads_the_log_but_everybody_his_own_lines(office: Office) -> None:
    somebody = written(office)
    assert seen(office) == set()
    assert seen(office, Grant("manage", "", "*"), Grant("review_province", "", "*"), Grant("reveal", "", "*")) == set()
    assert len(people.acts(somebody, using=office.using)) == 6


def test_the_log_is_asked_by_record_place_time_and_page(office: Office) -> None:
    written(office)
    house, using = office.house, office.using
    assert [line.place for line in people.acts(house, record="r1", using=using)] == [TOWN]
    assert {line.place for line in people.acts(house, act="look", place=DONGAN, using=using)} == {TOWN, OTHER_TOWN, DONGAN}
    assert [line.place for line in people.acts(house, act="look", programme="", using=using)] == ["", DONGAN]
    newest, second = people.acts(house, limit=2, using=using)
    assert people.acts(house, before=newest.number, limit=1, using=using) == [second]
    assert people.acts(house, since=newest.at + 1, using=using) == []
    assert newest in people.acts(house, since=newest.at, refused=False, using=using)
    assert people.acts(house, until=newest.at, refused=True, using=using) == []


# ---- append only -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sql", ["UPDATE people_act SET act = 'nothing'", "DELETE FROM people_act"])
def test_the_database_refuses_to_change_the_log(office: Office, sql: str) -> None:
    before = people.acts(office.house, using=office.using)
    with pytest.raises(DatabaseError, match="append only"):
        execute(office.using, sql)
    assert people.acts(office.house, using=office.using) == before


def test_a_line_is_not_written_over(office: Office) -> None:
    """Nor by a program that does not ask SQLite to tell triggers of what a REPLACE deletes, as ours does."""
    number = people.acts(office.house, using=office.using)[0].number
    row = (number, *act_row(office.house, "forged"))
    marks = ", ".join(["%s"] * len(row))
    word = "INSERT OR REPLACE" if connections[office.using].vendor == "sqlite" else "INSERT"
    if connections[office.using].vendor == "sqlite":
        execute(office.using, "PRAGMA recursive_triggers=OFF")
    with pytest.raises(DatabaseError):
        execute(office.using, f"{word} INTO {ACT_TABLE} (id, {', '.join(ACT_COLUMNS)}) VALUES ({marks})", row)
    assert people.acts(office.house, using=office.using)[0].act != "forged"


@pytest.mark.parametrize("using", ["postgres"], indirect=True)
def test_not_even_a_replica_or_a_truncation_goes_past_the_triggers(office: Office) -> None:
    with pytest.raises(DatabaseError, match="append only"):
        execute(office.using, "SET LOCAL session_replication_role = replica; DELETE FROM people_act")
    with pytest.raises(DatabaseError, match="append only"):
        execute(office.using, "TRUNCATE people_act")
