"""What the reading of one file may cost: processor time from step to step, memory, and the length of its text."""

from __future__ import annotations

import signal

from taizhang.capture.refusals import Refused
from taizhang.capture.source import MAX_TEXT_BYTES, MIB

STEP_SECONDS = 1.2
"""Processor time for one step: a page, or a stretch of a document."""
MEMORY_BYTES = 160 * MIB
"""Memory that the process that reads may write to; the libraries it maps come on top and are shared."""


class Allowance:
    """Counts the text of one file and winds up the clock; `limit` is in characters."""

    def __init__(self, limit: int = MAX_TEXT_BYTES) -> None:
        self._left = limit

    def step(self, chars: int = 0) -> None:
        """A step is done and gave so much text: take it off and start the time anew; raises Refused when it is too long."""
        self._left -= chars
        if self._left < 0:
            raise Refused("too_long", limit=MAX_TEXT_BYTES // MIB)
        if hasattr(signal, "setitimer"):  # not on Windows, where the parent's wall clock is the only bound
            signal.setitimer(signal.ITIMER_PROF, STEP_SECONDS)


def limit_process() -> None:
    """Bound the memory of this process, and let it end without a word when its time is over; for a process apart only."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
