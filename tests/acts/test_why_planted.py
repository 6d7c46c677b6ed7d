"""Fifty disagreements planted one by one, from a seed: the cause is named, and the amounts sum to the difference exactly."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from taizhang.acts.comparing import Comparison, asked, compare, compare_with_file
from taizhang.acts.correcting import Correction, strike
from taizhang.acts.desk import Desk
from taizhang.acts.posting import post

from .office import COUNTY, VILLAGE, event, move, state
from .stops import crew, plate

TOWN = 431023101
FLOOR = 0.9
HEADS = ("日期", "时刻", "区划", "违法种类", "罚款")
KINDS = ("超载", "超员", "未戴头盔", "无证")


@dataclass(frozen=True)
class Stop:
    """A driver who was stopped, as the book has it and as another department may write it down."""

    day: str
    clock: str
    place: int
    kind: str
    fine: Fraction
    uid: str = ""

    def cells(self, fine: str | None = None) -> tuple[str, ...]:
        return (self.day, self.clock, str(self.place), self.kind, fine or shown(self.fine))


def shown(value: Fraction) -> str:
    """A number as a sheet writes it."""
    return f"{value.numerator}" if value.denominator == 1 else f"{float(value):.10f}".rstrip("0")


@dataclass
class Planter:
    """Two departments: the book, and a sheet that was made of it and of which something is wrong."""

    desk: Desk
    rng: Random
    folder: Path
    stops: list[Stop]
    minutes: int = 0

    # ---- the book --------------------------------------------------------------------------------------------------------------

    def grow(self, count: int) -> None:
        """More stops in the book."""
        rows = [self._stop() for _ in range(count)]
        answers = post(self.desk, [self._proposal(row, n) for n, row in enumerate(rows)])
        assert {answer.what for answer in answers} == {"ok"}, [p.line() for a in answers for p in a.problems][:3]
        self.stops += [replace(row, uid=answer.uid) for row, answer in zip(rows, answers, strict=True)]

    def _stop(self) -> Stop:
        self.minutes += 1
        day = date(2022, 10, 1) + timedelta(self.rng.randrange(89))
        clock = f"{self.minutes // 60 % 24:02}:{self.minutes % 60:02}"
        place = self.rng.choice([COUNTY, COUNTY, TOWN, VILLAGE])
        return Stop(str(day), clock, place, self.rng.choice(KINDS), Fraction(self.rng.randrange(20, 2000)))

    def _proposal(self, row: Stop, number: int) -> object:
        values = {"时刻": row.clock, "号牌号码": plate(number % 80000), "违法种类": row.kind, "车辆类型": "货车", "罚款": f"{row.fine}元"}
        return event(self.desk, "traffic.violation", row.day, row.place, record="一中队", **values)

    def withdraw(self, one: Stop, fine: Fraction | None) -> None:
        """Strike a stop, and state it anew with another fine."""
        line = self.desk.reader.entry(one.uid)
        assert line is not None
        answer = strike(self.desk, [Correction(line, None if fine is None else {"罚款": f"{fine}元"})], "写错")
        assert answer.what == "ok", [p.line() for p in answer.problems]
        self.stops.remove(one)
        if fine is not None:
            self.stops.append(replace(one, fine=fine, uid=self.desk.reader.latest(limit=1)[0].entry.uid))

    # ---- the other department --------------------------------------------------------------------------------------------------

    def of(self, period: str, place: int = COUNTY) -> list[Stop]:
        """What the book counts, and a right sheet would list."""
        path = self.desk.sight.path(place)
        return [one for one in self.stops if one.day.startswith(period) and self.desk.sight.path(one.place).startswith(path)]

    def compared(self, figure: str, rows: list[tuple[str, ...]], heads: tuple[str, ...] = HEADS, column: str | None = None) -> Comparison:
        file = self.folder / "theirs.csv"
        self.rng.shuffle(rows)
        with file.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([heads, *rows])
        return compare_with_file(self.desk, asked(self.desk, figure), file, column)

    def two(self, a: str, b: str) -> Comparison:
        return compare(self.desk, asked(self.desk, a), asked(self.desk, b))

    # ---- what goes wrong -------------------------------------------------------------------------------------------------------

    def missing(self, rows: list[Stop]) -> list[Stop]:
        return self.rng.sample(rows, len(rows) - self.rng.randint(1, 3))

    def doubled(self, rows: list[Stop]) -> list[Stop]:
        return rows + self.rng.sample(rows, self.rng.randint(1, 3))

    def period(self, rows: list[Stop]) -> list[Stop]:
        return rows + self.rng.sample(self.of("2022-11"), self.rng.randint(1, 4))

    def place(self, rows: list[Stop]) -> list[Stop]:
        return [one for one in rows if one.place != VILLAGE]

    def definition(self, rows: list[Stop]) -> list[Stop]:
        kind = self.rng.choice(KINDS)
        return [one for one in rows if one.kind != kind]

    def struck(self, rows: list[Stop]) -> list[Stop]:
        for one in self.rng.sample(rows, self.rng.randint(1, 2)):
            self.withdraw(one, self.rng.choice([None, one.fine + self.rng.randrange(5, 60)]))
        return rows


Named = tuple[set[str], Comparison]


def in_files(planter: Planter) -> Iterator[Named]:
    """A sheet with one thing wrong."""
    month, quarter = f"traffic.fines@{COUNTY}@2022-12", f"traffic.fines@{COUNTY}@2022-Q4"
    counted = f"traffic.violations@{COUNTY}@2022-12"
    for kind in ("missing", "doubled", "period", "place", "definition", "struck"):
        wrong = getattr(planter, kind)(planter.of("2022-12"))
        yield named(kind), planter.compared(planter.rng.choice([month, counted]), [one.cells() for one in wrong])
    yield {"period"}, planter.compared(quarter, [one.cells() for one in planter.of("2022") if not one.day.startswith("2022-11")])
    village = planter.of("2022-12", VILLAGE)
    others = [one for one in planter.of("2022-12") if one.place == TOWN]
    yield {"place"}, planter.compared(f"traffic.fines@{VILLAGE}@2022-12", [one.cells() for one in [*village, *others[:3]]])


def in_units(planter: Planter) -> Iterator[Named]:
    """A sheet that counts otherwise: 万元 or 分 for 元, a digit too many, boxes for tablets."""
    month = f"traffic.fines@{COUNTY}@2022-12"
    for factor in (Fraction(1, 10000), Fraction(100), Fraction(1, 1000)):
        yield {"unit"}, planter.compared(month, [one.cells(shown(one.fine * factor)) for one in planter.of("2022-12")])
    rows = planter.of("2022-12")
    wrong = planter.rng.choice(rows)
    size = planter.rng.choice([10, 100])
    yield {"unit"}, planter.compared(month, [one.cells(shown(one.fine * size)) if one is wrong else one.cells() for one in rows])
    boxes = [("2022-12-05", "B1", "3"), ("2022-12-06", "B2", "10"), ("2022-12-07", "B1", "7")]
    yield {"unit"}, planter.compared(f"medicine.purchased@{COUNTY}@2022-12", boxes, ("日期", "批号", "数量"))


def in_the_book(planter: Planter) -> Iterator[Named]:
    """Two figures of the book of which one asks otherwise."""
    month = f"traffic.fines@{COUNTY}@2022-12"
    yield {"period"}, planter.two(month, f"traffic.fines@{COUNTY}@{planter.rng.choice(['2022-11', '2022', '2022-12-01..2022-12-20'])}")
    yield {"place"}, planter.two(month, f"traffic.fines@{planter.rng.choice([VILLAGE, TOWN])}@2022-12")
    yield {"cell"}, planter.two(month, f"traffic.fines:kind={planter.rng.choice(KINDS)}@{COUNTY}@2022-12")
    yield {"definition"}, planter.two(f"traffic.violations@{COUNTY}@2022-12", f"traffic.accidents@{COUNTY}@2022-12")
    before = planter.desk.book.size
    planter.struck(planter.of("2022-12"))
    yield {"struck", "corrected"}, planter.two(month, f"{month}#{before}")
    before = planter.desk.book.size
    planter.grow(3)
    yield {"later"}, planter.two(f"traffic.fines@{COUNTY}@2022-Q4", f"traffic.fines@{COUNTY}@2022-Q4#{before}")


def two_at_once(planter: Planter) -> Iterator[tuple[set[str], set[str], Comparison]]:
    """A sheet with two things wrong."""
    ways = ["missing", "doubled", "period", "place", "definition", "struck"]
    for _ in range(3):
        first, second = planter.rng.sample(ways, 2)
        rows = planter.of("2022-12")
        wrong = getattr(planter, second)(getattr(planter, first)(rows)) if "struck" not in (first, second) else rows
        if "struck" in (first, second):
            wrong = getattr(planter, first if second == "struck" else second)(planter.struck(rows))
        yield named(first), named(second), planter.compared(f"traffic.fines@{COUNTY}@2022-12", [one.cells() for one in wrong])


def named(kind: str) -> set[str]:
    """What the cause may be called."""
    return {"struck", "corrected"} if kind == "struck" else {kind}


@pytest.fixture
def planter(desk: Desk, tmp_path: Path) -> Planter:
    crew(desk)
    rows = [
        state(desk, "medicine.drug", 药品编码="D1", 药品名称="布洛芬片", 每盒片数="24"),
        state(desk, "medicine.supplier", 统一社会信用代码="91999999MA0000A199", 单位名称="示例医药"),
        state(desk, "medicine.depot", 药库编号="K1", 药库名称="县库"),
    ]
    rows += [state(desk, "medicine.batch", 所属药品="D1", 批号=name, 有效期至="2025-10-01", 生产日期="2022-10-01", 每盒片数=size) for name, size in (("B1", "24"), ("B2", "12"))]
    bought = (("2022-12-05", "B1", "3盒"), ("2022-12-06", "B2", "10盒"), ("2022-12-07", "B1", "7盒"))
    rows += [move(desk, "medicine.purchase", n, day, item=f"D1/{batch}", source="91999999MA0000A199", target="K1", values={"单价": "1元"}) for day, batch, n in bought]
    answers = post(desk, rows)
    assert {answer.what for answer in answers} == {"ok"}, [p.line() for a in answers for p in a.problems][:3]
    made = Planter(desk, Random(0), tmp_path, [])
    made.grow(90)
    return made


def test_fifty_planted_disagreements(planter: Planter, dialect: str, count: Callable[[int, int], int]) -> None:
    found: Counter[str] = Counter()
    missed: list[str] = []
    while found["planted"] < count(50, 500):
        planter.rng = Random(f"why {dialect} {found['planted']}")
        planter.grow(10)
        for wanted, seen in (*in_files(planter), *in_units(planter), *in_the_book(planter)):
            assert sum((cause.amount for cause in seen.causes), Fraction(0)) == seen.difference
            heaviest = seen.causes[0].kinds if seen.causes else ()
            found.update({"planted": 1, "named": (right := len(heaviest) == 1 and heaviest[0] in wanted), "-".join(sorted(wanted)): 1})
            missed += [] if right else [f"{sorted(wanted)}: {[(c.kinds, str(c.amount)) for c in seen.causes][:4]} {seen.a.words}"]
        for one, other, seen in two_at_once(planter):
            assert sum((cause.amount for cause in seen.causes), Fraction(0)) == seen.difference
            kinds = {kind for cause in seen.causes for kind in cause.kinds}
            found.update({"planted": 1, "combined": 1, "named": (right := bool(kinds & one) and bool(kinds & other))})
            missed += [] if right else [f"{sorted(one)} and {sorted(other)}: {[(c.kinds, str(c.amount)) for c in seen.causes]}"]
    share = found["named"] / found["planted"]
    print(f"{dialect}: named {found['named']} of {found['planted']} ({share:.3f}, floor {FLOOR}); {dict(found)}")
    print(*missed, sep="\n")
    assert share >= FLOOR
