"""Ways to write and to spoil the small pack."""

from __future__ import annotations

from pathlib import Path

from taizhang.packs import Pack, PackProblem, check

from .desk_text import SMALL


def pack_of(folder: Path, text: str = SMALL, **files: str) -> tuple[Pack | None, list[PackProblem]]:
    """Write a pack folder and check it; other files by name with `__` for the slash and `_yaml` for the ending."""
    target = folder / "shop"
    target.mkdir(parents=True, exist_ok=True)
    (target / "pack.yaml").write_text(text, encoding="utf-8")
    for name, body in files.items():
        path = target / name.replace("__", "/").replace("_yaml", ".yaml")
        path.parent.mkdir(exist_ok=True)
        path.write_text(body, encoding="utf-8")
    return check(target)


def spoiled(folder: Path, old: str, new: str) -> list[PackProblem]:
    """The problems of the small pack with one text replaced."""
    assert SMALL.count(old) == 1, old
    return pack_of(folder, SMALL.replace(old, new))[1]
