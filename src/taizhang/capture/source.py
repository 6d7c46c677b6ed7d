"""The text of one input, and how large an input may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["txt", "docx", "pdf"]
Warnings = tuple[tuple[str, str], ...]

MIB = 1 << 20
MAX_TEXT_BYTES = 32 * MIB
"""The longest text taken, in bytes of the file or of the text found in it: some ten million Chinese characters."""
MAX_FILE_BYTES = 128 * MIB
"""The largest .docx or .pdf taken, pictures included."""


@dataclass(frozen=True, slots=True)
class Source:
    """One input as text.

    `name` is the input as it was given, `kind` what its content is, `encoding` how a plain text was
    decoded (None for .docx and .pdf). Offsets of everything later are indexes into `text`, which has the
    line breaks of the file; a byte order mark stands in it as one line feed, so that offsets
    are those of the file read as UTF-8. `warnings` are sentences for the reader, Chinese and English.
    """

    name: str
    text: str
    kind: Kind
    encoding: str | None = None
    warnings: Warnings = ()
