"""Movements to balances: a book, `hledger balance` and beancount on the same kind of movements, a posting."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from tests.books import ORIGIN, SmallBook

from journal_books import Places
from journal_timing import Side, judged, timed
from taizhang.core import Entry
from taizhang.ledger import new_uids
from taizhang.ledger.inside import Inside
from taizhang.ledger.rebuild import replayed

HERE = Path(__file__).resolve().parent
PEER_ENV = HERE.parent / "build" / "peers-book"
REQUIREMENTS = HERE / "requirements-peers-book.txt"
ACCOUNTS, FUNDS, BATCH = 20_000, 20, 10_000
BAR, BALANCE_BAR = 20, 1.0  # ×, milliseconds
HLEDGER_POSTINGS, BEANCOUNT_POSTINGS = 1_000_000, 100_000


def moves(count: int) -> Iterator[tuple[date, int, int, int]]:
    """Day, fund, site and an amount in 分; each is two postings."""
    rng = random.Random(1)
    for number in range(count):
        yield date(2001, 1, 1) + timedelta(days=number // 500), rng.randrange(FUNDS), rng.randrange(ACCOUNTS), rng.randint(1, 10**6)


def replay(places: Places, postings: int, rounds: int) -> list[bool]:
    """Print what a posting takes each, and one balance."""
    with places.book() as book:
        _fill(book, postings // 2)
        ours = Side()
        for _ in range(rounds):
            ours.add(lambda: sum(1 for _ in replayed(book.store, book.number)))
            ours.close_round()
        one = _one_balance(book, rounds)
    a = ours.best().wall / postings * 1e6
    print(f"  {f'replay of {postings:,} movements to balances':58} {a:8.2f} µs a posting")
    held = [_beside("hledger balance", a, _hledger(places.folder, rounds)), _beside("beancount", a, _beancount(places.folder, rounds))]
    print(f"  {'one balance':58} {one * 1000:8.2f} ms", end="")
    return [*held, judged(one * 1000 <= BALANCE_BAR, f"≤ {BALANCE_BAR} ms")]


def _beside(name: str, ours: float, peer: float | str) -> bool:
    if isinstance(peer, str):
        print(f"  {name} is left out: {peer}")
        return True
    print(f"  {f'{name} : replay, a posting':58} {peer:8.2f} : {ours:7.2f} µs   {peer / ours:5.1f} ×", end="")
    return judged(peer / ours >= BAR, f"≥ {BAR} ×")


def _fill(book: SmallBook, count: int) -> None:
    """A book of transfers alone; the funds are filled first."""
    days = date(2001, 1, 1)
    book.journal.append(
        [_entry(uid, days, "mines.receive", "mines.givers", f"mines.fund/fund-{n}", 10**15) for n, uid in enumerate(new_uids(FUNDS))]
    )
    coming = moves(count - FUNDS)
    while some := [move for move, _ in zip(coming, range(BATCH), strict=False)]:
        uids = new_uids(len(some))
        book.journal.append(
            [
                _entry(uid, day, "mines.allot", f"mines.fund/fund-{fund}", f"mines.site/{site:016}", amount)
                for uid, (day, fund, site, amount) in zip(uids, some, strict=True)
            ]
        )


def _entry(uid: str, day: date, type_name: str, source: str, target: str, amount: int) -> Entry:
    return Entry(uid, "transfer", type_name, 431122, day, "clerk-17", 1, item="money", quantity=amount, source=source, target=target)


def _one_balance(book: SmallBook, rounds: int) -> float:
    """Seconds to read what one account holds, the mean of a hundred, the best of the rounds."""
    inside = Inside(book.store, book.number, ORIGIN, book.catalogue, book.journal.plans, None)  # type: ignore[arg-type]  # no keys are asked for
    accounts = [f"mines.site/{site:016}" for site in random.Random(2).sample(range(ACCOUNTS), 100)]
    return min(timed(lambda: [inside.balance(account, "money") for account in accounts]).wall for _ in range(rounds)) / 100


def _hledger(folder: Path, rounds: int) -> float | str:
    """Microseconds a posting of `hledger balance`, or why it is not measured."""
    program = shutil.which("hledger")
    if program is None:
        return "it is not installed (Debian: apt-get install hledger)"
    path = folder / "moves.journal"
    with path.open("w", encoding="utf-8") as file:
        for day, fund, site, amount in moves(HLEDGER_POSTINGS // 2):
            file.write(f"{day} allotted\n    Sites:S{site:05}  {amount / 100:.2f} CNY\n    Funds:F{fund}  {-amount / 100:.2f} CNY\n\n")
    command = [program, "-f", str(path), "balance", "--flat", "--no-total"]
    best = min(timed(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)).wall for _ in range(min(rounds, 2)))
    return best / HLEDGER_POSTINGS * 1e6


def _beancount(folder: Path, rounds: int) -> float | str:
    """Microseconds a posting of beancount, from the file to every balance, or why it is not measured."""
    if (reason := _peer_ready()) is not None:
        return reason
    path = folder / "moves.beancount"
    with path.open("w", encoding="utf-8") as file:
        for name in [*(f"Assets:S{n:05}" for n in range(ACCOUNTS)), *(f"Equity:F{n}" for n in range(FUNDS))]:
            file.write(f"2000-01-01 open {name} CNY\n")
        for day, fund, site, amount in moves(BEANCOUNT_POSTINGS // 2):
            file.write(f'{day} * "allotted"\n  Assets:S{site:05}  {amount / 100:.2f} CNY\n  Equity:F{fund}  {-amount / 100:.2f} CNY\n\n')
    command = [str(PEER_ENV / "bin" / "python"), str(HERE / "children" / "beancount_balances.py"), str(path)]
    environment = {"BEANCOUNT_DISABLE_LOAD_CACHE": "1"}
    runs = [subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout for _ in range(min(rounds, 2))]
    return float(min(json.loads(run)["seconds"] for run in runs)) / BEANCOUNT_POSTINGS * 1e6


def _peer_ready() -> str | None:
    """Install the peer where it is not; the reason, if that cannot be done."""
    python = PEER_ENV / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEER_ENV)], check=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(REQUIREMENTS)]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    return done.stderr.strip().splitlines()[-1] if done.returncode else None
