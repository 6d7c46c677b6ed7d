"""What a program did to a disk, in order: the log every crash state is made from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Created:
    """The name points at a new, empty file."""

    name: str
    node: int


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes were handed over; they need not be on the disk yet."""

    node: int
    at: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """The file was given this size."""

    node: int
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """The disk said that the file is safe, or (not `done`) that it could not be made safe."""

    node: int
    done: bool = True


@dataclass(frozen=True, slots=True)
class Removed:
    """The name is gone; the file may come back with it until the folder is synced."""

    name: str


@dataclass(frozen=True, slots=True)
class FolderSynced:
    """Every name is safe as it stands."""


Event = Created | Written | Cut | Synced | Removed | FolderSynced
