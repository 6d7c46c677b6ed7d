"""Read a .docx or .pdf in a process apart, so that a hostile file costs a second and some memory, not the program."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import BinaryIO

from taizhang.capture.refusals import Refused
from taizhang.capture.source import Kind, Warnings

LONGEST_SECONDS = 300 if hasattr(signal, "setitimer") else 30
"""Wall clock for a whole file: long where the worker bounds its own processor time far closer, short on Windows, where nothing else does."""


def text_of(kind: Kind, file: BinaryIO) -> tuple[str, Warnings]:
    """Text and warnings of a file of this kind, which must have a file number; raises Refused."""
    command = [sys.executable, "-P", "-m", "taizhang.capture.worker", kind]
    try:
        done = subprocess.run(command, stdin=file, capture_output=True, timeout=LONGEST_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise Refused("costly") from None
    if done.returncode < 0:  # ended by a signal: the processor time or the memory it may use ran out
        raise Refused("costly")
    if done.returncode:
        raise RuntimeError(done.stderr.decode("utf-8", "replace").strip()[-2000:])
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise Refused(answer["refused"], **answer["facts"])
    return answer["text"], tuple((zh, en) for zh, en in answer["warnings"])
