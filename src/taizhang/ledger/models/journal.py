"""Entries and what follows from them, as Django reads them; they are written by plain SQL (`journal`, `derive`)."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One immutable statement of a book; the columns are those of `core.Entry`, `leaf` the hash of its canonical bytes."""

    pk = models.CompositePrimaryKey("book", "seq")
    book = models.BigIntegerField()
    seq = models.BigIntegerField()
    uid = models.TextField()
    kind = models.TextField()
    type = models.TextField()
    place = models.BigIntegerField()
    day = models.TextField()
    record = models.TextField(null=True)
    actor = models.TextField()
    recorded_at = models.BigIntegerField()
    data = models.TextField(null=True)
    sealed = models.TextField(null=True)
    version = models.BigIntegerField(null=True)
    item = models.TextField(null=True)
    quantity = models.BigIntegerField(null=True)
    source = models.TextField(null=True)
    target = models.TextField(null=True)
    due = models.TextField(null=True)
    strikes = models.TextField(null=True)
    why = models.TextField(null=True)
    leaf = models.BinaryField()

    class Meta:
        app_label = "ledger"
        db_table = "entry"


class Node(models.Model):
    """The hash of a complete subtree of the book's tree, from level 8 (256 leaves) up."""

    pk = models.CompositePrimaryKey("book", "level", "place")
    book = models.BigIntegerField()
    level = models.BigIntegerField()
    place = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        app_label = "ledger"
        db_table = "node"


class Struck(models.Model):
    """The entry `seq` was withdrawn by the strike `by_seq`."""

    pk = models.CompositePrimaryKey("book", "seq")
    book = models.BigIntegerField()
    seq = models.BigIntegerField()
    by_seq = models.BigIntegerField()

    class Meta:
        app_label = "ledger"
        db_table = "struck"


class Record(models.Model):
    """The current values of one record in one register: `data` and `sealed` are JSON, a sealed value with the uid it opens by."""

    pk = models.CompositePrimaryKey("book", "record", "type")
    book = models.BigIntegerField()
    record = models.TextField()
    type = models.TextField()
    place = models.BigIntegerField()
    day = models.TextField()
    seq = models.BigIntegerField()
    first_seq = models.BigIntegerField()
    data = models.TextField()
    sealed = models.TextField()

    class Meta:
        app_label = "ledger"
        db_table = "record"


class RecordKey(models.Model):
    """The open natural key (JSON list) of a record in its root register."""

    pk = models.CompositePrimaryKey("book", "type", "key")
    book = models.BigIntegerField()
    type = models.TextField()
    key = models.TextField()
    record = models.TextField()

    class Meta:
        app_label = "ledger"
        db_table = "record_key"


class Taken(models.Model):
    """Values (JSON list) that no two records of a register may have the same: which record has them. `type` is the register's with the fields."""

    pk = models.CompositePrimaryKey("book", "type", "key", "record")
    book = models.BigIntegerField()
    type = models.TextField()
    key = models.TextField()
    record = models.TextField()

    class Meta:
        app_label = "ledger"
        db_table = "taken"


class Movement(models.Model):
    """What an entry added to (or took from) an account, in smallest parts; a strike takes it back on the same day."""

    pk = models.CompositePrimaryKey("book", "day", "account", "item", "seq")
    book = models.BigIntegerField()
    day = models.TextField()
    account = models.TextField()
    item = models.TextField()
    seq = models.BigIntegerField()
    quantity = models.BigIntegerField()

    class Meta:
        app_label = "ledger"
        db_table = "movement"


class Balance(models.Model):
    """What an account holds of an item, in smallest parts; `kind` is the item's kind, `last_day` the latest day moved."""

    pk = models.CompositePrimaryKey("book", "account", "item")
    book = models.BigIntegerField()
    account = models.TextField()
    item = models.TextField()
    kind = models.TextField()
    quantity = models.BigIntegerField()
    last_day = models.TextField()
    seq = models.BigIntegerField()

    class Meta:
        app_label = "ledger"
        db_table = "balance"


class Loan(models.Model):
    """What was lent by the entry `seq`, and how it stands."""

    pk = models.CompositePrimaryKey("book", "seq")
    book = models.BigIntegerField()
    seq = models.BigIntegerField()
    uid = models.TextField()
    type = models.TextField()
    item = models.TextField()
    source = models.TextField()
    target = models.TextField()
    quantity = models.BigIntegerField()
    day = models.TextField()
    due = models.TextField()
    renewed = models.BigIntegerField()
    back = models.BigIntegerField()
    ended = models.TextField(null=True)

    class Meta:
        app_label = "ledger"
        db_table = "loan"


class Waiting(models.Model):
    """An open entry (a hold, an offer): `first` is the record it stands under, `names` (JSON) all it names."""

    pk = models.CompositePrimaryKey("book", "seq")
    book = models.BigIntegerField()
    seq = models.BigIntegerField()
    uid = models.TextField()
    type = models.TextField()
    day = models.TextField()
    first = models.TextField()
    names = models.TextField()
    ended_seq = models.BigIntegerField(null=True)

    class Meta:
        app_label = "ledger"
        db_table = "waiting"


class Frozen(models.Model):
    """A figure as it was printed: its question, and the last entry it counted; the entry `seq` says the rest."""

    pk = models.CompositePrimaryKey("book", "seq")
    book = models.BigIntegerField()
    seq = models.BigIntegerField()
    indicator = models.TextField()
    place = models.BigIntegerField()
    first = models.TextField()
    last = models.TextField()
    as_of = models.BigIntegerField()
    label = models.TextField()

    class Meta:
        app_label = "ledger"
        db_table = "frozen"
