"""Asking a book for a figure in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from taizhang.cli.batch import Outcome
from taizhang.cli.book_call import Call, command, group
from taizhang.cli.book_post import day_of
from taizhang.cli.book_words import PANEL
from taizhang.cli.verdict_words import tell

if TYPE_CHECKING:
    from taizhang.claims.matching import Answer

app = group()

QUESTION_HELP = "一句话，如 蓝山县2022年12月发放布洛芬多少片 · a question in Chinese: where, when, how much of what"
Question = Annotated[str, typer.Argument(metavar="QUESTION", help=QUESTION_HELP, show_default=False)]
Day = Annotated[
    str | None,
    typer.Option("--date", metavar="DAY", help="问的那一天，去年、上月据此推算，默认今天 · the day of asking, else today", show_default=False),
]


@command(app, "ask", rich_help_panel=PANEL["read"])
def ask(call: Call, question: Question, day: Day = None) -> Outcome:
    """问数：一句话问账本一个数，答不准的说明缺什么 · a figure asked for in plain words; what cannot be placed is refused with what is missing."""
    with call.desk() as desk:
        from taizhang.claims import matching

        answer = matching.ask(question, matching.OpenBook(desk.book, desk.scope), day_of(day) or desk.today)
        if call.as_json:
            call.json(answer.as_json(call.lang))
        else:
            _show(call, answer)
        return Outcome.UNUSABLE if answer.kind == "refused" else Outcome.CLEAR


def _show(call: Call, answer: Answer) -> None:
    screen, lang = call.screen, call.lang
    why = answer.reason_en if lang == "en" else answer.reason
    screen.line((why if answer.kind != "refused" else tell(lang, "no answer", reason=why), "strong"))
    if answer.figure is not None:
        figure = answer.figure
        screen.line((tell(lang, "figure", title=figure.indicator, version=figure.version, as_of=figure.as_of), "faint"), indent=2)
    elif answer.candidates:
        titles = tell(lang, "list").join(c.title_en if lang == "en" else c.title for c in answer.candidates)
        screen.line((tell(lang, "candidates", titles=titles), "faint"), indent=2)
