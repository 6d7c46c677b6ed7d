"""Real files for the tests, good and bad, made from a few words."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path

import docx
from pypdf import PdfWriter

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def word(path: Path, *paragraphs: str) -> Path:
    """A .docx as python-docx writes it."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))
    return path


def package(path: Path, parts: dict[str, str | bytes]) -> Path:
    """A zip of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            out.writestr(name, content)
    return path


def word_of(path: Path, body: str, **notes: str) -> Path:
    """A .docx whose body is this WordprocessingML."""
    namespaces = f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    parts: dict[str, str | bytes] = {"_rels/.rels": RELATIONS}
    parts["word/document.xml"] = f'<?xml version="1.0"?><w:document {namespaces}><w:body>{body}</w:body></w:document>'
    for name, note in notes.items():
        parts[f"word/{name}.xml"] = f"<w:{name} {namespaces}><w:note>{note}</w:note></w:{name}>"
    return package(path, parts)


def p(*runs: str) -> str:
    """A paragraph of runs; a run that is markup already stays."""
    return "<w:p>" + "".join(r if r.startswith("<") else f"<w:r><w:t>{r}</w:t></w:r>" for r in runs) + "</w:p>"


def unpacking_to(path: Path, size: int, claimed: int | None = None) -> Path:
    """A .docx whose document unpacks to `size` bytes of spaces and, where `claimed` is given, lies about it."""
    block = b" " * (1 << 20)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("_rels/.rels", RELATIONS)
        with out.open("word/document.xml", "w", force_zip64=True) as part:
            part.write(f'<w:document xmlns:w="{W}">'.encode())
            for _ in range(size >> 20):
                part.write(block)
        if claimed is not None:
            out.getinfo("word/document.xml").file_size = claimed
    return path


def encrypted_word(path: Path) -> Path:
    """The head of a compound file and the directory entries in which Word puts an encrypted document."""
    entries = ("Root Entry", "EncryptionInfo", "EncryptedPackage")
    directory = b"".join(name.encode("utf-16-le").ljust(64, b"\0").ljust(128, b"\1") for name in entries)
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + directory)
    return path


Page = Iterable[str]


def pdf(path: Path, *pages: Page, extra: Callable[[PdfWriter], None] | None = None) -> Path:
    """A PDF with a Chinese text layer: every page is its lines, set from top to bottom in a font that is not embedded."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", *_FONT]
    kids = []
    for lines in pages:
        content = _content(list(lines))
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(_PAGE % len(objects))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    path.write_bytes(_file(objects))
    return path if extra is None else _rewritten(path, extra)


def locked_pdf(path: Path, password: str, *pages: Page) -> Path:
    """A PDF that this password opens; an empty one only forbids changes, as many printed forms do."""
    return pdf(path, *pages, extra=lambda writer: writer.encrypt(password, "owner", algorithm="RC4-128"))


_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 5 0 R /CIDSystemInfo 6 0 R >>",
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 0 1000 880] /Ascent 880 /Descent 0 /StemV 93 >>",
    b"<< /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>",
)


def _content(lines: list[str]) -> bytes:
    shown = [f"1 0 0 1 60 {780 - 20 * i} Tm <{line.encode('utf-16-be').hex()}> Tj" for i, line in enumerate(lines)]
    return f"BT /F1 12 Tf {' '.join(shown)} ET".encode() if lines else b""


def _file(objects: list[bytes]) -> bytes:
    out = BytesIO(b"%PDF-1.4\n")
    out.seek(0, 2)
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    table = out.tell()
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))
    return out.getvalue()


def _rewritten(path: Path, change: Callable[[PdfWriter], None]) -> Path:
    writer = PdfWriter(clone_from=path)
    change(writer)
    writer.write(path)
    return path
