"""An erasure cut off at any point is done or was never begun, once the book is opened again; and it tells nobody of others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from taizhang.acts import erasing
from taizhang.acts.desk import Desk
from taizhang.acts.erasing import erase
from taizhang.acts.posting import post
from taizhang.ledger.keys import KeyFile, Unfinished
from taizhang.ledger.reading import erased_records

from .office import VILLAGE, again, event, on, user
from .villages import CARD, THERE, at_risk, ok, two_villages

LATER = date(2030, 1, 1)


class Dies(Exception):
    """The program ends here."""


def dies(*_: Any, **__: Any) -> None:
    raise Dies


def after(act: Callable[..., Any]) -> Callable[..., Any]:
    """The act is done, and then the program ends."""

    def done(*given: Any, **named: Any) -> None:
        act(*given, **named)
        raise Dies

    return done


CUTS = {
    "before the keys know": (KeyFile, "intend", dies, False),
    "before the journal knows": (erasing, "_enter", dies, False),
    "before the journal is written": (erasing, "_enter", after(erasing._enter), False),
    "before the list knows": (KeyFile, "erase", dies, True),
    "before the keys are gone": (KeyFile, "_destroy", dies, True),
    "before the last note": (KeyFile, "forgo", dies, True),
}


@pytest.mark.parametrize("cut", CUTS)
def test_the_journal_and_the_keys_agree_when_the_book_is_opened_again(desk: Desk, cut: str, monkeypatch: pytest.MonkeyPatch) -> None:
    record = at_risk(desk, VILLAGE)
    where, name, broken, decided = CUTS[cut]
    monkeypatch.setattr(where, name, broken)
    with pytest.raises(Dies):
        erase(on(desk, LATER), [record])
    monkeypatch.undo()
    opened = again(desk)
    try:
        assert opened.book.keys.intended() == []
        assert opened.book.keys.erased(record) is decided
        assert erased_records(opened.book) == [record] * decided
        found = opened.reader.find("base.person", [CARD["身份证号"]])
        assert found == (None if decided else record)
        assert words_of(erase(on(opened, LATER), [record])) == ["erased"]
    finally:
        opened.close()


def words_of(answers: list[erasing.Erasing]) -> list[str]:
    return [answer.what for answer in answers]


def test_an_erasure_while_somebody_reads_is_told_and_done_on_opening(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    record = at_risk(desk, VILLAGE)

    def busy(self: KeyFile, records: list[str]) -> None:
        raise Unfinished("it is being read")

    monkeypatch.setattr(KeyFile, "_destroy", busy)
    (answer,) = erase(on(desk, LATER), [record])
    assert answer.problem is not None
    assert "再打开一次" in answer.problem.line()
    monkeypatch.undo()
    opened = again(desk)
    assert opened.book.keys.erased(record)
    opened.close()


def test_nobody_is_told_of_records_he_does_not_see(desk: Desk) -> None:
    record = at_risk(two_villages(desk), VILLAGE)
    stranger = user(desk, "stranger", ("manage", THERE, "*"), ("view", THERE, "*"))
    there, nowhere = erase(on(stranger, LATER), [record, "aaaaaaaaaaaaaaaa"])
    assert (there.what, nowhere.what) == ("refused", "refused")
    assert there.problem is not None
    assert nowhere.problem is not None
    assert there.problem.found == nowhere.problem.found


def test_what_is_kept_longer_is_asked_under_the_lock(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A visit entered just before must be seen: it may ask to keep the record."""
    record = at_risk(desk, VILLAGE)
    looked = erasing._looked_at

    def under_the_lock(desk: Desk, record: str) -> erasing.Erasing:
        assert desk.book.store.connection.in_atomic_block
        return looked(desk, record)

    monkeypatch.setattr(erasing, "_looked_at", under_the_lock)
    ok(post(desk, [event(desk, "medicine.visit", record=record, 体温="36.5")]))
    assert words_of(erase(desk, [record])) == ["restricted"]
