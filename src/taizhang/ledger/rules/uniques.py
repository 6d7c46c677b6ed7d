"""`unique:`: what another record of the register has already, no record may take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from taizhang.core import Problem, Value
from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.rules import words
from taizhang.ledger.rules.bench import Bench, Key
from taizhang.ledger.rules.drafts import Draft
from taizhang.ledger.standing import Standing, Standings
from taizhang.packs import Register

Taking = tuple[Register, tuple[str, ...], Key]


def judge(bench: Bench, draft: Draft) -> None:
    """Refuse a state by which a record would have what another has.

    A record that is not shown to who proposes is another, though it be the same: he would learn whose number it is by trying.
    """
    own = draft.record
    for register, names, key in _takes(bench, draft):
        others = bench.book.holders(register.type, names, [key])[key]
        if own is not None and own in others and bench.shows(own, register):
            others -= {own}
        if others:
            draft.problems.append(words.taken(register, names, min(others)))


def ask(bench: Bench, drafts: Iterable[Draft]) -> None:
    """Ask for all that many states take, in one question for each set."""
    wanted: dict[tuple[str, tuple[str, ...]], set[Key]] = {}
    for draft in drafts:
        for register, names, key in _takes(bench, draft):
            wanted.setdefault((register.type, names), set()).add(key)
    for (type_name, names), keys in wanted.items():
        bench.book.holders(type_name, names, keys)


def marks(bench: Bench, draft: Draft) -> Iterator[object]:
    """What a state takes or gives up: two rows that have one of these in common are judged one after the other."""
    standing = _standing(bench, draft)
    for register, names in draft.plan.uniques:
        if any(name in draft.facts.data for name in names):
            ways = [{_new(draft, standing, register, name), _old(standing, register, name)} for name in names]
            yield from ((register.type, names, key) for key in product(*ways) if None not in key)


def clash(standings: Standings, catalogue: Catalogue, record: str) -> Problem | None:
    """What a record has, as the book stands, that another has too."""
    standing = standings.record(record)
    for type_name in standing.values if standing else ():
        register = catalogue.register(type_name)
        for names in register.unique if register and standing else ():
            key = standing.having(type_name, names) if standing else ()
            others = standings.holders(type_name, names, [key]).get(key, frozenset()) - {record} if None not in key else ()
            if register and others:
                return words.taken(register, names, min(others))
    return None


def _takes(bench: Bench, draft: Draft) -> Iterator[Taking]:
    """The values a record may come to have by a state. Of one with a later state it is not certain which: all that may be.

    Where another state is struck in the same act, also what comes back from before.
    """
    standing = _standing(bench, draft)
    late = standing is not None and standing.since is not None and standing.since > draft.facts.day
    for register, names in draft.plan.uniques:
        stated = [name for name in names if name in draft.facts.data]
        if not stated and bench.struck is None:
            continue
        for key in product(*_ways(draft, standing, register, names, late)):
            if None not in key:
                yield register, names, key


def _ways(draft: Draft, standing: Standing | None, register: Register, names: Sequence[str], late: bool) -> list[list[Value]]:
    new = [_new(draft, standing, register, name) for name in names]
    if not late or len(names) == 1:
        return [[value] for value in new]
    return [list(dict.fromkeys([value, _old(standing, register, name)])) for name, value in zip(names, new, strict=True)]


def _new(draft: Draft, standing: Standing | None, register: Register, name: str) -> Value:
    data = draft.facts.data
    return data[name] if name in data else _old(standing, register, name)


def _old(standing: Standing | None, register: Register, name: str) -> Value:
    return standing.having(register.type, [name])[0] if standing else None


def _standing(bench: Bench, draft: Draft) -> Standing | None:
    return bench.standing(draft.record) if draft.plan.uniques and draft.record else None
