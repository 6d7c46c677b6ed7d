"""The printed fingerprint of a root: 8 groups of 5 digits that a person can read out, the last two digits a check.

    48213 90774 51108 62939 07154 33862 19405 77168

38 digits are the first 126 bits of the root as a number; the last two are check digits by ISO 7064 MOD 97-10. They find
every single wrong digit and every two digits that changed places, next to each other or not.
"""

from __future__ import annotations

import re

GROUPS = 8
DIGITS = 38
_BITS = 126

_PRINTED = re.compile(r"[0-9]{40}")
_BETWEEN = re.compile(r"[\s\-·]+")


class BadFingerprint(ValueError):
    """Not 40 digits, or digits that were misread."""


def fingerprint(root: bytes) -> str:
    """The fingerprint of a root of 32 bytes."""
    number = int.from_bytes(root[:16], "big") >> (128 - _BITS)
    check = 98 - number * 100 % 97
    digits = f"{number:0{DIGITS}d}{check:02d}"
    return " ".join(digits[i : i + 5] for i in range(0, 5 * GROUPS, 5))


def read_fingerprint(typed: str) -> str:
    """A fingerprint as typed, spaces and full-width digits as they come, in its printed form; BadFingerprint if misread."""
    digits = _BETWEEN.sub("", typed).translate(_FULL_WIDTH)
    if not _PRINTED.fullmatch(digits):
        raise BadFingerprint("a fingerprint has 40 digits / 指纹为40位数字")
    if not 2 <= int(digits[DIGITS:]) <= 98 or int(digits) % 97 != 1:
        raise BadFingerprint("a digit is wrong, or two have changed places / 有数字读错或调换")
    return " ".join(digits[i : i + 5] for i in range(0, 5 * GROUPS, 5))


def is_fingerprint_of(typed: str, root: bytes) -> bool:
    """True when what was typed is the fingerprint of this root."""
    return read_fingerprint(typed) == fingerprint(root)


_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
