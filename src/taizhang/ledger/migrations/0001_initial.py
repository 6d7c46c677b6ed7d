"""The tables of a book. Those of the journal are made by `ledger.tables` in the form each database needs."""

import django.db.models.deletion
from django.db import migrations, models

from taizhang.ledger.tables import statements


def make_tables(apps, schema_editor):  # type: ignore[no-untyped-def]
    """The journal's tables and the triggers that keep it."""
    for statement in statements("postgres" if schema_editor.connection.vendor == "postgresql" else "sqlite"):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """The first form."""

    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.CreateModel(
            name="Book",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("origin", models.TextField(unique=True)),
                ("place", models.BigIntegerField()),
                ("title", models.TextField(default="")),
                ("created_at", models.BigIntegerField()),
                ("size", models.BigIntegerField(default=0)),
                ("tops", models.BinaryField(default=b"")),
            ],
            options={
                "db_table": "book",
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                ("path", models.TextField(unique=True)),
                ("level", models.TextField()),
                ("name", models.TextField()),
            ],
            options={
                "db_table": "place",
            },
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("size", models.BigIntegerField()),
                ("root", models.BinaryField()),
                ("time", models.BigIntegerField()),
                ("text", models.TextField()),
                ("book", models.ForeignKey(db_column="book", on_delete=django.db.models.deletion.PROTECT, to="ledger.book")),
            ],
            options={
                "db_table": "checkpoint",
                "indexes": [models.Index(fields=["book", "size"], name="checkpoint_by_size")],
            },
        ),
        migrations.CreateModel(
            name="PackVersion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pack", models.TextField()),
                ("version", models.BigIntegerField()),
                ("sha256", models.TextField()),
                ("files", models.TextField()),
                ("installed_at", models.BigIntegerField()),
                ("book", models.ForeignKey(db_column="book", on_delete=django.db.models.deletion.PROTECT, to="ledger.book")),
            ],
            options={
                "db_table": "pack_version",
                "constraints": [models.UniqueConstraint(fields=("book", "pack", "version"), name="pack_version_once")],
            },
        ),
        migrations.CreateModel(
            name="PlaceCode",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("scheme", models.TextField()),
                ("code", models.TextField()),
                ("name", models.TextField()),
                ("valid_from", models.TextField(null=True)),
                ("valid_to", models.TextField(null=True)),
                ("place", models.ForeignKey(db_column="place", on_delete=django.db.models.deletion.PROTECT, to="ledger.place")),
            ],
            options={
                "db_table": "place_code",
                "constraints": [
                    models.UniqueConstraint(fields=("scheme", "code", "valid_from"), name="place_code_from"),
                    models.UniqueConstraint(condition=models.Q(("valid_from", None)), fields=("scheme", "code"), name="place_code_first"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.TextField()),
                ("type", models.TextField()),
                ("place", models.BigIntegerField()),
                ("day", models.TextField()),
                ("level", models.TextField()),
                ("entries", models.TextField()),
                ("proposed_by", models.TextField()),
                ("proposed_at", models.BigIntegerField()),
                ("state", models.TextField(default="waiting")),
                ("decided_by", models.TextField(null=True)),
                ("decided_at", models.BigIntegerField(null=True)),
                ("why", models.TextField(null=True)),
                ("book", models.ForeignKey(db_column="book", on_delete=django.db.models.deletion.PROTECT, to="ledger.book")),
            ],
            options={
                "db_table": "submission",
                "indexes": [models.Index(fields=["book", "state", "level"], name="submission_waiting")],
                "constraints": [models.UniqueConstraint(fields=("book", "uid"), name="submission_once")],
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(make_tables, elidable=False)],
            state_operations=[
                migrations.CreateModel(
                    name="Balance",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "book", "account", "item", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("book", models.BigIntegerField()),
                        ("account", models.TextField()),
                        ("item", models.TextField()),
                        ("kind", models.TextField()),
                        ("quantity", models.BigIntegerField()),
                        ("last_day", models.TextField()),
                        ("seq", models.BigIntegerField()),
                    ],
                    options={
                        "db_table": "balance",
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        ("pk", models.CompositePrimaryKey("book", "seq", blank=True, editable=False, primary_key=True, serialize=False)),
                        ("book", models.BigIntegerField()),
                        ("seq", models.BigIntegerField()),
                        ("uid", models.TextField()),
                        ("kind", models.TextField()),
                        ("type", models.TextField()),
                        ("place", models.BigIntegerField()),
                        ("day", models.TextField()),
                        ("record", models.TextField(null=True)),
                        ("actor", models.TextField()),
                        ("recorded_at", models.BigIntegerField()),
                        ("data", models.TextField(null=True)),
                        ("sealed", models.TextField(null=True)),
                        ("version", models.BigIntegerField(null=True)),
                        ("item", models.TextField(null=True)),
                        ("quantity", models.BigIntegerField(null=True)),
                        ("source", models.TextField(null=True)),
                        ("target", models.TextField(null=True)),
                        ("due", models.TextField(null=True)),
                        ("strikes", models.TextField(null=True)),
                        ("why", models.TextField(null=True)),
                        ("leaf", models.BinaryField()),
                    ],
                    options={
                        "db_table": "entry",
                    },
                ),
                migrations.CreateModel(
                    name="Loan",
                    fields=[
                        ("pk", models.CompositePrimaryKey("book", "seq", blank=True, editable=False, primary_key=True, serialize=False)),
                        ("book", models.BigIntegerField()),
                        ("seq", models.BigIntegerField()),
                        ("uid", models.TextField()),
                        ("type", models.TextField()),
                        ("item", models.TextField()),
                        ("source", models.TextField()),
                        ("target", models.TextField()),
                        ("quantity", models.BigIntegerField()),
                        ("day", models.TextField()),
                        ("due", models.TextField()),
                        ("renewed", models.BigIntegerField()),
                        ("back", models.BigIntegerField()),
                        ("ended", models.TextField(null=True)),
                    ],
                    options={
                        "db_table": "loan",
                    },
                ),
                migrations.CreateModel(
                    name="Movement",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "book", "day", "account", "item", "seq", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("book", models.BigIntegerField()),
                        ("day", models.TextField()),
                        ("account", models.TextField()),
                        ("item", models.TextField()),
                        ("seq", models.BigIntegerField()),
                        ("quantity", models.BigIntegerField()),
                    ],
                    options={
                        "db_table": "movement",
                    },
                ),
                migrations.CreateModel(
                    name="Node",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "book", "level", "place", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("book", models.BigIntegerField()),
                        ("level", models.BigIntegerField()),
                        ("place", models.BigIntegerField()),
                        ("hash", models.BinaryField()),
                    ],
                    options={
                        "db_table": "node",
                    },
                ),
                migrations.CreateModel(
                    name="Record",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "book", "record", "type", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("book", models.BigIntegerField()),
                        ("record", models.TextField()),
                        ("type", models.TextField()),
                        ("place", models.BigIntegerField()),
                        ("day", models.TextField()),
                        ("seq", models.BigIntegerField()),
                        ("first_seq", models.BigIntegerField()),
                        ("data", models.TextField()),
                        ("sealed", models.TextField()),
                    ],
                    options={
                        "db_table": "record",
                    },
                ),
                migrations.CreateModel(
                    name="RecordKey",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "book", "type", "key", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("book", models.BigIntegerField()),
                        ("type", models.TextField()),
                        ("key", models.TextField()),
                        ("record", models.TextField()),
                    ],
                    options={
                        "db_table": "record_key",
                    },
                ),
                migrations.CreateModel(
                    name="Struck",
                    fields=[
                        ("pk", models.CompositePrimaryKey("book", "seq", blank=True, editable=False, primary_key=True, serialize=False)),
                        ("book", models.BigIntegerField()),
                        ("seq", models.BigIntegerField()),
                        ("by_seq", models.BigIntegerField()),
                    ],
                    options={
                        "db_table": "struck",
                    },
                ),
                migrations.CreateModel(
                    name="Waiting",
                    fields=[
                        ("pk", models.CompositePrimaryKey("book", "seq", blank=True, editable=False, primary_key=True, serialize=False)),
                        ("book", models.BigIntegerField()),
                        ("seq", models.BigIntegerField()),
                        ("uid", models.TextField()),
                        ("type", models.TextField()),
                        ("day", models.TextField()),
                        ("first", models.TextField()),
                        ("names", models.TextField()),
                        ("ended_seq", models.BigIntegerField(null=True)),
                    ],
                    options={
                        "db_table": "waiting",
                    },
                ),
            ],
        ),
    ]
