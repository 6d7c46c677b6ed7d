"""Whoever has all that a book gives away cannot guess who is in it, though he tries every ID number of the district."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random

from taizhang.acts.desk import Desk
from taizhang.acts.keeping import backup
from taizhang.acts.posting import post
from taizhang.acts.proving import export_blind, prove
from taizhang.core import Entry
from taizhang.ledger import new_uid

from .guessing import FIRST, candidates, recovered
from .office import COUNTY, TODAY, event, state

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


def day_of(number: str) -> int:
    """The day of birth of a number, as candidates count it."""
    return (date(int(number[6:10]), int(number[10:12]), int(number[12:14])) - FIRST).days
