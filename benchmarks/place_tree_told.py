"""Published counts of places, as `place_tree_told.tsv` keeps them; the plain sentences they are put into; what the tree itself says of each."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).resolve().parent / "place_tree_told.tsv"
KINDS = ("date", "scheme", "source", "unexplained")
_COUNT = re.compile(r"(\d+)个?([^\d、，。；和及共其计]+)")
_WHY = re.compile(r"(?P<kind>\w+)(?:\[(?P<of>[^\]]+)\])?(?:: (?P<reason>.+))?")
_TOWNSHIPS = ("镇", "乡", "民族乡")
_COUNTED = {
    "街道": ("街道",),
    "街道办事处": ("街道",),
    "镇": ("镇",),
    "乡": ("乡", "民族乡"),
    "民族乡": ("民族乡",),
    "瑶族乡": ("民族乡",),
    "乡镇": _TOWNSHIPS,
    "乡镇（街道）": ("街道", *_TOWNSHIPS),
    "村": ("村",),
    "行政村": ("村",),
    "建制村": ("村",),
    "社区": ("社区",),
    "居委会": ("社区",),
    "村（社区）": ("村", "社区"),
    "村（居）委会": ("村", "社区"),
    "行政村（社区）": ("村", "社区"),
    "行政村（居委会）": ("村", "社区"),
}
"""What each word counts: sorts of the tree. Written down here beside the pack, so that the pack is checked too."""


@dataclass(frozen=True)
class Count:
    """One published number: of what, and the sorts of the tree it counts."""

    number: int
    of: str
    sorts: tuple[str, ...]

    def real(self, tallies: Counter[str]) -> int:
        """The number by the tree."""
        return sum(tallies[sort] for sort in self.sorts)


@dataclass(frozen=True)
class Told:
    """A row of the table."""

    county: str
    name: str
    when: str
    source: str
    address: str
    words: str
    why: str

    @property
    def counts(self) -> list[Count]:
        """The numbers of the row in their order. A 乡 told beside a 民族乡 is none of them; one told with 其中 may be."""
        found = [(int(number), of.rstrip("（）") if "（" not in of or of.endswith("（") else of) for number, of in _COUNT.findall(self.words)]
        apart = "其中" not in self.words and any(of.endswith("族乡") for _, of in found)
        return [Count(number, of, ("乡",) if apart and of == "乡" else _COUNTED[of]) for number, of in found]

    @property
    def own(self) -> str:
        """A sentence with the row's own time."""
        return f"{self._time}{self.name}辖{self.words}。"

    def on(self, day: str) -> str:
        """The same said of a day."""
        year, month, date = day.split("-")
        return f"{year}年{int(month)}月{int(date)}日，{self.name}辖{self.words}。"

    @property
    def _time(self) -> str:
        if self.when == "-":
            return ""
        year, *month = self.when.split("-")
        return f"{year}年{int(month[0])}月底，" if month else f"{year}年底，"

    def reason(self, of: str) -> tuple[str, str]:
        """Why a count is not the tree's: the kind, and the reason in words; two empty texts where the row gives none."""
        for part in self.why.split(" | ") if self.why != "-" else ():
            found = _WHY.fullmatch(part)
            if found is None or found["kind"] not in KINDS:
                raise ValueError(f"{self.name} {self.when}: {part}")
            if found["of"] is None or of in found["of"].split(","):
                return found["kind"], found["reason"] or ""
        return "", ""


def told() -> list[Told]:
    """All rows of the table."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [Told(*line.split("\t")) for line in lines if line and not line.startswith("#")]
