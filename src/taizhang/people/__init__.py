"""Who may do what, and who did what: users, departments, duties, delegations, and the log of acts.

`scope(user, day)` makes the core.Scope that every reading and acting takes. Needs Django set up with
"taizhang.people" among its applications; what stands here is loaded on first use, after that.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from taizhang.people.delegating import delegate, end_delegation
    from taizhang.people.enrolling import add_department, add_user, end_user, key_of, set_password
    from taizhang.people.granting import end_duty, give_duty
    from taizhang.people.logbook import ACT_COLUMNS, LogLine, act_row, acts, log
    from taizhang.people.reading import DelegationLine, DepartmentLine, DutyLine, UserLine, delegations, departments, duties, names, users
    from taizhang.people.refusals import Refused
    from taizhang.people.scoping import scope

_ROOMS = {
    "delegating": ("delegate", "end_delegation"),
    "enrolling": ("add_department", "add_user", "end_user", "key_of", "set_password"),
    "granting": ("end_duty", "give_duty"),
    "logbook": ("ACT_COLUMNS", "LogLine", "act_row", "acts", "log"),
    "reading": ("DelegationLine", "DepartmentLine", "DutyLine", "UserLine", "delegations", "departments", "duties", "names", "users"),
    "refusals": ("Refused",),
    "scoping": ("scope",),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "ACT_COLUMNS",
    "DelegationLine",
    "DepartmentLine",
    "DutyLine",
    "LogLine",
    "Refused",
    "UserLine",
    "act_row",
    "acts",
    "add_department",
    "add_user",
    "delegate",
    "delegations",
    "departments",
    "duties",
    "end_delegation",
    "end_duty",
    "end_user",
    "give_duty",
    "key_of",
    "log",
    "names",
    "scope",
    "set_password",
    "users",
]


def __getattr__(name: str) -> object:
    """A name of this room, from the file that has it: Django loads this package before there can be models."""
    if name not in _ROOM_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_ROOM_OF[name]}"), name)
    globals()[name] = found
    return found
