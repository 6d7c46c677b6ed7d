"""A user's Scope on a day: the duties in force, one's own and those one stands in for."""

from __future__ import annotations

from datetime import date

from django.db import connections

from taizhang.core import Grant, Scope


def _in_force(row: str) -> str:
    return f"{row}.since <= %(day)s AND ({row}.until IS NULL OR {row}.until >= %(day)s)"


# One question, for it is asked before every act. A delegate has the *own* duties of the holder, while those and the holder
# are in force: a delegated duty is nobody's own, so it cannot be passed on.
_GRANTS = f"""
SELECT duty.role, duty.place, duty.programme, NULL
FROM people_user AS me JOIN people_duty AS duty ON duty.user_id = me.key
WHERE me.key = %(user)s AND {_in_force("me")} AND {_in_force("duty")}
UNION
SELECT duty.role, duty.place, duty.programme, holder.key
FROM people_user AS me
JOIN people_delegation AS lent ON lent.to_user_id = me.key
JOIN people_user AS holder ON holder.key = lent.from_user_id
JOIN people_duty AS duty ON duty.user_id = holder.key AND (lent.duty_id IS NULL OR lent.duty_id = duty.id)
WHERE me.key = %(user)s AND {_in_force("me")} AND {_in_force("lent")} AND {_in_force("holder")} AND {_in_force("duty")}
"""


def scope(user: str, day: date, using: str = "default") -> Scope:
    """What the user of this key may do on this day; nothing for an inactive or unknown one."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(_GRANTS, {"user": user, "day": connection.ops.adapt_datefield_value(day)})
        return Scope(user, frozenset(Grant(*row) for row in cursor.fetchall()), day)
