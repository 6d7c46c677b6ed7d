"""The types of fields: each makes the one canonical form of a value, or says why it cannot."""

from taizhang.packs.types.base import Field, Kind, Raw, Value, ValueType
from taizhang.packs.types.codes import CreditCode, Isbn, Phone, Plate, ResidentID
from taizhang.packs.types.days import Day, TimeOfDay, parse_day
from taizhang.packs.types.numbers import Area, Decimals, Money, Percent, Whole, number, plain, unit_known
from taizhang.packs.types.texts import Boolean, Choice, Choices, PlaceCode, RecordKey, Text

TYPES: dict[str, ValueType] = {
    t.name: t
    for t in (
        Text(),
        Whole(),
        Decimals(),
        Money(),
        Percent(),
        Area(),
        Day(),
        TimeOfDay(),
        Choice(),
        Choices(),
        Boolean(),
        PlaceCode(),
        RecordKey(),
        ResidentID(),
        CreditCode(),
        Isbn(),
        Phone(),
        Plate(),
    )
}
"""Every type by the name packs give it."""

__all__ = ["TYPES", "Field", "Kind", "Raw", "Value", "ValueType", "number", "parse_day", "plain", "unit_known"]
