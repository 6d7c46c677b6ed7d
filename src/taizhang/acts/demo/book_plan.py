"""Everything that is to be in a demonstration book, planned pack by pack, and how its totals are asked back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

from taizhang.acts.demo.aims import Aim, aim_of, contradictions
from taizhang.acts.demo.chains import Chains
from taizhang.acts.demo.composing import disagreeing
from taizhang.acts.demo.drafts import Draft
from taizhang.acts.demo.finishing import Finisher, fill_records, largest
from taizhang.acts.demo.ground import Ground
from taizhang.acts.demo.hints import Hints, read_hints
from taizhang.acts.demo.picking import Picker
from taizhang.acts.demo.planning import Planner
from taizhang.acts.demo.refusals import Refused, unknown
from taizhang.acts.demo.registering import Registrar
from taizhang.acts.demo.totals import Total, Totals
from taizhang.acts.demo.values import Values
from taizhang.acts.demo.world import Record, World, is_called
from taizhang.acts.desk import Desk
from taizhang.core import Problem, Question
from taizhang.cube import Cube
from taizhang.packs import Event, Pack, Register, Transfer

Tell = Callable[[str, int, int], None]
"""Told the stage (places, plan, post, check), how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Met:
    """A total, and what the figures of the book say: the same, or the book was not built as it should be."""

    total: Total
    value: Fraction | None

    @property
    def exactly(self) -> bool:
        """Whether the figure is the total, to the last digit."""
        return self.value == Fraction(self.total.value)


class BookPlan:
    """The records and drafts of a book. Chance comes from the seed alone; Refused where the totals cannot be met."""

    def __init__(self, desk: Desk, totals: Totals, seed: int, folders: Mapping[str, Path]) -> None:
        self._desk, self._totals = desk, totals
        self.seed = f"{totals.digest}/{seed}"
        self._catalogue = desk.book.catalogue
        problems: list[Problem] = []
        self._hints = {name: read_hints(self._catalogue.packs[name], folder, problems) for name, folder in folders.items()}
        self._aims = self._aimed(problems)
        if problems:
            raise Refused(problems)
        self._rng = Random(self.seed)
        self._ground = Ground(desk.places, desk.book.place)
        self.world = World(self._catalogue, self.seed, desk.today)
        self._values = Values(self._rng, self._ground.name, desk.today)
        self.drafts: list[Draft] = []
        self.depth: dict[str, int] = {}

    @property
    def records(self) -> list[Record]:
        """Every record."""
        return [one for some in self.world.records.values() for one in some]

    def make(self, tell: Tell) -> None:
        """Plan every pack, then fill what is open."""
        sums: dict[tuple[int, str], Decimal] = {}
        for done, (name, hints) in enumerate(sorted(self._hints.items())):
            tell("plan", done, len(self._hints))
            pack = self._catalogue.packs[name]
            some = self._planned(pack, hints)
            sums |= largest(some, self._hints, pack)
            self.drafts += some
        base = next(iter(self._hints.values())).behind or Hints()
        fill_records(self.world, {**self._hints, "base": base}, self._values, sums)

    def _planned(self, pack: Pack, hints: Hints) -> list[Draft]:
        aims = [aim for aim in self._aims if aim.region.type.partition(".")[0] == pack.name]
        settled = frozenset(step for aim in aims for part, way, _ in aim.region.cells for step in way.split(".") if step)
        picker = Picker(pack, hints, self.world, self._ground, self._values, self._rng, settled)
        planner = Planner(pack, hints, aims, picker, self._ground, self._rng, self._desk.today)
        registrar = Registrar(pack, hints, aims, picker, self._ground, self._rng, self._desk.today)
        finisher = Finisher(pack, hints, self._values, picker, self._rng)
        finisher.entries(some := planner.entries())
        registrar.registers()
        finisher.entries(more := registrar.beside())
        some += more
        chains = Chains(pack)
        self.depth |= {one.type: chains.depth(one) for one in pack.transfers.values()}
        for thing in {id(one.thing): one.thing for one in some}.values():
            for number, draft in enumerate(one for one in some if one.thing is thing):
                draft.number = number
        return some

    def _aimed(self, problems: list[Problem]) -> list[Aim]:
        found: list[Aim] = []
        for total in self._totals.totals:
            aim = self._aim(total)
            if isinstance(aim, Aim):
                found.append(aim)
            elif aim is not None:
                problems.append(aim)
        problems += contradictions(found)
        return found

    def _aim(self, total: Total) -> Aim | Problem | None:
        pack_name, _, name = total.indicator.partition(".")
        pack = self._catalogue.packs[pack_name]
        indicator = pack.indicators.get(name)
        if indicator is None:
            return unknown(total, f"{pack.title}没有指标 {name}", f"{pack_name} has no indicator {name}")
        if indicator.source is None:
            return disagreeing(total, pack, indicator, self._totals.totals)
        place = self._place(total)
        return place if isinstance(place, Problem) else aim_of(total, pack, indicator, place, self._desk.places.path(place))

    def _place(self, total: Total) -> int | Problem:
        return self._desk.place_of(total.place, total.period.last)

    # ---- asking back -----------------------------------------------------------------------------------------------------------

    def asked(self, tell: Tell) -> Iterator[Met]:
        """Every total with what the book's figures say."""
        cube = Cube(self._desk.book, self._desk.scope)
        for done, total in enumerate(self._totals.totals):
            tell("check", done, len(self._totals.totals))
            place = self._place(total)
            assert isinstance(place, int)
            of = {path: self._word(total, path, word) for path, word in total.of.items()}
            yield Met(total, cube.figure(Question(total.indicator, place, total.period, of=of)).value)

    def _word(self, total: Total, path: str, word: str) -> str:
        """A cell as a question says it: of a record its key."""
        pack = self._catalogue.packs[total.indicator.partition(".")[0]]
        register = _register_named(pack, path.rpartition(".")[2])
        called = (one for one in self.world.all(register) if is_called(one, word)) if register else iter(())
        record = next(called, None)
        return record.key if record else word


def _register_named(pack: Pack, name: str) -> Register | None:
    """The register whose records stand at the end of a path: by its own name, or as what a field of this name refers to."""
    things: list[Register | Event | Transfer] = [*pack.registers.values(), *pack.events.values(), *pack.transfers.values()]
    fields = (thing.fields[name] for thing in things if name in thing.fields)
    return pack.register(name) or next((found for field in fields if field.of and (found := pack.register(field.of))), None)
