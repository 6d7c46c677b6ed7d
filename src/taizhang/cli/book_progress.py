"""How far long work has come: on standard error, on a terminal only, gone when it is done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

    from taizhang.cli.book_call import Call


@contextmanager
def counting(call: Call, key: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Tell how many are done, of `total` where that is known."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with _bar(count=True) as bar:
        task = bar.add_task(call.tell(key), total=total)
        yield lambda done: bar.update(task, completed=done)


@contextmanager
def phases(call: Call) -> Iterator[Callable[[str, int, int], None]]:
    """Tell how far each phase (check, post) has come, of all its bytes."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    with _bar() as bar:
        tasks = {phase: bar.add_task(call.tell(f"phase {phase}"), total=None, visible=False) for phase in ("check", "post")}
        yield lambda phase, done, size: bar.update(tasks[phase], completed=done, total=size, visible=True)


def _bar(count: bool = False) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.theme import Theme

    calm = Theme({f"progress.{part}": "default" for part in ("download", "percentage", "remaining", "elapsed")})
    done = MofNCompleteColumn() if count else TaskProgressColumn()
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(style="dim", complete_style="default", finished_style="default", pulse_style="dim"),
        done,
    )
    return Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True, theme=calm), transient=True)
