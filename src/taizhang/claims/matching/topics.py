"""Which programme a passage is about: where a doing is told in unknown words, only the indicators of that programme compete."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache

from taizhang.claims.matching.cells import choices
from taizhang.claims.matching.lexicon import lexicon, within
from taizhang.claims.matching.profiles import Profile, Profiles
from taizhang.claims.matching.scoring import ANYWHERE
from taizhang.claims.matching.wording import Wording
from taizhang.core import Span

_ENOUGH, _LEAD = 1.5, 1.6
"""What the words of a passage must come to for a programme, and how many times those of the second."""
_FAINT = 0.5
"""A pair of letters, a doing, or a sort tells less of what a passage is about than a thing."""
_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")


class Topics:
    """The programmes of the passages of one story."""

    def __init__(self, wording: Wording, profiles: Profiles) -> None:
        self._wording = wording
        self._packs: dict[str, set[str]] = defaultdict(set)
        for profile in profiles.all:
            for feature in (profile.every - ANYWHERE) | _sorts(profile):
                self._packs[feature].add(profile.one.pack.name)
        self._of = lru_cache(256)(self._weighed)

    def at(self, at: int) -> str:
        """The programme that the paragraph around an offset and the title are about, else the one of the whole text; empty where none leads."""
        text = self._wording.text
        paragraph = (text.rfind("\n", 0, at) + 1, text.find("\n", at) % (len(text) + 1))
        title = (0, self._wording.story.title_end)
        near = self._of(paragraph) + self._of(title)
        return _leading(near) or _leading(near + self._of((0, len(text))))

    def _weighed(self, span: Span) -> Counter[str]:
        """What the different words of a part of the text come to for each programme; a word of several counts less for each."""
        found: Counter[str] = Counter()
        for feature in self._features(span):
            packs = self._packs.get(feature, ())
            for pack in packs:
                found[pack] += (1.0 if feature.startswith("thing:") else _FAINT) / len(packs) ** 2  # type: ignore[assignment]
        return found

    def _features(self, span: Span) -> set[str]:
        groups = {group for sense in within(self._wording.senses, *span) for group in sense.groups}
        runs = _RUN.findall(self._wording.text[slice(*span)])
        return groups | {run[i : i + 2] for run in runs for i in range(len(run) - 1)}


def _sorts(profile: Profile) -> set[str]:
    """The meanings of the choices it is broken down by: who tells of 酒驾 and 无证 tells of the programme that counts by these."""
    senses = (sense for choice in choices(profile.one) for sense in lexicon().senses(choice) if sense.end - sense.start == len(choice))
    return {group for sense in senses for group in sense.groups if group.startswith("choice:")}


def _leading(found: Counter[str]) -> str:
    (best, most), (_, second) = (*found.most_common(2), ("", 0), ("", 0))[:2]
    return best if most >= _ENOUGH and most >= _LEAD * second else ""
