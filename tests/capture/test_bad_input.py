"""Every unusable input is one clear line: what, where, what to do. No case takes long or much, and none is a fault of ours."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

from taizhang.capture import MAX_FILE_BYTES, MAX_TEXT_BYTES, expand, load, worker
from taizhang.capture.prose import LONG
from taizhang.capture.refusals import reasons
from taizhang.core import InputError, Problem

from .make import RELATIONS, W, encrypted_word, locked_pdf, p, package, pdf, unpacking_to, word, word_of

GB = 1 << 30
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")


def refused(path: Path | str, reason: str, **facts: object) -> Problem:
    """The problem of this input, which must be the one of this reason, in one line of either language."""
    with pytest.raises(InputError) as caught:
        load(path)
    problem = caught.value.problem
    found, expected, do, found_en, expected_en, do_en = (words.format(**facts) for words in reasons()[reason])
    assert problem == Problem(problem.where, found, expected, do, found_en, expected_en, do_en)
    assert problem.where in problem.line("zh")
    assert "\n" not in problem.line("zh") + problem.line("en")
    return problem


def sparse(path: Path, size: int, head: bytes = b"") -> Path:
    with path.open("wb") as file:
        file.write(head)
        file.truncate(size)
    return path


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("空.txt", b"", "empty"),
        ("空.docx", b"", "empty"),
        ("白.txt", " \r\n\t　\n".encode(), "blank"),
        ("白.txt", b"\xef\xbb\xbf\n", "blank"),
        ("图.png", PNG, "picture"),
        ("图.txt", PNG, "picture"),
        ("程序.txt", b"\x7fELF\2\1\1" + bytes(900), "binary"),
        ("控制.txt", bytes(range(1, 32)) * 9, "binary"),
        ("表.xlsx", b"", "empty"),
        ("旧.doc", OLE + "WordDocument".encode("utf-16-le"), "old_word"),
        ("旧.wps", OLE, "old_word"),
        ("旧.xls", OLE + "Workbook".encode("utf-16-le"), "sheet"),
        ("旧.rtf", b"{\\rtf1 abc}", "old_word"),
        ("旧.dot", OLE + b"\0" * ((1 << 20) - 520) + "Workbook".encode("utf-16-le"), "sheet"),
        ("包.rar", b"Rar!\x1a\x07\x01\0", "archive"),
        ("假.docx", "其实是文本".encode(), "not_docx"),
        ("假.pdf", "其实是文本".encode(), "not_pdf"),
        ("断.docx", b"PK\x03\x04" + bytes(90), "damaged"),
        ("断.pdf", b"%PDF-1.4\n1 0 obj\n<< /Type", "damaged"),
    ],
)
def test_content_that_is_no_text(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert refused(path, reason).where == str(path)


@pytest.mark.parametrize(
    ("part", "reason"),
    [("xl/workbook.xml", "sheet"), ("ppt/presentation.xml", "slides"), ("OFD.xml", "layout"), ("readme.txt", "archive")],
)
def test_other_packages(tmp_path: Path, part: str, reason: str) -> None:
    refused(package(tmp_path / "件.zip", {part: "<a/>"}), reason)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    refused(tmp_path / "无.txt", "missing")
    (tmp_path / "文件").write_text("5家")
    refused(tmp_path / "文件" / "无.txt", "missing")


def test_a_folder(tmp_path: Path) -> None:
    refused(tmp_path, "folder")


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "密.txt"
    path.write_text("5家", encoding="utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):  # the superuser reads everything: let the system refuse in his place
        monkeypatch.setattr(Path, "open", lambda *_: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
    refused(path, "permission")


def test_a_disk_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "open", lambda *_: (_ for _ in ()).throw(OSError(5, "Input/output error")))
    problem = refused(tmp_path / "坏.txt", "unreadable", cause="Input/output error", number=5)
    assert "output" not in problem.line("zh")


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_pipes_and_devices_are_refused_unopened(tmp_path: Path) -> None:
    """A pipe that nobody writes to would be waited for, /dev/zero read without an end."""
    os.mkfifo(tmp_path / "管.txt")
    refused(tmp_path / "管.txt", "special")
    refused("/dev/zero", "special")


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_links_that_lead_round_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").symlink_to(tmp_path / "乙.txt")
    (tmp_path / "乙.txt").symlink_to(tmp_path / "甲.txt")
    refused(tmp_path / "甲.txt", "loop")


@pytest.mark.skipif(sys.platform != "linux", reason="how long a name may be")
def test_a_name_too_long(tmp_path: Path) -> None:
    path = tmp_path / ("长" * 300)
    assert list(expand([path])) == [path]
    refused(path, "long_name")


@pytest.mark.parametrize("line", ["1234567 890.12\n", "１２３４５６、", "plain words "])
def test_a_long_text_without_chinese_characters(tmp_path: Path, line: str) -> None:
    path = tmp_path / "数.txt"
    path.write_text("全县年度统计表\n" + line * (LONG // len(line) + 1), encoding="utf-8")
    refused(path, "no_prose")


def test_a_long_text_with_few_chinese_characters_is_read(tmp_path: Path) -> None:
    """A long table of digits with an article behind it."""
    path = tmp_path / "数.txt"
    path.write_text("1234567\n" * (LONG // 8) + "全县新建水库三座。\n" * (LONG // 500), encoding="utf-8")
    assert load(path).text.endswith("三座。\n")


def test_wrong_encoding_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "繁.txt"
    path.write_bytes(b"abc\n" + "全縣新建水庫三座，灌溉農田。\n".encode("big5") * 3)
    assert "2" in refused(path, "encoding", line=2).found


def test_too_much_text_is_refused_by_size_alone(tmp_path: Path) -> None:
    refused(sparse(tmp_path / "数.txt", MAX_TEXT_BYTES + 1, b"12345"), "too_long", limit=32)
    refused(sparse(tmp_path / "大.pdf", MAX_FILE_BYTES + 1, b"%PDF-1.4"), "too_large", limit=128)


class Endless(io.RawIOBase):
    """A pipe full of digits that counts what was taken from it."""

    taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        buffer[:] = b"7" * len(buffer)
        self.taken += len(buffer)
        assert self.taken <= 2 * MAX_TEXT_BYTES
        return len(buffer)


def test_standard_input_is_read_only_up_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = Endless()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BufferedReader(pipe)))
    assert refused("-", "too_long", limit=32).where == "stdin"
    assert pipe.taken <= MAX_TEXT_BYTES + (2 << 20)


def test_empty_documents(tmp_path: Path) -> None:
    refused(word(tmp_path / "空.docx"), "blank")
    refused(pdf(tmp_path / "扫描.pdf", [], [], []), "scanned")


def test_passwords(tmp_path: Path) -> None:
    refused(encrypted_word(tmp_path / "密.docx"), "password")
    refused(locked_pdf(tmp_path / "密.pdf", "secret", ["共5家。"]), "password")


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
def test_documents_cut_short(tmp_path: Path, kept: float) -> None:
    path = word(tmp_path / "断.docx", "共5家。" * 99)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])
    refused(path, "damaged")


def test_a_part_that_is_no_xml(tmp_path: Path) -> None:
    refused(word_of(tmp_path / "坏.docx", "<w:p>没有完"), "damaged")
    refused(word_of(tmp_path / "坏.docx", p("x"), footnotes="<w:p>"), "damaged")
    entities = f'<!DOCTYPE a [<!ENTITY x "{"ha" * 99}">]><w:document xmlns:w="{W}"><w:body><w:p>&x;</w:p></w:body></w:document>'
    refused(package(tmp_path / "坏.docx", {"_rels/.rels": RELATIONS, "word/document.xml": entities}), "damaged")
    refused(package(tmp_path / "坏.docx", {"_rels/.rels": RELATIONS}), "damaged")


def test_a_document_that_unpacks_to_four_gigabytes(tmp_path: Path, count: Callable[[int, int], int]) -> None:
    """Said honestly, it is refused unopened; with a false size, no more than that is unpacked."""
    refused(unpacking_to(tmp_path / "弹.docx", count(GB // 8, 4 * GB)), "bomb")
    refused(unpacking_to(tmp_path / "谎.docx", count(GB // 8, 4 * GB), claimed=1000), "damaged")


def test_a_bomb_beside_the_text(tmp_path: Path) -> None:
    """A part that is never unpacked still counts by what it claims."""
    path = word(tmp_path / "弹.docx", "共5家。")
    with ZipFile(path, "a") as out:
        out.writestr("word/media/x.zip", b"x")
        out.getinfo("word/media/x.zip").file_size = 4 * GB - 2
    refused(path, "bomb")


def test_a_pdf_that_takes_for_ever(tmp_path: Path) -> None:
    """A page that draws a page of text a thousand times over: little to keep, much to do."""

    def slow(writer: PdfWriter) -> None:
        page = writer.pages[0]
        form = DecodedStreamObject()
        form.set_data(b"BT /F1 12 Tf " + b"1 0 0 1 60 700 Tm <4e00> Tj " * 1000 + b"ET")
        form.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form")})
        form[NameObject("/Resources")] = page["/Resources"]
        page["/Resources"][NameObject("/XObject")] = DictionaryObject({NameObject("/X"): writer._add_object(form)})
        content = DecodedStreamObject()
        content.set_data(b"/X Do " * 1000)
        page[NameObject("/Contents")] = writer._add_object(content)

    refused(pdf(tmp_path / "慢.pdf", ["甲"], extra=slow), "costly")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory a process writes to")
def test_the_process_apart_gets_no_more_than_its_memory() -> None:
    code = "from taizhang.capture.allowance import MEMORY_BYTES, limit_process; limit_process(); bytearray(MEMORY_BYTES)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == "MemoryError"


@pytest.mark.parametrize("trouble", [MemoryError, RecursionError])
def test_a_document_that_takes_all_memory(trouble: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_read", lambda *_: (_ for _ in ()).throw(trouble))
    assert worker.answer("pdf", io.BytesIO()) == {"refused": "costly", "facts": {}}


def test_a_pdf_of_endless_pages(tmp_path: Path) -> None:
    def many(writer: PdfWriter) -> None:
        pages = writer._root_object["/Pages"].get_object()
        pages[NameObject("/Kids")] = ArrayObject([pages["/Kids"][0]] * 6000)
        pages[NameObject("/Count")] = NumberObject(6000)

    refused(pdf(tmp_path / "多.pdf", ["甲"], extra=many), "too_many_pages", limit=5000)


def test_a_pdf_whose_letters_have_no_codes(tmp_path: Path) -> None:
    refused(pdf(tmp_path / "乱.pdf", ["\ue001\ue002\ue003" * 9]), "unmapped")


def test_names_stay_on_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a\nb\x1b[31m.txt"
    path.write_bytes(b"")
    assert refused(path, "empty").where == str(tmp_path / "a�b�[31m.txt")


def test_every_reason_has_its_words_in_both_languages() -> None:
    for reason, words in reasons().items():
        assert len(words) == 6, reason
        assert all(words), reason
        assert not any("一" <= c <= "鿿" for c in "".join(words[3:])), reason
