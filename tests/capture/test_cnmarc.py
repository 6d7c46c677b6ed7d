"""CNMARC files, with invented books: what becomes of each field, and what is told of damaged records."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.capture.cnmarc import MOST_COPIES, Register, rows
from taizhang.capture.cnmarc.iso2709 import LONGEST_RECORD, records
from taizhang.capture.mending_file import MendingFile
from taizhang.capture.rows import Row
from taizhang.capture.rows import rows as table_rows
from taizhang.packs import find
from taizhang.packs.filling import filled

Fields = list[tuple[str, str]]
"""Tags and contents, `$` for the subfield mark: ("200", "1 $a题名$f责任者")."""

PONDS: Fields = [
    ("001", "01H0000017"),
    ("010", "  $a978-7-100-00001-7$b精装$dCNY35.00"),
    ("100", "  $a20150601d2015    em y0chiy50      ea"),
    ("200", "1 $a山塘管护二十讲$h第二册$i渠道$f某甲, 某乙编著$g某丙校"),
    ("210", "  $a长沙$c某某出版社$d2015.6"),
    ("606", "0 $a山塘$x维修"),
    ("690", "  $aTV62$v5"),
    ("905", "  $a430001$bS00017$bS00018$dTV62$e4"),
]
NOVEL: Fields = [
    ("001", "01H0000018"),
    ("010", "  $a7100000017$dCNY12.50 (含光盘)"),
    ("200", "1 $a无名镇纪事$f某丁著"),
    ("690", "  $aI247.5$v5"),
    ("905", "  $a430001$bS00019"),
]


def record(fields: Fields, encoding: str = "utf-8", *, counted_in: str | None = None) -> bytes:
    """A record of ISO 2709; `counted_in` is the encoding its lengths were reckoned in."""
    body = [content.replace("$", "\x1f").encode(encoding) + b"\x1e" for _, content in fields]
    sizes = [len(content.replace("$", "\x1f").encode(counted_in or encoding)) + 1 for _, content in fields]
    directory = b"".join(
        b"%s%04d%05d" % (tag.encode(), n, sum(sizes[:i])) for i, ((tag, _), n) in enumerate(zip(fields, sizes, strict=True))
    )
    base = 24 + len(directory) + 1
    return b"%05dnam0 22%05d   450 " % (base + sum(sizes) + 1, base) + directory + b"\x1e" + b"".join(body) + b"\x1d"


def read(data: bytes, register: Register = "book", **fixed: str) -> tuple[list[Row], list[str], list[str]]:
    """Rows, reasons of the problems of the file, reasons of its notes."""
    with rows(io.BytesIO(data), register, "馆藏.iso", fixed) as sheet:
        found = list(sheet)
        return found, [p.reason for p in sheet.problems], [n.reason for n in sheet.notes]


def reasons(found: list[Row]) -> list[list[str]]:
    return [[f"{p.reason} {p.column}".strip() for p in row.problems] for row in found]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk"])
def test_a_record_is_a_book(encoding: str) -> None:
    found, problems, notes = read(record(PONDS, encoding) + record(NOVEL, encoding))
    assert found[0].cells == {
        "书目号": "01H0000017",
        "国际标准书号": "978-7-100-00001-7",
        "题名": "山塘管护二十讲 第二册 渠道",
        "责任者": "某甲, 某乙编著",
        "出版社": "某某出版社",
        "出版年": "2015.6",
        "分类号": "TV62",
        "图书类别": "水利",
    }
    assert found[1].cells["图书类别"] == "文学"
    assert "出版社" not in found[1].cells, "what the record does not say is absent"
    assert not problems + notes


def test_every_barcode_is_a_copy() -> None:
    found, _, _ = read(record(PONDS) + record(NOVEL), "copy", 外借类型="外借")
    assert [row.cells for row in found] == [
        {"条码号": "S00017", "所属书目": "01H0000017", "定价": "35.00", "外借类型": "外借"},
        {"条码号": "S00018", "所属书目": "01H0000017", "定价": "35.00", "外借类型": "外借"},
        {"条码号": "S00019", "所属书目": "01H0000018", "定价": "12.50", "外借类型": "外借"},
    ]


def test_books_and_copies_have_numbers_of_their_own() -> None:
    data = record(PONDS) + record(NOVEL)
    books, _, _ = read(data)
    copies, _, _ = read(data, "copy")
    numbers = [row.number for row in books + copies]
    assert numbers == [1000, 2000, 1001, 1002, 2001]
    assert {row.file for row in books + copies} == {hashlib.sha256(data).hexdigest()}
    assert [row.at for row in copies] == [1, 1, 2]


@pytest.mark.parametrize(("register", "fixed"), [("book", {}), ("copy", {"外借类型": "外借"})])
def test_the_library_pack_takes_these_rows(register: Register, fixed: dict[str, str]) -> None:
    library = find()["library"].pack
    assert library is not None
    fields = library.registers[register].fields
    found, _, _ = read(record(PONDS) + record(NOVEL), register, **fixed)
    taken = [filled(fields, row.cells) for row in found]
    assert [problems for _, problems in taken] == [[]] * len(found)


@pytest.mark.parametrize("between", [b"", b"\r\n", b"\n", b"\0"])
def test_what_stands_between_records_does_not_matter(between: bytes) -> None:
    found, problems, notes = read(b"\xef\xbb\xbf" + record(PONDS) + between + record(NOVEL) + between)
    assert [row.cells["书目号"] for row in found] == ["01H0000017", "01H0000018"]
    assert not problems + notes


def test_lengths_of_another_encoding_are_read_past_and_told() -> None:
    found, _, notes = read(record(PONDS, counted_in="gbk") + record(NOVEL))
    assert found[0].cells["题名"] == "山塘管护二十讲 第二册 渠道"
    assert found[1].cells["题名"] == "无名镇纪事"
    assert reasons(found) == [[], []]
    assert notes == ["marc_lengths"]


def test_a_damaged_record_is_told_and_the_others_are_read() -> None:
    good, damaged = record(NOVEL), bytearray(record(PONDS))
    damaged[30:31] = b"?"  # in the directory
    cut = record(PONDS)[:150]  # the fields end before their time
    data = good + bytes(damaged) + good + b"xxx\x1d" + good + cut
    found, problems, _ = read(data)
    assert not problems
    assert reasons(found) == [[], ["marc_directory"], [], ["marc_leader"], [], ["marc_directory"]]
    assert [row.at for row in found] == [1, 2, 3, 4, 5, 6]
    assert found[1].problems[0].where == "馆藏.iso:2"


def test_a_record_in_no_encoding_of_ours() -> None:
    found, _, _ = read(record(NOVEL) + record(PONDS).replace("山塘".encode(), b"\xff\xff\xff\xff\xff\xff"))
    assert reasons(found) == [[], ["unreadable"]]


def test_the_last_record_without_its_terminator() -> None:
    found, _, notes = read(record(PONDS) + record(NOVEL)[:-1])
    assert [row.cells["书目号"] for row in found] == ["01H0000017", "01H0000018"]
    assert "marc_open" in notes


def test_a_record_without_end_does_not_fill_the_memory() -> None:
    endless = record(PONDS)[:-1] + b"x" * (3 * LONGEST_RECORD) + b"\x1d"
    found, _, _ = read(record(NOVEL) + endless + record(NOVEL))
    assert reasons(found) == [[], ["marc_leader"], []]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"%PDF-1.7", "编号,姓名\n1,张三\n".encode(), b"12345nam0 2212345   450 no fields"])
def test_what_is_no_cnmarc(data: bytes) -> None:
    found, problems, _ = read(data)
    assert not found
    assert problems == (["not_marc"] if data.strip() else ["empty"])


@pytest.mark.parametrize(
    ("written", "price"),
    [
        ("CNY35.00", "35.00"),
        ("CNY 35", "35"),
        ("￥35.00", "35.00"),
        ("35.00元", "35.00"),
        ("CNY79.00 (含光盘)", "79.00"),
        ("CNY350.00 (全10册)", None),
        ("HKD80.00", None),
        ("赠阅", None),
    ],
)
def test_the_price_of_one_copy_in_yuan(written: str, price: str | None) -> None:
    fields = [(tag, content.replace("CNY12.50 (含光盘)", written)) for tag, content in NOVEL]
    found, _, notes = read(record(fields), "copy")
    assert found[0].cells.get("定价") == price
    assert notes == ([] if price else ["marc_price"])
    assert not found[0].problems


@pytest.mark.parametrize(
    ("classed", "kind"), [("D231", "党史"), ("B84", "哲学"), ("K291", "历史"), ("TV62", "水利"), ("T-0", "其他"), ("D26", "其他")]
)
def test_the_kind_of_book_by_its_class(classed: str, kind: str) -> None:
    found, _, _ = read(record([*NOVEL[:3], ("690", f"  $a{classed}$v5")]))
    assert found[0].cells["图书类别"] == kind


def test_barcodes_in_906_are_taken_where_905_has_none() -> None:
    found, _, _ = read(record([*NOVEL[:3], ("905", "  $a430001$dI247"), ("906", "  $bS1"), ("906", "  $bS2$bS1")]), "copy")
    assert [row.cells["条码号"] for row in found] == ["S1", "S2"]


def test_the_first_and_last_of_several_barcodes_are_not_guessed_at() -> None:
    found, _, _ = read(record([*NOVEL[:3], ("905", "  $b300001-300003")]), "copy")
    assert reasons(found) == [["marc_range 条码号"]]
    assert found[0].cells["条码号"] == "300001-300003"


def test_records_without_barcodes_make_no_copies() -> None:
    found, problems, notes = read(record(NOVEL[:3]), "copy")
    assert not found + problems
    assert notes == ["marc_no_copies"]


def test_more_copies_than_a_record_can_number() -> None:
    many = [("905", "  " + "".join(f"$b{i:06}" for i in range(700))), ("905", "  " + "".join(f"$b{i:06}" for i in range(700, 1200)))]
    found, _, _ = read(record([*NOVEL[:3], *many]), "copy")
    assert len(found) == MOST_COPIES + 1
    assert reasons(found)[-1] == ["marc_many"]
    assert len({row.number for row in found}) == len(found)


def test_damaged_records_come_back_as_a_csv_to_mend(tmp_path: Path) -> None:
    data = record(NOVEL) + b"xxx\x1d" + record(PONDS)
    with rows(io.BytesIO(data), "book", "馆藏.iso") as sheet, MendingFile(tmp_path / "退回.csv", sheet) as mending:
        for row in sheet:
            if row.problems:
                mending.add(row)
    with table_rows(mending.path) as back:
        found = list(back)
        assert back.heads == sheet.heads
    assert [(row.file, row.number) for row in found] == [(hashlib.sha256(data).hexdigest(), 2000)]
    assert reasons(found) == [["unchanged"]]


TEXT = st.text(
    st.characters(codec="gb18030", exclude_characters="$\x1d\x1e\x1f", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]),
    min_size=1,
    max_size=8,
)
RECORD = st.lists(
    st.tuples(st.sampled_from(["200", "210", "905"]), st.lists(st.tuples(st.sampled_from("abf"), TEXT), min_size=1, max_size=3)), max_size=5
)


@given(st.lists(RECORD, min_size=1, max_size=4), st.sampled_from(["utf-8", "gb18030"]))
def test_every_field_is_read_as_it_was_written(made: list[list[tuple[str, list[tuple[str, str]]]]], encoding: str) -> None:
    marked = [
        [("001", "x"), *((tag, "  " + "".join(f"${code}{text}" for code, text in parts)) for tag, parts in fields)] for fields in made
    ]
    stream = io.BytesIO(b"".join(record(fields, encoding) for fields in marked))
    found = list(records(stream))
    if encoding == "utf-8" or all(r.encoding == "gb18030" for r in found):  # a few characters may be both
        read_back = [[(f.tag, list(f.subfields)) for f in r.fields[1:]] for r in found]
        assert read_back == made
    assert not any(r.troubles or r.notes for r in found)


@given(st.binary(max_size=300), st.integers(0, 300))
def test_any_damage_is_read_without_an_error(noise: bytes, at: int) -> None:
    data = record(NOVEL)
    found, problems, _ = read(data + data[:at] + noise + data)
    assert found
    assert not problems
