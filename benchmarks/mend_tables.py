"""Make the two tables the mender judges a cut by; both are counts, no text.

    python benchmarks/mend_tables.py phrases ../shared/gold/reports     > src/taizhang/text/mender/phrases.tsv
    python benchmarks/mend_tables.py words jieba-0.42.1/jieba/dict.txt  > src/taizhang/text/mender/words.tsv

phrases: runs of one to three characters in the reports of ten years (official texts, outside copyright). The five years that
`benchmarks/mend.py` cuts its pages from are left out, so that its figures say what unseen pages would give.
words: the commoner words of the dictionary of jieba (MIT licence).
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

YEARS = (2009, 2010, 2012, 2014, 2015, 2017, 2018, 2020, 2021, 2022)
NUMBER = re.compile(r"\d+(?:[.．]\d+)?")
WORD = re.compile("[\u4e00-\u9fff]{1,4}")


def phrases(folder: Path) -> Iterator[str]:
    """Runs of up to three characters seen at least twice; a number is one character, 0."""
    counts: Counter[str] = Counter()
    for year in YEARS:
        text = NUMBER.sub("0", (folder / f"GR{year}.txt").read_text("utf-8").replace("\n", ""))
        for size in (1, 2, 3):
            counts.update(text[i : i + size] for i in range(len(text) - size + 1))
    yield "# How often characters and runs of two and three of them stand in the Reports on the Work of the Government of"
    yield f"# {', '.join(map(str, YEARS))} (official texts, outside copyright). 0 is any number. Runs seen once are left out."
    for run, count in sorted(counts.items()):
        if (count > 1 or len(run) == 1) and not re.search(r"[\s#]", run):
            yield f"{run}\t{count}"


def words(dictionary: Path) -> Iterator[str]:
    """Words of up to four characters counted at least 150 times, single characters at least 20 times."""
    yield "# Common Chinese words and how often they were counted. From the dictionary of jieba 0.42.1 (MIT licence, Sun Junyi): words of"
    yield "# up to four characters counted at least 150 times, single characters at least 20 times. Only word and count are kept."
    rows = (line.split(" ") for line in dictionary.read_text("utf-8").splitlines())
    for word, count, *_ in sorted(rows):
        if WORD.fullmatch(word) and int(count) >= (20 if len(word) == 1 else 150):
            yield f"{word}\t{count}"


if __name__ == "__main__":
    for row in {"phrases": phrases, "words": words}[sys.argv[1]](Path(sys.argv[2])):
        print(row)
