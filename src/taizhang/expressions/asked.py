"""A call as it was asked for: its arguments by position, and plain refusals when one does not fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from taizhang.expressions.problems import Refused, Said, nearest
from taizhang.expressions.tree import Call, Function, Literal, Node
from taizhang.expressions.types import DIGITS, MOST_PLACES, Boolean, Choice, Choices, Day, Nothing, Number, Type, common, is_text

_ZH = {"integer": "整数", "text": "文字", "choice": "选项", "choices": "多选", "date": "日期", "boolean": "是否", "null": "空值"}
_COMPARED = 60  # choices looked through for the nearest


@dataclass(frozen=True, slots=True)
class Asked:
    """`function` was called with `args`; the methods give the type of an argument or refuse it."""

    function: Function
    args: tuple[Node, ...]
    start: int
    end: int

    def gives(self, kind: Type, *args: Node) -> Call:
        """The finished call; a number of too many digits is refused."""
        if isinstance(kind, Number):
            self.fits(kind)
        return Call(self.function, args or self.args, kind, self.start, self.end)

    def fits(self, number: Number) -> Number:
        """The number itself, unless it may need more digits or places than there are."""
        if number.places > MOST_PLACES or number.digits > DIGITS:
            self.refuse(
                Said(
                    f"结果可能有 {number.digits} 位（小数 {number.places} 位）",
                    f"不超过 {DIGITS} 位（小数不超过 {MOST_PLACES} 位）",
                    "请给数据元写上限，或先用 round。",
                ),
                Said(
                    f"the result may have {number.digits} digits, {number.places} of them places",
                    f"at most {DIGITS} digits, {MOST_PLACES} of them places",
                    "Give the fields limits, or round first.",
                ),
            )
        return number

    def count(self, least: int, most: int | None) -> None:
        """Refuse fewer or more arguments than that."""
        if len(self.args) < least or most is not None and len(self.args) > most:
            self.refuse(
                Said(f"{self.function.name} 有 {len(self.args)} 个参数", self.function.usage, "请按用法改写。"),
                Said(f"{self.function.name} with {len(self.args)} arguments", self.function.usage, "Write it so."),
            )

    def number(self, at: int) -> Number:
        """The type of an argument that must be a number."""
        kind = self.args[at].type
        return kind if isinstance(kind, Number) else self.wrong(at, "数", "a number")

    def whole(self, at: int) -> Number:
        """The type of an argument that must be a whole number."""
        kind = self.number(at)
        return kind if kind.places == 0 else self.wrong(at, "整数", "a whole number")

    def text(self, at: int) -> Type:
        """The type of an argument that must be a text."""
        kind = self.args[at].type
        return kind if is_text(kind) else self.wrong(at, "文字", "a text")

    def day(self, at: int) -> Day:
        """The type of an argument that must be a date."""
        kind = self.args[at].type
        return kind if isinstance(kind, Day) else self.wrong(at, "日期，如 date '2023-01-31'", "a date, such as date '2023-01-31'")

    def truth(self, at: int) -> Boolean:
        """The type of an argument that must be true or false."""
        kind = self.args[at].type
        return kind if isinstance(kind, Boolean) else self.wrong(at, "是否（如 a > 1）", "something true or false, such as a > 1")

    def written(self, at: int, least: int, most: int) -> int:
        """An argument that must be a whole number written out."""
        node = self.args[at]
        if isinstance(node, Literal) and type(node.value) is int and least <= node.value <= most:
            return node.value
        return self.wrong(at, f"写明的整数 {least} 到 {most}", f"a whole number written out, {least} to {most}")

    def same(self) -> Type:
        """The type that holds the values of all arguments; a text in quotes must be one of the choices it stands beside."""
        kind = self.args[0].type
        for at, arg in enumerate(self.args):
            both = common(kind, arg.type)
            if both is None or isinstance(both, Choices):
                self.wrong(at, _named(kind)[0], _named(kind)[1])
            kind = both
        return self.fits(kind) if isinstance(kind, Number) else kind

    def known_choices(self) -> None:
        """Refuse a text in quotes that is none of the choices of what it is compared with."""
        values = [v for a in self.args if not isinstance(a, Literal) and isinstance(a.type, Choice | Choices) for v in a.type.values]
        open_text = any(is_text(a.type) and not isinstance(a.type, Choice) for a in self.args)
        if not values or open_text:
            return
        for at, arg in enumerate(self.args):
            if isinstance(arg, Literal) and isinstance(arg.value, str) and arg.value not in values:
                self._no_choice(at, arg.value, values)

    def _no_choice(self, at: int, value: str, values: list[str]) -> NoReturn:
        like = nearest(value, values[:_COMPARED])
        listed = "、".join(values[:12]) + ("……" if len(values) > 12 else "")
        self.refuse(
            Said(f"没有「{value}」这个选项", listed, f"是不是「{like}」？" if like else "请从列出的选项中选。"),
            Said(f"{value} is no choice", listed, f"Did you mean {like}?" if like else "Take one of them."),
            at,
        )

    def wrong(self, at: int, zh: str, en: str) -> NoReturn:
        """Refuse an argument for its type."""
        kind = self.args[at].type
        found_zh, found_en = _named(kind)
        if isinstance(kind, Nothing):
            do_zh, do_en = "判断空值请用 is null 或 is not null。", "To ask for null write is null or is not null."
        else:
            do_zh, do_en = f"用法：{self.function.usage}。", f"Usage: {self.function.usage}."
        self.refuse(Said(f"这里是{found_zh}", zh, do_zh), Said(f"this is {found_en}", en, do_en), at)

    def refuse(self, zh: Said, en: Said, at: int | None = None) -> NoReturn:
        """Refuse the call, or the argument at that position."""
        node = None if at is None else self.args[at]
        raise Refused(zh, en, (node.start, node.end) if node else (self.start, self.end))


def _named(kind: Type) -> tuple[str, str]:
    if isinstance(kind, Number) and kind.places:
        return f"{kind.places} 位小数的数", f"a number of {kind.places} places"
    if isinstance(kind, Choice) and len(kind.values) == 1:
        return "文字", "a text"
    return _ZH[str(kind)], {"integer": "a whole number", "null": "null", "choices": "choices"}.get(str(kind), f"a {kind}")
