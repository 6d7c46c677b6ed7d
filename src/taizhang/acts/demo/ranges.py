"""Numbers of nobody: valid in form, from ranges that are never issued. See docs/demo.md.

| number | range | why nobody has it |
|---|---|---|
| resident ID | 999999… | no county has this code (GB/T 2260), no province 99 |
| credit code | 91999999… | the same, as place of registration |
| mobile phone | 100… | no mobile network has this prefix |
| number plate | 湘X… | no prefecture of Hunan has this letter |
"""

from __future__ import annotations

from datetime import date, timedelta

from taizhang.packs.types.codes import credit_check, resident_check

REGION = "999999"
_ORGANISATION = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_FIRST_BIRTH = date(1932, 1, 1)
_BIRTHS = 24_000
"""Days of birth from the first on: to 2001."""


def resident_id(number: int) -> str:
    """The ID number of an invented person: each number another."""
    born = _FIRST_BIRTH + timedelta(number * 7919 % _BIRTHS)
    body = f"{REGION}{born:%Y%m%d}{number // _BIRTHS % 1000:03d}"
    return body + resident_check(body)


def credit_code(number: int) -> str:
    """The credit code of an invented firm, with the check character of its organisation code (GB 11714) as well."""
    body = f"MD{number:06d}"
    check = "0123456789X"[-sum(_ORGANISATION.index(c) * w for c, w in zip(body, _WEIGHTS, strict=True)) % 11]
    first = f"91{REGION}{body}{check}"
    return first + credit_check(first)


def phone(number: int) -> str:
    """The mobile phone of an invented person."""
    return f"100{number:08d}"


def plate(number: int) -> str:
    """A number plate that was never issued."""
    return f"湘X{number * 7919 % 100_000:05d}"
