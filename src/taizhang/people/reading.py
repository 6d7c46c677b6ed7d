"""Users, departments, duties and delegations as lists, each within a scope: what one manages or audits, and what is one's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from taizhang.core import EVERY_PROGRAMME, DutyRole, Scope
from taizhang.people import models

_OVERSEE: tuple[DutyRole, ...] = ("manage", "audit")


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """A department."""

    number: int
    name: str
    place: str
    parent: int | None


@dataclass(frozen=True, slots=True)
class UserLine:
    """A user; `until` is the last day he is active."""

    key: str
    name: str
    login: str
    department: int
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty and who gave it why."""

    number: int
    user: str
    role: DutyRole
    place: str
    programme: str
    since: date
    until: date | None
    granted_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class DelegationLine:
    """A delegation; without a `duty` it is of all."""

    number: int
    from_user: str
    to_user: str
    duty: int | None
    since: date
    until: date
    made_by: str
    reason: str


def within(scope: Scope, *roles: DutyRole) -> Q:
    """Rows with a programme and a place where one of these roles is held, as a condition."""
    found = Q(pk__in=[])
    for programme, place in (pair for role in roles for pair in scope.reach(role)):
        there = Q(place__startswith=place)
        found |= there if programme == EVERY_PROGRAMME else there & Q(programme=programme)
    return found


def departments(scope: Scope, using: str = "default") -> list[DepartmentLine]:
    """The departments of places where one manages or audits anything, by place and name."""
    found = models.Department.objects.using(using).filter(_placed(scope)).order_by("place", "name", "pk")
    return [DepartmentLine(*row) for row in found.values_list("pk", "name", "place", "parent_id")]


def users(scope: Scope, using: str = "default") -> list[UserLine]:
    """The users of those departments and oneself, by name."""
    seen = _placed(scope, "department__") | Q(pk=scope.user)
    found = models.User.objects.using(using).filter(seen).order_by("name", "pk")
    return [UserLine(*row) for row in found.values_list("key", "name", "login", "department_id", "since", "until")]


def names(keys: Iterable[str], using: str = "default") -> dict[str, str]:
    """The names of users by their keys: of those who wrote what one may see. Nothing else is told of them."""
    found = models.User.objects.using(using).filter(pk__in=list(keys))
    return dict(found.values_list("pk", "name"))


def duties(scope: Scope, user: str | None = None, on: date | None = None, using: str = "default") -> list[DutyLine]:
    """Duties in programmes and places one manages or audits, and one's own; of one user, on one day; in the order they were given."""
    found = models.Duty.objects.using(using).filter(within(scope, *_OVERSEE) | Q(user=scope.user), *_on(on)).order_by("pk")
    found = found if user is None else found.filter(user=user)
    columns = ("pk", "user_id", "role", "place", "programme", "since", "until", "granted_by", "reason")
    return [DutyLine(*row) for row in found.values_list(*columns)]


def delegations(scope: Scope, on: date | None = None, using: str = "default") -> list[DelegationLine]:
    """Delegations by or to oneself, or of duties one manages or audits; in the order they were made."""
    overseen = models.Duty.objects.using(using).filter(within(scope, *_OVERSEE))
    one, whole = Q(duty__in=overseen), Q(duty__isnull=True, from_user__in=overseen.values("user"))
    seen = one | whole | Q(from_user=scope.user) | Q(to_user=scope.user)
    found = models.Delegation.objects.using(using).filter(seen, *_on(on)).order_by("pk")
    return [
        DelegationLine(*row)
        for row in found.values_list("pk", "from_user_id", "to_user_id", "duty_id", "since", "until", "made_by", "reason")
    ]


def _placed(scope: Scope, prefix: str = "") -> Q:
    """Rows with a place where one manages or audits in any programme."""
    found = Q(pk__in=[])
    for place in {place for role in _OVERSEE for _, place in scope.reach(role)}:
        found |= Q(**{f"{prefix}place__startswith": place})
    return found


def _on(day: date | None) -> list[Q]:
    return [] if day is None else [models.in_force(day)]
