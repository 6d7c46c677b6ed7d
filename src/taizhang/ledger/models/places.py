"""Places (区划) and the codes and names they have had."""

from __future__ import annotations

from django.db import models


class Place(models.Model):
    """A node of the administrative tree.

    `key` stands in entries and never changes. `path` is the keys from the top, each closed by "/"
    ("43/4310/431023/"), so that a prefix of it rolls up. `name` is the newest one.
    """

    key = models.BigIntegerField(primary_key=True)
    path = models.TextField(unique=True)
    level = models.TextField()
    name = models.TextField()

    class Meta:
        app_label = "ledger"
        db_table = "place"


class PlaceCode(models.Model):
    """What a place was called, by name and by code of a scheme, from a day to a day (YYYY-MM-DD, both included; NULL is open).

    Rows of one (scheme, code) never overlap. Whatever changes a place writes its rows anew, so that
    the greatest id tells whether anything has changed.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, db_column="place")
    scheme = models.TextField()
    code = models.TextField()
    name = models.TextField()
    valid_from = models.TextField(null=True)
    valid_to = models.TextField(null=True)

    class Meta:
        app_label = "ledger"
        db_table = "place_code"
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code", "valid_from"], name="place_code_from"),
            models.UniqueConstraint(fields=["scheme", "code"], condition=models.Q(valid_from=None), name="place_code_first"),
        ]
