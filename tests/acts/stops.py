"""Road safety in a county and in one of its villages, for tests of why figures differ."""

from __future__ import annotations

from typing import Any

from taizhang.acts.desk import Desk
from taizhang.acts.posting import Answer, post

from .office import COUNTY, event, state


def crew(desk: Desk, name: str = "一中队") -> None:
    """A crew that stops drivers."""
    assert post(desk, [state(desk, "traffic.crew", "2021-01-01", 中队名称=name)])[0].what == "ok"


def stop(desk: Desk, number: int, day: str = "2022-12-05", place: int = COUNTY, kind: str = "超载", fine: str = "200元", **more: Any) -> Answer:
    """A driver is stopped, at a minute of its own."""
    clock = f"{number // 60 % 24:02d}:{number % 60:02d}"
    values = {"时刻": clock, "号牌号码": plate(number), "违法种类": kind, "车辆类型": "货车", "罚款": fine, **more}
    (answer,) = post(desk, [event(desk, "traffic.violation", day, place, record="一中队", **values)])
    assert answer.what == "ok", [problem.line() for problem in answer.problems]
    return answer


def plate(number: int) -> str:
    """A number plate."""
    return f"湘L{10000 + number}"
