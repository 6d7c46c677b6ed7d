"""Addresses of databases, as they are given on a command line."""

from __future__ import annotations

import pytest

from taizhang.ledger.database import BadAddress, described


def test_all_parts_of_an_address_are_understood() -> None:
    told = described("postgresql://clerk:a%20b@host:5433/book?sslmode=require")
    assert (told["NAME"], told["USER"], told["PASSWORD"], told["HOST"], told["PORT"]) == ("book", "clerk", "a b", "host", "5433")
    assert told["OPTIONS"]["sslmode"] == "require"


def test_statements_are_kept_unless_a_pooler_cannot_keep_them() -> None:
    assert described("postgresql:///book")["OPTIONS"]["prepare_threshold"] == 2
    assert described("postgresql:///book?prepare_threshold=none")["OPTIONS"]["prepare_threshold"] is None


@pytest.mark.parametrize("address", ["mysql://clerk@host/book", "postgresql://host:port/book", "postgresql://clerk@host/"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(BadAddress):
        described(address)
