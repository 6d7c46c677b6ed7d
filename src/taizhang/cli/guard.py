"""Every way a command can end, turned into its exit code."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable

import typer

from taizhang.cli.batch import Outcome, fault_line
from taizhang.cli.words import say
from taizhang.core import InputError


def guarded(run: Callable[[], Outcome], lang: str, debug: bool) -> None:
    """Runs a command and leaves with its exit code; an input that cannot be used is a line on standard error."""
    try:
        code = run()
        sys.stdout.flush()
    except typer.BadParameter:  # a command typed wrongly: the group says so
        raise
    except InputError as error:
        for problem in getattr(error, "problems", (error.problem,)):
            print(problem.line(lang), file=sys.stderr)
        code = Outcome.UNUSABLE
    except KeyboardInterrupt:
        print(say(lang, "interrupted"), file=sys.stderr)
        code = Outcome.INTERRUPTED
    except BrokenPipeError:
        # Nobody reads any more: what is left in the buffer must not be tried again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = Outcome.PIPE_CLOSED
    except Exception as error:
        print(fault_line(error, lang), file=sys.stderr)
        if debug:
            traceback.print_exc()
        code = Outcome.FAULT
    raise typer.Exit(int(code))
