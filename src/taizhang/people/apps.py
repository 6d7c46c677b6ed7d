"""The people as an application of Django."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Users, duties and the log of acts."""

    name = "taizhang.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
