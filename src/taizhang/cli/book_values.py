"""Values of a book as a person reads them: money in 元, tablets in 盒 and 片, records and places by their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from taizhang.core import CHINA

if TYPE_CHECKING:
    from taizhang.acts.desk import Desk
    from taizhang.cli.book_call import Call
    from taizhang.core import Value
    from taizhang.ledger.catalogue import Thing
    from taizhang.packs import Field, Item, Register

_DEEPEST = 3


@dataclass
class Shown:
    """Says values of one book."""

    call: Call
    desk: Desk
    _labels: dict[str, str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    # ---- words -----------------------------------------------------------------------------------------------------------------

    def type(self, type_name: str) -> str:
        """The title of a type of entry."""
        thing = self.thing(type_name)
        return self.call.title(thing) if thing else self.call.tell(f"type {type_name}") if type_name.startswith("book.") else type_name

    def programme(self, name: str) -> str:
        """The title of a programme; "*" is every one."""
        if name == "*":
            return self.call.tell("every programme")
        pack = self.desk.book.catalogue.packs.get(name)
        return self.call.title(pack) if pack else name

    def place(self, key: int) -> str:
        """A place by its name; by its code where it is not loaded."""
        return self.desk.places.name(key) if key in self.desk.places else str(key)

    def place_of_path(self, path: str) -> str:
        """The last place of a path; "" for the whole tree."""
        last = path.rstrip("/").rpartition("/")[2]
        return self.place(int(last)) if last else ""

    def user(self, key: str) -> str:
        """The name of who wrote or did something."""
        if key not in self._names:
            from taizhang.people import names

            house = {"house": self.call.tell("house")}
            self._names |= {key: key, **house, **names([key], using=self.desk.book.alias)}
        return self._names[key]

    def thing(self, type_name: str) -> Thing | None:
        """The register, event or transfer of a type."""
        return self.desk.book.catalogue.things.get(type_name)

    def moment(self, microseconds: int) -> str:
        """A moment by the clock of the office."""
        return f"{datetime.fromtimestamp(microseconds / 1_000_000, CHINA):%Y-%m-%d %H:%M}"

    # ---- values ----------------------------------------------------------------------------------------------------------------

    def value(self, field: Field, value: Value) -> str:
        """A value of a field with its unit."""
        if value is None:
            return self.call.tell("unknown")
        if isinstance(value, bool):
            return self.call.tell("yes" if value else "no")
        if isinstance(value, list):
            return "、".join(map(str, value))
        if field.type.name == "record":
            return self.record(str(value))
        if field.type.name == "place" and isinstance(value, int):
            return self.place(value)
        if field.type.name == "money" and isinstance(value, int):
            return f"{Decimal(value).scaleb(-2):,}元"
        return f"{value}{field.unit or ''}" if _is_number(value) else str(value)

    def fields(self, fields: Mapping[str, Field], values: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
        """Titles and values, in the order of the register; what nobody ever said is left out."""
        for name, one in fields.items():
            if name in values:
                yield self.call.title(one), self.value(one, values[name])
        for name in values.keys() - fields.keys():
            yield name, str(values[name])

    def record(self, key: str, depth: int = 0) -> str:
        """A record by its natural key, with its name where it has an open one; by its own key where all of that is personal."""
        if key not in self._labels:
            self._labels[key] = self._label(key, depth) if depth < _DEEPEST else key
        return self._labels[key]

    def _label(self, key: str, depth: int) -> str:
        seen = self.desk.reader.now([key]).get(key)
        catalogue = self.desk.book.catalogue
        registers = [r for t in (seen.values if seen else ()) if (r := catalogue.register(t))]
        if seen is None or not registers:
            return key
        values = {name: value for own in seen.values.values() for name, value in own.items()}
        root = catalogue.root(registers[0])
        named = [self._part(root.fields[n], values.get(n), depth) for n in root.key]
        if any(one is None for one in named):
            named = [self._open(registers, values)]
        name = values.get("name") if any("name" in r.fields and not r.fields["name"].sealed for r in registers) else None
        code = "/".join(one for one in named if one)
        return f"{code} {name}" if name and code and name != code and depth == 0 else code or key

    def _part(self, field: Field, value: Value, depth: int) -> str | None:
        if field.sealed or value is None:
            return None
        if field.type.name == "record":
            return self.record(str(value), depth + 1).split(" ")[0]
        return self.value(field, value)

    def _open(self, registers: list[Register], values: Mapping[str, Value]) -> str | None:
        """The first open text that such a record has of its own: a reader's number."""
        for register in reversed(registers):
            for name in register.own:
                one = register.fields[name]
                if not one.sealed and one.type.kind == "text" and not one.choices and one.type.name != "record" and values.get(name):
                    return str(values[name])
        return None

    # ---- amounts ---------------------------------------------------------------------------------------------------------------

    def account(self, account: str) -> str:
        """An account by its title and its record."""
        type_name, _, record = account.partition("/")
        if record:
            register = self.desk.book.catalogue.register(type_name)
            return f"{self.call.title(register) if register else type_name} {self.record(record)}"
        pack = self.desk.book.catalogue.pack_of(account)
        single = pack.accounts.get(account.partition(".")[2]) if pack else None
        return self.call.title(single) if single else account

    def item(self, item: str, kind: str) -> str:
        """What moves: money, a batch, a copy."""
        thing = self.desk.book.catalogue.item(kind)
        return self.record(item) if item not in (kind, "money") else self.call.title(thing) if thing else item

    def figure(self, kind: str, parts: int) -> tuple[str, str]:
        """An amount in the item's unit: its digits, and the unit."""
        item = self.desk.book.catalogue.item(kind)
        if item is None:
            return f"{parts:,}", ""
        digits = len(str(item.parts)) - 1
        return f"{Decimal(parts).scaleb(-digits):,}" if item.parts > 1 else f"{parts:,}", item.unit

    def large(self, kind: str, item: str, parts: int) -> str:
        """The same in the larger unit and what is left over: 50盒余5片; "" where there is none."""
        from taizhang.packs import split

        thing = self.desk.book.catalogue.item(kind)
        sizes = self._sizes(thing, item) if thing and kind != "money" else {}
        for unit in thing.units if thing and kind != "money" else ():
            found = split(thing, abs(parts), unit, sizes) if thing else None
            if found and found[0]:
                rest = self.call.tell("rest", n=found[1], unit=thing.unit) if thing and found[1] else ""
                return f"{'-' if parts < 0 else ''}{found[0]:,}{unit}{rest}"
        return ""

    def amount(self, kind: str, item: str, parts: int) -> str:
        """An amount in one word: 505片（50盒余5片）."""
        figure, unit = self.figure(kind, parts)
        large = self.large(kind, item, parts)
        return f"{figure}{unit}{self.call.tell('brackets', words=large) if large else ''}"

    def _sizes(self, item: Item, record: str) -> dict[str, Value]:
        seen = self.desk.reader.now([record]).get(record) if item.of else None
        return {name: value for own in (seen.values.values() if seen else ()) for name, value in own.items()}


def _is_number(value: object) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and value.lstrip("-").replace(".", "", 1).isdigit())
