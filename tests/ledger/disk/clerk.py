"""A clerk who keeps a book: batches of acts, without end, the same for the same seed, each acceptable after those before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from taizhang.core import Entry

Act = Entry | tuple[Entry, ...]
FIRST = date(2023, 1, 3)
PLACE = 431129
SUPPLIER, DEPOT = "medicine.supplier/supplier", "medicine.depot/depot"
BATCHES = ["batch1", "batch2", "batch3"]
BOXES = [f"box{i}" for i in range(4)]
PEOPLE = [f"person{i}" for i in range(6)]
COPIES = [f"copy{i}" for i in range(5)]
READERS = [f"reader{i}" for i in range(3)]


def batches(seed: int) -> Iterator[list[Act]]:
    """First the records, then what happens to them: mostly a few acts, sometimes one, sometimes many."""
    clerk = _Clerk(Random(seed))
    yield clerk.registers()
    while True:
        yield [clerk.act() for _ in range(clerk.rng.choice((1, 1, 2, 5, 40)))]


@dataclass
class _Clerk:
    rng: Random
    number: int = 0
    stock: dict[str, int] = field(default_factory=dict)  # of each batch in the depot
    boxes: dict[tuple[str, str], int] = field(default_factory=dict)
    issued: list[Entry] = field(default_factory=list)
    loans: dict[str, Entry] = field(default_factory=dict)  # by copy

    def registers(self) -> list[Act]:
        acts: list[Act] = [self._state("medicine.drug", "drug", drug_code="D1", name="对乙酰氨基酚片", per_box=24)]
        acts += [
            self._state("medicine.batch", b, drug="drug", batch_no=b, made_on="2022-11-01", expiry="2025-11-01", per_box=24)
            for b in BATCHES
        ]
        acts += [
            self._state("medicine.supplier", "supplier", credit_code="91430000MA4L16JQ9B"),
            self._state("medicine.depot", "depot", depot_code="K1"),
        ]
        acts += [self._state("medicine.box", b, box_code=b, village="village") for b in BOXES]
        acts += [
            self._state("medicine.at_risk", p, grade="一般", sealed={"id_number": "c2VhbGVk" * 12, "name": "bmFtZQ" * 16}) for p in PEOPLE
        ]
        acts += [self._state("library.book", "tale", book_code="B1", name="水经注")]
        acts += [self._state("library.copy", c, barcode=c, book="tale", kind="外借") for c in COPIES]
        acts += [self._state("library.shelf", "shelf", shelf_code="S1")]
        acts += [self._state("library.reader", r, reader_no=r, kind="离退休干部") for r in READERS]
        return acts + [self._transfer("library.acquire", c, 1, "library.acquired", "library.shelf/shelf", how="采购") for c in COPIES]

    def act(self) -> Act:
        kinds = [
            self._purchase,
            self._allot,
            self._issue,
            self._issue,
            self._visit,
            self._seen_again,
            self._lending,
            self._lending,
            self._strike,
        ]
        return next(act for act in iter(lambda: self.rng.choice(kinds)(), 0) if act is not None)

    def _purchase(self) -> Entry:
        batch, boxes = self.rng.choice(BATCHES), self.rng.randint(1, 50)
        self.stock[batch] = self.stock.get(batch, 0) + boxes * 24
        return self._transfer(
            "medicine.purchase", batch, boxes * 24, SUPPLIER, DEPOT, price=1250, contract="合同" * self.rng.randint(1, 200)
        )

    def _allot(self) -> Entry | None:
        batch, box = self.rng.choice(BATCHES), self.rng.choice(BOXES)
        if not self.stock.get(batch):
            return None
        quantity = self.rng.randint(1, self.stock[batch])
        self.stock[batch] -= quantity
        self.boxes[box, batch] = self.boxes.get((box, batch), 0) + quantity
        return self._transfer("medicine.allot", batch, quantity, DEPOT, f"medicine.box/{box}", reason="按人口分配")

    def _issue(self) -> Entry | None:
        full = [key for key, held in self.boxes.items() if held]
        if not full:
            return None
        box, batch = self.rng.choice(full)
        quantity = self.rng.randint(1, min(6, self.boxes[box, batch]))
        self.boxes[box, batch] -= quantity
        entry = self._transfer("medicine.issue", batch, quantity, f"medicine.box/{box}", f"medicine.at_risk/{self.rng.choice(PEOPLE)}")
        self.issued.append(entry)
        return entry

    def _visit(self) -> Entry:
        return self._entry("event", "medicine.visit", self.rng.choice(PEOPLE), needs=self.rng.random() < 0.3)

    def _seen_again(self) -> Entry:
        """A state, sometimes of a day long past: then the record is put together anew."""
        entry = self._state("medicine.at_risk", self.rng.choice(PEOPLE), grade=self.rng.choice(["一般", "重点"]))
        return replace(entry, day=entry.day - timedelta(days=self.rng.choice((0, 0, 30))))

    def _lending(self) -> Entry:
        copy = self.rng.choice(COPIES)
        lent = self.loans.pop(copy, None)
        if lent is not None:
            return self._transfer("library.give_back", copy, 1, str(lent.target), str(lent.source), state="完好")
        entry = self._transfer("library.lend", copy, 1, "library.shelf/shelf", f"library.reader/{self.rng.choice(READERS)}")
        self.loans[copy] = replace(entry, due=entry.day + timedelta(days=60))
        return self.loans[copy]

    def _strike(self) -> tuple[Entry, ...] | None:
        """A free issue withdrawn, and restated with less in the same act."""
        if not self.issued:
            return None
        wrong = self.issued.pop(self.rng.randrange(len(self.issued)))
        strike = replace(self._entry("strike", wrong.type, None), strikes=wrong.uid, why="数量有误", day=wrong.day)
        less = self.rng.randint(1, wrong.quantity or 1)
        right = self._transfer(wrong.type, str(wrong.item), less, str(wrong.source), str(wrong.target))
        self.boxes[str(wrong.source).partition("/")[2], str(wrong.item)] += (wrong.quantity or 0) - less
        return strike, replace(right, day=wrong.day)

    def _state(self, type_name: str, record: str, /, sealed: dict[str, str] | None = None, **data: Any) -> Entry:
        return replace(self._entry("state", type_name, record, **data), sealed=sealed or {})

    def _transfer(self, type_name: str, item: str, quantity: int, source: str, target: str, /, **data: Any) -> Entry:
        entry = self._entry("transfer", type_name, None, **data)
        return replace(entry, item=item, quantity=quantity, source=source, target=target)

    def _entry(self, kind: Any, type_name: str, record: str | None, /, **data: Any) -> Entry:
        self.number += 1
        n = self.number
        uid = f"{0x018561E0D400 + n:012x}7000a{n:015x}"
        return Entry(
            uid, kind, type_name, PLACE, FIRST + timedelta(days=n // 40), "clerk", 1_672_704_000_000_000 + n, record, data, version=1
        )
