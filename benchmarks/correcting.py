"""What correcting an entry of two years ago costs beside a new one, in a book whose figures were printed.

    python benchmarks/correcting.py [--entries 10000] [--rounds 60] [--postgres]

Each round posts a new stop, then strikes one of the first month and states it anew with another fine, in one act; then asks
which printed figures used it, and the next figure, which must have moved by just the correction.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.acts.office import COUNTY, county, event
from tests.acts.stops import crew, plate
from tests.postgres import cluster

from taizhang.acts.affected import affected, using
from taizhang.acts.correcting import Correction, strike
from taizhang.acts.desk import Desk
from taizhang.acts.freezing import freeze
from taizhang.acts.posting import post
from taizhang.core import Period, Question
from taizhang.cube import Cube
from taizhang.ledger.rules import Proposal

FIRST, DAYS, AT_ONCE = date(2020, 12, 28), 730, 2000
OLD, BAR = 30, 10.0


def stop(desk: Desk, number: int, day: date, fine: int) -> Proposal:
    clock = f"{number // 60 % 24:02}:{number % 60:02}"
    values = {"时刻": clock, "号牌号码": plate(number % 80000), "违法种类": "超载", "车辆类型": "货车", "罚款": f"{fine}元"}
    return event(desk, "traffic.violation", str(day), COUNTY, record="一中队", **values)


def filled(desk: Desk, entries: int, rng: random.Random) -> list[str]:
    """Stops over two years; the uids of those of the first month."""
    crew(desk)
    old: list[str] = []
    for start in range(0, entries, AT_ONCE):
        days = [FIRST + timedelta(rng.randrange(DAYS)) for _ in range(min(AT_ONCE, entries - start))]
        answers = post(desk, [stop(desk, start + n, day, rng.randrange(20, 2000)) for n, day in enumerate(days)])
        old += [answer.uid for answer, day in zip(answers, days, strict=True) if (day - FIRST).days < OLD and answer.what == "ok"]
    return old


def printed(desk: Desk) -> int:
    """The figures of every month and both years, fines and stops, as they were printed."""
    cube = Cube(desk.book, desk.scope)
    periods = [*Period(FIRST, FIRST + timedelta(DAYS)).parts("month"), *Period(FIRST, FIRST + timedelta(DAYS)).parts("year")]
    figures = [cube.figure(Question(name, COUNTY, period)) for name in ("traffic.fines", "traffic.violations") for period in periods]
    return len(freeze(desk, [figure for figure in figures if figure.value is not None], "示例简报"))


Took = tuple[float, float]
"""Milliseconds by the clock, and of this process on a processor."""


def timed(work: Callable[[], object]) -> tuple[Took, object]:
    """How long it took, and what came of it."""
    started, own = time.perf_counter(), time.process_time()
    made = work()
    return ((time.perf_counter() - started) * 1000, (time.process_time() - own) * 1000), made


def measured(desk: Desk, old: list[str], entries: int, rounds: int, rng: random.Random) -> dict[str, list[Took]]:
    took: dict[str, list[Took]] = {"new": [], "corrected": [], "using": [], "affected": [], "figure": []}
    year = Question("traffic.fines", COUNTY, Period(FIRST, FIRST + timedelta(DAYS)))
    Cube(desk.book, desk.scope).figure(year)
    for number in range(rounds):
        fine = rng.randrange(20, 2000)
        spent, _ = timed(lambda n=number: post(desk, [stop(desk, entries + n, FIRST + timedelta(DAYS), 100)]))  # type: ignore[misc]
        took["new"].append(spent)
        before = Cube(desk.book, desk.scope).figure(year).value or 0
        line = desk.reader.entry(old.pop(rng.randrange(len(old))))
        assert line is not None
        spent, answer = timed(lambda line=line, fine=fine: strike(desk, [Correction(line, {"罚款": f"{fine}元"})], "写错"))  # type: ignore[misc]
        assert getattr(answer, "what", "") == "ok"
        took["corrected"].append(spent)
        took["using"].append(timed(lambda line=line: using(desk, line))[0])  # type: ignore[misc]
        spent, named = timed(lambda line=line: affected(desk, line))  # type: ignore[misc]
        took["affected"].append(spent)
        assert len(named) == 4, named  # type: ignore[arg-type]  # its month and its year, fines and stops
        spent, after = timed(lambda: Cube(desk.book, desk.scope).figure(year))
        took["figure"].append(spent)
        assert (after.value or 0) - before == fine - int(line.entry.data["fine"]) / 100  # type: ignore[attr-defined, arg-type, operator]
    return took


@contextmanager
def address(postgres: bool) -> Iterator[str]:
    if not postgres:
        yield ""
        return
    with cluster() as server:
        server.execute("CREATE DATABASE correcting")
        yield f"postgresql://tests@/correcting?host={server.info.host}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--postgres", action="store_true")
    args = parser.parse_args()
    rng = random.Random(7)
    with tempfile.TemporaryDirectory() as home, address(args.postgres) as where, county(Path(home) / "book", where, "traffic") as desk:
        old = filled(desk, args.entries, rng)
        count = printed(desk)
        took = measured(desk, old, args.entries, args.rounds, rng)
    print(f"{args.entries:,} entries, {count} printed figures, {args.rounds} rounds, {'PostgreSQL' if args.postgres else 'SQLite'}")
    print(f"  {'ms':10} {'median':>8} {'p95':>8} {'processor':>10}")
    for name, some in took.items():
        wall, own = zip(*some, strict=True)
        print(f"  {name:10} {statistics.median(wall):8.2f} {sorted(wall)[int(len(wall) * 0.95)]:8.2f} {statistics.median(own):10.2f}")
    for at, how in ((0, "by the clock"), (1, "processor")):
        more = statistics.median(one[at] for one in took["corrected"]) - statistics.median(one[at] for one in took["new"])
        print(f"  struck and restated, more than a new one, {how}: {more:.2f} ms (bar ≤ {BAR:.0f}): {'holds' if more <= BAR else 'MISSED'}")


if __name__ == "__main__":
    main()
