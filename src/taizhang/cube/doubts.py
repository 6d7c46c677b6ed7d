"""What must be said beside a figure: its period is not over, its place ended or began within it, its book does not verify."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from taizhang.core import CHINA, InputError, Problem, Question
from taizhang.ledger.book import Book
from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.checkpoint import BadCheckpoint
from taizhang.ledger.places.spans import FIRST, LAST, Spell
from taizhang.ledger.tree import root_of
from taizhang.ledger.tree_store import StoredNodes

VERIFIED = "verified.json"
_SHOWN = 3


def doubts(book: Book, question: Question, stock: bool, today: date, size: int) -> tuple[Problem, ...]:
    """Everything that must be said beside the figures of a question answered as of an entry."""
    known = today if question.as_of is None else min(today, _recorded(book, size, today))
    return (*_unverified(book), *_unfinished(question, stock, known), *_of_place(book, question))


def misfit(catalogue: Catalogue, type_name: str, fields: Iterable[str], seen: Sequence[int]) -> Problem:
    """Entries of a type that a figure reads say something that is not of its field's type; `seen` are those its reader may see."""
    thing = catalogue.things.get(type_name)
    names = list(dict.fromkeys(fields))
    titles = "、".join(thing.fields[name].title if thing and name in thing.fields else name for name in names)
    numbers = ", ".join(map(str, seen[:_SHOWN])) + (" …" if len(seen) > _SHOWN else "")
    zh = f"{thing.title if thing else type_name}{f'第 {numbers} 条' if seen else '有的条目'}的{titles}不合数据元，按未知处理"
    en = f"{', '.join(names)} of {f'entry {numbers}' if seen else 'some entry'} ({type_name}) is not of its field's type: taken for unknown"
    do = ("请红冲并重新登记，或用新版定义改正数据元。", "Strike and restate it, or mend the field in a new version of the pack.")
    return Problem(type_name, zh, "与数据元相符的值", do[0], en, "a value of its field's type", do[1])


def note_verified(folder: Path, problems: int) -> None:
    """Leave beside a book what reading all of it has found, for figures to be told with; nothing where the folder is only to be read."""
    part = folder / f"{VERIFIED}.part"
    with suppress(OSError):
        part.write_text(json.dumps({"problems": problems}), encoding="utf-8")
        part.replace(folder / VERIFIED)


# ---- the book ------------------------------------------------------------------------------------------------------------------


def _unverified(book: Book) -> Iterator[Problem]:
    """Whether the last reading of the whole book found problems, or its tree is not the one that was signed last."""
    if _found_wrong(book.folder) or not _as_signed(book):
        do = ("请运行 taizhang verify，并查明经过。", "Run taizhang verify, and find out why.")
        found = ("账本核验有问题，此数未必可信", "the book does not verify: do not rely on this figure")
        yield Problem("book", found[0], "核验无误的账本", do[0], found[1], "a book that verifies", do[1])


def _found_wrong(folder: Path) -> bool:
    try:
        return bool(json.loads((folder / VERIFIED).read_text(encoding="utf-8"))["problems"])
    except (OSError, ValueError, KeyError, TypeError):
        return False  # nobody has read it yet


def _as_signed(book: Book) -> bool:
    """Whether the tree as it is kept gives the root of the newest checkpoint: some hundred hashes are read."""
    try:
        last = book.last_checkpoint()
        return last is None or root_of(StoredNodes(book.store, book.number, last[0].size), last[0].size) == last[0].root
    except (BadCheckpoint, InputError, LookupError, OSError, ValueError):  # nor is one whose key is gone
        return False


# ---- the period ----------------------------------------------------------------------------------------------------------------


def _unfinished(question: Question, stock: bool, known: date) -> Iterator[Problem]:
    last = question.period.last
    if last > known or (last == known and not stock):
        found = (f"{question.period} 到 {known} 还没有过完", f"{question.period} was not over on {known}")
        do = ("请在期满后再取数，或写明截至日期。", "Ask again when it is over, or print the day with the figure.")
        yield Problem("period", found[0], "已经过完的时期", do[0], found[1], "a period that is over", do[1])


def _recorded(book: Book, size: int, today: date) -> date:
    """The day an entry was recorded in China."""
    rows = book.store.rows("SELECT recorded_at FROM entry WHERE book = ? AND seq = ?", [book.number, size])
    return datetime.fromtimestamp(rows[0][0] / 1_000_000, CHINA).date() if rows else today


# ---- the place -----------------------------------------------------------------------------------------------------------------


def _of_place(book: Book, question: Question) -> Iterator[Problem]:
    """A place that ended before the period did, or began after it did; with what there is beside it in the tree from that day."""
    spells = _spells(book, "place = ?", [question.place])
    first, last = question.period.first.isoformat(), question.period.last.isoformat()
    end = max((spell.end or LAST for spell in spells), default=LAST)
    start = min((spell.start or FIRST for spell in spells), default=FIRST)
    if end < last:
        next_day = (date.fromisoformat(end) + timedelta(1)).isoformat()
        yield _ended(spells[-1].name, end, _named(book, question.place, "valid_from", next_day))
    if start > first:
        day_before = (date.fromisoformat(start) - timedelta(1)).isoformat()
        yield _begun(spells[-1].name, start, _named(book, question.place, "valid_to", day_before))


def _spells(book: Book, where: str, params: list[object]) -> list[Spell]:
    sql = f"SELECT scheme, code, place, name, valid_from, valid_to FROM place_code WHERE {where} ORDER BY id"
    return [Spell(*row) for row in book.store.rows(sql, params)]


def _named(book: Book, place: int, column: str, day: str) -> list[str]:
    """The places with the same parent of which a name began, or ended, on a day."""
    path = book.store.rows("SELECT path FROM place WHERE key = ?", [place])[0][0]
    parent = path.removesuffix(f"{place}/")
    beside = f"place <> ? AND {column} = ? AND place IN (SELECT key FROM place WHERE path LIKE ?)"
    paths = {int(key): own for key, own in book.store.rows("SELECT key, path FROM place WHERE path LIKE ?", [f"{parent}%"])}
    found = [s for s in _spells(book, beside, [place, day, f"{parent}%"]) if paths[s.place] == f"{parent}{s.place}/"]
    return list(dict.fromkeys(spell.name for spell in found))[:_SHOWN]


def _ended(name: str, end: str, next_ones: list[str]) -> Problem:
    zh, en = "、".join(next_ones) or "未载明", ", ".join(next_ones) or "not told"
    found = (f"{name}到 {end} 为止；次日启用的是{zh}", f"{name} ended on {end}; begun the day after: {en}")
    do = ("以后的数请问新的区划；此数只含记在原区划的条目。", "Ask the new place for later figures; this one has the entries of the old place only.")
    return Problem("place", found[0], "全期都有的区划", do[0], found[1], "a place that was there all the time", do[1])


def _begun(name: str, start: str, before: list[str]) -> Problem:
    zh, en = "、".join(before) or "未载明", ", ".join(before) or "not told"
    found = (f"{name}自 {start} 起；此前一日停用的是{zh}", f"{name} began on {start}; ended the day before: {en}")
    do = ("以前的数请问原来的区划。", "Ask the old places for earlier figures.")
    return Problem("place", found[0], "全期都有的区划", do[0], found[1], "a place that was there all the time", do[1])
