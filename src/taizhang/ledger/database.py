"""Where a book's tables are: Django set up for one database, SQLite or PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.recorder import MigrationRecorder

APPS = ("taizhang.people", "taizhang.ledger")
BUSY_SECONDS = 60
MIGRATING = 0x7461697A68616E67
"""The number under which programs wait for one another on PostgreSQL before they change tables: "taizhang" in ASCII."""
PREPARED_FROM = 2
"""A statement that PostgreSQL was told so often is kept there, planned."""
# The checkpoint at the end makes safe what a process left in the log that died of a failed sync: it can be seen, and is on no disk yet.
# Without recursive triggers, INSERT OR REPLACE would delete an entry past the trigger that keeps it.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=8000; PRAGMA cache_size=-131072; PRAGMA temp_store=MEMORY; "
    "PRAGMA recursive_triggers=ON; PRAGMA wal_checkpoint;"
)


class BadAddress(ValueError):
    """An address of a database that cannot be read."""


def connect(address: str | Path, alias: str = "default") -> str:
    """Make the database at `address` (a path, or postgresql://…) known under an alias; nothing is opened yet."""
    wanted = described(address)
    prepare()
    if alias in connections.settings:
        if connections[alias].vendor != "unknown":  # Django's stand-in for no database cannot be closed
            connections[alias].close()
        del connections[alias]
    connections.settings[alias] = connections.configure_settings({"default": wanted})["default"]
    return alias


def prepare() -> None:
    """Set Django up without a database, where no settings of a server are there; whoever imports tables comes after this."""
    if settings.configured or os.environ.get("DJANGO_SETTINGS_MODULE"):
        return
    settings.configure(
        DATABASES={},
        INSTALLED_APPS=list(APPS),
        USE_TZ=True,
        TIME_ZONE="Asia/Shanghai",
        LANGUAGE_CODE="zh-hans",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        AUTH_USER_MODEL="people.User",
        SECRET_KEY="unused: nothing is signed or served here",
    )
    django.setup()


def migrate(alias: str = "default", then: Callable[[tuple[str, ...]], object] = lambda _: None) -> tuple[str, ...]:
    """Bring the tables to this program's form, all of it or nothing, while nobody else writes; the migrations that were wanting.

    What is wanting is read again once the book is held: of two programs that come at once the second has nothing left to do.
    `then` fills what is new, in the same transaction.
    """
    with _without_foreign_keys(alias), transaction.atomic(using=alias):
        _alone(alias)
        wanting = tuple(name for app, name in sorted(shipped() - set(MigrationRecorder(connections[alias]).applied_migrations())))
        if wanting:
            call_command("migrate", database=alias, verbosity=0, interactive=False)
            then(wanting)
    return wanting


@cache
def shipped() -> frozenset[tuple[str, str]]:
    """The migrations this program knows: the label of the application, and the name."""
    folders = {app.rpartition(".")[2]: import_module(f"{app}.migrations").__path__ for app in APPS}
    return frozenset((label, module.name) for label, path in folders.items() for module in iter_modules(path))


def _alone(alias: str) -> None:
    """Wait until nobody else changes tables or writes to the book; on SQLite the transaction itself began so."""
    connection = connections[alias]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MIGRATING])
        cursor.execute("SELECT to_regclass('book')")
        if cursor.fetchone()[0]:
            cursor.execute("SELECT id FROM book FOR UPDATE")


@contextmanager
def _without_foreign_keys(alias: str) -> Iterator[None]:
    """SQLite lets tables be made anew only where foreign keys are not enforced, which cannot be changed within a transaction."""
    connection = connections[alias]
    if connection.vendor != "sqlite":
        yield
        return
    connection.disable_constraint_checking()
    try:
        yield
    finally:
        connection.enable_constraint_checking()


def described(address: str | Path) -> dict[str, Any]:
    """The database as Django wants it told; BadAddress when the address cannot be read."""
    text = str(address)
    if "://" not in text:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": text,
            "OPTIONS": {"timeout": BUSY_SECONDS, "transaction_mode": "IMMEDIATE", "init_command": SQLITE_PRAGMAS},
        }
    parts = urlsplit(text)
    if parts.scheme not in ("postgres", "postgresql"):
        raise BadAddress(f"{parts.scheme}:// is no address of a PostgreSQL (postgresql://user@host/name)")
    try:
        port = str(parts.port or "")
    except ValueError:
        raise BadAddress("the port is no number") from None
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise BadAddress("it names no database (postgresql://user@host/name)")
    asked = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or asked.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": asked.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": port,
        "OPTIONS": asked | {"prepare_threshold": _prepared_from(asked)},
    }


def _prepared_from(asked: Mapping[str, str]) -> int | None:
    """From which time on a statement is kept; `?prepare_threshold=none` keeps none, as some poolers of connections need it."""
    told = asked.get("prepare_threshold", str(PREPARED_FROM))
    return int(told) if told.isdecimal() else None
