"""Random books for figures: many kinds of entries, stated late, for days past, restated, struck; places that moved and merged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from taizhang.core import Entry
from taizhang.ledger.journal import Refused
from taizhang.ledger.store import DjangoStore

from ..books import SmallBook

FIRST, DAYS = date(2022, 11, 20), 75
PLACES: dict[int, tuple[str, str]] = {
    43: ("43/", "province"),
    4310: ("43/4310/", "prefecture"),
    4311: ("43/4311/", "prefecture"),
    431023: ("43/4310/431023/", "county"),
    431023101: ("43/4310/431023/431023101/", "township"),
    431023101201: ("43/4310/431023/431023101/431023101201/", "village"),
    431023101202: ("43/4310/431023/431023101/431023101202/", "village"),
    431023102: ("43/4310/431023/431023102/", "township"),
    431122: ("43/4311/431122/", "county"),
    431122100: ("43/4311/431122/431122100/", "township"),
    431023104: ("43/4311/431122/431023104/", "township"),  # it moved to another county, and kept its key
    431023104201: ("43/4311/431122/431023104/431023104201/", "village"),
    10**15 + 431023109: (f"43/4310/431023/{10**15 + 431023109}/", "township"),  # known to the civil affairs office alone
}
STRANGERS = (431023103, 431122100305)
"""Places that entries name and nobody loaded: where they lie their codes tell."""
ENDED = {431023101202: (None, "2022-12-31"), 431023101201: ("2023-01-01", None)}

MARKS, KINDS, WAYS = ("湿", "坡", "远"), ("水田", "旱地", "林地"), ("翻耕", "播种", "施肥")
TEAMS, PLOTS, BARNS = ("t1", "t2", "t3"), ("p1", "p2", "p3", "p4"), ("b1", "b2")


def paths() -> dict[int, str]:
    """Where every place lies."""
    own = {key: path for key, (path, _) in PLACES.items()}
    return own | {key: "".join(f"{str(key)[:n]}/" for n in (2, 4, 6, 9, 12) if n <= len(str(key))) for key in STRANGERS}


def load_places(store: DjangoStore) -> None:
    """The places in the tables of a book."""
    with store.transaction():
        for key, (path, level) in PLACES.items():
            store.run("INSERT INTO place (key, path, level, name) VALUES (?, ?, ?, ?)", [key, path, level, f"地{key}"])
            start, end = ENDED.get(key, (None, None))
            sql = "INSERT INTO place_code (place, scheme, code, name, valid_from, valid_to) VALUES (?, 'stat', ?, ?, ?, ?)"
            store.run(sql, [key, str(key), f"地{key}", start, end])


@dataclass
class Clerks:
    """Careless clerks who post into a book; `acts` are those that were taken, each a list of entries."""

    rng: Random
    book: SmallBook
    acts: list[list[Entry]] = field(default_factory=list)
    _ticks: int = 1 << 40
    _struck: set[str] = field(default_factory=set)

    def post(self, count: int) -> None:
        """So many acts, of which some are refused."""
        ways = [(self._state, 22), (self._odd_event, 20), (self._shipped_event, 14), (self._move, 26), (self._strike, 12), (self._renew, 6)]
        makers, weights = zip(*ways, strict=True)
        for _ in range(count):
            act = list(self.rng.choices(makers, weights)[0]())
            try:
                if act:
                    self.book.journal.append([tuple(act)])
                    self.acts.append(act)
                    self._struck.update(one.strikes for one in act if one.strikes)
            except Refused:
                continue

    # ---- what is sent ----------------------------------------------------------------------------------------------------------

    def _state(self) -> Iterator[Entry]:
        rng = self.rng
        kind = rng.choice(["team", "plot", "plot", "plot", "trial", "barn", "drug", "batch", "mine", "site", "fund", "book", "copy", "reader", "crew"])
        if kind in ("plot", "trial"):
            yield self._plot(kind)
            return
        values: dict[str, tuple[str, tuple[str, ...], dict[str, Any]]] = {
            "team": ("odd.team", TEAMS, {"kind": ["长期", "临时", None]}),
            "barn": ("odd.barn", BARNS, {"name": ["甲库", "乙库", None]}),
            "drug": ("medicine.drug", ("d1", "d2"), {"form": ["片剂", "胶囊", "颗粒", None], "per_box": [24, 20]}),
            "batch": ("medicine.batch", ("k1", "k2"), {"drug": ["d1", "d2"], "expiry": ["2023-02-01", "2023-06-30", None]}),
            "mine": ("mines.mine", ("m1", "m2"), {"kind": ["砂石土矿", "历史遗留矿山", None], "area": ["2.8", "31.25", None]}),
            "site": ("mines.site", ("m1", "m2"), {"kind": ["砂石土矿", "历史遗留矿山"], "started": ["2022-12-01"]}),
            "fund": ("mines.fund", ("f1", "f2"), {"kind": ["中央资金", "县级资金", None]}),
            "book": ("library.book", ("w1", "w2"), {"subject": ["水利", "历史", None]}),
            "copy": ("library.copy", ("c1", "c2", "c3"), {"book": ["w1", "w2"], "kind": ["外借", "短借"]}),
            "reader": ("library.reader", ("r1", "r2"), {"kind": ["离退休干部", "在职职工", None]}),
            "crew": ("traffic.crew", ("z1",), {"name": ["一中队", "二中队"]}),
        }
        type_name, records, choices = values[kind]
        told = {name: rng.choice(options) for name, options in choices.items() if rng.random() < 0.7}
        yield self._entry("state", type_name, record=rng.choice(records), data=told)

    def _plot(self, kind: str) -> Entry:
        rng = self.rng
        options: dict[str, Any] = {
            "code": [], "kind": [*KINDS, None], "area": ["1.5", "30", "0", None], "team": [*TEAMS, None], "since": ["2022-12-01", "2023-01-01", None],
            "level": [0, 1, 2, 3, None],
        }  # fmt: skip
        told = {name: rng.choice(some) for name, some in options.items() if some and rng.random() < 0.5}
        if rng.random() < 0.5:
            told["marks"] = rng.choice([None, [m for m in MARKS if rng.random() < 0.5]])
        if kind == "trial":
            told["grade"] = rng.choice([1, 2, None])
        return self._entry("state", f"odd.{kind}", record=rng.choice(PLOTS), data=told)

    def _odd_event(self) -> Iterator[Entry]:
        rng = self.rng
        if rng.random() < 0.2:
            told = {"lost": rng.choice([0, 1050, 333, None]), "dead": rng.choice([0, 0, 7, None])}
            yield self._entry("event", "odd.storm", data=self._some(told))
            return
        told = {
            "hours": rng.choice(["1.5", "8", "0", None]), "cost": rng.choice([0, 5000, 12345, -250, None]), "people": rng.randrange(5),
            "ways": [w for w in WAYS if rng.random() < 0.5], "good": rng.choice([True, False, None]),
            "ends": rng.choice(["2022-12-31", "2023-01-05", None]), "helper": rng.choice([*TEAMS, None]),
        }  # fmt: skip
        yield self._entry("event", "odd.work", record=rng.choice([*PLOTS, "nobody"]), data=self._some(told))

    def _shipped_event(self) -> Iterator[Entry]:
        rng = self.rng
        told: dict[str, tuple[str | None, dict[str, Any]]] = {
            "mines.accept": (rng.choice(["m1", "m2"]), {"restored": rng.choice(["1.25", "0.7638", "2"]), "survival": rng.choice(["85", "92.5", None])}),
            "mines.tend": (rng.choice(["m1", "m2"]), {"replanted": rng.choice([100, None])}),
            "traffic.violation": ("z1", {"kind": rng.choice(["超载", "超速", "其他"]), "fine": rng.choice([5000, 20000, None]), "vehicle": rng.choice(["货车", "摩托车"])}),
            "traffic.accident": (None, {"deaths": rng.choice([0, 0, 1, None])}),
            "library.seen": (rng.choice(["c1", "c2"]), {"shelf": "s1", "state": rng.choice(["在架", "缺失"])}),
        }  # fmt: skip
        type_name = rng.choice(list(told))
        record, values = told[type_name]
        yield self._entry("event", type_name, record=record, data=self._some(values))

    def _move(self) -> Iterator[Entry]:
        rng = self.rng
        team, barn, batch, fund, copy = rng.choice(TEAMS), rng.choice(BARNS), rng.choice(["k1", "k2"]), rng.choice(["f1", "f2"]), rng.choice(["c1", "c2", "c3"])
        many: dict[str, tuple[str, str, str, int]] = {
            # type: item, source, target, most
            "odd.grant": ("money", "odd.bank", f"odd.team/{team}", 30000),
            "odd.stock_up": ("odd.seed", "odd.market", f"odd.barn/{barn}", 40),
            "odd.lime_up": ("odd.lime", "odd.market", f"odd.barn/{barn}", 9),
            "odd.hand_out": ("odd.lime", f"odd.barn/{barn}", f"odd.team/{team}", 5),
            "odd.lend": ("odd.seed", f"odd.barn/{barn}", f"odd.team/{team}", 9),
            "odd.bring": ("odd.seed", f"odd.team/{team}", f"odd.barn/{barn}", 7),
            "medicine.purchase": (batch, "medicine.supplier/o1", "medicine.depot/h1", 500),
            "medicine.allot": (batch, "medicine.depot/h1", "medicine.box/x1", 90),
            "medicine.issue": (batch, "medicine.box/x1", f"medicine.at_risk/{rng.choice(['g1', 'g2'])}", 6),
            "mines.receive": ("money", "mines.givers", f"mines.fund/{fund}", 1000000),
            "mines.allot": ("money", f"mines.fund/{fund}", f"mines.site/{rng.choice(['m1', 'm2'])}", 500000),
            "library.acquire": (copy, "library.acquired", "library.shelf/s1", 1),
            "library.lend": (copy, "library.shelf/s1", f"library.reader/{rng.choice(['r1', 'r2'])}", 1),
            "library.give_back": (copy, f"library.reader/{rng.choice(['r1', 'r2'])}", "library.shelf/s1", 1),
        }
        type_name = rng.choice(list(many))
        item, source, target, most = many[type_name]
        lends = type_name.endswith(".lend")
        day = self._day()
        due = day + timedelta(rng.randrange(20)) if lends else None
        data = {"how": rng.choice(["现金", "转账"])} if type_name == "odd.grant" and rng.random() < 0.8 else {}
        more = {"item": item, "quantity": rng.randint(1, most), "source": source, "target": target, "due": due}
        yield self._entry("transfer", type_name, day=day, data=data, **more)

    def _strike(self) -> Iterator[Entry]:
        """An entry is withdrawn; half of the time it is restated, changed a little, perhaps for another day or place."""
        standing = [one for act in self.acts for one in act if one.kind != "strike" and one.uid not in self._struck]
        if not standing:
            return
        one = self.rng.choice(standing)
        yield self._entry("strike", one.type, strikes=one.uid, why="写错了", record=one.record or "nobody")
        if self.rng.random() < 0.5:
            place, day = self.rng.choice([(one.place, one.day), (self._place(), one.day), (one.place, self._day())])
            yield replace(one, uid=self._uid(), place=place, day=day)

    def _renew(self) -> Iterator[Entry]:
        loans = [one for act in self.acts for one in act if one.type.endswith(".lend") and one.uid not in self._struck]
        if loans:
            one, day = self.rng.choice(loans), self._day()
            due = (day + timedelta(self.rng.randrange(30))).isoformat()
            record = (one.target or "").partition("/")[2]
            yield self._entry("event", "book.renew", day=day, record=record, data={"loan": one.uid, "due": due})

    # ---- small things ----------------------------------------------------------------------------------------------------------

    def _entry(self, kind: Any, type_name: str, day: date | None = None, **more: Any) -> Entry:
        told = {"uid": self._uid(), "place": self._place(), "actor": "clerk", "recorded_at": 1_672_000_000_000_000 + self._ticks} | more
        return Entry(kind=kind, type=type_name, day=day or self._day(), **told)

    def _some(self, values: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in values.items() if self.rng.random() < 0.8}

    def _day(self) -> date:
        return FIRST + timedelta(self.rng.randrange(DAYS))

    def _place(self) -> int:
        return self.rng.choice([*PLACES, *STRANGERS])

    def _uid(self) -> str:
        self._ticks += self.rng.randint(1, 9)
        return f"{self._ticks:012x}7{self.rng.getrandbits(12):03x}8{self.rng.getrandbits(60):015x}"
