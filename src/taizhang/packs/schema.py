"""JSON Schema for editors, from the table of keys: it completes keys and marks unknown ones while one types."""

from __future__ import annotations

from typing import Any

from taizhang.packs.keys import SECTIONS, Either, ListOf, MapOf, Section, Shape, Table, Word

DIALECT = "http://json-schema.org/draft-07/schema#"
_NAME = "^[a-z][a-z0-9_]{0,39}$"
_PLAIN: dict[str, dict[str, Any]] = {
    "name": {"type": "string", "pattern": _NAME},
    "path": {"type": "string", "pattern": r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,2}$"},
    "day": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
    "integer": {"type": "integer", "minimum": 0},
    "boolean": {"type": "boolean"},
    "limit": {"type": ["number", "string"]},
    "size": {"type": ["integer", "string"]},
    "line": {"type": ["string", "number", "boolean"]},
    "value": {"type": ["string", "number", "boolean"]},
    "text": {"type": "string"},
    "expression": {"type": ["string", "number", "boolean"]},
}


def schema(section: str) -> dict[str, Any]:
    """The schema of one kind of file: pack, fields or case."""
    below = sorted(reached(section) - {section})
    definitions = {name: _section(SECTIONS[name]) for name in below}
    return {"$schema": DIALECT, "title": f"taizhang {section}", **_section(SECTIONS[section]), "definitions": definitions}


def reached(section: str) -> set[str]:
    """The sections one can come to from a section, itself included."""
    found, todo = set[str](), [section]
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += [below for key in SECTIONS[name].keys for below in _tables(key.shape)]
    return found


def _tables(shape: Shape) -> list[str]:
    if isinstance(shape, Table):
        return [shape.section]
    if isinstance(shape, ListOf | MapOf):
        return _tables(shape.of)
    return [name for option in shape.shapes for name in _tables(option)] if isinstance(shape, Either) else []


def _section(section: Section) -> dict[str, Any]:
    return {
        "description": f"{section.zh} / {section.en}",
        "type": "object",
        "additionalProperties": False,
        "required": [k.name for k in section.keys if k.needed],
        "properties": {k.name: {"description": f"{k.zh} / {k.en}", **_shape(k.shape)} for k in section.keys},
    }


def _shape(shape: Shape) -> dict[str, Any]:
    if isinstance(shape, Table):
        return {"allOf": [{"$ref": f"#/definitions/{shape.section}"}]}
    if isinstance(shape, ListOf):
        return {"anyOf": [{"type": "array", "items": _shape(shape.of)}, _shape(shape.of)]}
    if isinstance(shape, MapOf):
        names = {"propertyNames": {"pattern": _NAME}} if shape.keys == "name" else {}
        return {"type": "object", "additionalProperties": _shape(shape.of), **names}
    if isinstance(shape, Either):
        return {"anyOf": [_shape(s) for s in shape.shapes]}
    return _word(shape)


def _word(shape: Word) -> dict[str, Any]:
    return {"enum": list(shape.among)} if shape.among else dict(_PLAIN[shape.kind])
