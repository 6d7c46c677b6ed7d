"""What figures are compared with: DuckDB's own table of the same rows, and PostgreSQL in the layout of DHIS2.

DHIS2 keeps one row for each data value (its element, period, place and category options, the value as text) and joins the tables it
makes of the hierarchies of periods, places and categories. An entry that stands is one data value here; what would be the same key
(day, township, kind and vehicle) is told apart by the attribute option.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import psycopg
import pyarrow as pa

from taizhang.cube.shelf import Reading, Shelf

TYPE = "traffic.violation"
COLUMNS = "own, seq, sign, day, place, record, f_kind, f_vehicle, f_fine"
LAYOUT = """
CREATE TABLE datavalue (dataelementid bigint NOT NULL, periodid bigint NOT NULL, sourceid bigint NOT NULL, categoryoptioncomboid bigint
  NOT NULL, attributeoptioncomboid bigint NOT NULL, value varchar(50000), storedby varchar(255), lastupdated timestamp, comment varchar(50000),
  followup boolean, created timestamp, deleted boolean NOT NULL);
CREATE TABLE _periodstructure (periodid bigint PRIMARY KEY, iso text, daily text, monthly text, quarterly text, yearly text);
CREATE TABLE _orgunitstructure (organisationunitid bigint PRIMARY KEY, level int, idlevel1 bigint, idlevel2 bigint, idlevel3 bigint);
CREATE TABLE _categorystructure (categoryoptioncomboid bigint PRIMARY KEY, kind text, vehicle text);
"""
KEYED = """
ALTER TABLE datavalue ADD PRIMARY KEY (dataelementid, periodid, sourceid, categoryoptioncomboid, attributeoptioncomboid);
CREATE INDEX in_datavalue_lastupdated ON datavalue (lastupdated);
"""


class Native:
    """The same entries, twins among them, in a table of DuckDB on disk, in the order of the journal, with as much memory and threads."""

    def __init__(self, path: Path, shelf: Shelf) -> None:
        self.connection = duckdb.connect(str(path), config={"memory_limit": "1024MB", "threads": "2"})
        with shelf.reading() as reading:
            self._take(reading)

    def _take(self, reading: Reading) -> None:
        """In parts: the memory is for questions."""
        self.connection.register("given", reading.run(f"SELECT * FROM {reading.relation('places')} AS p"))
        self.connection.execute("CREATE TABLE places AS SELECT * FROM given")
        step = 1_000_000
        for first in range(0, reading.size, step):
            sql = f"SELECT {COLUMNS} FROM {reading.relation(TYPE)} AS e WHERE seq > {first} AND seq <= {first + step} ORDER BY seq"
            self.connection.register("given", reading.run(sql))
            self.connection.execute(f"{'INSERT INTO entries' if first else 'CREATE TABLE entries AS'} SELECT * FROM given")
        self.connection.execute("CHECKPOINT")

    def run(self, sql: str) -> pa.Table:
        """The rows of a question."""
        return self.connection.sql(sql).to_arrow_table()


class Dhis2:
    """Every entry that stands as a data value, on a PostgreSQL of its own; filled from the native table by way of files."""

    def __init__(self, connection: psycopg.Connection, native: Native, folder: Path) -> None:
        self.connection = connection
        connection.execute("DROP TABLE IF EXISTS datavalue, _periodstructure, _orgunitstructure, _categorystructure")
        connection.execute(LAYOUT)
        native.connection.execute("CREATE OR REPLACE TEMP VIEW combos AS SELECT row_number() OVER (ORDER BY f_kind, f_vehicle) AS id, f_kind, "
                                  "f_vehicle FROM (SELECT DISTINCT f_kind, f_vehicle FROM entries)")  # fmt: skip
        for table, sql in _CONTENTS.items():
            self._copy(native, folder, table, sql)
        connection.execute(KEYED)
        connection.execute("SET max_parallel_workers_per_gather = 2")
        connection.execute("SET jit = off")
        connection.execute("VACUUM ANALYZE datavalue")
        connection.execute("ANALYZE")

    def _copy(self, native: Native, folder: Path, table: str, sql: str) -> None:
        path = folder / f"{table}.csv"
        native.connection.execute(f"COPY ({sql}) TO '{path}' (FORMAT csv, HEADER false)")
        with self.connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN (FORMAT csv)") as copy, path.open("rb") as file:
            while some := file.read(1 << 20):
                copy.write(some)
        path.unlink()

    def run(self, sql: str) -> list[tuple[object, ...]]:
        """The rows of a question."""
        return self.connection.execute(sql).fetchall()


_CONTENTS = {
    "datavalue": """SELECT 1, day - DATE '2020-01-01' + 1, place, c.id, own, CAST(f_fine AS VARCHAR), 'clerk-1', day, NULL, false, day, false
        FROM entries e JOIN combos c USING (f_kind, f_vehicle) WHERE sign = 1 AND own NOT IN (SELECT own FROM entries WHERE sign = -1)""",
    "_periodstructure": """SELECT n + 1, strftime(d, '%Y%m%d'), strftime(d, '%Y%m%d'), strftime(d, '%Y%m'), year(d) || 'Q' || quarter(d), year(d)
        FROM (SELECT n, DATE '2020-01-01' + CAST(n AS INTEGER) AS d FROM range(1200) r(n))""",
    "_orgunitstructure": """SELECT key, len(string_split(path, '/')) - 1, 43, nullif(string_split(path, '/')[2], ''),
        nullif(string_split(path, '/')[3], '') FROM places""",
    "_categorystructure": "SELECT id, f_kind, f_vehicle FROM combos",
}
