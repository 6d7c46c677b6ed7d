"""Standing in for somebody: one's duties, or one of them, done by another for some days."""

from __future__ import annotations

from datetime import date
from typing import Any

from taizhang.core import EVERY_PROGRAMME, Grant, Scope
from taizhang.people.models import Delegation, Duty, in_force
from taizhang.people.refusals import Doing, doing
from taizhang.people.rules import need_days, need_end, need_other, need_user, need_words


def delegate(
    scope: Scope,
    *,
    from_user: str,
    to_user: str,
    since: date,
    until: date,
    reason: str,
    duty: int | None = None,
    using: str = "default",
) -> int:
    """Let a user stand in for another, in one duty or (None) in all, from a day to a day; the delegation's number.

    Refused unless one holds the duty oneself and not by a delegation, or manages its programme at its place oneself;
    for all duties of another one must manage everything. Nobody makes himself a stand-in.
    """
    with doing(scope, "people.delegate", "委托代办", using) as it:
        it.detail.update(from_user=from_user, to_user=to_user, duty=duty, since=str(since), until=str(until))
        _need_own(it, scope, from_user, _duties(from_user, duty, scope.on, using), whole=duty is None)
        need_other(it, scope, to_user)
        it.need(
            from_user != to_user,
            ("委托人与代办人是同一人", "both are the same user"),
            ("另一位用户", "another user"),
            ("请改代办人。", "Change who stands in."),
        )
        need_user(it, to_user, using)
        need_days(it, scope, since, until)
        need_words(it, reason, ("事由", "reason"))
        it.settle()
        made = Delegation.objects.using(using).create(
            from_user_id=from_user, to_user_id=to_user, duty_id=duty, since=since, until=until, made_by=scope.user, reason=reason
        )
        it.detail["delegation"] = made.pk
    return int(made.pk)


def end_delegation(scope: Scope, delegation: int, last_day: date, using: str = "default") -> None:
    """Let a delegation end with this day; yesterday ends it at once.

    Both users may end it, and who manages the duty; one that is none of these is told that there is no such delegation.
    """
    with doing(scope, "people.end_delegation", "终止委托", using) as it:
        found = Delegation.objects.using(using).select_for_update().filter(pk=delegation).first()
        it.need(
            found is not None and (scope.user in (found.from_user_id, found.to_user_id) or _manages(scope, found, using)),
            ("没有这项委托，或不在您的管理范围内", "there is no such delegation, or not where you manage"),
            ("您本人的或您所管理的委托", "a delegation of your own or that you manage"),
            ("请由委托人或上级管理员办理。", "Ask who delegated it, or a manager of the level above."),
        )
        it.settle()
        it.detail.update(delegation=delegation, until=str(last_day))
        need_end(it, scope, found.until, last_day)
        it.settle()
        found.until = last_day
        found.save(using=using, update_fields=["until"])


def _duties(user: str, duty: int | None, day: date, using: str) -> list[Any]:
    """The user's own duties that are in force: that one, or all."""
    own = Duty.objects.using(using).filter(in_force(day), user=user)
    return list(own if duty is None else own.filter(pk=duty))


def _need_own(it: Doing, scope: Scope, from_user: str, duties: list[Any], *, whole: bool) -> None:
    """The duties are one's own to delegate, or one manages them; a delegate is neither."""
    if len(duties) == 1:
        it.programme, it.place = duties[0].programme, duties[0].place
    if scope.user == from_user:
        allowed = bool(duties) and all(Grant(d.role, d.place, d.programme) in scope.grants for d in duties)
    elif whole:
        allowed = _manages_itself(scope, EVERY_PROGRAMME, "")
    else:
        allowed = bool(duties) and all(_manages_itself(scope, d.programme, d.place) for d in duties)
    it.need(
        allowed,
        ("这不是您本人现有的职责，也不在您的管理范围内", "this is no duty that you hold yourself or manage"),
        ("本人的职责（受委托的职责不能再委托），或您所管理的职责", "a duty of your own (not one delegated to you), or one you manage"),
        ("请由职责本人或上级管理员办理。", "Ask who holds the duty, or a manager of the level above."),
    )
    if not allowed:
        it.programme = it.place = ""


def _manages_itself(scope: Scope, programme: str, place: str) -> bool:
    return scope.may("manage", programme, place) and scope.on_behalf_of("manage", programme, place) is None


def _manages(scope: Scope, delegation: Any, using: str) -> bool:
    """One manages what is delegated: that duty, or all that this user holds."""
    held = Duty.objects.using(using).filter(user=delegation.from_user_id)
    duties = list(held if delegation.duty_id is None else held.filter(pk=delegation.duty_id))
    return bool(duties) and all(scope.may("manage", d.programme, d.place) for d in duties)
