"""What somebody may do: grants, each a role at a place and all below it in one programme or in every one.

The grants are a set and never a product: who enters for the mines of one township and views the library of another
may not enter there. A place is its path, the keys from the top joined and closed by "/" ("43/4310/431023/"), so that
everything below it begins with it; "" is the whole tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, get_args

from taizhang.core.days import civil_today

ReviewLevel = Literal["village", "township", "county", "prefecture", "province"]
DutyRole = Literal[
    "view", "enter", "review_village", "review_township", "review_county", "review_prefecture", "review_province", "reveal", "manage", "audit"
]

ROLE_TITLES: Mapping[DutyRole, tuple[str, str]] = {
    "view": ("查看", "view"),
    "enter": ("填报", "enter"),
    "review_village": ("村级审核", "review for a village"),
    "review_township": ("乡级审核", "review for a township"),
    "review_county": ("县级审核", "review for a county"),
    "review_prefecture": ("市级审核", "review for a prefecture"),
    "review_province": ("省级审核", "review for a province"),
    "reveal": ("查看个人信息", "see personal values"),
    "manage": ("管理", "manage"),
    "audit": ("审计", "audit"),
}
"""Every role, in Chinese and in English."""

ROLES: tuple[DutyRole, ...] = get_args(DutyRole)
EVERY_PROGRAMME = "*"
HOUSE = "house"
_REVIEWS: tuple[DutyRole, ...] = ("review_village", "review_township", "review_county", "review_prefecture", "review_province")
_PATH = re.compile(r"(?:[1-9][0-9]*/)*")
_PROGRAMME = re.compile(r"[a-z][a-z0-9_]*|\*")


def review_role(level: ReviewLevel) -> DutyRole:
    """The role that accepts what a pack leaves to a level (`review: township`)."""
    return _REVIEWS[get_args(ReviewLevel).index(level)]


def implied(role: DutyRole) -> frozenset[DutyRole]:
    """A role and those that come with it.

    To enter, to review and to audit one must view; a higher level does a lower level's review too. Nothing brings
    `reveal`, and neither `reveal` nor `manage` brings anything: who runs the users of an office need not see its figures.
    """
    if role in _REVIEWS:
        return frozenset(_REVIEWS[: _REVIEWS.index(role) + 1]) | {"view"}
    return frozenset((role, "view")) if role in ("enter", "audit") else frozenset((role,))


def is_path(place: str) -> bool:
    """True for a place path: "", "43/", "43/4310/" …"""
    return _PATH.fullmatch(place) is not None


@dataclass(frozen=True, slots=True)
class Grant:
    """A role at a place and below, in a programme (its pack's name) or in every one ("*").

    `on_behalf_of` is the user whose duty this is, where it is held for somebody else.
    """

    role: DutyRole
    place: str
    programme: str
    on_behalf_of: str | None = None

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise ValueError(f"{self.role!r} is no role")
        if not is_path(self.place):
            raise ValueError(f"{self.place!r} is no path of a place")
        if not _PROGRAMME.fullmatch(self.programme):
            raise ValueError(f"{self.programme!r} is no name of a programme")

    def covers(self, role: DutyRole, programme: str, place_path: str) -> bool:
        """True when this grant alone allows it."""
        return role in implied(self.role) and self.programme in (EVERY_PROGRAMME, programme) and place_path.startswith(self.place)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a user may do on a day. Reading and acting take one; there is none by default.

    `user` is the user's key, or "house" for programs' own work, which says its `reason`.
    """

    user: str
    grants: frozenset[Grant]
    on: date
    reason: str = ""
    _reach: Mapping[tuple[DutyRole, str], tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_reach", _reach_of(self.grants))

    @classmethod
    def of_the_house(cls, reason: str, *, on: date | None = None, reveal: bool = False) -> Scope:
        """Everywhere, for work that is nobody's in particular (installing, rebuilding, verifying): every use says why.

        It opens sealed values only where `reveal` asks for that too.
        """
        if not reason.strip():
            raise ValueError("a scope of the house says its reason")
        roles = (role for role in ROLES if reveal or role != "reveal")
        return cls(HOUSE, frozenset(Grant(role, "", EVERY_PROGRAMME) for role in roles), on or civil_today(), reason)

    def may(self, role: DutyRole, programme: str, place_path: str) -> bool:
        """True when the role is held there in this programme; for "*", in every programme."""
        return place_path.startswith(self.places(role, programme))

    def places(self, role: DutyRole, programme: str) -> tuple[str, ...]:
        """The path prefixes where the role is held in this programme, in order, none within another."""
        return self._reach.get((role, programme)) or self._reach.get((role, EVERY_PROGRAMME), ())

    def programmes(self, role: DutyRole) -> tuple[str, ...]:
        """The programmes in which the role is held somewhere, in order; "*" among them where it is held in every one."""
        return tuple(sorted(programme for held, programme in self._reach if held == role))

    def reach(self, role: DutyRole) -> tuple[tuple[str, str], ...]:
        """(programme, path prefix) wherever the role is held, in order, none within another: for the WHERE of a query."""
        everywhere = self.places(role, EVERY_PROGRAMME)
        pairs = ((programme, place) for programme in self.programmes(role) for place in self.places(role, programme))
        return tuple((programme, place) for programme, place in pairs if programme == EVERY_PROGRAMME or not place.startswith(everywhere))

    def on_behalf_of(self, role: DutyRole, programme: str, place_path: str) -> str | None:
        """The user whose duty allows this; None where one's own does, or nobody's."""
        holders = {grant.on_behalf_of for grant in self.grants if grant.covers(role, programme, place_path)}
        return None if None in holders else min(filter(None, holders), default=None)

    def narrowed(self, place: str = "", programme: str = EVERY_PROGRAMME, roles: Iterable[DutyRole] | None = None) -> Scope:
        """What of it lies below this place, in this programme and in these roles (and what comes with them)."""
        if not is_path(place):
            raise ValueError(f"{place!r} is no path of a place")
        wanted = None if roles is None else frozenset(roles)
        kept = (part for grant in self.grants for part in _parts(grant, place, programme, wanted))
        return Scope(self.user, frozenset(kept), self.on, self.reason)


def _parts(grant: Grant, place: str, programme: str, roles: frozenset[DutyRole] | None) -> list[Grant]:
    """What of a grant lies within the bounds: nothing, or a grant for each role."""
    if not (grant.place.startswith(place) or place.startswith(grant.place)):
        return []
    if programme != EVERY_PROGRAMME and grant.programme not in (EVERY_PROGRAMME, programme):
        return []
    held = (grant.role,) if roles is None else sorted(roles & implied(grant.role))
    inner = grant.programme if programme == EVERY_PROGRAMME else programme
    return [replace(grant, role=role, place=max(grant.place, place, key=len), programme=inner) for role in held]


def _reach_of(grants: Iterable[Grant]) -> dict[tuple[DutyRole, str], tuple[str, ...]]:
    """For each role and programme the places; what is held in every programme stands under each one named."""
    found: dict[tuple[DutyRole, str], set[str]] = {}
    for grant in grants:
        for role in implied(grant.role):
            found.setdefault((role, grant.programme), set()).add(grant.place)
    everywhere = {role: places for (role, programme), places in found.items() if programme == EVERY_PROGRAMME}
    return {key: _outermost(places | everywhere.get(key[0], set())) for key, places in found.items()}


def _outermost(places: Iterable[str]) -> tuple[str, ...]:
    """The places that lie within no other of them. In order, whatever lies below a place follows it."""
    kept: list[str] = []
    for place in sorted(places):
        if not kept or not place.startswith(kept[-1]):
            kept.append(place)
    return tuple(kept)
