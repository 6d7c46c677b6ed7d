"""The first sheet of an .xlsx as rows of texts, read as a stream: what was typed, and of formulas the values last computed.

Numbers come as they were typed, not as they are kept: a spreadsheet keeps 2.8 as 2.7999999999999998 and knows fifteen
digits. A cell that its format shows as a date or a percentage is one. See ECMA-376 part 1, 18.3 (sheets) and 18.8 (styles).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Context, Decimal, InvalidOperation
from posixpath import join, normpath
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from taizhang.capture.refusals import Refused
from taizhang.capture.source import MIB

BROKEN = (BadZipFile, ParseError, zlib.error, EOFError, RuntimeError, KeyError, ValueError, InvalidOperation, OverflowError)
"""What reading a file that is damaged may raise."""
MOST_BYTES = 512 * MIB
"""The longest part taken, unpacked: the sheet is read as a stream."""
MOST_HELD = 96 * MIB
"""The longest of the parts that are held whole: shared texts, styles."""
MAIN = "xl/workbook.xml"
_CHUNK = MIB // 4
_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_DATE_LETTERS = re.compile(r"[ymdhs年月日时分秒]", re.IGNORECASE)
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_TYPED = Context(prec=15)
MOST_COLUMNS = 16_384


@dataclass(slots=True)
class Found:
    """What a reader is to be told of a sheet: its name, how many others there are, hidden rows, merged cells, cells without a value."""

    name: str = ""
    others: int = 0
    hidden: list[int] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    faults: list[tuple[str, int, str]] = field(default_factory=list)


@dataclass(slots=True)
class Book:
    """What cells refer to: shared texts, and what each style shows a number as."""

    texts: list[str]
    shows: list[str]
    first: date


def sheet(stream: BinaryIO, found: Found) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something: their numbers from 1 and their cells from column A; `found` is complete at the end.

    Raises Refused for what is no workbook, and one of BROKEN for a damaged one.
    """
    with ZipFile(stream) as package:
        path, book = _opened(package, found)
        for element in _elements(package, path, MOST_BYTES, ("row", "mergeCell")):
            if element.tag == "mergeCell":
                found.merged.append(element.get("ref", ""))
            elif row := _row(element, book, found):
                yield row


def is_workbook(stream: BinaryIO) -> bool:
    """Whether a file is a package with a workbook; the stream is back at its start."""
    start = stream.read(4)
    stream.seek(0)
    if start != b"PK\x03\x04":
        return False
    try:
        with ZipFile(stream) as package:
            return MAIN in package.namelist()
    except BROKEN:
        return False
    finally:
        stream.seek(0)


def _opened(package: ZipFile, found: Found) -> tuple[str, Book]:
    """Where the first sheet that is shown stands, and what its cells refer to."""
    links = {one.get("Id", ""): one.get("Target", "") for one in _elements(package, "xl/_rels/workbook.xml.rels", MOST_HELD, ("Relationship",))}
    first, shown = date(1899, 12, 30), []
    for one in _elements(package, MAIN, MOST_HELD, ("sheet", "workbookPr")):
        if one.tag == "workbookPr":
            first = date(1904, 1, 1) if one.get("date1904") in ("1", "true") else first
        elif one.get("state", "visible") == "visible":
            shown.append(one)
    if not shown:
        raise Refused("not_table")
    found.name, found.others = shown[0].get("name", ""), len(shown) - 1
    target = next(links[value] for key, value in shown[0].attrib.items() if key == "id" and value in links)
    path = normpath(target.lstrip("/") if target.startswith("/") else join("xl", target))
    return path, Book(_texts(package), _shows(package), first)


def _texts(package: ZipFile) -> list[str]:
    """The shared texts; what stands above them to be read aloud is none of them."""
    name = "xl/sharedStrings.xml"
    return [_text(one) for one in _elements(package, name, MOST_HELD, ("si",))] if name in package.namelist() else []


def _text(element: Element) -> str:
    return "".join((one.text or "") if one.tag == "t" else _text(one) for one in element if one.tag != "rPh")


def _shows(package: ZipFile) -> list[str]:
    """What each style shows a number as: date, percent or number."""
    name = "xl/styles.xml"
    if name not in package.namelist():
        return []
    own: dict[int, str] = {}
    for one in _elements(package, name, MOST_HELD, ("numFmt", "cellXfs")):
        if one.tag == "numFmt":
            own[int(one.get("numFmtId", "0"))] = one.get("formatCode", "")
        else:
            return [_shown_as(int(style.get("numFmtId", "0")), own) for style in one if style.tag == "xf"]
    return []


def _shown_as(number: int, own: dict[int, str]) -> str:
    code = _QUOTED.sub("", own.get(number, ""))
    if number in (9, 10) or "%" in code:
        return "percent"
    return "date" if (number in _DATE_FORMATS and number not in own) or _DATE_LETTERS.search(code) else "number"


def _row(element: Element, book: Book, found: Found) -> tuple[int, list[str]] | None:
    number = int(element.get("r", "0"))
    cells: list[str] = []
    for cell in element:
        place = _CELL.fullmatch(cell.get("r", ""))
        at = _column(place[1]) if place else len(cells)
        number = number or int(place[2] if place else 0)
        text, fault = _cell(cell, book)
        if fault:
            found.faults.append((fault, number, _letters(at)))
        if text and at < MOST_COLUMNS:
            cells += [""] * (at + 1 - len(cells))
            cells[at] = text
    if not any(text.strip() for text in cells):
        return None
    if element.get("hidden") in ("1", "true"):
        found.hidden.append(number)
    return number, cells


def _cell(cell: Element, book: Book) -> tuple[str, str]:
    """The text of a cell, and what is the matter with it."""
    kind, value, formula = cell.get("t", "n"), cell.findtext("v"), cell.find("f")
    if kind == "inlineStr":
        inner = cell.find("is")
        return _text(inner) if inner is not None else "", ""
    if value is None or value == "":
        return "", "no_value" if formula is not None and kind != "str" else ""
    if kind == "e":
        return value, "cell_error"
    return _said(kind, value, cell.get("s"), book), ""


def _said(kind: str, value: str, style: str | None, book: Book) -> str:
    """The text of a value of this kind."""
    if kind == "s":
        return book.texts[int(value)]
    if kind == "b":
        return "是" if value == "1" else "否"
    if kind == "d":
        return value.replace("T", " ").removesuffix(" 00:00:00")
    return _number(value, style, book) if kind == "n" else value


def _number(value: str, style: str | None, book: Book) -> str:
    """A number as it was typed; as a date or a percentage where it is shown as one."""
    shows = book.shows[int(style)] if style and int(style) < len(book.shows) else "number"
    typed = _TYPED.plus(Decimal(value))
    if shows == "date" and 0 <= typed < 3_000_000:
        return _moment(typed, book.first)
    if shows == "percent":
        return f"{_plain(typed.scaleb(2))}%"
    return _plain(typed)


def _moment(serial: Decimal, first: date) -> str:
    days, part = divmod(serial, 1)
    seconds = int((part * 86_400).to_integral_value())
    moment = datetime(first.year, first.month, first.day) + timedelta(days=int(days), seconds=seconds)
    clock = f"{moment:%H:%M:%S}".removesuffix(":00")
    if days == 0:
        return clock
    return f"{moment:%Y-%m-%d}" if seconds == 0 else f"{moment:%Y-%m-%d} {clock}"


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _column(letters: str) -> int:
    """A is 0, AA is 26."""
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - 64
    return at - 1


def _letters(at: int) -> str:
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name


def _elements(package: ZipFile, name: str, most: int, tags: tuple[str, ...]) -> Iterator[Element]:
    """The elements of these names in a part, each whole, one after the other; names are without their spaces."""
    part = package.getinfo(name)
    if part.flag_bits & 1:
        raise Refused("password")
    if part.file_size > most or part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise Refused("too_long", limit=most // MIB)
    target = _Kept(tags)
    parser = XMLParser(target=target)
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            parser.feed(chunk)
            yield from target.take()
    parser.close()
    yield from target.take()


class _Kept:
    """Builds the elements of some names and lets go of all else; a document type, from which entities would come, is refused."""

    def __init__(self, tags: tuple[str, ...]) -> None:
        self._tags, self._done, self._depth = tags, list[Element](), 0
        self._builder = TreeBuilder()

    def take(self) -> list[Element]:
        """What is whole since it was last asked."""
        done, self._done = self._done, []
        return done

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        bare = _bare(tag)
        if self._depth or bare in self._tags:
            self._depth += 1
            self._builder.start(bare, {_bare(key): value for key, value in attributes.items()})

    def data(self, text: str) -> None:
        """Text."""
        if self._depth:
            self._builder.data(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        if not self._depth:
            return
        self._builder.end(_bare(tag))
        self._depth -= 1
        if not self._depth:
            self._done.append(self._builder.close())
            self._builder = TreeBuilder()

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        """A document type."""
        raise Refused("not_table")

    def close(self) -> None:
        """The part ends."""


def _bare(name: str) -> str:
    return name.rpartition("}")[2]
