"""Schemes of codes: who gave a code, what form it has, which level and key follow from it.

A code says nothing without its scheme: nine digits of the statistical office and nine of the civil affairs office look
alike and may mean two townships.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

LEVELS = ("province", "prefecture", "county", "township", "village", "group")
TITLES = {"province": "省级", "prefecture": "市级", "county": "县级", "township": "乡级", "village": "村级", "group": "村以下"}
LEVEL_OF_LENGTH = {2: "province", 4: "prefecture", 6: "county", 9: "township", 12: "village"}
LENGTH_ABOVE = {4: 2, 6: 4, 9: 6, 12: 9}
KEYS_OF_A_SCHEME = 10**15
"""Keys of places known by another scheme alone: this, times the scheme's number, and the code."""

_OWN_CODE = re.compile(r"[^\s/:：,，]{1,40}")
_DIGITS = re.compile(r"[1-9][0-9]+")


@dataclass(frozen=True, slots=True)
class Scheme:
    """Who gives a code. `number` makes the keys of places that only this scheme knows; 0 is the statistical office."""

    name: str
    title: str
    also: tuple[str, ...]
    number: int
    digits: bool = True


STAT = Scheme("stat", "统计", ("统计用区划代码", "统计代码", "统计局"), 0)
CIVIL = Scheme("civil", "民政", ("民政代码", "行政区划代码", "民政部"), 1)
OWN = Scheme("own", "自编", ("本县", "自编代码", "县自编"), 2, digits=False)
SCHEMES = {scheme.name: scheme for scheme in (STAT, CIVIL, OWN)}
_NAMED = {word: scheme for scheme in SCHEMES.values() for word in (scheme.name, scheme.title, *scheme.also)}


def scheme_named(word: str) -> Scheme | None:
    """A scheme by its name or title, in either language."""
    return _NAMED.get(word.lower())


def told(scheme: str, code: str) -> str:
    """A code as it is written with its scheme: 民政:431023101."""
    return f"{SCHEMES[scheme].title if scheme in SCHEMES else scheme}:{code}"


def has_form(scheme: Scheme, code: str) -> bool:
    """True when a (reduced) code of this scheme can look like this."""
    if not scheme.digits:
        return _OWN_CODE.fullmatch(code) is not None
    return _DIGITS.fullmatch(code) is not None and len(code) in LEVEL_OF_LENGTH


def readings(code: str) -> list[str]:
    """The code, and what it is without the zeros that fill it up to the length of a lower level (431023000 is 431023)."""
    out = [code]
    while (above := LENGTH_ABOVE.get(len(out[-1]))) and not out[-1][above:].strip("0"):
        out.append(out[-1][:above])
    return out


def reduced(scheme: Scheme, code: str, known: Callable[[str], bool]) -> str:
    """The code as it is kept: without zeros that only fill it up.

    The statistical office has counties that end in zeros (441900), so there the longest reading that is known is meant,
    and a county where none is.
    """
    if not scheme.digits:
        return code
    ways = readings(code)
    if scheme is not STAT:
        return ways[-1]
    return next((way for way in ways if known(way)), None) or next((way for way in reversed(ways) if len(way) >= 6), code)


def level_of(scheme: Scheme, code: str) -> str | None:
    """The level a code tells by its length; None for codes a county makes itself."""
    return LEVEL_OF_LENGTH[len(code)] if scheme.digits else None


def above(scheme: Scheme, code: str) -> str | None:
    """The code of the place above, as the digits have it."""
    length = LENGTH_ABOVE.get(len(code)) if scheme.digits else None
    return code[:length] if length else None


def key_of(scheme: Scheme, code: str) -> int:
    """The key of a place that is first known by this code, the same in every book."""
    base = scheme.number * KEYS_OF_A_SCHEME
    if scheme.digits:
        return base + int(code)
    digest = hashlib.sha256(f"{scheme.name}:{code}".encode()).digest()
    return base + int.from_bytes(digest[:8], "big") % KEYS_OF_A_SCHEME
