"""The page on writing a programme in ten minutes is followed to the letter."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "ten-minutes.md"
BLOCK = re.compile(r"^```(\w+)(?: (file|exit)=(\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
CHANGE = re.compile(r"^在 `([^`]+)` 里把 `([^`]+)` 改成 `([^`]+)`。", re.MULTILINE)
SKIPPED = "…"
NEW_LINE = "⏎"


@dataclass(frozen=True)
class Step:
    """One thing the page says to do, and where it stands."""

    at: int
    what: str
    file: str = ""
    text: str = ""
    new: str = ""
    exit: int = 0


def steps(page: str) -> list[Step]:
    """Files to save, commands to type and texts to change, in the order of the page."""
    blocks = (_block(found) for found in BLOCK.finditer(page))
    changes = (Step(m.start(), "change", m[1], m[2].replace(NEW_LINE, "\n"), m[3].replace(NEW_LINE, "\n")) for m in CHANGE.finditer(page))
    return sorted([*blocks, *changes], key=lambda step: step.at)


def _block(found: re.Match[str]) -> Step:
    kind, key, value, text = found.groups()
    if key == "file":
        return Step(found.start(), "save", value, text)
    assert kind == "console", f"nobody knows what to do with a block of {kind}"
    return Step(found.start(), "type", text=text, exit=int(value or 0))


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Each command of a block, and what stands below it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        yield command, expected


def typed(command: str, folder: Path) -> tuple[int, str]:
    words = shlex.split(command)
    assert words[0] == "taizhang", command
    code = "from taizhang.cli.main import main; main()"
    plain = {name: value for name, value in os.environ.items() if not name.startswith("TAIZHANG_")}
    done = subprocess.run(
        [sys.executable, "-c", code, *words[1:]],
        cwd=folder,
        env={**plain, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def says(printed: str, expected: str) -> bool:
    """Whether what was printed is what the page shows, blanks apart, where `…` stands for anything."""
    pieces = [re.escape("".join(piece.split())) for piece in expected.split(SKIPPED)]
    return re.fullmatch(".*".join(pieces), "".join(printed.split()), re.DOTALL) is not None


def follow(page: str, folder: Path) -> None:
    """Do what the page says, in a folder."""
    for step in steps(page):
        path = folder / step.file
        if step.what == "save":
            path.write_text(step.text, encoding="utf-8")
        elif step.what == "change":
            text = path.read_text(encoding="utf-8")
            assert text.count(step.text) == 1, f"{step.file}: {step.text!r} stands there {text.count(step.text)} times"
            path.write_text(text.replace(step.text, step.new), encoding="utf-8")
        else:
            for command, expected in commands(step.text):
                code, printed = typed(command, folder)
                assert says(printed, expected), f"$ {command}\n{printed}\n-- the page says:\n{expected}"
                assert code == step.exit, f"$ {command}: {code}\n{printed}"


def test_the_page_is_followed(tmp_path: Path) -> None:
    follow(PAGE.read_text(encoding="utf-8"), tmp_path)


def test_a_page_that_says_otherwise_is_found_out() -> None:
    assert says("案例 3 个，不符 0 个。\n", "…不符 0 个。")
    assert not says("案例 3 个，不符 1 个。\n", "…不符 0 个。")
    assert not says("案例 3 个，不符 0 个。\n多一行\n", "…不符 0 个。")


def test_it_says_where_each_file_goes() -> None:
    found = steps(PAGE.read_text(encoding="utf-8"))
    assert [step.what for step in found].count("type") >= 8
    assert {step.file for step in found if step.what == "save"} >= {"wells/pack.yaml", "wells/cases/01-first-day.yaml"}
