"""The book a text is checked beside: opened once for all files of a command, and only where one is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from taizhang.cli.files import write_whole
from taizhang.core import Story

if TYPE_CHECKING:
    from taizhang.claims.matching import Judgement, Verdict

Judge = Callable[[Sequence[Story]], "Judgement | None"]


@dataclass(frozen=True, slots=True)
class Beside:
    """Which book, as whom, the day of the text where it does not say, where drafts of indicators are written, and in which language one is told."""

    book: Path | None = None
    login: str | None = None
    day: date | None = None
    draft: Path | None = None
    lang: str = "zh"

    @contextmanager
    def judge(self) -> Iterator[Judge]:
        """What gives the verdicts on stories; None of them without a book. InputError where the book cannot be opened."""
        if self.book is None:
            yield lambda _: None
            return
        from taizhang.cli.book_call import say_brought_up
        from taizhang.cli.book_troubles import as_trouble

        with as_trouble():
            from taizhang.acts.desk import open_desk
            from taizhang.claims import matching

            desk = open_desk(self.book, self.login)
            say_brought_up(desk, self.lang)
        try:
            opened = matching.OpenBook(desk.book, desk.scope)
            found: list[Verdict] = []

            def judge(stories: Sequence[Story]) -> Judgement:
                judgement = matching.judge(stories, opened, self.day)
                found.extend(judgement.verdicts)
                return judgement

            yield judge
            if self.draft and (told := matching.drafts(found)):
                write_whole(self.draft, told)
        finally:
            desk.close()

