"""The nouns of the house: small, immutable, standard library only."""

from taizhang.core.days import CHINA, civil_today
from taizhang.core.entry import Entry, EntryKind, Value
from taizhang.core.figure import Figure, FigureState, Question, rounded
from taizhang.core.finding import Finding, FindingClass
from taizhang.core.page import Article, Page
from taizhang.core.period import STEPS, Period, Step
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
    "STEPS",
    "Article",
    "Direction",
    "DutyRole",
    "Entry",
    "EntryKind",
    "Figure",
    "FigureState",
    "Finding",
    "FindingClass",
    "Flow",
    "Grant",
    "Hedge",
    "InputError",
    "Number",
    "Page",
    "Period",
    "Place",
    "Problem",
    "Quantity",
    "Question",
    "Range",
    "ReviewLevel",
    "Role",
    "Scope",
    "Span",
    "Step",
    "Story",
    "Unit",
    "Value",
    "civil_today",
    "exact",
    "json_number",
    "places",
    "places_by_name",
    "review_role",
    "rounded",
    "total",
    "unit_named",
    "units",
]
