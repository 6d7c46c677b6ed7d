"""The journal: entries appended in acts, each once, in order, with everything that follows from them, in one transaction.

An act is one entry, or a strike with what restates it; it is judged and accepted as a whole. A batch of acts costs little
more than its rows; a single entry is a batch of one.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from taizhang.core import Entry
from taizhang.ledger.balances import Holdings, Move, Short
from taizhang.ledger.batches import Block, Ready, apart, block_of
from taizhang.ledger.canonical import NotCanonical, body
from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.columns import Column
from taizhang.ledger.deriving import Deriver
from taizhang.ledger.hashing import SHA256
from taizhang.ledger.installed import NEWEST
from taizhang.ledger.plans import ERASE, INSTALLED, OWN, RENEW, Plans, erased_by, wrong_of_house
from taizhang.ledger.records import ABOUT
from taizhang.ledger.store import FEW, Question, Row, Store, count_anew, sought
from taizhang.ledger.tables import ENTRY, NODE
from taizhang.ledger.together import applied_together
from taizhang.ledger.tree import Frontier
from taizhang.ledger.writing import READ, Parts, entry_of

Act = Entry | Sequence[Entry]
What = Literal["ok", "exists", "conflict", "erased", "refused"]
SLICE = 2_000
"""So many acts of a batch are judged and written at once."""
KEPT_LEVEL = 8
"""Complete subtrees of 2⁸ leaves and more have their hash kept; below, it is made from the leaves."""
_NOTHING: Holdings = MappingProxyType({})


class Refusal(NamedTuple):
    """Why an act is not accepted: a word for the program, the entry, and what was found."""

    why: Literal["form", "type", "short", "unknown_strike", "struck_already", "strikes_a_strike", "itself"]
    entry: Entry
    short: Short | None = None
    text: str = ""


class Outcome(NamedTuple):
    """What became of an act: `ok` means accepted and, once the transaction is committed, durable; `seq` is its first entry's."""

    what: What
    uid: str
    seq: int | None = None
    refusal: Refusal | None = None


class Refused(Exception):
    """Some acts of a batch that was to be appended whole cannot be; nothing of it was."""

    def __init__(self, outcomes: list[Outcome]) -> None:
        self.outcomes = outcomes
        super().__init__(f"{sum(o.what in ('refused', 'conflict') for o in outcomes)} of {len(outcomes)} acts cannot be appended")


class Journal:
    """The journal of one book (its number in the database) over a store; one instance serves one thread, and alone within a transaction."""

    def __init__(self, store: Store, book: int, catalogue: Catalogue) -> None:
        self.store, self.book, self.catalogue = store, book, catalogue
        self.plans = Plans(catalogue)
        self._end: End | None = None

    def append(self, acts: Sequence[Act], *, partly: bool = False) -> list[Outcome]:
        """Append acts in order, each accepted, recognised or refused as a whole; the outcomes in the same order.

        Without `partly` one refusal or conflict refuses the batch with Refused. Within a surrounding transaction of the
        store the entries become durable when that is committed.
        """
        with self.store.transaction(savepoint=not partly), _without_collecting():
            writing = _Writing(self)
            self._end = None  # not known again until all is written
            outcomes = writing.append(acts)
            if not partly and any(o.what in ("refused", "conflict") for o in outcomes):
                raise Refused(outcomes)
            self._end = writing.finish()
        return outcomes

    @property
    def size(self) -> int:
        """How many entries there are; who holds the book knows it and does not ask."""
        if self._end is not None and self._end.holds(self.store.within()):
            return self._end.frontier.size
        return int(self.store.rows("SELECT size FROM book WHERE id = ?", [self.book])[0][0])

    def lock(self, *also: Question) -> list[list[Row]]:
        """Hold the book until the transaction ends; the answers to other questions, asked with it when it is held.

        Where the journal ends is asked anew only if somebody else has written since this one knew it.
        """
        within = self.store.within()
        if self._end is not None and self._end.holds(within):
            return self.store.answers(also) if also else []
        lock = "SELECT size, tops FROM book WHERE id = ?" + (" FOR UPDATE" if self.store.dialect == "postgres" else "")
        ((size, tops),), *answers = self.store.answers([(lock, [self.book]), *also])
        known = self._end
        if known is not None and (known.frontier.size, known.tops) == (size, bytes(tops)):
            self._end = known._replace(within=within, held=_NOTHING)
        else:
            self._end = self._found(within, size, bytes(tops))
        return answers

    def _found(self, within: tuple[object, ...], size: int, tops: bytes) -> End:
        """The end of a journal that others may have written to."""
        newest = "SELECT max(uid) FROM entry WHERE book = ?"
        ((uid,),), ((packs,),) = self.store.answers([(newest, [self.book]), (NEWEST, [self.book])])
        return End(within, _frontier(size, tops), tops, uid or "", packs)

    def foresaw(self, held: Holdings) -> None:
        """What accounts hold, read since the book is held: the next batch need not ask."""
        if held:
            self._end = self.end()._replace(held=held)

    def end(self) -> End:
        """Hold the book: where it ends."""
        self.lock()
        assert self._end is not None
        return self._end

    def locked(self) -> Frontier:
        """Hold the book: its tree as it stands."""
        return self.end().frontier.copy()

    @property
    def packs(self) -> int:
        """Hold the book: what `installed.newest` tells."""
        return self.end().packs


class End(NamedTuple):
    """Where a journal ends, as it was seen within open transactions: nobody else adds to it until they end.

    The tops of its tree, as the book's row keeps them, follow from every entry. While they are the same, so is the greatest id,
    and no version of a pack was installed, since that is an entry too. What was read of accounts (`held`) is true within these
    transactions, until entries are appended.
    """

    within: tuple[object, ...]
    frontier: Frontier
    tops: bytes
    newest: str
    packs: int
    held: Holdings = _NOTHING

    def holds(self, within: tuple[object, ...]) -> bool:
        """Whether it can be relied on: none of the transactions it was seen in has ended."""
        return bool(self.within) and within[: len(self.within)] == self.within


class _Writing:
    """One batch within a transaction."""

    def __init__(self, journal: Journal) -> None:
        self._journal, self._store, self._book = journal, journal.store, journal.book
        end = journal.end()
        self._frontier, self._newest, self._packs = end.frontier.copy(), end.newest, end.packs
        self._seq = self._before = self._frontier.size
        self._installs = False
        self._parts: list[Parts] = []
        self._raws: list[bytes] = []
        self._deriver = Deriver(self._store, self._book, journal.catalogue, journal.plans, self._write)
        self._known: dict[str, Entry | None] = {}
        self._deriver.balances.foresaw(end.held)

    def append(self, acts: Sequence[Act]) -> list[Outcome]:
        """Judge acts in order, a slice at a time: what they need stays near the processor, and memory does not grow."""
        outcomes: list[Outcome] = []
        for start in range(0, len(acts), SLICE):
            outcomes += self._some(acts[start : start + SLICE])
        return outcomes

    def _some(self, acts: Sequence[Act]) -> list[Outcome]:
        single = [act for act in acts if isinstance(act, Entry)]
        entries = single if len(single) == len(acts) else [entry for act in acts for entry in _all_of(act)]
        block = block_of(entries)
        ones = apart(entries) if block is None else []
        sound = entries if block else [entry for entry, one in zip(entries, ones, strict=True) if isinstance(one, Ready)]
        self._recognise([entry.uid for entry in sound])
        self._deriver.load(sound)
        if block and entries is single and self._is_taken(entries, block):
            return _accepted(block.columns[0], self._seq - len(entries) + 1)
        coming = iter(block.apart() if block else ones)
        return [self._one(act, [next(coming) for _ in act]) for act in map(_all_of, acts)]

    def _is_taken(self, entries: list[Entry], block: Block) -> bool:
        """Accept single entries all at once, where they are new and none has to be judged closely."""
        uids = set(block.columns[0])
        if len(uids) < len(entries) or not self._known.keys().isdisjoint(uids):
            return False
        self._write()
        if not applied_together(self._deriver, self._seq + 1, entries, block.columns):
            return False
        self._seq += len(entries)
        self._enter(block.columns, block.raws)
        return True

    def finish(self) -> End | None:
        """Write what is held back, and how far the book has grown. Where it ends now; not known where a pack was installed."""
        with self._store.at_once() if len(self._parts) <= FEW else nullcontext():
            self._write()
            self._deriver.flush()
            tops = b"".join(self._frontier.tops)
            self._store.run("UPDATE book SET size = ?, tops = ? WHERE id = ?", [self._seq, tops, self._book])
            count_anew(self._store, self._before, self._seq)
        return None if self._installs else End(self._store.within(), self._frontier, tops, self._newest, self._packs)

    def _recognise(self, uids: list[str]) -> None:
        """Which of these ids the journal knows; ids greater than all of its own are new without looking."""
        old = [uid for uid in uids if uid <= self._newest]
        self._newest = max([self._newest, *uids])
        if old:
            rows = self._store.rows(*sought(self._store, READ, "entry WHERE book = ?", [self._book], "uid", old))
            self._known.update((entry.uid, entry) for entry in map(entry_of, rows))

    def _one(self, act: tuple[Entry, ...], prepared: list[Ready | NotCanonical]) -> Outcome:
        entry, one = act[0], prepared[0]
        if len(act) == 1 and isinstance(one, Ready) and entry.kind != "transfer" and entry.uid not in self._known:
            plan = self._deriver.plans[entry.type]
            if plan is not None and plan.form == entry.kind and entry.type not in OWN:
                return self._take(entry, one)
        return self._judged(act, prepared)

    def _judged(self, act: tuple[Entry, ...], prepared: list[Ready | NotCanonical]) -> Outcome:
        try:
            sound = [_whole(entry, one) for entry, one in zip(act, prepared, strict=True)]
            if (seen := self._seen(act)) is not None:
                return seen
            for entry in act:
                self._check(entry)
            struck = [self._withdrawn(entry) for entry in act]
            _check_apart(act)
            self._check_floor(act[0], [self._deriver.moves(entry, one) for entry, one in zip(act, struck, strict=True)])
        except _No as no:
            return Outcome("refused", act[0].uid, None, no.refusal)
        self._installs = self._installs or any(entry.type == INSTALLED for entry in act)
        taken = [self._take(entry, one) for entry, one in zip(act, sound, strict=True)]
        return taken[0]

    def _take(self, entry: Entry, prepared: Ready) -> Outcome:
        """Give an accepted entry its seq, and apply it."""
        self._seq = seq = self._seq + 1
        self._parts.append(prepared.parts)
        self._raws.append(prepared.raw)
        self._known[entry.uid] = entry
        self._deriver.apply(seq, entry)
        return Outcome("ok", entry.uid, seq)

    def _check_floor(self, entry: Entry, moves: list[list[Move]]) -> None:
        together = moves[0] if len(moves) == 1 else [move for some in moves for move in some]
        if not together:
            return
        if not self._deriver.balances.hold(together):
            raise _No(Refusal("form", entry, text="quantity: more than an account can hold"))
        if found := self._deriver.balances.judge(together):
            raise _No(Refusal("short", entry, found[0]))

    def _seen(self, act: tuple[Entry, ...]) -> Outcome | None:
        """What is known of an act that was delivered before, in whole or in part."""
        for entry in act:
            known = self._known.get(entry.uid)
            if known is not None and not _says_the_same(known, entry):
                return Outcome("erased" if self._is_erased(known) else "conflict", entry.uid)
        there = [entry.uid in self._known for entry in act]
        if all(there):
            return Outcome("exists", act[0].uid)
        return Outcome("conflict", act[0].uid) if any(there) else None

    def _is_erased(self, known: Entry) -> bool:
        """Whether the key of what is sealed in an entry was destroyed: the key of its record, or its own."""
        own = {known.record, known.uid} if known.sealed else set()
        return bool(own) and any(own.intersection(erased_by(entry.data)) for entry in self._erasures(self._about(known)))

    def _about(self, known: Entry) -> set[str]:
        """Whose erasure may take an entry along: its record's, its own, that of whom its fields name, of what it strikes."""
        named = [known.data.get(name) for name in self._deriver.plans.refs(known.type)]
        found = {known.uid, *(name for name in (known.record, *named) if isinstance(name, str))}
        struck = self._deriver.entry(known.strikes) if known.strikes else None
        return found | self._about(struck[1]) if struck else found

    def _erasures(self, records: Iterable[str]) -> Iterator[Entry]:
        for record in records:
            rows = self._store.rows(ABOUT, [self._book, self._book, self._book, record])
            yield from (entry for entry in (entry_of(row[1:-1]) for row in rows) if entry.type == ERASE)

    def _check(self, entry: Entry) -> None:
        plan = self._deriver.plans[entry.type]
        if plan is None:
            raise _No(Refusal("type", entry, text=entry.type))
        if entry.kind not in (plan.form, "strike"):
            raise _No(Refusal("type", entry, text=f"{entry.type} is a {plan.form}, no {entry.kind}"))
        if entry.kind == "transfer":
            _check_transfer(entry)
        elif entry.kind == "event" and (wrong := wrong_of_house(entry)):
            raise _No(Refusal("form", entry, text=wrong))

    def _withdrawn(self, entry: Entry) -> Entry | None:
        """The entry a strike withdraws."""
        if entry.kind != "strike":
            return None
        found = self._deriver.entry(entry.strikes or "")
        if found is None:
            raise _No(Refusal("unknown_strike", entry))
        if found[1].kind == "strike":
            raise _No(Refusal("strikes_a_strike", entry))
        if found[2] is not None:
            raise _No(Refusal("struck_already", entry))
        if found[1].type != entry.type:
            raise _No(Refusal("type", entry, text=f"the strike of a {found[1].type} is of that type, not {entry.type}"))
        if entry.type in OWN and entry.type != RENEW:
            raise _No(Refusal("type", entry, text=f"{entry.type} is not withdrawn"))
        return found[1]

    def _write(self) -> None:
        """Write the entries that are held back, and the nodes they complete."""
        if not self._parts:
            return
        self._enter(list(zip(*self._parts, strict=True)), self._raws)
        self._parts, self._raws = [], []

    def _enter(self, columns: Sequence[Column], raws: Sequence[bytes]) -> None:
        """Write entries behind the last, given as columns and bytes, and the nodes they complete."""
        leaves, first = SHA256.leaves(raws), self._frontier.size + 1
        columns = [[self._book] * len(raws), range(first, first + len(raws)), *columns, leaves]
        self._store.insert_columns(ENTRY, columns)
        nodes: list[tuple[int, int, int, bytes]] = []
        self._frontier.extend(leaves, lambda level, first, hashes: nodes.extend(_kept(self._book, level, first, hashes)))
        if nodes:
            self._store.insert("node", NODE.columns, nodes)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """A batch makes many objects and no circles: looking for circles in between would cost a third of its time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _No(Exception):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.why)
        self.refusal = refusal


def _frontier(size: int, tops: bytes) -> Frontier:
    return Frontier(size, [tops[i : i + SHA256.size] for i in range(0, len(tops), SHA256.size)])


def _whole(entry: Entry, prepared: Ready | NotCanonical) -> Ready:
    if isinstance(prepared, NotCanonical):
        raise _No(Refusal("form", entry, text=str(prepared)))
    return prepared


def _check_apart(act: tuple[Entry, ...]) -> None:
    """No id twice in an act, and nothing struck twice."""
    if len(act) == 1:
        return
    if len({entry.uid for entry in act}) < len(act):
        raise _No(Refusal("form", act[0], text="uid: the same one twice in one act"))
    strikes = [entry.strikes for entry in act if entry.kind == "strike"]
    if len(set(strikes)) < len(strikes):
        raise _No(Refusal("struck_already", act[0]))


def _check_transfer(entry: Entry) -> None:
    if entry.source == entry.target:
        raise _No(Refusal("itself", entry))
    if (entry.quantity or 0) < 1:
        raise _No(Refusal("form", entry, text=f"quantity: {entry.quantity} moves nothing forward; 1 or more"))


def _all_of(act: Act) -> tuple[Entry, ...]:
    return (act,) if isinstance(act, Entry) else tuple(act)


def _accepted(uids: Sequence[str], first: int) -> list[Outcome]:
    """The outcomes of accepted entries; made as plainly as can be, since there are as many as entries."""
    make: Any = tuple.__new__
    return [make(Outcome, ("ok", uid, seq, None)) for seq, uid in enumerate(uids, first)]


def _kept(book: int, level: int, first: int, hashes: Sequence[bytes]) -> Iterable[tuple[int, int, int, bytes]]:
    return ((book, level, first + i, one) for i, one in enumerate(hashes)) if level >= KEPT_LEVEL else ()


def _says_the_same(known: Entry, entry: Entry) -> bool:
    try:
        return body(known) == body(entry)
    except NotCanonical:
        return False
