"""A new programme is one folder: checked, installed, run, and not a byte outside it changes."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

import taizhang
from taizhang.acts.founding import found
from taizhang.acts.installing import install
from taizhang.acts.posting import post
from taizhang.acts.trial import run
from taizhang.core import Period
from taizhang.cube import Figures
from taizhang.ledger.rules import Proposal
from taizhang.packs import check, find

from . import ponds
from .trials import told

HOUSE = Path(taizhang.__file__).parent


def contents(folder: Path) -> dict[str, str]:
    """Every file of a folder by the hash of its bytes; what Python compiles for itself left out."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    return ponds.write(tmp_path / "programmes of the county")


def test_its_cases_come_as_they_say(programme: Path, dialect: str, request: pytest.FixtureRequest) -> None:
    server = f"postgresql://tests@/postgres?host={request.getfixturevalue('server').info.host}" if dialect == "postgres" else None
    results = run(programme, database=server)
    assert told(results) == []
    assert [result.file for result in results] == sorted(f"cases/{name}" for name in ponds.CASES)


def test_it_is_installed_and_worked_with_and_nothing_outside_changes(programme: Path, tmp_path: Path, address: str) -> None:
    house, folder = contents(HOUSE), contents(programme)
    pack, problems = check(programme)
    assert problems == []
    assert pack is not None
    assert "ponds" in find([programme.parent])
    desk = found(tmp_path / "book", 43, place_path="43/", database=address, login="clerk", alias="ponds")
    try:
        assert install(desk, programme).fresh
        assert not install(desk, programme).fresh
        day, place = date(2022, 12, 28), 43
        rows = [
            Proposal("state", "ponds.pond", day, place, {"山塘编号": "S1", "水面（亩）": "3.5"}, desk.scope.user),
            Proposal("event", "ponds.inspect", day, place, {"水深": "2米", "渗漏": "是"}, desk.scope.user, record="S1"),
        ]
        assert [answer.what for answer in post(desk, rows)] == ["ok", "ok"]
        with desk.book.store.transaction():
            figures = Figures(desk.book.inside(), desk.book.catalogue)
            assert figures.value(pack, pack.indicators["leaking_share"], Period.read("2022")) == 100
        line = desk.reader.latest(limit=1)[0]
        assert line.entry.data == {"depth": "2", "leaking": True, "share": "1.75"}
        assert line.entry.version == 1
    finally:
        desk.close()
    assert contents(programme) == folder
    assert contents(HOUSE) == house
