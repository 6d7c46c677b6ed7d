"""Rows of a file to post beside the plain csv.reader, and how memory grows with the file.

    python benchmarks/rows.py [--rows 1000000] [--seed 1] [--strict]

One file of eight columns, as an office exports it, is read by both in one run, in turn; the median of three counts. Reading a
file to post is two passes (the hash of its bytes first), a dict by head for each row, and every check. Memory is what Python allocates
at its peak while 100,000 rows and all rows are read.
"""

from __future__ import annotations

import argparse
import csv
import random
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from taizhang.capture.mending_file import MendingFile
from taizhang.capture.rows import rows

LEAST_A_SECOND = 200_000
MOST_GROWTH = 1.1
ROUNDS = 3
HEADS = ["编号", "姓名", "所在村", "日期", "面积", "金额", "备注", "电话"]
NAMES = "王李张刘陈杨赵黄周吴建国秀英明华丽芳军平海波"


def write(path: Path, count: int, seed: int, quoted: float = 0, bad: float = 0, encoding: str = "utf-8") -> None:
    """Rows from a seed: a share with a cell in quotation marks, a share with a cell missing."""
    rng = random.Random(seed)
    with path.open("w", encoding=encoding, newline="") as file:
        file.write(",".join(HEADS) + "\r\n")
        for i in range(count):
            note = f'"第{i % 7}次, 已核"' if rng.random() < quoted else "已核实"
            cells = [
                f"DA-{i:07}", "".join(rng.choices(NAMES, k=3)), f"某县某镇某村{i % 300}", f"2023-01-{i % 28 + 1:02}",
                f"{i % 1000}.{i % 100:02}", str(rng.randint(0, 10**6)), note, f"1380000{i % 10000:04}",
            ]  # fmt: skip
            file.write(",".join(cells[: 7 if rng.random() < bad else 8]) + "\r\n")


def plain(path: Path, encoding: str) -> int:
    with path.open(encoding=encoding, newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def ours(path: Path, encoding: str) -> int:
    with rows(path) as sheet:
        return sum(1 for _ in sheet)


def mended(path: Path, encoding: str) -> int:
    """Read, and write the bad rows to a file to mend."""
    with rows(path) as sheet, MendingFile(path.with_suffix(".mend.csv"), sheet) as mending:
        for row in sheet:
            if row.problems:
                mending.add(row)
    return mending.count


def seconds(read: Callable[[Path, str], int], path: Path, encoding: str) -> float:
    start = time.process_time()
    read(path, encoding)
    return time.process_time() - start


def speed(title: str, path: Path, count: int, encoding: str = "utf-8") -> float:
    """Print rows a second of both, and the ratio; give ours."""
    turns = [(seconds(plain, path, encoding), seconds(ours, path, encoding)) for _ in range(ROUNDS)]
    a, b = (statistics.median(turn) for turn in zip(*turns, strict=True))
    print(f"{title:<44}{count / a:>12,.0f}{count / b:>12,.0f}{a / b:>8.2f}")
    return count / b


def peak(read: Callable[[Path, str], int], path: Path) -> int:
    tracemalloc.start()
    read(path, "utf-8")
    size = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return size


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--strict", action="store_true", help="end with 1 where a bar is missed")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        big, small = Path(folder, "big.csv"), Path(folder, "small.csv")
        write(big, asked.rows, asked.seed)
        write(small, asked.rows // 10, asked.seed)
        print(f"{'rows a second, CPU time':<44}{'csv.reader':>12}{'ours':>12}{'ratio':>8}")
        least = speed(f"{asked.rows:,} rows, plain", big, asked.rows)
        for title, facts in (("every row with a quoted cell", {"quoted": 1.0}), ("1 row in 100 with a cell missing", {"bad": 0.01})):
            write(path := Path(folder, "other.csv"), asked.rows // 5, asked.seed, **facts)
            speed(f"{asked.rows // 5:,} rows, {title}", path, asked.rows // 5)
        write(path := Path(folder, "gb.csv"), asked.rows // 5, asked.seed, encoding="gb18030")
        speed(f"{asked.rows // 5:,} rows, GB18030", path, asked.rows // 5, "gb18030")
        write(bad := Path(folder, "bad.csv"), asked.rows // 5, asked.seed, bad=0.5)
        print(f"half of {asked.rows // 5:,} rows written to mend: {asked.rows / 5 / seconds(mended, bad, 'utf-8'):,.0f} rows a second")
        growth = peak(ours, big) / peak(ours, small)
        print(f"peak of memory, {asked.rows:,} rows : {asked.rows // 10:,} rows = {growth:.2f} ({peak(ours, small) / 1e6:.1f} MB)")
    met = least >= LEAST_A_SECOND and growth <= MOST_GROWTH
    print(f"bars: {LEAST_A_SECOND:,} rows a second, growth at most {MOST_GROWTH}: {'met' if met else 'missed'}")
    return 0 if met or not asked.strict else 1


if __name__ == "__main__":
    raise SystemExit(main())
