"""Writing a file whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from taizhang.core import InputError, Problem

# found, expected, what to do; in Chinese, then in English
TROUBLES = {
    "folder": (
        ("这是一个文件夹", "要写的文件名", "请在后面加上文件名。"),
        ("this is a folder", "a file name", "Add a file name to it."),
    ),
    "no folder": (
        ("文件夹不存在", "已有文件夹中的文件名", "请先建好文件夹 {folder}，或换一个位置。"),
        ("its folder does not exist", "a file in a folder that exists", "Make the folder {folder} first, or choose another place."),
    ),
    "input": (
        ("这就是要校核的原文", "另一个文件名", "报告不会盖掉原文，请换一个文件名。"),
        ("this is the input itself", "another file name", "A report never replaces its input; choose another name."),
    ),
    "special": (
        ("这是管道或设备，不是文件", "要写的文件名", "请换一个文件名。"),
        ("this is a pipe or a device, not a file", "a file name", "Choose another name."),
    ),
    "unwritable": (
        ("写不进去（{why}）", "可以写入的位置", "请关掉正在打开它的程序，或换一个位置。"),
        (
            "it cannot be written ({why_en})",
            "a place that can be written to",
            "Close the program that has it open, or choose another place.",
        ),
    ),
}
CAUSES = {
    errno.EACCES: "没有写入权限",
    errno.EPERM: "没有写入权限",
    errno.EROFS: "此处只读",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "符号链接首尾相连",
}


def require_target(target: Path, inputs: Iterable[str]) -> None:
    """Refuses a target that cannot be written, before any work is done; raises InputError."""
    try:
        key = _trouble_with(target, inputs)
    except OSError as error:
        raise _unwritable(target, error) from error
    if key:
        raise _trouble(target, key, folder=target.parent)


def write_whole(target: Path, text: str) -> None:
    """Writes UTF-8 beside the target and moves it into place, so that a half-written file is never seen; raises InputError."""
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".report.", suffix=".part")
    except OSError as error:
        raise _unwritable(target, error) from error
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n") as out:
            out.write(text)
        part.chmod(0o666 & ~_umask())
        part.replace(target)
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        part.unlink(missing_ok=True)


def _trouble_with(target: Path, inputs: Iterable[str]) -> str | None:
    """What is wrong with a target; None for one that can be tried."""
    if target.is_dir():
        return "folder"
    if not target.parent.is_dir():
        return "no folder"
    if target.exists() and not target.is_file():
        return "special"  # replaced by a report, /dev/null would be gone for everybody
    return "input" if any(_same(target, Path(name)) for name in inputs) else None


def _same(a: Path, b: Path) -> bool:
    return a.exists() and b.exists() and a.samefile(b)


def _umask() -> int:
    """The permissions new files must not have; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _unwritable(target: Path, error: OSError) -> InputError:
    why = CAUSES.get(error.errno or 0, f"系统错误 {error.errno}")
    return _trouble(target, "unwritable", why=why, why_en=error.strerror or error)


def _trouble(target: Path, key: str, **facts: object) -> InputError:
    chinese, english = ([words.format(**facts) for words in row] for row in TROUBLES[key])
    return InputError(Problem(str(target), *chinese, *english))
