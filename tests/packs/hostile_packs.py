"""Packs that mean harm, made from a seed: bombs, tags, code, links, noise, and what is only too big."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

from desk_text import SMALL

MARK = "TOUCHED"
"""A file of this name appears beside the packs if anything in one of them was run."""

CODE = f"open({MARK!r}, 'w').close()\n"
TAGS = [
    f"!!python/object/apply:os.system ['touch {MARK}']",
    f'!!python/object/new:exec [\'open("{MARK}","w")\']',
    "!!python/name:os.system",
    "!!python/module:antigravity",
    "!<tag:yaml.org,2002:python/object/apply:eval> ['1']",
    "!!binary R0lGODlh",
    "!!timestamp 2001-12-14",
    "!include /etc/passwd",
    "!ENV ${HOME}",
    "!!set {a, b}",
]
EXPRESSIONS = [
    "(select max(people) from visit) > 0",
    "read_csv('/etc/passwd') is not null",
    "pg_read_file('/etc/passwd') = ''",
    "people > 0; attach 'x.db'",
    "people > 0 -- and more",
    "set_config('a', 'b', true) = ''",
    "getenv('HOME') is not null",
    "__import__('os').system('id') = 0",
    "exists(select 1)",
    "people > 0 union select 1",
    "copy visit to 'x.csv'",
    "pragma_version() = 1",
    "people::text = '1'",
    "people > $1",
    "people > {{ 7*7 }}",
    "\\'; drop table entry",
    "ｐeople ＞ 0",
    "people >\u00a00",
]
CODE_NAMES = [
    "__init__.py",
    "pack.py",
    "sitecustomize.py",
    "conftest.py",
    "evil.pth",
    "lib.so",
    "lib.dll",
    "run.sh",
    "a.exe",
    "x.js",
    "m.pyc",
    "pack.yaml.py",
    "book.xlsm",
    ".env",
]
NAMES = [
    "../shop",
    "/etc",
    "..",
    "shop/../../x",
    "CON",
    "select",
    "x" * 99,
    "名",
    "a b",
    "a;b",
    "$(id)",
    "\\\\host\\x",
    "a\\u0000b",
    "-rf",
    "~",
]
Maker = Callable[[Path, random.Random], None]


def write(folder: Path, name: str, data: str | bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)


def bombs(folder: Path, rng: random.Random) -> None:
    width, depth = rng.randint(2, 12), rng.randint(3, 40)
    lines = [f"a0: &a0 [{', '.join(['ha'] * width)}]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * width)}]" for i in range(1, depth)]
    merged = [f"m{i}: &m{i} {{<<: *m{i - 1}, k{i}: 1}}" for i in range(1, depth)]
    write(folder, "pack.yaml", "\n".join(rng.choice([lines, ["m0: &m0 {k: 1}", *merged], ["a: &a [*a]"], [SMALL, *lines]])))


def tags(folder: Path, rng: random.Random) -> None:
    old = rng.choice(["示例局", "count()", "stall\n", "boolean", "{people: {title: 人数"])
    write(folder, "pack.yaml", SMALL.replace(old, rng.choice(TAGS) + ("\n" if old.endswith("\n") else ""), 1))


def code(folder: Path, rng: random.Random) -> None:
    write(folder, "pack.yaml", SMALL)
    for name in rng.sample(CODE_NAMES, 3):
        write(folder, rng.choice(["", "cases/", "forms/", "__pycache__/"]) + name, CODE)


def links(folder: Path, rng: random.Random) -> None:
    write(folder, "pack.yaml", SMALL)
    kind = rng.randrange(6)
    if kind == 0:
        (folder / "pack.yaml").unlink()
        (folder / "pack.yaml").symlink_to("/etc/passwd")
    elif kind == 1:
        (folder / "cases").symlink_to("/")
    elif kind == 2:
        (folder / "cases").symlink_to(folder)
    elif kind == 3:
        os.mkfifo(folder / rng.choice(["fields.yaml", "brief.md"]))
    elif kind == 4:
        (folder / "fields.yaml").symlink_to("../../../../../../etc/hostname")
    else:
        (folder / "cases").mkdir()
        (folder / "cases" / "1.yaml").symlink_to("/dev/zero")


def names(folder: Path, rng: random.Random) -> None:
    bad = rng.choice(NAMES)
    places = ["pack: shop", "  visit:\n", "{people:", "extends: stall", "from: mill"]
    written = [f"pack: '{bad}'", f"  '{bad}':\n", f"{{'{bad}':", f"extends: '{bad}'", f"from: '{bad}'"]
    old, new = rng.choice(list(zip(places, written, strict=True)))
    write(folder, "pack.yaml", SMALL.replace(old, new, 1))


def noise(folder: Path, rng: random.Random) -> None:
    size = rng.choice([1, 100, 10_000, 900_000, 1_200_000])
    data = rng.choice(
        [rng.randbytes(size), b"\0" * size, b"\x7fELF" + rng.randbytes(size), b"PK\x03\x04" + rng.randbytes(size), b"\xff" * size]
    )
    write(folder, rng.choice(["pack.yaml", "fields.yaml", "cases/1.yaml"]), data)
    if not (folder / "pack.yaml").exists():
        write(folder, "pack.yaml", SMALL)


def encodings(folder: Path, rng: random.Random) -> None:
    kind = rng.choice(["utf-16", "utf-16-le", "utf-32", "gb18030", "big5hkscs", "utf-7"])
    text = SMALL if kind != "big5hkscs" else "標題: 測試\n"
    data = text.encode(kind) if rng.random() < 0.8 else SMALL.encode()[: rng.randrange(80, 120)] + b"\xed\xa0\x80\xc0\xaf"
    write(folder, "pack.yaml", data)


def depth(folder: Path, rng: random.Random) -> None:
    n = rng.choice([31, 100, 5_000, 100_000, 450_000])
    text = rng.choice(
        [
            "a: " + "[" * n,
            "a: " + "{a: " * n,
            "- " * n,
            "a: " + "[" * n + "]" * n,
            "? " * n,
            "\n".join(" " * i + "a:" for i in range(min(n, 1300))),
        ]
    )
    write(folder, "pack.yaml", text)


def sizes(folder: Path, rng: random.Random) -> None:
    n = rng.choice([1_000, 20_000, 60_000])
    key = rng.choice([10, 90, 200])
    many = [
        "\n".join(f"k{i:0{key}d}: 1" for i in range(min(n, 900_000 // (key + 6)))),
        "registers:\n" + "\n".join(f"  r{i}: {{titel: x}}" for i in range(min(n, 40_000))),
        "office: " + "长" * 300_000,
        "k" * 900_000 + ": 1",
        "office: 1\n" * 90_000,
        "indicators:\n" + "\n".join(f"  i{i}: {{title: 指标{i}, unit: 次, from: nowhere{i}, value: count(}}" for i in range(290)),
        SMALL.replace("[固定, 流动]", "[" + ", ".join(f"选{i}" for i in range(rng.choice([310, 40_000]))) + "]"),
        "a: [" + "1, " * 290_000 + "1]",
        "#" * 950_000,
        "a: " + " " * 950_000 + "b",
        "'" + "\\'" * 400_000,
    ]
    write(folder, "pack.yaml", rng.choice(many))


def tangles(folder: Path, rng: random.Random) -> None:
    """Well-formed packs that would make a careless check work for ever."""
    n = rng.choice([30, 290])
    refs = ", ".join(f"f{i}: {{title: 引用{i}, type: record, of: r{i}}}" for i in range(min(n, 60)))
    web = "\n".join(
        f"  r{i}: {{title: 名录{i}, key: f0, fields: {{{refs}}}, check: {{that: f0 is not null, say: 缺}}}}" for i in range(min(n, 60))
    )
    chain = "\n".join(f"  r{i}: {{title: 名录{i}, extends: r{i + 1}}}" for i in range(n))
    ring = "\n".join(f"  i{i}: {{title: 指标{i}, unit: 次, value: i{(i + 1) % n} + 1}}" for i in range(n))
    computed = ", ".join(f"f{i}: {{title: 算{i}, type: integer, unit: 人, computed: f{(i + 1) % n} + 1}}" for i in range(n))
    nested = "{固定: " * 20 + "1" + "}" * 20
    head = SMALL.split("registers:")[0]
    write(
        folder,
        "pack.yaml",
        rng.choice(
            [
                f"{head}registers:\n{web}\n".replace("pack: shop", "pack: web"),
                f"{head}registers:\n{chain}\n",
                f"{SMALL}{ring}\n",
                f"{head}registers:\n  r: {{title: 甲, key: f0, fields: {{{computed}}}}}\n",
                SMALL.replace("value: 50000", f"value: {nested}"),
                SMALL.replace(
                    "transfers:", "  more: {title: 更多, about: stall, fields: {" + refs.replace("of: r", "of: stall #") + "}}\ntransfers:"
                ),
            ]
        ),
    )


def expressions(folder: Path, rng: random.Random) -> None:
    n = rng.choice([110, 400, 990])  # ten of anything is long, and allowed
    grown = [
        "(" * n + "people" + ")" * n + " > 0",
        "people > 0" + " and people > 0" * min(n, 100),
        "not " * min(n, 300) + "true",
        "people > " + "9" * n,
        "'" * n,
        "people > 0" + "\u200b" * 3,
    ]
    text = rng.choice([*EXPRESSIONS, *grown]).replace('"', "'")
    write(folder, "pack.yaml", SMALL.replace("that: people > 0", f'that: "{text}"'.replace("\\", "\\\\"), 1))


def cases(folder: Path, rng: random.Random) -> None:
    write(folder, "pack.yaml", SMALL)
    deep = rng.choice([3, 12, 40])
    step = "{do: 红冲, of: x, why: y, restate: " * deep + "1" + "}" * deep
    many = "\n".join("  - {do: 事项, what: 走访, record: 无此}" for _ in range(rng.choice([10, 5_000])))
    body = rng.choice([f"steps: [{step}]", f"steps:\n{many}", "steps: 1", "today: 9999-99-99", "then: {figures: [[[[]]]]}"])
    write(folder, "cases/1.yaml", f"case: 例\nkind: other\nplace: 永兴县\ntoday: 2022-12-28\n{body}\n")
    for i in range(rng.choice([0, 0, 250])):
        write(folder, f"cases/{i + 2}.yaml", "case: 例\n")


FAMILIES: tuple[Maker, ...] = (bombs, tags, code, links, names, noise, encodings, depth, sizes, tangles, expressions, cases)


def make(root: Path, number: int) -> Path:
    """The pack of a number: families in turn, each from its own seed."""
    folder = root / f"p{number}" / "shop"
    folder.mkdir(parents=True)
    FAMILIES[number % len(FAMILIES)](folder, random.Random(number))
    return folder
