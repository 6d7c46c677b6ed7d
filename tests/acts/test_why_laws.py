"""Whatever two questions are compared, the causes sum to the difference: random books, every indicator, any period, place and moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random

from taizhang.acts.comparing import Asked, compare
from taizhang.acts.desk import Desk
from taizhang.core import Question
from taizhang.cube.cube import Defined

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
