"""What the commands do: load, work, and say or write the result."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taizhang.cli.batch import Batch, Outcome
from taizhang.cli.beside import Beside
from taizhang.cli.screen import Screen
from taizhang.cli.words import say

if TYPE_CHECKING:
    from taizhang.capture import Source
    from taizhang.cli.checked import Checked


def read(files: list[str], lang: str, *, as_json: bool, verbose: bool, debug: bool) -> Outcome:
    """Every quantity of every file."""
    from taizhang import text
    from taizhang.cli import show_read

    batch, out = Batch(files, lang, debug), _Out()

    def work(source: Source) -> Outcome:
        stories = list(text.stories(source.text))
        with batch.away():
            if as_json:
                out.objects((q.as_json() for s in stories for q in s.quantities), source, batch)
            else:
                show_read.show(stories, source.text, source.name, out.next_part(), lang, verbose)
        return Outcome.CLEAR

    return batch.run(work)


def mend(file: str, lang: str, *, as_json: bool, verbose: bool, debug: bool) -> Outcome:
    """The articles of one page."""
    from taizhang import text
    from taizhang.cli import show_mend

    def work(source: Source) -> Outcome:
        page = text.mend(source.text)
        if as_json:
            _print_json(page.as_json(source.text))
        else:
            show_mend.show(page, source.text, source.name, Screen.standard(), lang, verbose)
        return Outcome.CLEAR

    return Batch([file], lang, debug).run(work)


def check(files: list[str], lang: str, *, as_json: bool, verbose: bool, debug: bool, beside: Beside) -> Outcome:
    """What cannot all be right in every file; beside a book, what it says of each figure."""
    from taizhang.cli import checked, show_check

    batch, out = Batch(files, lang, debug), _Out()
    with beside.judge() as judge:

        def work(source: Source) -> Outcome:
            result = checked.check(source, judge)
            with batch.away():
                if as_json:
                    out.objects(result.as_json(lang), source, batch)
                else:
                    show_check.show(result, out.next_part(), lang, verbose)
            return _outcome(result)

        return batch.run(work)


def report(files: list[str], target: Path, lang: str, *, debug: bool, beside: Beside) -> Outcome:
    """One report over every file, written to `target`."""
    from taizhang.cli import checked
    from taizhang.cli.files import require_target, write_whole
    from taizhang.cli.report import html
    from taizhang.cli.show_check import show_summary

    batch = Batch(files, lang, debug)
    require_target(target, batch.names)
    results: list[Checked] = []

    with beside.judge() as judge:

        def work(source: Source) -> Outcome:
            results.append(checked.check(source, judge))
            with batch.away():
                show_summary(results[-1], Screen.standard(), lang)
            return _outcome(results[-1])

        outcome = batch.run(work)
    if results:
        write_whole(target, html(results, lang))
        Screen.standard().line(say(lang, "written", path=target))
    return outcome


def _outcome(result: Checked) -> Outcome:
    return Outcome.CONTRADICTED if result.counts["contradiction"] or result.differs else Outcome.CLEAR


class _Out:
    """Standard output over several files: JSON lines, or parts set apart by an empty line."""

    def __init__(self) -> None:
        self._screen = Screen.standard()
        self._parts = 0

    def next_part(self) -> Screen:
        """The screen, after a gap unless this is the first file."""
        if self._parts:
            self._screen.gap()
        self._parts += 1
        return self._screen

    def objects(self, rows: Any, source: Source, batch: Batch) -> None:
        """One object a line; of several files each names its file."""
        for row in rows:
            _print_json({"file": source.name, **row} if batch.is_many else row)


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
