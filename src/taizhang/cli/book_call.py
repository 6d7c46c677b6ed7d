"""How a command of the book is called: the options all of them share, the desk it works at."""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from taizhang.cli.batch import Outcome
from taizhang.cli.book_troubles import as_trouble
from taizhang.cli.book_words import tell
from taizhang.cli.guard import guarded
from taizhang.cli.screen import Screen
from taizhang.cli.usage import Group, lang_of, trouble

if TYPE_CHECKING:
    from taizhang.acts.desk import Desk
    from taizhang.core import Problem

FORMATS = ("text", "json")


def one_of(*names: str) -> Callable[[str], str]:
    """A parser of an option that takes one of these words; it raises a usage error for any other."""

    def parse(value: str) -> str:
        if value not in names:
            raise trouble("usage word", value=value, names=", ".join(names))
        return value

    return parse


def number_of(value: str | int) -> int:
    """A number from 1 up (a default is one already); raises a usage error for anything else."""
    if isinstance(value, int):
        return value
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 2**31):
        raise trouble("usage number", value=value)
    return int(value)


def _options(
    book: Annotated[
        Path | None,
        typer.Option(
            "--book",
            envvar="TAIZHANG_BOOK",
            metavar="DIR",
            show_default=False,
            help="账本文件夹，默认当前文件夹 · the book's folder, else this one",
        ),
    ] = None,
    login: Annotated[
        str | None,
        typer.Option(
            "--as",
            envvar="TAIZHANG_USER",
            metavar="LOGIN",
            show_default=False,
            help="以谁的名义，默认本机用户 · who acts, else this machine's user",
        ),
    ] = None,
    lang: Annotated[
        str, typer.Option("--lang", envvar="TAIZHANG_LANG", parser=lang_of, metavar="zh|en", help="输出语言 · language of the output")
    ] = "zh",
    output: Annotated[
        str, typer.Option("--format", parser=one_of(*FORMATS), metavar="text|json", help="给人看或给程序用 · for a person or for a program")
    ] = "text",
    debug: Annotated[bool, typer.Option("--debug", help="程序出错时印出全部经过 · show the traceback of a fault")] = False,
) -> None:
    """The options that all commands of the book share, taken apart by `command`."""


@dataclass(frozen=True, slots=True)
class Call:
    """A command as it was called."""

    book: Path | None = None
    login: str | None = None
    lang: str = "zh"
    output: str = "text"
    debug: bool = False
    invented: list[str] = field(default_factory=list)
    """The folders of the books opened in which everything is invented."""

    @property
    def as_json(self) -> bool:
        """Whether a program reads what is printed."""
        return self.output == "json"

    @property
    def folder(self) -> Path:
        """The book's folder."""
        return self.book or Path.cwd()

    @property
    def screen(self) -> Screen:
        """Where a person reads."""
        return Screen.standard()

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The desk of who acts at the book; InputError where there is no book or no such user."""
        from taizhang.acts.desk import open_desk

        desk = open_desk(self.folder, self.login)
        say_brought_up(desk, self.lang)
        if desk.book.demo:
            self.invented.append(str(self.folder))
        try:
            yield desk
        finally:
            desk.close()

    def tell(self, key: str, /, **facts: Any) -> str:
        """The words of a key in the language asked for."""
        return tell(self.lang, key, **facts)

    def title(self, thing: Any) -> str:
        """The title of something of a pack."""
        english = getattr(thing, "title_en", "") if self.lang == "en" else ""
        return str(english or thing.title)

    def json(self, value: Any) -> None:
        """One JSON value on one line."""
        sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")

    def problem(self, problem: Problem) -> dict[str, str]:
        """A problem as JSON, in the language asked for."""
        if self.lang != "en":
            return {"where": problem.where, "found": problem.found, "expected": problem.expected, "do": problem.do}
        told = {"found": problem.found_en, "expected": problem.expected_en, "do": problem.do_en}
        return {"where": problem.where, **{key: value or str(getattr(problem, key)) for key, value in told.items()}}


def say_brought_up(desk: Desk, lang: str) -> None:
    """One line on standard error, where opening a book brought it to the form of this program."""
    if names := desk.book.brought_up:
        print(tell(lang, "brought up", names=tell(lang, "list of").join(names)), file=sys.stderr)


Work = Callable[..., Outcome | None]


def group(**extra: Any) -> typer.Typer:
    """A command with commands below it."""
    return typer.Typer(cls=extra.pop("cls", Group), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, **extra)


def command(app: typer.Typer, name: str, **extra: Any) -> Callable[[Work], Work]:
    """Make a function a command: it is given a Call, and what its own parameters say; what it returns is the exit code."""

    def add(work: Work) -> Work:
        hints = get_type_hints(work, include_extras=True)
        own = [p.replace(annotation=hints[p.name]) for p in inspect.signature(work).parameters.values() if p.name != "call"]
        shared_hints = get_type_hints(_options, include_extras=True)
        shared = [
            p.replace(annotation=shared_hints[p.name], kind=inspect.Parameter.KEYWORD_ONLY)
            for p in inspect.signature(_options).parameters.values()
        ]

        def run(**given: Any) -> None:
            call = Call(**{p.name: given.pop(p.name) for p in shared})
            guarded(lambda: _worked(work, call, given), call.lang, call.debug)

        run.__signature__ = inspect.Signature([*own, *shared])  # type: ignore[attr-defined]
        run.__annotations__ = {p.name: p.annotation for p in (*own, *shared)}
        run.__doc__ = work.__doc__
        app.command(name, **extra)(run)
        return work

    return add


def _worked(work: Work, call: Call, given: dict[str, Any]) -> Outcome:
    """The work, with what a database or a missing part has against it told as an input that cannot be used."""
    with as_trouble():
        outcome = work(call, **given) or Outcome.CLEAR
    if call.invented:
        foot = call.tell("demo foot")
        print(foot, file=sys.stderr) if call.as_json else call.screen.line((foot, "strong"))
    return outcome
