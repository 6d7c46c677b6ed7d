"""Lists of people: each sees what he manages or audits, and himself."""

from __future__ import annotations

from datetime import date

from taizhang import people

from .office import BLUE_HILL, DONGAN, OTHER_TOWN, TODAY, TOWN, Office


def test_every_name_of_the_room_is_there() -> None:
    assert {name for names in people._ROOMS.values() for name in names} == set(people.__all__)
    assert all(getattr(people, name) is not None for name in people.__all__)
    assert not hasattr(people, "nothing")


def test_a_manager_sees_the_duties_of_his_county_and_a_clerk_his_own(office: Office) -> None:
    office.give(office.clerk, "view", BLUE_HILL, "mines")
    manager, clerk = office.scope(office.manager), office.scope(office.clerk)
    assert {d.place for d in people.duties(manager, using=office.using)} == {DONGAN, TOWN, OTHER_TOWN}
    assert [(d.role, d.place) for d in people.duties(clerk, using=office.using)] == [("enter", TOWN), ("view", BLUE_HILL)]
    assert people.duties(clerk, user=office.officer, using=office.using) == []
    entering = people.duties(manager, user=office.clerk, using=office.using)[0]
    assert (entering.number, entering.user, entering.granted_by, entering.reason) == (office.entering, office.clerk, "house", "分工")
    assert (entering.since, entering.until) == (TODAY, None)


def test_who_manages_one_programme_sees_its_duties_alone(office: Office) -> None:
    office.give(office.officer, "manage", TOWN, "mines")
    office.give(office.clerk, "view", TOWN, "medicine")
    found = people.duties(office.scope(office.officer), user=office.clerk, using=office.using)
    assert [(d.role, d.programme) for d in found] == [("enter", "mines")]


def test_duties_of_a_day(office: Office) -> None:
    office.give(office.clerk, "view", DONGAN, "mines", until=date(2023, 1, 31))
    roles = {day: [d.role for d in people.duties(office.house, office.clerk, day, office.using)] for day in (date(2023, 1, 31), date(2023, 2, 1))}
    assert list(roles.values()) == [["enter", "view"], ["enter"]]


def test_users_and_departments_are_those_of_ones_places(office: Office) -> None:
    blue = people.add_department(office.house, name="蓝山县局", place=BLUE_HILL, using=office.using)
    stranger = people.add_user(office.house, name="蓝山人", login="blue", department=blue, using=office.using)
    manager = office.scope(office.manager)
    assert {u.name for u in people.users(manager, office.using)} == {"周管理", "李科长", "王办事", "陈办事", "郑审计"}
    assert [d.name for d in people.departments(manager, office.using)] == ["东安县自然资源局"]
    assert [u.key for u in people.users(office.scope(office.clerk), office.using)] == [office.clerk]
    assert people.departments(office.scope(office.clerk), office.using) == []
    assert [u.key for u in people.users(office.scope(stranger), office.using)] == [stranger]


def test_a_delegation_is_seen_by_both_and_by_who_manages_it(office: Office) -> None:
    for duty in (None, office.entering):
        people.delegate(
            office.scope(office.clerk), from_user=office.clerk, to_user=office.other, since=TODAY, until=TODAY, reason="休假", duty=duty, using=office.using
        )
    seen = {user: people.delegations(office.scope(user), TODAY, office.using) for user in (office.clerk, office.other, office.manager, office.officer)}
    assert [len(found) for found in seen.values()] == [2, 2, 2, 0]
    assert [(d.from_user, d.to_user, d.duty) for d in seen[office.manager]] == [(office.clerk, office.other, None), (office.clerk, office.other, office.entering)]
    assert people.delegations(office.scope(office.clerk), date(2023, 1, 4), office.using) == []
