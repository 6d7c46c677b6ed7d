"""Figures: an indicator's value for a place and period, broken down, traced to its entries, as of any entry.

`Cube(book, scope).figures(question)` answers a `core.Question` with `core.Figure`s. See docs/figures.md.
"""

from taizhang.cube.cube import Cube
from taizhang.cube.plainly import Figures, type_of_path

__all__ = ["Cube", "Figures", "type_of_path"]
