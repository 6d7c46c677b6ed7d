"""Read slices of a text in this process and say what it took; run by `read.py`.

    python children/ours.py TEXT BYTES COUNT

Reads COUNT slices of BYTES each, spread evenly over the text, and prints one JSON object: the median CPU time a
character in seconds, the quantities found, and the peak of resident memory of this process in bytes.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from taizhang.text import read

CHARS_PER_BYTE = 0.348  # Chinese with digits and punctuation, in UTF-8


def slices(text: str, size: int, count: int) -> list[str]:
    """`count` slices of about `size` bytes, each from the start of a paragraph to the end of one."""
    chars = int(size * CHARS_PER_BYTE)
    if chars >= len(text) * 0.9:
        return [text] * count
    step = (len(text) - 2 * chars) // count
    starts = [text.find("\n", n * step) + 1 if n else 0 for n in range(count)]
    return [text[a : text.find("\n", a + chars) + 1] for a in starts]


def main() -> None:
    path, size, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    text = Path(path).read_text(encoding="utf-8")
    read(text[-4000:])  # patterns and tables are made at the first reading
    times, found = [], 0
    for piece in slices(text, size, count):
        began = time.process_time()
        quantities = read(piece)
        times.append((time.process_time() - began) / len(piece))
        found += len(quantities)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"seconds": statistics.median(times), "found": found, "peak": peak}))


if __name__ == "__main__":
    main()
