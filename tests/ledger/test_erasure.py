"""Erasing people: what is left of them in files, WAL, backups and exports."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from taizhang.core import InputError
from taizhang.ledger import SHA256, Erased, ErasureList, KeyFile, Tree, Unfinished, Unsealable, decode, unseal_fields

from . import people as p

Count = Callable[[int, int], int]


@pytest.fixture
def keys(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "book.keys")


def test_a_record_has_one_key_for_good(keys: KeyFile) -> None:
    first = keys.keys(["a", "b", "a"])
    assert len({*first.values()}) == 2
    assert keys.keys(["b", "c"])["b"] == first["b"] == keys.key("b")
    with pytest.raises(KeyError):
        keys.key("nobody")


def test_many_threads_and_two_processes_agree_on_the_keys(keys: KeyFile) -> None:
    other = KeyFile(keys.path)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: (keys, other)[n % 2].keys([f"r{i}" for i in range(20)]), range(32)))
    assert all(one == found[0] for one in found)


def test_keys_are_their_owners_alone(keys: KeyFile, tmp_path: Path) -> None:
    copy = keys.backup(tmp_path / "backups")
    assert {stat.S_IMODE(path.stat().st_mode) for path in (keys.path, copy)} == {0o600}


def test_erased_people_are_in_no_file(keys: KeyFile, tmp_path: Path, count: Count) -> None:
    seed = 3
    persons = p.people(count(300, 5000), seed)
    raws = p.write_book(tmp_path, keys, persons)
    root = Tree(SHA256.leaves(raws)).root()
    gone = list(persons)[:: 3]
    secrets = keys.keys(persons)
    tokens = tokens_of(keys.path, gone)
    before = p.bytes_of(tmp_path)
    assert all(secret in before for secret in (*(secrets[record] for record in gone), *tokens)), "the test looks where they are"
    keys.erase(gone)
    after = p.bytes_of(tmp_path)
    plain = [value.encode() for values in persons.values() for value in values.values()]
    assert not [text for text in plain if text in before or text in after]
    assert not [record for record in gone if secrets[record] in after or secrets[record][:12] in after]
    assert not [token for token in tokens if token in after]
    assert all(secrets[record] in after for record in persons if record not in set(gone))
    assert Tree(SHA256.leaves(raws)).root() == root
    print(f"seed {seed}: {len(gone)} of {len(persons)} people erased, {len(after)} bytes searched")


def tokens_of(path: Path, records: list[str]) -> list[bytes]:
    """What stands in the search index for these records."""
    with closing(sqlite3.connect(path)) as db:
        return [row[0] for row in db.execute("SELECT token, record FROM token") if row[1] in set(records)]


def test_what_was_sealed_can_no_longer_be_read(keys: KeyFile, tmp_path: Path) -> None:
    persons = p.people(6, 4)
    entries = [decode(raw) for raw in p.write_book(tmp_path, keys, persons)]
    for entry in entries:
        assert unseal_fields(keys.key(str(entry.record)), p.BOOK, entry.uid, entry.sealed) == persons[str(entry.record)]
    gone = str(entries[0].record)
    keys.erase([gone])
    for ask in (lambda: keys.key(gone), lambda: keys.keys([gone]), lambda: keys.index("name", [(gone, "x")])):
        with pytest.raises(Erased):
            ask()
    assert keys.erased(gone)
    assert unseal_fields(keys.key(str(entries[1].record)), p.BOOK, entries[1].uid, entries[1].sealed)
    with pytest.raises(Unsealable):
        unseal_fields(keys.key(str(entries[1].record)), p.BOOK, entries[0].uid, entries[0].sealed)


def test_search_finds_sealed_values_until_they_are_erased(keys: KeyFile) -> None:
    assert keys.find("id_number", "43112919900101123X") == []
    keys.index("id_number", [("a", "43112919900101123X"), ("b", "43112919900101123x"), ("c", "431129199001011248")])
    keys.index("phone", [("d", "43112919900101123X")])
    assert keys.find("id_number", " 431129 19900101 123Ｘ ") == ["a", "b"]
    assert keys.find("id_number", "431129") == []
    keys.erase(["a"])
    assert keys.find("id_number", "43112919900101123X") == ["b"]
    with closing(sqlite3.connect(keys.path)) as db:
        assert db.execute("SELECT count(*) FROM token WHERE record = 'a'").fetchone() == (0,)


def test_erasing_again_is_no_error_nor_is_erasing_what_never_was(keys: KeyFile) -> None:
    keys.keys(["a"])
    for _ in range(3):
        keys.erase(["a", "never"])
    assert keys.erased("a")
    assert keys.erased("never")


def test_a_restored_backup_does_not_bring_them_back(keys: KeyFile, tmp_path: Path) -> None:
    secret = keys.keys(["a", "b"])
    keys.index("name", [("a", "张三")])
    copy = keys.backup(tmp_path / "backups")
    keys.erase(["a"])
    keys.close()
    for left in tmp_path.glob("book.keys*"):
        if not left.name.endswith(".erased"):
            left.unlink()
    shutil.copy(copy, keys.path)
    assert secret["a"] in keys.path.read_bytes(), "the backup is from before the erasure"
    again = KeyFile(keys.path)
    with pytest.raises(Erased):
        again.key("a")
    assert again.key("b") == secret["b"]
    assert again.find("name", "张三") == []
    assert not [path for path in tmp_path.glob("book.keys*") if secret["a"] in path.read_bytes()]


def test_backups_are_scrubbed_and_short_lived(keys: KeyFile, tmp_path: Path) -> None:
    secret, folder = keys.keys(["a", "b"]), tmp_path / "backups"
    copies = [keys.backup(folder, keep=3) for _ in range(5)]
    assert sorted(folder.iterdir()) == copies[2:]
    keys.erase(["a"])
    assert secret["a"] in p.bytes_of(folder)
    keys.scrub(folder)
    assert secret["a"] not in p.bytes_of(folder)
    assert secret["b"] in p.bytes_of(folder)


def test_the_journal_can_replay_erasures_too(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "book.keys", ErasureList(tmp_path / "elsewhere"))
    keys.keys(["a", "b"])
    keys.replay(["b"])
    assert keys.erased("b")
    assert not keys.erased("a")


def test_an_erasure_cut_by_a_power_loss_is_done_on_opening(keys: KeyFile, monkeypatch: pytest.MonkeyPatch) -> None:
    keys.keys(["a"])
    monkeypatch.setattr(KeyFile, "_destroy", lambda *_: (_ for _ in ()).throw(OSError("power loss")))
    with pytest.raises(OSError, match="power"):
        keys.erase(["a"])
    monkeypatch.undo()
    keys.close()
    with pytest.raises(Erased):
        KeyFile(keys.path).key("a")


def test_a_torn_line_of_the_list_loses_only_itself(tmp_path: Path) -> None:
    listed = ErasureList(tmp_path / "list")
    assert list(listed) == []
    listed.add(["甲", "b\n\u2028"])
    with (tmp_path / "list").open("ab") as file:
        file.write(b'"torn')
    listed.add(["c"])
    assert list(listed) == ["甲", "b\n\u2028", "c"]


def test_a_reader_of_older_pages_makes_an_erasure_unfinished_and_it_says_so(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "book.keys", busy_seconds=0.05)
    secret = keys.keys(["a"])["a"]
    with closing(sqlite3.connect(keys.path)) as reader:
        reader.execute("BEGIN").close()
        reader.execute("SELECT count(*) FROM record_key").fetchone()
        with pytest.raises(Unfinished):
            keys.erase(["a"])
        with pytest.raises(Erased):
            keys.key("a")
    keys.erase(["a"])
    assert secret not in p.bytes_of(tmp_path)


# ---- every ID number against everything that is exported -----------------------------------------------------------------------


def hashed_ids(_key: bytes, _book: str, _uid: str, values: dict[str, str]) -> dict[str, str]:
    """The planted fault: a hash in place of a seal."""
    return {"id_number": p.base64.urlsafe_b64encode(sha256(values["id_number"].encode()).digest()).rstrip(b"=").decode()}


def one_key_for_all(_key: bytes, book: str, uid: str, values: dict[str, str]) -> dict[str, str]:
    """The planted fault: a constant key."""
    return p.seal_fields(bytes(32), book, uid, values)


@pytest.mark.parametrize(("sealer", "found"), [(p.seal_fields, False), (hashed_ids, True), (one_key_for_all, True)])
def test_guessing_id_numbers_finds_nothing_where_they_are_sealed(
    keys: KeyFile, tmp_path: Path, count: Count, sealer: p.Sealer, found: bool
) -> None:
    seed = 5
    persons = p.people(count(12, 40), seed)
    raws = p.write_book(tmp_path, keys, persons, sealer)
    true = {values["id_number"] for values in persons.values()}
    candidates = true | {p.id_number(Random(seed + n)) for n in range(count(200, 20_000))}
    assert p.guessed(raws, candidates) == (true if found else set())
    print(f"seed {seed}: {len(candidates)} candidates against {len(raws)} entries, {len(true) if found else 0} recognised")


def test_the_keys_are_not_in_the_database_of_the_book(keys: KeyFile, tmp_path: Path) -> None:
    persons = p.people(3, 6)
    p.write_book(tmp_path, keys, persons)
    book = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.name.startswith("book.db"))
    assert not [key for key in keys.keys(persons).values() if key in book]


class FailingSync:
    """A connection whose next commit the disk fails."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db, self.fails = db, True

    def __getattr__(self, name: str) -> object:
        return getattr(self.db, name)

    def execute(self, sql: str, *more: object) -> sqlite3.Cursor:
        if sql == "COMMIT" and self.fails:
            self.fails = False
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
            raise error
        return self.db.execute(sql, *more)


def test_after_a_failed_sync_no_key_is_made_until_the_file_is_opened_anew(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "book.keys")
    keys._db = FailingSync(keys._db)  # type: ignore[assignment]
    for _ in range(2):
        with pytest.raises(InputError, match="disk failed"):
            keys.keys(["a"])
    assert not keys.erased("a")
    keys.close()
    assert list(KeyFile(tmp_path / "book.keys").keys(["a"])) == ["a"]
