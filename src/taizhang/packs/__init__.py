"""The pack language: a folder of YAML that defines one programme, checked whole and read into immutable nouns.

`check` reads a folder and names every problem; `find` looks for packs below folders; `compatible` tells
whether a changed pack may follow the one before it. A pack folder is data: nothing in it is ever run.
"""

from taizhang.packs.casing import find_by_words
from taizhang.packs.checking import PROGRAMMES, base_pack, check
from taizhang.packs.expressing import type_of
from taizhang.packs.filling import column, filled
from taizhang.packs.finding import Found, find, new
from taizhang.packs.model import (
    MONEY,
    Account,
    Check,
    Dated,
    Event,
    Indicator,
    Item,
    Limit,
    Loan,
    Pack,
    Parameter,
    Register,
    Retain,
    Transfer,
    parts_of,
    split,
)
from taizhang.packs.problems import At, PackProblem
from taizhang.packs.reference import reference
from taizhang.packs.schema import schema
from taizhang.packs.types import TYPES, Field, Value, ValueType
from taizhang.packs.versions import canonical, compatible, version

__all__ = [
    "MONEY",
    "PROGRAMMES",
    "TYPES",
    "Account",
    "At",
    "Check",
    "Dated",
    "Event",
    "Field",
    "Found",
    "Indicator",
    "Item",
    "Limit",
    "Loan",
    "Pack",
    "PackProblem",
    "Parameter",
    "Register",
    "Retain",
    "Transfer",
    "Value",
    "ValueType",
    "base_pack",
    "canonical",
    "check",
    "column",
    "compatible",
    "filled",
    "find",
    "find_by_words",
    "new",
    "parts_of",
    "reference",
    "schema",
    "split",
    "type_of",
    "version",
]
