"""A county's book and the people at it, for tests of acts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from taizhang.acts.desk import Desk, open_desk
from taizhang.acts.founding import found
from taizhang.acts.installing import install
from taizhang.core import DutyRole, Scope
from taizhang.ledger.rules import Proposal
from taizhang.packs import PROGRAMMES
from taizhang.people import add_department, add_user, give_duty, scope

TODAY = date(2022, 12, 28)
COUNTY, VILLAGE = 431023, 431023101201
PATHS = {COUNTY: "43/4310/431023/", VILLAGE: "43/4310/431023/431023101/431023101201/"}
_numbers = itertools.count(1)


@contextmanager
def county(folder: Path, address: str, *packs: str) -> Iterator[Desk]:
    """The desk of the first user of a new book with these programmes; the book's places are a county and one of its villages."""
    database = address if "://" in address else None
    desk = found(folder, COUNTY, place_path=PATHS[COUNTY], database=database, login="founder", title="永兴县", alias=f"office-{next(_numbers)}")
    _places(desk)
    for name in packs:
        assert install(desk, PROGRAMMES / name).fresh
    try:
        yield on(desk, TODAY)
    finally:
        desk.close()


def on(desk: Desk, day: date) -> Desk:
    """The same desk on a day."""
    return Desk(desk.book, desk.scope, day)


def user(desk: Desk, login: str, *duties: tuple[DutyRole, str, str]) -> Desk:
    """The desk of another user with these duties: role, place path, programme."""
    house = Scope.of_the_house("users of a test", on=date(2000, 1, 1))
    department = add_department(house, name=login, place=PATHS[COUNTY], using=desk.book.alias)
    key = add_user(house, name=login, login=login, department=department, since=date(2000, 1, 1), using=desk.book.alias)
    for role, place, programme in duties:
        give_duty(house, user=key, role=role, place=place, programme=programme, reason="任命", since=date(2000, 1, 1), using=desk.book.alias)
    return Desk(desk.book, _scope(desk, key), desk.today)


def again(desk: Desk) -> Desk:
    """The same book opened once more, as another program would."""
    return on(open_desk(desk.book.folder, "founder", alias=f"office-{next(_numbers)}"), desk.today)


def state(desk: Desk, type_name: str, day: str = "2022-12-28", place: int = COUNTY, **values: Any) -> Proposal:
    """A record is registered."""
    return Proposal("state", type_name, day, str(place), values, desk.scope.user)


def event(desk: Desk, type_name: str, day: str = "2022-12-28", place: int = COUNTY, record: Any = None, **values: Any) -> Proposal:
    """Something happened."""
    return Proposal("event", type_name, day, str(place), values, desk.scope.user, record=record)


def move(desk: Desk, type_name: str, quantity: Any, day: str = "2022-12-28", place: int = COUNTY, **more: Any) -> Proposal:
    """Something moved."""
    return Proposal("transfer", type_name, day, str(place), more.pop("values", {}), desk.scope.user, quantity=quantity, **more)


def strike(desk: Desk, uid: str, why: str = "写错", restate: Proposal | None = None) -> Proposal:
    """An entry is withdrawn."""
    return Proposal("strike", "", None, None, {}, desk.scope.user, strikes=uid, why=why, restate=restate)


def resident(number: int) -> str:
    """A resident ID of nobody: the district 999999 does not exist."""
    head = f"99999919500101{number % 1000:03d}" if number < 1000 else f"9999991950{1 + number // 1000 % 12:02d}{1 + number // 12000 % 28:02d}{number % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return head + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(head, weights, strict=True)) % 11]


def _scope(desk: Desk, key: str) -> Scope:
    return scope(key, desk.today, desk.book.alias)


def _places(desk: Desk) -> None:
    """A township and a village below the county."""
    rows = [(431023101, "township", "马田镇"), (VILLAGE, "village", "甲村")]
    store, path = desk.book.store, PATHS[COUNTY]
    with store.transaction():
        for key, level, name in rows:
            path += f"{key}/"
            store.run("INSERT INTO place (key, path, level, name) VALUES (?, ?, ?, ?)", [key, path, level, name])
            store.run("INSERT INTO place_code (place, scheme, code, name) VALUES (?, 'stat', ?, ?)", [key, str(key), name])
