"""Names of invented people and firms. They are made of words that tell they are invented: no firm and no person named in the news."""

from __future__ import annotations

from random import Random

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高邓谢唐蒋彭曾肖田盘奉"
"""Those of Hunan more than once; 盘 and 奉 of the 瑶族."""
FIRST = "沅澧芷汀榆桐柘禾穗岚溪湄澜畦陌莳蓼荇苇笙"
SECOND = "舟砚笛渡棹汐岫垄楫蓑筠篱荻菱芃柚槿杞棠橹"
FIRMS = ("沅芷", "澧兰", "青禾", "南岫", "橘洲畔", "柘溪湾", "九畦", "荻渡", "白蓼", "云棹")
_WHO = "示例"
"""Every invented firm bears it."""


def person(rng: Random) -> str:
    """A surname and an invented given name."""
    given = rng.choice(FIRST) + (rng.choice(SECOND) if rng.randrange(10) else "")
    return rng.choice(SURNAMES) + given


def firm(rng: Random, trade: str = "有限公司") -> str:
    """An invented firm of a trade (大药房): 示例青禾大药房."""
    return f"{_WHO}{rng.choice(FIRMS)}{trade}"
