"""Standing in for somebody on holiday."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taizhang import people
from taizhang.core import ROLE_TITLES, Grant

from .office import DONGAN, OTHER_TOWN, TODAY, TOWN, Office
from .test_duties import refused

LEAVES, BACK = date(2023, 1, 16), date(2023, 1, 28)
YESTERDAY = TODAY - timedelta(days=1)


def holiday(office: Office, duty: int | None = None, to_user: str | None = None) -> int:
    """The clerk goes on holiday; the other stands in."""
    return people.delegate(
        office.scope(office.clerk),
        from_user=office.clerk,
        to_user=to_user or office.other,
        since=LEAVES,
        until=BACK,
        reason="休假",
        duty=duty,
        using=office.using,
    )


def test_a_delegate_does_the_work_while_the_other_is_away(office: Office) -> None:
    holiday(office)
    may = {day: office.scope(office.other, day).may("enter", "mines", TOWN) for day in (TODAY, LEAVES, BACK, BACK + timedelta(days=1))}
    assert may == {TODAY: False, LEAVES: True, BACK: True, BACK + timedelta(days=1): False}
    away = office.scope(office.other, LEAVES)
    assert away.on_behalf_of("enter", "mines", TOWN) == office.clerk
    assert away.on_behalf_of("enter", "mines", OTHER_TOWN) is None, "his own work stays his own"
    assert office.scope(office.clerk, LEAVES).may("enter", "mines", TOWN), "who delegates keeps the duty"


def test_one_duty_is_delegated_without_the_others(office: Office) -> None:
    office.give(office.clerk, "reveal", TOWN, "mines")
    holiday(office, office.entering)
    delegate = office.scope(office.other, LEAVES)
    assert delegate.may("enter", "mines", TOWN)
    assert not delegate.may("reveal", "mines", TOWN)


def test_a_delegated_duty_ends_with_the_duty(office: Office) -> None:
    holiday(office)
    people.end_duty(office.scope(office.manager), office.entering, LEAVES, office.using)
    assert office.scope(office.other, LEAVES).may("enter", "mines", TOWN)
    assert not office.scope(office.other, LEAVES + timedelta(days=1)).may("enter", "mines", TOWN)


def test_a_delegated_duty_rests_with_its_user(office: Office) -> None:
    holiday(office)
    people.end_user(office.scope(office.manager), office.clerk, YESTERDAY, office.using)
    assert not office.scope(office.other, LEAVES).may("enter", "mines", TOWN)


def test_an_inactive_delegate_may_nothing(office: Office) -> None:
    holiday(office)
    people.end_user(office.scope(office.manager), office.other, YESTERDAY, office.using)
    assert office.scope(office.other, LEAVES).grants == frozenset()


def test_a_delegate_cannot_delegate_further(office: Office) -> None:
    holiday(office)
    third = office.add("第三人")
    away = office.scope(office.other, LEAVES)
    given = {"from_user": office.other, "to_user": third, "since": LEAVES, "until": BACK, "reason": "我也休假", "using": office.using}
    assert "不能再委托" in refused(people.delegate, away, duty=office.entering, **given)
    assert "不能再委托" in refused(people.delegate, away, duty=office.entering, **given | {"from_user": office.clerk})
    people.delegate(away, **given)
    assert not office.scope(third, LEAVES).may("enter", "mines", TOWN)
    assert office.scope(third, LEAVES).may("enter", "mines", OTHER_TOWN)


def test_who_stands_in_for_a_manager_gives_duties_but_delegates_none(office: Office) -> None:
    deputy = office.add("副管理")
    people.delegate(office.scope(office.manager), from_user=office.manager, to_user=deputy, since=TODAY, until=BACK, reason="休假", using=office.using)
    acting = office.scope(deputy)
    people.give_duty(acting, user=office.clerk, role="view", place=DONGAN, programme="mines", reason="要", using=office.using)
    given = {"from_user": office.clerk, "to_user": office.other, "since": LEAVES, "until": BACK, "reason": "病假", "using": office.using}
    assert "不能再委托" in refused(people.delegate, acting, duty=office.entering, **given)


def test_a_manager_delegates_for_who_fell_ill_duty_by_duty(office: Office) -> None:
    manager = office.scope(office.manager)
    given = {"from_user": office.clerk, "since": LEAVES, "until": BACK, "reason": "病假", "using": office.using}
    people.delegate(manager, to_user=office.other, duty=office.entering, **given)
    assert office.scope(office.other, LEAVES).may("enter", "mines", TOWN)
    assert "不在您的管理范围内" in refused(people.delegate, manager, to_user=office.other, **given)
    assert "本人" in refused(people.delegate, manager, to_user=office.manager, duty=office.entering, **given)


def test_nobody_delegates_the_work_of_others_or_to_himself(office: Office) -> None:
    given = {"since": LEAVES, "until": BACK, "reason": "要", "using": office.using}
    assert "不在您的管理范围内" in refused(people.delegate, office.scope(office.other), from_user=office.clerk, to_user=office.other, **given)
    assert "同一人" in refused(people.delegate, office.scope(office.clerk), from_user=office.clerk, to_user=office.clerk, **given)


def test_a_delegation_ends_early_when_either_says_so(office: Office) -> None:
    for who in (office.clerk, office.other, office.manager):
        delegation = holiday(office)
        people.end_delegation(office.scope(who, LEAVES), delegation, LEAVES, office.using)
        assert not office.scope(office.other, LEAVES + timedelta(days=1)).may("enter", "mines", TOWN)
    delegation = holiday(office)
    auditor = office.scope(office.auditor)
    assert refused(people.end_delegation, auditor, delegation, LEAVES, office.using) == refused(people.end_delegation, auditor, 10**9, LEAVES, office.using)


# ---- the law -----------------------------------------------------------------------------------------------------------------------

DAYS = [TODAY + timedelta(days=n) for n in range(4)]
periods = st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)).map(sorted)
three = st.integers(0, 2)
some_duties = st.lists(
    st.builds(
        lambda user, grant, period: (user, grant, *period),
        three,
        st.builds(Grant, st.sampled_from(list(ROLE_TITLES)), st.sampled_from(["43/", "43/1/", "43/1/1/", "44/"]), st.sampled_from(["mines", "*"])),
        periods,
    ),
    max_size=6,
)
some_delegations = st.lists(st.builds(lambda giver, taker, which, period: (giver, taker, which, *period), three, three, st.none() | st.integers(0, 5), periods), max_size=4)
GivenDuty = tuple[int, Grant, date, date]
GivenDelegation = tuple[int, int, int | None, date, date]


def expected(user: int, day: date, duties: list[GivenDuty], delegations: list[GivenDelegation], keys: list[str]) -> set[Grant]:
    """A naive model: one's own duties of the day, and of those delegated the giver's own ones of the day."""
    held = [(number, holder, grant) for number, (holder, grant, since, until) in enumerate(duties) if since <= day <= until]
    own = {grant for _, holder, grant in held if holder == user}
    lent = {
        replace(grant, on_behalf_of=keys[giver])
        for giver, taker, which, since, until in delegations
        if taker == user and since <= day <= until
        for number, holder, grant in held
        if holder == giver and which in (None, number)
    }
    return own | lent


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(duties=some_duties, delegations=some_delegations)
def test_a_delegation_never_widens(using: str, duties: list[GivenDuty], delegations: list[GivenDelegation]) -> None:
    with transaction.atomic(using=using):
        office = Office(using)
        users = [office.add(f"用户{n}") for n in range(3)]
        numbers = [office.give(users[user], grant.role, grant.place, grant.programme, since, until) for user, grant, since, until in duties]
        made = []
        for giver, taker, which, since, until in delegations:
            duty = None if which is None else numbers[which] if which < len(numbers) else 10**9
            days = {"since": since, "until": until}
            try:
                people.delegate(office.scope(users[giver]), from_user=users[giver], to_user=users[taker], duty=duty, reason="休假", using=using, **days)
            except people.Refused:
                continue
            assert giver != taker
            assert duty is None or duties[which][0] == giver, "only a duty of one's own"
            made.append((giver, taker, which, since, until))
        for day in DAYS:
            for n, user in enumerate(users):
                assert office.scope(user, day).grants == expected(n, day, duties, made, users)
        transaction.set_rollback(True, using=using)


def test_words_of_a_bad_delegation(office: Office) -> None:
    clerk = office.scope(office.clerk)
    with pytest.raises(people.Refused) as caught:
        people.delegate(clerk, from_user=office.clerk, to_user="nobody", since=BACK, until=LEAVES, reason="", using=office.using)
    assert len(caught.value.problems) == 3
