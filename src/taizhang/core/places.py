"""The upper three levels of the administrative tree: provinces, prefectures, counties."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|"
    "柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|"
    "京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
# 苗族, 蒙古族 … one after the other; a few stand without 族 (蒙古自治州), and one character alone never does (融水|苗族, 长白|朝鲜族).
SUFFIX = re.compile(
    rf"(?:(?:{PEOPLES})族|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)*(?:自治州|自治县|自治旗)$|"
    r"(?:壮族|回族|维吾尔)?自治区$|特别行政区$|联合旗$|地区$|林区$|特区$|[省市县区盟旗]$"
)
BARE_SUFFIX = re.compile(r"族?(?:自治州|自治县|自治旗)$")


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its statistical code; `short` is the name without 省, 市, 县 … where two characters are left."""

    code: str
    name: str
    short: str

    @property
    def level(self) -> str:
        """province, prefecture or county."""
        return {2: "province", 4: "prefecture"}.get(len(self.code), "county")

    @property
    def parent(self) -> str | None:
        """The code of the place above; None for a province."""
        if len(self.code) == 2:
            return None
        return self.code[:2] if len(self.code) == 4 or self.code[2:4] == "90" else self.code[:-2]

    def within(self, other: Place) -> bool:
        """True when this place is the other or lies under it."""
        return self.code.startswith(other.code)


@lru_cache(maxsize=1)
def places() -> tuple[Place, ...]:
    """Every place of the table, by code."""
    table = files("taizhang.core").joinpath("places.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and line[0] != "#")
    return tuple(Place(code, name, _short(name)) for code, name in rows)


@lru_cache(maxsize=1)
def places_by_name() -> dict[str, tuple[Place, ...]]:
    """Places by full name and, districts (区) apart, by short name; one name may have several."""
    out: dict[str, tuple[Place, ...]] = {}
    for p in places():
        out[p.name] = (*out.get(p.name, ()), p)
        if p.short != p.name and not (p.level == "county" and p.name.endswith("区")):
            out[p.short] = (*out.get(p.short, ()), p)
    return out


def _short(name: str) -> str:
    for suffix in (SUFFIX, BARE_SUFFIX):
        bare = suffix.sub("", name)
        if len(bare) >= 2:
            return bare
    return name
