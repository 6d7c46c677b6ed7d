"""Which record a reference means: its key, its natural key as a clerk writes it, or its key fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from taizhang.core import Problem, Value
from taizhang.ledger.rules import words
from taizhang.ledger.rules.bench import Bench, Key, is_sealed
from taizhang.ledger.rules.nouns import Raw, Ref
from taizhang.ledger.rules.plan import plan_of
from taizhang.ledger.rules.record_keys import RECORD_KEY
from taizhang.packs import Register, column

SEPARATOR = "/"
DEEPEST = 4
"""How many records may stand inside one another's natural keys."""


@dataclass(slots=True)
class Finder:
    """Finds the records of one register; `where` names the column, the fields of `root` are the natural key."""

    bench: Bench
    register: Register
    where: str
    depth: int = 0
    root: Register = field(init=False)

    def __post_init__(self) -> None:
        self.root = plan_of(self.bench.catalogue, self.register).root

    def __call__(self, ref: Ref) -> str | Problem:
        """The key of the record, which is registered there; or why not."""
        known = self.bench.resolved.get((self.register.type, ref)) if isinstance(ref, str) else None
        return known or self._registered(ref)

    def _registered(self, ref: Ref) -> str | Problem:
        key = self.record(ref)
        if isinstance(key, Problem):
            return key
        standing = self.bench.standing(key) if key else None
        if key is None or standing is None or not (standing.has(self.register.type) and self.bench.shows(key, self.register)):
            return words.not_yet(self.where, self.register, self._shown(ref))
        if isinstance(ref, str):
            self.bench.resolved[self.register.type, ref] = key
        return key

    def record(self, ref: Ref) -> str | Problem | None:
        """The key of the record, whatever registers it is in; None when the book has none of this natural key."""
        if isinstance(ref, str) and RECORD_KEY.fullmatch(ref) and self.bench.standing(ref) is not None and self.bench.shows(ref, self.root):
            return ref
        key = self.natural(ref)
        return self.bench.find(self.root, key) if isinstance(key, tuple) else key

    def natural(self, ref: Ref) -> Key | Problem:
        """The natural key of a reference, every part in canonical form."""
        parts = self.parts(ref)
        return parts if isinstance(parts, Problem) else self._cleaned(parts)

    def values(self, ref: Ref) -> dict[str, Raw] | Problem:
        """The key fields a reference gives, as they were written."""
        parts = self.parts(ref)
        return parts if isinstance(parts, Problem) else dict(zip(self.root.key, parts, strict=True))

    def parts(self, ref: Ref) -> tuple[Raw, ...] | Problem:
        """One raw value for each key field; those that point to records may again be texts of several parts."""
        root = self.root
        if isinstance(ref, Mapping):
            given = {field.name: raw for head, raw in ref.items() if (field := column(root.fields, head)) is not None}
            parts = tuple(given.get(name) for name in root.key)
            complete = all(part not in (None, "") for part in parts)
            return parts if complete else words.bad_key(self.where, self.register, self._leaves())
        text = str(ref or "").strip()
        if not text:
            return words.no_record(self.where, self.register, root)
        if is_single(root) or len(self._leaves()) == 1:
            return (text,)
        return self._split(text)

    def _split(self, text: str) -> tuple[Raw, ...] | Problem:
        widths = [len(list(_leaves(self.bench, self.root, name, self.depth))) for name in self.root.key]
        pieces = text.replace("／", SEPARATOR).split(SEPARATOR, sum(widths) - 1)
        if len(pieces) == len(self.root.key):  # a record inside the key may be given by its own key
            widths = [1] * len(pieces)
        elif len(pieces) < sum(widths):
            return words.bad_key(self.where, self.register, self._leaves())
        left = iter(piece.strip() for piece in pieces)
        return tuple(SEPARATOR.join(next(left) for _ in range(width)) for width in widths)

    def _cleaned(self, parts: Sequence[Raw]) -> Key | Problem:
        out: list[Value] = []
        if self.depth > DEEPEST:
            return words.bad_key(self.where, self.register, self._leaves())
        for name, raw in zip(self.root.key, parts, strict=True):
            part = self.root.fields[name]
            inner = self.bench.catalogue.packs[self.root.pack].register(part.of) if part.of else None
            got = Finder(self.bench, inner, self.where, self.depth + 1)(_as_ref(raw)) if inner else self.bench.cleaned(part, raw)
            if isinstance(got, Problem):
                return replace(got, where=self.where)
            if got is None:
                return words.no_record(self.where, self.register, self.root)
            out.append(got)
        return tuple(out)

    def _leaves(self) -> list[str]:
        return [title for name in self.root.key for title in _leaves(self.bench, self.root, name, self.depth)]

    def _shown(self, ref: Ref) -> str | None:
        """The key as it may stand in a message; None where it is personal."""
        if any_sealed(self.bench, self.root):
            return None
        return SEPARATOR.join(_flat(ref)) if isinstance(ref, Mapping) else str(ref)


def prefetch(bench: Bench, register: Register, refs: Iterable[Ref], depth: int = 0) -> None:
    """Ask for the records of many references in few questions; what is wrong with one is told when it is looked at."""
    finder = Finder(bench, register, "", depth)
    distinct = list({_frozen(ref): ref for ref in refs if ref is not None}.values())
    bench.look_all(ref for ref in distinct if isinstance(ref, str) and RECORD_KEY.fullmatch(ref))
    root = finder.root
    _prefetch_inner(bench, finder, root, distinct)
    naturals = [key for ref in distinct if isinstance(key := finder.natural(ref), tuple)]
    bench.find_all(root, naturals)
    bench.look_all(found for key in naturals if (found := bench.find(root, key)) is not None)


def _prefetch_inner(bench: Bench, finder: Finder, root: Register, refs: Sequence[Ref]) -> None:
    pack = bench.catalogue.packs[root.pack]
    for at, name in enumerate(root.key):
        inner = pack.register(root.fields[name].of or "")
        if inner is not None and finder.depth <= DEEPEST:
            prefetch(bench, inner, [_as_ref(parts[at]) for ref in refs if isinstance(parts := finder.parts(ref), tuple)], finder.depth + 1)


def any_sealed(bench: Bench, root: Register, depth: int = 0) -> bool:
    """Whether a natural key, or one within it, is personal."""
    pack = bench.catalogue.packs[root.pack]
    inner = [pack.register(root.fields[name].of or "") for name in root.key] if depth <= DEEPEST else []
    return is_sealed(root) or any(one is not None and any_sealed(bench, bench.catalogue.root(one), depth + 1) for one in inner)


def _leaves(bench: Bench, root: Register, name: str, depth: int) -> Iterator[str]:
    """The titles of the fields that, written side by side, name a record by this key field."""
    field = root.fields[name]
    inner = bench.catalogue.packs[root.pack].register(field.of or "")
    if inner is None or depth > DEEPEST:
        yield field.title
        return
    for below in bench.catalogue.root(inner).key:
        yield from _leaves(bench, bench.catalogue.root(inner), below, depth + 1)


def is_single(root: Register) -> bool:
    """Whether a natural key is one field that points to no other record."""
    return len(root.key) == 1 and root.fields[root.key[0]].of is None


def _frozen(ref: Raw) -> object:
    """A reference as something that can be told from others in a set."""
    return tuple(sorted((head, _frozen(raw)) for head, raw in ref.items())) if isinstance(ref, Mapping) else str(ref)


def _as_ref(raw: Raw) -> Ref:
    return raw if isinstance(raw, Mapping) or raw is None else str(raw)


def _flat(ref: Mapping[str, Raw]) -> Iterator[str]:
    for value in ref.values():
        if isinstance(value, Mapping):
            yield from _flat(value)
        else:
            yield str(value)
