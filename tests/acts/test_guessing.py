"""Whoever has all that a book gives away cannot guess who is in it, though he tries every ID number of the district."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random

from taizhang.acts.desk import Desk
from taizhang.acts.erasing import erase
from taizhang.acts.keeping import backup
from taizhang.acts.posting import post
from taizhang.acts.proving import export_blind, prove
from taizhang.core import Entry
from taizhang.ledger import KeyFile, new_uid, once_uid

from .guessing import FIRST, candidates, recovered
from .office import COUNTY, TODAY, event, state
from .stops import crew, plate, stop

SEED = 20230103


def given_away(desk: Desk, folder: Path) -> bytes:
    """The blind export, a proof of every entry, the checkpoint, and even a backup of the database."""
    export_blind(desk, folder / "all.jsonl")
    uids = [row[0] for row in desk.book.store.rows("SELECT uid FROM entry ORDER BY seq")]
    (folder / "proof.json").write_bytes(prove(desk, uids))
    backup(desk, folder / "backup", folder.parent / f"{folder.name}-keys")
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_no_id_number_is_recovered_and_a_careless_hash_is(desk: Desk, tmp_path: Path, count: Callable[[int, int], int]) -> None:
    """34 million numbers: every one of 34,000 days of birth in the district."""
    days, rng = count(60, 34_000), Random(SEED)
    numbers = [next(islice(candidates([rng.randrange(days)]), rng.randrange(1000), None)).decode() for _ in range(20)]
    people = [state(desk, "medicine.at_risk", 身份证号=number, 姓名=f"示例{i}", 人群类别="65岁以上") for i, number in enumerate(dict.fromkeys(numbers))]
    assert {a.what for a in post(desk, people)} == {"ok"}
    post(desk, [event(desk, "traffic.accident", 时刻="17:30", 地点="省道")])
    origin = desk.book.origin.encode()
    (tmp_path / "open").mkdir()
    found, tried = recovered(given_away(desk, tmp_path / "open"), range(days), [origin, origin + b"\n"])
    assert tried == days * 1000
    assert found == set()

    careless = hashlib.sha256(numbers[3].encode()).hexdigest()[:32]
    planted = Entry(new_uid(), "event", "traffic.publicity", COUNTY, TODAY, desk.scope.user, 1, record=careless)
    desk.book.journal.append([planted])
    (tmp_path / "planted").mkdir()
    found, _ = recovered(given_away(desk, tmp_path / "planted"), [day_of(numbers[3])], [origin])
    assert found == {numbers[3]}
    print(f"seed {SEED}: {tried} numbers tried in 5 ways, 0 recovered; the planted hash was")


def test_a_plate_in_an_id_is_tried_by_nobody_but_who_holds_the_keys(desk: Desk, tmp_path: Path) -> None:
    """The id of a stop follows from its day, minute, kind and plate; the plate goes in under the book's own key, and no other does.

    With that key it can be tried, after an erasure too: so a happening that was erased is known again when it is delivered again.
    """
    crew(desk)
    told = stop(desk, 1)

    def uid(part: str) -> str:
        return once_uid(desk.book.origin, "traffic.violation", "2022-12-05", "00:01", part, "超载")

    others = [plate(1), hashlib.sha256(plate(1).encode()).hexdigest(), KeyFile(tmp_path / "other.keys").token("plate", plate(1))]
    assert told.uid not in map(uid, others)
    assert told.uid == uid(desk.book.keys.token("plate", plate(1)))
    assert erase(Desk(desk.book, desk.scope, date(2030, 1, 1)), [told.uid])[0].what == "erased"
    assert told.uid == uid(desk.book.keys.token("plate", plate(1)))
    assert desk.book.telling(plate(1)) == set(), "by the index it is found no more"


def day_of(number: str) -> int:
    """The day of birth of a number, as candidates count it."""
    return (date(int(number[6:10]), int(number[10:12]), int(number[12:14])) - FIRST).days
