"""Proving: checkpoints, proofs of entries, the blind export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from taizhang.acts.barring import need_whole_book
from taizhang.acts.desk import Desk
from taizhang.core import InputError, Problem
from taizhang.ledger.checkpoint import Checkpoint
from taizhang.ledger.proof import ProvedFigure, blind_export, proof_file
from taizhang.ledger.store import among
from taizhang.ledger.tree_store import StoredNodes
from taizhang.ledger.writing import bytes_sql
from taizhang.people import log


def checkpoint(desk: Desk) -> str:
    """Sign the book as it stands; the signed text. InputError for who neither audits nor manages the whole book."""
    path = need_whole_book(desk, "audit", "manage")
    text = desk.book.checkpoint()
    log(desk.scope, "checkpoint", place=path, using=desk.book.alias)
    return text


def prove(desk: Desk, uids: Sequence[str], figure: ProvedFigure | None = None) -> bytes:
    """A proof file that these entries stand in the book; a checkpoint is made where the newest one is older than they.

    InputError names an entry that is not there, or not within the scope.
    """
    lines = desk.reader.entries(uids)
    missing = sorted(set(uids) - {line.entry.uid for line in lines})
    if missing:
        do = ("请核对是第几条。", "Check the uid.")
        raise InputError(Problem(missing[0], "账本里没有这一条", "已记的条目", do[0], "no such entry in the book", "an entry that is there", do[1]))
    return proof_of(desk, [line.seq for line in lines], figure)


def proof_of(desk: Desk, seqs: Sequence[int], figure: ProvedFigure | None = None) -> bytes:
    """As `prove`, for entries by their numbers that are known to be within the scope; of a figure also up to its last entry."""
    signed, text = covering(desk, max([*seqs, figure.as_of if figure else 0], default=0))
    store, number = desk.book.store, desk.book.number
    condition, values = among(store, "seq", seqs)
    rows = store.rows(f"SELECT seq, {bytes_sql(store.dialect)} FROM entry WHERE book = ? AND {condition} ORDER BY seq", [number, values])
    log(desk.scope, "prove", place=desk.reader.path(desk.book.place), detail={"entries": len(rows)}, using=desk.book.alias)
    return proof_file(StoredNodes(store, number, signed.size), text, signed.size, [(seq, bytes(raw)) for seq, raw in rows], figure)


def export_blind(desk: Desk, path: Path) -> int:
    """Write the canonical bytes of all entries up to the newest checkpoint, one a line, and that checkpoint beside them (.checkpoint)."""
    path_of_book = need_whole_book(desk, "audit")
    signed, text = covering(desk, desk.book.size)
    with path.open("wb") as out:
        count = blind_export(_raws(desk, signed.size), out)
    path.with_name(path.name + ".checkpoint").write_text(text, encoding="utf-8")
    log(desk.scope, "export", place=path_of_book, detail={"entries": count}, using=desk.book.alias)
    return count


def covering(desk: Desk, seq: int) -> tuple[Checkpoint, str]:
    """The newest checkpoint, made now where it would not cover `seq`."""
    last = desk.book.last_checkpoint()
    if last is None or last[0].size < seq:
        desk.book.checkpoint()
        last = desk.book.last_checkpoint()
    assert last is not None
    return last


def _raws(desk: Desk, size: int) -> Iterator[bytes]:
    store = desk.book.store
    sql = f"SELECT {bytes_sql(store.dialect)} FROM entry WHERE book = ? AND seq <= ? ORDER BY seq"
    return (bytes(row[0]) for row in store.stream(sql, [desk.book.number, size]))
