"""Freezing a figure when it is printed: what was said, of what, by which definition, as of which entry, under which fingerprint.

It is an entry of the book itself, which nobody withdraws: what was printed was printed. docs/decisions/0090 says why.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction
from typing import get_args

from taizhang.acts.desk import Desk
from taizhang.acts.proving import covering
from taizhang.core import DutyRole, Entry, Figure, InputError, Period, Problem, Question, ReviewLevel, Value, review_role
from taizhang.ledger.plans import FREEZE
from taizhang.ledger.store import among
from taizhang.ledger.uids import new_uid
from taizhang.ledger.writing import READ, entry_of
from taizhang.packs.types import plain
from taizhang.people import log

LONGEST = 200
_FREEZING: tuple[DutyRole, ...] = ("manage", "enter", *(review_role(level) for level in get_args(ReviewLevel)))
_FROZEN = f"SELECT entry.seq, {READ} FROM frozen JOIN entry ON entry.book = frozen.book AND entry.seq = frozen.seq WHERE frozen.book = ?"


@dataclass(frozen=True, slots=True)
class Frozen:
    """A figure as it was printed. `seq` is the number of the entry that froze it; `root` (hex) that of the checkpoint of `size`."""

    seq: int
    uid: str
    label: str
    title: str
    unit: str
    question: Question
    printed: str
    value: Fraction
    version: int
    size: int
    root: str
    by: str
    at: int

    @property
    def as_of(self) -> int:
        """The number of the last entry it counted."""
        return self.question.as_of or 0


def freeze(desk: Desk, figures: Iterable[Figure], label: str) -> list[Frozen]:
    """Keep figures as they are printed under a label (a bulletin, an article); each is an entry and they are one line of the log.

    InputError for a figure without a value, for who has no duty to enter, review or manage there, or for no label.
    """
    some = list(figures)
    named = " ".join(label.split())
    _check(desk, some, named)
    signed, _ = covering(desk, max((figure.as_of for figure in some), default=0))
    at = time.time_ns() // 1000
    entries = [_entry(desk, figure, named, signed.size, signed.root.hex(), at) for figure in some]
    with desk.book.store.transaction():
        outcomes = desk.book.journal.append(entries)
        seqs = (outcomes[0].seq or 0, len(outcomes))
        programmes = {figure.indicator.partition(".")[0] for figure in some}
        programme = programmes.pop() if len(programmes) == 1 else ""
        log(desk.scope, "freeze", programme=programme, place=desk.sight.path(some[0].place), entries=seqs, using=desk.book.alias)
    return [_frozen(outcome.seq or 0, entry) for outcome, entry in zip(outcomes, entries, strict=True)]


def frozen(desk: Desk, label: str | None = None) -> list[Frozen]:
    """The frozen figures within the scope, the oldest first; only those under a label."""
    where, values = (" AND frozen.label = ?", [label]) if label else ("", [])
    rows = desk.book.store.rows(f"{_FROZEN}{where} ORDER BY frozen.seq", [desk.book.number, *values])
    return _seen(desk, rows)


def frozen_since(desk: Desk, seq: int) -> list[Frozen]:
    """Those that may have counted an entry: frozen as of its number or later."""
    return _seen(desk, desk.book.store.rows(f"{_FROZEN} AND frozen.as_of >= ? ORDER BY frozen.seq", [desk.book.number, seq]))


def frozen_at(desk: Desk, seqs: Iterable[int]) -> list[Frozen]:
    """Those of these numbers, within the scope."""
    condition, values = among(desk.book.store, "frozen.seq", seqs)
    return _seen(desk, desk.book.store.rows(f"{_FROZEN} AND {condition} ORDER BY frozen.seq", [desk.book.number, values]))


def _seen(desk: Desk, rows: Iterable[tuple[object, ...]]) -> list[Frozen]:
    entries = [(int(str(row[0])), entry_of(row[1:])) for row in rows]
    return [_frozen(seq, entry) for seq, entry in entries if desk.may_entry("view", entry)]


def _check(desk: Desk, figures: list[Figure], label: str) -> None:
    if not label or len(label) > LONGEST:
        raise InputError(_no_label())
    for figure in figures:
        if figure.value is None:
            raise InputError(_no_value(figure))
        programme, path = figure.indicator.partition(".")[0], desk.sight.path(figure.place)
        if not any(desk.scope.may(role, programme, path) for role in _FREEZING):
            raise InputError(_not_allowed(figure))


def _entry(desk: Desk, figure: Figure, label: str, size: int, root: str, at: int) -> Entry:
    """What the journal keeps of a figure."""
    data: dict[str, Value] = {
        "indicator": figure.indicator,
        "title": figure.title,
        "unit": figure.unit,
        "first": figure.period.first.isoformat(),
        "last": figure.period.last.isoformat(),
        "of": [f"{path}={value}" for path, value in sorted(figure.of.items())],
        "version": figure.version,
        "as_of": figure.as_of,
        "value": exact(figure.value or Fraction(0)),
        "printed": exact(figure.printed or Fraction(0)),
        "label": label,
        "size": size,
        "root": root,
    }
    return Entry(new_uid(), "event", FREEZE, figure.place, desk.today, desk.scope.user, at, data=data)


def _frozen(seq: int, entry: Entry) -> Frozen:
    data: Mapping[str, Value] = entry.data
    parts = data["of"] if isinstance(data["of"], list) else []
    period = Period(date.fromisoformat(str(data["first"])), date.fromisoformat(str(data["last"])))
    of = dict(part.partition("=")[::2] for part in parts)
    question = Question(str(data["indicator"]), entry.place, period, of=of, as_of=_whole(data["as_of"]))
    label, title, unit, printed, root = (str(data[name]) for name in ("label", "title", "unit", "printed", "root"))
    version, size, value = _whole(data["version"]), _whole(data["size"]), Fraction(str(data["value"]))
    return Frozen(seq, entry.uid, label, title, unit, question, printed, value, version, size, root, entry.actor, entry.recorded_at)


def exact(value: Fraction) -> str:
    """A value as it is kept: its digits, or a fraction where they never end."""
    places = next((n for n in range(19) if (value * 10**n).denominator == 1), None)
    return str(value) if places is None else plain(Decimal(int(value * 10**places)).scaleb(-places, Context(prec=100)))


def _whole(value: Value) -> int:
    assert isinstance(value, int)
    return value


def _no_label() -> Problem:
    do = ("请写明用在哪里。", "Say where it is printed.")
    expected = (f"1 到 {LONGEST} 字，如“简报第12期”", f"1 to {LONGEST} characters, for instance “bulletin 12”")
    return Problem("--freeze", "没有名目，或太长", expected[0], do[0], "no label, or one too long", expected[1], do[1])


def _no_value(figure: Figure) -> Problem:
    do = ("请换一个期间或区划。", "Ask for another period or place.")
    found = ("账本没有这个数，不能封存", "the book has no such figure, so it cannot be frozen")
    return Problem(figure.title, found[0], "有记录的数", do[0], found[1], "a figure with records", do[1])


def _not_allowed(figure: Figure) -> Problem:
    do = ("请由填报、审核或管理人员封存。", "Have somebody freeze it who enters, reviews or manages there.")
    found = (f"您不能封存{figure.title}", "you may not freeze it")
    return Problem("权限", found[0], "填报、审核或管理职责", do[0], found[1], "the role enter, review or manage", do[1])
