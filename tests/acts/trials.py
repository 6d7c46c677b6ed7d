"""Cases run for the tests: each programme once on each database, and programmes with one text replaced."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from taizhang.acts.trial import CaseResult, run
from taizhang.packs import PROGRAMMES

SHIPPED = ("library", "medicine", "mines", "traffic")
CASES = sorted(f"{name}/{path.name}" for name in SHIPPED for path in (PROGRAMMES / name / "cases").glob("*.yaml"))


@dataclass
class Trials:
    """The cases of the programmes that ship, run when first asked for."""

    server: str | None
    _done: dict[str, dict[str, CaseResult]] = field(default_factory=dict)

    def result(self, case: str) -> CaseResult:
        """What came of `mines/01-first-day.yaml`."""
        name, _, file = case.partition("/")
        if name not in self._done:
            self._done[name] = {one.file: one for one in run(PROGRAMMES / name, database=self.server)}
        return self._done[name][f"cases/{file}"]


def spoiled(folder: Path, case: str, *changes: tuple[str, str]) -> Path:
    """A copy of a programme with only that case, in which each text is replaced by another."""
    name, _, file = case.partition("/")
    copy = folder / name
    shutil.copytree(PROGRAMMES / name, copy)
    for path in (copy / "cases").iterdir():
        if path.name != file:
            path.unlink()
    replaced(copy / "cases" / file, *changes)
    return copy


def replaced(path: Path, *changes: tuple[str, str]) -> None:
    """Each text, which stands there once, replaced by another."""
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def told(results: list[CaseResult], lang: str = "zh") -> list[str]:
    """Every problem as it is shown."""
    return [problem.line(lang) for result in results for problem in result.problems]
