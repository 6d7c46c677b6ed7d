"""Rows of a jsonl: one object a line; numbers exact, every key once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

from taizhang.capture.rows.lines import Lines
from taizhang.capture.rows.marks import LINE, ORIGIN, TROUBLE, Origins
from taizhang.capture.rows.problems import Trouble, place, problem
from taizhang.capture.rows.sheet import Cell, Row, Sheet

MOST_DIGITS = 60
"""A number larger or finer than 10 to this power is none of an office, and would fill the memory as an integer."""


class _Twice(Exception):
    """A key stands twice in one object."""


class Objects(Sheet):
    """The rows of a jsonl; it has no heads, each row brings its keys."""

    suffix = ".jsonl"

    def _read(self, lines: Lines) -> Iterator[Row]:
        origins = Origins(self.file)
        for at, (text, trouble) in enumerate(lines, 1):
            if trouble is None and not text.strip():
                self._note("blank_rows", at)
            else:
                yield self._row(at, text, trouble, origins)

    def _row(self, at: int, text: str, trouble: Trouble | None, origins: Origins) -> Row:
        told = [trouble] if trouble else []
        cells, wrong = (None, None) if trouble and not text else _read_object(text)
        origin, original = "", ""
        if cells is not None:
            origin, original = str(cells.pop(ORIGIN, "") or ""), str(cells.pop(LINE, "") or "")
            cells.pop(TROUBLE, None)
        if original and not cells:
            text = original
            cells, wrong = _read_object(text)
        mark, not_its = origins.of(at, origin)
        told += [t for t in (wrong, *_damaged(text), not_its) if t]
        problems = tuple(problem(place(self.name, at), t.reason, at, facts=t.facts) for t in told)
        return Row(mark.number, cells or {}, mark.file, at, problems, line="" if cells is not None and not wrong else text)


def _read_object(text: str) -> tuple[dict[str, Cell] | None, Trouble | None]:
    """The object of a line, or why there is none."""
    try:
        read = _DECODER.decode(text)
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


def _damaged(text: str) -> Iterator[Trouble]:
    if "\\u0000" in text:
        yield Trouble("nul")
    if "\ufffd" in text:
        yield Trouble("lost")


def _object(pairs: list[tuple[str, Cell]]) -> dict[str, Cell]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _Twice(next(key for key in keys if keys.count(key) > 1))
    return made


def _decimal(digits: str) -> Decimal:
    value = Decimal(digits)
    if abs(value.adjusted()) > MOST_DIGITS:
        raise ValueError
    return value


def _no_constant(name: str) -> Cell:
    raise ValueError(name)


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_decimal, parse_constant=_no_constant)
