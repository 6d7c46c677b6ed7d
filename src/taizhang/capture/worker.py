"""The process apart: `python -m taizhang.capture.worker docx|pdf < file` writes one JSON object, the text or a refusal."""

from __future__ import annotations

import json
import sys
from typing import BinaryIO

from taizhang.capture.allowance import Allowance, limit_process
from taizhang.capture.refusals import Refused


def answer(kind: str, file: BinaryIO) -> dict[str, object]:
    """{"text", "warnings"} for a file that could be read, {"refused", "facts"} for one that could not."""
    try:
        text, warnings = _read(kind, file)
    except Refused as refused:
        return {"refused": refused.reason, "facts": refused.facts}
    except (MemoryError, RecursionError):
        return {"refused": "costly", "facts": {}}
    return {"text": text, "warnings": warnings}


def _read(kind: str, file: BinaryIO) -> tuple[str, list[tuple[str, str]]]:
    """Import the reader of this kind only: pypdf takes a tenth of a second to import."""
    allowance = Allowance()
    allowance.step()
    if kind == "pdf":
        from taizhang.capture import pdf

        return pdf.read(file, allowance)
    from taizhang.capture import word

    return word.read(file, allowance), []


if __name__ == "__main__":
    limit_process()
    json.dump(answer(sys.argv[1], sys.stdin.buffer), sys.stdout)
