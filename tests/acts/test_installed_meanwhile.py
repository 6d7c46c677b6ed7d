"""A pack that another program installs holds at once, also where the book was opened before."""

from __future__ import annotations

from pathlib import Path

from taizhang.acts.desk import Desk
from taizhang.acts.installing import install
from taizhang.acts.posting import post
from taizhang.acts.reviewing import accept, waiting

from . import ponds
from .office import COUNTY, PATHS, again, state, user
from .villages import ok, said, words

RULE = "check: {that: area < 5, say: 五亩以上的不算山塘。}\n    fields: {pond_code"
OLD = "fields: {pond_code"


def pond(desk: Desk, code: str, area: str) -> list[str]:
    answers = post(desk, [state(desk, "ponds.pond", 山塘编号=code, 水面=area)])
    return [*words(answers), said(answers)]


def test_new_rules_hold_for_a_book_that_was_open(desk: Desk, tmp_path: Path) -> None:
    folder = ponds.write(tmp_path / "county")
    assert install(desk, folder).fresh
    other = again(desk)
    try:
        assert pond(other, "S1", "6亩")[0] == "ok"
        clerk = user(other, "clerk", ("enter", PATHS[COUNTY], "ponds"))
        pack = folder / "pack.yaml"
        text = pack.read_text(encoding="utf-8")
        assert OLD in text
        pack.write_text(text.replace(OLD, RULE, 1), encoding="utf-8")
        done = install(desk, folder)
        assert (done.fresh, done.version) == (True, 2), [problem.line() for problem in done.problems]
        told = pond(other, "S2", "6亩")
        assert told[0] == "refused"
        assert "不算山塘" in told[1]
        assert pond(clerk, "S2", "6亩")[0] == "refused"
        ok(post(other, [state(other, "ponds.pond", 山塘编号="S3", 水面="4亩")]))
        line = other.reader.latest(limit=1)[0]
        assert line.entry.version == 2
        assert accept(other, [one.number for one in waiting(other)]) == []
    finally:
        other.close()
