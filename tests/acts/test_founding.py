"""A book that cannot be founded whole leaves nothing behind: it can be tried again in the same place."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from taizhang.acts import founding
from taizhang.acts.desk import Desk
from taizhang.ledger import book as books

from .office import COUNTY, PATHS

_numbers = itertools.count(1)


def found(folder: Path, address: str) -> Desk:
    return founding.found(folder, COUNTY, place_path=PATHS[COUNTY], database=address or None, login="founder", alias=f"founded-{next(_numbers)}")


def fails(*_: object, **__: object) -> None:
    raise OSError("the disk is full")


@pytest.mark.parametrize(("where", "what"), [(founding, "seed"), (founding, "give_duty"), (founding, "scope"), (books, "_write"), (books, "load")])
def test_what_fails_leaves_nothing(empty_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: object, what: str) -> None:
    folder = tmp_path / "new"
    with monkeypatch.context() as planted:
        planted.setattr(where, what, fails)
        with pytest.raises(OSError, match="full"):
            found(folder, empty_address)
    assert not folder.exists()
    desk = found(folder, empty_address)
    assert (desk.book.size, len(desk.scope.grants) > 0) == (0, True)
    desk.close()
