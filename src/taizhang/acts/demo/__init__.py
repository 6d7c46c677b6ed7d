"""The demonstration book: invented entries whose figures come to given totals. See docs/demo.md.

`build(folder, totals, seed)` makes one, through the same acts as every other book, and asks each total back.
"""

from taizhang.acts.demo.book_plan import Met
from taizhang.acts.demo.building import Built, build
from taizhang.acts.demo.refusals import Refused
from taizhang.acts.demo.striking import strike_some
from taizhang.acts.demo.totals import SHIPPED, Total, Totals, read_totals

__all__ = ["SHIPPED", "Built", "Met", "Refused", "Total", "Totals", "build", "read_totals", "strike_some"]
