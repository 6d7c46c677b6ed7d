"""Where bad rows are written: never over a file that somebody may have worked in."""

from __future__ import annotations

import hashlib
import json
from itertools import chain, count
from pathlib import Path

NOTES = "mended.json"
KEPT = 200


def place_for(staging: Path, wanted: Path) -> Path:
    """`wanted`, or the first of its fellows (…-2, …-3) that is free or empty, or that an import wrote and nobody changed since."""
    written = _written(staging)
    fellows = (wanted.with_stem(f"{wanted.stem}-{n}") for n in count(2))
    return next(path for path in chain([wanted], fellows) if _is_free(path) or written.get(str(path.resolve())) == _sha256(path))


def remember(staging: Path, path: Path) -> None:
    """Note a file as it was written."""
    told = _written(staging)
    told.pop(str(path.resolve()), None)
    newest = list(told.items())[1 - KEPT :]
    staging.mkdir(exist_ok=True)
    (staging / NOTES).write_text(json.dumps(dict([*newest, (str(path.resolve()), _sha256(path))])), encoding="utf-8")


def _written(staging: Path) -> dict[str, str]:
    """The files that imports wrote, the newest last, each with the SHA-256 of its bytes."""
    try:
        told = json.loads((staging / NOTES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(path): str(sha256) for path, sha256 in told.items()} if isinstance(told, dict) else {}


def _is_free(path: Path) -> bool:
    return not path.is_file() or path.stat().st_size == 0


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
