"""Tables of users, departments, duties, delegations and the log of acts.

Places are paths in plain text ("43/4310/431023/"): the tables of places stand on a higher floor. Days are inclusive:
what holds `until` a day holds on it. Nothing here is ever deleted; a duty ends.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from taizhang.core.days import civil_today
from taizhang.core.scope import ROLES

_KEY = 64
_PATH = 255
_WORDS = 300


def in_force(day: date, prefix: str = "") -> models.Q:
    """What has begun and has not ended on a day; `prefix` leads to the row that has the days."""
    open_end = models.Q(**{f"{prefix}until__isnull": True}) | models.Q(**{f"{prefix}until__gte": day})
    return models.Q(**{f"{prefix}since__lte": day}) & open_end


class Department(models.Model):
    """An office: of a place, perhaps part of another office."""

    name = models.CharField(max_length=_WORDS)
    place = models.CharField(max_length=_PATH)
    parent = models.ForeignKey("self", models.PROTECT, null=True)


class UserManager(BaseUserManager):
    """Users by login."""

    def get_by_natural_key(self, username: str | None) -> Any:
        """The user who logs in so."""
        return self.get(login=User.normalize_username(username or ""))


class User(AbstractBaseUser):
    """Somebody who works with the book. `key` says nothing and stands in entries as their actor.

    No `last_login` is kept: nobody is to be counted by it.
    """

    last_login = None
    key = models.CharField(max_length=_KEY, primary_key=True)
    name = models.CharField(max_length=_WORDS)
    login = models.CharField(max_length=64, unique=True)
    department = models.ForeignKey(Department, models.PROTECT)
    since = models.DateField()
    until = models.DateField(null=True)

    objects = UserManager()

    USERNAME_FIELD = "login"

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """A login in the one form that is kept: width and case do not count."""
        return unicodedata.normalize("NFKC", username).strip().casefold()

    @property
    def is_active(self) -> bool:
        """True today: what the log-in asks."""
        day = civil_today()
        return bool(self.since <= day and (self.until is None or day <= self.until))


class Duty(models.Model):
    """A role of a user at a place and below, in a programme or in every one ("*"), from a day to a day or open."""

    user = models.ForeignKey(User, models.PROTECT)
    role = models.CharField(max_length=32)
    place = models.CharField(max_length=_PATH)
    programme = models.CharField(max_length=64)
    since = models.DateField()
    until = models.DateField(null=True)
    granted_by = models.CharField(max_length=_KEY)
    reason = models.CharField(max_length=_WORDS)

    class Meta:
        """The roles are the closed list of core."""

        constraints = (models.CheckConstraint(condition=models.Q(role__in=ROLES), name="people_duty_role"),)


class Delegation(models.Model):
    """A user's duties, or one of them, done by another from a day to a day."""

    from_user = models.ForeignKey(User, models.PROTECT, related_name="delegated")
    to_user = models.ForeignKey(User, models.PROTECT, related_name="standing_in")
    duty = models.ForeignKey(Duty, models.PROTECT, null=True)
    since = models.DateField()
    until = models.DateField()
    made_by = models.CharField(max_length=_KEY)
    reason = models.CharField(max_length=_WORDS)


class Act(models.Model):
    """One line of the log: who did or was refused what. Triggers refuse to change or delete it.

    They are made by the first migration. A later one that alters this table must make them again on SQLite, which
    copies a table to alter it.
    """

    at = models.BigIntegerField()
    user_key = models.CharField(max_length=_KEY)
    on_behalf_of = models.CharField(max_length=_KEY, null=True)
    act = models.CharField(max_length=64)
    programme = models.CharField(max_length=64)
    place = models.CharField(max_length=_PATH)
    record = models.CharField(max_length=64, null=True)
    first_seq = models.BigIntegerField(null=True)
    entries = models.BigIntegerField(null=True)
    refused = models.TextField(null=True)
    detail = models.TextField(null=True)

    class Meta:
        """What somebody did, and what was done with a record, is found without reading the whole log."""

        indexes = (
            models.Index(fields=("user_key", "id"), name="people_act_user"),
            models.Index(fields=("record",), name="people_act_record", condition=models.Q(record__isnull=False)),
        )
