"""Figures that were printed, found by the entries they may rest on; made in the form each database needs."""

from django.db import migrations, models

from taizhang.ledger.tables import FROZEN, statements_of


def make_table(apps, schema_editor):  # type: ignore[no-untyped-def]
    """The table of frozen figures."""
    for statement in statements_of(FROZEN, "postgres" if schema_editor.connection.vendor == "postgresql" else "sqlite"):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """Frozen figures."""

    dependencies = [("ledger", "0001_initial")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(make_table)],
            state_operations=[
                migrations.CreateModel(
                    name="Frozen",
                    fields=[
                        ("pk", models.CompositePrimaryKey("book", "seq", blank=True, editable=False, primary_key=True, serialize=False)),
                        ("book", models.BigIntegerField()),
                        ("seq", models.BigIntegerField()),
                        ("indicator", models.TextField()),
                        ("place", models.BigIntegerField()),
                        ("first", models.TextField()),
                        ("last", models.TextField()),
                        ("as_of", models.BigIntegerField()),
                        ("label", models.TextField()),
                    ],
                    options={"db_table": "frozen"},
                ),
            ],
        ),
    ]
