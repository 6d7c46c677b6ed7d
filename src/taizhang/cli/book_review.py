"""Reviewing: what waits, accepting it, returning it with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from taizhang.cli.batch import Outcome
from taizhang.cli.book_call import Call, command, group, number_of, one_of
from taizhang.cli.book_entries import summary, whole
from taizhang.cli.book_show import Reveal
from taizhang.cli.book_table import Column, Line, table
from taizhang.cli.book_values import Shown
from taizhang.cli.book_words import PANEL
from taizhang.cli.usage import Group

if TYPE_CHECKING:
    from taizhang.acts.posting import Answer
    from taizhang.acts.reviewing import Submission
    from taizhang.core import Entry, Value

    Opened = Mapping[str, Mapping[str, Value]]


class _Listing(Group):
    """`review` alone lists what waits."""

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        if not args or (args[0].startswith("-") and args[0] != "--help"):
            args = ["list", *args]
        return super().parse_args(ctx, args)


app = group()
review = group(help="审核 · review", cls=_Listing)
app.add_typer(review, name="review", rich_help_panel=PANEL["write"])

Mine = Annotated[bool, typer.Option("--mine", help="我报的，而不是等我审的 · what I proposed, not what I may review")]
State = Annotated[
    str,
    typer.Option(
        "--state",
        parser=one_of("waiting", "accepted", "returned"),
        metavar="waiting|accepted|returned",
        help="待审、已接受或已退回 · in which state",
    ),
]
Number = Annotated[int, typer.Argument(metavar="N", parser=number_of, help="待审号 · number", show_default=False)]
Numbers = Annotated[list[int] | None, typer.Argument(metavar="N…", parser=number_of, help="待审号 · numbers", show_default=False)]
All = Annotated[bool, typer.Option("--all", help="全部待我审的 · all that waits for me")]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="退回的原因 · the reason", show_default=False)]


Mend = Annotated[
    Path | None,
    typer.Option("--mend", metavar="FILE.csv", help="退回的写成一份待改的表 · what came back as a file to mend", show_default=False),
]
OfType = Annotated[
    str | None, typer.Option("--type", metavar="TYPE", help="只看这一类条目 · only of this type of entry", show_default=False)
]



@command(review, "list")
def listing(
    call: Call, mine: Mine = False, state: State = "waiting", of_type: OfType = None, mend: Mend = None, reveal: Reveal = False
) -> None:
    """待审的条目 · what waits for you."""
    from taizhang.acts.choosing import type_of
    from taizhang.acts.revealing import reveal_waiting
    from taizhang.acts.reviewing import waiting
    from taizhang.cli.book_mend import write
    from taizhang.cli.usage import trouble

    if mend is not None and not (mine and state == "returned"):
        raise trouble("usage mend")
    with call.desk() as desk:
        wanted = type_of(desk, of_type) if of_type else None
        found = [one for one in waiting(desk, state=state, mine=mine) if wanted in (None, one.type)]
        if mend is not None and found:
            write(call, desk, found, mend)
            return
        shown, opened = Shown(call, desk), reveal_waiting(desk, found) if reveal else {}
        if call.as_json:
            for one in found:
                call.json(_told(one, shown) | ({"opened": [opened.get(entry.uid, {}) for entry in one.entries]} if reveal else {}))
            return
        if not found:
            call.screen.line(call.tell("none waiting" if state == "waiting" and not mine else "none of those"))
            back = len(waiting(desk, state="returned", mine=True)) if state == "waiting" else 0
            if back:
                call.screen.line((call.tell("some returned", n=back), "faint"))
            return
        heads = ("submission", "day", "title", "place", "proposed by", "proposed at", "why")
        columns = [Column(call.tell(f"head {h}"), right=h == "submission", cut=h == "why") for h in heads]
        table(call.screen, columns, (_row(one, shown, opened) for one in found))
        if state == "waiting" and not mine:
            call.screen.gap()
            call.screen.line((call.tell("review next"), "faint"))


def _row(one: Submission, shown: Shown, opened: Opened) -> Line:
    last = one.entries[-1]
    title = shown.type(one.type) if last.kind != "strike" else shown.call.tell("strike of", title=shown.type(one.type))
    if len(one.entries) > 1:
        title = shown.call.tell("strike and again", title=shown.type(one.type))
    proposer = shown.user(one.proposed_by)
    cells = (str(one.number), str(last.day), title, shown.place(one.place), proposer, shown.moment(one.proposed_at), one.why or "")
    return Line(cells, below="　".join(_said(entry, shown, opened.get(entry.uid)) for entry in one.entries))


def _said(entry: Entry, shown: Shown, opened: Mapping[str, Value] | None) -> str:
    """What an entry says; of a strike what it would withdraw, for that is what the reviewer judges."""
    if entry.kind != "strike":
        return whole(shown, entry, opened)
    struck = shown.desk.reader.entry(entry.strikes or "")
    number = shown.call.tell("number", n=f"{struck.seq:,}") if struck else entry.strikes or ""
    return shown.call.tell("would strike", number=number, what=whole(shown, struck.entry) if struck else "", why=summary(shown, entry, opened))


def _told(one: Submission, shown: Shown) -> dict[str, object]:
    return {
        "number": one.number,
        "type": one.type,
        "uid": one.uid,
        "place": one.place,
        "level": one.level,
        "entries": len(one.entries),
        "proposed_by": shown.user(one.proposed_by),
        "proposed_at": one.proposed_at,
        "state": one.state,
        "why": one.why,
    }


@command(review, "accept")
def accept(call: Call, numbers: Numbers = None, everything: All = False) -> Outcome:
    """接受 · accept."""
    from taizhang.acts.reviewing import accept as accepting
    from taizhang.acts.reviewing import waiting
    from taizhang.cli.usage import trouble

    if bool(numbers) == everything:
        raise trouble("usage which")
    with call.desk() as desk:
        chosen = [one.number for one in waiting(desk)] if everything else list(dict.fromkeys(numbers or ()))
        return _answers(call, "accepted", chosen, accepting(desk, chosen))


@command(review, "return")
def give_back(call: Call, number: Number, why: Why) -> Outcome:
    """退回，写明原因 · return, with the reason."""
    from taizhang.acts.reviewing import give_back as returning

    with call.desk() as desk:
        return _answers(call, "returned", [number], [returning(desk, number, why)])


def _answers(call: Call, key: str, numbers: Sequence[int], answers: Sequence[Answer]) -> Outcome:
    good = 0
    for number, one in zip(numbers, answers, strict=True):
        bad = one.what not in ("ok", "exists")
        good += not bad
        if call.as_json:
            call.json(
                {"number": number, "what": one.what, "uid": one.uid, "seq": one.seq, "problems": [call.problem(p) for p in one.problems]}
            )
        for problem in () if call.as_json else one.problems:
            words = problem.line(call.lang)
            call.screen.line(words if problem.where == str(number) else f"{number}　{words}", hang=2)
    if not call.as_json:
        left = len(numbers) - good
        call.screen.line((call.tell(key, n=good), "strong"), call.tell("left waiting", n=left) if left else "")
    return Outcome.CONTRADICTED if good < len(numbers) else Outcome.CLEAR
