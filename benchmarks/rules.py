"""Judging an event of six fields and three checks: many in one call, and one by one, beside a book that answers at once.

    python benchmarks/rules.py [--rows 10000] [--seed 1]

Process time of one core, the best of five. Bars: 60,000 rows a second in columns; 250 µs for a single proposal.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.rules import Proposal, judge
from taizhang.ledger.standing import Standing
from taizhang.packs import Pack, check

PACK = """
pack: six
title: 六项
office: 示例局
registers:
  spot: {title: 点位, key: code, fields: {code: {title: 点位编号, type: text, open: true}, size: {title: 规模, type: integer, unit: 人, min: 0, max: 100000}}}
events:
  count:
    title: 计数
    about: spot
    fields:
      clock: {title: 时刻, type: time, required: true}
      kind: {title: 种类, type: choice, choices: [甲, 乙, 丙], required: true}
      people: {title: 人数, type: integer, unit: 人, min: 0, max: 100000, required: true}
      part: {title: 其中, type: integer, unit: 人, min: 0, max: 100000}
      rate: {title: 比例, type: percent, min: 0, max: 100}
      until: {title: 至, type: date}
    check:
      - {that: part <= people, say: 其中不大于人数。}
      - {that: until is null or until >= day, say: 日期颠倒。}
      - {that: "people <= size or kind <> '丙'", say: 超过规模。}
"""
TODAY = date(2022, 12, 31)


class Answering:
    """Fifty spots, each there at once, and no entry yet."""

    def __init__(self) -> None:
        self._spots = {
            f"P{i}": Standing(f"{'a' * 14}{chr(97 + i // 26)}{chr(97 + i % 26)}", 43, {"six.spot": {"size": 20_000}}) for i in range(50)
        }
        self._by_key = {spot.key: spot for spot in self._spots.values()}

    def record(self, key: str, day: date | None = None) -> Standing | None:
        """A spot."""
        return self._by_key.get(key)

    def records(self, keys: Iterable[str]) -> Mapping[str, Standing]:
        """Some spots."""
        return {key: self._by_key[key] for key in keys if key in self._by_key}

    def find(self, root: str, key: tuple[Any, ...], sealed: bool) -> str | None:
        """A spot by its code."""
        return self._spots[key[0]].key if key[0] in self._spots else None

    def find_all(self, root: str, keys: Iterable[tuple[Any, ...]], sealed: bool) -> Mapping[tuple[Any, ...], str]:
        """Spots by their codes."""
        return {key: self._spots[key[0]].key for key in keys if key[0] in self._spots}


def pack() -> Pack:
    """The pack of the measurement."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "six").mkdir()
        (Path(folder) / "six" / "pack.yaml").write_text(PACK, encoding="utf-8")
        made, problems = check(Path(folder) / "six")
    if made is None:
        raise SystemExit("\n".join(p.line() for p in problems))
    return made


def rows(count: int, seed: int) -> list[Proposal]:
    """Rows as a sheet gives them: texts, most of them different."""
    r = random.Random(seed)
    out = []
    for _ in range(count):
        people = r.randrange(900)
        values = {
            "时刻": f"{r.randrange(24)}:{r.randrange(60):02}",
            "种类": r.choice("甲乙丙"),
            "人数": str(people),
            "其中": str(r.randrange(people + 1)),
            "比例": f"{r.randrange(10_000) / 100}",
            "至": str(TODAY + timedelta(r.randrange(300))),
        }
        out.append(Proposal("event", "six.count", "2022-12-01", 43, values, "clerk", record=f"P{r.randrange(50)}"))
    return out


def best(work: Callable[[], object]) -> float:
    """Seconds of process time."""
    times = []
    for _ in range(5):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=10_000)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    catalogue, book, some = Catalogue.of(pack()), Answering(), rows(given.rows, given.seed)

    def judged(part: list[Proposal]) -> Any:
        return judge(part, book, catalogue, TODAY, "taizhang/43/00000000", lambda text, day: 43)  # type: ignore[arg-type]

    if not all(one.ready for one in judged(some)):
        raise SystemExit("a sound row was refused")
    columns = best(lambda: judged(some))
    single = best(lambda: [judged([row]) for row in some[:1000]])
    print(
        f"seed {given.seed}, {given.rows} rows: {given.rows / columns:,.0f} rows a second in columns; a single proposal {single * 1000:.0f} µs"
    )


if __name__ == "__main__":
    main()
