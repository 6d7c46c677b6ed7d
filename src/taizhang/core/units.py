"""Measure words and units: what is printed, its standard form, its kind and its exact size."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed. One of it is `factor` of `base`; units convert when their bases are the same."""

    text: str
    name: str
    kind: str
    base: str
    factor: Fraction


@lru_cache(maxsize=1)
def units() -> dict[str, Unit]:
    """Every unit of the table by its printed form."""
    out: dict[str, Unit] = {}
    table = files("taizhang.core").joinpath("units.tsv").read_text(encoding="utf-8")
    for line in table.splitlines():
        if not line or line.startswith("#"):
            continue
        text, name, kind, base, factor = line.split("\t")
        out[text] = Unit(text, name, kind, base, Fraction(factor))
    return out


def unit_named(name: str | None) -> Unit | None:
    """The unit of a standard form; a compound (元/粒) or unknown one has none."""
    return None if name is None else units().get(name)
