"""A command typed wrongly is one line in both languages: which language its typist reads may be just what went wrong."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

import typer
from typer.core import TyperGroup

from taizhang.capture.refusals import shown
from taizhang.cli.batch import Outcome
from taizhang.cli.words import LANGS, WORDS

_UsageError: Any = typer.BadParameter.__base__  # typer does not export it, and where it comes from depends on the version
_KEYS = {"MissingParameter": "usage missing", "NoSuchOption": "usage option", "BadOptionUsage": "usage value"}


class Group(TyperGroup):
    """The commands together; they end on a usage error with one line on standard error and exit code 2."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Runs a command line and ends the process."""
        try:
            code = super().main(*args, **{**extra, "standalone_mode": False})
        except _UsageError as error:
            _say(error)
            code = Outcome.UNUSABLE
        sys.exit(int(code or 0))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command named first; raises a usage error that names those there are."""
        if self.get_command(ctx, args[0]) is None:
            raise trouble("usage command", name=args[0], names=", ".join(self.list_commands(ctx)))
        return super().resolve_command(ctx, args)


def trouble(key: str, **facts: str) -> typer.BadParameter:
    """A usage error in both languages, to be raised."""
    return typer.BadParameter(_both(key, **facts))


def lang_of(value: str) -> str:
    """A language we speak; raises a usage error for any other."""
    if value not in LANGS:
        raise trouble("usage lang", value=value, names=", ".join(LANGS))
    return value


def day_of(value: str) -> date:
    """A day as 2023-01-05; raises a usage error for anything else."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise trouble("usage day", value=value) from None


def _say(error: Any) -> None:
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        error.show()
        return
    line = error.message if kind == "BadParameter" else _both(_KEYS.get(kind, "usage more"), name=_name(error))
    path = error.ctx.command_path if error.ctx else "taizhang"
    print(shown(f"{line} {_both('usage help')}: {path} --help"), file=sys.stderr)


def _name(error: Any) -> str:
    """The option or argument an error is about, as it is typed."""
    param = getattr(error, "param", None)
    option = next((name for name in getattr(param, "opts", ()) if name.startswith("--")), None)
    return str(getattr(error, "option_name", None) or option or (param and (param.metavar or param.name)) or "")


def _both(key: str, **facts: str) -> str:
    return " · ".join(words.format(**facts) for words in WORDS[key])
