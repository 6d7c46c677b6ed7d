"""What a value in an expression can be: numbers of a stated size, texts, days, yes or no, choices.

A number is exact: `places` decimal places, and a least and a most value counted in units of the last
place. The bounds are what makes an expression safe to run in a database: no result may pass 38 digits,
and this is known before any row is seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context
from decimal import Decimal as Exact
from typing import Any

DIGITS = 38  # of DuckDB's widest decimal; PostgreSQL and Python have more
FIELD_DIGITS = 18  # of a field that says nothing of its limits; 18 digits fit in 64 bits
MOST_PLACES = 18
EXACT = Context(prec=200, rounding=ROUND_HALF_EVEN, Emin=-999, Emax=999)

Value = int | Exact | str | bool | date | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Number:
    """An exact number; `least` and `most` are counted in units of the last place (money of 2 places: in 分)."""

    places: int
    least: int
    most: int

    @property
    def reach(self) -> int:
        """The largest magnitude, in units of the last place."""
        return max(abs(self.least), abs(self.most))

    @property
    def digits(self) -> int:
        """How many digits the largest magnitude needs, the places included."""
        return max(len(str(self.reach)), self.places, 1)

    def at(self, places: int) -> Number:
        """The same bounds counted in a finer unit."""
        by = 10 ** (places - self.places)
        return Number(places, self.least * by, self.most * by)

    def __str__(self) -> str:
        return "integer" if self.places == 0 else f"decimal({self.places})"


@dataclass(frozen=True, slots=True)
class Text:
    """Any text."""

    def __str__(self) -> str:
        return "text"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a closed list of texts. A text in quotes is a choice of one."""

    values: tuple[str, ...]

    def __str__(self) -> str:
        return "choice"


@dataclass(frozen=True, slots=True)
class Choices:
    """Any number out of a closed list of texts; asked with `has`."""

    values: tuple[str, ...]

    def __str__(self) -> str:
        return "choices"


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar, 0001-01-01 to 9999-12-31."""

    def __str__(self) -> str:
        return "date"


@dataclass(frozen=True, slots=True)
class Boolean:
    """True or false."""

    def __str__(self) -> str:
        return "boolean"


@dataclass(frozen=True, slots=True)
class Nothing:
    """What the word `null` is before it stands beside something that has a type."""

    def __str__(self) -> str:
        return "null"


Type = Number | Text | Choice | Choices | Day | Boolean | Nothing
BOOLEAN, DATE, TEXT, NOTHING = Boolean(), Day(), Text(), Nothing()


def integer(least: int | None = None, most: int | None = None) -> Number:
    """A whole number; without limits it has up to 18 digits."""
    return decimal(0, least, most)


def decimal(places: int, least: Exact | int | None = None, most: Exact | int | None = None) -> Number:
    """A number of so many places (0 to 18); without limits it has up to 18 digits, the places included.

    `least` and `most` are ordinary values (`decimal(2, 0, 100)` is 0.00 to 100.00). ValueError when they cannot be.
    """
    if not 0 <= places <= MOST_PLACES:
        raise ValueError(f"places must be 0 to {MOST_PLACES}, not {places}")
    widest = 10**FIELD_DIGITS - 1
    low = -widest if least is None else _units(least, places, ROUND_CEILING)
    high = widest if most is None else _units(most, places, ROUND_FLOOR)
    number = Number(places, low, high)
    if low > high or number.digits > DIGITS:
        raise ValueError(f"limits must be in order and within {DIGITS} digits: {least} to {most}")
    return number


def _units(value: Exact | int, places: int, rounding: str) -> int:
    return int(EXACT.scaleb(Exact(value), places).to_integral_value(rounding, EXACT))


def is_text(kind: Type) -> bool:
    """Whether values are single texts."""
    return isinstance(kind, Text | Choice)


def is_whole(kind: Type) -> bool:
    """Whether values are whole numbers, held as `int`."""
    return isinstance(kind, Number) and kind.places == 0


def common(first: Type, second: Type) -> Type | None:
    """The type that holds values of both, or None when there is none."""
    if isinstance(first, Nothing) or isinstance(second, Nothing):
        return second if isinstance(first, Nothing) else first
    if isinstance(first, Number) and isinstance(second, Number):
        places = max(first.places, second.places)
        a, b = first.at(places), second.at(places)
        return Number(places, min(a.least, b.least), max(a.most, b.most))
    if isinstance(first, Choice) and isinstance(second, Choice):
        return Choice(tuple(dict.fromkeys(first.values + second.values)))
    if is_text(first) and is_text(second):
        return TEXT
    return first if first == second else None


def settled(value: Any, kind: Type) -> Any:
    """A value in the one form of its type: `int` for whole numbers, `Decimal` with all its places for others."""
    if value is None or not isinstance(kind, Number):
        return value
    if kind.places == 0:
        return int(value)
    exact = Exact(value).quantize(Exact(1).scaleb(-kind.places), context=EXACT)
    return exact if exact else exact.copy_abs()
