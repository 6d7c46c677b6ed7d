"""The file to mend: somebody works in it, and no later import may undo that."""

from __future__ import annotations

from pathlib import Path

from taizhang.acts.desk import Desk

from .test_importing import crew, run, stops, table


def one_bad(path: Path, cell: str = "五百块吧") -> Path:
    lines = stops(3)
    lines[1][7] = cell
    return table(path, lines)


def test_a_file_somebody_began_to_mend_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    crew(desk)
    path = one_bad(tmp_path / "查处.csv")
    first = run(desk, path).mend
    assert first is not None
    half = first.read_text(encoding="utf-8-sig").replace("五百块吧", "500元")
    first.write_text(half, encoding="utf-8-sig")
    second = run(desk, path, valid_only=True)
    assert second.mend == first.with_stem("待改-2")
    assert first.read_text(encoding="utf-8-sig") == half
    assert run(desk, first).counts == {"ok": 1}


def test_a_file_nobody_touched_is_written_anew(desk: Desk, tmp_path: Path) -> None:
    crew(desk)
    for cell in ("五百块吧", "五百块吧", "很多"):
        path = one_bad(tmp_path / "查处.csv", cell)
        assert run(desk, path).mend == tmp_path / "待改.csv"
    assert "很多" in (tmp_path / "待改.csv").read_text(encoding="utf-8-sig")
    assert sorted(file.name for file in tmp_path.glob("*.csv")) == ["待改.csv", "查处.csv"]


def test_bad_rows_are_not_written_over_the_file_they_stood_in(desk: Desk, tmp_path: Path) -> None:
    crew(desk)
    path = one_bad(tmp_path / "待改.csv")
    before = path.read_bytes()
    assert run(desk, path).mend == tmp_path / "待改-2.csv"
    assert path.read_bytes() == before
