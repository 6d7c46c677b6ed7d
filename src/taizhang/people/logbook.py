"""The log of acts: one line for each thing done or refused, written in the transaction of what was done."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import Q

from taizhang.core import Scope, Value
from taizhang.people import models
from taizhang.people.reading import within

ACT_TABLE = "people_act"
ACT_COLUMNS = ("at", "user_key", "on_behalf_of", "act", "programme", "place", "record", "first_seq", "entries", "refused", "detail")
_INSERT = f"INSERT INTO {ACT_TABLE} ({', '.join(ACT_COLUMNS)}) VALUES ({', '.join(['%s'] * len(ACT_COLUMNS))})"
_MOST = 1000


@dataclass(frozen=True, slots=True)
class LogLine:
    """Who did what, when (microseconds UTC since 1970), for whom and where; `refused` holds the reason if it was not done.

    `entries` are the first seq and how many; `programme` and `place` are "" for what has none.
    """

    number: int
    at: int
    user: str
    on_behalf_of: str | None
    act: str
    programme: str
    place: str
    record: str | None
    entries: tuple[int, int] | None
    refused: str | None
    detail: Mapping[str, Value]


def act_row(
    scope: Scope,
    act: str,
    *,
    programme: str = "",
    place: str = "",
    on_behalf_of: str | None = None,
    record: str | None = None,
    entries: tuple[int, int] | None = None,
    refused: str | None = None,
    detail: Mapping[str, Value] | None = None,
    at: int | None = None,
) -> tuple[Any, ...]:
    """A line of the log as a row of `ACT_COLUMNS`, for who writes it on a connection of his own.

    `place` is a path. `detail` holds nothing personal: it is never erased. `at` is now unless told otherwise.
    """
    first, count = entries or (None, None)
    words = json.dumps(detail, ensure_ascii=False, separators=(",", ":"), sort_keys=True) if detail else None
    when = time.time_ns() // 1000 if at is None else at
    return (when, scope.user, on_behalf_of, act, programme, place, record, first, count, refused, words)


def log(
    scope: Scope,
    act: str,
    *,
    programme: str = "",
    place: str = "",
    on_behalf_of: str | None = None,
    record: str | None = None,
    entries: tuple[int, int] | None = None,
    refused: str | None = None,
    detail: Mapping[str, Value] | None = None,
    at: int | None = None,
    using: str = "default",
) -> None:
    """Write a line of the log on this connection, in the transaction that is open there; `act_row` tells what stands in it.

    Whoever refuses logs after his transaction is undone, or the refusal is undone with it.
    """
    row = act_row(
        scope,
        act,
        programme=programme,
        place=place,
        on_behalf_of=on_behalf_of,
        record=record,
        entries=entries,
        refused=refused,
        detail=detail,
        at=at,
    )
    with connections[using].cursor() as cursor:
        cursor.execute(_INSERT, row)


def acts(
    scope: Scope,
    *,
    user: str | None = None,
    act: str | None = None,
    programme: str | None = None,
    place: str | None = None,
    record: str | None = None,
    since: int | None = None,
    until: int | None = None,
    refused: bool | None = None,
    before: int | None = None,
    limit: int = 100,
    placeless: bool = False,
    using: str = "default",
) -> list[LogLine]:
    """The newest lines first: those one may audit, and one's own.

    `place` is a path prefix, `since` and `until` are microseconds (until is not included), `before` the number of the
    last line already read, `limit` at most 1,000. A line without a programme needs the audit of every programme; one without
    a place is for who audits the whole tree, or, where the caller knows him for the auditor of the whole book, `placeless`.
    """
    exact = {"user_key": user, "act": act, "programme": programme, "record": record, "place__startswith": place}
    bounds = {"at__gte": since, "at__lt": until, "pk__lt": before, "refused__isnull": None if refused is None else not refused}
    asked = {name: value for name, value in (exact | bounds).items() if value is not None}
    every = models.Act.objects.using(using)
    found = every.filter(within(scope, "audit") | Q(user_key=scope.user), **asked)
    if placeless:
        found |= every.filter(place="", **asked)
    return [_line(row) for row in found.order_by("-pk")[: max(0, min(limit, _MOST))].values_list("pk", *ACT_COLUMNS)]


def _line(row: tuple[Any, ...]) -> LogLine:
    number, at, user, on_behalf_of, act, programme, place, record, first, count, refused, detail = row
    entries = None if first is None else (first, count)
    return LogLine(number, at, user, on_behalf_of, act, programme, place, record, entries, refused, json.loads(detail) if detail else {})
