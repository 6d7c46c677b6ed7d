"""Evidence beside the doing: who stands at the ends, whether it stands or moves, what the numbers beside it are counted from.

Used where the words alone leave an indicator open: among those of the programme the passage is about, in a unit that fits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from taizhang.claims.matching.profiles import Profile, Profiles
from taizhang.claims.matching.scoring import ANYWHERE, Fit
from taizhang.claims.matching.wording import CLAUSE, Words

_STANDS = re.compile(r"截至|截止|现有|尚|还[有存剩在]|剩|余下|[年月]末|[年月]底|在册|共有|为止|到(?:今|这|那)[天日晚]|最后一天")
_HAS = re.compile(r"现有|在册|共有|现存|拥有")
_ACT, _NEAR_ACT, _OTHER = 1.5, 0.4, 3.0
_FOREIGN, _RIVAL = 0.8, 1.5
"""A doing that no indicator of the programme knows, and one that another of them is known by."""
_TAKEN, _LETTER, _LETTERS = 0.7, 0.5, 1.0
_END, _STANDING, _MOVING = 1.2, 1.0, 0.8
_SAME, _TOLD = 1.0, 2.5
_AROUND = 0.5


@dataclass(frozen=True, slots=True)
class Beside:
    """What the numbers before one were taken for: what the nearest is counted from, and the indicators already told."""

    source: str = ""
    told: frozenset[str] = frozenset()


def lean(profile: Profile, profiles: Profiles, said: Words, beside: Beside, cells: int) -> Fit:
    """How far everything but the doing speaks for an indicator; a doing that is known counts as well."""
    score = _doings(profile, profiles, said) + _nouns(profile, profiles, said) + cells
    score += min(_LETTERS, _LETTER * sum(letter in said.clause for letter in profiles.letters.get(profile.key, ())))
    score += _END * (bool(said.into & (profile.target | profile.names)) + bool(said.out & profile.source))
    score -= _END * (bool(said.into & profile.source - profile.target) + bool(said.out & profile.target - profile.source))
    score += _stands(profile, said)
    score += _SAME * (bool(beside.source) and beside.source == f"{profile.one.pack.name}.{profile.one.indicator.source}")
    score -= _TOLD * (profile.key in beside.told)
    return Fit(profile, score)


def _doings(profile: Profile, profiles: Profiles, said: Words) -> float:
    taken = profile.acts - frozenset().union(*profile.variants)
    fits = [_ACT * profiles.weight(f) * weight - _TAKEN * (f in taken) for groups, weight in said.acts.items() for f in groups & profile.acts]
    if fits:
        return max(fits)
    own = [groups for groups, weight in said.acts.items() if weight >= CLAUSE]
    rivals = frozenset().union(*(p.acts for p in profiles.all if p.one.pack.name == profile.one.pack.name))
    return -sum(_RIVAL if groups & rivals else _FOREIGN for groups in own)


def _nouns(profile: Profile, profiles: Profiles, said: Words) -> float:
    told = [f for f in profile.every - ANYWHERE if f in said.weights]
    score = sum(profiles.weight(f) * said.weights[f] * _share(f, profile) for f in told)
    return score - _OTHER * sum(not groups & profile.every for groups in said.things)


def _share(feature: str, profile: Profile) -> float:
    """How much of its weight a feature met anywhere near counts for."""
    if feature.startswith("act:"):
        return _NEAR_ACT
    return 1.0 if feature in profile.names else _AROUND


def _stands(profile: Profile, said: Words) -> float:
    """A stock is told as it stands at a day; what was done is not."""
    standing, stock = _STANDS.search(said.sentence) is not None, profile.one.indicator.kind == "stock"
    if not stock and _HAS.search(said.clause):
        return -_RIVAL
    if standing:
        return _STANDING if stock else 0.0
    return -_MOVING if stock else 0.0
