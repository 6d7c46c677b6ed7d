"""Every rule of the check without a book, in the order in which findings are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from taizhang.claims.average import average
from taizhang.claims.change import change
from taizhang.claims.convert import units
from taizhang.claims.dates import date_arithmetic
from taizhang.claims.foreign import foreign_place, wrong_parent
from taizhang.claims.gaps import gaps
from taizhang.claims.hundred import hundred
from taizhang.claims.lists import list_count
from taizhang.claims.part import part
from taizhang.claims.rate import rate
from taizhang.claims.share import share
from taizhang.claims.steps import steps
from taizhang.claims.total import total
from taizhang.claims.twice import twice
from taizhang.claims.yearly import yearly
from taizhang.core import Finding, Story

Rule = Callable[[Story], Iterable[Finding]]

RULES: tuple[Rule, ...] = (
    change,
    steps,
    yearly,
    gaps,
    share,
    total,
    hundred,
    part,
    twice,
    rate,
    average,
    units,
    date_arithmetic,
    list_count,
    foreign_place,
    wrong_parent,
)
