"""The best one-to-one choice of predecessors."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf


def best_choice(gains: Sequence[Sequence[float]]) -> list[int]:
    """For every row its own column so that the sum of gains is greatest.

    `gains` has at least as many columns as rows; -inf forbids a choice where another is left. Time
    is rows² × columns (the method of shortest augmenting paths, due to Kuhn and Munkres).
    """
    width = len(gains[0]) if gains else 0
    row_price, column_price = [0.0] * (len(gains) + 1), [0.0] * (width + 1)
    owner, back = [0] * (width + 1), [0] * (width + 1)
    for row in range(1, len(gains) + 1):
        owner[0] = row
        column = _search(gains, row_price, column_price, owner, back)
        while column:
            owner[column] = owner[back[column]]
            column = back[column]
    choice = [0] * len(gains)
    for column in range(1, width + 1):
        if owner[column]:
            choice[owner[column] - 1] = column - 1
    return choice


def _search(gains: Sequence[Sequence[float]], row_price: list[float], column_price: list[float], owner: list[int], back: list[int]) -> int:
    """Find a free column by the cheapest chain of displacements from owner[0]; keep the prices tight."""
    width = len(column_price) - 1
    slack, seen = [inf] * (width + 1), [False] * (width + 1)
    column = 0
    while owner[column]:
        seen[column] = True
        row, nearest, step = owner[column], -1, inf
        line = gains[row - 1]
        for k in range(1, width + 1):
            if not seen[k]:
                cost = -line[k - 1] - row_price[row] - column_price[k]
                if cost < slack[k]:
                    slack[k], back[k] = cost, column
                if slack[k] < step:
                    step, nearest = slack[k], k
        for k in range(width + 1):
            if seen[k]:
                row_price[owner[k]] += step
                column_price[k] -= step
            else:
                slack[k] -= step
        column = nearest
    return column
