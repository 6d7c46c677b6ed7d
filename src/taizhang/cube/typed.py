"""The fields of entries as columns: the JSON of `data` read by DuckDB as texts, made numbers and days by Arrow, which rounds nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pyarrow as pa

from taizhang.core import InputError, Problem
from taizhang.cube.layout import COMMON, STRUCK, Layout
from taizhang.cube.machine import Machine
from taizhang.expressions import Choices, Number
from taizhang.ledger.canonical import read_values

RAW = pa.schema([*(column for column in COMMON if column.name != "unknown"), pa.field("data", pa.string())])
"""Entries of one type as the tail takes them in: `data` is JSON."""

# A state that says a field is unknown takes back what was said before; one that does not say it leaves it as it was.
_UNKNOWN = "CASE WHEN contains(data, ':null') THEN list_filter(json_keys(data), lambda k: json_type(data, '$.' || k) = 'NULL') END AS unknown"
FEW = 16
"""Up to so many entries are read one by one."""
_TEXTS = '["VARCHAR"]'


def columns_of(machine: Machine, layout: Layout, raw: pa.Table) -> pa.Table:
    """Entries with a column for each field; InputError names the first whose value is not of its field's type."""
    if layout.type == STRUCK:
        return raw
    read = _read_one_by_one(layout, raw) if raw.num_rows <= FEW else _read(machine, layout, raw)
    try:
        return pa.table(list(_columns(layout, read)), schema=layout.schema)
    except (pa.ArrowException, _NoList):
        raise InputError(_misfit(layout, read)) from None


def _read(machine: Machine, layout: Layout, raw: pa.Table) -> pa.Table:
    """The fields as texts, lists beside theirs."""
    lent = machine.lend(raw)
    try:
        return machine.run(_sql(layout, lent))
    finally:
        machine.take_back(lent)


def _read_one_by_one(layout: Layout, raw: pa.Table) -> pa.Table:
    """The same for few entries, for which it is faster than to ask the engine."""
    said = [read_values(text) for text in raw["data"].to_pylist()]
    unknown = [[name for name, value in one.items() if value is None] or None for one in said]
    columns = {column.name: unknown if column.name == "unknown" else raw[column.name] for column in COMMON}
    for name, kind in layout.fields.items():
        texts = [_as_text(one.get(name)) for one in said]
        if isinstance(kind, Choices):
            columns[f"t_{name}"] = pa.array(texts, pa.string())
            columns[f"f_{name}"] = pa.array([one if isinstance(one := each.get(name), list) else None for each in said], pa.list_(pa.string()))
        else:
            columns[f"f_{name}"] = pa.chunked_array([pa.array(texts, pa.string())])
    return pa.table(columns)


def _as_text(value: object) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def _sql(layout: Layout, source: str) -> str:
    common = ", ".join(_UNKNOWN if column.name == "unknown" else column.name for column in COMMON)
    if not layout.fields:
        return f"SELECT {common} FROM {source}"
    shape = json.dumps({name: "JSON" if isinstance(kind, Choices) else "VARCHAR" for name, kind in layout.fields.items()})
    fields = ", ".join(_field(name, isinstance(kind, Choices)) for name, kind in layout.fields.items())
    return f"SELECT {common}, {fields} FROM (SELECT *, from_json(data, '{shape}') AS said FROM {source})"


def _field(name: str, is_list: bool) -> str:
    """A field as text; a list as texts, with its text beside it to tell what is none."""
    if not is_list:
        return f'said."{name}" AS "f_{name}"'
    text = f"nullif(CAST(said.\"{name}\" AS VARCHAR), 'null')"
    return f'from_json({text}, \'{_TEXTS}\') AS "f_{name}", {text} AS "t_{name}"'


def _columns(layout: Layout, read: pa.Table) -> Iterator[pa.ChunkedArray]:
    for column in COMMON:
        yield read[column.name].cast(column.type)
    for name, kind in layout.fields.items():
        wanted = layout.schema.field(f"f_{name}").type
        column = read[f"f_{name}"]
        if isinstance(kind, Choices) and column.null_count != read[f"t_{name}"].null_count:
            raise _NoList
        yield _in_yuan(column, wanted) if name in layout.cents and isinstance(kind, Number) else column.cast(wanted)


class _NoList(ValueError):
    pass


def _in_yuan(column: pa.ChunkedArray, wanted: pa.DataType) -> pa.ChunkedArray:
    """Whole 分 as a decimal of 元."""
    whole = pa.decimal128(38, 0)
    chunks = (chunk.cast(pa.int64()).cast(whole) for chunk in column.chunks)
    moved = [pa.Array.from_buffers(pa.decimal128(38, wanted.scale), len(one), one.buffers(), offset=one.offset) for one in chunks]
    return pa.chunked_array(moved, pa.decimal128(38, wanted.scale)).cast(wanted)


def _misfit(layout: Layout, read: pa.Table) -> Problem:
    """The first entry and field that cannot be read."""
    for row in range(read.num_rows):
        for name in layout.fields:
            one = Layout(layout.type, {name: layout.fields[name]}, layout.cents)
            try:
                list(_columns(one, read.slice(row, 1)))
            except (pa.ArrowException, _NoList):
                return _told(layout.type, name, read["own"][row].as_py())
    return _told(layout.type, "data", read["own"][0].as_py())


def _told(type_name: str, name: str, own: int) -> Problem:
    do = ("请红冲这一条并重新登记。", "Strike this entry and restate it.")
    zh, en = f"{type_name} 第 {own} 条的 {name} 读不出", f"{name} of entry {own} ({type_name}) cannot be read"
    return Problem(f"seq {own}", zh, "与数据元相符的值", do[0], en, "a value of its field's type", do[1])
