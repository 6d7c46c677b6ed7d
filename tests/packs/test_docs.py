"""The page on writing packs is followed literally."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from taizhang.packs import check
from taizhang.packs.keys import ACTS, LEVELS
from taizhang.packs.reading import DEEPEST, MOST_NODES
from taizhang.packs.sifting import MOST_ENTRIES

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "packs.md").read_text(encoding="utf-8")


def test_the_first_lines_of_python_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert code is not None
    names: dict[str, Any] = {}
    exec(compile(code[1].replace('["programmes"]', '["."]'), "packs.md", "exec"), names)
    assert names["problems"] == []
    assert names["pack"].name == "ponds"
    assert list(names["found"]) == ["ponds"]


def test_the_template_is_what_the_page_says_and_can_be_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test_the_first_lines_of_python_run(tmp_path, monkeypatch)
    pack = tmp_path / "ponds" / "pack.yaml"
    pack.write_text(
        pack.read_text(encoding="utf-8")
        .replace("title: 山塘核查（示例）", "title: 骨干山塘核查")
        .replace("office: 县水利局", "office: 某县水利局"),
        encoding="utf-8",
    )
    changed, problems = check(tmp_path / "ponds")
    assert problems == []
    assert changed is not None
    assert (changed.title, changed.office) == ("骨干山塘核查", "某县水利局")


def test_the_page_tells_the_limits_and_words_there_are() -> None:
    assert f"{DEEPEST} levels" in PAGE
    assert f"{MOST_NODES:,} values" in PAGE
    assert f"at most {MOST_ENTRIES} entries" in PAGE
    assert all(word in PAGE for word in (*ACTS, *LEVELS))
