"""Whatever is typed, nobody sees a fault of ours: every command with every odd word."""

from __future__ import annotations

from pathlib import Path

import pytest

from .clerks import Clerk

ODD = ["", " ", "0", "-1", "1", "99999999999999999999", "第1条", "第0条", "a" * 16, "7" * 32, "0" * 12 + "7" + "0" * 3 + "8" + "0" * 15, "C1", "%", "_", "\\", '"', "'",
       "medicine.destroyed", "library.reader/" + "a" * 16, "library.reader/", "/", ".", "..", "～", "\u202e反", "长" * 500, "{}", "null", "*", "book.renew"]  # fmt: skip

COMMANDS = [
    ("places", "find", "?"), ("places", "load", "--prefix", "?"), ("places", "load", "--from", "?"),
    ("pack", "check", "?"), ("pack", "install", "?"),
    ("post", "?", "--type", "书目"), ("post", "-", "--type", "?"), ("post", "-", "--type", "书目", "--day", "?"), ("post", "-", "--type", "书目", "--place", "?"),
    ("strike", "?", "--why", "x"), ("strike", "5", "--why", "?", "--with", "?"), ("renew", "?"), ("return", "?"), ("renew", "C1", "--due", "?"),
    ("review", "return", "1", "--why", "?"), ("review", "accept", "?"),
    ("show", "?"), ("show", "C1", "--type", "?"), ("show", "?", "--reveal"), ("history", "?"), ("balance", "?"), ("balance", "S1", "--item", "?"), ("balance", "S1", "--day", "?"),
    ("prove", "?"), ("erase", "?", "--yes"),
    ("people", "add", "?", "--name", "?"), ("people", "duty", "?", "填报", "--why", "?"), ("people", "duty", "founder", "?", "--why", "x"),
    ("people", "end", "?"), ("people", "delegate", "?", "founder", "--until", "?", "--why", "x"), ("log", "--user", "?"), ("log", "--act", "?"),
    ("restore", "?", "--keys", "?", "--to", "again"), ("init", "again", "--place", "?"), ("init", "again", "--place", "43", "--database", "postgresql://?"),
]  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_odd_words_are_answered(library: Clerk, words: tuple[str, ...]) -> None:
    for odd in ODD:
        typed = [word.replace("?", odd) for word in words]
        done = library.typed(*typed, stdin="书目号,题名\nB7,好书\n")
        said = done.output
        assert done.exit_code in (0, 1, 2), f"{typed}: {said}"
        assert "Traceback" not in said
        assert "本程序出错" not in said, f"{typed}: {said}"


def test_a_book_that_is_no_book(tmp_path: Path) -> None:
    for content in (
        "",
        "{",
        "[]",
        "{}",
        '{"database": 3, "origin": "x"}',
        '{"database": null, "origin": "x"}',
        '{"database": "mysql://x", "origin": "x"}',
    ):
        (tmp_path / "book.json").write_text(content, encoding="utf-8")
        done = Clerk(tmp_path).typed("log")
        assert done.exit_code == 2, f"{content}: {done.output}"
        assert "本程序出错" not in done.output
