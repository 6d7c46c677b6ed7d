"""Somebody who has everything a book gives away, and tries every resident ID of a district.

There are few enough ID numbers to try them all: 1,000 sequences for each day of birth. He hashes each as careless programs
do, plain or with what he can read as salt, and looks whether the hash, in bytes, hex or base64, stands anywhere.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

DISTRICT = "999999"
FIRST = date(1924, 1, 1)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_SEQUENCES = [(f"{n:03d}", sum(int(d) * w for d, w in zip(f"{n:03d}", _WEIGHTS[14:], strict=True))) for n in range(1000)]
_PREFIX = 8
_ENCODED = re.compile(rb"[A-Za-z0-9_\-+/]{16,}")
_HEX = re.compile(rb"[0-9a-fA-F]{16,}")


def candidates(days: Iterable[int]) -> Iterator[bytes]:
    """The ID numbers of the district on these days of birth, counted from 1924-01-01; a thousand a day."""
    for number in days:
        head = f"{DISTRICT}{FIRST + timedelta(number):%Y%m%d}"
        begun = sum(int(d) * w for d, w in zip(head, _WEIGHTS, strict=False))
        for sequence, more in _SEQUENCES:
            yield (head + sequence + _CHECK[(begun + more) % 11]).encode()


def hashes(salts: Iterable[bytes]) -> list[Callable[[bytes], bytes]]:
    """How he hashes a number."""
    plain: list[Callable[[bytes], bytes]] = [
        lambda number: hashlib.sha256(number).digest(),
        lambda number: hashlib.md5(number).digest(),
        lambda number: hashlib.sha1(number).digest(),
    ]
    salted = [lambda number, salt=salt: hashlib.sha256(salt + number).digest() for salt in salts]
    return [*plain, *salted]  # type: ignore[list-item]


def windows(given_away: bytes) -> set[bytes]:
    """The first bytes of everything that could be a hash in these bytes, at every place, as bytes, hex and base64."""
    found = {given_away[i : i + _PREFIX] for i in range(len(given_away) - _PREFIX + 1)}
    for run in _HEX.findall(given_away):
        for start in range(len(run) - 2 * _PREFIX + 1):
            found.add(bytes.fromhex(run[start : start + 2 * _PREFIX].decode()))
    for run in _ENCODED.findall(given_away):
        plain = run.replace(b"-", b"+").replace(b"_", b"/")
        for start in range(4):
            raw = base64.b64decode(plain[start : start + (len(plain) - start) // 4 * 4])
            found.update(raw[i : i + _PREFIX] for i in range(len(raw) - _PREFIX + 1))
    return found


def recovered(given_away: bytes, days: Iterable[int], salts: Iterable[bytes]) -> tuple[set[str], int]:
    """The ID numbers he recovers, and how many he tried."""
    there, tried, found = windows(given_away), 0, set[str]()
    ways = hashes(salts)
    for number in candidates(days):
        tried += 1
        for way in ways:
            if way(number)[:_PREFIX] in there:
                found.add(number.decode())
    return found, tried
