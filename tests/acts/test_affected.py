"""Every frozen figure that used an entry is named: through rows, attributes, stocks, loans, ratios, places; others are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from random import Random

from taizhang.acts.affected import using
from taizhang.acts.desk import Desk
from taizhang.acts.freezing import Frozen, freeze
from taizhang.cube import Figures
from taizhang.ledger.inside import Inside
from taizhang.ledger.signing import SoftSigner

from ..books import Databases
from ..cube.comparing import HOUSE, PATHS, TODAY, Compared, compared
from ..cube.figure_books import Clerks
from ..cube.odd import catalogue

Value = Fraction | None


@contextmanager
def printed(address: str, folder: Path, rng: Random) -> Iterator[tuple[Compared, Clerks, Desk, list[Frozen]]]:
    """A random book, and two figures of each of its indicators as they were printed."""
    with compared(address, folder, rng, 140) as (one_book, clerks):
        SoftSigner.new().save(folder / "signing.pem")
        desk = Desk(one_book.whole, HOUSE, TODAY)
        questions = [one_book.question(one) for one in one_book.cube.indicators().values() for _ in range(2)]
        figures = [figure for question in questions if (figure := one_book.cube.figure(question)).value is not None]
        yield one_book, clerks, desk, freeze(desk, figures, "示例简报")


def values(one_book: Compared, standings: Inside, some: list[Frozen]) -> list[Value]:
    """The figures entry by entry, in a book as it is or would be."""
    found = []
    for one in some:
        defined, top = one_book.cube.defined(one.question.indicator), PATHS[one.question.place]
        figures = Figures(standings, catalogue(), lambda key, top=top: PATHS[key].startswith(top))
        found.append(figures.value(defined.pack, defined.indicator, one.question.period, one.question.of))
    return found


def test_whatever_would_change_without_an_entry_used_it(databases: Databases, dialect: str, tmp_path: Path, count: Callable[[int, int], int]) -> None:
    seen: Counter[str] = Counter()
    for seed in range(count(4, 100)):
        rng = Random(f"affected {dialect} {seed}")
        with printed(databases.address(dialect), tmp_path / str(seed), rng) as (one_book, clerks, desk, some):
            struck = {one.strikes for act in clerks.acts for one in act if one.strikes}
            standing = [one for act in clerks.acts for one in act if one.kind != "strike" and one.uid not in struck]
            rng.shuffle(standing)
            wanted = {"state": 12, "event": 3, "transfer": 5}  # what a state said matters seldom
            for entry in [one for kind, most in wanted.items() for one in [e for e in standing if e.kind == kind][:most]]:
                line = desk.reader.entry(entry.uid)
                assert line is not None
                with desk.book.store.transaction():
                    inside = desk.book.inside()
                    now = values(one_book, inside, some)
                    with inside.without(entry.uid) as other:
                        then = values(one_book, other, some)
                changed = {one.seq for one, a, b in zip(some, now, then, strict=True) if a != b}
                named = {one.seq for one in using(desk, line)}
                missed = [one.question.indicator for one in some if one.seq in changed - named]
                assert not missed, (missed, entry, [one.question for one in some if one.seq in changed - named])
                seen.update({entry.kind: len(changed), "named": len(named), "changed": len(changed), "not named": len(some) - len(named)})
    print(f"{dialect}: {dict(seen)}")
    assert min(seen["state"], seen["event"], seen["transfer"]) > 1
    assert seen["not named"] > seen["named"]
