"""Whether a book is what was written: every entry against its leaf, the tree, the checkpoints, and all that follows from the entries."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from taizhang.core import Problem
from taizhang.ledger import checkpoint as checkpoints
from taizhang.ledger.canonical import encode
from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.composing import whole_sql
from taizhang.ledger.hashing import SHA256
from taizhang.ledger.journal import KEPT_LEVEL
from taizhang.ledger.rebuild import differences
from taizhang.ledger.snapshot import snapshot
from taizhang.ledger.store import Row, Store
from taizhang.ledger.tree import Frontier
from taizhang.ledger.writing import READ, bytes_sql, entry_of, parts_of

CHUNK = 1 << 11
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Verified:
    """How many entries were read, the root over them, how many checkpoints were found right, and every problem."""

    entries: int
    root: bytes
    checkpoints: int
    problems: tuple[Problem, ...]


def verify(
    store: Store,
    book: int,
    catalogue: Catalogue | None = None,
    public: bytes | None = None,
    progress: Progress = lambda _: None,
    most: int = 100,
    held: Sequence[str] = (),
) -> Verified:
    """Read the whole book; with a catalogue also what follows from it, with a public key the signatures of its checkpoints.

    `held` are signed checkpoints that were kept outside the database: they find what an insider altered who could compute
    everything anew. At most `most` problems are told; nothing is changed. Others go on writing; the verdict is of the size
    the book had at the beginning.
    """
    if catalogue is None:
        return _verified(store, book, _Tree(store, book, public, held), progress, most)
    with snapshot(store) as seen:
        found = _verified(seen.store, book, _Tree(seen.store, book, public, held), progress, most)
        if not found.problems:
            found = replace(found, problems=tuple(_some(differences(seen, book, catalogue, progress), most)))
    return found


def _verified(store: Store, book: int, tree: _Tree, progress: Progress, most: int) -> Verified:
    """The entries, and the tree over them."""
    problems = _some(_entries(store, book, tree, progress), most)
    problems += _some(tree.problems(), most - len(problems))
    return Verified(tree.frontier.size, tree.frontier.root(), tree.checked, tuple(problems))


def _some(found: Iterator[Problem], most: int) -> list[Problem]:
    return [problem for problem, _ in zip(found, range(max(most, 0)), strict=False)]


def _entries(store: Store, book: int, tree: _Tree, progress: Progress) -> Iterator[Problem]:
    """Every entry in order: its bytes put together from its columns, hashed, and compared with its leaf."""
    dialect = store.dialect
    leaf = "CASE WHEN leaf >= x'' THEN leaf END" if dialect == "sqlite" else "leaf"  # a text would not be read as bytes
    sql = f"SELECT seq, {whole_sql(dialect)}, {leaf} FROM entry WHERE book = ? AND seq BETWEEN 1 AND ? ORDER BY seq"
    rows = store.stream(sql, [book, tree.size])
    while chunk := list(islice(rows, CHUNK)):
        yield from _chunk(store, book, tree, chunk)
        progress(tree.frontier.size)
    if tree.last < tree.size:
        yield _problem(f"seq {tree.last + 1}", "没有这一条", f"共 {tree.size} 条", "this entry is missing", f"{tree.size} entries")


def _chunk(store: Store, book: int, tree: _Tree, chunk: list[Row]) -> Iterator[Problem]:
    seqs, raws, stored = map(list, zip(*chunk, strict=True))
    odd = {}
    if type(None) in set(map(type, raws)):
        odd = {seq: _bytes(store, book, seq) for seq, raw in zip(seqs, raws, strict=True) if raw is None}
        raws = [odd[seq] if raw is None else raw for seq, raw in zip(seqs, raws, strict=True)]
    leaves = SHA256.leaves(raws)
    # every seq is looked at: in a damaged file even the rows of an index may stand out of order
    if seqs != list(range(tree.last + 1, tree.last + 1 + len(seqs))) or odd or leaves != stored:
        yield from _closely(store, book, tree.last + 1, seqs, leaves, stored, odd)
    tree.last = seqs[-1]
    tree.grow(leaves)


def _closely(
    store: Store, book: int, expected: int, seqs: list[int], leaves: list[bytes], stored: list[Any], odd: Container[int]
) -> Iterator[Problem]:
    """Name each entry of a chunk that is not as it was written."""
    for seq, leaf, kept in zip(seqs, leaves, stored, strict=True):
        if seq != expected:
            yield _problem(
                f"seq {expected}", f"下一条是 seq {seq}", f"seq {expected}", "an entry is missing or moved", f"seq {expected} after {expected - 1}"
            )
        if leaf != kept or (seq in odd and not _is_whole(store, book, seq, kept)):
            yield _problem(f"seq {seq}", "条目与它的哈希不符", "原来的内容", "the entry does not fit its hash", "the entry as it was written")
        expected = int(seq) + 1


def _bytes(store: Store, book: int, seq: int) -> bytes:
    """What the columns of a row give, right or wrong."""
    raw: bytes | None = store.rows(f"SELECT {bytes_sql(store.dialect)} FROM entry WHERE book = ? AND seq = ?", [book, seq])[0][0]
    return raw or b""


def _is_whole(store: Store, book: int, seq: int, kept: Any) -> bool:
    """Whether a row with strange characters is nevertheless the entry of its leaf, read column by column."""
    row = store.rows(f"SELECT {READ} FROM entry WHERE book = ? AND seq = ?", [book, seq])[0]
    try:
        entry = entry_of(row)
        return SHA256.leaf(encode(entry)) == kept and parts_of(entry) == row
    except (ValueError, TypeError):
        return False


class _Tree:
    """The tree made anew beside what is kept of it: the book's own size and root, the nodes, the checkpoints."""

    def __init__(self, store: Store, book: int, public: bytes | None, held: Sequence[str]) -> None:
        self.frontier = Frontier()
        self.last = self.checked = 0
        self._store, self._book, self._public = store, book, public
        self._wrong: list[Problem] = []
        self._checkpoints = sorted([*self._kept(), *self._held(held)], key=lambda one: one[0])
        self._next = 0
        # One question, so that all of it is of one moment: what others append from now on is left out.
        sql = """SELECT origin, size, tops, (SELECT min(seq) FROM entry WHERE entry.book = book.id),
            (SELECT max(seq) FROM entry WHERE entry.book = book.id), (SELECT count(*) FROM node WHERE node.book = book.id) FROM book WHERE id = ?"""
        self._origin, self.size, self._tops, first, last, nodes = store.rows(sql, [book])[0]
        if (first, last) != ((1, self.size) if self.size else (None, None)):
            self._tell("book", f"{self.size} 条，seq 从 {first} 到 {last}", "一样多", f"{self.size} entries, seq {first} to {last}", "as many")
        if nodes != sum(self.size >> level for level in range(KEPT_LEVEL, 64)):
            self._tell("node", f"{nodes} 个树节点", "由条目算出的", f"{nodes} nodes of the tree", "as many as the entries give")

    def _kept(self) -> Iterator[tuple[int, bytes, str]]:
        """The checkpoints in the book's table."""
        for size, root, text in self._store.rows("SELECT size, root, text FROM checkpoint WHERE book = ?", [self._book]):
            if isinstance(size, int) and size >= 0:
                yield size, root, text
            else:
                self._tell(f"指纹（size {size}）", "没有这样的大小", "0 以上的整数", "no such size", "an integer from 0 up")

    def _held(self, texts: Sequence[str]) -> Iterator[tuple[int, bytes, str]]:
        """Checkpoints from outside, which are believed for their signature alone."""
        for text in texts:
            try:
                read = checkpoints.read(text, self._public or b"")
            except checkpoints.BadCheckpoint as error:
                self._tell("指纹（另存的）", f"不能采信：{error}", "本账本签的指纹", f"cannot be believed: {error}", "a checkpoint this book signed")
            else:
                yield read.size, read.root, text

    def _tell(self, *words: str) -> None:
        self._wrong.append(_problem(*words))

    def grow(self, leaves: list[bytes]) -> None:
        """Add leaves; checkpoints whose size lies among them are compared on the way."""
        start = self.frontier.size
        done = 0
        self._compare()
        while self._next < len(self._checkpoints) and self._checkpoints[self._next][0] <= start + len(leaves):
            upto = self._checkpoints[self._next][0] - start
            self._extend(leaves[done:upto])
            done = upto
            self._compare()
        self._extend(leaves[done:])

    def problems(self) -> Iterator[Problem]:
        """What of the tree is not as it should be."""
        self._compare()
        yield from self._wrong
        for size, _, _ in self._checkpoints[self._next :]:
            yield _problem(
                f"指纹（size {size}）", f"账本只有 {self.frontier.size} 条", f"至少 {size} 条", f"the book has {self.frontier.size} entries", f"{size} at least"
            )
        if self.size != self.frontier.size or self._tops != b"".join(self.frontier.tops):
            yield _problem("book", "账本末尾与条目不符", f"{self.size} 条", "the end of the book does not fit its entries", f"{self.size} entries")

    def _extend(self, leaves: list[bytes]) -> None:
        if leaves:
            self.frontier.extend(leaves, self._nodes)

    def _nodes(self, level: int, first: int, hashes: Any) -> None:
        if level < KEPT_LEVEL or not hashes:
            return
        sql = "SELECT hash FROM node WHERE book = ? AND level = ? AND place BETWEEN ? AND ? ORDER BY place"
        kept = [row[0] for row in self._store.rows(sql, [self._book, level, first, first + len(hashes) - 1])]
        if kept != list(hashes):
            self._tell(f"node {level}/{first}", "存下的树节点不符", "由条目算出的", "a kept node of the tree is wrong", "what the entries give")

    def _compare(self) -> None:
        while self._next < len(self._checkpoints) and self._checkpoints[self._next][0] == self.frontier.size:
            size, root, text = self._checkpoints[self._next]
            self._next += 1
            if root != self.frontier.root() or not self._is_signed(text, size):
                self._tell(f"指纹（size {size}）", "与条目不符", "签名的树根", "the checkpoint does not fit the entries", "the root that was signed")
            else:
                self.checked += 1

    def _is_signed(self, text: str, size: int) -> bool:
        if self._public is None:
            return True
        try:
            read = checkpoints.read(text, self._public)
        except checkpoints.BadCheckpoint:
            return False
        return (read.origin, read.size, read.root) == (self._origin, size, self.frontier.root())


def _problem(where: str, found: str, expected: str, found_en: str, expected_en: str) -> Problem:
    return Problem(
        where, found, expected, "请停止记账，从备份恢复，并查明经过。", found_en, expected_en, "Stop writing, restore a backup, and find out why."
    )
