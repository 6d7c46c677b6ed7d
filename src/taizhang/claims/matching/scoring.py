"""How well an indicator fits what a claim says: by doings and things that both name, the rarer the more."""

from __future__ import annotations

from dataclasses import dataclass

from taizhang.claims.matching.profiles import Features, Profile, Profiles
from taizhang.claims.matching.wording import CLAUSE, NEAR, Words

FLOOR = 1.9
"""What the words must come to before an indicator is thought to be meant at all."""
FLOOR_OF_ANOTHER_UNIT = 4.0
"""The same where the unit does not fit: the words alone must then be sure."""
MARGIN = 0.6
"""By how much the best must lead the second before it is taken."""

ANYWHERE = frozenset(f"scene:{name}" for name in ("people", "village", "firm", "list", "session", "household"))
"""What stands around everything and tells of nothing."""
_NOUNS = ("thing:", "scene:")
_ACT, _THING, _MANNER, _LETTERS = 1.5, 1.0, 0.6, 0.5
_AROUND = 0.5
_MISSED = 0.5
_STRANGE = 0.9
_TAKEN = 0.7
_END = 1.2
_RARE = 3.0
"""A feature of so much weight is one indicator's own."""
_OTHER = 4.0


@dataclass(frozen=True, slots=True)
class Fit:
    """An indicator, and how well it fits."""

    profile: Profile
    score: float


def fit(profile: Profile, profiles: Profiles, said: Words, cells: int = 0) -> Fit | None:
    """The best way of naming it that these words bear; None where no way has its doing among
    them, or where nothing it is about is named anywhere near.

    `cells` tells how many of its own sorts (choices, records) the words name: each stands for a thing.
    """
    if not cells and not _spoken_of(profile, profiles, said):
        return None
    scores = [s for variant in profile.variants if (s := _variant(profile, variant, profiles, said, cells)) is not None]
    scores += [s - _TAKEN for variant in profile.taken if (s := _variant(profile, variant, profiles, said, cells)) is not None]
    return Fit(profile, max(scores) + _beside(profile, profiles, said) + _way(profile, said)) if scores else None


def _spoken_of(profile: Profile, profiles: Profiles, said: Words) -> bool:
    """Whether anything it is about is named near, or a word that is its own."""
    told = [f for f in profile.every if f in said.weights and f not in ANYWHERE]
    return any(f.startswith(_NOUNS) or profiles.weight(f) >= _RARE for f in told)


def _variant(profile: Profile, variant: Features, profiles: Profiles, said: Words, cells: int) -> float | None:
    acts = [f for f in variant if f.startswith("act:")]
    told = {f: max((weight for groups, weight in said.acts.items() if f in groups), default=0.0) for f in acts}
    if not said.acts and acts and _named(variant, said):
        told = dict.fromkeys(acts, NEAR)
    if acts and not any(told.values()) or any(not told[f] and said.weights.get(f, 0.0) < NEAR for f in acts):
        return None
    score = sum(_ACT * profiles.weight(f) * max(told[f], 0.5 * said.weights.get(f, 0.0)) for f in acts)
    for f in variant - set(acts):
        weight = said.weights.get(f, 0.0)
        if weight:
            score += _kind(f) * profiles.weight(f) * weight
        elif f.startswith(_NOUNS) and not cells:
            score -= _MISSED * profiles.weight(f)
    strange = sum(not groups & profile.acts for groups in said.acts)
    score -= _STRANGE * strange * (0.3 if strange < len(said.acts) else 1.0)
    score -= _OTHER * sum(not groups & profile.every for groups in said.things)
    return score + cells


def _named(variant: Features, said: Words) -> bool:
    """Whether a claim without any doing names all its things in its own clause: 未戴头盔的违法3起."""
    things = [f for f in variant if f.startswith("thing:")]
    return bool(things) and all(said.weights.get(f, 0.0) >= CLAUSE for f in things)


def _way(profile: Profile, said: Words) -> float:
    """Where what is handed over goes by the words: to whom it goes by the pack, or to whom it comes from."""
    return _END * (bool(said.into & profile.target) - bool(said.into & profile.source and not said.into & profile.target))


def _beside(profile: Profile, profiles: Profiles, said: Words) -> float:
    """What stands around it and is named too."""
    found = (f for f in profile.around if f.startswith(_NOUNS) and f in said.weights)
    return sum(_AROUND * profiles.weight(f) * said.weights[f] for f in found)


def _kind(feature: str) -> float:
    if feature.startswith(_NOUNS):
        return _THING
    return _MANNER if ":" in feature else _LETTERS
