"""The steps of a case, posted one after the other; what came otherwise than the case says is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from taizhang.acts.desk import Desk
from taizhang.acts.posting import BAD, Answer, post
from taizhang.acts.reviewing import Submission, accept, give_back, waiting
from taizhang.acts.trial_names import Names
from taizhang.acts.trial_proposals import Proposals
from taizhang.acts.trial_words import Missing, came, not_accepted, not_recognised, not_refused, nothing_waits
from taizhang.core import Entry
from taizhang.ledger.rules import Proposal
from taizhang.packs.naming import spot
from taizhang.packs.problems import PackProblem
from taizhang.packs.reading import Node

REVIEWS = ("接受", "退回")


@dataclass
class Steps:
    """The steps of a case."""

    names: Names

    def problems(self) -> Iterator[PackProblem]:
        """Do every step, and tell what came otherwise."""
        acts = self.names.case.get("steps")
        every = acts.items if acts else ()
        reviewed = {step.word("of") for step in every if step.word("do") in REVIEWS}
        for step in every:
            try:
                yield from self._review(step) if step.word("do") in REVIEWS else self._post(step, step.word("as") in reviewed)
            except Missing as missing:
                yield missing.problem

    @property
    def _desk(self) -> Desk:
        return self.names.desk

    # ---- posting ---------------------------------------------------------------------------------------------------------------

    def _post(self, step: Node, to_be_reviewed: bool) -> Iterator[PackProblem]:
        """A step that a later one accepts or returns is posted by a clerk who reviews nothing; any other is accepted at once."""
        proposal = Proposals(self.names).of(step)
        scope = self._desk.scope.narrowed(roles=("view", "enter")) if to_be_reviewed else self._desk.scope
        answer = self._answer(step, proposal, Desk(self._desk.book, scope, self._desk.today))
        found = self._otherwise(step, answer, "waiting" if to_be_reviewed else "ok")
        if found is not None:
            yield found
        self._remember(step, answer)

    def _answer(self, step: Node, proposal: Proposal, desk: Desk) -> Answer:
        """A step of a later day is done on that day, unless it is refused for being still to come."""
        day, words = self._day(step), step.word("refused")
        if day > desk.today and words is not None:
            early = post(desk, [proposal])[0]
            if _says(early, words):
                return early
        desk.today = self._desk.today = max(desk.today, day)
        return post(desk, [proposal])[0]

    def _day(self, step: Node) -> date:
        day = step.word("day")
        return date.fromisoformat(day) if day else self._desk.today

    def _otherwise(self, step: Node, answer: Answer, wanted: str) -> PackProblem | None:
        words, found = step.word("refused"), came(answer.what, answer.problems)
        if words is not None:
            return None if answer.what in BAD and _says(answer, words) else not_refused(spot(step, "refused"), found, words)
        if step.word("exists") == "true":
            return None if answer.what == "exists" else not_recognised(spot(step, "exists"), found)
        return None if answer.what == wanted else not_accepted(step.at, found, wanted)

    def _remember(self, step: Node, answer: Answer) -> None:
        entries = self._entries(answer)
        restate = step.get("restate")
        if entries:
            self.names.note(step, entries[0])
        if entries and restate:
            self.names.note(restate, entries[-1])

    def _entries(self, answer: Answer) -> tuple[Entry, ...]:
        """The entries of the act that was posted, or that it is known by."""
        if answer.what == "waiting":
            return next((one.entries for one in waiting(self._desk) if one.uid == answer.uid), ())
        if answer.what == "ok":
            lines = self._desk.reader.latest(limit=2)
            act = [line.entry for line in reversed(lines) if answer.seq is not None and line.seq >= answer.seq]
            return tuple(act)
        known = self._desk.reader.entry(answer.uid) if answer.what == "exists" else None
        return (known.entry,) if known else ()

    # ---- reviewing -------------------------------------------------------------------------------------------------------------

    def _review(self, step: Node) -> Iterator[PackProblem]:
        """接受 and 退回: the reviewer's word on a step that waits."""
        found = self._waits(self.names.uid(step))
        if found is None:
            yield nothing_waits(spot(step, "of"), step.word("of") or "")
            return
        self._desk.today = max(self._desk.today, self._day(step))
        is_accepted = step.word("do") == "接受"
        answer = accept(self._desk, [found.number])[0] if is_accepted else give_back(self._desk, found.number, step.word("why") or "")
        otherwise = self._otherwise(step, answer, "ok")
        if otherwise is not None:
            yield otherwise

    def _waits(self, uid: str) -> Submission | None:
        return next((one for one in waiting(self._desk) if one.uid == uid), None)


def _says(answer: Answer, words: str) -> bool:
    return any(words in problem.line() for problem in answer.problems)
