"""The tables of people, and the triggers that keep the log of acts append only."""

from __future__ import annotations

from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models

REFUSE = "BEGIN SELECT RAISE(ABORT, 'the log of acts is append only'); END"
SQLITE = (
    f"CREATE TRIGGER people_act_no_update BEFORE UPDATE ON people_act {REFUSE}",
    f"CREATE TRIGGER people_act_no_delete BEFORE DELETE ON people_act {REFUSE}",
    # INSERT OR REPLACE deletes without asking the trigger above.
    f"CREATE TRIGGER people_act_no_replace BEFORE INSERT ON people_act WHEN EXISTS (SELECT 1 FROM people_act WHERE id = NEW.id) {REFUSE}",
)
POSTGRES = (
    """
    CREATE FUNCTION people_act_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the log of acts is append only' USING ERRCODE = 'restrict_violation'; END $$
    """,
    "CREATE TRIGGER people_act_no_change BEFORE UPDATE OR DELETE ON people_act FOR EACH ROW EXECUTE FUNCTION people_act_refuse()",
    "CREATE TRIGGER people_act_no_truncate BEFORE TRUNCATE ON people_act FOR EACH STATEMENT EXECUTE FUNCTION people_act_refuse()",
    # Not even a session that plays the replica goes past them.
    "ALTER TABLE people_act ENABLE ALWAYS TRIGGER people_act_no_change",
    "ALTER TABLE people_act ENABLE ALWAYS TRIGGER people_act_no_truncate",
)


def add_triggers(apps: Any, schema_editor: Any) -> None:
    """Let the database itself refuse to change or delete a line of the log."""
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop_triggers(apps: Any, schema_editor: Any) -> None:
    """Before the table goes; on SQLite its triggers go with it."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION people_act_refuse() CASCADE")


class Migration(migrations.Migration):
    """The first form of the tables."""

    initial = True

    dependencies: ClassVar[list[tuple[str, str]]] = []

    operations: ClassVar[list[Any]] = [
        migrations.CreateModel(
            name="Act",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.BigIntegerField()),
                ("user_key", models.CharField(max_length=64)),
                ("on_behalf_of", models.CharField(max_length=64, null=True)),
                ("act", models.CharField(max_length=64)),
                ("programme", models.CharField(max_length=64)),
                ("place", models.CharField(max_length=255)),
                ("record", models.CharField(max_length=64, null=True)),
                ("first_seq", models.BigIntegerField(null=True)),
                ("entries", models.BigIntegerField(null=True)),
                ("refused", models.TextField(null=True)),
                ("detail", models.TextField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["user_key", "id"], name="people_act_user"),
                    models.Index(condition=models.Q(("record__isnull", False)), fields=["record"], name="people_act_record"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Department",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300)),
                ("place", models.CharField(max_length=255)),
                ("parent", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="people.department")),
            ],
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=300)),
                ("login", models.CharField(max_length=64, unique=True)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("department", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="people.department")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=32)),
                ("place", models.CharField(max_length=255)),
                ("programme", models.CharField(max_length=64)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("granted_by", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=300)),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="people.user")),
            ],
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("made_by", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=300)),
                ("from_user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="delegated", to="people.user")),
                ("to_user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="standing_in", to="people.user")),
                ("duty", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="people.duty")),
            ],
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        (
                            "view",
                            "enter",
                            "review_village",
                            "review_township",
                            "review_county",
                            "review_prefecture",
                            "review_province",
                            "reveal",
                            "manage",
                            "audit",
                        ),
                    )
                ),
                name="people_duty_role",
            ),
        ),
        migrations.RunPython(add_triggers, drop_triggers),
    ]
