"""The page on figures is followed to the letter: what it works out by hand is what the commands print."""

from __future__ import annotations

from pathlib import Path

from ..acts.test_ten_minutes import follow, steps

PAGE = Path(__file__).resolve().parents[2] / "docs" / "figures.md"


def test_the_page_is_followed(tmp_path: Path) -> None:
    (tmp_path / "helmets").mkdir()
    page = PAGE.read_text(encoding="utf-8").partition("## 8.")[0]
    assert [step.what for step in steps(page)].count("type") == 5
    follow(page, tmp_path)
