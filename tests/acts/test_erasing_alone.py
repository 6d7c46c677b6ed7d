"""What an entry says of somebody whom it is not about: erased by itself, or with whom it names; and keys that nothing needs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from taizhang.acts.desk import Desk
from taizhang.acts.discarding import discard_unused
from taizhang.acts.erasing import erase, meant
from taizhang.acts.keeping import backup, restore
from taizhang.acts.posting import post
from taizhang.acts.reviewing import accept, give_back, waiting
from taizhang.acts.submitted import RETURNED_DAYS
from taizhang.core import InputError
from taizhang.ledger import book
from taizhang.ledger.keys import Erased
from taizhang.ledger.reading import ERASED, SEALED
from taizhang.ledger.verify import verify

from ..books import Databases
from .office import COUNTY, PATHS, VILLAGE, again, event, on, resident, state, strike, user
from .stops import crew, plate, stop
from .villages import at_risk, ok, words

LATER = date(2030, 1, 1)
DRIVER = {"身份证号": resident(7), "姓名": "示例丙"}


def driver(desk: Desk) -> str:
    ok(post(desk, [state(desk, "base.person", **DRIVER)]))
    return desk.reader.find("base.person", [DRIVER["身份证号"]]) or ""


def opened(desk: Desk, uid: str) -> dict[str, object]:
    line = desk.reader.entry(uid, reveal=True)
    return dict(line.opened) if line else {}


def test_a_plate_goes_with_the_driver_and_leaves_the_crew_its_other_stops(desk: Desk) -> None:
    crew(desk)
    record = driver(desk)
    his, other = stop(desk, 1, 驾驶人=DRIVER["身份证号"]), stop(desk, 2)
    root, held = verify(desk.book.store, desk.book.number).root, desk.book.size
    assert opened(desk, his.uid) == {"plate": plate(1)}
    (answer,) = erase(on(desk, LATER), [record])
    assert (answer.what, answer.entries) == ("erased", (his.uid,))
    assert (opened(desk, his.uid), opened(desk, other.uid)) == ({"plate": ERASED}, {"plate": plate(2)})
    line = desk.reader.latest(type_name="book.erase")[0]
    assert line.entry.data == {"record": record, "entries": [his.uid]}
    found = verify(desk.book.store, desk.book.number, desk.book.catalogue, desk.book.public)
    assert (found.problems, found.entries) == ((), held + 1)
    assert found.root != root, "the erasure is an entry"


def test_one_entry_is_erased_by_itself(desk: Desk) -> None:
    crew(desk)
    first, second = stop(desk, 1), stop(desk, 2)
    (answer,) = erase(on(desk, LATER), [first.uid])
    assert (answer.record, answer.what) == (first.uid, "erased")
    assert (opened(desk, first.uid), opened(desk, second.uid)) == ({"plate": ERASED}, {"plate": plate(2)})
    again_told = event(desk, "traffic.violation", "2022-12-05", record="一中队", 时刻="00:01", 号牌号码=plate(1), 违法种类="超载", 车辆类型="货车", 罚款="200元")
    assert words(post(desk, [again_told])) == ["erased"]
    assert not verify(desk.book.store, desk.book.number, desk.book.catalogue, desk.book.public).problems


def test_before_its_time_an_entry_is_restricted(desk: Desk) -> None:
    crew(desk)
    record = driver(desk)
    alone, his = stop(desk, 1), stop(desk, 2, 驾驶人=DRIVER["身份证号"])
    assert {one.what for one in erase(desk, [alone.uid, record])} == {"restricted"}
    assert (opened(desk, alone.uid), opened(desk, his.uid)) == ({"plate": SEALED}, {"plate": SEALED})
    assert erase(on(desk, LATER), [alone.uid])[0].what == "erased"


def test_what_is_sealed_with_a_person_is_not_erased_by_itself(desk: Desk) -> None:
    at_risk(desk, VILLAGE)
    (visit,) = ok(post(desk, [event(desk, "medicine.visit", record=resident(1), 体温="36.5", 备注="家里没人")]))
    crew(desk)
    for uid, why in ((visit.uid, "with those of its record"), (desk.reader.latest(limit=1)[0].entry.uid, "nothing personal")):
        (answer,) = erase(on(desk, LATER), [uid])
        assert answer.what == "refused"
        assert answer.problem is not None
        assert why in answer.problem.line("en")
    assert opened(desk, visit.uid) == {"note": "家里没人"}


def test_an_entry_of_before_goes_with_its_record(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Books had no keys of entries once: what was sealed under the crew's opens, and is not said to be gone by itself."""
    crew(desk)
    with monkeypatch.context() as before:
        before.setattr(book, "key_name", lambda entry, _: entry.record or "")
        old = stop(desk, 1)
    new = stop(desk, 2)
    assert (opened(desk, old.uid), opened(desk, new.uid)) == ({"plate": plate(1)}, {"plate": plate(2)})
    assert erase(on(desk, LATER), [old.uid])[0].what == "refused"
    record = desk.reader.find("traffic.crew", ["一中队"]) or ""
    assert erase(on(desk, LATER), [record])[0].entries == (new.uid,)
    assert (opened(desk, old.uid), opened(desk, new.uid)) == ({"plate": ERASED}, {"plate": ERASED})


def test_an_entry_is_erased_by_who_manages_there_and_is_not_there_for_others(desk: Desk) -> None:
    crew(desk)
    told = stop(desk, 1, place=VILLAGE)
    clerk, elsewhere = user(desk, "clerk", ("enter", PATHS[VILLAGE], "traffic")), user(desk, "boss", ("manage", PATHS[COUNTY], "library"))
    for who in (clerk, elsewhere):
        (answer,) = erase(on(who, LATER), [told.uid])
        assert answer.problem is not None
        assert "no such record" in answer.problem.line("en")
    boss = user(desk, "here", ("manage", PATHS[VILLAGE], "traffic"))
    assert erase(on(boss, LATER), [told.uid])[0].what == "erased"


def test_words_lead_to_what_they_say_of_somebody(desk: Desk) -> None:
    crew(desk)
    record = driver(desk)
    first, second = stop(desk, 1), stop(desk, 2)
    assert meant(desk, DRIVER["身份证号"]) == [record]
    assert meant(desk, plate(1)) == [first.uid]
    assert meant(desk, plate(2).lower()) == [second.uid]
    assert meant(desk, f"第{second.seq}条") == meant(desk, second.uid) == [second.uid]
    other = user(desk, "other", ("manage", PATHS[COUNTY], "library"))
    for words_ in (plate(1), DRIVER["身份证号"], "湘A99999"):
        with pytest.raises(InputError):
            meant(other, words_)


def test_older_keys_bring_no_erased_entry_back(desk: Desk, databases: Databases, dialect: str, tmp_path: Path) -> None:
    crew(desk)
    record = driver(desk)
    his, alone, other = stop(desk, 1, 驾驶人=DRIVER["身份证号"]), stop(desk, 2), stop(desk, 3)
    backup(desk, tmp_path / "backups", tmp_path / "keys")
    erase(on(desk, LATER), [record, alone.uid])
    saved = backup(desk, tmp_path / "backups", tmp_path / "newer")
    address = databases.empty() if dialect == "postgres" else None
    brought = restore(saved.folder, tmp_path / "keys", tmp_path / "restored", database=address, alias=f"alone-{dialect}")
    try:
        assert [brought.keys.erased(name) for name in (record, his.uid, alone.uid, other.uid)] == [True, True, True, False]
    finally:
        brought.close()


def test_an_erasure_cut_off_takes_its_entries_with_it_later(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    crew(desk)
    record = driver(desk)
    his, alone, other = stop(desk, 1, 驾驶人=DRIVER["身份证号"]), stop(desk, 2), stop(desk, 3)
    monkeypatch.setattr(type(desk.book.keys), "erase", _dies)
    with pytest.raises(KeyboardInterrupt):
        erase(on(desk, LATER), [record, alone.uid])
    monkeypatch.undo()
    desk.book.keys.intend([other.uid])  # of an erasure that did not come to be
    reopened = again(desk)
    assert [reopened.book.keys.erased(name) for name in (record, his.uid, alone.uid, other.uid)] == [True, True, True, False]
    assert reopened.book.keys.intended() == []
    reopened.close()


# ---- what is not in the book, and keys that nothing needs -------------------------------------------------------------------------


def proposed(desk: Desk) -> str:
    """Somebody at risk whom a reviewer has not accepted yet; the record."""
    clerk = user(desk, "clerk", ("enter", PATHS[COUNTY], "medicine"))
    card = {"身份证号": resident(9), "姓名": "示例丁", "人群类别": "65岁以上"}
    assert words(post(clerk, [state(clerk, "medicine.at_risk", **card)])) == ["waiting"]
    (one,) = waiting(desk)
    return one.entries[0].record or ""


@pytest.mark.parametrize("returned", [False, True])
def test_who_waits_to_be_registered_is_erased_on_request(desk: Desk, returned: bool) -> None:
    record = proposed(desk)
    (one,) = waiting(desk)
    if returned:
        ok([give_back(desk, one.number, "示例丁不在本县")])
    assert meant(desk, resident(9)) == [record]
    elsewhere = user(desk, "boss", ("manage", PATHS[COUNTY], "library"))
    assert erase(on(elsewhere, LATER), [record])[0].what == "refused"
    (answer,) = erase(on(desk, LATER), [record])
    assert answer.what == "erased"
    with pytest.raises(Erased):
        desk.book.keys.key(record)
    assert desk.book.keys.find("base.person", resident(9)) == []
    if returned:
        assert [one.why for one in waiting(desk, state="returned")] == [ERASED]
    else:
        assert words(accept(desk, [one.number])) == ["erased"]
    assert not verify(desk.book.store, desk.book.number, desk.book.catalogue, desk.book.public).problems


def test_keys_that_nothing_needs_are_found_and_destroyed(desk: Desk) -> None:
    at_risk(desk, VILLAGE)
    crew(desk)
    told = stop(desk, 1)
    record = proposed(desk)
    needed = desk.book.keys.names()
    desk.book.keys.keys(["aaaaaaaaaaaaaaaa"])  # of an act that failed after its keys were made
    desk.book.keys.index("base.person", [("aaaaaaaaaaaaaaaa", resident(3))])
    assert discard_unused(desk) == 1
    assert desk.book.keys.names() == needed
    assert {record, told.uid} <= set(needed)
    assert desk.book.keys.find("base.person", resident(3)) == []
    assert discard_unused(desk) == 0
    assert set(desk.book.keys.keys(["aaaaaaaaaaaaaaaa"])) == {"aaaaaaaaaaaaaaaa"}, "it was not erased: should it be needed, it is made anew"


def test_what_was_returned_and_not_given_again_is_kept_for_a_month(desk: Desk) -> None:
    record = proposed(desk)
    (one,) = waiting(desk)
    ok([give_back(desk, one.number, "写错")])
    assert discard_unused(desk) == 0
    sql = "UPDATE submission SET decided_at = decided_at - ? WHERE book = ?"
    with desk.book.store.transaction():
        desk.book.store.run(sql, [(RETURNED_DAYS + 1) * 86_400_000_000, desk.book.number])
    assert discard_unused(desk) == 1
    assert record not in desk.book.keys.names()
    card = {"身份证号": resident(9), "姓名": "示例丁", "人群类别": "65岁以上"}
    ok(post(desk, [state(desk, "medicine.at_risk", **card)]))


def test_keys_are_discarded_by_who_manages_the_whole_book(desk: Desk) -> None:
    with pytest.raises(InputError, match="whole book"):
        discard_unused(user(desk, "boss", ("manage", PATHS[VILLAGE], "*")))


def test_the_reason_of_a_strike_goes_with_whom_it_is_about(desk: Desk) -> None:
    crew(desk)
    record = driver(desk)
    his = stop(desk, 1, 驾驶人=DRIVER["身份证号"])
    (struck,) = ok(post(desk, [strike(desk, his.uid, "示例丙不是驾驶人")]))
    assert opened(desk, struck.uid) == {"why": "示例丙不是驾驶人"}
    erase(desk, [record])
    assert opened(desk, struck.uid) == {"why": SEALED}
    assert erase(on(desk, LATER), [record])[0].entries == (his.uid, struck.uid)
    assert desk.book.keys.erased(struck.uid)


def _dies(*_: object) -> None:
    raise KeyboardInterrupt
