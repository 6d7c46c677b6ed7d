"""What is wrong with a case that was run: where it stands in its file, what was expected and what came instead."""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.core import Problem
from taizhang.packs.problems import At, PackProblem, Pair, problem

_MEND: Pair = ("请核对这一步，或改正专项。", "Look at this step, or mend the pack.")
_SEEN: Pair = ("请核对用例，或改正专项。", "Look at the case, or mend the pack.")
_BECAME: dict[str, Pair] = {
    "ok": ("已记入", "it was accepted"),
    "waiting": ("已提交，待复核", "it waits for a reviewer"),
    "exists": ("认出是已记过的同一条", "it was recognised as recorded before"),
    "conflict": ("与先记的不一致", "it differs from what was recorded first"),
    "erased": ("所涉对象已抹除", "its record was erased"),
    "held": ("缺少尚未登记的对象", "a record is not registered yet"),
    "refused": ("被拒绝", "it was refused"),
}


class Missing(Exception):
    """A name of the case stands for nothing, since the step that was to make it failed."""

    def __init__(self, found: PackProblem) -> None:
        super().__init__(found.found_en)
        self.problem = found


def pair(text: str) -> Pair:
    """The same in both languages: a number, a name."""
    return (text, text)


def came(what: str, problems: Sequence[Problem] = ()) -> Pair:
    """What became of a step, with every reason."""
    zh, en = _BECAME[what]
    reasons = " / ".join(p.line() for p in problems), " / ".join(p.line("en") for p in problems)
    return (f"{zh}：{reasons[0]}", f"{en}: {reasons[1]}") if problems else (zh, en)


def not_accepted(at: At, found: Pair, wanted: str = "ok") -> PackProblem:
    """A step that was to be accepted (or to wait), and was not."""
    return problem(at, found, _BECAME[wanted], _MEND)


def not_recognised(at: At, found: Pair) -> PackProblem:
    """A step that was to be recognised as recorded before."""
    return problem(at, found, _BECAME["exists"], _MEND)


def not_refused(at: At, found: Pair, words: str) -> PackProblem:
    """A step that was to be refused, or to be refused in other words."""
    return problem(at, found, (f"被拒绝，提示中有“{words}”", f"it is refused, with “{words}” in the message"), _MEND)


def nothing_waits(at: At, label: str) -> PackProblem:
    """A step to be accepted or returned that waits for nobody."""
    found = (f"“{label}”没有待复核", f"“{label}” waits for no reviewer")
    return problem(
        at,
        found,
        ("待复核的一步", "a step that waits"),
        ("请在专项中写 review，或删去这一步。", "Say review in the pack, or drop this step."),
    )


def never_made(at: At, name: str) -> Missing:
    """A record or step whose own step failed."""
    found = (f"“{name}”没有记成", f"“{name}” was never recorded")
    return Missing(
        problem(
            at, found, ("以前记成的一步", "an earlier step that was accepted"), ("请先改正以前的一步。", "Mend the earlier step first.")
        )
    )


def cannot_be(at: At, why: Problem) -> PackProblem:
    """Something the case expects that cannot be read."""
    return problem(at, (why.found, why.found_en), (why.expected, why.expected_en), (why.do, why.do_en))


def holds_nothing(at: At, account: str, item: str) -> PackProblem:
    """An account that never holds such an item."""
    found = (f"{account}不存放{item}", f"{account} does not hold {item}")
    return problem(at, found, ("存放它的账户", "an account that holds it"), _SEEN)


def differs(at: At, what: Pair, got: Pair, wanted: Pair) -> PackProblem:
    """Something that is not what the case says."""
    return problem(at, (f"{what[0]}是 {got[0]}", f"{what[1]} is {got[1]}"), wanted, _SEEN)


def ran_into(at: At, error: Exception) -> PackProblem:
    """An expression that cannot be computed with these entries."""
    return problem(at, (f"算不出：{error}", f"cannot be computed: {error}"), ("能算出的数", "a figure"), _SEEN)
