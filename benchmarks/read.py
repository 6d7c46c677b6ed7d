"""Measure the reader: time by size of text, memory, peers on the same text, and the start-up of `taizhang check`.

    python benchmarks/read.py [--rounds 3] [--seed 1] [--no-peers] [--strict]

Everything runs on one core, each reading in a process of its own, in rounds (every size and every peer once a round), and
the median of the rounds counts, so that a busy machine weighs on all alike. The text is that of `texts.py`: 10 MB, no
sentence twice. Times are CPU time. The peers are installed into build/peers at the first run (requirements-peers.txt).
With --strict a bar that is missed ends in exit code 1.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from texts import repeated, text_of

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SIZES = {10_000: 41, 100_000: 15, 1_000_000: 3, 10_000_000: 1}  # bytes: how many slices of it a round reads
PEER_BYTES = 100_000
PEERS = {"recognizers": ("Recognizers-Text, all models", 100), "jionlp": ("jionlp, money and time", 3)}
PEER_ENV = ROOT / "build" / "peers"
REQUIREMENTS = HERE / "requirements-peers.txt"
PAGE = ROOT.parent / "shared" / "page" / "hunan-2023-01.txt"
EXAMPLE = ROOT / "examples" / "article.txt"
GROWTH, PEAK, START = 1.2, 400e6, 1.0


@dataclass(frozen=True)
class Bar:
    """One line of the report: what was measured, the figure, the bar, and whether it is met."""

    what: str
    figure: str
    bar: str
    met: bool


@dataclass(frozen=True)
class Texts:
    """The files of one run: the long text, the peers' part of it, and another to warm up on."""

    long: Path
    part: Path
    warm: Path


def write_texts(folder: Path, seed: int) -> Texts:
    texts = Texts(folder / "long.txt", folder / "part.txt", folder / "warm.txt")
    long = text_of(max(SIZES), seed)
    if repeated(long):
        sys.exit("a sentence stands twice in the text")
    texts.long.write_text(long, encoding="utf-8")
    chars = int(PEER_BYTES * len(long) / len(long.encode()))
    texts.part.write_text(long[: long.index("\n", chars) + 1], encoding="utf-8")
    texts.warm.write_text(text_of(10_000, seed + 1), encoding="utf-8")
    return texts


def run(*command: str | Path | int) -> dict[str, Any]:
    """The JSON that a child process prints last."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def peers_ready() -> str | None:
    """Install the peers where they are not; the reason, if that cannot be done."""
    python = PEER_ENV / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", PEER_ENV], check=True)
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", REQUIREMENTS]
    done = subprocess.run([str(part) for part in install], capture_output=True, text=True, check=False)
    return done.stderr.strip().splitlines()[-1] if done.returncode else None


def measure(texts: Texts, rounds: int, peers: list[str]) -> dict[str, list[dict[str, Any]]]:
    """All figures of all rounds, by name."""
    figures: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for n in range(1, rounds + 1):
        print(f"round {n} of {rounds} …", file=sys.stderr)
        for size, count in SIZES.items():
            figures[f"{size}"].append(run(sys.executable, HERE / "children" / "ours.py", texts.long, size, count))
        figures["part"].append(run(sys.executable, HERE / "children" / "ours.py", texts.part, PEER_BYTES, 1))
        for peer in peers:
            for shape in ("whole", "paragraphs"):
                child = HERE / "children" / "peers.py"
                figures[f"{peer} {shape}"].append(run(PEER_ENV / "bin" / "python", child, peer, texts.part, texts.warm, shape))
    return figures


def start_up(count: int = 5) -> tuple[float, Path]:
    """The median CPU seconds, system calls included, of the whole process `taizhang check` on the page."""
    page = PAGE if PAGE.exists() else EXAMPLE
    times = []
    for _ in range(count):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([Path(sys.executable).parent / "taizhang", "check", page], capture_output=True, check=False)
        if done.returncode > 1:
            sys.exit(done.stderr.decode())
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(times), page


def report(figures: dict[str, list[dict[str, Any]]], peers: list[str]) -> list[Bar]:
    seconds = {name: statistics.median(f["seconds"] for f in found) for name, found in figures.items()}
    small, large = str(min(SIZES)), str(max(SIZES))
    bars = []
    for size in SIZES:
        growth = seconds[str(size)] / seconds[small]
        bars.append(Bar(f"time a character, {size:,} bytes", f"{growth:.2f} × that of 10,000", f"≤ {GROWTH}", growth <= GROWTH))
    peak = max(f["peak"] for f in figures[large])
    bars.append(Bar("peak memory, 10,000,000 bytes", f"{peak / 1e6:.0f} MB", f"≤ {PEAK / 1e6:.0f} MB", peak <= PEAK))
    for peer in peers:
        name, least = PEERS[peer]
        for shape, said in (("whole", "the whole text at once"), ("paragraphs", "paragraph by paragraph")):
            ratio = seconds[f"{peer} {shape}"] / seconds["part"]
            bars.append(
                Bar(
                    f"faster than {name}; {said}",
                    f"{ratio:.1f} ×",
                    f"≥ {least}" if shape == "whole" else "",
                    shape != "whole" or ratio >= least,
                )
            )
    return bars


def main() -> int:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--rounds", type=int, default=3)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--no-peers", action="store_true")
    args.add_argument("--strict", action="store_true")
    said = args.parse_args()
    refused = "not asked for" if said.no_peers else peers_ready()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    peers = [] if refused else list(PEERS)
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(write_texts(Path(folder), said.seed), said.rounds, peers)
    bars = report(figures, peers)
    cpu, page = start_up()
    bars.append(Bar(f"start-up, `taizhang check {page.name}`", f"{cpu:.2f} s of CPU", f"≤ {START}", cpu <= START))
    for bar in bars:
        print(f"{bar.what:72} {bar.figure:28} {bar.bar:10} {'' if not bar.bar else 'met' if bar.met else 'MISSED'}")
    if refused:
        print(f"peers not measured: {refused}")
    return int(said.strict and not all(bar.met for bar in bars))


if __name__ == "__main__":
    sys.exit(main())
