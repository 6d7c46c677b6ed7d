"""The reference page of the pack language, from the tables of keys and types."""

from __future__ import annotations

from taizhang.packs.keys import SECTIONS, Either, ListOf, MapOf, Section, Shape, Table
from taizhang.packs.types import TYPES

HEAD = """# The keys of a pack 专项的键

Generated from `packs/keys.py` and `packs/types`; how they work together is told in [packs.md](packs.md). **Bold** keys are needed. An unknown key is a problem.
"""
_KINDS = {
    "name": "name",
    "path": "path",
    "line": "text",
    "text": "long text",
    "value": "value",
    "expression": "expression",
    "day": "day",
    "integer": "whole number",
    "boolean": "true / false",
    "limit": "number, day or today",
    "size": "whole number or field",
}


def reference() -> str:
    """The whole page as Markdown."""
    return "\n".join([HEAD, *(_section(s) for s in SECTIONS.values()), _types()])


def _section(section: Section) -> str:
    rows = [f"| {_bold(k.name, k.needed)} | {_shape(k.shape)} | {k.zh} | {k.en} |" for k in section.keys]
    return "\n".join(
        [f"## {section.name}", "", f"{section.zh}. {section.en}.", "", "| key | value | 含义 | meaning |", "|---|---|---|---|", *rows, ""]
    )


def _bold(name: str, needed: bool) -> str:
    return f"**`{name}`**" if needed else f"`{name}`"


def _shape(shape: Shape) -> str:
    if isinstance(shape, Table):
        return f"[{shape.section}](#{shape.section})"
    if isinstance(shape, ListOf):
        return f"{_shape(shape.of)}, or a list"
    if isinstance(shape, MapOf):
        return f"{'name' if shape.keys == 'name' else 'word'}: {_shape(shape.of)}"
    if isinstance(shape, Either):
        return " or ".join(dict.fromkeys(_shape(s) for s in shape.shapes))
    return " · ".join(f"`{w}`" for w in shape.among) if shape.among else _KINDS[shape.kind]


def _types() -> str:
    rows = []
    for kind in TYPES.values():
        keys = " ".join(f"**{k}**" if k in kind.needs else k for k in sorted(kind.takes | kind.needs)) or "—"
        typed, kept = kind.example
        rows.append(f"| `{kind.name}` | {kind.says[0]} | {kind.says[1]} | {keys} | {typed.strip()} → `{kept}` |")
    head = [
        "## types",
        "",
        "Types of fields. A value is cleaned to its one canonical form, or refused with a problem; nothing is rounded in silence.",
        "",
    ]
    return "\n".join([*head, "| type | 含义 | meaning | keys | example |", "|---|---|---|---|---|", *rows, ""])
