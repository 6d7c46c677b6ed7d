"""A country of a dozen places, in the form of the package; and lists as a county writes them."""

from __future__ import annotations

from pathlib import Path

from taizhang.ledger.places import Loaded, Source, load_list, load_package, read
from taizhang.ledger.store import Store

SMALL = {
    "provinces.csv": "43,湖南省\n44,广东省",
    "cities.csv": "4310,郴州市\n4311,永州市\n4419,东莞市",
    "areas.csv": "431023,永兴县\n431024,嘉禾县\n431122,东安县\n441900,东莞市",
    "streets.csv": "431023001,便江街道\n431023101,马田镇\n431023104,金龟镇\n431024100,珠泉镇\n431122100,白牙市镇\n441900003,东城街道",
    "villages.csv": (
        "431023001001,东风社区居委会\n431023101201,甲村委会\n431023101202,新村村委会\n431023104201,新村村委会\n"
        "431024100201,晋屏村村民委员会\n431122100201,甲村委会"
    ),
}
HEADS = "代码类别,代码,名称,上级代码,启用日期,停用日期,统计代码"


def package(folder: Path) -> Source:
    """The small country's tables."""
    for name, rows in SMALL.items():
        (folder / name).write_text("code,name\n" + rows + "\n", encoding="utf-8")
    return Source(folder, "small")


def loaded(store: Store, folder: Path, prefix: str = "43") -> Loaded:
    """The small country in a database."""
    return load_package(store, read(package(folder), prefix))


def list_of(folder: Path, *rows: str, heads: str = HEADS, encoding: str = "utf-8") -> Path:
    """A list with these rows."""
    path = folder / "villages.csv"
    path.write_bytes("\n".join((heads, *rows, "")).encode(encoding))
    return path


def listed(store: Store, folder: Path, *rows: str, heads: str = HEADS, move: bool = False) -> Loaded:
    """A list with these rows, loaded."""
    return load_list(store, list_of(folder, *rows, heads=heads), move=move)


def told(done: Loaded) -> list[str]:
    """Where each problem is and what was found."""
    return [f"{p.where} {p.found}" for p in done.problems]


def content(store: Store) -> tuple[list[object], list[object]]:
    """Everything the two tables say."""
    codes = store.rows("SELECT place, scheme, code, name, valid_from, valid_to FROM place_code")
    return sorted(store.rows("SELECT key, path, level, name FROM place")), sorted(codes, key=repr)
