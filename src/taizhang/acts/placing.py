"""Places: where a new book stands, and the lists of places loaded into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from taizhang.acts.desk import Desk
from taizhang.core import EVERY_PROGRAMME, InputError, Problem, places, places_by_name
from taizhang.ledger.book import Book
from taizhang.ledger.places import Loaded, PlaceRow, find_source, load_list, load_package, read
from taizhang.people import log

_LENGTHS = (2, 4, 6, 9, 12)


@dataclass(frozen=True, slots=True)
class Seat:
    """The place of a book: its key, its path from the top, its name (a code below a county has none yet)."""

    key: int
    path: str
    name: str


def seat_of(words: str) -> Seat:
    """The place a code (43, 430923) or the name of a province, prefecture or county means; InputError for any other."""
    asked = words.strip()
    if asked.isascii() and asked.isdigit():
        return _of_code(asked)
    found = [p for p in places() if asked in (p.name, _full_name(p.code))] or list(places_by_name().get(asked, ()))
    if len(found) == 1:
        return _of_code(found[0].code)
    raise InputError(_which(asked, [f"{p.code} {_full_name(p.code)}" for p in found]) if found else _unknown(asked))


def load_places(
    desk: Desk, *, prefix: str = "", source: Path | None = None, move: bool = False, tell: Callable[[int], None] = lambda _: None
) -> Loaded:
    """Load the places above and below a code from the package, or those of a county's own list.

    With problems nothing was loaded. `move` lets places that have entries go to another parent. InputError where the
    package is not found, or without the duty to manage the book.
    """
    book = desk.book
    path = desk.reader.path(book.place)
    if not desk.scope.may("manage", EVERY_PROGRAMME, path):
        do = ("请由管理人员办理。", "Have a manager do it.")
        raise InputError(
            Problem(
                "权限", "您不能管理这本账的区划", "管理职责", do[0], "you may not manage the places of this book", "the role manage", do[1]
            )
        )
    loaded = load_list(book.store, source, move=move) if source else _from_package(desk, prefix or str(book.place), tell)
    if not loaded.problems:
        log(desk.scope, "places", place=path, detail={"added": loaded.added, "changed": loaded.changed}, using=book.alias)
    return loaded


def seed(book: Book) -> None:
    """The places above a new book and those below it down to the county, which this program knows itself: a book can begin with them."""
    code, names = str(book.place), {p.code for p in places()}
    near = [p for p in places() if (p.code.startswith(code) or code.startswith(p.code)) and (p.parent is None or p.parent in names)]
    rows = [PlaceRow(int(p.code), _path(p.code), p.level, p.name, (("stat", p.code),)) for p in sorted(near, key=lambda p: (len(p.code), p.code))]
    load_package(book.store, rows)


def _path(code: str) -> str:
    return "".join(f"{code[:n]}/" for n in _LENGTHS if n <= len(code))


def _from_package(desk: Desk, prefix: str, tell: Callable[[int], None]) -> Loaded:
    return load_package(desk.book.store, read(find_source([desk.book.folder]), prefix), tell)


def _of_code(code: str) -> Seat:
    """A code is known down to the county; below that its form is all that can be checked before places are loaded."""
    names = {p.code: p.name for p in places()}
    upper = code[:6] if len(code) > 6 else code
    if len(code) not in _LENGTHS or upper not in names:
        raise InputError(_unknown(code))
    return Seat(int(code), _path(code), _full_name(upper) if code == upper else code)


def _full_name(code: str) -> str:
    names = {p.code: p.name for p in places()}
    return "".join(names.get(code[:n], "") for n in (2, 4, 6) if n <= len(code))


def _unknown(words: str) -> Problem:
    expected = (
        "区划代码如 43、430923，或省、市、县的名称如安化县",
        "a code such as 43 or 430923, or the name of a province, prefecture or county",
    )
    return Problem("place", f"没有区划“{words}”", expected[0], "请核对。", f"there is no place “{words}”", expected[1], "Check it.")


def _which(words: str, found: list[str]) -> Problem:
    expected = "、".join(found)
    do = ("请改写代码。", "Give its code.")
    return Problem(
        "place", f"有 {len(found)} 处都叫“{words}”", expected, do[0], f"{len(found)} places are called “{words}”", expected, do[1]
    )
