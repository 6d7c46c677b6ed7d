"""The nouns of the house: small, immutable, standard library only."""

from taizhang.core.days import CHINA, civil_today
from taizhang.core.entry import Entry, EntryKind, Value
from taizhang.core.finding import Finding, FindingClass
from taizhang.core.page import Article, Page
from taizhang.core.places import Place, places, places_by_name
from taizhang.core.problem import InputError, Problem
from taizhang.core.quantity import Direction, Hedge, Quantity, Role, Span, json_number
from taizhang.core.ranges import Number, Range, exact, total
from taizhang.core.scope import EVERY_PROGRAMME, ROLE_TITLES, DutyRole, Grant, ReviewLevel, Scope, review_role
from taizhang.core.story import Flow, Story
from taizhang.core.units import Unit, unit_named, units

__all__ = [
    "CHINA",
    "EVERY_PROGRAMME",
    "ROLE_TITLES",
    "Article",
    "Direction",
    "DutyRole",
    "Entry",
    "EntryKind",
    "Finding",
    "FindingClass",
    "Flow",
    "Grant",
    "Hedge",
    "InputError",
    "Number",
    "Page",
    "Place",
    "Problem",
    "Quantity",
    "Range",
    "ReviewLevel",
    "Role",
    "Scope",
    "Span",
    "Story",
    "Unit",
    "Value",
    "civil_today",
    "exact",
    "json_number",
    "places",
    "places_by_name",
    "review_role",
    "total",
    "unit_named",
    "units",
]
