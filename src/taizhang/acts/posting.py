"""Posting: proposals are judged by their packs, and appended or laid before a reviewer, in one transaction with the log."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Literal

from taizhang.acts import reasons, wording
from taizhang.acts.barring import barred, beyond, not_allowed, undrawn
from taizhang.acts.desk import Desk
from taizhang.core import EVERY_PROGRAMME, Entry, Problem, review_role
from taizhang.ledger.canonical import body, decode, encode
from taizhang.ledger.inside import Inside
from taizhang.ledger.journal import Outcome
from taizhang.ledger.keys import Erased
from taizhang.ledger.rules import LEVELS, Judged, Proposal, foreseen, is_stateful, judge, level_of, record_key_of, words
from taizhang.packs.model import Level
from taizhang.people import log

Became = Literal["ok", "waiting", "exists", "repeated", "conflict", "erased", "held", "refused"]
BAD: frozenset[Became] = frozenset(["conflict", "held", "refused"])
Act = tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a proposal: accepted (`ok`, at `seq`), laid before a reviewer (`waiting`), known already, or not taken.

    `held` means that a record it names is not there yet; post it again when that is registered. `repeated` is a row that says
    what an entry of another file (`uid`) says, and was not taken. `returned` is why a reviewer gave it back before.
    """

    what: Became
    uid: str = ""
    seq: int | None = None
    problems: tuple[Problem, ...] = ()
    where: str = ""
    level: Level | None = None
    returned: str | None = None


def post(desk: Desk, proposals: Sequence[Proposal], *, partly: bool = False) -> list[Answer]:
    """Post proposals in order, each as a whole; an answer to each.

    Without `partly` nothing is written when one cannot be taken; the answers then say `refused` only where that is why.
    What is `ok` or `waiting` is durable on return.
    """
    try:
        with desk.book.store.transaction():
            posting = _Posting(desk, proposals)
            answers = posting.run(proposals)
            if not partly and any(answer.what in BAD for answer in answers):
                raise _Undone(answers)
            posting.log(proposals, answers)
    except _Undone as undone:
        answers = undone.answers
        with desk.book.store.transaction():
            posting.log(proposals, answers, refused=True)
    return answers


def post_as_one(desk: Desk, proposals: Sequence[Proposal]) -> Answer:
    """Post several proposals as one act: each is judged as if those before it stood, and all are accepted or none.

    So an entry and the later ones that rest on it are corrected together, where one after the other each would be refused.
    """
    try:
        with desk.book.store.transaction():
            posting = _Posting(desk, proposals)
            answer = posting.as_one(proposals)
            if answer.what in BAD:
                raise _Undone([answer])
            posting.log(proposals, [answer])
    except _Undone as undone:
        (answer,) = undone.answers
        with desk.book.store.transaction():
            posting.log(proposals, [answer], refused=True)
    return answer


class _Undone(Exception):
    def __init__(self, answers: list[Answer]) -> None:
        super().__init__("nothing was written")
        self.answers = answers


class _Tried(Exception):
    """Ends a trial: what it wrote is taken back."""


class _Posting:
    def __init__(self, desk: Desk, proposals: Sequence[Proposal]) -> None:
        self._desk, self._book = desk, desk.book
        # from here on nobody else changes what the rules see, and who may do what
        self._inside: Inside = desk.begin(foreseen(proposals, self._book.catalogue, desk.today))
        self._at = time.time_ns() // 1000
        self._before = self._book.size
        self._entered: set[tuple[str, int]] = set()

    def run(self, proposals: Sequence[Proposal]) -> list[Answer]:
        answers = [answer for run in self._runs(proposals) for answer in self._together(run)]
        held = [i for i, answer in enumerate(answers) if answer.what == "held"]
        for i in held:  # what a row waits for may stand further down
            answers[i] = self._together([proposals[i]])[0]
        return answers

    def as_one(self, proposals: Sequence[Proposal]) -> Answer:
        desk, book, act = self._desk, self._book, list[Entry]()
        with self._inside.supposing() as supposed:
            for proposal in proposals:
                if no := _refusal(barred(desk, proposal), proposal.where):
                    return no
                (one,) = judge(
                    [proposal], supposed.inside, book.catalogue, desk.today, book.origin, desk.place_of, recorded_at=self._at, sees=desk.sees
                )
                answer = self._answered(one, proposal, self._elsewhere([one])) or self._outside(one, beyond(desk, [ready.entry for ready in one.ready]))
                sealed = answer or self._sealed_alone(one)
                if isinstance(sealed, Answer):
                    return sealed
                supposed.take(sealed)
                act += sealed
        waits = self._before_a_reviewer(tuple(act), proposals[0].where)
        return waits or self._of(book.journal.append([act], partly=True)[0], proposals[0].where)

    def _runs(self, proposals: Sequence[Proposal]) -> Iterator[Sequence[Proposal]]:
        """Rows that may be judged together: as many as follow each other and cannot change the verdict on one another."""
        run: list[Proposal] = []
        for proposal in proposals:
            if self._stands_alone(proposal):
                if run:
                    yield run
                yield [proposal]
                run = []
            else:
                run.append(proposal)
        if run:
            yield run

    def _stands_alone(self, proposal: Proposal) -> bool:
        thing = self._book.catalogue.things.get(proposal.type)
        return proposal.kind == "strike" or thing is None or is_stateful(thing, self._book.catalogue)

    def _together(self, run: Sequence[Proposal]) -> list[Answer]:
        desk, book = self._desk, self._book
        answers: list[Answer | None] = [_refusal(barred(desk, proposal), proposal.where) for proposal in run]
        asked = [i for i, answer in enumerate(answers) if answer is None]
        rows = [run[i] for i in asked]
        found = judge(rows, self._inside, book.catalogue, desk.today, book.origin, desk.place_of, recorded_at=self._at, sees=desk.sees)
        judged = dict(zip(asked, found, strict=True))
        outside, elsewhere = beyond(desk, [ready.entry for one in found for ready in one.ready]), self._elsewhere(found)
        for i, one in judged.items():
            answers[i] = self._answered(one, run[i], elsewhere) or self._outside(one, outside)
        acts: dict[int, Act] = {}
        for i, sealed in self._sealed({i: one for i, one in judged.items() if answers[i] is None}).items():
            answers[i] = sealed if isinstance(sealed, Answer) else self._before_a_reviewer(sealed, judged[i].where)
            if answers[i] is None and not isinstance(sealed, Answer):
                acts[i] = sealed
        outcomes = book.journal.append(list(acts.values()), partly=True) if acts else []
        for i, outcome in zip(acts, outcomes, strict=True):
            answers[i] = self._of(outcome, judged[i].where)
        self._inside.forget()
        return [answer for answer in answers if answer is not None]

    def _answered(self, one: Judged, proposal: Proposal, elsewhere: Container[str]) -> Answer | None:
        """What the rules answer already; None for what is ready. Where a record is kept is told to nobody who did not say it."""
        if (one.exists or one.conflict or one.repeats) in elsewhere:  # the same answer whether it says the same: each value could be tried
            return Answer("conflict", problems=_placed([words.recorded_elsewhere()], one.where), where=one.where)
        if one.exists is not None:
            return Answer("erased" if one.erased else "exists", one.exists, where=one.where)
        if one.repeats is not None:
            return Answer("repeated", one.repeats, where=one.where)
        if one.problems:
            what: Became = "conflict" if one.conflict else "held" if one.held else "refused"
            return Answer(what, one.conflict or "", problems=wording.within(self._desk, undrawn(self._desk, one.problems, one.where)), where=one.where)
        for ready in one.ready:
            type_name, place = self._desk.sight.programme_type(ready.entry), ready.entry.place
            if not self._desk.may("enter", type_name, place):
                no = words.no_place() if proposal.place is None and proposal.kind != "strike" else not_allowed(self._desk, type_name, place)
                return Answer("refused", problems=_placed([no], one.where), where=one.where)
            self._entered.add((type_name, place))
        return None

    def _elsewhere(self, found: Iterable[Judged]) -> frozenset[str]:
        """Of the entries that tell the same happenings those that others recorded outside of the scope: their uids."""
        uids = {uid for one in found if (uid := one.exists or one.conflict or one.repeats)}
        if not uids or self._desk.scope.may("view", EVERY_PROGRAMME, self._desk.sight.path(self._book.place)):
            return frozenset()
        unseen = uids - {line.entry.uid for line in self._desk.reader.entries(uids)}
        known = self._inside.entries(unseen).values() if unseen else ()
        return frozenset(entry.uid for entry in known if entry.actor != self._desk.scope.user)

    def _outside(self, one: Judged, outside: Mapping[str, Problem]) -> Answer | None:
        """The refusal of an act that reaches for what is kept elsewhere."""
        problems = tuple(outside[ready.entry.uid] for ready in one.ready if ready.entry.uid in outside)
        return Answer("refused", problems=_placed(problems, one.where), where=one.where) if problems else None

    def _sealed(self, some: dict[int, Judged]) -> dict[int, Act | Answer]:
        """The acts with their personal values sealed, all at once; one by one only where a record among them was erased."""
        try:
            entries = iter(self._book.sealed((ready.entry, ready.personal) for one in some.values() for ready in one.ready))
            return {i: tuple(next(entries) for _ in one.ready) for i, one in some.items()}
        except Erased:
            return {i: self._sealed_alone(one) for i, one in some.items()}

    def _sealed_alone(self, one: Judged) -> Act | Answer:
        """One act; the reason of a strike is sealed by itself where what it withdraws is of an erased record."""
        strike, *rest = one.ready
        ways = [one.ready]
        if strike.entry.kind == "strike":
            ways.append((replace(strike, entry=replace(strike.entry, record=record_key_of(strike.entry.uid))), *rest))
        for way in ways:
            try:
                return tuple(self._book.sealed((ready.entry, ready.personal) for ready in way))
            except Erased:
                continue
        return Answer("erased", strike.entry.uid, where=one.where)

    def _before_a_reviewer(self, act: Act, where: str) -> Answer | None:
        """Lay an act before a reviewer where its pack asks for one and who acts is none; None: it may be appended."""
        level = needed(self._desk, act)
        if level is None:
            return None
        entry = act[0]
        sql = "SELECT id, state, entries, why, proposed_by, type, place FROM submission WHERE book = ? AND uid = ?"
        found = next(iter(self._book.store.rows(sql, [self._book.number, entry.uid])), (0, "", "", None, "", "", 0))
        number, state, lines, why, by, *at = found
        if state == "accepted" or self._inside.entry(entry.uid) is not None:
            return None  # the journal recognises it
        is_seen = by == self._desk.scope.user or (bool(state) and self._desk.may("view", *at))
        if state == "waiting" and not is_seen:
            return Answer("conflict", problems=_placed([words.recorded_elsewhere()], where), where=where)
        if state == "waiting" and not _says_the_same(act, lines):
            return Answer("conflict", entry.uid, problems=(wording.waits_otherwise(number),), where=where)
        returned = None
        if state != "waiting":
            if state == "returned" and is_seen:
                returned = reasons.opened(self._desk, decode(lines.partition("\n")[0].encode()), why) if why else ""
            if against := self._against(act, where):
                return against
            self._lay(act, level)
        return Answer("waiting", entry.uid, where=where, level=level, returned=returned)

    def _against(self, act: Act, where: str) -> Answer | None:
        """What the journal would refuse, no reviewer need look at: a past day made negative. It is tried, and undone."""
        if not any(entry.kind in ("transfer", "strike") for entry in act):
            return None
        answer = None
        with suppress(_Tried), self._book.store.transaction():
            answer = self._of(self._book.journal.append([act], partly=True)[0], where)
            raise _Tried
        return answer if answer is not None and answer.what in BAD else None

    def _lay(self, act: Act, level: Level) -> None:
        entry = act[0]
        lines = "\n".join(encode(one).decode() for one in act)
        self._book.store.run("DELETE FROM submission WHERE book = ? AND uid = ?", [self._book.number, entry.uid])
        self._book.store.run(
            """INSERT INTO submission (book, uid, type, place, day, level, entries, proposed_by, proposed_at, state)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting')""",
            [self._book.number, entry.uid, entry.type, entry.place, entry.day.isoformat(), level, lines, self._desk.scope.user, self._at],
        )

    def _of(self, outcome: Outcome, where: str) -> Answer:
        if outcome.what == "refused" and outcome.refusal is not None:
            return Answer("refused", outcome.uid, problems=wording.refused(self._desk, outcome.refusal), where=where)
        if outcome.what == "conflict":
            return Answer("conflict", outcome.uid, problems=(wording.conflict(self._desk, outcome.uid),), where=where)
        return Answer(outcome.what, outcome.uid, outcome.seq, where=where)

    def log(self, proposals: Sequence[Proposal], answers: Sequence[Answer], refused: bool = False) -> None:
        """One line for what was posted: how many became what, and which entries.

        Not the words of a refusal: they repeat what was typed, perhaps an ID number in a wrong column, and the log is never erased.
        """
        desk, written = self._desk, self._book.size - self._before
        types = sorted({proposal.type for proposal in proposals})
        log(
            desk.scope,
            "post",
            programme=_only({type_name.partition(".")[0] for type_name in types}),
            place=_above([desk.sight.path(place) for _, place in self._entered]) or desk.sight.path(desk.book.place),
            on_behalf_of=desk.holder("enter", self._entered),
            entries=(self._before + 1, written) if written else None,
            refused=next((answer.what for answer in answers if answer.what in BAD), "refused") if refused else None,
            detail={"types": types[:20], **dict(sorted(Counter(answer.what for answer in answers).items()))},
            using=desk.book.alias,
        )


def needed(desk: Desk, act: Act) -> Level | None:
    """Whose acceptance an act still needs: the highest level any of its entries asks for, unless who acts reviews there."""
    levels = {level for entry in act if (level := level_of(entry.type, desk.book.catalogue)) is not None}
    left = [level for level in levels if not all(desk.may(review_role(level), entry.type, entry.place) for entry in act)]
    return max(left, key=LEVELS.index) if left else None


def _refusal(problem: Problem | None, where: str) -> Answer | None:
    """What may not even be judged is refused."""
    return Answer("refused", problems=_placed([problem], where), where=where) if problem else None


def _only(names: Collection[str]) -> str:
    """The one name there is; empty where they are several."""
    return next(iter(names)) if len(names) == 1 else ""


def _above(paths: Sequence[str]) -> str:
    """The lowest place that all these places lie in; empty where there are none."""
    parts = zip(*(path.split("/")[:-1] for path in paths), strict=False)
    return "".join(f"{some[0]}/" for some in takewhile(lambda some: len(set(some)) == 1, parts))


def _placed(problems: Iterable[Problem], where: str) -> tuple[Problem, ...]:
    """With the row they are of."""
    return tuple(replace(problem, where=f"{where} {problem.where}".strip()) for problem in problems)


def _says_the_same(act: Act, lines: str) -> bool:
    """Whether an act is the one that waits already."""
    waits = [decode(line.encode()) for line in lines.split("\n")]
    return len(act) == len(waits) and all(body(one) == body(other) for one, other in zip(act, waits, strict=True))
