"""Places into the database: plain SQL, many at a time. The caller holds the transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from taizhang.ledger.places.spans import Spell
from taizhang.ledger.places.tree import Node
from taizhang.ledger.store import Store, among

PLACE = ("key", "path", "level", "name")
PLACE_CODE = ("place", "scheme", "code", "name", "valid_from", "valid_to")


def hold(store: Store) -> None:
    """Let no other load change places until this transaction ends; others go on reading."""
    if store.dialect == "postgres":
        store.run("LOCK TABLE place IN SHARE ROW EXCLUSIVE MODE")


def add(store: Store, places: Sequence[tuple[int, Node]], spells: Iterable[Spell]) -> None:
    """New places, then codes."""
    store.insert("place", PLACE, [(key, *node) for key, node in places])
    store.insert("place_code", PLACE_CODE, [(s.place, s.scheme, s.code, s.name, s.start, s.end) for s in spells])


def restate(store: Store, codes: Mapping[tuple[str, str], Sequence[Spell]]) -> None:
    """Put these spells in the place of all that each code has meant. All get new ids: the greatest tells of the change."""
    store.many("DELETE FROM place_code WHERE scheme = ? AND code = ?", list(codes))
    add(store, [], (spell for spells in codes.values() for spell in spells))


def rename(store: Store, names: Mapping[int, str]) -> None:
    """New newest names."""
    store.many("UPDATE place SET name = ? WHERE key = ?", [(name, key) for key, name in names.items()])


def put_paths(store: Store, paths: Mapping[int, str]) -> None:
    """New paths. No two places ever share one, on the way either: each ends in its own key."""
    store.many("UPDATE place SET path = ? WHERE key = ?", [(path, key) for key, path in paths.items()])


def stated(store: Store, scheme: str, codes: Iterable[str]) -> dict[str, list[tuple[int, str]]]:
    """Places and names that codes of a scheme have had."""
    condition, values = among(store, "code", codes)
    found: dict[str, list[tuple[int, str]]] = {}
    for code, place, name in store.rows(f"SELECT code, place, name FROM place_code WHERE scheme = ? AND {condition}", (scheme, values)):
        found.setdefault(code, []).append((place, name))
    return found


def paths(store: Store, keys: Iterable[int]) -> dict[int, str]:
    """Where these places are."""
    condition, values = among(store, "key", keys)
    return {key: path for key, path in store.rows(f"SELECT key, path FROM place WHERE {condition}", (values,))}  # noqa: C416


def with_entries(store: Store, keys: Iterable[int]) -> list[int]:
    """Those of the places that entries name."""
    condition, values = among(store, "place", keys)
    return [place for (place,) in store.rows(f"SELECT DISTINCT place FROM entry WHERE {condition}", (values,))]
