"""How frozen figures look, and those that an entry was used for."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from taizhang.cli.batch import Outcome
from taizhang.cli.book_entries import summary, title
from taizhang.cli.book_table import Column, Line, table
from taizhang.cli.book_values import Shown
from taizhang.cli.figure_shown import digits, exact
from taizhang.cli.why_words import say

if TYPE_CHECKING:
    from pathlib import Path

    from taizhang.acts.affected import Affected
    from taizhang.acts.desk import Desk
    from taizhang.acts.freezing import Frozen
    from taizhang.cli.book_call import Call
    from taizhang.core import Figure, Question
    from taizhang.ledger.reading import Line as Entered

_FEW = 5


def listed(call: Call, desk: Desk, some: Sequence[Frozen]) -> Outcome:
    """The frozen figures, one a line."""
    shown = Shown(call, desk)
    if call.as_json:
        for one in some:
            call.json(_json(one))
        return Outcome.CLEAR
    if not some:
        call.screen.line((say(call.lang, "none frozen"), "faint"))
        return Outcome.CLEAR
    heads = ("head number", "head label", "head figure", "head place", "head period", "head value", "head unit", "head version", "head as of", "head at")
    columns = [Column(say(call.lang, head), right=i in (0, 5, 8), cut=i in (1, 2)) for i, head in enumerate(heads)]
    table(call.screen, columns, [_frozen(shown, one) for one in some])
    return Outcome.CLEAR


def freeze(call: Call, desk: Desk, figures: Sequence[Figure], label: str) -> Outcome:
    """Freeze figures, and say under which fingerprint."""
    from taizhang.acts.freezing import freeze as freezing
    from taizhang.ledger import fingerprint

    some = freezing(desk, figures, label)
    if call.as_json:
        for one in some:
            call.json(_json(one))
        return Outcome.CLEAR
    first = some[0]
    call.screen.line((say(call.lang, "frozen", n=f"{len(some):,}", label=first.label), "strong"))
    call.screen.line((say(call.lang, "under", as_of=f"{first.as_of:,}", words=fingerprint(bytes.fromhex(first.root))), "faint"))
    return Outcome.CLEAR


def proved(call: Call, desk: Desk, question: Question, to: Path) -> None:
    """Write the proof of a figure, and say whether it proves the figure or its entries alone."""
    from taizhang.acts.proving_figures import prove_figure

    made = prove_figure(desk, question)
    to.write_bytes(made.proof)
    if call.as_json:
        call.json({"proof": str(to), "entries": made.entries, "figure": made.figure is not None, "hidden": made.hidden})
        return
    key = "proved figure" if made.figure else "proved entries"
    call.screen.line((say(call.lang, key, n=f"{made.entries:,}", path=to), "strong"))
    if made.hidden:
        call.screen.line((say(call.lang, "proved hidden", n=f"{made.hidden:,}"), "query"))


def affected(call: Call, desk: Desk, line: Entered, some: Sequence[Affected]) -> Outcome:
    """The figures that used an entry: what was printed, what it would be now, the difference."""
    if call.as_json:
        for one in some:
            call.json(_json(one.frozen) | {"now": None if one.now is None else exact(one.now), "difference": exact(one.difference)})
        return Outcome.CLEAR
    shown = Shown(call, desk)
    words = (str(line.entry.day), shown.place(line.entry.place), title(shown, line.entry), summary(shown, line.entry, line.opened or None))
    call.screen.line((call.tell("number", n=f"{line.seq:,}"), "strong"), f"　{'　'.join(filter(None, words))}")
    if not some:
        call.screen.line((say(call.lang, "not used"), "faint"))
        return Outcome.CLEAR
    heads = ("head number", "head label", "head figure", "head place", "head period", "head value", "head now", "head difference", "head unit")
    columns = [Column(say(call.lang, head), right=i in (0, 5, 6, 7), cut=i in (1, 2)) for i, head in enumerate(heads)]
    table(call.screen, columns, [_affected(shown, one) for one in some])
    changed = sum(bool(one.difference) for one in some)
    call.screen.line((say(call.lang, "used", n=f"{len(some):,}", changed=f"{changed:,}"), "strong"))
    return Outcome.CLEAR


def after_strike(call: Call, desk: Desk, lines: Sequence[Entered]) -> None:
    """One line for what was just withdrawn, where figures that were printed used it."""
    from taizhang.acts.affected import using

    used = {line.seq: len(using(desk, line)) for line in lines[:_FEW]} if not call.as_json else {}
    for line in lines[:_FEW]:
        if used.get(line.seq):
            words = say(call.lang, "was used", number=call.tell("number", n=f"{line.seq:,}"), n=used[line.seq], seq=line.seq)
            call.screen.line((words, "query"))


def _frozen(shown: Shown, one: Frozen) -> Line:
    return Line((*_head(shown, one), _digits(one.printed), one.unit, str(one.version), f"{one.as_of:,}", shown.moment(one.at)))


def _affected(shown: Shown, one: Affected) -> Line:
    now = say(shown.call.lang, "no record") if one.printed_now is None else digits(one.printed_now, None)
    difference = f"{'+' if one.difference > 0 else ''}{digits(one.difference, None)}" if one.difference else ""
    style = "contradiction" if one.difference else "plain"
    return Line((*_head(shown, one.frozen), _digits(one.frozen.printed), now, difference, one.frozen.unit), style)  # type: ignore[arg-type]


def _head(shown: Shown, one: Frozen) -> tuple[str, ...]:
    cells = "、".join(one.question.of.values())
    named = one.title + (shown.call.tell("brackets", words=cells) if cells else "")
    return (f"{one.seq:,}", one.label, named, shown.place(one.question.place), str(one.question.period))


def _digits(value: str) -> str:
    return digits(Fraction(value), None)


def _json(one: Frozen) -> dict[str, Any]:
    question = one.question
    return {
        "seq": one.seq,
        "uid": one.uid,
        "label": one.label,
        "indicator": question.indicator,
        "title": one.title,
        "place": question.place,
        "period": str(question.period),
        "of": dict(question.of),
        "printed": one.printed,
        "value": str(one.value),
        "unit": one.unit,
        "version": one.version,
        "as_of": one.as_of,
        "size": one.size,
        "root": one.root,
        "by": one.by,
        "at": one.at,
    }
