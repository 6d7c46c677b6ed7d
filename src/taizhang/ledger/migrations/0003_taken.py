"""Values that no two records may have the same, and who has them; made in the form each database needs."""

from django.db import migrations, models

from taizhang.ledger.tables import TAKEN, statements_of


def make_table(apps, schema_editor):  # type: ignore[no-untyped-def]
    """The table of values that are taken."""
    for statement in statements_of(TAKEN, "postgres" if schema_editor.connection.vendor == "postgresql" else "sqlite"):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """Values that are taken."""

    dependencies = [("ledger", "0002_frozen")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(make_table)],
            state_operations=[
                migrations.CreateModel(
                    name="Taken",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "book", "type", "key", "record", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("book", models.BigIntegerField()),
                        ("type", models.TextField()),
                        ("key", models.TextField()),
                        ("record", models.TextField()),
                    ],
                    options={"db_table": "taken"},
                ),
            ],
        ),
    ]
