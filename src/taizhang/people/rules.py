"""What must hold before anything about people is changed, and how it is said when it does not."""

from __future__ import annotations

from datetime import date, timedelta

from taizhang.core import EVERY_PROGRAMME, ROLE_TITLES, DutyRole, Grant, Scope
from taizhang.core.scope import is_path
from taizhang.people.models import User
from taizhang.people.refusals import Doing, Pair

LONGEST = 300
_ROLES = "、".join(f"{role} {titles[0]}" for role, titles in ROLE_TITLES.items())


def need_manage(it: Doing, scope: Scope, programme: str, place: str) -> None:
    """Who acts manages this programme at this place ("*": every programme)."""
    it.need(
        scope.may("manage", programme, place),
        ("您不管理此区划的这一专项", "you do not manage this programme at this place"),
        ("您所管理的区划和专项之内", "a place and a programme that you manage"),
        ("请由上级管理员办理。", "Ask a manager of the level above."),
    )


def need_other(it: Doing, scope: Scope, user: str) -> None:
    """Who acts is not the one who gains by it."""
    it.need(
        user != scope.user,
        ("授予的对象是您本人", "this is for yourself"),
        ("另一位管理员授予", "another manager to give it"),
        ("请由另一位管理员办理。", "Ask another manager."),
    )


def need_grant(it: Doing, role: str, place: str, programme: str) -> bool:
    """Role, place and programme are such; when they are, the line in the log names them."""
    role_is, place_is, programme_is = role in ROLE_TITLES, is_path(place), _accepted("view", "", programme)
    it.need(role_is, ("没有这种角色", "there is no such role"), (_ROLES, ", ".join(ROLE_TITLES)), ("请改用上列角色。", "Use one of these."))
    need_place(it, place)
    it.need(
        programme_is,
        ("专项名称不合规范", "this is no name of a programme"),
        ("专项包的名称，或 * 表示全部专项", "the name of a pack, or * for every programme"),
        ("请改写。", "Write it so."),
    )
    it.place, it.programme = place * place_is, programme * programme_is
    return role_is and place_is and programme_is


def need_place(it: Doing, place: str) -> None:
    """A place is a path of keys."""
    it.need(
        is_path(place),
        ("区划路径不合规范", "this is no path of a place"),
        ("各级区划键以 / 相连并以 / 结尾，如 43/4310/431023/", "keys from the top, each closed by /, such as 43/4310/431023/"),
        ("请改写。", "Write it so."),
    )


def need_words(it: Doing, words: str, what: Pair) -> None:
    """A name or reason says something, and not too much."""
    it.need(
        0 < len(words.strip()) <= LONGEST and words.isprintable(),
        (f"{what[0]}为空、过长或含控制字符", f"{what[1]} is empty, too long or holds control characters"),
        (f"1 至 {LONGEST} 个字", f"1 to {LONGEST} characters"),
        (f"请填写{what[0]}。", f"Write the {what[1]}."),
    )


def need_user(it: Doing, user: str, using: str) -> None:
    """There is a user of this key."""
    it.need(
        User.objects.using(using).filter(pk=user).exists(),
        ("没有这位用户", "there is no such user"),
        ("已登记的用户", "a user who is registered"),
        ("请先登记用户。", "Register the user first."),
    )


def need_days(it: Doing, scope: Scope, since: date, until: date | None) -> None:
    """A period begins today or later and does not end before it begins."""
    it.need(
        since >= scope.on,
        (f"开始日 {since} 已过", f"the first day {since} is past"),
        (f"{scope.on} 或以后", f"{scope.on} or later"),
        ("职责不能追溯，请改开始日。", "A duty is not given for days gone by; change the first day."),
    )
    it.need(
        until is None or since <= until,
        (f"末日 {until} 早于开始日 {since}", f"the last day {until} is before the first day {since}"),
        ("不早于开始日", "no day before the first"),
        ("请改末日。", "Change the last day."),
    )


def need_end(it: Doing, scope: Scope, until: date | None, last_day: date) -> None:
    """What is ended ends with yesterday or later, and earlier than it would have."""
    yesterday = scope.on - timedelta(days=1)
    it.need(
        last_day >= yesterday,
        (f"末日 {last_day} 已过", f"the last day {last_day} is past"),
        (f"{yesterday}（即刻停止）或以后", f"{yesterday} (at once) or later"),
        ("请改末日。", "Change the last day."),
    )
    it.need(
        until is None or last_day <= until,
        (f"原定于 {until} 结束", f"it ends on {until} already"),
        ("不晚于原定末日", "no later day"),
        ("要延长，请另行授予。", "To prolong it, give it anew."),
    )


def _accepted(role: DutyRole, place: str, programme: str) -> bool:
    try:
        Grant(role, place, programme or EVERY_PROGRAMME)
    except ValueError:
        return False
    return programme != ""
