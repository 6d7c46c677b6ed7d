"""What is wrong with an input, said for the person at the desk."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """`where` it is, `found` and `expected` ("" where what was found says it already), what to `do`; each in Chinese and English."""

    where: str
    found: str
    expected: str
    do: str
    found_en: str = ""
    expected_en: str = ""
    do_en: str = ""

    def line(self, lang: str = "zh") -> str:
        """One clear line."""
        if lang == "en":
            expected = f" Expected: {self.expected_en or self.expected}." if self.expected else ""
            return f"{self.where}: {self.found_en or self.found}.{expected} {self.do_en or self.do}"
        expected = f"；应为{self.expected}" if self.expected else ""
        return f"{self.where}：{self.found}{expected}。{self.do}"


class InputError(Exception):
    """An input that cannot be used; carries its `problem`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.line("en"))
        self.problem = problem
