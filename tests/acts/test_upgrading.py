"""A book that an older program made: whoever opens it first brings it up to date, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from taizhang.acts.posting import post
from taizhang.core import InputError
from taizhang.ledger import upgrading
from taizhang.ledger.book import Book
from taizhang.ledger.verify import verify

from .office import TODAY, county, on, resident, state
from .older import CUT, layout, made_older, migrations, opened, programs

NOW = ["0001_initial", "0002_frozen", "0003_taken"]


@pytest.fixture
def folder(empty_address: str, tmp_path: Path) -> Path:
    """A book of the library in which two readers have cards; nobody has it open."""
    with county(tmp_path / "book", empty_address, "library") as desk:
        for number in (1, 2):
            values = {"姓名": "示例", "读者类型": "在职职工", "身份证号": resident(number), "借书证号": f"D{number}"}
            assert post(on(desk, TODAY), [state(desk, "library.reader", **values)])[0].what == "ok"
    return tmp_path / "book"


def is_sound(book: Book) -> bool:
    return not verify(book.store, book.number, book.catalogue).problems


@pytest.mark.parametrize("names", [("0003_taken",), ("0002_frozen", "0003_taken")], ids=["one behind", "two behind"])
def test_the_first_who_opens_it_brings_it_up(folder: Path, empty_address: str, names: tuple[str, ...]) -> None:
    with closing(opened(folder, empty_address)) as book:
        as_founded, taken = layout(book.store), book.store.rows("SELECT * FROM taken ORDER BY key")
    made_older(folder, empty_address, *names)
    with closing(opened(folder, empty_address)) as book:
        assert book.brought_up == names
        assert layout(book.store) == as_founded
        assert book.store.rows("SELECT * FROM taken ORDER BY key") == taken
        assert len(taken) == 2
        assert is_sound(book)
    with closing(opened(folder, empty_address)) as book:
        assert book.brought_up == ()


def test_foreign_keys_hold_afterwards(folder: Path, empty_address: str) -> None:
    made_older(folder, empty_address, "0003_taken")
    with closing(opened(folder, empty_address)) as book:
        if book.store.dialect == "sqlite":
            assert book.store.rows("PRAGMA foreign_keys") == [(1,)]
        with pytest.raises(Exception, match=r"(?i)foreign key"), book.store.transaction():
            book.store.run("INSERT INTO checkpoint (book, size, root, time, text) VALUES (999, 0, ?, 0, '')", [b""])


def test_of_several_who_come_at_once_one_brings_it_up(folder: Path, empty_address: str, count: Callable[[int, int], int]) -> None:
    for _ in range(count(1, 20)):
        made_older(folder, empty_address, "0002_frozen", "0003_taken")
        ended = programs(folder, empty_address, [0] * 5)
        assert [code for code, _ in ended] == [0] * 5, ended
        assert sorted(said.strip() for _, said in ended) == [""] * 4 + ["0002_frozen 0003_taken"]


def test_cut_off_in_between_it_is_old_or_new(folder: Path, empty_address: str, count: Callable[[int, int], int]) -> None:
    """The process dies before each statement in turn, until none is left to die before."""
    states, step = [], count(4, 1)
    for cut in range(1, 100, step):
        made_older(folder, empty_address, "0002_frozen", "0003_taken")
        ((code, said),) = programs(folder, empty_address, [cut])
        assert code in (0, CUT), said
        states.append(migrations(folder, empty_address))
        with closing(opened(folder, empty_address)) as book:
            assert book.brought_up == (() if states[-1] == NOW else ("0002_frozen", "0003_taken"))
            assert is_sound(book)
        if code == 0:
            break
    print(len(states), "moments")
    assert states[:-1] == [NOW[:1]] * (len(states) - 1)
    assert states[-1] == NOW
    assert len(states) > 8 // step


def test_what_fails_leaves_the_old_book(folder: Path, empty_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not only where the process dies: the tables made are taken back with the rows that could not be filled in."""

    def fails(*_: object) -> None:
        raise OSError("the disk is full")

    made_older(folder, empty_address, "0003_taken")
    with monkeypatch.context() as planted:
        planted.setattr(upgrading, "refill", fails)
        with pytest.raises(OSError, match="full"):
            opened(folder, empty_address)
    assert migrations(folder, empty_address) == NOW[:2]
    with closing(opened(folder, empty_address)) as book:
        assert book.brought_up == ("0003_taken",)


def test_a_book_of_a_newer_program_is_refused_and_left_as_it_is(folder: Path, empty_address: str) -> None:
    with closing(opened(folder, empty_address)) as book:
        book.store.run("INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '0099_later', '2030-01-01 00:00:00')")
        as_it_was = layout(book.store)
    with pytest.raises(InputError) as refused:
        opened(folder, empty_address)
    assert "更新的程序" in refused.value.problem.found
    assert "0099_later" in refused.value.problem.found_en
    assert "pip install -U" in refused.value.problem.do
    assert migrations(folder, empty_address) == [*NOW, "0099_later"]
    with closing(book):
        assert layout(book.store) == as_it_was


def test_tables_of_others_beside_the_book_do_not_matter(folder: Path, empty_address: str) -> None:
    with closing(opened(folder, empty_address)) as book:
        book.store.run("INSERT INTO django_migrations (app, name, applied) VALUES ('elsewhere', '0099_later', '2030-01-01 00:00:00')")
    with closing(opened(folder, empty_address)) as book:
        assert book.brought_up == ()


def test_an_older_book_that_may_only_be_read(folder: Path, empty_address: str) -> None:
    made_older(folder, empty_address, "0003_taken")
    only_read = f"{empty_address}&options=-c%20default_transaction_read_only%3Don" if empty_address else f"file:{folder / 'book.sqlite3'}?mode=ro"
    with pytest.raises(InputError) as refused:
        opened(folder, only_read)
    assert "只能读" in refused.value.problem.found
    assert "copy the whole folder" in refused.value.problem.do_en
    assert migrations(folder, empty_address) == NOW[:2]
