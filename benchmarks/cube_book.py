"""A province's book of traffic violations for `cube.py`, filled in bulk: rows straight into the table of entries, as no program of ours does.

122 counties of 20 townships, three years of days in their order, one entry in 200 a strike. Leaves are random bytes; the tree over
them is real, so that segments are held against it. Nothing else follows from the entries: no balances, no records.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]  # books are made as the tests make them

from tests.books import ORIGIN, Databases, small_book  # noqa: E402

from taizhang.ledger import Frontier, KeyFile  # noqa: E402
from taizhang.ledger.book import Book  # noqa: E402
from taizhang.ledger.journal import KEPT_LEVEL  # noqa: E402

COUNTIES, TOWNSHIPS, DAYS = 122, 20, 1096
KINDS = ("饮酒驾驶", "醉酒驾驶", "超员", "超载", "无牌", "无证", "报废车上路", "未戴头盔", "其他")
VEHICLES = ("小型汽车", "大型客车", "货车", "摩托车", "电动自行车", "其他")
STRUCK_EACH, BEFORE = 200, 137
BATCH = 100_000

_PICK = "((i * 2654435761 + {salt}) % 4294967296 >> 7)"
_ENTRIES = f"""
WITH RECURSIVE numbers(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM numbers WHERE n < :last),
rows AS (SELECT n, CASE WHEN n % {STRUCK_EACH} = 0 THEN n - {BEFORE} ELSE n END AS i FROM numbers)
INSERT INTO entry (book, seq, uid, kind, type, place, day, record, actor, recorded_at, data, strikes, why, leaf)
SELECT :book, n, printf('%012x7000800000000000000', n), CASE WHEN n = i THEN 'event' ELSE 'strike' END, 'traffic.violation',
  (430001 + {_PICK.format(salt=1)} % {COUNTIES}) * 1000 + {_PICK.format(salt=99)} / 7 % {TOWNSHIPS},
  date('2020-01-01', '+' || (n * {DAYS} / (:size + 1)) || ' days'), 'crew-' || (i % 400), 'clerk-1', 1577836800000000 + n,
  CASE WHEN n = i THEN printf('{{"clock":"08:30","fine":%d,"kind":"%s","vehicle":"%s"}}', 5000 + {_PICK.format(salt=7)} % 200 * 100,
    KINDS, VEHICLES) END,
  CASE WHEN n <> i THEN printf('%012x7000800000000000000', i) END, CASE WHEN n <> i THEN '"写错了"' END, randomblob(32)
FROM rows"""


def _case(pick: str, words: tuple[str, ...]) -> str:
    return f"CASE {pick} % {len(words)} " + " ".join(f"WHEN {n} THEN '{word}'" for n, word in enumerate(words)) + " END"


@contextmanager
def province(folder: Path, size: int) -> Iterator[tuple[Book, Filling]]:
    """A book of so many entries on SQLite, and what puts more into it."""
    with small_book(Databases(folder).address("sqlite")) as small:
        small.store.run("PRAGMA synchronous=OFF")
        book = Book(folder, small.alias, small.store, small.number, ORIGIN, 43, KeyFile(folder / "keys"), small.catalogue, small.journal)
        _places(book)
        filling = Filling(book)
        filling.until(size, size)
        yield book, filling


class Filling:
    """Puts entries into a book, the tree over them grown as it goes."""

    def __init__(self, book: Book) -> None:
        self._book, self._frontier = book, Frontier()
        self._sql = _ENTRIES.replace("KINDS", _case(_PICK.format(salt=13) + " / 3", KINDS)).replace("VEHICLES", _case(_PICK.format(salt=31) + " / 5", VEHICLES))

    def until(self, last: int, days_for: int) -> None:
        """So many entries; their days are spread as if there were `days_for`."""
        for first in range(self._frontier.size + 1, last + 1, BATCH):
            with self._book.store.transaction():
                self._some(first, min(first + BATCH - 1, last), days_for)

    def _some(self, first: int, last: int, days_for: int) -> None:
        store, number, frontier = self._book.store, self._book.number, self._frontier
        told = {"first": first, "last": last, "size": days_for, "book": number}
        store.connection.connection.execute(self._sql, told)
        leaves = store.rows("SELECT leaf FROM entry WHERE book = ? AND seq BETWEEN ? AND ? ORDER BY seq", [number, first, last])
        kept: list[tuple[int, int, int, bytes]] = []
        frontier.extend((row[0] for row in leaves), lambda level, at, hashes: kept.extend(_nodes(number, level, at, hashes)))
        store.many("INSERT INTO node (book, level, place, hash) VALUES (?, ?, ?, ?)", kept)
        store.run("UPDATE book SET size = ?, tops = ? WHERE id = ?", [frontier.size, b"".join(frontier.tops), number])


def _nodes(book: int, level: int, at: int, hashes: Sequence[bytes]) -> list[tuple[int, int, int, bytes]]:
    return [(book, level, at + n, one) for n, one in enumerate(hashes)] if level >= KEPT_LEVEL else []


def _places(book: Book) -> None:
    rows = [(43, "43/", "province", "湖南省")]
    for county in range(430001, 430001 + COUNTIES):
        rows.append((county, f"43/{county}/", "county", f"县{county}"))
        rows += [(county * 1000 + n, f"43/{county}/{county * 1000 + n}/", "township", f"乡{n}") for n in range(TOWNSHIPS)]
    with book.store.transaction():
        book.store.many("INSERT INTO place (key, path, level, name) VALUES (?, ?, ?, ?)", rows)
        codes = [(key, str(key), name) for key, _, _, name in rows]
        book.store.many("INSERT INTO place_code (place, scheme, code, name) VALUES (?, 'stat', ?, ?)", codes)
