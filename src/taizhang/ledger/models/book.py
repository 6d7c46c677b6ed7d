"""A book and what stands beside its journal: checkpoints, pack versions, submissions."""

from __future__ import annotations

from django.db import models


class Book(models.Model):
    """The standing ledger of one body. `size` entries so far; `tops` are the tree's complete subtrees, largest first."""

    id = models.BigAutoField(primary_key=True)
    origin = models.TextField(unique=True)
    place = models.BigIntegerField()
    title = models.TextField(default="")
    created_at = models.BigIntegerField()
    size = models.BigIntegerField(default=0)
    tops = models.BinaryField(default=b"")

    class Meta:
        app_label = "ledger"
        db_table = "book"


class Checkpoint(models.Model):
    """A signed root at a size, as text."""

    id = models.BigAutoField(primary_key=True)
    book = models.ForeignKey(Book, models.PROTECT, db_column="book")
    size = models.BigIntegerField()
    root = models.BinaryField()
    time = models.BigIntegerField()
    text = models.TextField()

    class Meta:
        app_label = "ledger"
        db_table = "checkpoint"
        indexes = [models.Index(fields=["book", "size"], name="checkpoint_by_size")]


class PackVersion(models.Model):
    """A pack as it was installed: `files` (JSON: path → text) make it again, `sha256` is its version hash."""

    id = models.BigAutoField(primary_key=True)
    book = models.ForeignKey(Book, models.PROTECT, db_column="book")
    pack = models.TextField()
    version = models.BigIntegerField()
    sha256 = models.TextField()
    files = models.TextField()
    installed_at = models.BigIntegerField()

    class Meta:
        app_label = "ledger"
        db_table = "pack_version"
        constraints = [models.UniqueConstraint(fields=["book", "pack", "version"], name="pack_version_once")]


class Submission(models.Model):
    """Entries of one act, proposed and waiting for a review of `level`; `entries` are their canonical bytes, one a line."""

    id = models.BigAutoField(primary_key=True)
    book = models.ForeignKey(Book, models.PROTECT, db_column="book")
    uid = models.TextField()
    type = models.TextField()
    place = models.BigIntegerField()
    day = models.TextField()
    level = models.TextField()
    entries = models.TextField()
    proposed_by = models.TextField()
    proposed_at = models.BigIntegerField()
    state = models.TextField(default="waiting")
    decided_by = models.TextField(null=True)
    decided_at = models.BigIntegerField(null=True)
    why = models.TextField(null=True)

    class Meta:
        app_label = "ledger"
        db_table = "submission"
        indexes = [models.Index(fields=["book", "state", "level"], name="submission_waiting")]
        constraints = [models.UniqueConstraint(fields=["book", "uid"], name="submission_once")]

