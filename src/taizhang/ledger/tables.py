"""The tables of the journal and what follows from it, each column once, for SQLite and PostgreSQL.

Django's models describe the same tables for reading; this is their exact form: texts compare by code point, tables that
are read by their key are clustered by it where the database can, and triggers keep entries as they were written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from taizhang.ledger.store import Dialect

_TYPES: Mapping[Dialect, Mapping[str, str]] = {
    "sqlite": {"int": "INTEGER", "text": "TEXT", "bytes": "BLOB"},
    "postgres": {"int": "BIGINT", "text": 'TEXT COLLATE "C"', "bytes": "BYTEA"},
}


@dataclass(frozen=True)
class Table:
    """A table: its columns (`name type`, with `?` behind a type that may be absent), key, and indexes."""

    name: str
    spec: str
    key: tuple[str, ...]
    indexes: tuple[tuple[str, str], ...] = ()

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(part.split()[0] for part in self.spec.split(","))

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """What each column holds: int, text or bytes, with `?` behind where it may be absent."""
        return tuple(part.split()[1] for part in self.spec.split(","))

    def create(self, dialect: Dialect) -> Iterator[str]:
        """The statements that make it."""
        types = _TYPES[dialect]
        columns = [self._column(part.split(), types) for part in self.spec.split(",")]
        tail = " WITHOUT ROWID" if dialect == "sqlite" else ""
        yield f"CREATE TABLE {self.name} ({', '.join(columns)}, PRIMARY KEY ({', '.join(self.key)})){tail}"
        for name, rest in self.indexes:
            unique = "UNIQUE " if name.startswith("unique_") else ""
            yield f"CREATE {unique}INDEX {self.name}_{name} ON {self.name} {rest}"

    @staticmethod
    def _column(words: list[str], types: Mapping[str, str]) -> str:
        kind = words[1]
        return f"{words[0]} {types[kind.rstrip('?')]}{'' if kind.endswith('?') else ' NOT NULL'}"


ENTRY = Table(
    "entry",
    "book int, seq int, uid text, kind text, type text, place int, day text, record text?, actor text, recorded_at int, data text?,"
    "sealed text?, version int?, item text?, quantity int?, source text?, target text?, due text?, strikes text?, why text?, leaf bytes",
    ("book", "seq"),
    (("unique_uid", "(book, uid)"), ("by_day", "(book, day, record)")),
)
NODE = Table("node", "book int, level int, place int, hash bytes", ("book", "level", "place"))
STRUCK = Table("struck", "book int, seq int, by_seq int", ("book", "seq"))
RECORD = Table(
    "record",
    "book int, record text, type text, place int, day text, seq int, first_seq int, data text, sealed text",
    ("book", "record", "type"),
    (("by_type", "(book, type, record)"),),
)
RECORD_KEY = Table("record_key", "book int, type text, key text, record text", ("book", "type", "key"), (("by_record", "(book, record)"),))
MOVEMENT = Table(
    "movement", "book int, day text, account text, item text, seq int, quantity int", ("book", "day", "account", "item", "seq")
)
BALANCE = Table(
    "balance",
    "book int, account text, item text, kind text, quantity int, last_day text, seq int",
    ("book", "account", "item"),
    (("by_item", "(book, item, account)"),),
)
LOAN = Table(
    "loan",
    "book int, seq int, uid text, type text, item text, source text, target text, quantity int, day text, due text, renewed int,"
    "back int, ended text?",
    ("book", "seq"),
    (("by_uid", "(book, uid)"), ("standing", "(book, item, seq) WHERE ended IS NULL"), ("by_due", "(book, due) WHERE ended IS NULL")),
)
WAITING = Table(
    "waiting",
    "book int, seq int, uid text, type text, day text, first text, names text, ended_seq int?",
    ("book", "seq"),
    (("standing", "(book, type, first, seq) WHERE ended_seq IS NULL"), ("by_end", "(book, ended_seq)")),
)

FROZEN = Table(
    "frozen",
    "book int, seq int, indicator text, place int, first text, last text, as_of int, label text",
    ("book", "seq"),
    (("by_as_of", "(book, as_of)"),),
)

TAKEN = Table("taken", "book int, type text, key text, record text", ("book", "type", "key", "record"), (("by_record", "(book, record)"),))

_FIRST = (STRUCK, RECORD, RECORD_KEY, MOVEMENT, BALANCE, LOAN, WAITING)
DERIVED = (*_FIRST, FROZEN, TAKEN)
"""What follows from the entries alone: `rebuild` makes it anew, `verify` compares."""
TABLES = (ENTRY, NODE, *_FIRST)
"""Those of the first migration; each later one brings its own."""

KEEPING = {
    "sqlite": (
        "CREATE TRIGGER entry_is_not_changed BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END",
        "CREATE TRIGGER entry_is_not_deleted BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END",
    ),
    "postgres": (
        """CREATE FUNCTION entry_is_kept() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE EXCEPTION 'an entry is never changed or deleted'; END $$""",
        "CREATE TRIGGER entry_is_not_changed BEFORE UPDATE OR DELETE ON entry FOR EACH ROW EXECUTE FUNCTION entry_is_kept()",
        "CREATE TRIGGER entry_is_not_emptied BEFORE TRUNCATE ON entry FOR EACH STATEMENT EXECUTE FUNCTION entry_is_kept()",
    ),
}
"""The triggers that refuse to change or delete an entry."""


SUPPOSED = 1_000_000
"""How many rows SQLite is to expect of a table."""


def statements(dialect: Dialect) -> Iterator[str]:
    """Everything the migration runs."""
    for table in TABLES:
        yield from table.create(dialect)
    yield from KEEPING[dialect]
    if dialect == "sqlite":
        yield from _sizes()


def statements_of(table: Table, dialect: Dialect) -> Iterator[str]:
    """Everything the migration runs that brings one more table."""
    yield from table.create(dialect)
    if dialect == "sqlite":
        yield from _sizes((table,))


def _sizes(tables: Iterable[Table] = TABLES) -> Iterator[str]:
    """What SQLite is told of sizes: its own guess is that few rows have one value of `book`, though all of them have.

    It then reads a table from end to end where another column of an index would have found the one row asked for.
    """
    yield "ANALYZE sqlite_schema"
    for table in tables:
        yield _size(table.name, table.name, table.key, SUPPOSED, unique=True)
        for name, rest in table.indexes:
            columns = tuple(rest[1 : rest.index(")")].split(", "))
            rows = SUPPOSED // 100 if "WHERE" in rest else SUPPOSED
            yield _size(table.name, f"{table.name}_{name}", columns, rows, unique=name.startswith("unique_"))
    yield "ANALYZE sqlite_schema"


def _size(table: str, index: str, columns: tuple[str, ...], rows: int, unique: bool) -> str:
    """A row of sqlite_stat1: how many rows there are, then how many have the same first column, the same first two …"""
    alike = [rows, *(max(rows // 1000**n, 10) for n in range(1, len(columns)))]
    if unique:
        alike[-1] = 1
    return f"INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('{table}', '{index}', '{' '.join(map(str, [rows, *alike]))}')"
