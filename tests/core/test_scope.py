"""What somebody may do: readable cases, and agreement with a model too simple to be wrong."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core import ROLE_TITLES, DutyRole, Grant, Scope, review_role

DAY = date(2023, 1, 3)
HUNAN, YONGZHOU, DONGAN, TOWN = "43/", "43/4311/", "43/4311/431122/", "43/4311/431122/431122100/"


def scope(*grants: Grant) -> Scope:
    return Scope("zhang", frozenset(grants), DAY)


# ---- cases -------------------------------------------------------------------------------------------------------------------------


def test_a_township_clerk_enters_and_sees_his_own_township_alone() -> None:
    clerk = scope(Grant("enter", TOWN, "mines"))
    assert clerk.may("enter", "mines", TOWN)
    assert clerk.may("enter", "mines", TOWN + "431122100001/"), "and its villages"
    assert clerk.may("view", "mines", TOWN), "who enters sees"
    assert not clerk.may("enter", "mines", DONGAN)
    assert not clerk.may("enter", "medicine", TOWN)
    assert not clerk.may("review_village", "mines", TOWN)


def test_grants_are_a_set_and_no_product() -> None:
    officer = scope(Grant("enter", TOWN, "mines"), Grant("view", DONGAN, "library"))
    assert not officer.may("enter", "library", TOWN)
    assert not officer.may("view", "mines", DONGAN)
    assert not officer.may("enter", "mines", DONGAN)


def test_a_county_reviews_what_a_township_may_review_and_not_the_other_way_round() -> None:
    county, town = scope(Grant("review_county", DONGAN, "mines")), scope(Grant("review_township", DONGAN, "mines"))
    assert county.may("review_township", "mines", TOWN)
    assert county.may(review_role("village"), "mines", TOWN)
    assert not county.may("review_prefecture", "mines", DONGAN)
    assert not town.may("review_county", "mines", TOWN)


def test_personal_values_are_shown_to_nobody_by_the_way() -> None:
    for role in ROLE_TITLES:
        assert scope(Grant(role, "", "*")).may("reveal", "medicine", TOWN) == (role == "reveal")


def test_who_manages_the_users_does_not_see_the_figures() -> None:
    assert not scope(Grant("manage", "", "*")).may("view", "medicine", TOWN)
    assert scope(Grant("audit", "", "*")).may("view", "medicine", TOWN)


def test_a_place_is_no_prefix_of_another_with_more_digits() -> None:
    assert not scope(Grant("view", "43/4311/", "*")).may("view", "mines", "43/43110/")


def test_every_programme_is_more_than_each_one_named() -> None:
    one = scope(Grant("manage", DONGAN, "mines"))
    assert not one.may("manage", "*", DONGAN)
    assert scope(Grant("manage", DONGAN, "*")).may("manage", "*", DONGAN)


def test_places_lie_within_no_other() -> None:
    several = scope(Grant("view", DONGAN, "mines"), Grant("enter", TOWN, "mines"), Grant("view", "43/4310/", "*"), Grant("view", "44/", "library"))
    assert several.places("view", "mines") == ("43/4310/", DONGAN)
    assert several.places("enter", "mines") == (TOWN,)
    assert several.places("view", "medicine") == ("43/4310/",)
    assert several.places("audit", "mines") == ()
    assert several.programmes("view") == ("*", "library", "mines")
    assert several.reach("view") == (("*", "43/4310/"), ("library", "44/"), ("mines", DONGAN))


def test_the_house_may_everything_but_read_personal_values_and_says_why() -> None:
    house = Scope.of_the_house("rebuild balances")
    assert house.user == "house"
    assert house.reason == "rebuild balances"
    assert house.may("manage", "*", "")
    assert not house.may("reveal", "medicine", TOWN)
    assert Scope.of_the_house("search index", reveal=True).may("reveal", "medicine", TOWN)
    with pytest.raises(ValueError, match="reason"):
        Scope.of_the_house("  ")


def test_narrowed_to_a_place_it_keeps_only_what_lies_there() -> None:
    wide = scope(Grant("enter", HUNAN, "*"), Grant("reveal", TOWN, "medicine"))
    narrow = wide.narrowed(place=DONGAN, programme="medicine")
    assert narrow.grants == {Grant("enter", DONGAN, "medicine"), Grant("reveal", TOWN, "medicine")}
    assert narrow.narrowed(roles=["view"]).grants == {Grant("view", DONGAN, "medicine")}
    assert wide.narrowed(place="44/").grants == frozenset()


def test_who_acts_for_another_is_known_unless_he_may_himself() -> None:
    lent = Grant("enter", TOWN, "mines", on_behalf_of="li")
    assert scope(lent).on_behalf_of("enter", "mines", TOWN) == "li"
    assert scope(lent, Grant("enter", DONGAN, "*")).on_behalf_of("enter", "mines", TOWN) is None
    assert scope(lent).on_behalf_of("enter", "mines", DONGAN) is None


@pytest.mark.parametrize("wrong", [("rule", "", "*"), ("view", "43", "*"), ("view", "/43/", "*"), ("view", "43%/", "*"), ("view", "43/", ""), ("view", "43/", "Mines")])
def test_a_grant_that_is_none_is_not_made(wrong: tuple[DutyRole, str, str]) -> None:
    with pytest.raises(ValueError, match="is no"):
        Grant(*wrong)


def test_a_scope_is_not_changed() -> None:
    clerk = scope(Grant("view", TOWN, "mines"))
    with pytest.raises(FrozenInstanceError):
        clerk.user = "li"  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(clerk)).may("view", "mines", TOWN)
    assert replace(clerk, grants=frozenset()).may("view", "mines", TOWN) is False


# ---- laws --------------------------------------------------------------------------------------------------------------------------

REVIEWS = ["review_village", "review_township", "review_county", "review_prefecture", "review_province"]
PATHS = ["", "4/", "43/", "4/1/", "4/11/", "4/1/1/", "4/1/2/", "43/1/", "43/1/7/"]
PROGRAMMES = ["mines", "library", "books"]

roles = st.sampled_from(list(ROLE_TITLES))
paths = st.sampled_from(PATHS)
grants = st.builds(Grant, roles, paths, st.sampled_from([*PROGRAMMES, "*"]), st.sampled_from([None, None, "li"]))
scopes = st.lists(grants, max_size=8).map(lambda found: scope(*found))


def naive_may(scope: Scope, role: str, programme: str, place: str) -> bool:
    """Each grant by itself, each step of the path by itself, each implication spelled out."""
    return any(
        (grant.role == role or comes_with(grant.role, role))
        and (grant.programme == "*" or grant.programme == programme)
        and place.split("/")[: grant.place.count("/")] == grant.place.split("/")[:-1]
        for grant in scope.grants
    )


def comes_with(held: str, asked: str) -> bool:
    if asked == "view":
        return held not in ("reveal", "manage")
    return held in REVIEWS and asked in REVIEWS and REVIEWS.index(asked) <= REVIEWS.index(held)


@given(scopes, roles, st.sampled_from([*PROGRAMMES, "other", "*"]), paths)
def test_may_agrees_with_the_naive_model(scope: Scope, role: DutyRole, programme: str, place: str) -> None:
    assert scope.may(role, programme, place) == naive_may(scope, role, programme, place)


@given(scopes, roles, st.sampled_from([*PROGRAMMES, "other", "*"]))
def test_places_are_few_and_say_the_same(scope: Scope, role: DutyRole, programme: str) -> None:
    found = scope.places(role, programme)
    assert not any(a != b and a.startswith(b) for a in found for b in found)
    assert found == tuple(sorted(set(found)))
    for place in PATHS:
        assert any(place.startswith(prefix) for prefix in found) == naive_may(scope, role, programme, place)


@given(scopes, roles, st.sampled_from([*PROGRAMMES, "other"]), paths)
def test_reach_says_the_same_and_nothing_twice(scope: Scope, role: DutyRole, programme: str, place: str) -> None:
    reach = scope.reach(role)
    covering = [(p, prefix) for p, prefix in reach if p in (programme, "*") and place.startswith(prefix)]
    assert bool(covering) == naive_may(scope, role, programme, place)
    assert not any(a != b and b[0] in (a[0], "*") and a[1].startswith(b[1]) for a in reach for b in reach), "none within another"


@given(scopes, paths, st.sampled_from([*PROGRAMMES, "*"]), st.none() | st.sets(roles), roles, st.sampled_from(PROGRAMMES), paths)
def test_narrowed_never_widens(scope: Scope, within: str, only: str, kept: set[DutyRole] | None, role: DutyRole, programme: str, place: str) -> None:
    narrow = scope.narrowed(within, only, kept)
    held = narrow.may(role, programme, place)
    inside = place.startswith(within) and only in ("*", programme)
    assert not held or (inside and scope.may(role, programme, place))
    if kept is None or role in kept:
        assert held == (inside and scope.may(role, programme, place))


@given(scopes, roles, st.sampled_from(PROGRAMMES), paths)
def test_on_behalf_only_where_no_own_grant_does(scope: Scope, role: DutyRole, programme: str, place: str) -> None:
    own = replace(scope, grants=frozenset(grant for grant in scope.grants if grant.on_behalf_of is None))
    lent = scope.may(role, programme, place) and not own.may(role, programme, place)
    assert scope.on_behalf_of(role, programme, place) == ("li" if lent else None)
