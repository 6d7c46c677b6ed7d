"""Rows of a jsonl: one object a line; numbers exact, every key once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from taizhang.capture.rows.marks import LINE, ORIGIN, TROUBLE, Origins
from taizhang.capture.rows.problems import Trouble, place, problem
from taizhang.capture.rows.sheet import Cell, Row, Sheet

MOST_DIGITS = 60
"""A number larger or finer than 10 to this power is none of an office, and would fill the memory as an integer."""
MOST_DEEP = 20
"""Levels of lists and objects."""


class _Twice(Exception):
    """A key stands twice in one object."""


class Objects(Sheet):
    """The rows of a jsonl; it has no heads, each row brings its keys."""

    suffix = ".jsonl"

    def _read(self) -> Iterator[Row]:
        origins = Origins(self.file)
        for at, (text, trouble) in enumerate(self._lines(), 1):
            if trouble is None and not text.strip():
                self._note("blank_rows", at)
            else:
                yield self._row(at, text, trouble, origins)

    def _row(self, at: int, text: str, trouble: Trouble | None, origins: Origins) -> Row:
        told = [trouble] if trouble else []
        cells, wrong = _read_object(text) if text else (None, None)
        origin = ""
        if cells is not None:
            origin = str(cells.pop(ORIGIN, None) or "")
            cells.pop(TROUBLE, None)
            if cells.keys() == {LINE}:
                text = str(cells[LINE])
                cells, wrong = _read_object(text)
        mark, not_its = origins.of(at, origin)
        damaged = _damaged(text if cells is None else cells) if "\ufffd" in text or "\\u0000" in text else ()
        told += [t for t in (wrong, *damaged, not_its) if t]
        problems = tuple(problem(place(self.name, at), t.reason, at, facts=t.facts) for t in told)
        return Row(mark.number, cells or {}, mark.file, at, problems, line=text if cells is None else None)


def _read_object(text: str) -> tuple[dict[str, Cell] | None, Trouble | None]:
    """The object of a line, or why there is none."""
    try:
        read = _DECODER.decode(text)
        if text.count("[") + text.count("{") > MOST_DEEP and _is_deep(read):
            raise RecursionError
        if "\\u" in text:
            json.dumps(read, default=str, ensure_ascii=False).encode()
    except _Twice as twice:
        return None, Trouble("twice_key", None, (("key", str(twice)),))
    except json.JSONDecodeError as broken:
        return None, Trouble("not_json", None, (("at", broken.pos + 1),))
    except UnicodeEncodeError:
        return None, Trouble("half")
    except (ValueError, ArithmeticError):
        return None, Trouble("number")
    except RecursionError:
        return None, Trouble("deep")
    return (read, None) if isinstance(read, dict) else (None, Trouble("not_object"))


def _is_deep(value: Cell) -> bool:
    level = [value]
    for _ in range(MOST_DEEP):
        lists = [v for v in level if isinstance(v, list)] + [list(v.values()) for v in level if isinstance(v, dict)]
        level = [item for items in lists for item in items]
    return bool(level)


def _damaged(value: Cell) -> Iterator[Trouble]:
    texts = list(_texts(value))
    if any("\0" in text for text in texts):
        yield Trouble("nul")
    if any("\ufffd" in text for text in texts):
        yield Trouble("lost")


def _texts(value: Cell) -> Iterator[str]:
    """Every text in a value, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for item in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from _texts(item)


def _object(pairs: list[tuple[str, Cell]]) -> dict[str, Cell]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise _Twice(Counter(key for key, _ in pairs).most_common(1)[0][0])
    return made


def _decimal(digits: str) -> Decimal:
    value = Decimal(digits)
    if abs(value.adjusted()) > MOST_DIGITS:
        raise ValueError
    return value


def _no_constant(name: str) -> Cell:
    raise ValueError(name)


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_decimal, parse_constant=_no_constant)
