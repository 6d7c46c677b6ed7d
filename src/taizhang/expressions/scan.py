"""The gate: an expression is cut into words, and measured, before any parser sees it.

Only letters, digits, quoted text and a dozen signs pass. Length, brackets and operators are counted here, so
that what the parser is given is small and flat whatever was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from taizhang.expressions.problems import Said, Slip, slip_at, visible
from taizhang.expressions.types import DIGITS

LENGTH = 2000  # characters
BRACKETS = 12  # brackets and `case` inside one another
OPERATORS = 100  # signs and words that join
PREFIXES = 3  # `not` and `-` in a row

KEYWORDS = frozenset(
    ["and", "or", "not", "in", "between", "is", "null", "like", "case", "when", "then", "else", "end", "true", "false", "distinct"]
)
RESERVED = KEYWORDS | {"date"}
"""Words that have a meaning of their own: a field with such a name cannot be used in an expression."""

_JOINING = frozenset(["and", "or", "not", "in", "between", "is", "like", "when"])
_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
    |(?P<number>\d+(?:\.\d+)?(?![\w.]))
    |(?P<text>'(?:[^']|'')*')
    |(?P<word>[^\W\d]\w*(?:\.[^\W\d]\w*)*)
    |(?P<comment>--|/\*|\*/)
    |(?P<sign><>|!=|<=|>=|\|\||[-+*/%<>=])
    |(?P<bracket>[(),])""",
    re.VERBOSE,
)
Kind = Literal["number", "text", "date", "word", "keyword", "function", "sign", "bracket"]


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign of an expression, with the characters it stands on."""

    kind: Kind
    text: str
    start: int
    end: int


def scan(text: str) -> tuple[list[Token], list[Slip]]:
    """The tokens of an expression and everything wrong with its writing; linear in the text."""
    if not text.strip():
        return [], [
            slip_at(
                text, 0, 0, Said("式子是空的", "一个式子", "请写入式子。"), Said("the expression is empty", "an expression", "Write one.")
            )
        ]
    if len(text) > LENGTH:
        zh = Said(f"式子长 {len(text)} 字", f"不超过 {LENGTH} 字", "请拆成几个式子。")
        en = Said(f"the expression has {len(text)} characters", f"at most {LENGTH}", "Split it.")
        return [], [slip_at(text[: LENGTH + 99], 0, 1, zh, en)]
    slips: list[Slip] = []
    tokens = _kinds(list(_cut(text, slips)))
    if not slips:
        slips += _measured(text, tokens)
    return tokens, slips


def _cut(text: str, slips: list[Slip]) -> Iterator[Token]:
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        kind = match.lastgroup if match else None
        end = match.end() if match else at + 1
        wrong = _wrong(kind, text[at:end])
        if wrong:
            end = _end_of(text, at) if kind is None else end
            slips.append(slip_at(text, at, end, *wrong))
        elif kind != "space":
            yield Token(kind, text[at:end], at, end)  # type: ignore[arg-type]
        at = end


def _end_of(text: str, at: int) -> int:
    """Where a thing that is no token ends: an open quote takes the rest, a sign stands alone."""
    if text[at] == "'":
        return len(text)
    match = re.compile(r"[\d.\w]+|.", re.DOTALL).match(text, at)
    return match.end() if match else at + 1


def _wrong(kind: str | None, found: str) -> tuple[Said, Said] | None:
    if kind == "comment":
        return Said("式子里有注释", "没有注释的式子", "请删去；两个减号之间请加空格。"), Said(
            "a comment in the expression", "no comments", "Remove it; put a space between two minus signs."
        )
    if kind == "text" and not _sound(found):
        return Said("引号内有看不见的字符或未规范的文字", "规范（NFC）的普通文字", "请重新输入这段文字。"), Said(
            "invisible or unnormalised characters inside quotes", "plain NFC text", "Type the text again."
        )
    if kind == "number" and (len(found) > DIGITS or not found.isascii()):
        return Said("这个数太长，或不是用 0-9 写的", f"不超过 {DIGITS} 位的数", "请改写这个数。"), Said(
            "a number too long, or not written in 0-9", f"a number of at most {DIGITS} digits", "Write it shorter."
        )
    return _stray(found) if kind is None else None


def _sound(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text) and not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co") for c in text)


def _stray(sign: str) -> tuple[Said, Said]:
    """What to say of a character that no expression has."""
    shown = visible(sign)
    if sign == "'":
        return Said("引号没有收尾", "成对的单引号", "请补上右引号。"), Said("a quote that is never closed", "quotes in pairs", "Close it.")
    plain = unicodedata.normalize("NFKC", sign)
    if plain != sign and plain in "(),+-*/%<>='":
        return Said(f"全角符号「{sign}」", f"半角的 {plain}", f"请改成 {plain}。"), Said(
            f"the full-width sign {sign}", f"the plain {plain}", f"Write {plain}."
        )
    if sign.isdigit():
        return Said("数写得不完整，或数后紧跟字母", "如 12 或 12.5 的数", "请改写这个数。"), Said(
            "a number cut short, or run into letters", "a number such as 12 or 12.5", "Write it anew."
        )
    return Said(f"不能用的符号「{shown}」", "名称、数、单引号文字和 + - * / % < > = ( ) ,", "请删去它。"), Said(
        f"a sign that is not allowed: {shown}", "names, numbers, 'text' and + - * / % < > = ( ) ,", "Remove it."
    )


def _kinds(tokens: list[Token]) -> list[Token]:
    """Words told apart by what follows: a function has a bracket, `date '…'` is one token."""
    done: list[Token] = []
    for token in tokens:
        last = done[-1] if done else None
        if last and last.kind == "word" and token.text == "(":
            done[-1] = Token("function", last.text, last.start, last.end)
        elif last and last.kind == "word" and last.text.lower() == "date" and token.kind == "text":
            done[-1] = Token("date", token.text, last.start, token.end)
            continue
        keyword = token.kind == "word" and token.text.lower() in KEYWORDS
        done.append(Token("keyword", token.text.lower(), token.start, token.end) if keyword else token)
    return done


def _measured(text: str, tokens: list[Token]) -> Iterator[Slip]:
    """Brackets in pairs and not too deep, not too many operators, not too many in a row."""
    yield from _brackets(text, tokens)
    joining = [t for t in tokens if t.kind == "sign" or t.text in _JOINING and t.kind == "keyword"]
    if len(joining) > OPERATORS:
        zh = Said(f"运算符共 {len(joining)} 个", f"不超过 {OPERATORS} 个", "请拆成几个式子。")
        en = Said(f"{len(joining)} operators", f"at most {OPERATORS}", "Split the expression.")
        yield slip_at(text, joining[OPERATORS].start, joining[OPERATORS].end, zh, en)
    for before, token in pairwise(tokens):
        if before.text in (",", "(") and token.text == "," or before.text == "," and token.text == ")":
            zh, en = (
                Said("逗号多余，或少了一项", "逗号两边各有一项", "请删去逗号，或补上一项。"),
                Said(
                    "a comma too many, or something missing beside it",
                    "something on both sides of a comma",
                    "Remove it, or add what is missing.",
                ),
            )
            yield slip_at(text, token.start, token.end, zh, en)
    row = 0
    for token in tokens:
        row = row + 1 if token.text in ("not", "-", "+") else 0
        if row > PREFIXES:
            zh, en = (
                Said("太多的 not 或正负号连在一起", f"连用不超过 {PREFIXES} 个", "请删去多余的。"),
                Said("too many of not, - or + in a row", f"at most {PREFIXES}", "Remove what is too many."),
            )
            yield slip_at(text, token.start, token.end, zh, en)
            return


def _brackets(text: str, tokens: list[Token]) -> Iterator[Slip]:
    opened: list[Token] = []
    for token in tokens:
        if token.text == "(" or token.kind == "keyword" and token.text == "case":
            opened.append(token)
            if len(opened) == BRACKETS + 1:
                zh, en = (
                    Said("括号套得太深", f"不超过 {BRACKETS} 层", "请拆成几个式子。"),
                    Said("brackets too deep inside one another", f"at most {BRACKETS} deep", "Split the expression."),
                )
                yield slip_at(text, token.start, token.end, zh, en)
        elif token.text == ")" or token.kind == "keyword" and token.text == "end":
            pair = "(" if token.text == ")" else "case"
            if opened and opened[-1].text == pair:
                opened.pop()
            else:
                yield _unpaired(text, token, pair)
                return
    for token in opened[:1]:
        yield _unpaired(text, token, ")" if token.text == "(" else "end")


def _unpaired(text: str, token: Token, pair: str) -> Slip:
    zh = Said(f"「{token.text}」没有配对的「{pair}」", "成对的括号、case … end", f"请补上 {pair}，或删去它。")
    en = Said(f"{token.text} without its {pair}", "brackets, and case … end, in pairs", f"Add {pair}, or remove it.")
    return slip_at(text, token.start, token.end, zh, en)
