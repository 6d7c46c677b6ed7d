"""Random totals: what can be is met exactly, what cannot be is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random

import pytest

from taizhang.acts.demo import Refused

from .books import Maker

KINDS = ("饮酒驾驶", "超员", "超载", "无证")


def row(indicator: str, value: object, place: str = "永兴县", period: str = "2022-12", of: str = "") -> str:
    return f"indicator: {indicator}, place: {place}, period: {period}, value: {value}" + (f", of: {{{of}}}" if of else "")


def traffic(rng: Random) -> tuple[list[str], str]:
    """Stops of a county, a township in it and kinds of them; and a total that cannot stand beside them."""
    whole = rng.randint(0, 40)
    part, kind = rng.randint(0, whole), rng.choice(KINDS)
    rows = [row("traffic.violations", whole), row("traffic.violations", part, "马田镇")]
    rows += [row("traffic.violations", rng.randint(0, whole - part), period="2022-12-12", of=f"kind: {kind}")] if rng.randrange(2) else []
    rows += [row("traffic.fines", f"{rng.randint(whole, 90_000)}.{rng.randint(0, 99):02d}")] if whole else []
    return rows, row("traffic.violations", whole + 1, "金龟镇", rng.choice(("2022-12", "2022-12-07")))


def medicine(rng: Random) -> tuple[list[str], str]:
    """Tablets bought, sold and left; and more sold than everybody may buy."""
    buyers = rng.randint(1, 15)
    sold, left = rng.randint(buyers, 12 * buyers), rng.randint(0, 500)
    rows = [row("medicine.buyers", buyers), row("medicine.sold", sold), row("medicine.purchased", sold + left)]
    rows += [row("medicine.depot_stock", left)] if rng.randrange(2) else []
    return rows, row("medicine.buyers", buyers + 1 + rng.randint(0, 9), rng.choice(("马田镇", "金龟镇")))


def mines(rng: Random) -> tuple[list[str], str]:
    """Projects, hectares to four digits and money to the 分, of one kind and of all; and a kind above all."""
    some = rng.randint(1, 4)
    every = some + rng.randint(1, 3)
    area, money = rng.randint(20_000, 200_000), rng.randint(10_000, 99_999_999)
    kind = "site.kind: 砂石土矿"
    rows = [row("mines.projects", every, period="2022"), row("mines.projects", some, period="2022", of=kind)]
    rows += [row("mines.restored_area", f"{area // 10_000}.{area % 10_000:04d}", period="2022", of=kind)]
    rows += [row("mines.invested", f"{money // 100}.{money % 100:02d}", period="2022")]
    return rows, row("mines.projects", every + 1, period="2022-11", of="site.kind: 历史遗留矿山")


def library(rng: Random) -> tuple[list[str], str]:
    """Loans of a year, some still out; and more of a month than of the year."""
    loans, held = rng.randint(20, 60), rng.randint(60, 90)
    rows = [row("library.loans", loans, period="2022"), row("library.books_held", held, period="2022")]
    rows += [row("library.on_loan", rng.randint(0, 5), period="2022")]
    return rows, row("library.loans", loans + 1, period="2022-05")


PROGRAMMES = {"traffic": traffic, "medicine": medicine, "mines": mines, "library": library}


def test_random_totals_are_met_exactly_and_contradictory_ones_refused(maker: Maker, dialect: str, count: Callable[[int, int], int]) -> None:
    done: Counter[str] = Counter()
    for seed in range(count(4 if dialect == "sqlite" else 2, 120)):
        name = list(PROGRAMMES)[seed % len(PROGRAMMES)]
        rows, impossible = PROGRAMMES[name](Random(f"totals/{seed}"))
        told = f"seed {seed} ({name}): " + "; ".join(rows)
        built = maker.build("\n".join(rows), seed)
        assert [str(one.total) for one in built.met if not one.exactly] == [], told
        assert built.problems == (), told
        print(f"{told}; refused beside {impossible}")
        with pytest.raises(Refused):
            maker.build("\n".join([*rows, impossible]), seed)
        done[name] += 1
    print("books by programme:", dict(done))
    assert sum(done.values()) >= 2
