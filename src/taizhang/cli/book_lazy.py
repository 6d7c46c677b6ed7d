"""The commands of the book, loaded when one of them is asked for: `check` starts as if they were not there."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

import typer

from taizhang.cli.usage import Group

MODULES = {
    "book_setup": ("init", "places"),
    "book_demo": ("demo",),
    "book_pack": ("pack",),
    "book_post": ("post", "strike", "renew", "return"),
    "book_review": ("review",),
    "book_show": ("show", "history", "balance"),
    "book_figure": ("figure",),
    "book_why": ("why",),
    "book_frozen": ("affected", "frozen"),
    "book_ask": ("ask",),
    "book_proof": ("verify", "rebuild", "checkpoint", "key", "prove", "export"),
    "book_keep": ("erase", "backup", "restore"),
    "book_people": ("people", "log"),
}
MODULE_OF = {name: module for module, names in MODULES.items() for name in names}


class Commands(Group):
    """Every command: those for texts, then those of the book."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Their names, in the order of the help."""
        return [*super().list_commands(ctx), *MODULE_OF]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name; its file is loaded now."""
        own = super().get_command(ctx, cmd_name)
        return _loaded(MODULE_OF[cmd_name]).commands.get(cmd_name) if own is None and cmd_name in MODULE_OF else own


@cache
def _loaded(module: str) -> Any:
    return typer.main.get_group(import_module(f"taizhang.cli.{module}").app)
