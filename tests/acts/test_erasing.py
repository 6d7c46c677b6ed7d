"""Erasing people: no plaintext is left, nothing else changes, and no backup brings it back."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import psycopg

from taizhang.acts.desk import Desk
from taizhang.acts.erasing import erase
from taizhang.acts.keeping import backup, restore, scrub
from taizhang.acts.posting import post
from taizhang.acts.proving import prove
from taizhang.ledger.tree import root_of
from taizhang.ledger.tree_store import StoredNodes
from taizhang.ledger.verify import verify

from ..books import Databases
from .office import event, move, on, resident, state, user

VERIFIER = Path(__file__).resolve().parents[2] / "verifier" / "taizhang_verify.py"
LATER = date(2030, 1, 1)


def name(number: int) -> str:
    return f"示例人名{number:06d}号"


def people(desk: Desk, count: int) -> list[str]:
    """So many people at risk, each visited once with a note, and their records."""
    rows = [state(desk, "medicine.at_risk", 身份证号=resident(n), 姓名=name(n), 人群类别="65岁以上", 包保医生=f"医生{n:06d}某") for n in range(count)]
    assert {a.what for a in post(desk, rows)} == {"ok"}
    visits = [event(desk, "medicine.visit", record=resident(n), 体温="36.5", 备注=f"家住第{n:06d}户") for n in range(count)]
    assert {a.what for a in post(desk, visits)} == {"ok"}
    records = [desk.reader.find("base.person", [resident(n)]) for n in range(count)]
    assert None not in records
    return [record for record in records if record]


def bytes_of(*folders: Path) -> bytes:
    """Every byte of every file below these folders, WAL and index files too."""
    return b"\n".join(path.read_bytes() for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())


def plaintexts(numbers: range) -> list[bytes]:
    return [text.encode() for n in numbers for text in (resident(n), name(n), f"第{n:06d}户", f"医生{n:06d}某")]


def server_bytes(server: psycopg.Connection | None) -> bytes:
    """What the server's tables and write-ahead log hold on disk."""
    if server is None:
        return b""
    server.execute("CHECKPOINT")
    return bytes_of(Path(server.info.host) / "data" / "base", Path(server.info.host) / "data" / "pg_wal")


def test_erasing_people_leaves_no_plaintext_and_changes_nothing_else(
    desk: Desk, databases: Databases, dialect: str, count: Callable[[int, int], int], tmp_path: Path
) -> None:
    erased, kept = count(30, 1000), count(15, 200)
    records = people(desk, erased + kept)
    root = verify(desk.book.store, desk.book.number, desk.book.catalogue, desk.book.public).root
    uid = desk.reader.history(records[-1])[0].entry.uid
    before = prove(desk, [uid])
    saved = backup(desk, tmp_path / "backups", tmp_path / "keys")
    clear = plaintexts(range(erased + kept))
    server = databases.server if dialect == "postgres" else None
    stored = bytes_of(tmp_path) + server_bytes(server)
    assert not any(text in stored for text in clear)  # sealed from the first moment

    answers = erase(on(desk, LATER), records[:erased])
    assert {a.what for a in answers} == {"erased"}
    gone = [desk.book.keys.erased(record) for record in records]
    assert gone == [True] * erased + [False] * kept
    assert desk.reader.find("base.person", [resident(0)]) is None
    opened = desk.reader.record(records[-1], reveal=True)
    assert opened is not None
    assert opened.values["base.person"]["name"] == name(erased + kept - 1)
    lines = desk.reader.history(records[0], reveal=True)
    assert all(value == "（已抹除）" for line in lines for value in line.opened.values())

    verified = verify(desk.book.store, desk.book.number, desk.book.catalogue, desk.book.public)
    assert verified.problems == ()
    assert json.loads(before)["entries"] == json.loads(prove(desk, [uid]))["entries"]
    assert root_at(desk, 4 + 2 * (erased + kept)) == root
    assert_proved(desk, before, tmp_path)

    scrub(desk.book, tmp_path / "keys")
    brought = restore(saved.folder, tmp_path / "keys", tmp_path / "restored", database=databases.empty() if server else None, alias=f"restored-{dialect}")
    try:
        assert all(brought.keys.erased(record) for record in records[:erased])
        assert not verify(brought.store, brought.number, brought.catalogue, brought.public).problems
    finally:
        brought.close()


def test_an_older_backup_of_keys_does_not_bring_a_person_back(desk: Desk, databases: Databases, dialect: str, tmp_path: Path) -> None:
    records = people(desk, 3)
    backup(desk, tmp_path / "backups", tmp_path / "keys")
    erase(on(desk, LATER), records[:2])
    saved = backup(desk, tmp_path / "backups", tmp_path / "newer")
    address = databases.empty() if dialect == "postgres" else None
    brought = restore(saved.folder, tmp_path / "keys", tmp_path / "restored", database=address, alias=f"older-{dialect}")  # the list of erasures is lost
    try:
        assert [brought.keys.erased(record) for record in records] == [True, True, False]
    finally:
        brought.close()


def test_before_its_time_a_record_is_restricted(desk: Desk) -> None:
    (record,) = people(desk, 1)
    (answer,) = erase(desk, [record])
    assert (answer.what, answer.until) == ("restricted", date(2027, 12, 28))
    seen = desk.reader.record(record, reveal=True)
    assert seen is not None
    assert seen.values["base.person"]["name"] == "●●●"
    (answer,) = erase(on(desk, LATER), [record])
    assert answer.what == "erased"


def test_only_who_manages_every_programme_of_a_record_erases_it(desk: Desk) -> None:
    (record,) = people(desk, 1)
    librarian = user(desk, "librarian", ("manage", "43/4310/431023/", "library"))
    (answer,) = erase(on(librarian, LATER), [record])
    assert answer.what == "refused"
    assert not desk.book.keys.erased(record)


def test_what_was_erased_is_not_known_again_when_it_is_delivered_again(desk: Desk) -> None:
    (record,) = people(desk, 1)
    visit = event(desk, "medicine.visit", record=resident(0), 体温="36.5", 备注="家住第000000户")
    assert [a.what for a in post(desk, [visit])] == ["exists"]
    erase(on(desk, LATER), [record])
    (answer,) = post(desk, [visit])
    assert answer.what in ("held", "erased")
    assert [a.what for a in post(desk, [state(desk, "medicine.at_risk", 身份证号=resident(0), 姓名=name(0), 人群类别="65岁以上")])] == ["ok"]
    assert desk.reader.find("base.person", [resident(0)]) != record


def test_money_moved_by_an_erased_person_stays_counted(desk: Desk) -> None:
    (record,) = people(desk, 1)
    rows = [
        state(desk, "medicine.drug", 药品编码="Y", 药品名称="甲", 每盒片数=24),
        state(desk, "medicine.batch", 所属药品="Y", 批号="1", 有效期至="2024-10-31", 每盒片数=24),
        state(desk, "base.village", 村代码="431023101201", 村名称="甲村"),
        state(desk, "medicine.box", 药箱编号="X", 所在村="431023101201"),
        state(desk, "medicine.depot", 药库编号="K", 药库名称="库"),
        state(desk, "medicine.supplier", 统一社会信用代码="91999999MA0000A199", 单位名称="示例"),
        move(desk, "medicine.purchase", "1盒", item="Y/1", source="91999999MA0000A199", target="K"),
        move(desk, "medicine.allot", "1盒", item="Y/1", source="K", target="X", values={"分配理由": "备"}),
        move(desk, "medicine.issue", "6片", item="Y/1", source="X", target=resident(0)),
    ]
    answers = post(desk, rows)
    assert {a.what for a in answers} == {"ok"}, [p.line() for a in answers for p in a.problems]
    before = desk.reader.held(f"medicine.at_risk/{record}")
    erase(on(desk, LATER), [record])
    assert desk.reader.held(f"medicine.at_risk/{record}") == before != {}


def root_at(desk: Desk, size: int) -> bytes:
    return root_of(StoredNodes(desk.book.store, desk.book.number, size), size)


def assert_proved(desk: Desk, proof: bytes, folder: Path) -> None:
    (folder / "proof.json").write_bytes(proof)
    (folder / "key").write_text(desk.book.verifier_key)
    done = subprocess.run(
        [sys.executable, str(VERIFIER), str(folder / "proof.json"), "--key", str(folder / "key")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_log_holds_no_plaintext(desk: Desk) -> None:
    records = people(desk, 2)
    erase(on(desk, LATER), records)
    rows = desk.book.store.rows("SELECT detail, refused FROM people_act")
    text = "\n".join(str(row) for row in rows)
    assert not any(clear.decode() in text for clear in plaintexts(range(2)))
