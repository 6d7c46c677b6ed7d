"""Figures that were printed: which there are, and which an entry was used for."""

from __future__ import annotations

from typing import Annotated

import typer

from taizhang.cli.batch import Outcome
from taizhang.cli.book_call import Call, command, group
from taizhang.cli.book_words import PANEL

app = group()
frozen = group(help="封存的数：公布过的数 · figures as they were printed")
app.add_typer(frozen, name="frozen", rich_help_panel=PANEL["read"])

Uid = Annotated[str, typer.Argument(metavar="UID", help="条目编号，或第几条 · the uid or number of an entry", show_default=False)]
Label = Annotated[
    str | None, typer.Option("--label", metavar="LABEL", help="只看这一期简报或这一篇 · only those of this bulletin or article", show_default=False)
]


@command(app, "affected", rich_help_panel=PANEL["read"])
def affected(call: Call, uid: Uid) -> Outcome:
    """用过这一条的已公布的数，和它们现在应是多少 · every frozen figure that used an entry, and what it would be now."""
    from taizhang.acts.affected import affected as affecting
    from taizhang.acts.choosing import entries_of_words
    from taizhang.cli import frozen_shown

    with call.desk() as desk:
        (line,) = entries_of_words(desk, [uid])
        return frozen_shown.affected(call, desk, line, affecting(desk, line))


@command(frozen, "list")
def list_(call: Call, label: Label = None) -> Outcome:
    """列出封存的数 · the figures that were printed: what was said, as of which entry, under which fingerprint."""
    from taizhang.acts.freezing import frozen as freezing
    from taizhang.cli import frozen_shown

    with call.desk() as desk:
        return frozen_shown.listed(call, desk, freezing(desk, label))
