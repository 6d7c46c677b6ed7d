"""The uid of an entry, and whether the book has it already: delivered again it exists, told otherwise it is refused."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from taizhang.core import Entry, Value
from taizhang.ledger.rules import words
from taizhang.ledger.rules.bench import Bench
from taizhang.ledger.rules.drafts import Draft, ready, refusal
from taizhang.ledger.rules.facts import Reading
from taizhang.ledger.rules.nouns import Judged
from taizhang.ledger.uids import UID, new_uid, once_uid
from taizhang.packs.types.numbers import plain

_SAME = ("kind", "type", "place", "day", "item", "quantity", "source", "target")
_TITLES = {
    "place": "地点",
    "day": "日期",
    "item": "物项",
    "quantity": "数量",
    "source": "调出",
    "target": "调入",
    "kind": "种类",
    "type": "种类",
}


def identify(bench: Bench, draft: Draft) -> Judged | None:
    """Give the draft its uid, or answer that the book has it: `exists`, or in what it differs."""
    if draft.problems:
        return None
    if draft.plan.once:
        return _once(bench, draft)
    given = draft.proposal.uid
    if given is None:
        draft.uid = draft.uid or new_uid()
        return None
    if not UID.fullmatch(given):
        draft.problems.append(words.bad_uid(given))
        return None
    draft.uid = given
    known = bench.entry(given)
    return compare(bench, draft, known) if known else _repeated(bench, draft)


def _repeated(bench: Bench, draft: Draft) -> Judged | None:
    """Whether another file brought the same already, under an id of its own."""
    earlier = draft.proposal.earlier
    for known in earlier.alike(ready(bench, draft).entry) if earlier else ():
        answer = compare(bench, draft, known)
        if earlier and answer.exists and not answer.erased:
            earlier.repeated(known.uid)
            return Judged(repeats=known.uid, where=draft.proposal.where)
    return None


def first_uid(bench: Bench, draft: Draft) -> str | None:
    """The uid that is looked for first: of its `once:` key, or the one it was given."""
    if draft.problems or not draft.plan.once:
        return draft.proposal.uid
    draft.uid = _uid(bench, draft, 0)
    return draft.uid


def _once(bench: Bench, draft: Draft) -> Judged | None:
    """The first uid of this happening that is free: after each strike of it comes the next.

    One that was struck is passed over by a restatement, and by an account of it that says something else: only what says
    the same as the struck one is that one delivered again.
    """
    stated_again = bench.struck is not None or bench.is_struck(draft.proposal.of)
    draft.uid = draft.uid or _uid(bench, draft, 0)
    for count in itertools.count(1):
        known = bench.entry(draft.uid)
        if known is None:
            break
        struck = bench.is_struck(known.uid)
        if not (struck and stated_again):
            answer = compare(bench, draft, known)
            if answer.exists or not struck:
                return answer
        draft.uid = _uid(bench, draft, count)
    return None


def _uid(bench: Bench, draft: Draft, count: int) -> str:
    """The uid of a happening; after `count` strikes of it another."""
    plan, facts = draft.plan, draft.facts
    parts = [_part(bench, r, r.get(facts)) for r in plan.once]
    return once_uid(bench.origin, plan.type, *parts, *([str(count)] if count else []))


def _part(bench: Bench, reading: Reading, value: Any) -> str:
    """A part of the key as text; a personal value is stood for by its token, for a uid is in the open."""
    text = key_text(value)
    return bench.book.token(reading.name, text) if reading.sealed and text else text


def key_text(value: Any) -> str:
    """A value as a text, the same each time; nothing there is the empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    return "、".join(value) if isinstance(value, tuple) else str(value)


def compare(bench: Bench, draft: Draft, known: Entry) -> Judged:
    """Whether an entry of the book says the same; who says it, when and under which version of the pack does not matter."""
    where = draft.proposal.where
    stated = ready(bench, draft)
    plain_same = _differing(draft, stated.entry, known)
    opened = bench.book.opened(known) if known.sealed or stated.personal else {}
    if opened is None:
        return Judged(exists=known.uid, erased=True, where=where)
    differing = [*plain_same, *_unequal(draft, stated.personal, opened)]
    if not differing:
        return Judged(exists=known.uid, where=where)
    return replace(refusal(draft.proposal, [words.differs(dict.fromkeys(differing))]), conflict=known.uid)


def _differing(draft: Draft, entry: Entry, known: Entry) -> list[str]:
    titles = [_TITLES[name] for name in _SAME if getattr(entry, name) != getattr(known, name)]
    if draft.record is not None and draft.record != known.record:
        titles.append(draft.plan.about.title if draft.plan.about else draft.plan.thing.title)
    return [*titles, *_unequal(draft, entry.data, known.data)]


def _unequal(draft: Draft, stated: Mapping[str, Value], known: Mapping[str, Value]) -> list[str]:
    fields = draft.plan.thing.fields
    names = [n for n in {**stated, **known} if stated.get(n) != known.get(n) and (n not in fields or not fields[n].computed)]
    return [fields[name].title if name in fields else name for name in names]
