"""Every figure of every case of the programmes that ship, both ways: over columns as entry by entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from taizhang.acts import trial_seen
from taizhang.acts.trial import run
from taizhang.acts.trial_figures import _of
from taizhang.acts.trial_names import Names
from taizhang.core import Period, Question, Scope
from taizhang.cube import Cube, Figures
from taizhang.ledger.inside import Inside
from taizhang.packs import PROGRAMMES, find_by_words
from taizhang.packs.reading import Node

from ..acts.trials import SHIPPED

HOUSE = Scope.of_the_house("the figures of a test")


@pytest.mark.parametrize("name", SHIPPED)
def test_figures_of_cases(name: str, dialect: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def both(names: Names, inside: Inside, node: Node) -> Iterator[Any]:
        book, indicator = names.desk.book, find_by_words(names.pack.indicators, node.word("indicator"))
        period = Period.read(node.word("period") or "")
        of = _of(names, node, indicator)
        plain = Figures(inside, book.catalogue).value(names.pack, indicator, period, of)
        figure = Cube(book, HOUSE).figure(Question(f"{names.pack.name}.{indicator.name}", book.place, period, of=of))
        if figure.state == "no_record" and plain == 0:  # a count of nothing where nothing was ever recorded
            seen.append("nothing recorded")
            assert figure.value is None
        else:
            assert figure.value == plain, (indicator.name, str(period), of)
        seen.append(indicator.name)
        yield from ()

    monkeypatch.setattr(trial_seen, "figure_problems", both)
    server = request.getfixturevalue("server") if dialect == "postgres" else None
    results = run(PROGRAMMES / name, database=f"postgresql://tests@/postgres?host={server.info.host}" if server else None)
    assert all(result.passed for result in results)
    print(f"{name}: {len(seen)} figures, {len(set(seen))} kinds")
    assert len(seen) >= 5
