"""WordprocessingML to lines, event by event; nothing of the tree is kept.

A paragraph is a line and a blank line, as paragraphs stand in a plain text. A table row is a line, its cells parted by tabs, unless
a cell has several paragraphs: then they stand one under another. A text box follows the paragraph it hangs on. Insertions are read;
deleted, moved away and hidden text, field codes and ruby are not. A number that Word makes itself (一、 of a list) is not in the
file as text.
"""

from __future__ import annotations

from xml.parsers import expat

from taizhang.capture.refusals import Refused

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_MATH = ("http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math")
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_TAGS = ("p", "r", "t", "tab", "ptab", "br", "cr", "noBreakHyphen", "vanish", "tbl", "tr", "tc", "txbxContent", "moveFrom", "rt")
_TAG_OF = {
    **{f"{uri} {tag}": tag for uri in _WORD for tag in _TAGS},
    **{f"{uri} t": "t" for uri in _MATH},
    f"{_COMPATIBILITY} Fallback": "Fallback",
}
_LEFT_OUT = frozenset({"moveFrom", "rt", "Fallback"})
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OFF = frozenset({"0", "false", "off"})


class Scribe:
    """Feed it the XML of a part in chunks and take the lines finished so far; raises expat.ExpatError and Refused."""

    def __init__(self) -> None:
        self._places: list[list[str]] = [[]]  # where finished lines go: the part, then open cells and text boxes
        self._rows: list[list[list[str]]] = []  # the finished cells of open rows
        self._paragraphs: list[tuple[list[str], list[str]]] = []  # open ones: their pieces, and lines to follow them
        self._skipped = 0  # how deep we are in what is left out
        self._reading = self._in_run = self._hidden = False
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = _no_doctype

    def feed(self, chunk: bytes) -> None:
        """The next bytes of the part."""
        self._parser.Parse(chunk, False)

    def close(self) -> None:
        """The part must be whole here."""
        self._parser.Parse(b"", True)

    def take(self) -> list[str]:
        """The lines finished since the last call."""
        done, self._places[0] = self._places[0], []
        return done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _TAG_OF.get(name)
        if self._skipped or tag in _LEFT_OUT:
            self._skipped += 1
        elif tag == "t":
            self._reading = True
        elif tag in _MARKS:
            self._put(_MARKS[tag] if self._in_run else "")  # outside a run, a tab is the setting of a tab stop
        elif tag == "r":
            self._in_run, self._hidden = True, False
        elif tag == "vanish":
            self._hidden = self._in_run and not _OFF.intersection(attributes.values())
        elif tag is not None:
            self._open(tag)

    def _end(self, name: str) -> None:
        tag = _TAG_OF.get(name)
        if self._skipped:
            self._skipped -= 1
        elif tag == "t":
            self._reading = False
        elif tag == "r":
            self._in_run = self._hidden = False
        elif tag is not None:
            self._close(tag)

    def _characters(self, data: str) -> None:
        if self._reading and not self._skipped:
            self._put(data)

    def _put(self, piece: str) -> None:
        if self._paragraphs and not self._hidden:
            self._paragraphs[-1][0].append(piece)

    def _open(self, tag: str) -> None:
        if tag == "p":
            self._paragraphs.append(([], []))
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("tc", "txbxContent"):
            self._places.append([])

    def _close(self, tag: str) -> None:
        if tag == "p":
            pieces, following = self._paragraphs.pop()
            self._places[-1] += ["".join(pieces), "", *following]
        elif tag == "tr":
            self._places[-1] += _row(self._rows.pop())
        elif tag == "tbl":
            self._places[-1].append("")
        elif tag == "tc":
            self._file_under(self._rows[-1] if self._rows else None)
        elif tag == "txbxContent":
            self._file_under(None)

    def _file_under(self, row: list[list[str]] | None) -> None:
        """Give the lines of a cell to its row, those of a text box to the paragraph that holds it."""
        lines = self._places.pop()
        if row is not None:
            row.append(lines)
        else:
            (self._paragraphs[-1][1] if self._paragraphs else self._places[-1]).extend(lines)


def _row(cells: list[list[str]]) -> list[str]:
    """One line where every cell has one at most; else the lines of all cells."""
    filled = [[line for line in cell if line] for cell in cells]
    if all(len(cell) <= 1 and "\n" not in "".join(cell) for cell in filled):
        return ["\t".join("".join(cell) for cell in filled)]
    return [line for cell in cells for line in cell]


def _no_doctype(*_: object) -> None:
    """No office program writes a document type; entities come only with one."""
    raise Refused("damaged")
