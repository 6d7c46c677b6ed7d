"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from taizhang.core import InputError, Problem


def require_target(target: Path, inputs: Iterable[str]) -> None:
    """Refuses a target that cannot be written, before any work is done; raises InputError."""
    if target.is_dir():
        raise InputError(_problem(target, "这是一个文件夹", "要写的文件名", "请在后面加上文件名。", "this is a folder", "a file name", "Add a file name to it."))
    if not target.parent.is_dir():
        do, do_en = f"请先建好文件夹 {target.parent}，或换一个位置。", f"Make the folder {target.parent} first, or choose another place."
        raise InputError(_problem(target, "文件夹不存在", "已有文件夹中的文件名", do, "its folder does not exist", "a file in a folder that exists", do_en))
    if any(_same(target, Path(name)) for name in inputs):
        do, do_en = "报告不会盖掉原文；请换一个文件名。", "A report never replaces its input; choose another name."
        raise InputError(_problem(target, "这就是要校核的原文", "另一个文件名", do, "this is the input itself", "another file name", do_en))


def write_whole(target: Path, text: str) -> None:
    """Writes UTF-8 beside the target and moves it into place, so that a half-written file is never seen; raises InputError."""
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    except OSError as error:
        raise InputError(_unwritable(target, error)) from error
    part = Path(name)
    try:
        with open(handle, "w", encoding="utf-8", errors="replace", newline="\n") as out:
            out.write(text)
        part.chmod(0o666 & ~_umask())
        part.replace(target)
    except OSError as error:
        raise InputError(_unwritable(target, error)) from error
    finally:
        part.unlink(missing_ok=True)


def _same(a: Path, b: Path) -> bool:
    return a.exists() and b.exists() and a.samefile(b)


def _umask() -> int:
    """The permissions new files must not have; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _unwritable(target: Path, error: OSError) -> Problem:
    why = error.strerror or str(error)
    do, do_en = "请关掉正在打开它的程序，或换一个位置。", "Close the program that has it open, or choose another place."
    return _problem(target, f"写不进去（{why}）", "可以写入的位置", do, f"it cannot be written ({why})", "a place that can be written to", do_en)


def _problem(target: Path, found: str, expected: str, do: str, found_en: str, expected_en: str, do_en: str) -> Problem:
    return Problem(str(target), found, expected, do, found_en, expected_en, do_en)
