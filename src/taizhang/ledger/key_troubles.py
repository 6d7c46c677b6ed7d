"""What SQLite has against the file of keys, as a problem for the person who meets it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from taizhang.core import InputError, Problem

_Words = tuple[tuple[str, str], tuple[str, str], tuple[str, str]]
_FULL: _Words = (
    ("磁盘已满", "the disk is full"),
    ("有空间的磁盘", "room on the disk"),
    ("请腾出空间后再试。", "Make room and try again."),
)
_BUSY: _Words = (
    ("正被另一个程序使用", "another program is using it"),
    ("没有别的程序在写", "nobody else who writes it"),
    ("请等一会儿再试；若一直如此，看看是否有别的程序开着它。", "Wait and try again; if it stays so, see which program has it open."),
)
_CLOSED: _Words = (
    ("不能读写", "it cannot be read and written"),
    ("可以读写的文件", "a file that can be read and written"),
    ("请核对文件和文件夹的权限，是不是只读。", "See who may write the file and its folder, and whether they are read-only."),
)
_DAMAGED: _Words = (
    ("已损坏，或不是密钥文件", "it is damaged, or no file of keys"),
    ("完好的密钥文件", "a sound file of keys"),
    ("请停止记账，从密钥备份恢复（taizhang restore）。", "Stop writing and restore a backup of the keys (taizhang restore)."),
)
FAILED: _Words = (
    ("磁盘读写出错", "the disk failed"),
    ("完好的磁盘", "a sound disk"),
    ("请换一块盘，从备份恢复。", "Change the disk and restore a backup."),
)
_KNOWN: dict[int, _Words] = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_READONLY: _CLOSED,
    sqlite3.SQLITE_CANTOPEN: _CLOSED,
    sqlite3.SQLITE_PERM: _CLOSED,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_IOERR: FAILED,
}


class KeysUnusable(InputError):
    """The file of keys cannot be used; nothing was sealed, and nothing was erased that was not said to be."""


class _Kept(Protocol):
    path: Path


P = ParamSpec("P")
R = TypeVar("R")
K = TypeVar("K", bound=_Kept)


def telling(method: Callable[Concatenate[K, P], R]) -> Callable[Concatenate[K, P], R]:
    """A method of a key store that raises KeysUnusable for what its file does not let it do."""

    @wraps(method)
    def told(self: K, /, *args: P.args, **named: P.kwargs) -> R:
        try:
            return method(self, *args, **named)
        except sqlite3.Error as error:
            words = _KNOWN.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
            if words is None:
                raise
            raise unusable(self.path, words) from error

    return told


def is_disk_failure(error: BaseException) -> bool:
    """Whether SQLite was told by the system that a read, write or sync failed."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_IOERR


def unusable(path: Path, words: _Words) -> KeysUnusable:
    """The error of a file of keys: what was found, expected, and is to be done, each in Chinese and English."""
    found, expected, do = words
    return KeysUnusable(Problem(str(path), found[0], expected[0], do[0], found[1], expected[1], do[1]))
