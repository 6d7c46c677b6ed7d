"""Run the check over whole real reports and print every contradiction and query with its sentence, to be judged by hand.

    python benchmarks/reports.py [FOLDER]

FOLDER holds plain texts (default: ../shared/gold/reports beside the checkout). Prints rates per 100,000 characters.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from taizhang.claims import findings  # noqa: E402
from taizhang.core import Finding  # noqa: E402

REPORTS = ROOT.parent / "shared" / "gold" / "reports"
PER = 100_000


def main() -> int:
    """Print the findings and their rates; 2 where there is nothing to read."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else REPORTS
    files = sorted(folder.glob("*.txt"))
    if not files:
        print(f"no .txt files in {folder}: name a folder of plain texts", file=sys.stderr)
        return 2
    chars, kinds, rules = 0, Counter[str](), Counter[str]()
    for file in files:
        text = file.read_text(encoding="utf-8")
        chars += len(text)
        for f in findings(text):
            kinds[f.kind] += 1
            rules[f"{f.kind} {f.rule}"] += 1
            if f.kind != "note":
                print(_line(file.stem, text, f))
    print(f"{len(files)} texts, {chars:,} characters")
    for kind in ("contradiction", "query", "note"):
        print(f"{kind:14}{kinds[kind]:5}{kinds[kind] * PER / chars:8.2f} in {PER:,} characters")
    for rule, n in sorted(rules.items()):
        print(f"  {rule:26}{n:5}")
    return 0


def _line(name: str, text: str, f: Finding) -> str:
    start, end = f.spans[0][0], max(e for _, e in f.spans)
    low = text.rfind("\n", 0, start) + 1
    high = text.find("\n", end)
    number = text.count("\n", 0, start) + 1
    said = text[low : high if high >= 0 else len(text)].replace("\n", " ")
    return f"{name} {number}\t{f.kind}\t{f.rule}\t{'、'.join(text[a:b] for a, b in f.spans)}\n    {f.why}\n    {said}"


if __name__ == "__main__":
    raise SystemExit(main())
