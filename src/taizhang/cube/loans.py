"""How loans stand as of an entry: which are back and since when, and when those that were renewed are due."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from taizhang.cube.relations import AsOf
from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.plans import RENEW
from taizhang.packs import Transfer


def ended(catalogue: Catalogue, as_of: AsOf, loan: Transfer) -> str:
    """The loans of a type that are back whole (own), and the day (day) of the return that brought the last of it.

    A return counts against the loans before it of its item and accounts, the oldest first, and what is over counts for
    nothing. With everything lent and brought back so far added up in the order of the journal, so much is back in all:
    the returns, less the most they ever ran ahead of the loans. A loan is back when that reaches all lent up to it.
    """
    returns = [t.type for t in catalogue.things.values() if isinstance(t, Transfer) and t.pack == loan.pack and t.returns == loan.name]
    of = "item, source AS lender, target AS borrower, quantity AS lent, 0 AS back"
    back = "item, target AS lender, source AS borrower, 0 AS lent, quantity AS back"
    lent = f"SELECT own, day, {of} FROM {as_of.standing(loan.type)}"
    moves = " UNION ALL ".join([lent, *(f"SELECT own, day, {back} FROM {as_of.standing(one)}" for one in returns)])
    over = "(PARTITION BY item, lender, borrower ORDER BY own)"
    sums = f"SELECT *, sum(lent) OVER {over} AS lent_by, sum(back) OVER {over} AS back_by FROM ({moves})"
    level = f"SELECT *, back_by + least(0, min(lent_by - back_by) OVER {over}) AS returned_by FROM ({sums})"
    steps = f"SELECT *, returned_by - coalesce(lag(returned_by) OVER {over}, 0) AS step FROM ({level})"
    same = "l.item = b.item AND l.lender = b.lender AND l.borrower = b.borrower"
    return f"""(WITH steps AS ({steps}) SELECT l.own, b.day FROM steps AS l
        ASOF JOIN (SELECT * FROM steps WHERE step > 0) AS b ON {same} AND l.lent_by <= b.returned_by WHERE l.lent > 0)"""


def renewed(as_of: AsOf, last: str, numbers: Callable[[Iterable[str]], Mapping[str, int]]) -> str:
    """When loans are due that were renewed by a day (SQL), each by its last renewal: own, due. `numbers` are those of uids."""
    standing = f"SELECT f_loan, f_due, own FROM {as_of.standing(RENEW)} WHERE day <= {last}"
    due = dict(as_of.rows(f"SELECT f_loan, arg_max(f_due, own) FROM ({standing}) GROUP BY f_loan"))
    rows = [f"({number}, DATE '{due[uid]}')" for uid, number in numbers(due).items()]
    return f"(VALUES {', '.join(rows or ['(0, NULL::DATE)'])})"
