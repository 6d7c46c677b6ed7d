"""The page on the commands is followed to the letter, and names every command."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from taizhang.cli.book_lazy import MODULE_OF
from taizhang.cli.main import app

from ..acts.test_ten_minutes import commands, says, steps

PAGE = Path(__file__).resolve().parents[2] / "docs" / "book-commands.md"


class Shell:
    """As much of a shell as the page needs: variables, and output into a file."""

    def __init__(self) -> None:
        self.variables: dict[str, str] = {}

    def __call__(self, line: str) -> tuple[int, str]:
        words = shlex.split(line)
        if words[0] == "export":
            self.variables |= dict(word.split("=", 1) for word in words[1:])
            return 0, ""
        target = words[words.index(">") + 1] if ">" in words else ""
        assert words[0] == "taizhang", line
        done = CliRunner().invoke(app, words[1 : words.index(">") if target else None], env=self.variables)
        if target:
            Path(target).write_text(done.stdout, encoding="utf-8")
        return done.exit_code, "" if target else done.output


def test_the_page_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shell = Shell()
    for step in steps(PAGE.read_text(encoding="utf-8")):
        path = Path(step.file)
        if step.what == "save":
            path.write_text(step.text, encoding="utf-8")
        elif step.what == "change":
            path.write_text(path.read_text(encoding="utf-8-sig").replace(step.text, step.new), encoding="utf-8-sig")
        else:
            for command, expected in commands(step.text):
                code, printed = shell(command)
                assert says(printed, expected), f"$ {command}\n{printed}\n-- the page says:\n{expected}"
                assert code == step.exit, f"$ {command}: {code}\n{printed}"


def test_it_names_every_command() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in MODULE_OF if f"taizhang {name}" not in page] == []
