"""Giving duties and ending them."""

from __future__ import annotations

from datetime import date

from taizhang.core import DutyRole, Scope
from taizhang.people.models import Duty
from taizhang.people.refusals import doing
from taizhang.people.rules import need_days, need_end, need_grant, need_manage, need_other, need_user, need_words


def give_duty(
    scope: Scope,
    *,
    user: str,
    role: DutyRole,
    place: str,
    programme: str,
    reason: str,
    since: date | None = None,
    until: date | None = None,
    using: str = "default",
) -> int:
    """Give a user a role at a place path in a programme ("*" for every one), from today unless told otherwise; its number.

    Refused unless one manages that programme at that place, and for oneself.
    """
    first = since or scope.on
    with doing(scope, "people.give_duty", "授予职责", using) as it:
        if need_grant(it, role, place, programme):
            it.detail.update(user=user, role=role, since=str(first), until=None if until is None else str(until))
            need_manage(it, scope, programme, place)
        need_other(it, scope, user)
        need_user(it, user, using)
        need_days(it, scope, first, until)
        need_words(it, reason, ("事由", "reason"))
        it.settle()
        duty = Duty.objects.using(using).create(
            user_id=user, role=role, place=place, programme=programme, since=first, until=until, granted_by=scope.user, reason=reason
        )
        it.detail["duty"] = duty.pk
    return int(duty.pk)


def end_duty(scope: Scope, duty: int, last_day: date, using: str = "default") -> None:
    """Let a duty end with this day; yesterday ends it at once. What was delegated of it ends with it.

    Refused unless one manages its programme at its place; a duty elsewhere is answered like one that does not exist.
    """
    with doing(scope, "people.end_duty", "终止职责", using) as it:
        found = Duty.objects.using(using).select_for_update().filter(pk=duty).first()
        within = found is not None and scope.may("manage", found.programme, found.place)
        it.need(
            within,
            ("没有这项职责，或不在您的管理范围内", "there is no such duty, or not where you manage"),
            ("您所管理的职责", "a duty that you manage"),
            ("请由上级管理员办理。", "Ask a manager of the level above."),
        )
        it.settle()
        it.programme, it.place = found.programme, found.place
        it.detail.update(duty=duty, user=found.user_id, until=str(last_day))
        need_end(it, scope, found.until, last_day)
        it.settle()
        found.until = last_day
        found.save(using=using, update_fields=["until"])
