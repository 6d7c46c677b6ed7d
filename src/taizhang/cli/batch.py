"""Over many files: each is loaded and worked on by itself, and one bad file never stops the rest."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from taizhang.cli.words import say
from taizhang.core import InputError, Problem

if TYPE_CHECKING:
    from rich.progress import Progress

    from taizhang.capture import Source


class Outcome(IntEnum):
    """What a command ends with; of several, the greatest counts."""

    CLEAR = 0
    CONTRADICTED = 1
    UNUSABLE = 2
    FAULT = 3
    INTERRUPTED = 130
    PIPE_CLOSED = 141


Work = Callable[["Source"], Outcome]


class Batch:
    """The files of one command."""

    def __init__(self, files: list[str], lang: str, debug: bool = False) -> None:
        self._lang, self._debug = lang, debug
        self._bar = _Bar(lang)
        self.unusable = 0
        self.names = self._expand(files)
        self.is_many = len(self.names) + self.unusable > 1

    def run(self, work: Work) -> Outcome:
        """Does the work for every file; troubles are said on standard error, one line each."""
        worst = Outcome.UNUSABLE if self.unusable else Outcome.CLEAR
        with self._bar.over(self.names) as names:
            for name in names:
                worst = max(worst, self._one(name, work))
        return worst

    def away(self) -> AbstractContextManager[None]:
        """Takes the progress bar off the terminal while something is printed."""
        return self._bar.away()

    def complain(self, line: str) -> None:
        """One line on standard error."""
        with self.away():
            sys.stdout.flush()
            print(line, file=sys.stderr)

    def _expand(self, files: list[str]) -> list[str]:
        """The files themselves and those in the folders given."""
        from taizhang.capture import expand

        chosen = expand(files)
        for problem in chosen.problems:
            self._refuse(problem)
        if chosen.skipped:
            self.complain(say(self._lang, "skipped", n=len(chosen.skipped)))
        return [str(path) for path in chosen]

    def _one(self, name: str, work: Work) -> Outcome:
        from taizhang.capture import load
        from taizhang.capture.refusals import shown

        try:
            source = load(name)
            for chinese, english in source.warnings:
                self.complain(say(self._lang, "file", name=source.name) + (english if self._lang == "en" else chinese))
            return work(source)
        except InputError as error:
            return self._refuse(error.problem)
        except (KeyboardInterrupt, BrokenPipeError):
            raise
        except Exception as error:
            self.complain(fault_line(error, self._lang, shown(name)))
            if self._debug:
                traceback.print_exc()
            return Outcome.FAULT

    def _refuse(self, problem: Problem) -> Outcome:
        self.complain(problem.line(self._lang))
        self.unusable += 1
        return Outcome.UNUSABLE


def fault_line(error: BaseException, lang: str, name: str = "") -> str:
    """One line about a fault of ours, with what its finder should report."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return (say(lang, "file", name=name) if name else "") + say(lang, "fault", what=what, where=where)


class _Bar:
    """A progress bar on standard error, for several files and a terminal only."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._progress: Progress | None = None

    @contextmanager
    def over(self, names: list[str]) -> Iterator[Iterable[str]]:
        if len(names) < 2 or not sys.stderr.isatty():
            yield names
            return
        self._progress = progress = _progress()
        with progress:
            yield self._told(progress, names)
        self._progress = None

    @contextmanager
    def away(self) -> Iterator[None]:
        if self._progress is None:
            yield
            return
        self._progress.stop()
        yield
        self._progress.start()

    def _told(self, progress: Progress, names: list[str]) -> Iterator[str]:
        task = progress.add_task("", total=len(names))
        for name in names:
            progress.update(task, description=say(self._lang, "reading", name=Path(name).name))
            yield name
            progress.advance(task)


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
