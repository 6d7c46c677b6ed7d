"""The sorts that words name: they tell which programme is meant."""

from __future__ import annotations

from .conftest import Judged

LIST = "永兴县2022年的老毛病：超载3起，无证2起，未戴头盔和酒驾都没有。"


def test_a_list_of_sorts_tells_the_programme_that_counts_by_them(judged: Judged) -> None:
    """No doing is told; only one programme knows these sorts. The book holds three of the one, one of the other."""
    assert [v.kind for v in judged(LIST)] == ["agrees", "differs"]
    assert {v.candidates[0].indicator for v in judged(LIST)} == {"traffic.violations"}
