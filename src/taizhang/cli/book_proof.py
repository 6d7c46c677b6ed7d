"""Proof: the book against itself, checkpoints, proofs of entries, the blind export."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from taizhang.cli.batch import Outcome
from taizhang.cli.book_call import Call, command, group
from taizhang.cli.book_progress import counting
from taizhang.cli.book_words import PANEL
from taizhang.cli.usage import trouble

app = group()

Uids = Annotated[
    list[str], typer.Argument(metavar="UID…", help="第几条，或识别码 · numbers of entries, or their uids", show_default=False)
]
Blind = Annotated[bool, typer.Option("--blind", help="个人信息只留密文 · personal values as commitments only")]
Target = Annotated[Path, typer.Argument(metavar="FILE", help="写到哪里 · where to", show_default=False)]


@command(app, "verify", rich_help_panel=PANEL["keep"])
def verify(call: Call) -> Outcome:
    """核验全账：条目、树、指纹、结存 · read the whole book and name every problem; exit 1 where there is one."""
    from taizhang.acts.repairing import verify as verifying
    from taizhang.ledger import fingerprint

    started = time.monotonic()
    with call.desk() as desk, counting(call, "verifying", desk.book.size) as tell:
        found = verifying(desk, tell)
    if call.as_json:
        told = {"entries": found.entries, "root": found.root.hex(), "checkpoints": found.checkpoints}
        call.json({**told, "problems": [call.problem(p) for p in found.problems]})
    else:
        for problem in found.problems:
            call.screen.line((problem.line(call.lang), "contradiction"), hang=2)
        key = "verify bad" if found.problems else "verify good"
        words = call.tell(key, entries=f"{found.entries:,}", checkpoints=f"{found.checkpoints:,}", problems=len(found.problems))
        call.screen.line((words, "strong"), (call.tell("seconds", n=f"{time.monotonic() - started:.1f}"), "faint"))
        call.screen.line((call.tell("fingerprint", words=fingerprint(found.root)), "faint"))
    return Outcome.CONTRADICTED if found.problems else Outcome.CLEAR


@command(app, "rebuild", rich_help_panel=PANEL["keep"])
def rebuild(call: Call) -> None:
    """由条目重建名录、结存、借出 · make records, balances and loans anew from the entries."""
    from taizhang.acts.repairing import rebuild as rebuilding

    with call.desk() as desk, counting(call, "rebuilding", desk.book.size) as tell:
        count = rebuilding(desk, tell)
    if call.as_json:
        call.json({"entries": count})
    else:
        call.screen.line((call.tell("rebuilt", n=f"{count:,}"), "strong"))


@command(app, "checkpoint", rich_help_panel=PANEL["keep"])
def checkpoint(call: Call) -> None:
    """指纹：为此刻的账本签名 · sign the book as it stands, and print its fingerprint."""
    from taizhang.acts.proving import checkpoint as signing
    from taizhang.ledger import fingerprint

    with call.desk() as desk:
        text = signing(desk)
        last = desk.book.last_checkpoint()
    printed = fingerprint(last[0].root) if last else ""
    if call.as_json:
        call.json({"text": text, "fingerprint": printed, "size": last[0].size if last else 0})
        return
    call.screen.line((call.tell("fingerprint", words=printed), "strong"))
    call.screen.gap()
    for line in text.splitlines():
        call.screen.row((line, "plain"))


@command(app, "key", rich_help_panel=PANEL["keep"])
def key(call: Call) -> None:
    """公钥：交给核验的人 · the public key of the checkpoints, as a line to hand out."""
    with call.desk() as desk:
        line = desk.book.verifier_key
    call.json({"key": line}) if call.as_json else call.screen.row((line, "plain"))


@command(app, "prove", rich_help_panel=PANEL["keep"])
def prove(call: Call, uids: Uids) -> None:
    """凭据：这些条目在账本里 · a proof that these entries stand in the book, to standard output: > proof.json."""
    from taizhang.acts.choosing import entries_of_words
    from taizhang.acts.proving import prove as proving

    with call.desk() as desk:
        lines = entries_of_words(desk, uids)
        proof = proving(desk, list(dict.fromkeys(line.entry.uid for line in lines)))
    sys.stdout.write(proof.decode("utf-8").rstrip("\n") + "\n")


@command(app, "export", rich_help_panel=PANEL["keep"])
def export(call: Call, target: Target, blind: Blind = False) -> None:
    """导出全部条目，供人重算 · all entries, personal values blind, for anybody to replay."""
    from taizhang.acts.proving import export_blind

    if not blind:
        raise trouble("usage blind")
    with call.desk() as desk:
        count = export_blind(desk, target)
    if call.as_json:
        call.json({"entries": count, "file": str(target), "checkpoint": f"{target}.checkpoint"})
    else:
        call.screen.line((call.tell("exported", n=f"{count:,}", path=target), "strong"))
        call.screen.line((call.tell("exported next", path=target), "faint"))
