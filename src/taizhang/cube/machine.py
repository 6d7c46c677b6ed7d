"""The engine behind the cube: tables go in by name, SQL is asked, columns come out.

Nothing else of the cube knows DuckDB. Another engine that reads the same Parquet and speaks the same SQL would stand here.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from taizhang.core import InputError, Problem
from taizhang.expressions.engine import locked
from taizhang.expressions.sql import quoted

EngineError = duckdb.Error
"""What goes wrong inside the engine."""
MEMORY_MB = 1024
SECONDS = 60.0
THREADS = 2


class Machine:
    """A DuckDB that reaches the files of one folder and nothing else; memory and time have ends. One thread at a time."""

    def __init__(self, folder: Path, *, memory_mb: int = MEMORY_MB, seconds: float = SECONDS, threads: int = THREADS) -> None:
        self.memory_mb, self.seconds = memory_mb, seconds
        self._connection = locked(memory_mb, threads, str(folder))
        self._numbers = itertools.count(1)

    def close(self) -> None:
        """Nothing is asked any more."""
        self._connection.close()

    def lend(self, table: pa.Table) -> str:
        """A table under a name of its own, quoted for SQL, until `take_back`."""
        name = f"lent_{next(self._numbers)}"
        self._connection.register(name, table)
        return quoted(name)

    def take_back(self, name: str) -> None:
        """The name means nothing any more."""
        self._connection.unregister(name.strip('"'))

    def keep(self, table: pa.Table) -> str:
        """A table of the engine's own, under a name of its own, quoted for SQL, until `drop`."""
        name, lent = quoted(f"kept_{next(self._numbers)}"), self.lend(table)
        self._connection.execute(f"CREATE TABLE {name} AS SELECT * FROM {lent}")
        self.take_back(lent)
        return name

    def add(self, name: str, table: pa.Table) -> None:
        """More rows of a table that is kept."""
        lent = self.lend(table)
        self._connection.execute(f"INSERT INTO {name} SELECT * FROM {lent}")
        self.take_back(lent)

    def drop(self, name: str) -> None:
        """A table is not needed any more; without a name, none."""
        if name:
            self._connection.execute(f"DROP TABLE {name}")

    def run(self, sql: str, params: Sequence[Any] = ()) -> pa.Table:
        """The rows of a question; InputError when it needs more time or memory than there is, or a file went away under it."""
        alarm = threading.Timer(self.seconds, self._connection.interrupt)
        alarm.start()
        try:
            return self._connection.sql(sql, params=list(params)).to_arrow_table()
        except duckdb.InterruptException:
            raise InputError(_limit(f"计算超过 {self.seconds:g} 秒", f"it takes over {self.seconds:g} seconds")) from None
        except duckdb.OutOfMemoryException:
            raise InputError(_limit(f"需要的内存超过 {self.memory_mb} MB", f"it needs over {self.memory_mb} MB of memory")) from None
        except duckdb.IOException:
            raise InputError(_gone()) from None
        finally:
            alarm.cancel()


def _limit(zh: str, en: str) -> Problem:
    do = ("请缩小区划、时期或分组。", "Ask for a smaller place or period, or for fewer groups.")
    return Problem("figure", zh, "在限度之内", do[0], en, "work within the limits", do[1])


def _gone() -> Problem:
    do = ("请再问一次：会从流水重建。", "Ask again: they are made anew from the journal.")
    found = ("列存文件在读的时候不见了或写不进", "files of columns went away while they were read, or cannot be written")
    return Problem("cube", found[0], "完好的文件", do[0], found[1], "sound files", do[1])
