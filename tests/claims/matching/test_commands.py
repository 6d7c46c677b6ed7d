"""`check --book` and `ask` as they are typed: coverage first, then the verdicts; only 不符 is red."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from taizhang.acts.desk import Desk, open_desk
from taizhang.cli.main import app

from ...acts.office import TODAY

TEXT = """永兴县把药送到老人手里

2022年12月，永兴县无偿送给老人退烧药60片，从药企买进药品3700片。2022年，永兴县建成高标准农田300亩。
"""


@pytest.fixture
def typed(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs a command at the book, on a text: typed("check", …)."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr("taizhang.acts.desk.open_desk", lambda folder, login=None: Desk(desk.book, desk.scope, TODAY))
    monkeypatch.setattr(Desk, "close", lambda _: None)
    assert open_desk
    return lambda command, *args: CliRunner().invoke(app, [command, *map(str, args), "--book", str(desk.book.folder)])


def test_the_screen_tells_coverage_first(typed: Callable[..., Result], tmp_path: Path) -> None:
    result = typed("check", tmp_path / "a.txt")
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert lines[1].startswith("账本能说到 3 个数中的 2 个，不符 1，无据 1，相符 1")
    assert any("相符" in line and "60片" in line for line in lines)
    assert any("不符" in line and "3600片" in line for line in lines)
    assert any("来处：#" in line for line in lines)


def test_lines_for_a_program(typed: Callable[..., Result], tmp_path: Path) -> None:
    rows = [json.loads(line) for line in typed("check", tmp_path / "a.txt", "--json").stdout.splitlines()]
    assert (rows[0]["figures"], rows[0]["spoken"]) == (3, 2)
    by_text = {row["printed"]: row for row in rows if "verdict" in row}
    assert {text: row["verdict"] for text, row in by_text.items()} == {"60片": "agrees", "3700片": "differs", "300亩": "no_record"}
    figure = by_text["3700片"]["figures"][0]
    assert (figure["indicator"], figure["value"], figure["version"]) == ("medicine.purchased", "3600", 1)
    assert by_text["300亩"]["draft"] == "{title: 高标准农田, unit: 亩, from: '', value: ''}"


def test_the_report_is_red_only_where_the_book_contradicts(typed: Callable[..., Result], tmp_path: Path) -> None:
    assert typed("check", tmp_path / "a.txt", "--html", tmp_path / "r.html").exit_code == 1
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert html.index("个数中的 2 个") < html.index('class="verdicts"'), "coverage comes first"
    assert html.count('class="verdict differs"') == 1
    assert html.count('class="verdict agrees"') == 1
    red = [line for line in html.splitlines() if "var(--red)" in line and "verdict" in line]
    assert red == [".verdicts .verdict.differs { color: var(--red); font-weight: 700; }"]


def test_a_draft_for_what_has_no_indicator(typed: Callable[..., Result], tmp_path: Path) -> None:
    typed("check", tmp_path / "a.txt", "--draft", tmp_path / "d.yaml")
    assert "draft_1: {title: 高标准农田, unit: 亩" in (tmp_path / "d.yaml").read_text(encoding="utf-8")


def test_ask_answers_and_refuses(typed: Callable[..., Result]) -> None:
    sure = typed("ask", "永兴县2022年12月发放布洛芬多少片")
    assert (sure.exit_code, "36片" in sure.stdout) == (0, True)
    unsure = typed("ask", "永兴县查了多少起超载", "--date", "2010-01-01")
    assert unsure.exit_code == 2
    assert "答不了" in unsure.stdout


def test_a_day_that_is_none_is_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["check", "a.txt", "--date", "昨天"])
    assert result.exit_code == 2


def test_a_check_without_a_book_loads_none_of_its_parts() -> None:
    code = "import sys, taizhang.cli.commands, taizhang.cli.checked, taizhang.claims; print([m for m in sys.modules if 'django' in m or 'ledger' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
