"""What is generated from the tables of the language: `python -m taizhang.packs.generated` writes it, a test compares it."""

from __future__ import annotations

import json
from pathlib import Path

from taizhang.packs.reference import reference
from taizhang.packs.schema import schema

ROOM = Path(__file__).resolve().parent
PAGE = ROOM.parents[2] / "docs" / "pack-reference.md"
FILES = ("pack", "fields", "case")


def generated() -> dict[Path, str]:
    """Every generated file and its text."""
    schemas = {ROOM / "schemas" / f"{name}.json": json.dumps(schema(name), ensure_ascii=False, indent=1) + "\n" for name in FILES}
    return {PAGE: reference(), **schemas}


if __name__ == "__main__":
    for path, text in generated().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
