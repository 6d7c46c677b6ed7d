"""A province as one cube: segments of 100 million entries, written directly (no journal stands behind them), read as one figure."""

from __future__ import annotations

import resource
import shutil
import sys
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import pyarrow as pa  # noqa: E402
import pyarrow.compute as pc  # noqa: E402
from tests.books import catalogue  # noqa: E402

from cube_book import COUNTIES, KINDS, TOWNSHIPS, VEHICLES  # noqa: E402
from taizhang.cube.layout import Layout  # noqa: E402
from taizhang.cube.machine import Machine  # noqa: E402
from taizhang.cube.sealing import MOST_ROWS, SECONDS  # noqa: E402
from taizhang.cube.segments import Segment, selected, write  # noqa: E402

TYPE = "traffic.violation"
BYTES = {"sign": 1, "day": 4, "place": 8, "f_fine": 8}
"""What the figure reads of an entry, as it lies in memory."""
SIGNED = "sum(CASE WHEN sign > 0 THEN f_fine ELSE -f_fine END) AS fines"
QUESTIONS = {
    "the whole province": f"SELECT {SIGNED}, min(day), max(day), min(place), max(place) FROM ({{entries}}) AS e",
    "every county × month": f"""SELECT CAST(place // 1000 AS INTEGER) AS county, make_date(year(day), month(day), 1) AS month, {SIGNED}
        FROM ({{entries}}) AS e GROUP BY place // 1000, year(day), month(day)""",
}
COPIES = 10
"""Each segment stands so often, in files of their own: making them takes long, reading is the same."""


def whole_province(folder: Path, entries: int, rounds: int) -> None:
    """Fines of every county and month over all entries, beside the time a plain sum needs over as many bytes."""
    home = folder / "province"
    home.mkdir()
    layout, machine = Layout.of(catalogue(), TYPE), Machine(home, memory_mb=1280, seconds=SECONDS)
    begun = time.perf_counter()
    step = MOST_ROWS * COPIES
    made = [_segment(machine, home, layout, first, min(first + MOST_ROWS - 1, entries)) for first in range(1, entries + 1, step)]
    segments = [_copy(home, one, number) for one in made for number in range(min(COPIES, -(-entries // MOST_ROWS)))]
    rows, written = sum(one.rows for one in segments), sum(one.bytes for one in segments)
    print(f"a province of {rows:,} entries: {len(segments)} segments, {written / rows:.1f} bytes an entry, {time.perf_counter() - begun:.0f} s")
    sql = " UNION ALL ".join(selected(layout, home, segments))
    for name, question in QUESTIONS.items():
        limit, took, own = [], [], []
        for _ in range(rounds):
            limit.append(_bandwidth(rows * sum(BYTES.values())))
            begun, busy = time.perf_counter(), time.process_time()
            cells = machine.run(question.format(entries=sql)).num_rows
            took.append(time.perf_counter() - begun)
            own.append(time.process_time() - busy)
        ratio = min(took) / min(limit)
        print(f"  {name} ({cells:,} figures): {min(took):.2f} s ({min(own):.2f} s of both processors); a plain sum over the same bytes {min(limit):.2f} s", end="")
        print(f"   {ratio:.1f} × (median {median(took) / median(limit):.1f})   ≤ 6 {'held' if ratio <= 6 else 'MISSED'}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"  memory of this process at most {peak:.2f} GB   ≤ 2 GB {'held' if peak <= 2 else 'MISSED'}")


def _copy(folder: Path, segment: Segment, number: int) -> Segment:
    name = f"{number}-{segment.file}"
    shutil.copyfile(folder / segment.file, folder / name)
    return replace(segment, file=name)


def _segment(machine: Machine, folder: Path, layout: Layout, first: int, last: int) -> Segment:
    """Entries made in DuckDB, as many as a segment takes, of days that go on with their numbers."""
    said = {
        "seq": "i", "own": "i", "sign": f"CASE WHEN {_pick(3)} % 200 = 0 THEN -1 ELSE 1 END", "day": "DATE '2020-01-01' + CAST(i % 1096 AS INTEGER)",
        "place": f"(430001 + {_pick(1)} % {COUNTIES}) * 1000 + {_pick(2)} % {TOWNSHIPS}", "record": "'crew-' || i % 400",
        "f_kind": f"{list(KINDS)}[1 + {_pick(4)} % {len(KINDS)}]", "f_vehicle": f"{list(VEHICLES)}[1 + {_pick(5)} % {len(VEHICLES)}]",
        "f_fine": f"CAST(50 + {_pick(6)} % 200 AS DECIMAL(18, 2))", "f_clock": "'08:30'",
    }  # fmt: skip
    values = ", ".join(f"{said.get(name, 'NULL')} AS {name}" for name in layout.schema.names)
    lent = machine.lend(layout.schema.empty_table())
    source = f"SELECT * FROM {lent} UNION ALL SELECT {values} FROM range({first}, {last + 1}) r(i)"
    made = write(machine, folder, layout, [source], (first, last), strange=False)
    machine.take_back(lent)
    assert made is not None
    return made


def _pick(salt: int) -> str:
    return f"CAST(hash(i, {salt}) >> 8 AS BIGINT)"


def _bandwidth(needed: int) -> float:
    """Seconds to add up so many bytes, 128 MB of them at a time."""
    block = pa.Array.from_buffers(pa.int64(), 1 << 24, [None, pa.py_buffer(b"\1" * (1 << 27))])
    begun = time.perf_counter()
    for _ in range(3):
        pc.sum(block)
    return (time.perf_counter() - begun) / 3 / block.nbytes * needed
