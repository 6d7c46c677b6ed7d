"""From a CNMARC record to the rows of a register, by the tables beside this file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from taizhang.capture.cnmarc.iso2709 import Record

_ISBN = re.compile(r"[0-9０-９][0-9０-９Xx\-－ ]{8,16}[0-9０-９Xx]")
_PRICE = re.compile(r"(?:CNY|RMB|[￥¥])?\s*(\d{1,6}(?:\.\d{1,2})?)\s*元?\s*(?:[（(]([^()（）]*)[)）])?", re.IGNORECASE)
_OF_A_SET = frozenset("全套册卷辑")
_RANGE = re.compile(r"\d+\s*[-~－—～]\s*\d+")


NOTES = frozenset({"marc_price"})
"""Reasons for which a cell is left empty and the row is taken all the same."""


@dataclass(frozen=True, slots=True)
class Column:
    """A head, and where its values come from: the first choice that is there, each choice some subfields joined."""

    head: str
    choices: tuple[tuple[str, ...], ...]
    how: str


class Unread(Exception):
    """A text that is there but cannot be taken for what it should be; the reason says as what."""

    @property
    def reason(self) -> str:
        """One of the table of problems."""
        return str(self)


@lru_cache(maxsize=1)
def mapping() -> dict[str, tuple[Column, ...]]:
    """The columns of each register."""
    found: dict[str, list[Column]] = {}
    for register, head, sources, how in _table("mapping.tsv"):
        choices = tuple(tuple(choice.split("+")) for choice in sources.replace(" + ", "+").split())
        found.setdefault(register, []).append(Column(head, choices, how))
    return {register: tuple(columns) for register, columns in found.items()}


@lru_cache(maxsize=1)
def classes() -> dict[str, str]:
    """The kind of book by the beginning of its class; the first that fits counts."""
    return {line[0]: line[1] for line in _table("classes.tsv")}


def heads(register: str) -> tuple[str, ...]:
    """The heads of a register in order."""
    return tuple(column.head for column in mapping()[register])


def barcodes(record: Record, register: str) -> list[str] | None:
    """The barcodes of a record, each once; None for a register that has a row for each record."""
    column = next((column for column in mapping()[register] if column.how == "barcode"), None)
    return None if column is None else list(dict.fromkeys(_texts(record, column)))


def cells(record: Record, register: str, barcode: str | None = None) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The cells by head, absent ones left out, and of each that could not be taken the head and the reason."""
    taken: dict[str, str] = {}
    unread: list[tuple[str, str]] = []
    for column in mapping()[register]:
        texts = [barcode] if barcode and column.how == "barcode" else _texts(record, column)
        try:
            if texts and (text := _HOW[column.how](texts)):
                taken[column.head] = text
        except Unread as why:
            unread.append((column.head, why.reason))
            if why.reason not in NOTES:
                taken[column.head] = texts[0]
    return taken, unread


def _texts(record: Record, column: Column) -> list[str]:
    """The texts of the first choice that is there; joined where it has several subfields."""
    for choice in column.choices:
        found = [record.all(spec) for spec in choice]
        if found[0]:
            return found[0] if len(choice) == 1 else [" ".join(texts[0] for texts in found if texts)]
    return []


def _first(texts: list[str]) -> str:
    return texts[0]


def _isbn(texts: list[str]) -> str:
    """The number without the words on the binding around it; what holds none is left as it is, to be told."""
    m = _ISBN.search(texts[0])
    return m[0] if m else texts[0]


def _price(texts: list[str]) -> str:
    """Of one copy in yuan: the price of a set or in another currency is none."""
    m = _PRICE.fullmatch(texts[0])
    if m is None or _OF_A_SET.intersection(m[2] or ""):
        raise Unread("marc_price")
    return m[1]


def _barcode(texts: list[str]) -> str:
    if _RANGE.fullmatch(texts[0]):
        raise Unread("marc_range")
    return texts[0]


def _class(texts: list[str]) -> str:
    """The kind of book by its class."""
    return next(kind for start, kind in classes().items() if texts[0].upper().startswith(start))


_HOW: dict[str, Callable[[list[str]], str]] = {"text": _first, "isbn": _isbn, "price": _price, "barcode": _barcode, "class": _class}


def _table(name: str) -> Iterator[list[str]]:
    text = files("taizhang.capture.cnmarc").joinpath(name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
