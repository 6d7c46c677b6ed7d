"""Values of fields: as the hints say, else whatever the type of the field takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from itertools import accumulate
from random import Random
from typing import Any

from taizhang.acts.demo import names, ranges
from taizhang.acts.demo.hints import Hints, Way
from taizhang.acts.demo.world import is_called
from taizhang.packs import Field
from taizhang.packs.types.numbers import plain

_PLACES = {"money": 2, "area": 4, "percent": 2}
"""Of types that say so themselves."""

Known = Mapping[str, Any]
"""The values of an entry or record so far."""


class Values:
    """Makes values from one stream of chance; `name_of` tells the name of a place, `today` what days may not pass."""

    def __init__(self, rng: Random, name_of: Callable[[int], str], today: date) -> None:
        self._rng, self._name_of, self._today = rng, name_of, today
        self._numbers: dict[str, int] = {}
        self._invented: Mapping[str, Callable[[], str]] = {
            "person": lambda: names.person(rng),
            "resident_id": lambda: ranges.resident_id(self._next("resident_id")),
            "credit_code": lambda: ranges.credit_code(self._next("credit_code")),
            "phone": lambda: ranges.phone(self._next("phone")),
            "plate": lambda: ranges.plate(self._next("plate")),
        }

    def make(self, hints: Hints, owner: str, field: Field, known: Known, day: date, place: int, least: Decimal | None = None) -> Any:
        """A value as a desk would type it; None for none. `least` is what the field may not be below."""
        ways = hints.ways(owner, field.name)
        way = next((way for way in ways if _when(way, known) and (least is not None or "least" not in way)), None)
        if way is None:
            return self._plainly(field, day) if field.required or not ways and field.choices else None
        if self._rng.randrange(100) >= int(way.get("share", 100)):
            return None
        return self._by(way, field, day, place, least)

    def choose(self, hints: Hints, owner: str, field: Field, known: Known) -> Any:
        """One of a field's choices, as its hint weighs them."""
        return self.make(hints, owner, field, known, self._today, 0)

    # ---- by a hint -----------------------------------------------------------------------------------------------------------------

    def _by(self, way: Way, field: Field, day: date, place: int, least: Decimal | None) -> Any:
        if "among" in way:
            return self._rng.choice(way["among"])
        if "weights" in way:
            return self._weighed(way["weights"])
        if "from" in way:
            return self._between(way["from"][0], way["from"][1], int(way.get("places", 0)))
        if "number" in way:
            return way["number"].format(n=self._next(way["number"]))
        if "invent" in way:
            return self._invent(way["invent"])
        if "words" in way:
            return "".join(self._rng.choice(some) for some in way["words"])
        return self._by_place_and_day(way, field, day, place, least)

    def _by_place_and_day(self, way: Way, field: Field, day: date, place: int, least: Decimal | None) -> Any:
        if "days" in way:
            return (day + timedelta(self._rng.randint(*map(int, way["days"])))).isoformat()
        if "place" in way:
            return str(place) if way["place"] == "code" else self._name_of(place) + way["place"].removeprefix("name")
        if "choose" in way:
            return sorted(self._rng.sample(field.choices, self._rng.randint(1, int(way["choose"]))), key=field.choices.index)
        low, high = map(int, way["over"])
        size = Decimal(1).scaleb(-places_of(field))
        return plain(((least or Decimal(0)) * self._rng.randint(low, high) / 100).quantize(size, ROUND_CEILING))

    def _weighed(self, weights: Mapping[str, str]) -> str:
        sums = list(accumulate(int(weight) for weight in weights.values()))
        at = self._rng.randrange(sums[-1])
        return next(word for word, edge in zip(weights, sums, strict=True) if at < edge)

    def _between(self, low: str, high: str, places: int) -> str:
        if ":" in low:
            first, last = (int(h) * 60 + int(m) for h, m in (low.split(":"), high.split(":")))
            minutes = self._rng.randint(first, last) % 1440
            return f"{minutes // 60:02d}:{minutes % 60:02d}"
        size = 10**places
        return plain(Decimal(self._rng.randint(int(Decimal(low) * size), int(Decimal(high) * size))).scaleb(-places))

    def _invent(self, what: str) -> str:
        kind, _, trade = what.partition(" ")
        return names.firm(self._rng, trade) if kind == "firm" else self._invented[kind]()

    def _next(self, name: str) -> int:
        self._numbers[name] = self._numbers.get(name, 0) + 1
        return self._numbers[name]

    # ---- without one ---------------------------------------------------------------------------------------------------------------

    def _plainly(self, field: Field, day: date) -> Any:
        """Something the type takes; of numbers the least, and at least 1."""
        kind = field.type.name
        if field.choices:
            return [self._rng.choice(field.choices)] if kind == "choices" else self._rng.choice(field.choices)
        if kind in self._invented:
            return self._invented[kind]()
        if kind in ("integer", "decimal", "money", "area", "percent"):
            low = field.low if isinstance(field.low, Decimal) else Decimal(1)
            return plain(max(low, Decimal(1)))
        made = {"date": day.isoformat(), "boolean": "是", "time": "09:30", "text": f"{field.title}{self._next(field.name)}"}
        return made.get(kind)


def _when(way: Way, known: Known) -> bool:
    """Whether the values so far are what a way is for."""
    conditions: Mapping[str, Sequence[str] | str] = way.get("when", {})
    return all(any(is_called(known.get(name), word) for word in ([words] if isinstance(words, str) else words)) for name, words in conditions.items())


def places_of(field: Field) -> int:
    """The digits after the point a field keeps."""
    return field.places if field.places is not None else _PLACES.get(field.type.name, 0)
