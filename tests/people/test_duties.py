"""Who may do what on which day, and who may say so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password

from taizhang import people
from taizhang.core import InputError, Scope, civil_today
from taizhang.people import enrolling
from taizhang.people.models import User

from .office import BLUE_HILL, DONGAN, OTHER_TOWN, TODAY, TOWN, YONGZHOU, Office

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def refused(act: Callable[..., Any], *given: Any, **named: Any) -> str:
    """The words, in both languages, with which an act is refused."""
    with pytest.raises(people.Refused) as caught:
        act(*given, **named)
    problems = caught.value.problems
    assert all(p.where and p.found and p.expected and p.do and p.found_en and p.expected_en and p.do_en for p in problems)
    assert caught.value.problem == problems[0]
    return " ".join(p.line() for p in problems)


# ---- duties ------------------------------------------------------------------------------------------------------------------------


def test_a_township_clerk_enters_in_his_township(office: Office) -> None:
    clerk = office.scope(office.clerk)
    assert clerk.user == office.clerk
    assert clerk.may("enter", "mines", TOWN)
    assert clerk.may("view", "mines", TOWN)
    assert not clerk.may("enter", "mines", OTHER_TOWN)
    assert not clerk.may("enter", "medicine", TOWN)
    assert not clerk.may("reveal", "mines", TOWN)


def test_a_county_officer_reviews_all_townships_and_enters_in_none(office: Office) -> None:
    officer = office.scope(office.officer)
    assert all(officer.may("review_township", "mines", place) for place in (TOWN, OTHER_TOWN, DONGAN))
    assert officer.may("reveal", "mines", TOWN)
    assert not officer.may("enter", "mines", TOWN)
    assert not officer.may("review_county", "mines", BLUE_HILL)


def test_a_duty_holds_from_its_first_day_to_its_last(office: Office) -> None:
    office.give(office.clerk, "enter", OTHER_TOWN, "mines", since=date(2023, 2, 1), until=date(2023, 2, 28))
    held = [office.scope(office.clerk, day).may("enter", "mines", OTHER_TOWN) for day in map(date.fromisoformat, ("2023-01-31", "2023-02-01", "2023-02-28", "2023-03-01"))]
    assert held == [False, True, True, False]


def test_an_inactive_user_may_nothing(office: Office) -> None:
    people.end_user(office.scope(office.manager), office.clerk, TOMORROW, office.using)
    assert office.scope(office.clerk, TOMORROW).may("enter", "mines", TOWN)
    assert office.scope(office.clerk, TOMORROW + timedelta(days=1)).grants == frozenset()


def test_an_unknown_user_may_nothing(office: Office) -> None:
    assert people.scope("nobody", TODAY, office.using) == Scope("nobody", frozenset(), TODAY)


def test_a_manager_gives_and_ends_a_duty_where_he_manages(office: Office) -> None:
    manager = office.scope(office.manager)
    duty = people.give_duty(manager, user=office.clerk, role="enter", place=OTHER_TOWN, programme="mines", reason="支援", using=office.using)
    assert office.scope(office.clerk).may("enter", "mines", OTHER_TOWN)
    people.end_duty(manager, duty, YESTERDAY, office.using)
    assert not office.scope(office.clerk).may("enter", "mines", OTHER_TOWN)


@pytest.mark.parametrize("place", [BLUE_HILL, YONGZHOU, ""])
def test_nobody_gives_what_lies_outside_his_places(office: Office, place: str) -> None:
    words = refused(
        people.give_duty, office.scope(office.manager), user=office.clerk, role="view", place=place, programme="mines", reason="要", using=office.using
    )
    assert "不管理" in words
    assert not office.scope(office.clerk).may("view", "mines", place)


def test_who_manages_one_programme_gives_no_other_and_not_every_one(office: Office) -> None:
    office.give(office.officer, "manage", DONGAN, "mines")
    officer = office.scope(office.officer)
    for programme in ("medicine", "*"):
        assert "不管理" in refused(
            people.give_duty, officer, user=office.clerk, role="view", place=TOWN, programme=programme, reason="要", using=office.using
        )
    people.give_duty(officer, user=office.clerk, role="view", place=DONGAN, programme="mines", reason="要", using=office.using)


def test_nobody_gives_himself_a_duty(office: Office) -> None:
    manager = office.scope(office.manager)
    assert "本人" in refused(people.give_duty, manager, user=office.manager, role="reveal", place=TOWN, programme="mines", reason="要", using=office.using)


def test_clerk_and_auditor_give_nothing(office: Office) -> None:
    for user in (office.clerk, office.auditor):
        assert "不管理" in refused(
            people.give_duty, office.scope(user), user=office.other, role="view", place=TOWN, programme="mines", reason="要", using=office.using
        )


def test_every_problem_is_told_at_once(office: Office) -> None:
    with pytest.raises(people.Refused) as caught:
        people.give_duty(
            office.scope(office.clerk), user="nobody", role="view", place=TOWN, programme="mines", since=TOMORROW, until=YESTERDAY, reason=" ", using=office.using
        )
    assert len(caught.value.problems) == 4
    assert isinstance(caught.value, InputError)


@pytest.mark.parametrize(
    ("change", "words"),
    [({"role": "king"}, "没有这种角色"), ({"place": "43/%"}, "区划路径"), ({"programme": ""}, "专项名称"), ({"since": YESTERDAY}, "已过"), ({"reason": "长" * 301}, "事由")],
)
def test_what_cannot_be_a_duty_is_refused_in_words(office: Office, change: dict[str, Any], words: str) -> None:
    given: dict[str, Any] = {"user": office.clerk, "role": "view", "place": TOWN, "programme": "mines", "reason": "要"} | change
    assert words in refused(people.give_duty, office.house, **given, using=office.using)


def test_a_duty_elsewhere_is_answered_like_one_that_does_not_exist(office: Office) -> None:
    elsewhere = office.give(office.clerk, "view", BLUE_HILL, "mines")
    manager = office.scope(office.manager)
    assert refused(people.end_duty, manager, elsewhere, TODAY, office.using) == refused(people.end_duty, manager, 10**9, TODAY, office.using)


def test_a_duty_is_not_ended_in_the_past_nor_prolonged(office: Office) -> None:
    duty = office.give(office.clerk, "view", DONGAN, "mines", until=TOMORROW)
    assert "已过" in refused(people.end_duty, office.house, duty, YESTERDAY - timedelta(days=1), office.using)
    assert "另行授予" in refused(people.end_duty, office.house, duty, TOMORROW + timedelta(days=1), office.using)


# ---- users -------------------------------------------------------------------------------------------------------------------------


def test_a_manager_adds_users_of_his_departments(office: Office) -> None:
    manager = office.scope(office.manager)
    station = people.add_department(manager, name="紫溪市镇国土所", place=TOWN, parent=office.department, using=office.using)
    key = people.add_user(manager, name="新人", login=" ＸＩＮRen", department=station, password="correct horse", using=office.using)
    assert people.key_of("xinren", office.using) == key
    assert people.key_of("nobody", office.using) is None
    assert office.scope(key).grants == frozenset(), "without a duty one may nothing"
    user = User.objects.db_manager(office.using).get_by_natural_key("XinRen")
    assert user.key == key
    assert check_password("correct horse", user.password)
    assert "correct" not in user.password


def test_who_manages_one_programme_adds_no_users(office: Office) -> None:
    office.give(office.officer, "manage", DONGAN, "mines")
    assert "部门" in refused(people.add_user, office.scope(office.officer), name="新人", login="new", department=office.department, using=office.using)


def test_a_department_elsewhere_is_answered_like_one_that_does_not_exist(office: Office) -> None:
    blue = people.add_department(office.house, name="蓝山县局", place=BLUE_HILL, using=office.using)
    manager = office.scope(office.manager)
    told = [refused(people.add_user, manager, name="新人", login="new", department=d, using=office.using) for d in (blue, 10**9)]
    assert told[0] == told[1]
    assert "不管理" in refused(people.add_department, manager, name="所", place=BLUE_HILL, using=office.using)


@pytest.mark.parametrize(("change", "words"), [({"login": "王办事"}, "已有人使用"), ({"login": "a b"}, "空格"), ({"name": ""}, "姓名"), ({"password": "short"}, "过短")])
def test_what_cannot_be_a_user_is_refused_in_words(office: Office, change: dict[str, Any], words: str) -> None:
    given: dict[str, Any] = {"name": "新人", "login": "new", "department": office.department} | change
    assert words in refused(people.add_user, office.house, **given, using=office.using)


def test_a_login_taken_in_the_meantime_is_refused_like_any_other(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enrolling, "_need_login", lambda *given: None)
    assert "已有人使用" in refused(people.add_user, office.house, name="新人", login="王办事", department=office.department, using=office.using)
    assert len(people.users(office.house, office.using)) == 5


def test_who_sets_a_password_manages_every_duty_behind_it(office: Office) -> None:
    manager = office.scope(office.manager)
    people.set_password(office.scope(office.clerk), office.clerk, "my own words", office.using)
    people.set_password(manager, office.clerk, "another one", office.using)
    assert check_password("another one", User.objects.using(office.using).get(pk=office.clerk).password)
    office.give(office.clerk, "view", YONGZHOU, "mines", since=TOMORROW)
    assert "不管理" in refused(people.set_password, manager, office.clerk, "to get there", office.using)
    assert "没有这位用户" in refused(people.set_password, office.scope(office.clerk), office.other, "to be him", office.using)


def test_a_log_in_asks_whether_the_user_is_active_today(office: Office) -> None:
    today = civil_today()
    assert User(since=today, until=today).is_active
    assert not User(since=today, until=today - timedelta(days=1)).is_active
    assert not User(since=today + timedelta(days=1)).is_active
