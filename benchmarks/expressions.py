"""Twelve checks on a million typed rows beside a pydantic model a row, and one row beside a lambda written by hand.

    python benchmarks/expressions.py [--rows 1000000] [--seed 1]

Both sides get typed values that are already in memory, and must find the same bad rows (1 in 100). Bar: ≥ 15 × pydantic.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel, Field, ValidationError, model_validator

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from taizhang.expressions import BOOLEAN, DATE, TEXT, Choice, Engine, Row, decimal, integer, parse

BAR = 15
CHUNK = 50_000
FIRST, TODAY = date(2020, 1, 1), date(2023, 1, 16)
KINDS = ("砂石土矿", "历史遗留矿山")
NAMES = {
    "code": TEXT, "kind": Choice(KINDS), "area": decimal(2), "restored": decimal(2), "survival": decimal(1), "day": DATE, "accepted": DATE,
    "pieces": integer(), "amount": integer(), "budget": integer(), "paid": BOOLEAN,
}  # fmt: skip
CHECKS = [
    "area > 0", "restored between 0 and area", "survival between 0 and 100", "kind in ('砂石土矿', '历史遗留矿山')", "length(code) = 12",
    "starts_with(code, '43')", "day between '2020-01-01' and '2023-01-16'", "accepted is null or accepted >= day", "pieces between 0 and 100000",
    "amount >= 0", "amount <= budget", "not paid or accepted is not null",
]  # fmt: skip


class Mine(BaseModel):
    """The same twelve rules, as a pydantic model says them."""

    code: Annotated[str, Field(min_length=12, max_length=12, pattern="^43")]
    kind: Literal["砂石土矿", "历史遗留矿山"]
    area: Annotated[Decimal, Field(gt=0)]
    restored: Annotated[Decimal, Field(ge=0)]
    survival: Annotated[Decimal, Field(ge=0, le=100)]
    day: Annotated[date, Field(ge=FIRST, le=TODAY)]
    accepted: date | None
    pieces: Annotated[int, Field(ge=0, le=100_000)]
    amount: Annotated[int, Field(ge=0)]
    budget: int
    paid: bool

    @model_validator(mode="after")
    def between_fields(self) -> Self:
        """The rules over two fields."""
        if self.restored > self.area or self.amount > self.budget:
            raise ValueError("more than there is")
        if (self.accepted is not None and self.accepted < self.day) or (self.paid and self.accepted is None):
            raise ValueError("accepted before its day, or paid and not accepted")
        return self


def rows(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Sound rows, one in a hundred spoilt in one field."""
    rng = random.Random(seed)
    spoilt: list[dict[str, Any]] = [
        {"area": Decimal("-1.00")}, {"restored": Decimal("99999.00")}, {"survival": Decimal("100.1")}, {"kind": "煤矿"}, {"code": "43112210"},
        {"code": "441122101001"}, {"day": date(2019, 12, 31)}, {"accepted": date(2019, 1, 1)}, {"pieces": -1}, {"amount": -1}, {"amount": 10**9},
        {"accepted": None, "paid": True},
    ]  # fmt: skip
    for _ in range(count):
        area, budget, day = rng.randint(1, 100_000), rng.randint(0, 10**8), FIRST + timedelta(days=rng.randint(0, 1000))
        row = {
            "code": f"43{rng.randint(0, 10**10 - 1):010}", "kind": rng.choice(KINDS), "area": Decimal(area).scaleb(-2),
            "restored": Decimal(rng.randint(0, area)).scaleb(-2), "survival": Decimal(rng.randint(0, 1000)).scaleb(-1), "day": day,
            "accepted": day + timedelta(days=rng.randint(0, 60)), "pieces": rng.randint(0, 100_000), "amount": rng.randint(0, budget), "budget": budget,
            "paid": rng.random() < 0.5,
        }  # fmt: skip
        yield row | (rng.choice(spoilt) if rng.random() < 0.01 else {})


def by_pydantic(chunk: list[dict[str, Any]]) -> list[int]:
    """The bad rows of a chunk."""
    bad = []
    for number, row in enumerate(chunk):
        try:
            Mine.model_validate(row)
        except ValidationError:
            bad.append(number)
    return bad


def arrow(chunk: list[dict[str, Any]]) -> pa.Table:
    types = {"code": pa.string(), "kind": pa.string(), "paid": pa.bool_(), "pieces": pa.int64(), "amount": pa.int64(), "budget": pa.int64()}
    types |= {"area": pa.decimal128(18, 2), "restored": pa.decimal128(18, 2), "survival": pa.decimal128(18, 1), "day": pa.date32(), "accepted": pa.date32()}
    return pa.Table.from_pylist(chunk, schema=pa.schema([(name, types[name]) for name in NAMES]))


def by_columns(table: pa.Table) -> list[int]:
    """The bad rows of a table: those for which a check is false."""
    checks = {f"check {number}": parse(text, NAMES) for number, text in enumerate(CHECKS)}
    with Engine() as engine:
        held = engine.run(checks, table)
    broken = pa.chunked_array([pa.repeat(pa.scalar(False), table.num_rows)])
    for column in held.columns:
        broken = pc.or_(broken, pc.fill_null(pc.invert(column), False))
    return pc.indices_nonzero(broken).to_pylist()


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    value = work()
    return time.perf_counter() - began, value


def compare_batches(count: int, seed: int) -> bool:
    """Print both times and whether the bar is held."""
    model, tables, bad_rows, chunk, seen = 0.0, [], [], [], 0
    for row in rows(count, seed):
        chunk.append(row)
        if len(chunk) == CHUNK or seen + len(chunk) == count:
            seconds, bad = timed(lambda chunk=chunk: by_pydantic(chunk))
            model += seconds
            bad_rows += [seen + number for number in bad]
            tables.append(arrow(chunk))
            seen, chunk = seen + len(chunk), []
    table = pa.concat_tables(tables).combine_chunks()
    by_columns(table.slice(0, 1000))
    columns, found = timed(lambda: by_columns(table))
    assert found == bad_rows, "the two sides differ on which rows are bad"
    ratio = model / columns
    print(f"{count:,} rows, 12 checks, {len(found):,} bad rows found by both")
    print(f"  pydantic {model:7.2f} s   expressions {columns:7.3f} s   {ratio:6.1f} ×   bar {BAR} ×   {'held' if ratio >= BAR else 'MISSED'}")
    return ratio >= BAR


BY_HAND: dict[str, Callable[[Row], Any]] = {
    "restored <= area": lambda r: None if r["restored"] is None or r["area"] is None else r["restored"] <= r["area"],
    "pieces between 0 and 100000": lambda r: None if r["pieces"] is None else 0 <= r["pieces"] <= 100_000,
    "accepted is null or accepted >= day": lambda r: r["accepted"] is None or r["accepted"] >= r["day"],
    "kind in ('砂石土矿', '历史遗留矿山')": lambda r: None if r["kind"] is None else r["kind"] in KINDS,
    "round(restored / area, 4) > 0.5": lambda r: round(r["restored"] / r["area"], 4) > Decimal("0.5"),
}


def compare_rows(seed: int) -> None:
    """Print how many single rows a second, beside a lambda."""
    sample = [row for row in rows(2_000, seed) if row["area"] > 0]
    print("one row at a time, on one core")
    for text, by_hand in BY_HAND.items():
        expression = parse(text, NAMES)
        ours = min(timed(lambda run=expression.run: [run(row) for _ in range(20) for row in sample])[0] for _ in range(5))
        theirs = min(timed(lambda run=by_hand: [run(row) for _ in range(20) for row in sample])[0] for _ in range(5))
        count = 20 * len(sample)
        print(f"  {text:42} {count / ours / 1e6:5.2f} M/s   lambda {count / theirs / 1e6:5.2f} M/s   {ours / theirs:4.1f} × its time")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    held = compare_batches(options.rows, options.seed)
    compare_rows(options.seed)
    sys.exit(not held)


if __name__ == "__main__":
    main()
