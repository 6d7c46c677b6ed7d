"""Many rows at once, in a DuckDB that can reach nothing: no file, no network, no setting; memory and time have ends."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, overload

from taizhang.core import Problem
from taizhang.expressions.columns import checked_table
from taizhang.expressions.expression import Expression
from taizhang.expressions.problems import BadTable
from taizhang.expressions.sql import column_type, quoted
from taizhang.expressions.types import DIGITS, Number, Type, settled

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

MEMORY_MB = 512
SECONDS = 60.0
THREADS = 2
TABLE = "given"


class Engine:
    """A locked DuckDB for batches; use it in `with`, one thread at a time."""

    def __init__(self, *, memory_mb: int = MEMORY_MB, seconds: float = SECONDS, threads: int = THREADS) -> None:
        self.memory_mb, self.seconds, self.threads = memory_mb, seconds, threads
        self.connection = locked(memory_mb, threads)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.connection.close()

    def run(self, expressions: Mapping[str, Expression], table: pa.Table) -> pa.Table:
        """One column of results for each expression; of aggregates one row.

        Raises `BadTable` when a column is missing or does not fit, or when memory or time run out.
        """
        rows = checked_table(table, _names(expressions))
        outputs = ", ".join(f"CAST({e.sql('duckdb')} AS {_result_type(e.type)}) AS {quoted(n)}" for n, e in expressions.items())
        self.connection.register(TABLE, rows)
        try:
            return self._timed(f"SELECT {outputs} FROM {TABLE}")
        finally:
            self.connection.unregister(TABLE)

    def _timed(self, query: str) -> pa.Table:
        import duckdb

        alarm = threading.Timer(self.seconds, self.connection.interrupt)
        alarm.start()
        try:
            return self.connection.sql(query).to_arrow_table()
        except duckdb.InterruptException:
            raise BadTable(_limit(f"计算超过 {self.seconds:g} 秒", f"the work took over {self.seconds:g} seconds")) from None
        except duckdb.OutOfMemoryException:
            raise BadTable(
                _limit(f"计算需要的内存超过 {self.memory_mb} MB", f"the work needs over {self.memory_mb} MB of memory")
            ) from None
        except (duckdb.OutOfRangeException, duckdb.ConversionException):
            raise BadTable(_limit(f"有合计超过 {DIGITS} 位", f"a sum passes {DIGITS} digits")) from None
        finally:
            alarm.cancel()


def locked(memory_mb: int, threads: int, readable: str | None = None) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory that can reach nothing outside (but the files of one `readable` folder), and whose settings stay as they are."""
    import duckdb

    connection = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
            "temp_directory": "",
            "memory_limit": f"{memory_mb}MB",
            "threads": str(threads),
        },
    )
    if readable is not None:
        connection.execute("SET allowed_directories = [$folder]", {"folder": readable})
        connection.execute("SET parquet_metadata_cache = true")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET python_enable_replacements = false")
    connection.execute("SET preserve_insertion_order = true")
    connection.execute("SET lock_configuration = true")
    return connection


@overload
def batch(expressions: Mapping[str, Expression], table: Mapping[str, Sequence[Any]], **limits: Any) -> dict[str, list[Any]]: ...
@overload
def batch(expressions: Mapping[str, Expression], table: pa.Table, **limits: Any) -> pa.Table: ...
def batch(expressions: Mapping[str, Expression], table: Any, **limits: Any) -> Any:
    """Run named expressions over a table: Arrow in, Arrow out; Python columns in, Python columns out.

    Rows come out in the order they went in. `limits` are those of `Engine`: memory_mb, seconds, threads.
    """
    with Engine(**limits) as engine:
        if not isinstance(table, Mapping):
            return engine.run(expressions, table)
        from taizhang.expressions.columns import table_of

        columns = engine.run(expressions, table_of(table, _names(expressions))).to_pydict()
        return {name: [settled(value, expressions[name].type) for value in values] for name, values in columns.items()}


def _names(expressions: Mapping[str, Expression]) -> dict[str, Type]:
    return {name: kind for expression in expressions.values() for name, kind in expression.names.items()}


def _result_type(kind: Type) -> str:
    """Arrow has no 128-bit whole number: those go out as decimals without places."""
    name = column_type(kind)
    return "DECIMAL(38,0)" if name == "HUGEINT" and isinstance(kind, Number) else name


def _limit(zh: str, en: str) -> Problem:
    return Problem(
        "batch", zh, "在限度之内", "请减少行数或拆开式子。", en, "work within the limits", "Take fewer rows, or split the expressions."
    )
