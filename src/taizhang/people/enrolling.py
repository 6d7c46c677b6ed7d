"""Departments and users, and how they log in. They belong to a place and to no programme, so who changes them manages all there."""

from __future__ import annotations

import base64
import secrets
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from taizhang.core import EVERY_PROGRAMME, Scope
from taizhang.people.models import Delegation, Department, Duty, User
from taizhang.people.refusals import Doing, doing
from taizhang.people.rules import need_end, need_manage, need_place, need_words

_SHORTEST_PASSWORD = 8
_LONGEST_LOGIN = 64


def add_department(scope: Scope, *, name: str, place: str, parent: int | None = None, using: str = "default") -> int:
    """A new department of a place, perhaps part of another; its number. One must manage every programme there."""
    with doing(scope, "people.add_department", "新增部门", using) as it:
        need_words(it, name, ("部门名称", "name"))
        need_place(it, place)
        it.settle()
        it.place = place
        need_manage(it, scope, EVERY_PROGRAMME, place)
        if parent is not None:
            _department(it, scope, parent, using)
        it.settle()
        made = Department.objects.using(using).create(name=name.strip(), place=place, parent_id=parent)
        it.detail["department"] = made.pk
    return int(made.pk)


def add_user(
    scope: Scope,
    *,
    name: str,
    login: str,
    department: int,
    since: date | None = None,
    until: date | None = None,
    password: str | None = None,
    using: str = "default",
) -> str:
    """A new user without duties, active from today unless told otherwise; the key. No password: no log-in yet.

    One must manage every programme at the department's place.
    """
    with doing(scope, "people.add_user", "登记用户", using) as it:
        office = _department(it, scope, department, using)
        need_words(it, name, ("姓名", "name"))
        clean = User.normalize_username(login)
        _need_login(it, clean, using)
        if password is not None:
            _need_password(it, password)
        it.settle()
        it.place = office.place
        made = User(key=_new_key(), name=name.strip(), login=clean, department=office, since=since or scope.on, until=until)
        made.set_password(password)
        _save_new(it, made, using)
        it.detail.update(user=made.key, department=department)
    return str(made.key)


def end_user(scope: Scope, user: str, last_day: date, using: str = "default") -> None:
    """Let a user be active up to this day; yesterday locks him out at once. His duties, and who stands in for him, rest from then on."""
    with doing(scope, "people.end_user", "停用用户", using) as it:
        found = _managed(it, scope, user, using)
        it.detail.update(user=user, until=str(last_day))
        need_end(it, scope, found.until, last_day)
        it.settle()
        found.until = last_day
        found.save(using=using, update_fields=["until"])


def set_password(scope: Scope, user: str, password: str, using: str = "default") -> None:
    """A new password: one's own, or of a user of whom one manages the department and every duty.

    Every duty, because who sets a password could log in with it.
    """
    with doing(scope, "people.set_password", "设置密码", using) as it:
        if user != scope.user:
            _managed(it, scope, user, using)
            for programme, place in _powers(user, scope.on, using):
                need_manage(it, scope, programme, place)
        it.detail["user"] = user
        _need_password(it, password)
        it.settle()
        found = User.objects.using(using).select_for_update().get(pk=user)
        found.set_password(password)
        found.save(using=using, update_fields=["password"])


def key_of(login: str, using: str = "default") -> str | None:
    """The key of the user with this login; None if there is none."""
    found = User.objects.using(using).filter(login=User.normalize_username(login)).values_list("key", flat=True).first()
    return None if found is None else str(found)


def _new_key() -> str:
    """A random key that says nothing: 16 lower-case base32 characters."""
    return base64.b32encode(secrets.token_bytes(10)).decode().lower()


def _department(it: Doing, scope: Scope, number: int, using: str) -> Any:
    """A department where one manages every programme."""
    found = Department.objects.using(using).filter(pk=number).first()
    it.need(
        found is not None and scope.may("manage", EVERY_PROGRAMME, found.place),
        ("没有这个部门，或不在您的管理范围内", "there is no such department, or not where you manage"),
        ("您管理其全部专项的部门", "a department of which you manage every programme"),
        ("请由上级管理员办理。", "Ask a manager of the level above."),
    )
    return found


def _managed(it: Doing, scope: Scope, user: str, using: str) -> Any:
    """A user in whose department one manages every programme; Refused if there is none."""
    found = User.objects.using(using).select_for_update().filter(pk=user).first()
    it.need(
        found is not None and scope.may("manage", EVERY_PROGRAMME, found.department.place),
        ("没有这位用户，或不在您的管理范围内", "there is no such user, or not where you manage"),
        ("您管理其部门全部专项的用户", "a user of whose department you manage every programme"),
        ("请由上级管理员办理。", "Ask a manager of the level above."),
    )
    it.settle()
    it.place = found.department.place
    return found


def _powers(user: str, day: date, using: str) -> list[tuple[str, str]]:
    """(programme, place) of what a user may do now or later, delegated duties too."""
    left = Q(until__isnull=True) | Q(until__gte=day)
    standing_in = Delegation.objects.using(using).filter(to_user=user, until__gte=day).values_list("from_user_id", flat=True)
    holders = [user, *standing_in]
    return list(Duty.objects.using(using).filter(left, user__in=holders).values_list("programme", "place").distinct())


def _need_login(it: Doing, login: str, using: str) -> None:
    it.need(
        0 < len(login) <= _LONGEST_LOGIN and login.isprintable() and " " not in login,
        ("登录名为空、过长或含空格", "the login is empty, too long or holds spaces"),
        (f"1 至 {_LONGEST_LOGIN} 个字，不含空格", f"1 to {_LONGEST_LOGIN} characters without spaces"),
        ("请改登录名。", "Change the login."),
    )
    _need_free(it, not User.objects.using(using).filter(login=login).exists())


def _need_free(it: Doing, free: bool) -> None:
    it.need(free, ("登录名已有人使用", "the login is taken"), ("尚未使用的登录名", "a login that is free"), ("请改登录名。", "Change the login."))


def _save_new(it: Doing, user: Any, using: str) -> None:
    """Write the row; another may have taken the login in the meantime."""
    try:
        with transaction.atomic(using=using):
            user.save(using=using, force_insert=True)
    except IntegrityError:
        _need_free(it, False)
        it.settle()


def _need_password(it: Doing, password: str) -> None:
    it.need(
        len(password) >= _SHORTEST_PASSWORD,
        ("密码过短", "the password is too short"),
        (f"至少 {_SHORTEST_PASSWORD} 个字符", f"at least {_SHORTEST_PASSWORD} characters"),
        ("请另设密码。", "Choose another."),
    )
