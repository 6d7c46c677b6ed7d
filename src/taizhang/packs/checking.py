"""`check`: a folder in, a pack and every problem out."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from taizhang.packs.building import build
from taizhang.packs.casing import check_case
from taizhang.packs.fielding import Workbench
from taizhang.packs.folder import Folder, read_folder
from taizhang.packs.formulas import formulas
from taizhang.packs.model import Pack
from taizhang.packs.naming import clashes, naming, spot
from taizhang.packs.problems import At, PackProblem, problem, shortened, shown
from taizhang.packs.reading import Node, read_yaml
from taizhang.packs.sifting import sift
from taizhang.packs.uniques import uniques

PROGRAMMES = Path(__file__).resolve().parent.parent / "programmes"
BASE = "base"


def check(path: Path | str, base: Pack | None = None) -> tuple[Pack | None, list[PackProblem]]:
    """The pack in a folder, or None, and every problem of it; nothing in the folder is run or followed.

    `base` is the shared pack to stand on; the one that ships is taken when none is given.
    """
    folder = Path(path)
    if folder.is_symlink() or not folder.is_dir():
        found = ("不是文件夹", "not a folder")
        where = problem(At(shown(folder.name)), found, ("专项的文件夹", "the folder of a pack"), ("请核对路径。", "Check the path."))
        return None, [where]
    return _check(folder, read_folder(folder), base or (None if folder.name == BASE else base_pack()))


@lru_cache(maxsize=1)
def base_pack() -> Pack:
    """The shared registers and the shared dictionary."""
    pack, problems = _check(PROGRAMMES / BASE, read_folder(PROGRAMMES / BASE), None)
    if pack is None:
        raise ValueError("; ".join(p.line("en") for p in problems))
    return pack


def cases(path: Path | str) -> list[Node]:
    """The cases of a pack folder, in the order of their files; one that cannot be read is left out, and `check` tells why."""
    folder, bench = read_folder(Path(path)), Workbench()
    found = (_read(folder, name, "case", bench) for name in sorted(n for n in folder.yaml if n.startswith("cases/")))
    return [case for case in found if case is not None]


def _check(path: Path, folder: Folder, base: Pack | None) -> tuple[Pack | None, list[PackProblem]]:
    bench = Workbench(problems=list(folder.problems))
    root = _read(folder, "pack.yaml", "pack", bench)
    dictionary = _read(folder, "fields.yaml", "fields", bench)
    bench.problems += _strays(folder)
    if root is None:
        if "pack.yaml" not in folder.names:
            bench.problems.append(_no_pack(path))
        return None, shortened(bench.problems)
    pack = build(root, dictionary.get("fields") if dictionary else None, base, bench)
    bench.problems += _name(path, pack, root)
    bench.problems += _dictionary(pack, dictionary)
    bench.problems += naming(pack, root)
    bench.problems += uniques(pack, root)
    bench.problems += formulas(pack, root)
    for name in sorted(n for n in folder.yaml if n.startswith("cases/")):
        case = _read(folder, name, "case", bench)
        bench.problems += check_case(pack, case) if case else ()
    problems = shortened(bench.problems)
    return (None if problems else pack), problems


def _read(folder: Folder, name: str, section: str, bench: Workbench) -> Node | None:
    if name not in folder.yaml:
        return None
    node, problems = read_yaml(folder.yaml[name], name)
    bench.problems += problems
    if node is None:
        return None
    kept, misshapen = sift(node, section)
    bench.problems += misshapen
    return kept


def _strays(folder: Folder) -> list[PackProblem]:
    """YAML that nobody reads is a mistake, not a comment. (demo.yaml is read by who makes a demonstration book.)"""
    strays = [n for n in folder.yaml if n not in ("pack.yaml", "fields.yaml", "demo.yaml") and not n.startswith("cases/")]
    wanted = ("pack.yaml、fields.yaml、demo.yaml 或 cases/*.yaml", "pack.yaml, fields.yaml, demo.yaml or cases/*.yaml")
    return [
        problem(At(n), ("无人读取的文件", "a file nobody reads"), wanted, ("请改名或移走。", "Rename it or move it away.")) for n in strays
    ]


def _no_pack(path: Path) -> PackProblem:
    return problem(
        At(shown(path.name)),
        ("没有 pack.yaml", "there is no pack.yaml"),
        ("专项的定义 pack.yaml", "pack.yaml, its definition"),
        ("请从模板开始。", "Start from the template."),
    )


def _name(path: Path, pack: Pack, root: Node) -> list[PackProblem]:
    if pack.name in ("", path.name):
        return []
    found = (f"专项名称 {shown(pack.name)}", f"the pack is named {shown(pack.name)}")
    return [
        problem(
            spot(root, "pack"),
            found,
            (f"文件夹的名称 {shown(path.name)}", f"the folder's name {shown(path.name)}"),
            ("请使两者相同。", "Make them the same."),
        )
    ]


def _dictionary(pack: Pack, dictionary: Node | None) -> list[PackProblem]:
    """One head of a sheet means one field, across the pack's dictionary and the shared one."""
    root = dictionary or Node(At("fields.yaml"), {})
    shared = pack.base.dictionary if pack.base else {}
    every = {**shared, **pack.dictionary}
    return list(clashes((name, f.heads, spot(root, "fields", name)) for name, f in every.items()))
