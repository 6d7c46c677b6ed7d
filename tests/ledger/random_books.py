"""Random books: acts as a careless office might send them, drawn from a seed, with what a naive book answers to each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from taizhang.core import Entry

from ..books import shipped
from .naive_book import Act, NaiveBook

FIRST, DAYS = date(2023, 1, 1), 12
PLACES = (431122, 431123, 431122100)
MINES, PEOPLE, COPIES = ("m1", "m2", "m3"), ("p1", "p2", "p3"), ("c1", "c2", "c3")
FUNDS, SITES = ("mines.fund/f1", "mines.fund/f2"), ("mines.site/m1", "mines.site/m2")
SHELVES, READERS = ("library.shelf/s1", "library.shelf/s2"), ("library.reader/p1", "library.reader/p2")
DEPOTS, BOXES = ("medicine.depot/d1", "medicine.depot/d2"), ("medicine.box/x1", "medicine.box/x2")
TRANSFERS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    # type: items, sources, targets
    "mines.receive": (("money",), ("mines.givers",), FUNDS),
    "mines.allot": (("money",), FUNDS, SITES),
    "mines.pay": (("money",), SITES, ("mines.builder/o1",)),
    "mines.refund": (("money",), SITES, FUNDS),
    "medicine.purchase": (("b1", "b2"), ("medicine.supplier/o1",), DEPOTS),
    "medicine.allot": (("b1", "b2"), DEPOTS, BOXES),
    "medicine.issue": (("b1", "b2"), BOXES, ("medicine.at_risk/p1", "medicine.at_risk/p2")),
    "medicine.recall": (("b1", "b2"), BOXES, DEPOTS),
    "medicine.discard": (("b1", "b2"), DEPOTS, ("medicine.destroyed",)),
    "library.acquire": (COPIES, ("library.acquired",), SHELVES),
    "library.move": (COPIES, SHELVES, (*SHELVES, *READERS)),
    "library.withdraw": (COPIES, SHELVES, ("library.withdrawn",)),
    "library.lend": (COPIES, SHELVES, READERS),
    "library.give_back": (COPIES, READERS, SHELVES),
}
STATES: dict[str, tuple[tuple[str, ...], dict[str, Callable[[Random], Any]], tuple[str, ...]]] = {
    # type: records, fields in the open, fields that are sealed now and then
    "mines.mine": (MINES, {"mine_code": lambda r: "", "name": lambda r: r.choice("甲乙丙"), "area": lambda r: r.choice(["2.8", "0", None])}, ()),
    "mines.site": (MINES, {"mine_code": lambda r: "", "kind": lambda r: "砂石土矿", "started": lambda r: "2023-01-02"}, ()),
    "base.person": (PEOPLE, {"sex": lambda r: r.choice(["男", "女", None])}, ("name", "phone")),
    "library.reader": (PEOPLE, {"kind": lambda r: "在职职工", "reader_no": lambda r: r.randrange(9), "sex": lambda r: "男"}, ("name", "reader_no")),
    "medicine.at_risk": (PEOPLE, {"groups": lambda r: r.choice([["老人"], ["孕妇", "老人"], []]), "grade": lambda r: r.choice([None, "红"])}, ("name",)),
    "library.copy": (COPIES, {"book": lambda r: r.choice(["k1", "k2"]), "barcode": lambda r: "", "price": lambda r: r.choice([0, 4550, None])}, ()),
}
KEYS = ("mine_code", "barcode")
HOLDS = ("library.hold", "library.hold", "library.cancel_hold", "medicine.offer", "medicine.pass_on")


@dataclass
class Office:
    """Draws acts; what a naive book makes of them steers what comes next."""

    rng: Random
    naive: NaiveBook = field(default_factory=lambda: NaiveBook(shipped()))
    delivered: list[Act] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    _ticks: int = 1 << 40

    def __post_init__(self) -> None:
        """An office runs one programme, or two, or all: alone, more happens to the same things. Some are orderly for most of the time."""
        self.orderly = self.rng.random() < 0.4
        run = self.rng.choice([("library",), ("library", "base"), ("mines", "medicine"), ("mines", "base", "medicine", "library")])
        run = ("mines", "base", "medicine") if self.orderly else run
        self.transfers = [kind for kind in TRANSFERS if kind.partition(".")[0] in run]
        self.states = [kind for kind in STATES if kind.partition(".")[0] in run]
        self.holds = [kind for kind in HOLDS if kind.partition(".")[0] in run]

    def acts(self, count: int) -> Iterator[tuple[Act, set[str]]]:
        """`count` acts, each with the words that may answer it."""
        calm = [(self._transfer, 36), (self._state, 14), (self._event, 14), (self._loaned, 12)]
        ways = [*calm, (self._strike, 14), (self._again, 8), (self._odd, 4)]
        while len(self.delivered) < count:
            makers, weights = zip(*(calm if self.is_calm else ways), strict=True)
            act = self.rng.choices(makers, weights)[0]()
            unwanted = 1 if self.is_calm else 0.5
            if not act or (self.rng.random() < unwanted and self.naive.wrongs(act) == {"short"}):
                continue  # enough of those come without looking for them
            words = self.naive.deliver(act)
            self._note(act, words)
            self.delivered.append(act)
            yield act, words

    @property
    def is_calm(self) -> bool:
        """Whether acts now come in the order of their days, new and possible: an orderly office, but for every third hour."""
        return self.orderly and len(self.delivered) // 20 % 3 < 2

    # ---- what is sent ----------------------------------------------------------------------------------------------------------

    def _transfer(self) -> Act:
        """Mostly of what is there, now and then of more, or from an account that is empty."""
        kind = self.rng.choice(self.transfers)
        items, sources, targets = TRANSFERS[kind]
        item, source = self.rng.choice(self._filled(items, sources) or [(i, s) for i in items for s in sources])
        most = 2 if kind.startswith("library") else 60
        quantity = self.rng.randrange(1, most + 1)
        if self.rng.random() < 0.8 and not self.naive.is_outside(source):
            quantity = min(quantity, max(1, self.naive.held(source, item)))
        due = self._day() if kind == "library.lend" and self.rng.random() < 0.8 else None
        return (self._entry("transfer", kind, item=item, source=source, target=self.rng.choice(targets), quantity=quantity, due=due),)

    def _filled(self, items: tuple[str, ...], sources: tuple[str, ...]) -> list[tuple[str, str]]:
        if self.rng.random() < 0.1:
            return []
        return [(i, s) for i in items for s in sources if self.naive.is_outside(s) or self.naive.held(s, i) > 0]

    def _state(self) -> Act:
        kind = self.rng.choice(self.states)
        records, fields, sealed = STATES[kind]
        record = self.rng.choice(records)
        data = {name: self._value(name, record, make) for name, make in fields.items() if self.rng.random() < 0.6}
        hidden = {name: f"c{self.rng.randrange(999)}" for name in sealed if name not in data and self.rng.random() < 0.5}
        return (self._entry("state", kind, record=record, data=data, sealed=hidden),)

    def _value(self, name: str, record: str, make: Callable[[Random], Any]) -> Any:
        """A natural key is its record's own; now and then two records say the same one, or one says another."""
        if name not in KEYS:
            return make(self.rng)
        return f"K-{record}" if self.rng.random() < 0.9 else self.rng.choice(["K-0", f"L-{record}"])

    def _event(self) -> Act:
        if self.is_calm or self.rng.random() < 0.25:
            return (self._entry("event", "traffic.violation", record="crew-1", data={"kind": "超载", "fine": self.rng.randrange(0, 500)}),)
        hidden = sorted({e.record or "" for e in self.naive.entries if e.sealed and e.kind == "state"})
        if hidden and self.rng.random() < 0.15:
            record = self.rng.choice(hidden)
            return (self._entry("event", "book.erase", record=record, data={"record": record}),)
        kind = self.rng.choice(self.holds)
        if kind.startswith("library"):
            return (self._entry("event", kind, record=self.rng.choice(["k1", "k2"]), data={"reader": self.rng.choice(PEOPLE[:2])}),)
        data = {"giver": self.rng.choice(PEOPLE), "amount": 3} | ({"taker": "p3"} if kind.endswith("pass_on") else {})
        return (self._entry("event", kind, record=self.rng.choice(["g1", "g2"]), data=data),)

    def _loaned(self) -> Act:
        """A return or a renewal of a loan that is there."""
        loans = list(self.naive.loans().values())
        if not loans:
            return ()
        loan = self.rng.choice(loans)
        lent: Entry = loan["entry"]
        if self.rng.random() < 0.5:
            about = (lent.target or "").partition("/")[2]
            return (self._entry("event", "book.renew", record=about, data={"loan": lent.uid, "due": self._day(9).isoformat()}),)
        more = {"item": lent.item, "source": lent.target, "target": lent.source, "quantity": self.rng.randrange(1, (lent.quantity or 0) + 2)}
        return (self._entry("transfer", "library.give_back", **more),)

    def _strike(self) -> Act:
        """One entry withdrawn, or several, perhaps restated."""
        standing = [e for e in self.naive.entries if e.kind != "strike" and e.uid not in {s.strikes for s in self.naive.entries}]
        rare = [e for e in standing if e.type in ("library.lend", "library.give_back", "book.renew", "book.erase", "medicine.pass_on")]
        pool = standing if standing and self.rng.random() < 0.9 else self.naive.entries
        pool = rare if rare and self.rng.random() < 0.4 else pool
        if not pool:
            return ()
        struck = [self.rng.choice(pool) for _ in range(self.rng.choice([1, 1, 1, 2]))]
        again = [self._restated(one) for one in struck if self.rng.random() < 0.5 and one.kind != "strike"]
        return (*(self._withdrawing(one) for one in struck), *again)

    def _withdrawing(self, one: Entry) -> Entry:
        record = one.record or "r-free"
        told: dict[str, Any] = {"why": "写错了"} if self.rng.random() < 0.7 else {"sealed": {"why": "QUJD"}}
        kind = one.type if self.rng.random() < 0.96 else "traffic.violation"
        strikes = one.uid if self.rng.random() < 0.96 else self._uid()
        return self._entry("strike", kind, record=record, strikes=strikes, **told)

    def _restated(self, one: Entry) -> Entry:
        changed = replace(one, uid=self._uid(), day=one.day if self.rng.random() < 0.5 else self._day())
        if one.kind == "transfer":
            changed = replace(changed, quantity=max(1, (one.quantity or 0) + self.rng.randrange(-9, 10)))
        return changed

    def _again(self) -> Act:
        """An act that was sent before: as it was, by somebody else, in part, with more, or saying something else."""
        if not self.delivered:
            return ()
        gone = [act for act in self.delivered if any(e.sealed and self.naive.erased(e.record) for e in act)]
        act = self.rng.choice(gone if gone and self.rng.random() < 0.5 else self.delivered)
        later = tuple(replace(entry, actor="clerk-2", recorded_at=entry.recorded_at + 1, version=7) for entry in act)
        other = tuple(replace(entry, place=1) for entry in act)
        sealed = tuple(replace(entry, sealed=dict.fromkeys(entry.sealed, "WFla")) for entry in act)
        ways = [act, later, act[:1], (*act, *self._state()), other, sealed]
        return sealed if act in gone and self.rng.random() < 0.5 else self.rng.choice(ways)

    def _odd(self) -> Act:
        """An act that is wrong in itself."""
        (transfer,), (state,), (event,) = self._transfer(), self._state(), (self._event())
        odd = [
            replace(transfer, quantity=self.rng.choice([0, -3])), replace(transfer, target=transfer.source), replace(state, type="nowhere.thing"),
            replace(state, kind="event"), replace(state, record='a"b'), replace(event, data={"fine": 0.5}), replace(event, type="mines.mine"),
        ]  # fmt: skip
        one = self.rng.choice(odd)
        return self.rng.choice([(one,), (one,), (transfer, one), (transfer, transfer)])

    # ---- parts -----------------------------------------------------------------------------------------------------------------

    def _entry(self, kind: Any, type_name: str, **more: Any) -> Entry:
        told = {"uid": self._uid(), "place": self.rng.choice(PLACES), "day": self._day(), "actor": "clerk-1", "recorded_at": self._ticks} | more
        return Entry(kind=kind, type=type_name, **told)

    def _uid(self) -> str:
        """Mostly rising, as they are made; now and then derived, and anywhere."""
        self._ticks += self.rng.randrange(1, 9)
        top = self._ticks if self.is_calm or self.rng.random() < 0.8 else self.rng.randrange(1 << 48)
        return f"{top:012x}7{self.rng.randrange(1 << 12):03x}8{self.rng.randrange(1 << 60):015x}"

    def _day(self, after: int = 0) -> date:
        """Mostly near the end of what was there before, now and then long ago."""
        if self.is_calm:
            newest = max((entry.day for entry in self.naive.entries), default=FIRST)
            return newest + timedelta(self.rng.random() < 0.1)
        newest = max((entry.day for entry in self.naive.entries[-8:]), default=FIRST)
        if self.rng.random() < 0.6:
            return min(newest + timedelta(self.rng.randrange(3)), FIRST + timedelta(DAYS + after))
        return FIRST + timedelta(self.rng.randrange(DAYS + after))

    def _note(self, act: Act, words: set[str]) -> None:
        """Count what was exercised."""
        self.seen.update(words)
        known = self.naive.entries
        if "ok" not in words:
            late = any(e.kind == "transfer" and any(k.kind == "transfer" and k.day > e.day for k in known) for e in act)
            self.seen["short on a past day"] += "short" in words and late
            return
        by_uid = {entry.uid: entry for entry in known}
        self.seen["ended by another"] = self.naive.ended_again
        for entry in act:
            kind = f"strike of {by_uid[entry.strikes].kind}" if entry.strikes else entry.kind
            self.seen[kind] += 1
            before = [k for k in known if k.kind == entry.kind and k.record == entry.record and k.uid != entry.uid]
            self.seen["late state"] += entry.kind == "state" and any(k.day > entry.day for k in before)
            self.seen[entry.type if entry.type.startswith("book.") else "other"] += entry.kind == "event"
        self.seen["restated"] += len(act) > 1 and any(e.kind == "strike" for e in act) and any(e.kind != "strike" for e in act)
        self.seen["several strikes"] += sum(e.kind == "strike" for e in act) > 1
        self.seen["strike of return"] += any(e.strikes and by_uid[e.strikes].type == "library.give_back" for e in act)
        self.seen["strike of renewal"] += any(e.strikes and by_uid[e.strikes].type == "book.renew" for e in act)
        self.seen["strike of loan"] += any(e.strikes and by_uid[e.strikes].type == "library.lend" for e in act)
