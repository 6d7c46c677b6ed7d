"""The nouns of the house: small, immutable, standard library only."""

from taizhang.core.entry import Entry, EntryKind, Value
from taizhang.core.finding import Finding, FindingClass
from taizhang.core.page import Article, Page
from taizhang.core.places import Place, places, places_by_name
from taizhang.core.problem import InputError, Problem
from taizhang.core.quantity import Direction, Hedge, Quantity, Role, Span, json_number
from taizhang.core.ranges import Number, Range, exact, total
from taizhang.core.story import Flow, Story
from taizhang.core.units import Unit, unit_named, units

__all__ = [
    "Article",
    "Direction",
    "Entry",
    "EntryKind",
    "Finding",
    "FindingClass",
    "Flow",
    "Hedge",
    "InputError",
    "Number",
    "Page",
    "Place",
    "Problem",
    "Quantity",
    "Range",
    "Role",
    "Span",
    "Story",
    "Unit",
    "Value",
    "exact",
    "json_number",
    "places",
    "places_by_name",
    "total",
    "unit_named",
    "units",
]
