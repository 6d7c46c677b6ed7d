"""Entries as a clerk's acts make them, short enough to read in a test."""

from __future__ import annotations

from datetime import date
from typing import Any

from taizhang.core import Entry
from taizhang.ledger import new_uid

GIVERS, FUND, SITE = "mines.givers", "mines.fund/fund-1", "mines.site/site-1"


def day(number: int) -> date:
    """A day of January 2023."""
    return date(2023, 1, number)


def entry(kind: Any, type_name: str, on: int = 1, **more: Any) -> Entry:
    """An entry of a day in January 2023."""
    told = {"uid": new_uid(), "place": 431122, "actor": "clerk-1", "recorded_at": 1_672_704_000_000_000} | more
    return Entry(kind=kind, type=type_name, day=day(on), **told)


def received(quantity: int, on: int = 1, fund: str = FUND, **more: Any) -> Entry:
    """Money comes into a fund, in 分."""
    return entry("transfer", "mines.receive", on, item="money", quantity=quantity, source=GIVERS, target=fund, **more)


def allotted(quantity: int, on: int = 1, fund: str = FUND, site: str = SITE, **more: Any) -> Entry:
    """Money goes from a fund to a site."""
    return entry("transfer", "mines.allot", on, item="money", quantity=quantity, source=fund, target=site, **more)


def struck(one: Entry, on: int = 28, why: str = "写错了") -> Entry:
    """The strike of an entry."""
    return entry("strike", one.type, on, strikes=one.uid, why=why, record=one.record)


def stop(on: int = 1, record: str = "crew-1", **data: Any) -> Entry:
    """A traffic violation."""
    return entry("event", "traffic.violation", on, record=record, data={"kind": "超载", "fine": 5000} | data)


def mine(record: str, on: int = 1, **data: Any) -> Entry:
    """A state of a mine."""
    return entry("state", "mines.mine", on, record=record, data=data)
