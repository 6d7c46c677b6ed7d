"""A problem of a pack: which file, which line, which key; in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from taizhang.core import Problem

Pair = tuple[str, str]
"""The same words in Chinese and in English."""

Guess = tuple[str, tuple[str, ...]]
"""A word that was not accepted, and those that are; the nearest is looked for only in problems that are shown."""

LONGEST_SHOWN = 60
LONGEST_PATH = 120
MOST_PROBLEMS = 500


@dataclass(frozen=True, slots=True)
class At:
    """A spot in a pack: file (relative to the pack's folder), line from 1 (0 = the file itself), path of keys."""

    file: str
    line: int = 0
    key: str = ""

    def under(self, key: str, line: int | None = None) -> At:
        """The spot of a key (or `[index]`) below this one."""
        path = f"{self.key}{key}" if key.startswith("[") else f"{self.key}.{key}".lstrip(".")
        return At(self.file, self.line if line is None else line, path)

    def __str__(self) -> str:
        spot = f"{self.file}:{self.line}" if self.line else self.file
        return f"{spot} {self.key if len(self.key) <= LONGEST_PATH else self.key[:LONGEST_PATH] + '…'}".rstrip()


@dataclass(frozen=True, slots=True)
class PackProblem(Problem):
    """A problem that knows its spot; `where` is the spot as one reads it (`pack.yaml:12 registers.mine.key`)."""

    at: At = At("")
    guess: Guess | None = None


def problem(at: At, found: Pair, expected: Pair, do: Pair, guess: Guess | None = None) -> PackProblem:
    """A problem at a spot; with a `guess`, `do` is replaced by the nearest accepted word, if one is near."""
    return PackProblem(str(at), found[0], expected[0], do[0], found[1], expected[1], do[1], at, guess)


def shown(text: str) -> str:
    """A text as it may stand in a message: one line, not too long, nothing that moves the cursor."""
    plain = "".join(c if c.isprintable() else "�" for c in text[: LONGEST_SHOWN + 1])
    return plain if len(text) <= LONGEST_SHOWN else plain[:LONGEST_SHOWN] + "…"


def among(names: Iterable[str]) -> str:
    """A list of what would have been accepted, cut where it grows long."""
    all_names = list(names)
    listed = "、".join(all_names[:20])
    return listed + ("…" if len(all_names) > 20 else "")


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name a mistyped one most likely means."""
    if len(name) > LONGEST_SHOWN:
        return None
    close = get_close_matches(name, [k for k in known if len(k) <= LONGEST_SHOWN][:100], n=1, cutoff=0.6)
    return close[0] if close else None


def unknown(at: At, what: Pair, name: str, known: Iterable[str]) -> PackProblem:
    """A name that does not exist, with the names that do."""
    names = tuple(known)
    return problem(
        at,
        (f"{what[0]} {shown(name)} 不存在", f"{what[1]} {shown(name)} does not exist"),
        (among(names) or "（尚无定义）", among(names) or "(none is defined)"),
        ("请改用上列名称，或先定义它。", "Use one of these names, or define it first."),
        (name, names),
    )


def shortened(problems: list[PackProblem]) -> list[PackProblem]:
    """At most MOST_PROBLEMS, in the order of the files, and one that says how many more there are."""
    ordered = sorted(dict.fromkeys(problems), key=lambda p: (p.at.file, p.at.line))
    kept = [_guessed(p) for p in ordered[:MOST_PROBLEMS]]
    if left := len(ordered) - len(kept):
        kept.append(
            problem(
                At(ordered[0].at.file),
                (f"另有 {left} 处问题未列出", f"{left} more problems are not listed"),
                ("没有问题的专项", "a pack without problems"),
                ("请先改正以上问题。", "Mend those above first."),
            )
        )
    return kept


def _guessed(found: PackProblem) -> PackProblem:
    near = nearest(*found.guess) if found.guess else None
    return replace(found, do=f"是否应为 {near}？", do_en=f"Did you mean {near}?", guess=None) if near else replace(found, guess=None)
