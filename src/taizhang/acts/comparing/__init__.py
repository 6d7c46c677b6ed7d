"""Why two figures differ: which rows stand on one side only, and why. See docs/why.md.

    asked(desk, "traffic.violations@431129@2022-12")   a figure in words
    compare(desk, a, b)                                two figures of the book
    compare_with_file(desk, a, rows, column, key)      a figure and a column of somebody else's table
"""

from taizhang.acts.comparing.asking import Asked, asked, is_frozen, of_today
from taizhang.acts.comparing.figures import compare
from taizhang.acts.comparing.filed import compare_with_file
from taizhang.acts.comparing.nouns import Cause, Comparison, Kind, Row, Side

__all__ = ["Asked", "Cause", "Comparison", "Kind", "Row", "Side", "asked", "compare", "compare_with_file", "is_frozen", "of_today"]
