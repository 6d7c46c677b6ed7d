"""What of a pack's folder comes into the book: its YAML, as it was checked, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from taizhang.acts import installing
from taizhang.acts.desk import Desk
from taizhang.acts.installing import install
from taizhang.ledger.installed import Installing, examine, load

from . import ponds
from .office import resident


def test_a_list_of_people_beside_the_pack_stays_outside(desk: Desk, tmp_path: Path) -> None:
    folder = ponds.write(tmp_path / "county")
    (folder / "塘长.csv").write_text(f"姓名,身份证号\n示例甲,{resident(1)}\n", encoding="utf-8")
    (folder / "forms").mkdir()
    (folder / "forms" / "notes.txt").write_text("示例甲家的塘", encoding="utf-8")
    assert install(desk, folder).fresh
    (files,) = desk.book.store.rows("SELECT files FROM pack_version WHERE pack = 'ponds'")
    assert resident(1) not in files[0]
    assert sorted(json.loads(files[0])) == sorted([*(f"cases/{name}" for name in ponds.CASES), "fields.yaml", "pack.yaml"])
    assert "ponds.pond" in load(desk.book.store, desk.book.number).things


def test_a_pack_that_changes_while_it_is_installed_is_not(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = ponds.write(tmp_path / "county")
    size = desk.book.size

    def examined(*given: object) -> Installing:
        found = examine(*given)  # type: ignore[arg-type]
        pack = folder / "pack.yaml"
        pack.write_text(pack.read_text(encoding="utf-8").replace("管理办法（示例）", "管理办法（试行）"), encoding="utf-8")
        return found

    monkeypatch.setattr(installing, "examine", examined)
    with pytest.raises(ValueError, match="changed while"):
        install(desk, folder)
    assert desk.book.size == size
    assert "ponds" not in load(desk.book.store, desk.book.number).packs


def test_a_kept_file_outside_of_its_folder_is_not_written(desk: Desk, tmp_path: Path) -> None:
    """Who can write the database must not thereby write files of whoever opens the book."""
    target = tmp_path / "elsewhere.yaml"
    files = json.dumps({"pack.yaml": "pack: evil", str(target): "x"})
    with desk.book.store.transaction():
        desk.book.store.run("UPDATE pack_version SET files = ? WHERE pack = 'mines'", [files])
    with pytest.raises(ValueError, match="outside"):
        load(desk.book.store, desk.book.number)
    assert not target.exists()
