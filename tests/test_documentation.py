"""The words of the documentation hold: links lead somewhere, examples print what the page says."""

from __future__ import annotations

import contextlib
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*.md")]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
    broken = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert not broken


@pytest.mark.parametrize("page", READMES, ids=name)
def test_the_example_of_the_readme_is_what_the_command_prints(page: Path) -> None:
    command, shown = re.search(r"```\n\$ taizhang (.+)\n((?:.*\n)*?)```", page.read_text(encoding="utf-8")).groups()
    run = [sys.executable, "-m", "taizhang.cli.main", *command.split()]
    printed = subprocess.run(run, cwd=ROOT, capture_output=True, encoding="utf-8", check=False).stdout.splitlines()
    assert [line for line in shown.splitlines() if line != "…" and line not in printed] == []


@pytest.mark.parametrize("page", READMES, ids=name)
def test_the_python_of_the_readme_runs(page: Path) -> None:
    code = re.search(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)[1]
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(code, page.name, "exec"), {})
    assert "1.2万" in out.getvalue()
    assert "contradiction" in out.getvalue()


def test_every_target_of_the_make_file_explains_itself() -> None:
    make = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.search(r"^\.PHONY: (.+)$", make, re.MULTILINE)[1].split())
    assert targets == set(re.findall(r"^([a-z]+):[^#\n]*## ", make, re.MULTILINE))
