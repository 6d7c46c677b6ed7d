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
    """Runs of up to three characters: what came before, a tab, then every next character with its count (1 is not written)."""
    counts: dict[str, Counter[str]] = {}
    for year in YEARS:
        text = NUMBER.sub("#", re.sub(r"\s", "", (folder / f"GR{year}.txt").read_text("utf-8")))
        for i in range(len(text)):
            for size in (0, 1, 2):
                if i >= size:
                    counts.setdefault(text[i - size : i], Counter())[text[i]] += 1
    yield f"// Reports on the Work of the Government of {', '.join(map(str, YEARS))} (official texts, outside copyright):"
    yield "// after no, one and two characters, how often each character came next (1 is left out); # is a number."
    for before, following in sorted(counts.items()):
        yield before + "\t" + "".join(c + (str(n) if n > 1 else "") for c, n in sorted(following.items()))


def words(dictionary: Path) -> Iterator[str]:
    """Words of up to four characters counted at least 150 times, single characters at least 20 times."""
    yield "# Common Chinese words and how often they were counted. From the dictionary of jieba 0.42.1 (MIT licence, copyright 2013 Sun Junyi): words of"
    yield "# up to four characters counted at least 150 times, single characters at least 20 times. Only word and count are kept."
    rows = (line.split(" ") for line in dictionary.read_text("utf-8").splitlines())
    for word, count, *_ in sorted(rows):
        if WORD.fullmatch(word) and int(count) >= (20 if len(word) == 1 else 150):
            yield f"{word}\t{count}"


if __name__ == "__main__":
    for row in {"phrases": phrases, "words": words}[sys.argv[1]](Path(sys.argv[2])):
        print(row)
