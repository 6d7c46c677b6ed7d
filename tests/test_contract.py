"""The floors of the house hold: who imports whom is read from the code, so the rule cannot fade."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "taizhang"
ROOMS_OF = {
    "docx": {"capture"},
    "pypdf": {"capture"},
    "lxml": {"capture"},
    "pymarc": {"capture"},
    "duckdb": {"expressions", "cube"},
    "sqlglot": {"expressions"},
    "pyarrow": {"expressions", "cube"},
    "yaml": {"packs"},
    "msgspec": {"ledger"},
    "cryptography": {"ledger"},
    "django": {"ledger", "people", "acts"},
    "psycopg": {"ledger"},
    "apsw": set(),
    "typer": {"cli"},
    "rich": {"cli"},
}


def imported(path: Path) -> set[str]:
    """The top-level packages a file imports, inside functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.split(".")[0])
    return found


def files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def test_each_floor_imports_only_floors_below() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", files(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_library_stays_in_its_room(path: Path) -> None:
    floor = path.relative_to(PACKAGE).parts[0]
    strangers = {name for name in imported(path) if floor not in ROOMS_OF.get(name, {floor})}
    assert not strangers, f"{path.name} on floor {floor} may not import {', '.join(sorted(strangers))}"


@pytest.mark.parametrize("floor", ["core", "text", "claims"])
def test_the_floors_that_think_need_only_the_standard_library(floor: str) -> None:
    known = sys.stdlib_module_names | {"taizhang"}
    foreign = {name for path in (PACKAGE / floor).rglob("*.py") for name in imported(path) - known}
    assert not foreign, f"{floor} imports {', '.join(sorted(foreign))}"


@pytest.mark.parametrize("module", ["taizhang", "taizhang.text", "taizhang.claims", "taizhang.capture", "taizhang.capture.rows", "taizhang.capture.cnmarc", "taizhang.cli.main"])
def test_importing_brings_nothing_heavy(module: str) -> None:
    heavy = {"docx", "pypdf", "lxml", "asyncio", "unittest", "numpy", "hypothesis", "django", "duckdb", "msgspec", "cryptography"}
    code = f"import sys, {module}; print(*sorted(sys.modules))"
    loaded = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())
    assert not loaded & heavy


def test_no_file_is_over_five_hundred_lines() -> None:
    long = {str(p.relative_to(ROOT)): n for p in files() if (n := len(p.read_text(encoding="utf-8").splitlines())) > 500}
    assert not long
