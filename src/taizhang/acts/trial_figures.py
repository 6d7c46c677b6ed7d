"""The figures a case expects, and those its book has."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from taizhang.acts.trial_names import Names
from taizhang.acts.trial_words import differs, pair, ran_into
from taizhang.core import Period, rounded
from taizhang.cube import Figures, type_of_path
from taizhang.expressions import BadTable, Choice, Choices
from taizhang.ledger.inside import Inside
from taizhang.packs import Indicator, find_by_words
from taizhang.packs.casing import NOT_KNOWN
from taizhang.packs.naming import spot
from taizhang.packs.problems import PackProblem, Pair
from taizhang.packs.reading import Node
from taizhang.packs.types import number
from taizhang.packs.types.numbers import plain


def figure_problems(names: Names, inside: Inside, node: Node) -> Iterator[PackProblem]:
    """What is wrong with one figure: it is exact, or as it is printed in its `places`."""
    indicator = find_by_words(names.pack.indicators, node.word("indicator"))
    assert isinstance(indicator, Indicator)  # the pack's check has seen to that
    figures = Figures(inside, names.desk.book.catalogue)
    try:
        got = figures.value(names.pack, indicator, Period.read(node.word("period") or ""), _of(names, node, indicator))
    except (ValueError, BadTable) as error:
        yield ran_into(node.at, error)
        return
    said = node.word("value") or ""
    wanted = None if said == NOT_KNOWN else number(said, indicator.unit)
    if wanted not in ({None} if got is None else {got, rounded(got, indicator.places)}):
        what = (f"{indicator.title}（{node.word('period')}）", f"{indicator.name} ({node.word('period')})")
        yield differs(
            spot(node, "value"), what, _shown(got, indicator), _shown(wanted, indicator) if isinstance(wanted, Fraction) else _NOTHING
        )


_NOTHING: Pair = (NOT_KNOWN, "nothing")


def _of(names: Names, node: Node, indicator: Indicator) -> dict[str, str]:
    """The breakdown: choices as they are, records by their keys."""
    of = node.get("of")
    return {path: _wanted(names, indicator, path, value) for path, value in (of.entries if of else {}).items()}


def _wanted(names: Names, indicator: Indicator, path: str, value: Node) -> str:
    is_choice = isinstance(type_of_path(names.pack, indicator, path), Choice | Choices)
    return value.text if is_choice or value.text not in names.records else names.record(value).key


def _shown(value: Fraction | None, indicator: Indicator) -> Pair:
    """A figure as it is printed; one that never ends, to twelve digits."""
    if value is None:
        return _NOTHING
    shown = rounded(value, indicator.places if indicator.places is not None else 12)
    return pair(f"{plain(Decimal(shown.numerator) / shown.denominator)}{indicator.unit}")
