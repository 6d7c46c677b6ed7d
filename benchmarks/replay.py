"""Movements summed to balances, beside hledger and beancount on books of their own size, per posting, in one run.

    python benchmarks/replay.py [--movements 5000000] [--hledger 1000000] [--beancount 100000] [--rounds 3] [--strict]

hledger comes from Debian (`apt-get install hledger`), beancount from an environment of its own in build/peers-book
(requirements-peers-book.txt), made at the first run; what is absent is said and left out. Each peer reads its own file of
transactions of two postings and sums every account; we sum every account and item of the table that a rebuild fills.

The sides take turns; the best round of each counts. Times are of a processor, the peer's whole process and ours alike, for
the clock tells more of what else the machine does; it stands behind. Bar: 20 times faster per posting; one balance within 1 ms;
`--strict` makes a missed one an error.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE.parent)]  # books are made as the tests make them

from tests.books import ORIGIN, Databases, SmallBook, small_book  # noqa: E402

from journal_timing import Took, judged, timed  # noqa: E402
from taizhang.ledger.inside import Inside  # noqa: E402
from taizhang.ledger.rebuild import replayed  # noqa: E402
from taizhang.ledger.tables import BALANCE, MOVEMENT  # noqa: E402

ACCOUNTS, ITEMS, DAYS, SOME = 2_000, 20, 730, 100_000
BAR, BALANCE_BAR = 20.0, 1.0  # ×, milliseconds
PEER_ENV, REQUIREMENTS = HERE.parent / "build" / "peers-book", HERE / "requirements-peers-book.txt"
Sums = dict[tuple[str, str], int]


def day(number: int) -> str:
    """A day of two years, in order."""
    return f"{2021 + number // 365}-{number % 365 // 31 + 1:02d}-{number % 365 % 31 % 28 + 1:02d}"


def moves(count: int, seed: int = 1) -> Iterator[tuple[int, str, int, int, int]]:
    """So many transfers: number, day, source, target, quantity."""
    rng = random.Random(seed)
    for number in range(count):
        yield number, day(number * DAYS // max(count, 1)), rng.randrange(ACCOUNTS), rng.randrange(ACCOUNTS), rng.randint(1, 10_000)


def fill(book: SmallBook, count: int) -> Sums:
    """Give a book's table of movements `count` rows, two a transfer, and the balances that follow, which Python adds up."""
    store, number, sums = book.store, book.number, Sums()
    rows: list[tuple[object, ...]] = []
    with store.transaction():
        for i, on, source, target, quantity in moves(count // 2):
            for account, moved in ((f"medicine.box/a{source}", -quantity), (f"medicine.box/b{target}", quantity)):
                key = (account, f"item{i % ITEMS}")
                sums[key] = sums.get(key, 0) + moved
                rows.append((number, on, *key, i + 1, moved))
            if len(rows) >= SOME:
                store.insert("movement", MOVEMENT.columns, rows)
                rows = []
        store.insert("movement", MOVEMENT.columns, rows)
        held = [(number, *key, "medicine.tablet", quantity, "2022-12-28", 1) for key, quantity in sums.items()]
        store.insert("balance", BALANCE.columns, held)
    return sums


def summed(book: SmallBook, sums: Sums) -> Took:
    """What it takes to sum all movements of a book, which must give these sums."""
    found: list[tuple[str, str, int]] = []
    took = timed(lambda: found.extend(replayed(book.store, book.number)))
    assert {(account, item): quantity for account, item, quantity in found} == sums
    return took


def one_balance(book: SmallBook, sums: Sums) -> bool:
    """Print what it takes to tell what one account holds of an item, the mean of a thousand."""
    inside = Inside(book.store, book.number, ORIGIN, book.catalogue, book.journal.plans, None)  # type: ignore[arg-type]  # no keys are asked for
    keys = random.Random(2).sample(sorted(sums), 1000)
    took = timed(lambda: [inside.balance(*key) for key in keys]).wall  # of a thousand, in seconds: of one, in milliseconds
    print(f"one balance  {took:.4f} ms", end="")
    return judged(took <= BALANCE_BAR, f"≤ {BALANCE_BAR:.0f} ms")


def spawned(command: list[str]) -> Took:
    """What a program takes, its processes together."""
    before = getrusage(RUSAGE_CHILDREN)
    wall = timed(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={"BEANCOUNT_DISABLE_LOAD_CACHE": "1"})).wall
    after = getrusage(RUSAGE_CHILDREN)
    return Took(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def hledger(count: int, folder: Path) -> list[str] | None:
    """The command that sums a file of so many postings; None, and said why, where it is not installed."""
    program = shutil.which("hledger")
    if program is None:
        print("hledger is left out: it is not installed (Debian: apt-get install hledger)")
        return None
    path = folder / "book.journal"
    with path.open("w", encoding="utf-8") as file:
        for _, on, source, target, quantity in moves(count // 2):
            file.write(f"{on} moved\n  box:b{target}  {quantity}\n  box:a{source}  -{quantity}\n\n")
    return [program, "-f", str(path), "balance", "--flat", "--no-total"]


def beancount(count: int, folder: Path) -> list[str] | None:
    """The same of beancount."""
    if (reason := _unready()) is not None:
        print(f"beancount is left out: {reason}")
        return None
    path = folder / "book.beancount"
    with path.open("w", encoding="utf-8") as file:
        for number in range(ACCOUNTS):
            file.write(f"2020-01-01 open Assets:A{number}\n2020-01-01 open Assets:B{number}\n")
        for _, on, source, target, quantity in moves(count // 2):
            file.write(f'{on} * "moved"\n  Assets:B{target}  {quantity} CNY\n  Assets:A{source}  -{quantity} CNY\n\n')
    return [str(PEER_ENV / "bin" / "python"), str(HERE / "children" / "beancount_balances.py"), str(path)]


def _unready() -> str | None:
    """Install beancount where it is not; the reason, if that cannot be done."""
    python = PEER_ENV / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEER_ENV)], check=True)
    if subprocess.run([python, "-c", "import beancount"], capture_output=True, check=False).returncode == 0:
        return None
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", REQUIREMENTS]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    return f"it could not be installed: {done.stderr.strip().splitlines()[-1]}" if done.returncode else None


def best(rounds: list[Took]) -> Took:
    """The least of each kind of time."""
    return Took(min(one.wall for one in rounds), min(one.own for one in rounds))


def told(name: str, count: int, peer: Took, movements: int, ours: Took) -> bool:
    """Print a peer beside us, per posting, and whether the bar is held."""
    theirs, mine = peer.own / count, ours.own / movements
    clock = peer.wall / count / (ours.wall / movements)
    print(f"{name:9} {count:>9,} postings {theirs * 1e6:7.2f} µs : {mine * 1e6:.2f} µs   {theirs / mine:6.1f} ×   by the clock {clock:.1f} ×", end="")
    return judged(theirs / mine >= BAR, f"≥ {BAR:.0f} ×")


def main() -> int:
    """Measure, and print the ratios."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, count in (("movements", 5_000_000), ("hledger", 1_000_000), ("beancount", 100_000), ("rounds", 3)):
        asked.add_argument(f"--{name}", type=int, default=count)
    asked.add_argument("--strict", action="store_true")
    said = asked.parse_args()
    peers: list[tuple[str, int, Callable[[int, Path], list[str] | None]]] = [("hledger", said.hledger, hledger), ("beancount", said.beancount, beancount)]
    with tempfile.TemporaryDirectory() as name, small_book(Databases(Path(name)).address("sqlite")) as book:
        sums = fill(book, said.movements)
        commands = [(peer, count, command) for peer, count, made in peers if (command := made(count, Path(name))) is not None]
        ours: list[Took] = []
        theirs: dict[str, list[Took]] = {peer: [] for peer, _, _ in commands}
        for _ in range(said.rounds):
            ours.append(summed(book, sums))
            for peer, _, command in commands:
                theirs[peer].append(spawned(command))
        print(f"taizhang  {said.movements:>9,} movements {best(ours).own / said.movements * 1e6:6.2f} µs each")
        held = [told(peer, count, best(theirs[peer]), said.movements, best(ours)) for peer, count, _ in commands]
        return int(not all([*held, one_balance(book, sums)]) and said.strict)


if __name__ == "__main__":
    sys.exit(main())
