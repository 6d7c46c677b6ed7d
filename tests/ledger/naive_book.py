"""A book kept in lists and loops, written from the design and the page on packs alone: slow, and plain enough to be believed.

It keeps nothing but the entries it accepted, and which hold was ended by what; everything else is worked out anew for each question.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from taizhang.core import Entry
from taizhang.packs import Event, Pack, Register, Transfer, base_pack

Act = tuple[Entry, ...]
Record = dict[str, dict[str, Any]]
"""What each register keeps of a record: its values, and in brackets where and when they were said."""


class NaiveBook:
    """The entries accepted so far, in order; the first has seq 1."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        self.packs = {pack.name: pack for pack in (base_pack(), *packs)}
        self.things: dict[str, Register | Event | Transfer] = {}
        for pack in self.packs.values():
            for group in (pack.registers, pack.events, pack.transfers):
                self.things.update({thing.type: thing for thing in group.values()})
        self.entries: list[Entry] = []
        self.ended: dict[int, int] = {}
        self.ended_again = 0

    # ---- acts ------------------------------------------------------------------------------------------------------------------

    def deliver(self, act: Act) -> set[str]:
        """The words with which the journal may answer: several where an act is wrong in several ways."""
        if (known := self._known(act)) is not None:
            return {known}
        wrong = self.wrongs(act)
        if not wrong:
            for entry in act:
                self._accept(entry)
        return wrong or {"ok"}

    def _known(self, act: Act) -> str | None:
        there = {entry.uid: entry for entry in self.entries}
        if not any(entry.uid in there for entry in act) or any(_is_broken(entry) for entry in act):
            return None
        for entry in act:
            first = there.get(entry.uid)
            if first is not None and _said(first) != _said(entry):
                return "erased" if first.sealed and self.erased(first.record) else "conflict"
        return "exists" if all(entry.uid in there for entry in act) else "conflict"

    def wrongs(self, act: Act) -> set[str]:
        """Why an act cannot be accepted."""
        found: set[str] = set()
        for entry in act:
            found |= self._mistyped(entry) | self._unstrikable(entry)
        if any(_is_broken(entry) or (entry.kind == "transfer" and (entry.quantity or 0) < 1) for entry in act):
            found.add("form")
        if len({entry.uid for entry in act}) < len(act):
            found.add("form")
        struck = [entry.strikes for entry in act if entry.kind == "strike"]
        if len(set(struck)) < len(struck):
            found.add("struck_already")
        if not found and self._falls_short(act):
            found.add("short")
        return found

    def _mistyped(self, entry: Entry) -> set[str]:
        kinds = {"book.renew": "event", "book.erase": "event", "book.pack": "event"}
        kinds |= {t: {Register: "state", Event: "event", Transfer: "transfer"}[type(thing)] for t, thing in self.things.items()}
        found = set()
        if entry.type not in kinds or entry.kind not in (kinds[entry.type], "strike"):
            found.add("type")
        if entry.kind == "transfer" and entry.source == entry.target:
            found.add("itself")
        return found

    def _unstrikable(self, entry: Entry) -> set[str]:
        if entry.kind != "strike":
            return set()
        found = [one for one in self.entries if one.uid == entry.strikes]
        if not found:
            return {"unknown_strike"}
        if found[0].kind == "strike":
            return {"strikes_a_strike"}
        wrong = {"struck_already"} if entry.strikes in self._struck(self.entries) else set()
        if found[0].type != entry.type or entry.type in ("book.erase", "book.pack"):
            wrong.add("type")
        return wrong

    def _falls_short(self, act: Act) -> bool:
        """Whether any account with a floor would hold less than nothing at the end of any day."""
        after = [*self.entries, *act]
        touched = {(a, e.item) for e in self._standing(self.entries) + list(act) if e.kind == "transfer" for a in (e.source, e.target)}
        days = {entry.day for entry in after}
        return any(self._held(after, a, i, day) < 0 for a, i in touched if not self.is_outside(a or "") for day in days)

    def _accept(self, entry: Entry) -> None:
        self.entries.append(entry)
        seq = len(self.entries)
        if entry.kind == "strike":
            self._reopen(next(n for n, one in enumerate(self.entries, 1) if one.uid == entry.strikes))
        else:
            self._end(seq, entry, [hold for hold in self.waiting() if hold not in self.ended and hold < seq])

    # ---- what holds ------------------------------------------------------------------------------------------------------------

    @staticmethod
    def _struck(entries: Iterable[Entry]) -> set[str | None]:
        return {entry.strikes for entry in entries if entry.kind == "strike"}

    def _standing(self, entries: list[Entry]) -> list[Entry]:
        struck = self._struck(entries)
        return [entry for entry in entries if entry.kind != "strike" and entry.uid not in struck]

    def seq(self, entry: Entry) -> int:
        """Its place in the journal."""
        return [one.uid for one in self.entries].index(entry.uid) + 1

    def struck(self) -> dict[int, int]:
        """The seq of each entry that was withdrawn, and of its strike."""
        seqs = {entry.uid: seq for seq, entry in enumerate(self.entries, 1)}
        return {seqs[entry.strikes]: seqs[entry.uid] for entry in self.entries if entry.strikes is not None}

    def erased(self, record: str | None) -> bool:
        """Whether a record was erased."""
        return any(entry.type == "book.erase" and entry.record == record for entry in self.entries)

    # ---- accounts --------------------------------------------------------------------------------------------------------------

    def is_outside(self, account: str) -> bool:
        """Whether an account has no floor."""
        name, slash, _ = account.partition("/")
        if slash:
            thing = self.things.get(name)
            return isinstance(thing, Register) and thing.outside
        pack, _, short = name.partition(".")
        return self.packs[pack].accounts[short].outside

    def held(self, account: str, item: str, day: Any = None, seq: int | None = None) -> int:
        """What an account holds of an item at the end of a day, as the book knew it at a seq."""
        return self._held(self.entries[:seq], account, item, day)

    def _held(self, entries: list[Entry], account: str | None, item: str | None, day: Any) -> int:
        total = 0
        for entry in self._standing(entries):
            if entry.kind == "transfer" and entry.item == item and (day is None or entry.day <= day):
                total += (entry.quantity or 0) * ((entry.target == account) - (entry.source == account))
        return total

    def accounts(self) -> set[tuple[str, str]]:
        """Every account with every item that it ever had to do with."""
        return {(a or "", e.item or "") for e in self.entries if e.kind == "transfer" for a in (e.source, e.target)}

    # ---- records ---------------------------------------------------------------------------------------------------------------

    def record(self, key: str, day: Any = None, seq: int | None = None, erasing: bool = True) -> Record:
        """A record by the types of its registers, as of a day, as the book knew it at a seq."""
        known = self.entries[:seq]
        states = [e for e in self._standing(known) if e.kind == "state" and e.record == key and (day is None or e.day <= day)]
        kept: Record = {}
        for state in sorted(states, key=lambda e: (e.day, self.seq(e))):
            for register in self.registers(state.type):
                one = kept.setdefault(register.type, {"(first)": self.seq(state), "(seq)": 0})
                one.update({"(place)": state.place, "(day)": state.day.isoformat()})
                one["(seq)"], one["(first)"] = max(one["(seq)"], self.seq(state)), min(one["(first)"], self.seq(state))
            for name, value in [*state.data.items(), *((n, (state.uid, c)) for n, c in state.sealed.items())]:
                kept[self.owner(state.type, name)][name] = value
        if erasing:
            gone = {e.uid for e in known[: max((self.seq(e) for e in known if e.type == "book.erase" and e.record == key), default=0)]}
            kept = {t: {n: v for n, v in one.items() if not (isinstance(v, tuple) and v[0] in gone)} for t, one in kept.items()}
        return kept

    def registers(self, type_name: str) -> list[Register]:
        """The register of a type and those it extends, the last one first."""
        thing = self.things[type_name]
        assert isinstance(thing, Register)
        above = [r for r in self.things.values() if isinstance(r, Register) and r.name == thing.extends and r.pack in (thing.pack, "base")]
        return [*(self.registers(above[0].type) if thing.extends else []), thing]

    def owner(self, type_name: str, name: str) -> str:
        """The register that adds a field."""
        return next((r.type for r in self.registers(type_name) if name in r.own), type_name)

    def of_key(self, type_name: str) -> dict[str, set[str]]:
        """The records that say each natural key of a register now, by its one field."""
        register = self.things[type_name]
        assert isinstance(register, Register)
        found: dict[str, set[str]] = {}
        for key in {e.record for e in self.entries if e.kind == "state"}:
            value = self.record(key or "").get(type_name, {}).get(register.key[0])
            if isinstance(value, str):
                found.setdefault(value, set()).add(key or "")
        return found

    # ---- loans -----------------------------------------------------------------------------------------------------------------

    def loans(self) -> dict[str, dict[str, Any]]:
        """Every loan that stands, by its uid: what came back of it, when it was over, when it is due."""
        loans: dict[str, dict[str, Any]] = {}
        for entry in self._standing(self.entries):
            thing = self.things.get(entry.type)
            if isinstance(thing, Transfer) and thing.loan:
                due = (entry.due or entry.day).isoformat()
                loans[entry.uid] = {"entry": entry, "back": 0, "ended": None, "due": due, "renewed": 0}
            elif isinstance(thing, Transfer) and thing.returns:
                self._return(entry, f"{thing.pack}.{thing.returns}", loans)
            elif entry.type == "book.renew" and entry.data["loan"] in loans:
                loan = loans[str(entry.data["loan"])]
                loan["due"], loan["renewed"] = entry.data["due"], loan["renewed"] + 1
        return loans

    @staticmethod
    def _return(entry: Entry, lends: str, loans: dict[str, dict[str, Any]]) -> None:
        left = entry.quantity or 0
        for loan in loans.values():
            lent: Entry = loan["entry"]
            if (lent.type, lent.item, lent.source, lent.target) == (lends, entry.item, entry.target, entry.source) and loan["ended"] is None:
                taken = min(left, (lent.quantity or 0) - loan["back"])
                loan["back"] += taken
                left -= taken
                if loan["back"] == lent.quantity and taken:
                    loan["ended"] = entry.day.isoformat()

    # ---- what waits ------------------------------------------------------------------------------------------------------------

    def waiting(self) -> dict[int, Entry]:
        """The open entries that stand, by their seq; `ended` tells which are over."""
        closed = {f"{t.pack}.{name}" for t in self.things.values() if isinstance(t, Event | Transfer) for name in t.closes}
        closed |= {f"{t.pack}.{t.loan.queue}" for t in self.things.values() if isinstance(t, Transfer) and t.loan and t.loan.queue}
        return {self.seq(e): e for e in self._standing(self.entries) if e.type in closed and self.named(e)}

    def named(self, entry: Entry) -> list[str]:
        """The record it is about, and those in its fields."""
        thing = self.things[entry.type]
        about = [entry.record] if isinstance(thing, Event) and thing.about and entry.record else []
        refs = [v for name, v in entry.data.items() if name in thing.fields and thing.fields[name].of and isinstance(v, str)]
        return [*about, *(ref for ref in refs if ref not in about)]

    def _reach(self, entry: Entry) -> set[str]:
        """What a closing entry names: also its item, the holders of its accounts, and what one of all these refers to."""
        ends = [account.partition("/")[2] for account in (entry.source or "", entry.target or "")]
        named = {name for name in (*self.named(entry), entry.item, *ends) if name}
        for key in list(named):
            for type_name, values in self.record(key).items():
                fields = self.registers(type_name)[-1].fields
                named |= {v for name, v in values.items() if name in fields and fields[name].of and isinstance(v, str)}
        return named

    def _end(self, seq: int, entry: Entry, holds: list[int]) -> None:
        thing = self.things.get(entry.type)
        closes = [f"{thing.pack}.{name}" for name in thing.closes] if isinstance(thing, Event | Transfer) else []
        if not closes:
            return
        reach = self._reach(entry)
        for hold in holds:
            one = self.entries[hold - 1]
            if one.type in closes and reach.issuperset(self.named(one)) and self._alike(entry, one):
                self.ended[hold] = seq

    def _alike(self, entry: Entry, hold: Entry) -> bool:
        """A record that both tell under one name is the same; and the record both are about."""
        thing, other = self.things[entry.type], self.things[hold.type]
        about = getattr(thing, "about", None)
        if about and about == getattr(other, "about", None) and entry.record != hold.record:
            return False
        return all(hold.data[n] == entry.data.get(n) for n in other.fields if other.fields[n].of and n in thing.fields and hold.data.get(n))

    def _reopen(self, struck: int) -> None:
        """What a struck entry had ended is ended by the first that still stands and ends it too, or by none."""
        self.ended.pop(struck, None)
        again = [hold for hold, by in self.ended.items() if by == struck]
        for hold in again:
            del self.ended[hold]
        for entry in self._standing(self.entries):
            self._end(self.seq(entry), entry, [h for h in again if h not in self.ended and h < self.seq(entry)])
        self.ended_again += sum(hold in self.ended for hold in again)


def _said(entry: Entry) -> Entry:
    """What an entry says, whoever delivered it and when."""
    return replace(entry, actor="-", recorded_at=0, version=None, data=dict(entry.data), sealed=dict(entry.sealed))


def _is_broken(entry: Entry) -> bool:
    """The broken forms that the random books hold."""
    return any(isinstance(value, float) for value in entry.data.values()) or '"' in (entry.record or "")
