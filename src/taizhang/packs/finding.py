"""Packs are found by folder: every folder with a pack.yaml directly below one of the paths is a programme."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from taizhang.packs.checking import BASE, PROGRAMMES, check
from taizhang.packs.model import Pack
from taizhang.packs.problems import At, PackProblem, problem
from taizhang.packs.sifting import NAME

TEMPLATE = Path(__file__).resolve().parent / "template"


@dataclass(frozen=True, slots=True)
class Found:
    """A pack folder: the pack, or None, and its problems."""

    folder: Path
    pack: Pack | None
    problems: tuple[PackProblem, ...]


def find(paths: Iterable[Path | str] = (PROGRAMMES,)) -> dict[str, Found]:
    """Every programme below the folders, by name; of two with one name the second is a problem and the first stands."""
    out: dict[str, Found] = {}
    for path in paths:
        for folder in _folders(Path(path)):
            pack, problems = check(folder)
            if folder.name in out:
                problems = [*problems, _twice(folder.name, out[folder.name].folder)]
                out[f"{folder.parent.name}/{folder.name}"] = Found(folder, None, tuple(problems))
            else:
                out[folder.name] = Found(folder, pack, tuple(problems))
    return out


def _folders(path: Path) -> list[Path]:
    """Folders with a pack.yaml, sorted; a path that is itself one counts; links are left out."""
    if (path / "pack.yaml").is_file():
        return [path]
    if not path.is_dir():
        return []
    return sorted(f for f in path.iterdir() if not f.is_symlink() and f.name != BASE and (f / "pack.yaml").is_file())


def _twice(name: str, first: Path) -> PackProblem:
    found = (f"专项 {name} 已在 {first.parent.name}/ 中", f"the pack {name} stands in {first.parent.name}/ already")
    return problem(At(name), found, ("互不相同的名称", "names that differ"), ("请给其中一个改名。", "Rename one of them."))


def new(folder: Path | str) -> Path:
    """Start a pack from the template; the folder's name becomes the pack's. FileExistsError, ValueError for a bad name."""
    target = Path(folder)
    if not NAME.fullmatch(target.name):
        raise ValueError(f"{target.name}: 专项名称用小写字母、数字和下划线 (lower-case letters, digits and _)")
    shutil.copytree(TEMPLATE, target)
    pack = target / "pack.yaml"
    pack.write_text(pack.read_text(encoding="utf-8").replace("pack: template", f"pack: {target.name}", 1), encoding="utf-8")
    return target
