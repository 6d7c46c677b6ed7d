"""A toy mender, reader and check, so that the commands are tested without the language: 12家 is a quantity, 矛盾 a contradiction."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from taizhang import claims, text
from taizhang.cli.main import app
from taizhang.core import Article, Finding, Flow, Page, Quantity, Range, Story

from ..books import Databases
from .clerks import Clerk, founded, shelve


def toy_mend(raw: str) -> Page:
    """The first line is the title, every other a paragraph."""
    lines = [m.span() for m in re.finditer(r"[^\r\n]+", raw)]
    body = tuple(lines[1:])
    article = Article("a1", raw[slice(*lines[0])], lines[0], body, tuple((b,) for b in body))
    return Page(len(raw), (article,))


def toy_stories(raw: str, page: Page | None = None) -> list[Story]:
    """Every 12家 is a quantity; 坏 is a fault of the reader."""
    if "坏" in raw:
        raise RuntimeError("the toy reader broke")
    page = page or toy_mend(raw)
    found = tuple(_quantity(m) for m in re.finditer(r"(\d+)家", raw))
    return [Story(page.articles[0], Flow("", (), (), ()), 0, found)]


def _quantity(m: re.Match[str]) -> Quantity:
    n = int(m[1])
    return Quantity((m.span(),), m.span(), m[0], n, n, False, False, Range.of(n), "家", "家", "exact", "level", subject="企业")


def toy_findings(stories: list[Story]) -> list[Finding]:
    """One finding on the first quantity, of the class that the title names."""
    kinds = {"矛盾": "contradiction", "请核": "query", "提示": "note"}
    out = []
    for s in stories:
        kind = next((k for word, k in kinds.items() if word in (s.article.title or "")), None)
        if kind and s.quantities:
            spans = s.quantities[0].spans
            out.append(Finding("a1", kind, "toy", spans, s.quantities[0].surface, "9家", "3", "这两个数对不上。", "They differ."))  # type: ignore[arg-type]
    return out


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "mend", toy_mend, raising=False)
    monkeypatch.setattr(text, "stories", toy_stories, raising=False)
    monkeypatch.setattr(claims, "findings", toy_findings, raising=False)


@pytest.fixture
def run(toy: None) -> Callable[..., Result]:
    """Runs the command with the toy engines: run("check", path)."""
    runner = CliRunner()
    return lambda *args, **options: runner.invoke(app, [str(a) for a in args], **options)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a file and gives its path: write("a.txt", "…")."""

    def to(name: str, content: str) -> Path:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return path

    return to


@pytest.fixture
def examples() -> Path:
    return Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def book_to_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with library and medicine and nothing posted."""
    folder = tmp_path_factory.mktemp("county") / "book"
    founded(folder, "library", "medicine")
    return folder


@pytest.fixture
def clerk(book_to_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    """The first user of a fresh book with library and medicine, in a folder of his own."""
    shutil.copytree(book_to_copy, tmp_path / "book")
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    return Clerk(tmp_path / "book")


@pytest.fixture
def library(clerk: Clerk, tmp_path: Path) -> Clerk:
    """The same with books on the shelf and two readers."""
    shelve(clerk, tmp_path)
    return clerk


@pytest.fixture
def clerk_of_both(databases: Databases, dialect: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    """The first user of a new book with the library, on SQLite and on PostgreSQL."""
    monkeypatch.chdir(tmp_path)
    return founded(tmp_path / "book", "library", database=databases.empty() if dialect == "postgres" else "")
