"""Where the `taizhang` command begins: what it needs is loaded here, so that Ctrl-C ends it quietly from the first moment."""

from __future__ import annotations

import sys

INTERRUPTED = 130
"""As `cli.batch.Outcome` has it, which is not loaded yet."""


def main() -> None:
    """The entry point of the `taizhang` command."""
    try:
        from taizhang.cli.main import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
