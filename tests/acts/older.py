"""Books as an older program left them, and programs that open one at once or are cut off while they do."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from django.db import connections

from taizhang.ledger.book import Book
from taizhang.ledger.database import connect
from taizhang.ledger.store import DjangoStore

TABLES = {"0002_frozen": "frozen", "0003_taken": "taken"}
"""What each migration after the first brought."""
ROOT = Path(__file__).parents[2]
CUT = 9
_numbers = itertools.count(1)


def made_older(folder: Path, address: str, *names: str) -> None:
    """Take from a closed book what these migrations brought, and their names."""
    with closing(Book.open(folder, database=address or None, alias=f"older-{next(_numbers)}")) as book:
        for name in names:
            book.store.run(f"DROP TABLE {TABLES[name]}")
            if book.store.dialect == "sqlite":
                book.store.run("DELETE FROM sqlite_stat1 WHERE tbl = ?", [TABLES[name]])
            book.store.run("DELETE FROM django_migrations WHERE name = ?", [name])


def opened(folder: Path, address: str) -> Book:
    """The book as a program of today opens it."""
    return Book.open(folder, database=address or None, alias=f"opened-{next(_numbers)}")


def migrations(folder: Path, address: str) -> list[str]:
    """The migrations a book has had, read without opening it."""
    alias = connect(address or folder / "book.sqlite3", f"looked-{next(_numbers)}")
    try:
        return [name for (name,) in DjangoStore(alias).rows("SELECT name FROM django_migrations WHERE app = 'ledger' ORDER BY name")]
    finally:
        connections[alias].close()


def layout(store: DjangoStore) -> list[tuple[object, ...]]:
    """Every table, index and trigger, as the database describes them; on SQLite with the sizes it was told."""
    if store.dialect == "sqlite":
        sizes = store.rows("SELECT tbl, idx, stat FROM sqlite_stat1 WHERE tbl IN ('frozen', 'taken') ORDER BY idx")
        return [*store.rows("SELECT type, name, sql FROM sqlite_schema WHERE name <> 'sqlite_stat1' ORDER BY type, name"), *sizes]
    columns = """SELECT table_name, column_name, data_type, is_nullable, coalesce(collation_name, '') FROM information_schema.columns
        WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position"""
    return [*store.rows(columns), *store.rows("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1")]


def programs(folder: Path, address: str, cuts: Iterable[int]) -> list[tuple[int, str]]:
    """Processes that open the book at once, each cut off before that statement of its upgrade (0: never); how each ended, and what it said."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    command = [sys.executable, "-W", "ignore", "-m", "tests.acts.older", str(folder), address]
    running = [
        subprocess.Popen([*command, str(cut)], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for cut in cuts
    ]
    return [(one.returncode, out + err[-2000:]) for one in running for out, err in [one.communicate(timeout=300)]]


def main(folder: str, address: str, cut: str) -> None:
    """Open the book; die as a process without power does, before a statement that writes."""
    told = itertools.count(1)

    def dying(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        if sql.lstrip().upper().startswith(("CREATE", "INSERT", "DELETE", "SELECT PG_ADVISORY", "UPDATE", "ANALYZE")) and next(told) == int(cut):
            os._exit(CUT)
        return execute(sql, params, many, context)

    alias = connect(address or Path(folder) / "book.sqlite3")
    from taizhang.ledger import upgrading

    migrate = upgrading.migrate

    def watched(name, then):  # type: ignore[no-untyped-def]
        with connections[alias].execute_wrapper(dying):
            return migrate(name, then)

    upgrading.migrate = watched
    print(*Book.open(Path(folder), database=address or None).brought_up)


if __name__ == "__main__":
    main(*sys.argv[1:])
