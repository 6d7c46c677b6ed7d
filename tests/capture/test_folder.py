"""A batch: files as given, folders as their usable files."""

from __future__ import annotations

from pathlib import Path

import pytest

from taizhang.capture import expand


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("乙.txt", "甲.docx", "下/丙.PDF", "下/表.xlsx", "~$甲.docx", ".隐.txt", ".git/x.txt", "说明"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    return tmp_path


def test_a_folder_gives_its_usable_files_by_name(folder: Path) -> None:
    chosen = expand([folder])
    assert chosen.files == tuple(sorted(folder / n for n in ("乙.txt", "甲.docx", "下/丙.PDF")))
    assert chosen.skipped == tuple(sorted(folder / n for n in ("下/表.xlsx", "说明")))
    assert chosen.problems == ()


def test_files_named_are_taken_as_they_are(folder: Path) -> None:
    assert list(expand([folder / "说明", "-", folder / "无.txt"])) == [folder / "说明", Path("-"), folder / "无.txt"]


def test_a_file_named_twice_comes_once(folder: Path) -> None:
    assert expand([folder / "甲.docx", folder]).files.count(folder / "甲.docx") == 1


def test_a_folder_without_usable_files_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "表.xlsx").touch()
    chosen = expand([tmp_path])
    assert len(chosen) == 0
    assert [(p.where, "1" in p.found) for p in chosen.problems] == [(str(tmp_path), True)]
