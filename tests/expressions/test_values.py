"""Fields of an entry, as JSON keeps them, become values of the types of a pack or are refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from taizhang.expressions import BOOLEAN, DATE, TEXT, Choice, Choices, Type, decimal, evaluate, integer, parse, row_of, value_of

KIND, MEASURES = Choice(("甲", "乙")), Choices(("甲", "乙"))
FITS = [
    ("16.5828", decimal(4), Decimal("16.5828")),
    (12, decimal(2), Decimal(12)),
    (1_000, integer(), 1_000),
    ("7", integer(), 7),
    ("2023-01-31", DATE, date(2023, 1, 31)),
    (True, BOOLEAN, True),
    ("甲", KIND, "甲"),
    (["甲", "乙"], MEASURES, ("甲", "乙")),
    ("任何", TEXT, "任何"),
    (None, DATE, None),
]
MISFITS: list[tuple[object, Type, str]] = [
    ("16.58281", decimal(4), r"decimal\(4\)"),
    (0.5, decimal(2), "decimal"),
    (True, integer(), "integer"),
    (Decimal("NaN"), decimal(2), "decimal"),
    ("1e5", decimal(2), "decimal"),
    ("１２", integer(), "integer"),
    (10, integer(0, 9), "integer 0 … 9"),
    (10**18, integer(), "integer"),
    ("2023-02-30", DATE, "date"),
    ("20230131", DATE, "date"),
    ("丙", KIND, "甲、乙"),
    (["丙"], MEASURES, "甲、乙"),
    ("甲", MEASURES, "choices"),
    (1, BOOLEAN, "boolean"),
    (1, TEXT, "text"),
]


@pytest.mark.parametrize(("raw", "kind", "value"), FITS)
def test_what_fits(raw: object, kind: Type, value: object) -> None:
    read = value_of(raw, kind)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(("raw", "kind", "expected"), MISFITS)
def test_what_does_not(raw: object, kind: Type, expected: str) -> None:
    with pytest.raises(ValueError, match=expected):
        value_of(raw, kind)


def test_a_check_on_the_data_of_an_entry() -> None:
    names: dict[str, Type] = {"area": decimal(4), "accepted": DATE, "note": TEXT}
    row = row_of({"area": "16.5828", "accepted": "2023-01-31", "other": 1}, names)
    assert evaluate(parse("area < 17 and accepted >= '2023-01-01' and note is null", names), row) is True
