"""States: the record a state is of, by its natural key or by name, and what must be there the first time."""

from __future__ import annotations

from collections.abc import Mapping

from taizhang.core import Problem, Value
from taizhang.ledger.rules import words
from taizhang.ledger.rules.bench import Bench, Key
from taizhang.ledger.rules.cleaning import refused
from taizhang.ledger.rules.drafts import Draft
from taizhang.ledger.rules.finding import Finder
from taizhang.ledger.rules.record_keys import RECORD_KEY, record_key_of
from taizhang.ledger.standing import Standing
from taizhang.packs import Register


def head(bench: Bench, draft: Draft) -> None:
    """Find the record; leave `record` empty when the book has none of this natural key."""
    register = _register(draft)
    root = draft.plan.root
    ref = draft.proposal.record
    if ref is not None:
        _named(bench, draft, Finder(bench, register, "对象"), root)
    elif draft.problems and not all(name in draft.facts.data for name in root.key):
        return  # a bad key field is told as such
    else:
        _by_key(bench, draft, root)
    struck = bench.struck
    if draft.record is None and struck and struck.kind == "state" and _is_of(bench, struck.type, root):
        draft.record = struck.record  # the record of a key that was registered wrongly
    draft.facts.record = draft.record


def settle(bench: Bench, draft: Draft) -> None:
    """A new record gets its key from the uid of the state that brings it; what must be there is missed."""
    register = _register(draft)
    standing = bench.standing(draft.record) if draft.record else None
    if standing is None or not standing.has(register.type) or not bench.shows(standing.key, register):
        _missed(bench, draft, standing, bench.catalogue.owners(register))
    if draft.record is None and draft.uid:
        draft.record = record_key_of(draft.uid)


def natural(root: Register, data: Mapping[str, Value]) -> Key | None:
    """The natural key that values give, if they give all of it."""
    key = tuple(data.get(name) for name in root.key)
    return None if any(part is None for part in key) else key


def _register(draft: Draft) -> Register:
    register = draft.plan.thing
    assert isinstance(register, Register)
    return register


def _is_of(bench: Bench, type_name: str, root: Register) -> bool:
    register = bench.catalogue.register(type_name)
    return register is not None and bench.catalogue.root(register).type == root.type


def _by_key(bench: Bench, draft: Draft, root: Register) -> None:
    key = natural(root, draft.facts.data)
    if key is not None:
        draft.record = bench.find(root, key)
        return
    given = refused(draft.problems, draft.plan, draft.proposal.values)
    draft.problems += [words.missing(root.fields[n]) for n in root.key if n not in draft.facts.data and n not in given]


def _named(bench: Bench, draft: Draft, finder: Finder, root: Register) -> None:
    """The record the proposal names; one that is not there yet is new, with the key it is named by."""
    key = finder.record(draft.proposal.record)
    if isinstance(key, Problem):
        draft.problems.append(key)
        return
    if key is None:
        _new(bench, draft, finder, root)
        return
    standing = bench.standing(key)
    if standing is None or not standing.has(root.type):
        draft.problems.append(words.not_yet("对象", root, None))
        return
    draft.record = key
    if bench.struck is None and _is_opaque(draft) and (tried := [name for name in root.key if name in draft.facts.data and root.fields[name].sealed]):
        draft.problems += [words.named_twice(root.fields[name]) for name in tried]
        return
    draft.problems += _changed(bench, draft, standing, root)


def _is_opaque(draft: Draft) -> bool:
    """Whether the record is named by its own key. With an ID number beside it, a refusal would tell whether that is the right one."""
    return isinstance(draft.proposal.record, str) and RECORD_KEY.fullmatch(draft.proposal.record) is not None


def _new(bench: Bench, draft: Draft, finder: Finder, root: Register) -> None:
    named = finder.natural(draft.proposal.record)
    if isinstance(named, Problem):
        draft.problems.append(named)
        return
    data = draft.facts.data
    both = [root.fields[n] for n, part in zip(root.key, named, strict=True) if n in data and data[n] != part]
    draft.problems += [words.key_changed(field) for field in both]
    draft.facts.data = {**data, **dict(zip(root.key, named, strict=True))}


def _changed(bench: Bench, draft: Draft, standing: Standing, root: Register) -> list[Problem]:
    """Fields of the natural key that are given otherwise than they are."""
    stated = [name for name in root.key if name in draft.facts.data]
    return [words.key_changed(root.fields[n]) for n in stated if draft.facts.data[n] != _value(bench, standing, root, n)]


def _value(bench: Bench, standing: Standing, root: Register, name: str) -> Value:
    if name in standing.sealed.get(root.type, ()):
        return bench.open(standing, root.type, name)
    return standing.values[root.type].get(name)


def _missed(bench: Bench, draft: Draft, standing: Standing | None, owners: Mapping[str, str]) -> None:
    """The required fields that neither this state gives nor the record has from another register."""
    data, day, ended = draft.facts.data, draft.facts.day, draft.plan.ended_fields
    lacking = [f for f in draft.plan.required if f.name not in data and not _known(bench, standing, owners[f.name], f.name)]
    if not lacking:
        return
    given = refused(draft.problems, draft.plan, draft.proposal.values)
    told = {p.where for p in draft.problems}
    draft.problems += [
        words.missing(f) for f in lacking if f.name not in given and f.title not in told and not (f.name in ended and day >= ended[f.name])
    ]


def _known(bench: Bench, standing: Standing | None, owner: str, name: str) -> bool:
    """Whether the record has this field already, and who proposes may know it."""
    register = bench.catalogue.register(owner)
    if standing is None or register is None or not bench.shows(standing.key, register):
        return False
    return standing.values.get(owner, {}).get(name) is not None or name in standing.sealed.get(owner, ())
