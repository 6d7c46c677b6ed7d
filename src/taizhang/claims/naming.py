"""Places named in a text: counties, prefectures and provinces by full name, or by short name where that is no ordinary word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from taizhang.core import Place, Span, places_by_name

# Short names that are ordinary words too; with 县 or 市 they are read as places.
ORDINARY = re.compile(
    "和平|互助|合作|友谊|共和|资源|通道|新兴|新民|新建|安康|安定|平安|富民|惠民|进贤|集贤|孝义|灯塔|同心|"
    "同德|大同|大方|大通|大田|民乐|民和|无为|武功|同仁|东方|平原|滨海|温泉|太湖|南部|河口|江口|洞口|城口|"
    "公安|兴业|兴国|兴隆|凤凰|桃源|莲花|龙门|石林|天台|祥云|沿河|江山|海北|海东|台前|海城|永安|永和|永胜|"
    "永丰|安居|长兴|清流|清水|金山|光山|天长|天全|天等|会同|开化|通化|中方|中山|三门|五常|大关|大悟|灵石|"
    "铜鼓|铁力|锦屏|镇原|长子|东海|东山|民权|古田|开平|高台|修文|扬中|富裕|永兴|江城"
)
NO_PLACE = frozenset(("城区", "郊区", "矿区", "市辖区", "新区", "城关区"))
# What shows that a short name is part of another name: 东安路, 长沙银行, 吉林大学.
PART_OF_NAME = re.compile(
    r"路|街|大道|大桥|隧道|河|江|湖|港|站|机场|高速|高铁|铁路|大学|学院|银行|证券|集团|公司|股份|酒店|宾馆|公园|菜|酒|茶"
)
FULL_NAME_RUNS_ON = re.compile(r"(?<=市)[场值面盈占]|(?<=区)[域间位别块划分]|(?<=县)[域]")
COMMON_DISTRICT = re.compile(r"(?:解放|[新老]城|市中|城[东西南北中关厢]|[东西南北中]城|江[东西南北]|河[东西]|港口|新市|矿|城|郊)区")
SUFFIXES = "省市县区旗州"


@dataclass(frozen=True, slots=True)
class Named:
    """A place name where it stands; `places` are all that bear it, `full` when it is printed with 县, 市, 省 …"""

    at: Span
    name: str
    places: tuple[Place, ...]
    full: bool

    @property
    def exact(self) -> bool:
        """True for the full name of a place, and one that is no common word for a part of town."""
        return self.full and any(p.name == self.name for p in self.places) and not COMMON_DISTRICT.fullmatch(self.name)

    def related(self, other: Named) -> bool:
        """True when some place of this name lies in, or holds, some place of the other."""
        return any(a.within(b) or b.within(a) for a in self.places for b in other.places)

    def under(self, other: Named) -> bool:
        """True when some place of this name lies in some place of the other."""
        return any(a.within(b) and a != b for a in self.places for b in other.places)


@lru_cache(maxsize=4)
def named_places(text: str) -> tuple[Named, ...]:
    """The places named in a text, the longest name first at each character, in reading order."""
    return tuple(_named(text))


def _named(text: str) -> Iterator[Named]:
    lexicon, longest = _lexicon()
    i = 0
    while i < len(text):
        name = next((w for n in range(longest.get(text[i : i + 2], 0), 1, -1) if (w := text[i : i + n]) in lexicon), "")
        full = bool(name) and ((name[-1] in SUFFIXES and len(name) > 2) or name[-1] == "县")
        end = i + len(name)
        if name and not (FULL_NAME_RUNS_ON if full else PART_OF_NAME).match(text, end):
            yield Named((i, end), name, lexicon[name], full)
        i = max(end, i + 1)


@lru_cache(maxsize=1)
def _lexicon() -> tuple[dict[str, tuple[Place, ...]], dict[str, int]]:
    """Names (江华 and 江华县 for 江华瑶族自治县, 湘西州 …) with their places, and the longest name by its first two characters."""
    names: dict[str, tuple[Place, ...]] = {}
    for name, found in places_by_name().items():
        if name not in NO_PLACE and not ORDINARY.fullmatch(name):
            names[name] = found
        for p in found:
            for kind in ("自治县", "自治州"):
                if p.name.endswith(kind):
                    alias = p.short + kind[-1]
                    names[alias] = tuple(dict.fromkeys((*names.get(alias, ()), p)))
    longest: dict[str, int] = {}
    for name in names:
        longest[name[:2]] = max(longest.get(name[:2], 0), len(name))
    return names, longest
