"""The fields of entries as columns: the JSON of `data` read by DuckDB as texts, made numbers and days by Arrow, which rounds nothing."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from taizhang.cube.layout import COMMON, SAID, STRUCK, Layout
from taizhang.cube.machine import Machine
from taizhang.expressions import Choices, Number
from taizhang.ledger.canonical import read_values

RAW = pa.schema([*(column for column in COMMON if column.name not in SAID), pa.field("data", pa.string())])
"""Entries of one type as the tail takes them in: `data` is JSON."""

# A state that says a field is unknown takes back what was said before; one that does not say it leaves it as it was.
_UNKNOWN = "CASE WHEN contains(data, ':null') THEN list_filter(json_keys(data), lambda k: json_type(data, '$.' || k) = 'NULL') END AS unknown"
FEW = 16
"""Up to so many entries are read one by one."""
_TEXTS = '["VARCHAR"]'


def columns_of(machine: Machine, layout: Layout, raw: pa.Table) -> pa.Table:
    """Entries with a column for each field. A value that is not of its field's type is null there, and `unfit` names the field."""
    if layout.type == STRUCK:
        return raw
    read = _read_one_by_one(layout, raw) if raw.num_rows <= FEW else _read(machine, layout, raw)
    unfit: dict[int, list[str]] = {}
    fields = {}
    for name in layout.fields:
        parts, wrong = _fitting(layout, name, read)
        fields[f"f_{name}"] = pa.chunked_array([chunk for part in parts for chunk in part.chunks], layout.schema.field(f"f_{name}").type)
        for row in wrong:
            unfit.setdefault(row, []).append(name)
    told = pa.array([unfit.get(row) for row in range(read.num_rows)] if unfit else pa.nulls(read.num_rows), pa.list_(pa.string()))
    common = [told if column.name == "unfit" else read[column.name].cast(column.type) for column in COMMON]
    return pa.table([*common, *fields.values()], schema=layout.schema)


def misfits(table: pa.Table) -> list[dict[str, Any]]:
    """The rows (own, unfit) of entries that stand for themselves and say something not of its field's type."""
    if table["unfit"].null_count == table.num_rows:
        return []
    some: list[dict[str, Any]] = table.select(["own", "sign", "unfit"]).filter(pc.is_valid(table["unfit"])).to_pylist()
    return [row for row in some if row["sign"] > 0]


def _fitting(layout: Layout, name: str, read: pa.Table, first: int = 0) -> tuple[list[pa.ChunkedArray], list[int]]:
    """A field's column in parts, and the rows whose value is not of its type: rows are halved until these stand alone."""
    try:
        return [_column(layout, name, read)], []
    except (pa.ArrowException, _NoList):
        if read.num_rows == 1:
            return [pa.chunked_array([pa.nulls(1, layout.schema.field(f"f_{name}").type)])], [first]
    middle = read.num_rows // 2
    parts, wrong = _fitting(layout, name, read.slice(0, middle), first)
    more, others = _fitting(layout, name, read.slice(middle), first + middle)
    return parts + more, wrong + others


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
    columns = {column.name: raw[column.name] for column in COMMON if column.name not in SAID}
    columns["unknown"] = pa.chunked_array([pa.array(unknown, pa.list_(pa.string()))])
    for name, kind in layout.fields.items():
        texts = [_as_text(one.get(name)) for one in said]
        if isinstance(kind, Choices):
            columns[f"t_{name}"] = pa.chunked_array([pa.array(texts, pa.string())])
            lists = [[_as_text(part) for part in one] if isinstance(one := each.get(name), list) else None for each in said]
            columns[f"f_{name}"] = pa.chunked_array([pa.array(lists, pa.list_(pa.string()))])
        else:
            columns[f"f_{name}"] = pa.chunked_array([pa.array(texts, pa.string())])
    return pa.table(columns)


def _as_text(value: object) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def _sql(layout: Layout, source: str) -> str:
    common = ", ".join(_UNKNOWN if column.name == "unknown" else column.name for column in COMMON if column.name != "unfit")
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


def _column(layout: Layout, name: str, read: pa.Table) -> pa.ChunkedArray:
    """A field of its type; ArrowException or _NoList where a value is not."""
    kind, wanted = layout.fields[name], layout.schema.field(f"f_{name}").type
    column = read[f"f_{name}"]
    if isinstance(kind, Choices) and column.null_count != read[f"t_{name}"].null_count:
        raise _NoList
    return _in_yuan(column, wanted) if name in layout.cents and isinstance(kind, Number) else column.cast(wanted)


class _NoList(ValueError):
    pass


def _in_yuan(column: pa.ChunkedArray, wanted: pa.DataType) -> pa.ChunkedArray:
    """Whole 分 as a decimal of 元."""
    whole = pa.decimal128(38, 0)
    chunks = (chunk.cast(pa.int64()).cast(whole) for chunk in column.chunks)
    moved = [pa.Array.from_buffers(pa.decimal128(38, wanted.scale), len(one), one.buffers(), offset=one.offset) for one in chunks]
    return pa.chunked_array(moved, pa.decimal128(38, wanted.scale)).cast(wanted)
