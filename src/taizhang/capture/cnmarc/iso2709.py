"""Records of an ISO 2709 file: leader, directory, fields; parted by their terminators where the numbers in them are wrong.

    leader     24 characters: 0-4 length of the record, 12-16 where the fields begin
    directory  12 characters a field: tag, 4 for its length, 5 for where it begins; closed by 1E
    fields     each closed by 1E; from 010 on two indicators, then subfields, each led by 1F and its code
    1D         closes the record

Numbers are in bytes. Programs that change the encoding leave those of the old one, so nothing here trusts them: as long
as there are as many fields as entries in the directory, each entry gives its tag to the field in its turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from taizhang.capture.rows.problems import Trouble

LONGEST_RECORD = 1 << 18
"""Bytes; a leader can say 99,999."""
_BLOCK_BYTES = 1 << 16
_FIELD, _RECORD, _SUBFIELD = b"\x1e", b"\x1d", "\x1f"
_LEADER = re.compile(rb"\d{5}.{5}\d\d(\d{5}).{7}", re.DOTALL)
_ENTRY = re.compile(rb"([0-9A-Za-z]{3})(\d{4})(\d{5})")
_BETWEEN = b" \r\n\t\x1a\0"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its tag and, in order, the codes and texts of its subfields; a control field (00X) has one, coded ""."""

    tag: str
    subfields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A record in its turn (from 1), its fields in order. With `troubles` its fields cannot be trusted; `notes` are read past."""

    number: int
    fields: tuple[Field, ...] = ()
    encoding: str = "utf-8"
    troubles: tuple[Trouble, ...] = ()
    notes: tuple[str, ...] = ()

    def all(self, spec: str) -> list[str]:
        """Every text of a subfield such as `200$a`, or of a control field such as `001`."""
        tag, _, code = spec.partition("$")
        return [text for f in self.fields if f.tag == tag for c, text in f.subfields if c == code and text]


def is_iso2709(head: bytes) -> bool:
    """True for bytes that begin as such a file does, white space apart."""
    start = head.lstrip(b"\xef\xbb\xbf" + _BETWEEN)
    return bool(_LEADER.match(start)) and _FIELD in start[:LONGEST_RECORD]


def records(stream: BinaryIO) -> Iterator[Record]:
    """The records of a stream; memory for one."""
    for number, (raw, closed) in enumerate(_parted(stream), 1):
        yield _record(number, raw, closed)


def _parted(stream: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """The bytes of each record without its terminator, and whether it has one; of a record far too long the beginning."""
    rest, more = b"", True
    while more:
        block = stream.read(_BLOCK_BYTES)
        *whole, rest = (rest + block).split(_RECORD)
        yield from ((raw, True) for raw in whole if raw.strip(_BETWEEN))
        more = bool(block)
        if len(rest) > LONGEST_RECORD:
            yield rest, False
            rest, more = _behind(stream), True
    if rest.strip(_BETWEEN):
        yield rest, False


def _behind(stream: BinaryIO) -> bytes:
    """What was read behind the next terminator."""
    while block := stream.read(_BLOCK_BYTES):
        _, terminator, rest = block.partition(_RECORD)
        if terminator:
            return rest
    return b""


def _record(number: int, raw: bytes, closed: bool) -> Record:
    bare = raw.lstrip(b"\xef\xbb\xbf" + _BETWEEN)
    if len(bare) > LONGEST_RECORD or not (leader := _LEADER.match(bare)):
        return Record(number, troubles=(Trouble("marc_leader"),))
    directory, _, body = bare[24:].partition(_FIELD)
    tags = _tags(directory)
    texts = body.removesuffix(_FIELD).split(_FIELD)
    if tags is None or len(tags) != len(texts):
        facts = (("entries", len(directory) // 12), ("fields", len(texts)))
        return Record(number, troubles=(Trouble("marc_directory", None, facts),))
    encoding = _encoding(body)
    if encoding is None:
        return Record(number, troubles=(Trouble("unreadable"),))
    fields = tuple(_field(tag.decode(), text.decode(encoding)) for tag, text in zip(tags, texts, strict=True))
    exact = int(bare[:5]) == len(bare) + 1 and int(leader[1]) == 25 + len(directory) and _lengths_fit(directory, texts)
    notes = [*(["marc_lengths"] if not exact else []), *(["marc_open"] if not closed else [])]
    return Record(number, fields, encoding, notes=tuple(notes))


def _tags(directory: bytes) -> list[bytes] | None:
    entries = [_ENTRY.fullmatch(directory[at : at + 12]) for at in range(0, len(directory), 12)]
    tags = [entry[1] for entry in entries if entry]
    return tags if tags and len(tags) == len(entries) else None


def _lengths_fit(directory: bytes, texts: list[bytes]) -> bool:
    at = 0
    for i, text in enumerate(texts):
        if directory[12 * i + 3 : 12 * i + 12] != b"%04d%05d" % (len(text) + 1, at):
            return False
        at += len(text) + 1
    return True


def _encoding(body: bytes) -> str | None:
    for encoding in ("utf-8", "gb18030"):
        try:
            body.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return None


def _field(tag: str, text: str) -> Field:
    if tag.startswith("00"):
        return Field(tag, (("", text.strip()),))
    return Field(tag, tuple((part[0], part[1:].strip()) for part in text.split(_SUBFIELD)[1:] if part))
