"""The report of `check`: one self-contained HTML file for the screen and the printer."""

from taizhang.cli.report.document import html

__all__ = ["html"]
