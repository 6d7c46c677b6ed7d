"""Why two figures differ, on a screen: the cause in one sentence, then the rows."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from taizhang.cli.batch import Outcome
from taizhang.cli.book_entries import summary, title
from taizhang.cli.book_table import Column, Line, table
from taizhang.cli.book_values import Shown
from taizhang.cli.figure_shown import digits, exact
from taizhang.cli.why_words import WHY_WORDS, say

if TYPE_CHECKING:
    from taizhang.acts.comparing import Cause, Comparison, Row, Side
    from taizhang.acts.desk import Desk
    from taizhang.cli.book_call import Call
    from taizhang.ledger.reading import Line as Entered


@dataclass(frozen=True)
class Told:
    """Says one comparison."""

    call: Call
    found: Comparison

    def side(self, key: str, side: Side) -> str:
        """One of the figures: what was asked, and its value."""
        value = say(self.call.lang, "no record") if side.value is None else self.amount(side.value)
        return say(self.call.lang, "side", side=say(self.call.lang, key), words=side.words, value=value)

    def sentence(self) -> str:
        """The difference, and its causes, the heaviest first, each with what it explains."""
        lang, difference = self.call.lang, self.found.difference
        if not self.found.causes:
            return say(lang, "same")
        causes = say(lang, "and").join(
            say(lang, "weighs", cause=self.cause(one), amount=self.amount(one.amount, signed=True)) for one in self.found.causes
        )
        key = "same but" if not difference else "more" if difference > 0 else "less"
        return say(lang, key, causes=causes, **({"amount": self.amount(abs(difference))} if difference else {}))

    def cause(self, one: Cause) -> str:
        """A cause in words."""
        lang = self.call.lang
        if len(one.kinds) > 1:
            names = say(lang, "names").join(say(lang, kind) for kind in one.kinds)
            return say(lang, "several", names=names, n=len(one.rows))
        (kind,) = one.kinds
        facts = {name: one.facts[name] or say(lang, "no record") for name in ("title", "a", "b") if kind == "part"}
        return say(lang, f"{kind} {_where(one)}", **(facts or {"n": f"{len(one.rows):,}"})) + self._more(one)

    def amount(self, value: Fraction, *, signed: bool = False) -> str:
        """An amount in the unit of A."""
        places = self.found.a.places
        known = places if places is not None and (value * 10**places).denominator == 1 else None
        return f"{'+' if signed and value > 0 else ''}{digits(value, known)}{self.found.a.unit}"

    def _more(self, one: Cause) -> str:
        lang, facts = self.call.lang, one.facts
        if facts.get("left_out"):
            return say(lang, "left out", what=facts["left_out"])
        if not facts.get("factor"):
            return ""
        factor = Fraction(facts["factor"])
        if facts.get("unit"):
            return say(lang, "factor", unit=facts["unit"], factor=digits(factor, None), own=self.found.a.unit)
        return say(lang, "times", factor=digits(max(factor, 1 / factor), None))


def shown(call: Call, desk: Desk, found: Comparison, limit: int) -> Outcome:
    """The comparison, for a person or for a program."""
    if call.as_json:
        call.json(_json(call, found))
    else:
        told = Told(call, found)
        call.screen.line(told.side("a", found.a))
        call.screen.line(told.side("b", found.b))
        call.screen.line((told.sentence(), "strong"))
        for cause in found.causes:
            _cause(told, desk, cause, limit)
        for note in found.notes:
            call.screen.line((note.line(call.lang), "faint"), hang=2)
    return Outcome.CONTRADICTED if found.causes else Outcome.CLEAR


def _cause(told: Told, desk: Desk, cause: Cause, limit: int) -> None:
    call = told.call
    if not cause.rows and not cause.within:
        return
    call.screen.gap()
    call.screen.line((told.cause(cause), "strong"), (f"　{told.amount(cause.amount, signed=True)}", "plain"))
    for inner in cause.within:
        call.screen.line(told.cause(inner), indent=2)
    rows = cause.rows[:limit]
    lines = {line.seq: line for line in desk.reader.at(row.seq for row in rows if row.seq)}
    words = ("head number", "head line", "head day", "head place", "head what", "a", "b")
    heads = [_head(call, word) for word in words]
    columns = [Column(head, right=i in (0, 1, 5, 6), cut=i == 4) for i, head in enumerate(heads)]
    shown_ = Shown(call, desk)
    if rows:
        table(call.screen, columns, [_row(told, shown_, row, lines.get(row.seq or 0)) for row in rows])
    if len(cause.rows) > limit:
        call.screen.line((say(call.lang, "more rows", n=f"{len(cause.rows) - limit:,}"), "faint"))


def _head(call: Call, word: str) -> str:
    return say(call.lang, word) if word in WHY_WORDS else call.tell(word)


def _row(told: Told, shown_: Shown, row: Row, line: Entered | None) -> Line:
    """A row: the entry by its number and what it says, or the row of the file."""
    lang = told.call.lang
    sides = tuple("" if one is None else digits(one, None) for one in (row.a, row.b))
    number, at = f"{row.seq:,}" if row.seq else "", f"{row.line:,}" if row.line else ""
    if line is None:
        return Line((number, at, "", "", row.words or say(lang, "unseen"), *sides))
    entry = line.entry
    anew = say(lang, "anew", n=f"{row.instead:,}") if row.instead else ""
    what = "　".join(filter(None, (title(shown_, entry), summary(shown_, entry, line.opened or None), anew)))
    return Line((number, at, str(entry.day), shown_.place(entry.place), what, *sides), "struck" if line.struck_by else "plain")


def _where(one: Cause) -> str:
    """Whether what a cause takes in stands in A only, in B only, or in both."""
    only_a = any(row.a is not None and row.b is None for row in one.rows)
    only_b = any(row.b is not None and row.a is None for row in one.rows)
    either = "a" if only_a and not only_b else "b" if only_b and not only_a else "both"
    mixed = either != "both" and any(row.a is not None and row.b is not None for row in one.rows)
    return "both" if mixed or f"{one.kinds[0]} {either}" not in WHY_WORDS else either


def _json(call: Call, found: Comparison) -> dict[str, Any]:
    return {
        "a": _side(found.a),
        "b": _side(found.b),
        "unit": found.a.unit,
        "difference": exact(found.difference),
        "causes": [_cause_json(one) for one in found.causes],
        "sentence": Told(call, found).sentence(),
        "notes": [call.problem(note) for note in found.notes],
    }


def _side(side: Side) -> dict[str, str | None]:
    return {"words": side.words, "value": None if side.value is None else exact(side.value)}


def _cause_json(one: Cause) -> dict[str, Any]:
    rows = [_row_json(row) for row in one.rows]
    within = [_cause_json(inner) for inner in one.within]
    return {"kinds": list(one.kinds), "amount": exact(one.amount), "facts": dict(one.facts), "rows": rows, "within": within}


def _row_json(row: Row) -> dict[str, Any]:
    values = {"a": row.a, "b": row.b}
    told: dict[str, Any] = {name: None if value is None else exact(value) for name, value in values.items()}
    return {"seq": row.seq, "line": row.line, **told, "words": row.words, "instead": row.instead}
