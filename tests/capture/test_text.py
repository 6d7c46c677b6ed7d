"""Plain text: every encoding a Chinese office writes, and offsets that are those of the file."""

from __future__ import annotations

import codecs
import io
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.capture import load
from taizhang.capture.decode import decode
from taizhang.capture.refusals import Refused

STORY = "全县新建水库3座，灌溉农田1.2万亩，\r\n比上年增长5.3%。\n“十四五”期间，共投入资金２０亿元。\n"


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (STORY.encode(), "utf-8", STORY),
        (STORY.encode("gb18030"), "gb18030", STORY),
        (codecs.BOM_UTF8 + STORY.encode(), "utf-8", "\n" + STORY),
        (codecs.BOM_UTF16_LE + STORY.encode("utf-16-le"), "utf-16-le", "\n" + STORY),
        (codecs.BOM_UTF16_BE + STORY.encode("utf-16-be"), "utf-16-be", "\n" + STORY),
        (b"no Chinese at all: 5 %\n", "utf-8", "no Chinese at all: 5 %\n"),
        ("5家".encode("gb18030"), "gb18030", "5家"),
    ],
    ids=["utf-8", "gb18030", "utf-8 with mark", "utf-16 le", "utf-16 be", "ascii", "two characters of gb18030"],
)
def test_the_encoding_is_found(tmp_path: Path, data: bytes, encoding: str, text: str) -> None:
    path = tmp_path / "稿.txt"
    path.write_bytes(data)
    source = load(path)
    assert (source.text, source.encoding, source.kind, source.name) == (text, encoding, "txt", str(path))


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_offsets_are_those_of_the_file_read_as_utf_8(tmp_path: Path, mark: bytes) -> None:
    path = tmp_path / "稿.txt"
    path.write_bytes(mark + STORY.encode())
    with path.open(encoding="utf-8", newline="") as file:
        raw = file.read()
    text = load(path).text
    assert len(text) == len(raw)
    assert text.index("1.2万亩") == raw.index("1.2万亩")
    assert text.index("２０亿元") == raw.index("２０亿元")


def test_the_page_is_read_as_it_stands(shared: Path) -> None:
    path = shared / "page" / "hunan-2023-01.txt"
    assert load(path).text == path.read_bytes().decode("utf-8")


def test_real_reports_in_gb18030_read_the_same(shared: Path, tmp_path: Path) -> None:
    for report in sorted((shared / "gold" / "reports").glob("*.txt")):
        text = report.read_bytes().decode("utf-8")
        copy = tmp_path / report.name
        copy.write_bytes(text.encode("gb18030"))
        assert load(copy).text == text, report.name


@pytest.mark.parametrize("encoding", ["big5", "shift_jis", "euc_kr", "euc_jp", "latin-1", "utf-16-le"])
def test_another_encoding_is_not_taken_for_chinese(encoding: str) -> None:
    texts = {
        "big5": "全縣新建水庫三座，灌溉農田一萬二千畝，比上年增長百分之五。",
        "euc_kr": "전국 소비자물가 상승률은 오 퍼센트였다. 정부는 올해 경제 성장을 위해 노력하고 있다고 밝혔다.",
        "latin-1": "Größe über façade, café, señor, Ünïcödé",
    }
    text = texts.get(encoding, "東京都の人口は増えています。これは全国で一番です。")
    with pytest.raises(Refused):
        decode(text.encode(encoding))


@pytest.mark.parametrize(("encoding", "text"), [("big5", "全縣水庫"), ("shift_jis", "東京都の人口"), ("latin-1", "Größe")])
def test_a_few_characters_of_another_encoding_are_enough_to_tell(encoding: str, text: str) -> None:
    with pytest.raises(Refused):
        decode(text.encode(encoding))


def test_the_line_of_the_first_bad_byte_is_told() -> None:
    broken = STORY.encode() * 2 + "万".encode()[:2] + "亩\n".encode() + STORY.encode()
    with pytest.raises(Refused) as caught:
        decode(broken)
    assert (caught.value.reason, caught.value.facts["line"]) == ("encoding", 7)


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text, encoding = decode(data)
    except Refused:
        return
    assert text.removeprefix("\n").encode(encoding) in (data, data[2:], data[3:])


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=100))
def test_any_printable_text_in_utf_8_comes_back(text: str) -> None:
    assert decode(text.encode())[0].removeprefix("\n") == text.removeprefix("\ufeff").removeprefix("\n")


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(STORY.encode("gb18030"))))
    source = load("-")
    assert (source.name, source.text) == ("stdin", STORY)
