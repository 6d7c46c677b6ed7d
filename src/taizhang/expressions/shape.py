"""From tokens to the checked tree: sqlglot reads the structure, and sees neither names nor values.

Every name, value and function is handed to sqlglot as its number in the list of tokens (`"7"`, `fn7(…)`),
so no word of the text can mean anything to it but the listed operators. What it gives back is read by kind
of node; a kind that is not listed here is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal as Exact

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from taizhang.expressions.asked import Asked
from taizhang.expressions.functions import ALL, CALLABLE
from taizhang.expressions.functions.numbers import negative
from taizhang.expressions.problems import Refused, Said, Slip, nearest, slip_at
from taizhang.expressions.scan import Token
from taizhang.expressions.tree import Function, Literal, Name, Node
from taizhang.expressions.types import BOOLEAN, DATE, NOTHING, Choice, Day, Number, Type, is_text

SIGNS: dict[type[exp.Expr], str] = {
    exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=",
    exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/", exp.Mod: "%", exp.DPipe: "||", exp.Like: "like",
}  # fmt: skip
MEANT = {
    "ifnull": "coalesce", "isnull": "coalesce", "nvl": "coalesce", "if": "case", "iif": "case", "len": "length", "char_length": "length",
    "substr": "substring", "left": "substring", "mid": "substring", "ceiling": "ceil", "datediff": "days_between", "average": "avg",
    "current_date": "today", "curdate": "today", "now": "today", "edate": "add_months", "eomonth": "last_day", "concat": "||",
}  # fmt: skip
"""What people write who know another dialect, or the formulas of a spreadsheet."""
SUGGESTED = 20  # names for which the nearest known one is looked up


class Shaper:
    """Builds the tree of one expression; everything wrong is gathered in `slips`, nothing is raised."""

    def __init__(self, text: str, tokens: Sequence[Token], names: Mapping[str, Type], *, aggregates: bool) -> None:
        self.text, self.tokens, self.names, self.aggregates = text, tokens, names, aggregates
        self.slips: list[Slip] = []
        self.closing = _closing(tokens)
        self.suggested = 0

    def tree(self) -> Node | None:
        """The checked tree, or None when there are slips."""
        self._words()
        parsed = self._parsed()
        node = self.grow(parsed) if parsed is not None else None
        return None if self.slips else node

    # Words: every unknown name and function is told, wherever it stands.

    def _words(self) -> None:
        for token in self.tokens:
            if token.kind == "function" and not self._function(token):
                self._unknown(token, "函数", "function", CALLABLE)
            elif token.kind == "word" and token.text not in self.names:
                self._unknown(token, "名称", "name", self.names)

    def _unknown(self, token: Token, zh: str, en: str, known: Mapping[str, object]) -> None:
        self.suggested += 1
        like = MEANT.get(token.text.lower())
        if like is None and self.suggested <= SUGGESTED:
            like = nearest(token.text, known)
        right = f"「{like}」" if like else "、".join(list(known)[:12]) or f"没有可用的{zh}"
        do_zh = f"是不是「{like}」？" if like else f"请用列出的{zh}。"
        do_en = f"Did you mean {like}?" if like else f"Use a known {en}."
        self.slip(
            token.start,
            token.end,
            Said(f"没有叫「{token.text[:40]}」的{zh}", right, do_zh),
            Said(f"no {en} is called {token.text[:40]}", like or right, do_en),
        )

    def _function(self, token: Token) -> Function | None:
        return CALLABLE.get(token.text.lower())

    # Structure: read by sqlglot.

    def _parsed(self) -> exp.Expr | None:
        written, starts = self._masked()
        try:
            return sqlglot.parse_one(written)
        except SqlglotError as error:
            if self.slips:
                return None
            at = (getattr(error, "errors", None) or [{}])[0].get("col") or 1
            self._unreadable(self.tokens[max(i for i, start in enumerate(starts) if start < max(at, 1))])
        except RecursionError:
            self._unreadable(self.tokens[0])
        return None

    def _masked(self) -> tuple[str, list[int]]:
        parts, starts, at = [], [], 0
        for number, token in enumerate(self.tokens):
            part = self._mask(number, token)
            parts.append(part)
            starts.append(at)
            at += len(part) + 1
        return " ".join(parts), starts

    def _mask(self, number: int, token: Token) -> str:
        if token.kind == "function":
            return f"fn{number}"
        if token.kind in ("sign", "bracket") or token.kind == "keyword" and not self._is_value(number):
            return token.text
        return f'"{number}"'

    def _is_value(self, number: int) -> bool:
        """`true`, `false` and `null` are values, but for the null of `is null`."""
        word = self.tokens[number].text
        before = [t.text for t in self.tokens[max(number - 2, 0) : number]]
        asking = before[-1:] == ["is"] or before == ["is", "not"]
        return word in ("true", "false") or word == "null" and not asking

    def _unreadable(self, token: Token) -> None:
        zh = Said("这里读不下去", "名称、数、文字之间有运算符，括号和 case 完整", "请检查这里前后是否少了或多了什么。")
        en = Said(
            "cannot be read on from here",
            "operators between names and values, brackets and case complete",
            "Look for what is missing or too much.",
        )
        self.slip(token.start, token.end, zh, en)

    # Nodes.

    def grow(self, node: exp.Expr) -> Node | None:
        """The checked form of one node of the parser, or None with a slip told."""
        if isinstance(node, exp.Paren):
            return self.grow(node.this)
        if isinstance(node, exp.Column | exp.Identifier):
            return self._leaf(node)
        if isinstance(node, exp.Neg):
            return self._negative(node)
        if isinstance(node, exp.And | exp.Or):
            return self._call(ALL["and" if isinstance(node, exp.And) else "or"], list(_chain(node, type(node))))
        found = self._operator(node)
        if found:
            negated = bool(node.args.get("negate"))
            grown = self._call(*found)
            return self._again("not", grown) if negated else grown
        return self._no_such(node)

    def _operator(self, node: exp.Expr) -> tuple[Function, list[exp.Expr]] | None:
        """The function and the arguments of a node, for the kinds that simply have them."""
        if type(node) in SIGNS:
            return ALL[SIGNS[type(node)]], [node.this, node.expression]
        if isinstance(node, exp.Not):
            return ALL["not"], [node.this]
        if isinstance(node, exp.Is) and isinstance(node.expression, exp.Null):
            return ALL["is null"], [node.this]
        if isinstance(node, exp.In) and node.expressions and not (node.args.get("field") or node.args.get("query")):
            return ALL["in"], [node.this, *node.expressions]
        return None

    def _no_such(self, node: exp.Expr) -> Node | None:
        if isinstance(node, exp.Between) and not node.args.get("symmetric"):
            return self._between(node)
        if isinstance(node, exp.Case):
            return self._case(node)
        if isinstance(node, exp.Anonymous):
            return self._named(node)
        self._unreadable(self.tokens[min(_numbers(node), default=0)])
        return None

    def _leaf(self, node: exp.Expr) -> Node | None:
        name = node.this if isinstance(node, exp.Column) else node
        if not isinstance(name, exp.Identifier) or not name.quoted:
            self._unreadable(next((t for t in self.tokens if t.kind == "keyword"), self.tokens[0]))
            return None
        token = self.tokens[int(name.name)]
        if token.kind == "word":
            kind = self.names.get(token.text)
            return Name(token.text, kind, token.start, token.end) if kind is not None else None
        return self._value(token)

    def _value(self, token: Token) -> Node | None:
        if token.kind == "date":
            return self._day(token.text[1:-1], token.start, token.end)
        value, kind = _literal(token)
        return Literal(value, kind, token.start, token.end)

    def _day(self, written: str, start: int, end: int) -> Literal | None:
        try:
            day = date.fromisoformat(written) if len(written) == 10 else None
        except ValueError:
            day = None
        if day is None:
            zh = Said(f"「{written[:40]}」不是日期", "如 '2023-01-31' 的日期", "请写成年-月-日，并核对日历。")
            self.slip(
                start,
                end,
                zh,
                Said(f"{written[:40]} is no date", "a date such as '2023-01-31'", "Write year-month-day, a day of the calendar."),
            )
            return None
        return Literal(day, DATE, start, end)

    def _negative(self, node: exp.Neg) -> Node | None:
        inner = self.grow(node.this)
        if isinstance(inner, Literal) and isinstance(inner.type, Number) and isinstance(node.this, exp.Column):
            return negative(inner)
        return self._again("negative", inner)

    def _between(self, node: exp.Between) -> Node | None:
        value, low, high = (self.grow(node.args[part]) for part in ("this", "low", "high"))
        if value is None or low is None or high is None:
            return None
        least, most = self._built(ALL[">="], [value, low]), self._built(ALL["<="], [value, high])
        return self._built(ALL["and"], [least, most]) if least and most else None

    def _case(self, node: exp.Case) -> Node | None:
        chosen = self.grow(node.this) if node.this is not None else None
        parts: list[Node | None] = []
        for branch in node.args["ifs"]:
            condition, value = self.grow(branch.this), self.grow(branch.args["true"])
            if node.this is not None and chosen and condition:
                condition = self._built(ALL["="], [chosen, condition])
            parts += [condition, value]
        other = node.args.get("default")
        parts.append(self.grow(other) if other is not None else Literal(None, NOTHING))
        return self._built(ALL["case"], parts)

    def _named(self, node: exp.Anonymous) -> Node | None:
        token = self.tokens[int(str(node.this)[2:])]
        function = self._function(token)
        args = list(node.expressions)
        if function and function.name == "count" and len(args) == 1 and isinstance(args[0], exp.Distinct):
            function, args = ALL["count distinct"], list(args[0].expressions)
        grown = [self.grow(arg) for arg in args]
        span = (token.start, self.closing.get(token.start, token.end))
        return self._built(function, grown, span) if function else None

    def _call(self, function: Function, parts: list[exp.Expr]) -> Node | None:
        return self._built(function, [self.grow(part) for part in parts])

    def _again(self, name: str, inner: Node | None) -> Node | None:
        return self._built(ALL[name], [inner])

    def _built(self, function: Function, grown: Sequence[Node | None], span: tuple[int, int] | None = None) -> Node | None:
        args = [arg for arg in grown if arg is not None]
        if len(args) < len(grown):
            return None
        start, end = span or (min((a.start for a in args if a.end), default=0), max((a.end for a in args), default=0))
        try:
            self._allowed(function, start, end, args)
            return function.build(Asked(function, tuple(self._dated(args)), start, end))
        except Refused as refused:
            at = refused.span if refused.span and refused.span[1] else (start, end)
            self.slip(*at, refused.zh, refused.en)
            return None

    def _allowed(self, function: Function, start: int, end: int, args: list[Node]) -> None:
        if function.aggregate and not self.aggregates:
            zh = Said(f"这里不能用汇总函数 {function.name}", "只看一行的式子", "汇总只写在指标里。")
            raise Refused(
                zh,
                Said(f"the aggregate {function.name} has no place here", "an expression over one row", "Aggregates are for indicators."),
                (start, end),
            )
        if function.aggregate and any(_aggregated(arg) for arg in args):
            zh = Said(f"{function.name} 里面又有汇总", "一层汇总", "请去掉里面的汇总。")
            raise Refused(
                zh, Said(f"an aggregate inside {function.name}", "one level of aggregates", "Take the inner one out."), (start, end)
            )

    def _dated(self, args: list[Node]) -> Iterator[Node]:
        """A text in quotes beside a date is read as a date."""
        beside_day = any(isinstance(arg.type, Day) for arg in args)
        for arg in args:
            if beside_day and isinstance(arg, Literal) and isinstance(arg.value, str) and is_text(arg.type):
                day = self._day(arg.value, arg.start, arg.end)
                yield day or Literal(date.min, DATE, arg.start, arg.end)
            else:
                yield arg

    def slip(self, start: int, end: int, zh: Said, en: Said) -> None:
        """Note what is wrong with these characters."""
        self.slips.append(slip_at(self.text, start, end, zh, en))


def _literal(token: Token) -> tuple[int | Exact | str | bool | None, Type]:
    if token.kind == "number":
        exact = Exact(token.text)
        places = len(token.text.partition(".")[2])
        units = int(token.text.replace(".", ""))
        return (exact if places else units), Number(places, units, units)
    if token.kind == "text":
        text = token.text[1:-1].replace("''", "'")
        return text, Choice((text,))
    return (None, NOTHING) if token.text == "null" else (token.text == "true", BOOLEAN)


def _chain(node: exp.Expr, kind: type[exp.Expr]) -> Iterator[exp.Expr]:
    """`a and b and c` as three parts, without recursion on its length."""
    parts: list[exp.Expr] = []
    while type(node) is kind:
        parts.append(node.expression)
        node = node.this
    return reversed([*parts, node])


def _numbers(node: exp.Expr) -> Iterator[int]:
    for part in node.walk():
        if isinstance(part, exp.Identifier) and part.quoted:
            yield int(part.name)
        elif isinstance(part, exp.Anonymous):
            yield int(str(part.this)[2:])


def _closing(tokens: Sequence[Token]) -> dict[int, int]:
    """Where the brackets of a function end, by where the function starts."""
    opened, ends = [], {}
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.text == "(" and token.kind == "bracket":
            opened.append(before.start if before and before.kind == "function" else -1)
        elif token.text == ")" and token.kind == "bracket" and opened:
            ends[opened.pop()] = token.end
    return ends


def _aggregated(node: Node) -> bool:
    return not isinstance(node, Literal | Name) and (node.function.aggregate or any(_aggregated(arg) for arg in node.args))
