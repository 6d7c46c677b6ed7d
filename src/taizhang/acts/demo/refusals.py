"""Why no book can be made of some totals: every problem names the totals it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from taizhang.core import InputError, Problem

if TYPE_CHECKING:
    from taizhang.acts.demo.totals import Total


class Refused(InputError):
    """Nothing was written; carries every problem."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems[0])
        self.problems = tuple(problems)


def contradict(total: Total, other: Total | str, found: str, found_en: str) -> Problem:
    """Two totals that cannot both be: `total` is the one of the whole."""
    do = ("请改其中一个。", "Change one of them.")
    return Problem(total.where, f"{total} 与 {other} 不能同时成立：{found}", "能同时成立的总数", do[0],
        f"{total} and {other} cannot both be: {found_en}", "totals that can both be", do[1])  # fmt: skip


def no_room(total: Total, found: str, found_en: str) -> Problem:
    """A total for which no entries can be found."""
    do = ("请改这个总数，或补上缺的。", "Change this total, or add what is missing.")
    return Problem(
        total.where, f"{total}：{found}", "能做成条目的总数", do[0], f"{total}: {found_en}", "a total that entries can make", do[1]
    )


def unknown(total: Total, found: str, found_en: str) -> Problem:
    """A total of something that is not there."""
    do = ("请核对。", "Check it.")
    return Problem(total.where, found, "已有的专项和指标", do[0], found_en, "a programme and indicator that are there", do[1])
