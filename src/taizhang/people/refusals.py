"""What is said to whom is refused something, and the frame in which acts on people happen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction

from taizhang.core import EVERY_PROGRAMME, InputError, Problem, Scope, Value
from taizhang.people.logbook import log

Pair = tuple[str, str]


class Refused(InputError):
    """Not done, for these `problems`: all of them, the first being the `problem` of an InputError."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems[0])
        self.problems = tuple(problems)


@dataclass(slots=True)
class Doing:
    """An act under way: what stands against it, and what of it goes into the log."""

    where: str
    programme: str = ""
    place: str = ""
    problems: list[Problem] = field(default_factory=list)
    detail: dict[str, Value] = field(default_factory=dict)

    def need(self, holds: bool, found: Pair, expected: Pair, do: Pair) -> None:
        """Note a problem unless something holds."""
        if not holds:
            self.problems.append(Problem(self.where, found[0], expected[0], do[0], found[1], expected[1], do[1]))

    def settle(self) -> None:
        """Refused, if there were problems."""
        if self.problems:
            raise Refused(self.problems)


@contextmanager
def doing(scope: Scope, act: str, where: str, using: str) -> Iterator[Doing]:
    """One act in one transaction, with its line in the log; a refusal undoes it and is logged after that."""
    it = Doing(where)
    try:
        with transaction.atomic(using=using):
            yield it
            it.settle()
            _log(scope, act, it, None, using)
    except Refused as refused:
        _log(scope, act, it, " ".join(problem.line() for problem in refused.problems), using)
        raise


def _log(scope: Scope, act: str, it: Doing, refused: str | None, using: str) -> None:
    holder = scope.on_behalf_of("manage", it.programme or EVERY_PROGRAMME, it.place)
    log(scope, act, programme=it.programme, place=it.place, on_behalf_of=holder, refused=refused, detail=it.detail, using=using)
