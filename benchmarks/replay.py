"""Movements summed to balances, beside hledger and beancount on books of their own size, per posting, in one run.

    python benchmarks/replay.py [--movements 5000000] [--hledger 1000000] [--beancount 100000]

hledger comes from Debian (`apt-get install hledger`), beancount from an environment made for the run
(requirements-ledgers.txt); what is absent is said and left out. Each peer reads its own file of transactions of two postings and
sums every account; we sum every account and item of the table that a rebuild fills. Bar: 20 times faster per posting; one
balance within 1 ms.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE.parent)]  # books are made as the tests make them

from tests.books import Databases, SmallBook, small_book  # noqa: E402

from taizhang.ledger.rebuild import replayed  # noqa: E402
from taizhang.ledger.store import Row  # noqa: E402
from taizhang.ledger.tables import BALANCE, MOVEMENT  # noqa: E402

ACCOUNTS, ITEMS, DAYS, BAR = 2_000, 20, 730, 20.0
SUMMING = """
import sys, time, collections
from beancount import loader
from beancount.core import data
start = time.perf_counter()
entries, errors, _ = loader.load_file(sys.argv[1])
sums = collections.Counter()
for entry in data.filter_txns(entries):
    for posting in entry.postings:
        sums[posting.account, posting.units.currency] += posting.units.number
assert not errors and sum(sums.values()) == 0
print(time.perf_counter() - start)
"""


def day(number: int) -> str:
    """A day of two years, in order."""
    return f"{2021 + number // 365}-{number % 365 // 31 + 1:02d}-{number % 365 % 31 % 28 + 1:02d}"


def moves(count: int, seed: int = 1) -> Iterator[tuple[int, str, int, int, int]]:
    """So many transfers: number, day, source, target, quantity."""
    rng = random.Random(seed)
    for number in range(count):
        yield number, day(number * DAYS // max(count, 1)), rng.randrange(ACCOUNTS), rng.randrange(ACCOUNTS), rng.randint(1, 10_000)


def filled(book: SmallBook, count: int) -> None:
    """The table of movements with `count` rows, two a transfer, and the balances that follow."""
    store, number = book.store, book.number
    rows: list[tuple[object, ...]] = []
    with store.transaction():
        for i, on, source, target, quantity in moves(count // 2):
            item = f"item{i % ITEMS}"
            rows.append((number, on, f"medicine.box/a{source}", item, i + 1, -quantity))
            rows.append((number, on, f"medicine.box/b{target}", item, i + 1, quantity))
            if len(rows) >= 100_000:
                store.insert("movement", MOVEMENT.columns, rows)
                rows = []
        store.insert("movement", MOVEMENT.columns, rows)
        held = [(number, account, item, "medicine.tablet", quantity, "2022-12-28", 1) for account, item, quantity in replayed(store, number)]
        store.insert("balance", BALANCE.columns, held)


def ours(count: int) -> float:
    """Microseconds a posting, and one balance told."""
    with tempfile.TemporaryDirectory() as folder, small_book(Databases(Path(folder)).address("sqlite")) as book:
        filled(book, count)
        took, sums = best(lambda: list(replayed(book.store, book.number)))
        assert sum(quantity for _, _, quantity in sums) == 0
        sql = "SELECT quantity FROM balance WHERE book = ? AND account = ? AND item = ?"
        one, _ = best(lambda: [book.store.rows(sql, [book.number, account, item])[0] for account, item, _ in sums[:1000]])
        held = "held" if one < 1 else "MISSED"
        print(f"taizhang : {count:,} movements  {took / count * 1e6:7.3f} µs a posting   one balance {one:.4f} ms   bar 1 ms {held}")
        return took / count * 1e6


def best(work: Callable[[], list[Row]], rounds: int = 3) -> tuple[float, list[Row]]:
    """The best time of some rounds in seconds (of a thousand questions: milliseconds each), and the answer."""
    times: list[float] = []
    for _ in range(rounds):
        start = time.perf_counter()
        answer = work()
        times.append(time.perf_counter() - start)
    return min(times), answer


def hledger(count: int, folder: Path) -> float | None:
    """Microseconds a posting of `hledger balance`."""
    if shutil.which("hledger") is None:
        print("hledger is left out: it is not installed (apt-get install hledger)")
        return None
    path = folder / "book.journal"
    with path.open("w") as file:
        for _, on, source, target, quantity in moves(count // 2):
            file.write(f"{on} moved\n  box:b{target}  {quantity}\n  box:a{source}  -{quantity}\n\n")
    start = time.perf_counter()
    subprocess.run(["hledger", "-f", str(path), "balance"], check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - start) / count * 1e6


def beancount(count: int, folder: Path) -> float | None:
    """Microseconds a posting of beancount's loader and a sum over its postings."""
    home = folder / "venv"
    venv.create(home, with_pip=True)
    install = [home / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "-r", HERE / "requirements-ledgers.txt"]
    if subprocess.run(install, check=False, capture_output=True).returncode:
        print("beancount is left out: it could not be installed")
        return None
    path = folder / "book.beancount"
    with path.open("w") as file:
        for number in range(ACCOUNTS):
            file.write(f"2020-01-01 open Assets:A{number}\n2020-01-01 open Assets:B{number}\n")
        for _, on, source, target, quantity in moves(count // 2):
            file.write(f'{on} * "moved"\n  Assets:B{target}  {quantity} CNY\n  Assets:A{source}  -{quantity} CNY\n\n')
    done = subprocess.run([home / "bin" / "python", "-c", SUMMING, str(path)], check=True, capture_output=True, text=True)
    return float(done.stdout) / count * 1e6


def main() -> int:
    """Measure, and print the ratios."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--movements", type=int, default=5_000_000)
    asked.add_argument("--hledger", type=int, default=1_000_000)
    asked.add_argument("--beancount", type=int, default=100_000)
    told = asked.parse_args()
    mine, held = ours(told.movements), True
    with tempfile.TemporaryDirectory() as folder:
        for name, peer, count in (("hledger", hledger, told.hledger), ("beancount", beancount, told.beancount)):
            took = peer(count, Path(folder))
            if took is not None:
                ratio = took / mine
                held = held and ratio >= BAR
                print(f"{name:9}: {count:,} postings  {took:7.3f} µs a posting   ratio {ratio:6.1f}   bar {BAR:.0f} {'held' if ratio >= BAR else 'MISSED'}")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
