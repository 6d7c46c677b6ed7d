"""Second look at the whole: two articles that would each hold together better with their ends exchanged exchange them.

The choice of joins sees two columns at a time. Once articles stand, what a tail shares with everything before
it, title and all, is known too: `COHESION` times that is added to the gain of its join.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from taizhang.text.mender.clues import Clues

COHESION = 20.0
ROUNDS = 60
HOPELESS = -9.0  # an exchange that loses so much at the cuts is not looked at

Gain = Callable[[int, int], float]


def polish(clues: Clues, gain: Gain, chains: list[list[int]]) -> list[list[int]]:
    """Exchange the ends of chains (each a title and its blocks) as long as the page gains by it."""
    chains = [list(chain) for chain in chains]
    for _ in range(ROUNDS):
        best = _best_exchange(clues, gain, chains)
        if best is None:
            return chains
        (a, i), (b, k) = best
        chains[a], chains[b] = chains[a][:i] + chains[b][k:], chains[b][:k] + chains[a][i:]
    return chains


def _best_exchange(clues: Clues, gain: Gain, chains: Sequence[Sequence[int]]) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The exchange of two chain ends that gains most, None if none does."""
    cuts = [(n, i) for n, chain in enumerate(chains) for i in range(1, len(chain) + 1)]
    known: dict[tuple[tuple[int, int], tuple[int, int]], float] = {}

    def holds(head: tuple[int, int], tail: tuple[int, int]) -> float:
        key = head, tail
        if key not in known:
            (a, i), (b, k) = key
            known[key] = COHESION * clues.topics.cohesion(chains[a][:i], chains[b][k:])
        return known[key]

    best, most = None, 0.01
    for place, (a, i) in enumerate(cuts):
        for b, k in cuts[place + 1 :]:
            if a == b:
                continue
            change = _join(gain, chains, (a, i), (b, k)) + _join(gain, chains, (b, k), (a, i))
            change -= _join(gain, chains, (a, i), (a, i)) + _join(gain, chains, (b, k), (b, k))
            if change < HOPELESS:
                continue
            one, two = (a, i), (b, k)
            change += holds(one, two) + holds(two, one) - holds(one, one) - holds(two, two)
            if change > most:
                best, most = (one, two), change
    return best


def _join(gain: Gain, chains: Sequence[Sequence[int]], head: tuple[int, int], tail: tuple[int, int]) -> float:
    (a, i), (b, k) = head, tail
    return gain(chains[a][i - 1], chains[b][k]) if k < len(chains[b]) else 0.0
