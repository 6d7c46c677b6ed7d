"""The text layer of a PDF, page by page in the order in which it was set, without page numbers and running heads."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import BinaryIO

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError
from pypdf.generic import NameObject, StreamObject

from taizhang.capture.allowance import Allowance
from taizhang.capture.furniture import without_furniture
from taizhang.capture.refusals import Refused
from taizhang.capture.setting import set_apart

MAX_PAGES = 5000

_NO_CHARACTER = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff\ud800-\udfff]")
_MOST_UNMAPPED = 0.2
_TWO_BYTES = re.compile(rb"begincodespacerange\s*<0000>\s*<FFFF>\s*endcodespacerange", re.IGNORECASE)


def read(file: BinaryIO, allowance: Allowance) -> tuple[str, list[tuple[str, str]]]:
    """Text and warnings; raises Refused."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends in silence is not the reader's concern
    try:
        pages = [page.splitlines() for page in _pages(file, allowance)]
    except (Refused, MemoryError, RecursionError):
        raise
    except DependencyError:  # a cipher that needs more than the empty password
        raise Refused("password") from None
    except Exception:  # a broken PDF breaks pypdf in as many ways as there are types of error
        raise Refused("damaged") from None
    text = "\n".join(set_apart([line for page in without_furniture(pages) for line in page])).rstrip("\n")
    _check_characters(text)
    return _NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text), _blank_pages(pages)


def _pages(file: BinaryIO, allowance: Allowance) -> Iterator[str]:
    reader = PdfReader(file)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused("password")
    if len(reader.pages) > MAX_PAGES:
        raise Refused("too_many_pages", limit=MAX_PAGES)
    for page in reader.pages:
        _name_encodings(page)
        text = page.extract_text()
        allowance.step(len(text))
        yield text


def _name_encodings(page: PageObject) -> None:
    """Let pypdf take two-byte codes as such where a font brings its own table of them: it knows only tables with a name."""
    fonts = page.get("/Resources", {}).get("/Font", {}).values()
    for font in (reference.get_object() for reference in fonts):
        encoding = font["/Encoding"].get_object() if {"/Encoding", "/ToUnicode"} <= font.keys() else None
        if isinstance(encoding, StreamObject) and _TWO_BYTES.search(encoding.get_data()):
            font[NameObject("/Encoding")] = NameObject("/Identity-H")


def _check_characters(text: str) -> None:
    visible = len("".join(text.split()))
    if not visible:
        raise Refused("scanned")
    if len(_NO_CHARACTER.findall(text)) > _MOST_UNMAPPED * visible:
        raise Refused("unmapped")


def _blank_pages(pages: list[list[str]]) -> list[tuple[str, str]]:
    """One warning that names the pages without text, which nobody has checked."""
    blank = [str(i) for i, page in enumerate(pages, 1) if not any(line.strip() for line in page)]
    if not blank:
        return []
    return [(f"第 {'、'.join(blank)} 页没有文字层，未检查。", f"No text layer on page {', '.join(blank)}: not checked.")]
