"""YAML without surprises: nothing but text, lists and maps, each with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.packs.reading import read_yaml

REFUSED = {
    "a tag": ("a: !!python/object/apply:os.system [id]\n", "标签"),
    "an own tag": ("a: !secret x\n", "标签"),
    "an anchor": ("a: &x [1]\n", "锚点"),
    "an alias": ("a: &x 1\nb: *x\n", "锚点"),
    "a merge key": ("a: {<<: {b: 1}}\n", "合并键"),
    "a list as key": ("? [a, b]\n: 1\n", "列表或键值作键"),
    "a second document": ("a: 1\n---\nb: 2\n", "第二个文档"),
    "a directive": ("%YAML 1.1\n---\na: 1\n", "%YAML"),
    "nothing": ("# 只有注释\n", "空文件"),
    "deep nesting": ("a: " + "[" * 40 + "]" * 40, "层嵌套"),
    "an open quote": ("a: '没有收尾\nb: 1\n", "不是合法的 YAML"),
    "a tab": ("a:\n\tb: 1\n", "不是合法的 YAML"),
    "a hidden direction mark": ("a: x\u202ey\n", "方向控制符"),
    "a long text": ("a: " + "字" * 30_000, "字的文字"),
    "a long key": ("k" * 300 + ": 1\n", "字的键"),
    "an empty key": ("'': 1\n", "字的键"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_a_pack_has_no_use_for_is_refused(name: str) -> None:
    text, words = REFUSED[name]
    node, problems = read_yaml(text.encode(), "pack.yaml")
    assert node is None
    assert words in problems[-1].found


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("标题: 中文".encode("gb18030"), "不是 UTF-8"),
        ("a: 1".encode("utf-16"), "不是 UTF-8"),
        (b"a: \0", "二进制"),
        (b"\x89PNG\r\n\x1a\n\0\0", "不是 UTF-8"),
        (b"a: 1\n" * 250_000, "字节"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, words: str) -> None:
    node, problems = read_yaml(data, "pack.yaml")
    assert node is None
    assert words in problems[0].found


def test_a_key_twice_is_told_with_both_lines() -> None:
    _, problems = read_yaml(b"a: 1\nb: 2\na: 3\n", "pack.yaml")
    assert [(p.at.line, p.at.key) for p in problems] == [(3, "a")]
    assert "第 1 行" in problems[0].found


@pytest.mark.parametrize(
    "written", ["no", "yes", "on", "off", "010", "12:30", "1e3", "0x1F", "2022-01-01", "~", "null", ".inf", "1_000", "=", "0o7"]
)
def test_a_plain_word_stays_the_word_it_is(written: str) -> None:
    node, problems = read_yaml(f"a: {written}\n".encode(), "pack.yaml")
    assert problems == []
    assert node is not None
    assert node.plain() == {"a": written}


def test_every_value_knows_its_file_line_and_key() -> None:
    node, _ = read_yaml("# 头\na:\n  - x\n  - {b: y}\n".encode(), "cases/1.yaml")
    assert node is not None
    spot = node.entries["a"].items[1].entries["b"].at
    assert (spot.file, spot.line, spot.key) == ("cases/1.yaml", 4, "a[1].b")


@given(st.binary(max_size=300) | st.text(alphabet="ab:-{}[]&*!|>'\"#%@`, \n\t?~<中", max_size=300).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    node, problems = read_yaml(data, "pack.yaml")
    assert node is not None or problems
