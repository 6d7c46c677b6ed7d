"""Score the reader and the mender on the annotated texts beside the checkout (../shared/gold) and on our own.

    python benchmarks/gold.py            every table
    python benchmarks/gold.py --errors N the first N of each kind of error, too

The scorers are those of ../shared/gold; nothing is copied from there.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from taizhang.text import mend, read

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT.parent / "shared" / "gold"
PAGE = ROOT.parent / "shared" / "page" / "hunan-2023-01.txt"
OWN = ROOT / "tests" / "text" / "gold"


def scorer(name: str) -> ModuleType:
    """A scorer of ../shared/gold as a module."""
    spec = importlib.util.spec_from_file_location(name, GOLD / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def text_of(path: Path) -> str:
    """The text as the annotations count it: line breaks kept."""
    with path.open(encoding="utf-8", newline="") as f:
        return f.read()


def score_page() -> dict[str, Any]:
    """The scores of the seed page."""
    return _score([(PAGE, GOLD / "seed_page.jsonl", GOLD / "seed_traps.jsonl")])


def score_folder(folder: Path) -> dict[str, Any]:
    """The scores of a folder of NAME.txt, NAME.jsonl, NAME.traps.jsonl, all counts summed."""
    texts = sorted(folder.glob("*.txt"))
    return _score([(t, t.with_suffix(".jsonl"), t.with_suffix(".traps.jsonl")) for t in texts])


def _score(texts: list[tuple[Path, Path, Path]]) -> dict[str, Any]:
    judge = scorer("score")
    gold: list[dict[str, Any]] = []
    found: list[dict[str, Any]] = []
    traps: list[dict[str, Any]] = []
    for text_path, gold_path, traps_path in texts:
        text, doc = text_of(text_path), text_path.stem
        gold += judge.load(gold_path, text, doc)
        traps += judge.load(traps_path, text, doc) if traps_path.exists() else []
        found += [{**q.as_json(), "doc": doc} for q in read(text)]
    result: dict[str, Any] = judge.score(gold, found, traps=traps)
    result["texts"] = {t.stem: text_of(t) for t, _, _ in texts}
    result["gold_rows"], result["found_rows"], result["judge"] = gold, found, judge
    return result


def score_mended(pairs: list[tuple[Path, Path]]) -> dict[str, Any]:
    """The scores of mended pages, all counts summed; pairs of page and truth."""
    judge = scorer("score_mend")
    counts = []
    with tempfile.TemporaryDirectory() as folder:
        for page, truth in pairs:
            text, out = text_of(page), Path(folder) / f"{page.stem}.json"
            out.write_text(json.dumps(mend(text).as_json(text)), encoding="utf-8")
            counts.append(judge.one(page, truth, out)[1])
    total: dict[str, Any] = judge.total(counts)
    return {**total, **judge.rates(total)}


def mended_pages() -> list[tuple[Path, Path]]:
    """The development pages with their truth."""
    return [(p, p.with_suffix(".json")) for p in sorted((GOLD / "mend").glob("*.txt"))]


def _show(name: str, result: dict[str, Any], errors: int) -> None:
    print(f"\n== {name}")
    result["judge"].show({k: v for k, v in result.items() if not k.startswith("_")})
    if errors:
        result["judge"].show_errors(result, result["gold_rows"], result["found_rows"], result["texts"], errors)


def main() -> None:
    """Print every table."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--errors", type=int, default=0, metavar="N")
    errors = ap.parse_args().errors
    _show("seed page", score_page(), errors)
    _show("gold/real V1 to V7", score_folder(GOLD / "real"), errors)
    _show("our own stories (tests/text/gold)", score_folder(OWN), errors)
    judge = scorer("score_mend")
    for name, pairs in (("seed page, mended", [(PAGE, GOLD / "seed_layout.json")]), ("gold/mend", mended_pages())):
        print(f"\n== {name}")
        judge.show(score_mended(pairs))


if __name__ == "__main__":
    main()
