"""The columns of a table against the types of the names: present, of the right kind, within their bounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal as Exact
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from taizhang.core import Problem
from taizhang.expressions.problems import BadTable, nearest
from taizhang.expressions.types import Boolean, Choices, Day, Number, Type
from taizhang.expressions.values import described


def table_of(columns: Mapping[str, Sequence[Any]], names: Mapping[str, Type]) -> pa.Table:
    """Python columns as an Arrow table; values that do not fit their types are refused."""
    missing(columns, names)
    width = len(next(iter(columns.values()), ()))
    arrays = {name: _array(name, columns[name], kind) for name, kind in names.items()}
    return pa.table(arrays) if arrays else _rows_only(width)


def checked_table(table: pa.Table, names: Mapping[str, Type]) -> pa.Table:
    """The columns asked for, each in the type its name has; `BadTable` names the first that does not fit."""
    missing(table.column_names, names)
    if not names:
        return _rows_only(table.num_rows)
    return pa.table({name: _fitted(name, table.column(name), kind) for name, kind in names.items()})


def missing(present: Iterable[str], names: Mapping[str, Type]) -> None:
    """Refuse a table without a column that is read."""
    there = list(present)
    for name in names:
        if name not in there:
            like = nearest(name, there)
            expected = "、".join(there[:12])
            raise BadTable(
                Problem(
                    name,
                    "表里没有这一列",
                    f"「{like}」" if like else expected,
                    "请补上这一列。",
                    "no such column in the table",
                    like or expected,
                    "Add the column.",
                )
            )


def arrow_type(kind: Type) -> pa.DataType:
    """The Arrow type of a column of that type."""
    if isinstance(kind, Number):
        return pa.int64() if kind.places == 0 and kind.reach < 2**63 else pa.decimal128(max(kind.digits, 18), kind.places)
    if isinstance(kind, Boolean):
        return pa.bool_()
    if isinstance(kind, Day):
        return pa.date32()
    return pa.list_(pa.string()) if isinstance(kind, Choices) else pa.string()


def _rows_only(count: int) -> pa.Table:
    """A table for expressions that read no name: only its number of rows matters."""
    return pa.table({"row": pa.nulls(count, pa.int8())})


def _array(name: str, values: Sequence[Any], kind: Type) -> pa.Array:
    if isinstance(kind, Number) and any(isinstance(value, float | bool) for value in values):
        raise _misfit(name, kind, "float")
    try:
        return pa.array(values, arrow_type(kind))
    except (pa.ArrowException, TypeError, OverflowError) as error:
        raise _misfit(name, kind, str(error).splitlines()[0][:120]) from None


def _fitted(name: str, column: pa.ChunkedArray, kind: Type) -> pa.ChunkedArray:
    if not _same_family(column.type, kind):
        raise _misfit(name, kind, str(column.type))
    try:
        fitted = column.cast(arrow_type(kind))
    except pa.ArrowException as error:
        raise _misfit(name, kind, str(error).splitlines()[0][:120]) from None
    if isinstance(kind, Number):
        _within(name, fitted, kind)
    return fitted


def _same_family(found: pa.DataType, kind: Type) -> bool:
    if pa.types.is_null(found):
        return True
    if isinstance(kind, Number):
        return bool(pa.types.is_integer(found) or pa.types.is_decimal(found))
    if isinstance(kind, Boolean):
        return bool(pa.types.is_boolean(found))
    if isinstance(kind, Day):
        return bool(pa.types.is_date(found))
    if isinstance(kind, Choices):
        return bool(pa.types.is_list(found) or pa.types.is_large_list(found))
    is_text = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_dictionary)
    return any(asks(found) for asks in is_text)


def _within(name: str, column: pa.ChunkedArray, kind: Number) -> None:
    """The bounds of a type are what keeps results within 38 digits: a value outside them is refused."""
    ends = pc.min_max(column)
    for end in (ends["min"].as_py(), ends["max"].as_py()):
        if end is not None and not kind.least <= Exact(end).scaleb(kind.places) <= kind.most:
            raise _misfit(name, kind, f"{end}")


def _misfit(name: str, kind: Type, found: str) -> BadTable:
    return BadTable(
        Problem(
            name,
            f"这一列有不合类型的值：{found}",
            described(kind),
            "请改正这一列。",
            f"a value or type that does not fit: {found}",
            described(kind),
            "Mend the column.",
        )
    )
