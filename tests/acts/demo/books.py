"""Small demonstration books for tests: one county with two townships and three villages."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from taizhang.acts.demo import Built, build, read_totals
from taizhang.acts.desk import Desk, open_desk

PLACES = """类别,代码,名称,上级代码
统计,43,湖南省,
统计,4310,郴州市,43
统计,431023,永兴县,4310
统计,431023101,马田镇,431023
统计,431023101201,甲村,431023101
统计,431023101202,乙村,431023101
统计,431023102,金龟镇,431023
统计,431023102201,丙村,431023102
"""
_numbers = itertools.count(1)


class Maker:
    """Makes books on one database after another, each in a folder of its own."""

    def __init__(self, folder: Path, address: Callable[[], str | None]) -> None:
        self.folder, self._address = folder, address
        self.list = folder / "places.csv"
        self.list.write_text(PLACES, encoding="utf-8")

    def totals(self, text: str) -> str:
        """A file of totals for 永兴县: one a line."""
        path = self.folder / f"totals{next(_numbers)}.yaml"
        rows = "".join(f"  - {{{line.strip()}}}\n" for line in text.strip().splitlines())
        path.write_text(f'title: 例\nplace: "431023"\ntotals:\n{rows}', encoding="utf-8")
        return str(path)

    def address(self) -> str | None:
        """A fresh database; None for a file in the book's folder."""
        return self._address()

    def build(self, text: str, seed: int = 1, folder: Path | None = None, **more: Any) -> Built:
        """A book with these totals."""
        number = next(_numbers)
        where = folder or self.folder / f"book{number}"
        told = {"places": self.list, "login": "demo", "alias": f"demo-{number}", "database": self.address(), **more}
        return build(where, read_totals(self.totals(text)), seed, **told)

    @contextmanager
    def desk(self, built: Built) -> Iterator[Desk]:
        """The desk at a book."""
        desk = open_desk(built.folder, "demo", alias=f"demo-{next(_numbers)}")
        try:
            yield desk
        finally:
            desk.close()
