"""The disk that breaks is itself tried out, on a plain table: it spares what SQLite promises, and it finds what SQLite does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import apsw
import pytest

from .disk import CALLS, Connect, Disk, Fault, Faults, Lost, crash_states, every_fault, hunt, surviving, sweep
from .disk.crash import Files
from .disk.events import Created, Cut, Event, FolderSynced, Removed, Synced, Written
from .disk.plain import Plain, check, check_folder, check_shared

SEED = 20260
OLD, NEW = b"o" * 2048, b"n" * 2048
Count = Callable[[int, int], int]


# What a disk may hold


def states(*events: Event, before: Files | None = None, count: int = 400) -> set[tuple[tuple[str, bytes], ...]]:
    every = crash_states(events, len(events), Random(SEED), {"a": OLD} if before is None else before)
    return {tuple(sorted(next(every).items())) for _ in range(count)}


def contents(*events: Event, before: Files | None = None, name: str = "a") -> set[bytes | None]:
    return {dict(state).get(name) for state in states(*events, before=before)}


def test_what_was_synced_is_there() -> None:
    assert states(Written(-1, 0, NEW), Synced(-1)) == {(("a", NEW),)}


def test_what_was_not_synced_may_be_there_or_not() -> None:
    assert contents(Written(-1, 0, NEW)) >= {OLD, NEW}


def test_a_later_write_may_be_there_without_an_earlier_one() -> None:
    found = contents(Written(-1, 0, NEW[:512]), Written(-1, 1024, NEW[:512]))
    assert OLD[:1024] + NEW[:512] + OLD[:512] in found


def test_a_write_may_be_there_in_part_at_sectors_and_inside_one() -> None:
    torn = contents(Written(-1, 0, NEW))
    at_sectors = {t for t in torn if t and all(t[i : i + 512] in (OLD[:512], NEW[:512]) for i in range(0, 2048, 512))}
    assert len(at_sectors) > 5
    assert any(t and t.strip(b"on") for t in torn), "garbage"
    assert any(t and b"no" in t[1:511] for t in torn), "cut inside a sector"


def test_a_write_damages_nothing_beside_it() -> None:
    assert all(t and t[:100] == OLD[:100] and t[200:] == OLD[200:] for t in contents(Written(-1, 100, NEW[:100])))


def test_a_file_may_have_grown_without_its_bytes_and_a_cut_may_be_lost() -> None:
    grown = contents(Written(-1, 2048, NEW))
    assert {len(t) for t in grown if t} > {2048, 4096}
    assert OLD + bytes(2048) in grown
    assert contents(Cut(-1, 512)) == {OLD, OLD[:512]}


def test_names_made_or_removed_may_be_as_before() -> None:
    assert contents(Created("b", 1), Written(1, 0, NEW), Synced(1), name="b") == {None, NEW}
    assert contents(Created("b", 1), Written(1, 0, NEW), Synced(1), FolderSynced(), name="b") == {NEW}
    assert contents(Removed("a")) == {None, OLD}
    assert contents(Removed("a"), FolderSynced()) == {None}


def test_after_a_sync_that_failed_the_next_one_saves_only_what_is_new() -> None:
    found = contents(Written(-1, 0, NEW[:512]), Synced(-1, done=False), Written(-1, 512, NEW[:512]), Synced(-1))
    assert found >= {OLD[:512] + NEW[:512] + OLD[1024:], NEW[:1024] + OLD[1024:]}
    assert all(t and t[512:1024] == NEW[:512] for t in found)


def test_the_same_seed_gives_the_same_states() -> None:
    first, again = ([next(s) for _ in range(50)] for s in (many(SEED), many(SEED)))
    assert first == again


def many(seed: int):
    return crash_states([Written(-1, 0, NEW), Written(-1, 1024, OLD)], 2, Random(seed), {"a": OLD})


# The power is cut

KEPT = {
    "a write-ahead log, full": (Plain("wal", "full"), check),
    "a journal that is deleted, extra": (Plain("delete", "extra"), check_shared),
    "a journal that is cut, full": (Plain("truncate", "full"), check_shared),
}
NOT_KEPT = {
    "nothing is synced": (Plain("wal", "off"), check),
    "only checkpoints are synced": (Plain("wal", "normal"), check),
    "acknowledged before the commit": (Plain("wal", "full", early=True), check),
    "the deleted journal comes back": (Plain("delete", "full"), check_shared),  # SQLite says so: EXTRA is for this
    "a journal, nothing is synced": (Plain("delete", "off"), check_shared),
}


@pytest.mark.parametrize("how", KEPT)
def test_what_was_acknowledged_survives_a_loss_of_power(how: str, count: Count) -> None:
    workload, intact = KEPT[how]
    for seed in range(SEED, SEED + 4):
        tried = surviving(workload, intact, seed, count(60, 2000))
        print(tried)
        assert tried.states >= count(60, 2000)
        assert tried.in_the_air >= tried.states // 5
        assert tried.again >= tried.states // 8
        assert min(tried.manners.values()) >= count(7, 250)


@pytest.mark.parametrize("how", NOT_KEPT)
def test_what_is_not_promised_is_found_lost(how: str) -> None:
    workload, intact = NOT_KEPT[how]
    with pytest.raises(Lost, match=f"seed {SEED}, state"):
        surviving(workload, intact, SEED, 400)


def test_a_disk_that_lies_about_its_syncs_is_found() -> None:
    with pytest.raises(Lost):
        surviving(Plain(), check, SEED, 100, lying=True)


# The n-th call fails


def some_pairs() -> Files:
    disk = Disk()
    Plain(pairs=3)(disk.connect, lambda token: None)
    return disk.files()


@pytest.mark.parametrize(("how", "before"), [("new", {}), ("after a crash", some_pairs())])
def test_a_failing_call_leaves_the_old_state_or_the_new_one(how: str, before: Files, count: Count) -> None:
    append = Plain(pairs=4)
    faults = every_fault(append, before=before, most=count(300, 10_000), seed=SEED)
    swept = sweep(append, check, faults, before=before, seed=SEED, states=count(2, 5))
    print(how, swept)
    assert swept.faults.total() >= count(300, 600)
    assert swept.felt >= swept.faults.total() // 4
    assert swept.failed_syncs >= count(4, 20)
    assert swept.in_recovery >= count(40, 200)


def test_a_commit_acknowledged_early_is_found_by_a_failing_call() -> None:
    append = Plain(pairs=2, early=True)
    with pytest.raises(Lost):
        sweep(append, check, every_fault(append, calls=["sync", "write"]), seed=SEED)


def test_every_class_of_call_is_counted_and_fails() -> None:
    faults = every_fault(Plain(mode="delete"), seed=SEED)
    assert {fault.call for fault in faults} == {*CALLS, "memory"} - {"cut"}  # only a log or a journal that is kept is cut
    for call in ("open", "write", "grow", "sync", "lock", "delete"):
        disk = Disk(faults=Faults(Fault(call, 1)))
        with pytest.raises(Exception, match="planted"):
            Plain(mode="delete")(disk.connect, lambda token: None)


def test_memory_runs_out() -> None:
    disk = Disk(faults=Faults(Fault("memory", 5, "nomem", sticky=True)))
    try:
        with pytest.raises(apsw.NoMemError):
            Plain()(disk.connect, lambda token: None)
    finally:
        disk.faults.lift()


def test_after_a_failed_sync_who_goes_on_builds_on_what_is_on_no_disk() -> None:
    """All see what was not saved, a later sync saves only what is newer, and the log is broken in between. Opening must save it first."""
    append, before = Plain(pairs=2, checkpoint_after=1000), some_pairs()
    faults = every_fault(append, before=before, calls=["sync"])
    with pytest.raises(Lost, match="gone on"):
        sweep(append, check, faults, before=before, afterwards=append, seed=SEED)

    def careful(connect: Connect, acknowledge: Callable[[Any], None]) -> None:
        connect().execute("PRAGMA wal_checkpoint(TRUNCATE)").connection.close()
        append(connect, acknowledge)

    swept = sweep(append, check, faults, before=before, afterwards=careful, seed=SEED, states=20)
    print(swept)
    assert swept.gone_on == 20 * len(faults) >= 80


# Processes are killed


def test_what_was_acknowledged_survives_the_death_of_the_process(tmp_path: Path, count: Count) -> None:
    killed = hunt("tests.ledger.disk.plain:work", check_folder, tmp_path, SEED, count(60, 2000))
    print(killed)
    assert killed.kills >= count(60, 2000)
    assert killed.acknowledged >= killed.kills
    assert min(killed.how.values()) >= killed.kills // 3


def test_a_commit_acknowledged_early_is_found_by_killing(tmp_path: Path) -> None:
    with pytest.raises(Lost):
        hunt("tests.ledger.disk.plain:work_early", check_folder, tmp_path, SEED, 200)
