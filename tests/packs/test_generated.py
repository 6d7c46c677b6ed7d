"""The reference page and the schemas say what the tables say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from taizhang.packs import PROGRAMMES, schema
from taizhang.packs.finding import TEMPLATE
from taizhang.packs.generated import generated
from taizhang.packs.keys import SECTIONS
from taizhang.packs.reading import Node, read_yaml
from taizhang.packs.schema import reached

SHIPPED = sorted(path for room in (PROGRAMMES, TEMPLATE) for path in room.rglob("*.yaml") if path.name != "demo.yaml")


@pytest.mark.parametrize("path", list(generated()), ids=lambda p: p.name)
def test_what_is_generated_is_up_to_date(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == generated()[path], "run python -m taizhang.packs.generated"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_editors_accept_what_the_check_accepts(path: Path) -> None:
    section = {"pack.yaml": "pack", "fields.yaml": "fields"}.get(path.name, "case")
    node, _ = read_yaml(path.read_bytes(), path.name)
    assert node is not None
    assert [e.message for e in Draft7Validator(schema(section)).iter_errors(as_editors_read(node))] == []


def test_editors_mark_an_unknown_key() -> None:
    found = [e.message for e in Draft7Validator(schema("pack")).iter_errors({"pack": "x", "title": "甲", "office": "乙", "ofice": "丙"})]
    assert len(found) == 1
    assert "ofice" in found[0]


def test_every_section_is_reached_from_a_file() -> None:
    assert reached("pack") | reached("fields") | reached("case") == set(SECTIONS)


def as_editors_read(node: Node) -> Any:
    if isinstance(node.value, tuple):
        return [as_editors_read(n) for n in node.value]
    if not isinstance(node.value, str):
        return {k: as_editors_read(v) for k, v in node.value.items()}
    if node.value in ("true", "false"):
        return node.value == "true"
    return int(node.value) if re.fullmatch(r"0|[1-9]\d*", node.value) else node.value
