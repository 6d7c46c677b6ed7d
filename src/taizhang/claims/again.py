"""What a clause names before and gives its value for after: 占公路里程的24.7%，公路里程为2976公里."""

from __future__ import annotations

import re

AGAIN = re.compile(r"[，,；（(](?:其中|而|同期)?(?P<name>[^，,；。：、（(]{2,16}?)(?:总量|总数)?(?:共有|共计|共|则|仅|只有|约|有|为|是|达到?|高达)*")


def named_again(words: str, name: str) -> bool:
    """True when the words are a clause that names the same thing again and leads to its value."""
    found, name = AGAIN.fullmatch(words), name.strip("的").removeprefix("全部")
    if found is None or len(name) < 2:
        return False
    again = found["name"]
    return again.endswith(name) or name.startswith(again) or name.endswith(again)
