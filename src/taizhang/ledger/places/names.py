"""Names of places as people write them: 甲村, 甲村委会 and 甲村村民委员会 are one name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from taizhang.core import places

LONGEST_NAME = 60
BETWEEN = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
"""Names of levels that stand in the tree for want of a place; nobody says them."""

_SPACE = re.compile(r"\s+")
_VILLAGE = re.compile(r"(.+?)村?(?:村民委员会|村委会)")
_COMMUNITY = re.compile(r"(.+?)(?:社区)?(?:居民委员会|居委会)")
_OFFICE = re.compile(r"(.+?街道)(?:办事处|办)")


def plain(text: str) -> str:
    """Without spaces, and each character in its usual width."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


def form(name: str) -> str:
    """What names of one place have in common: the committee of a village stands for the village, an office for its street."""
    return form_of_plain(plain(name))


def form_of_plain(text: str) -> str:
    """The same, of a text that is plain already."""
    if not text.endswith(("会", "处", "办")):
        return text
    if named := _VILLAGE.fullmatch(text):
        return f"{named[1]}村"
    if named := _COMMUNITY.fullmatch(text):
        return f"{named[1]}社区"
    if named := _OFFICE.fullmatch(text):
        return named[1]
    return text


@lru_cache(maxsize=1)
def short_names() -> dict[int, str]:
    """Keys of counties, prefectures and provinces whose short name is in use (永兴); districts (区) have none."""
    all_places = ((int(p.code), p) for p in places() if p.short != p.name)
    return {key: p.short for key, p in all_places if not (p.level == "county" and p.name.endswith("区"))}
