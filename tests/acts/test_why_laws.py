"""Whatever two questions are compared, the causes sum to the difference: random books, every indicator, any period, place and moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random

from taizhang.acts.comparing import Asked, compare
from taizhang.acts.comparing.pairs import InColumns, OneByOne
from taizhang.acts.comparing.sources import OfEntries, rows_of
from taizhang.acts.comparing.two import causes
from taizhang.acts.desk import Desk
from taizhang.core import Question
from taizhang.cube.cube import Cube, Defined

from ..books import Databases
from ..cube.comparing import HOUSE, TODAY, Compared, compared


def asked(one_book: Compared, one: Defined, question: Question) -> Asked:
    return Asked(question.indicator, question, one_book.whole, one.pack, one.indicator)


def test_the_causes_sum_to_the_difference(databases: Databases, dialect: str, tmp_path: Path, count: Callable[[int, int], int]) -> None:
    seen: Counter[str] = Counter()
    for seed in range(count(2, 150)):
        rng = Random(f"why {dialect} {seed}")
        with compared(databases.address(dialect), tmp_path / str(seed), rng, 160) as (one_book, _):
            desk = Desk(one_book.whole, HOUSE, TODAY)
            for one in one_book.cube.indicators().values():
                a, b = one_book.question(one), one_book.question(one)
                b = replace(b, as_of=rng.choice([None, None, rng.randrange(40, one_book.whole.size)]))
                a, b = rng.choice([(a, b), (a, replace(a, as_of=b.as_of)), (replace(a, of={}), a)])
                found = compare(desk, asked(one_book, one, a), asked(one_book, one, b))
                assert sum((cause.amount for cause in found.causes), Fraction(0)) == found.difference, (a, b)
                assert found.causes or not found.difference
                seen.update({"differ": bool(found.difference), "same": not found.difference})
                seen.update(kind for cause in found.causes if cause.rows for kind in cause.kinds)
                seen.update("part" for cause in found.causes if cause.within)
    print(f"{dialect}: {dict(seen)}")
    assert seen["differ"] > 10
    assert min(seen["period"], seen["place"], seen["later"]) > 1


def test_columns_tell_what_reading_every_entry_tells(databases: Databases, dialect: str, tmp_path: Path, count: Callable[[int, int], int]) -> None:
    """Also between two indicators of one unit, each with a definition of its own."""
    seen: Counter[str] = Counter()
    for seed in range(count(2, 150)):
        rng = Random(f"columns {dialect} {seed}")
        with compared(databases.address(dialect), tmp_path / str(seed), rng, 160) as (one_book, _):
            of_entries = [one for one in one_book.cube.indicators().values() if one.indicator.source and not one.pack.register(one.indicator.source)]
            for one in of_entries:
                other = rng.choice([each for each in of_entries if each.indicator.unit == one.indicator.unit])
                questions = one_book.question(one), replace(one_book.question(other), as_of=rng.choice([None, one_book.whole.size // 2]))
                seen.update(both_ways(one_book, (one, other), questions))
    print(f"{dialect}: {dict(seen)}")
    assert seen["differ"] > 10
    assert min(seen["definition"], seen["later"]) > 1


def both_ways(one_book: Compared, defined: tuple[Defined, Defined], questions: tuple[Question, Question]) -> list[str]:
    """What sets two figures apart, told by the columns, and the same told entry by entry."""
    desk = Desk(one_book.whole, HOUSE, TODAY)
    a, b = (rows_of(asked(one_book, one, question), desk.sight.path) for one, question in zip(defined, questions, strict=True))
    assert isinstance(a, OfEntries)
    assert isinstance(b, OfEntries)
    cube = Cube(one_book.whole, HOUSE)
    factor = Fraction(3, 7)  # a unit that divides badly
    with desk.book.store.transaction(), cube.contrast(questions[0], cube.counted(questions[1]), factor) as contrast:
        found = causes(InColumns(a, b, factor, contrast))
        assert found == causes(OneByOne(a, b, factor)), questions
    return ["differ" if found else "same", *(kind for cause in found for kind in cause.kinds)]
