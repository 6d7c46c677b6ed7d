"""A figure in words: INDICATOR[/VERSION][:PATH=VALUE,…]@PLACE@PERIOD[#AS_OF], or 第24条: the figure that entry 24 froze."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from taizhang.acts.choosing import record_of_words
from taizhang.acts.desk import Desk
from taizhang.acts.freezing import frozen_at
from taizhang.core import InputError, Period, Problem, Question
from taizhang.cube import Cube, type_of_path
from taizhang.expressions import Choice, Choices
from taizhang.ledger.book import Book
from taizhang.ledger.catalogue import Catalogue
from taizhang.ledger.installed import kept
from taizhang.packs import Indicator, Pack

_WRITTEN = re.compile(
    r"(?P<indicator>[^@#:/]+)(?:/(?P<version>[0-9]{1,9}))?(?::(?P<of>[^@#]+))?(?:@(?P<place>[^@#]*))?(?:@(?P<period>[^@#]*))?(?:#(?P<as_of>.+))?"
)
_FROZEN = re.compile(r"第([1-9][0-9]{0,17})条|frozen:([1-9][0-9]{0,17})")
_RECORD_KEY = re.compile(r"[a-z2-7]{16}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure asked for, and the book under the definition it is asked by (its newest, or that of a version)."""

    words: str
    question: Question
    book: Book
    pack: Pack
    indicator: Indicator

    @property
    def version(self) -> int:
        """The number of the definition's version."""
        return self.book.catalogue.versions.get(self.pack.name, 0)

    def with_indicator(self, name: str) -> Asked:
        """The same of another indicator of the pack; of the breakdown what that one knows."""
        indicator = self.pack.indicators[name]
        of = {path: value for path, value in self.question.of.items() if type_of_path(self.pack, indicator, path) is not None}
        question = replace(self.question, indicator=f"{self.pack.name}.{name}", of=of)
        return Asked(self.words, question, self.book, self.pack, indicator)


def asked(desk: Desk, words: str, place: str | None = None, period: str | None = None) -> Asked:
    """The figure that words mean; `place` and `period` stand in where the words leave them out. InputError says what is wrong."""
    if number := _FROZEN.fullmatch(words.strip()):
        return _as_printed(desk, words, int(number[1] or number[2]))
    found = _WRITTEN.fullmatch(words.strip())
    if found is None:
        raise InputError(_not_written(words))
    one = Cube(desk.book, desk.scope).defined(found["indicator"].strip())
    book = under(desk.book, one.pack.name, int(found["version"])) if found["version"] else desk.book
    pack = book.catalogue.packs[one.pack.name]
    indicator = pack.indicators.get(one.indicator.name)
    if indicator is None:
        raise InputError(_not_defined(one.indicator.title, found["version"] or ""))
    when = _period(found["period"] or period, words)
    key = _place(desk, found["place"] or place, when.last, words)
    of = _of(desk, pack, indicator, found["of"])
    return Asked(words, Question(one.key, key, when, of=of, as_of=as_of(desk, found["as_of"])), book, pack, indicator)


def is_frozen(words: str) -> bool:
    """Whether words name a figure as it was printed."""
    return _FROZEN.fullmatch(words.strip()) is not None


def of_today(desk: Desk, one: Asked) -> Asked:
    """The same question asked today, by the newest definition."""
    pack = desk.book.catalogue.packs[one.pack.name]
    question = replace(one.question, as_of=None)
    words = f"{question.indicator}@{question.place}@{question.period}"
    return Asked(words, question, desk.book, pack, pack.indicators[one.indicator.name])


def _as_printed(desk: Desk, words: str, number: int) -> Asked:
    """The question of a frozen figure, by the definition and as of the entry it was printed by."""
    found = frozen_at(desk, [number])
    if not found:
        raise InputError(_not_frozen(words))
    (one,) = found
    programme, _, name = one.question.indicator.partition(".")
    book = under(desk.book, programme, one.version)
    pack = book.catalogue.packs[programme]
    return Asked(f"{one.label} {one.title}", one.question, book, pack, pack.indicators[name])


def under(book: Book, pack: str, version: int) -> Book:
    """The book with a pack as it was in a version; InputError where there is none."""
    if book.catalogue.versions.get(pack, 0) == version:
        return book
    old = kept(book.store, book.number, pack, version)
    if old is None:
        raise InputError(_no_version(pack, version, book.catalogue.versions.get(pack, 0)))
    packs = [old if one.name == pack else one for one in book.catalogue.packs.values()]
    return replace(book, catalogue=Catalogue.of(*packs, versions={**book.catalogue.versions, pack: version}))


def as_of(desk: Desk, text: str | None) -> int | None:
    """The number of the last entry known: a number, or a day at whose end it was; None for all that is known now."""
    if not text:
        return None
    if text.isdecimal() and int(text) <= desk.book.size:
        return int(text)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise InputError(_no_as_of(text, desk.book.size)) from None
    return Cube(desk.book, desk.scope).size_on(day)


def _period(text: str | None, words: str) -> Period:
    try:
        return Period.read(text or "")
    except ValueError:
        expected = ("2022、2022-Q4、2022-12、2022-12-28 或 2022-01..2022-03", "2022, 2022-Q4, 2022-12, 2022-12-28 or 2022-01..2022-03")
        found = (f"期间{text!r}读不懂" if text else "没有写期间", f"{text!r} is no period" if text else "no period")
        do = ("请写在第二个 @ 之后，或用 --period。", "Write it behind the second @, or with --period.")
        raise InputError(Problem(words, found[0], expected[0], do[0], found[1], expected[1], do[1])) from None


def _place(desk: Desk, text: str | None, day: date, words: str) -> int:
    """The place meant, among those where one may view anything; without any the book's own."""
    if not text:
        return desk.book.place
    found = desk.places.place_key(text, day.isoformat(), viewed(desk))
    if isinstance(found, Problem):
        raise InputError(replace(found, where=words))
    return found


def viewed(desk: Desk) -> tuple[str, ...]:
    """The paths of the places where one may view anything."""
    return tuple(sorted({place for name in desk.scope.programmes("view") for place in desk.scope.places("view", name)}))


def _of(desk: Desk, pack: Pack, indicator: Indicator, text: str | None) -> Mapping[str, str]:
    """The cells of a breakdown: choices as they are, records by their natural keys."""
    told = dict(part.partition("=")[::2] for part in (text or "").split(",") if part)
    for path, value in told.items():
        kind = type_of_path(pack, indicator, path)
        if kind is None:
            raise InputError(_no_path(path, indicator))
        if not isinstance(kind, Choice | Choices) and path in indicator.by and not _RECORD_KEY.fullmatch(value):
            told[path] = _record_or_text(desk, value)
    return told


def _record_or_text(desk: Desk, value: str) -> str:
    try:
        return record_of_words(desk, value)
    except InputError:
        return value


def _not_written(words: str) -> Problem:
    expected = "指标@区划@期间，如 traffic.violations@431129@2022-12"
    found, do = (f"“{words}”不成一个数的写法", "it does not name a figure"), ("请改写。", "Write it so.")
    return Problem(words, found[0], expected, do[0], found[1], "INDICATOR@PLACE@PERIOD", do[1])


def _not_frozen(words: str) -> Problem:
    do = ("请用 taizhang frozen list 查看。", "See taizhang frozen list.")
    return Problem(words, "这一条没有封存数", "封存的数", do[0], "no figure was frozen there", "the number of a frozen figure", do[1])


def _not_defined(title: str, version: str) -> Problem:
    do = ("请换一个版本。", "Choose another version.")
    found = (f"第 {version} 版还没有这个指标", f"version {version} has no such indicator")
    return Problem(title, found[0], "有这个指标的版本", do[0], found[1], "a version that has it", do[1])


def _no_version(pack: str, version: int, newest: int) -> Problem:
    do = ("请换一个版本。", "Choose another version.")
    found = (f"没有第 {version} 版", f"no version {version}")
    return Problem(pack, found[0], f"1 到 {newest}", do[0], found[1], f"1 to {newest}", do[1])


def _no_as_of(text: str, size: int) -> Problem:
    expected = (f"0 到 {size} 的条数，或日期", f"a number from 0 to {size}, or a day")
    do = ("请改写 # 之后的部分。", "Mend what stands behind #.")
    return Problem(f"#{text}", f"{text!r}", expected[0], do[0], f"{text!r}", expected[1], do[1])


def _no_path(path: str, indicator: Indicator) -> Problem:
    known = "、".join(indicator.by) or "（无）"
    do = ("请改写冒号之后的部分。", "Mend what stands behind the colon.")
    return Problem(indicator.title, f"不能按 {path} 分项", known, do[0], f"it has no breakdown {path}", ", ".join(indicator.by), do[1])
