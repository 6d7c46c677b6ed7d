"""The `taizhang` command: read, mend, check; the commands of the book stand in book_*.py.

Exit codes: 0 no contradiction, 1 some, 2 unusable input, 3 a fault of ours, 130 interrupted.
"""

from __future__ import annotations

import io
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

import taizhang
from taizhang.cli.batch import Outcome
from taizhang.cli.book_lazy import Commands
from taizhang.cli.guard import guarded
from taizhang.cli.usage import day_of, lang_of, trouble

FILES_HELP = ".txt .docx .pdf 文件、文件夹，或 - 表示标准输入 · files, folders, or - for standard input"
FILE_HELP = ".txt .docx .pdf 文件，或 - · a file, or - for standard input"
HTML_HELP = "写一份可打印的报告 · write a report fit to print"
Files = Annotated[list[str], typer.Argument(metavar="FILE", help=FILES_HELP, show_default=False)]
File = Annotated[str, typer.Argument(metavar="FILE", help=FILE_HELP, show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="每行一个 JSON 对象 · one JSON object a line")]
Language = Annotated[
    str, typer.Option("--lang", envvar="TAIZHANG_LANG", parser=lang_of, metavar="zh|en", help="输出语言 · language of the output")
]
Verbose = Annotated[bool, typer.Option("--verbose", help="加印偏移与规则名 · show offsets and rule names too")]
Debug = Annotated[bool, typer.Option("--debug", help="程序出错时印出全部经过 · show the traceback of a fault")]
BOOK_HELP = "与这个账本逐数核对 · and say of each figure what this book says"
LOGIN_HELP = "以谁的名义看账，默认本机用户 · who looks into the book, else this machine's user"
DAY_HELP = "文章的日期，如 2023-01-05，去年、目前等据此推算 · the day of the text, from which last year and now are worked out"
BookFolder = Annotated[Path | None, typer.Option("--book", metavar="DIR", help=BOOK_HELP, show_default=False)]
Login = Annotated[str | None, typer.Option("--as", envvar="TAIZHANG_USER", metavar="LOGIN", help=LOGIN_HELP, show_default=False)]
TextDay = Annotated[date | None, typer.Option("--date", parser=day_of, metavar="DAY", help=DAY_HELP, show_default=False)]
DRAFT_HELP = "账上没有指标的数，各写一个指标草稿 · write drafts of indicators for the figures the book has none for"
Draft = Annotated[Path | None, typer.Option("--draft", metavar="OUT", help=DRAFT_HELP, show_default=False)]
Html = Annotated[Path | None, typer.Option("--html", metavar="OUT", help=HTML_HELP, show_default=False)]

app = typer.Typer(
    name="taizhang",
    cls=Commands,
    help="台账：读数、理版、校核、记账 · read a text, mend its page, find what cannot all be right; keep the book",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"taizhang {taizhang.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="版本 · version")] = False,
) -> None:
    """台账：读数、理版、校核、记账 · read a text, mend its page, find what cannot all be right; keep the book."""


@app.command()
def read(files: Files, as_json: Json = False, lang: Language = "zh", verbose: Verbose = False, debug: Debug = False) -> None:
    """读数：逐个列出文中的数量 · every quantity of a text, with what it says."""

    def run() -> Outcome:
        from taizhang.cli import commands

        return commands.read(files, lang, as_json=as_json, verbose=verbose, debug=debug)

    guarded(run, lang, debug)


@app.command()
def mend(file: File, as_json: Json = False, lang: Language = "zh", verbose: Verbose = False, debug: Debug = False) -> None:
    """理版：把串栏的版面理成一篇篇文章 · put a cut page back into its articles."""

    def run() -> Outcome:
        from taizhang.cli import commands

        return commands.mend(file, lang, as_json=as_json, verbose=verbose, debug=debug)

    guarded(run, lang, debug)


@app.command()
def check(
    files: Files,
    as_json: Json = False,
    html: Html = None,
    book: BookFolder = None,
    login: Login = None,
    day: TextDay = None,
    draft: Draft = None,
    lang: Language = "zh",
    verbose: Verbose = False,
    debug: Debug = False,
) -> None:
    """校核：找出不能同时为真的数量，有账本的逐数核对 · find what cannot all be right; exit 0 nothing, 1 a contradiction, 2 unusable, 3 our fault."""
    if as_json and html:
        raise trouble("usage one")

    def run() -> Outcome:
        from taizhang.cli import commands
        from taizhang.cli.beside import Beside

        beside = Beside(book, login, day, draft, lang)
        if html:
            return commands.report(files, html, lang, debug=debug, beside=beside)
        return commands.check(files, lang, as_json=as_json, verbose=verbose, debug=debug, beside=beside)

    guarded(run, lang, debug)


def main() -> None:
    """The entry point of the `taizhang` command."""
    _speak_utf8()
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(Outcome.INTERRUPTED)


def _speak_utf8() -> None:
    """Chinese Windows still hands programs GBK pipes; what we write is UTF-8 everywhere."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main()
