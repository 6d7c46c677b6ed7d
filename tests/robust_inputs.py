"""Inputs nobody would print: random signs, real texts damaged at random, and texts made to be hard."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOSTILE_SEED = 7

DIGITS = "0123456789" * 3 + "０１２３４５６７８９零〇一二两三四五六七八九十百千万亿壹贰拾佰半几数多余.．,，%％‰°½²"
MARKS = "，。；：、！？…—－-~～·“”‘’「」『』《》〈〉（）()【】〔〕[]{}\"'/+×=<>|"
WHITE = " \u3000\t\n\n\n\r\u00a0\u2028\u2029\x0b\x0c\x85\u200b\ufeff"
ODD = "\0\x1b\ud800\udfff\ufffd\u0301\u20e3\U0001f600\U0001f468\u200d\U0001f469\U00020000\u202eß€№①㎡㈠Ⅳабв"
_WORDS = (
    "增长 下降 提高到 减少至 由 从 到 至 共 其中 各 均 分别 同比 比上年 占 约 近 超过 突破 不足 不超过 以上 以内 左右 余 多 每 "
    "日均 人均 平均 第 前 翻了一番 倍 百分点 百分之 分之 成 个 家 名 人 人次 亩 公里 平方米 平方公里 万千瓦时 度 元 万元 亿元/年 "
    "吨 户 天 个月 小时 年 月 日 2022年 12月28日 去年 截至目前 近年来 上半年 全县 全省 邵东市 石板镇 供电公司 该公司 合作社 水库 "
    "学校 老人 一是 （一） 首先 据悉 记者 本报讯 （记者 张三） 进一步 一方面 五金 “三高四新” 3D打印 G60 是 的 了 在 和 及"
)
WORDS = _WORDS.split()

Rng = random.Random


def random_text(rng: Rng) -> str:
    """Up to some hundred signs and words in no order; the mix of kinds differs from text to text."""
    kinds: list[Callable[[], str]] = [
        lambda: rng.choice(DIGITS),
        lambda: rng.choice(DIGITS) * rng.randint(1, 30),
        lambda: rng.choice(MARKS),
        lambda: rng.choice(WHITE),
        lambda: rng.choice(ODD),
        lambda: rng.choice(WORDS),
        lambda: rng.choice(WORDS),
        lambda: chr(rng.randint(0x4E00, 0x9FFF)),
        lambda: chr(rng.randint(0, 0x10FFFF)),
    ]
    some = rng.choices(kinds, weights=[rng.random() for _ in kinds], k=rng.randint(1, 150))
    return "".join(kind() for kind in some)


def _delete(rng: Rng, s: str, i: int, j: int, other: str) -> str:
    return s[:i] + s[j:]


def _double(rng: Rng, s: str, i: int, j: int, other: str) -> str:
    return s[:j] + s[i:j] * rng.randint(1, 4) + s[j:]


def _swap(rng: Rng, s: str, i: int, j: int, other: str) -> str:
    middle = rng.randint(i, j)
    return s[:i] + s[middle:j] + s[i:middle] + s[j:]


def _splice(rng: Rng, s: str, i: int, j: int, other: str) -> str:
    at = rng.randrange(len(other))
    return s[:i] + other[at : at + rng.randint(1, 60)] + s[i:]


def _truncate(rng: Rng, s: str, i: int, j: int, other: str) -> str:
    return s[i:] if rng.random() < 0.5 else s[:j]


def _widen(rng: Rng, s: str, i: int, j: int, other: str) -> str:
    return s[:i] + "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in s[i:j]) + s[j:]


def _break(rng: Rng, s: str, i: int, j: int, other: str) -> str:
    breaks = rng.choice(("\n", "\n\n", "\r\n", "\n\n\n\n", "\n　　"))
    for _ in range(rng.randint(1, 6)):
        at = rng.randint(0, len(s))
        s = s[:at] + breaks + s[at:]
    return s


def _strew(rng: Rng, s: str, i: int, j: int, other: str) -> str:
    return s[:i] + random_text(rng)[:20] + s[i:]


CHANGES = (_delete, _double, _swap, _splice, _truncate, _widen, _break, _strew)
WHOLE = 0.004  # of the mutated texts are made from a whole page, the others from a passage of it


def mutated_text(rng: Rng, sources: list[str]) -> str:
    """A passage of a source (now and then all of it) after one to eight changes at random places."""
    s = rng.choice(sources)
    if rng.random() > WHOLE:
        at = rng.randrange(len(s))
        s = s[at : at + rng.randint(20, 600)]
    for _ in range(rng.randint(1, 8)):
        i = rng.randint(0, len(s))
        j = min(len(s), i + rng.randint(0, 40))
        s = rng.choice(CHANGES)(rng, s, i, j, rng.choice(sources))
    return s


def sources() -> list[str]:
    """The real texts at hand: our own, and where they are, the annotated ones beside the checkout."""
    own = [*ROOT.glob("examples/*.txt"), *ROOT.glob("tests/text/gold/*.txt")]
    shared = [*ROOT.glob("../shared/page/*.txt"), *ROOT.glob("../shared/gold/real/*.txt"), *ROOT.glob("../shared/gold/mend/*.txt")]
    return [path.read_text(encoding="utf-8") for path in sorted(own) + sorted(shared)]


def _alphabet(letters: str) -> Callable[[int], str]:
    return lambda n: "".join(Rng(HOSTILE_SEED).choices(letters, k=n))


def _repeat(piece: str) -> Callable[[int], str]:
    return lambda n: (piece * (n // len(piece) + 1))[:n]


_REPEATED = (
    "0 9 5. 1, 1,000, １ 一 十 万 亿 半 几 多 点 1. 一点 百分之 分之 1% 1/ 1至 1到 一到 1- 1、 1和 1.5、 三、 一二三四五六七八九 "
    "1万 万亿 1年 1月 2022年 2022年1月1日至 12:30 第 第一 由 从 由1 从1到 超 近 近1 约1 超过1 不超过 突破1亿 前1 翻 翻了 翻了一 "
    "翻一番 增长 增长1%、 其中 其中1个、 共 共1个 占 占1% 分别 分别为1、 每 每1 日均 人均1元 1个 1元/ 1元/人 1平方 1个多月 县 市 "
    "镇 村 公司 邵东市 该公司 某某县 合作社 1家合作社 今年 今年， 近年来， 自 以来 截至 现 原来 原来1 \u201c \u201d “” “1 ‘ "
    "《 《》 （ ） （） (1) 【 「」 、 ， 。 ； ： ！ … — —— · - ， 1， 。1 a A1 5G 3D \0 \ud800 \u0301 1\u0301 \U0001f600 "
    "\u200b \ufeff 记者 （记者 本报讯 一是 （一） 一、 是 的 和 1和2 是1的 比 比1 倍 1倍 1.0倍 百分点 ％ ‰ 年产值 系数0.5 +1 -1 "
    "−3.2%"
)
REPEATED = _REPEATED.split(" ")
LINES = (
    *("\n", "\n\n", " ", "\t", "\u3000", "\r\n", "\r", "\u2028", " \n", "1 ", "1\u3000", "1\n", "1\n\n"),
    *("一\n\n", "。\n", "，\n", "“\n\n", "县\n\n", "1个\n\n", "路\n\n路，\n\n", "（张三）\n\n"),
)
MIXED = {
    "digits in no order": "0123456789",
    "Chinese numerals in no order": "零一二三四五六七八九十百千万亿",
    "numerals and marks": "0123456789.,%/-~至到、，万亿一十百",
    "numerals and hedges": "12一近约超过前多余几数半以上内",
    "opening marks": "“‘「『《〈（([{",
    "marks": MARKS,
    "lines of one sign": "\n\n1一，。“（",
    "plain Chinese": "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多",
}
HOSTILE: dict[str, Callable[[int], str]] = {
    **{f"{piece!r} repeated": _repeat(piece) for piece in (*REPEATED, *LINES)},
    **{name: _alphabet(letters) for name, letters in MIXED.items()},
    "numbers in a list": lambda n: "、".join(map(str, range(n)))[:n],
    "counted things in a list": lambda n: "、".join(f"{i}个村" for i in range(n // 4))[:n],
    "quotation marks inside each other": lambda n: "“" * (n // 2) + "”" * (n - n // 2),
    "brackets inside each other": lambda n: "（" * (n // 2) + "）" * (n - n // 2),
    "one number of many digits in a sentence": lambda n: "全县共投入" + "7" * (n - 7) + "元。",
    "one numeral of many signs in a sentence": lambda n: "全县共有" + "九千" * ((n - 7) // 2) + "个村。",
    "one long sentence with figures": lambda n: _repeat("全县共有五个村、增长3.2%，其中新建12座水库，由8亿元增至9亿元，")(n),
    "one long sentence without figures": lambda n: _repeat("干部群众齐心协力修路架桥，")(n),
    "one long paragraph of sentences": lambda n: _repeat("石板镇有5个村。该镇投入30万元。")(n),
    "short paragraphs with blank lines": lambda n: _repeat("石板镇有5个村。\n\n该镇投入30万元，\n\n")(n),
    "blocks cut in the middle": lambda n: _repeat("全县共投入1786\n\n万元，新修公\n\n路三条。他说：“好\n\n")(n),
    "titles only": lambda n: _repeat("石板镇：修路\n\n")(n),
    "a number in every second line": lambda n: "\n".join(f"第{i}\n{i}个" for i in range(n // 6))[:n],
    "a quotation that never ends": lambda n: "“" + _repeat("投入3万元，")(n - 1),
    "letters without a break": lambda n: _repeat("abcXYZ09")(n),
}
