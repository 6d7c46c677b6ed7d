"""A user's Scope on a day: the duties in force, one's own and those one stands in for."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from taizhang.core import DutyRole, Grant, Scope
from taizhang.people.models import Delegation, Duty, User, in_force

_GRANT = ("role", "place", "programme")


def scope(user: str, day: date, using: str = "default") -> Scope:
    """What the user of this key may do on this day; nothing for an inactive or unknown one.

    A delegate has the *own* duties of whom he stands in for, while those and that user are in force: a delegated duty
    is nobody's own, so it cannot be passed on.
    """
    if not User.objects.using(using).filter(in_force(day), key=user).exists():
        return Scope(user, frozenset(), day)
    own = Duty.objects.using(using).filter(in_force(day), user=user).values_list(*_GRANT)
    grants = {Grant(*row) for row in own} | {Grant(*row) for row in _stood_in_for(user, day, using)}
    return Scope(user, frozenset(grants), day)


def _stood_in_for(user: str, day: date, using: str) -> list[tuple[DutyRole, str, str, str]]:
    """Role, place, programme and holder of the duties that others have delegated to this user."""
    mine = Delegation.objects.using(using).filter(in_force(day), in_force(day, "from_user__"), to_user=user)
    pairs = list(mine.values_list("from_user_id", "duty_id"))
    named = Q(pk__in=[duty for _, duty in pairs if duty is not None])
    all_of = Q(user__in=[holder for holder, duty in pairs if duty is None])
    return list(Duty.objects.using(using).filter(in_force(day), named | all_of).values_list(*_GRANT, "user_id"))
