"""The table beside an article: for each of its figures what the book says."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from taizhang.cli.report.tongue import chinese, mixed
from taizhang.cli.sheet import clean
from taizhang.cli.verdict_words import tell

if TYPE_CHECKING:
    from taizhang.claims.matching import Coverage, Verdict

COLUMNS = ("verdict", "quantity", "book", "why", "definition")


def verdicts(found: Sequence[Verdict], coverage: Coverage, article: str, lang: str, invented: bool = False) -> str:
    """The coverage and a row for each verdict; only 不符 is red."""
    facts = {"article": article, "figures": coverage.figures, "spoken": coverage.spoken, "place": coverage.elsewhere}
    line = mixed(tell(lang, "elsewhere" if coverage.elsewhere else "coverage one", **facts), lang)
    head = f'<section class="beside"><h3>{escape(tell(lang, "head"))}</h3><p class="coverage">{line}</p>'
    head += f"<p><strong>{escape(tell(lang, 'invented'))}</strong></p>" if invented else ""
    if not found:
        return f"{head}</section>"
    heads = "".join(f'<th scope="col" class="{c}">{escape(tell(lang, f"head {c}"))}</th>' for c in COLUMNS)
    rows = "\n".join(_row(v, lang) for v in found)
    return f'{head}<table class="verdicts"><thead><tr>{heads}</tr></thead>\n<tbody>{rows}</tbody></table></section>'


def _row(v: Verdict, lang: str) -> str:
    why = v.reason_en if lang == "en" else v.reason
    figure = v.figures[0] if v.figures else None
    definition = tell(lang, "definition", title=figure.indicator, version=figure.version, as_of=figure.as_of) if figure else ""
    cells = (
        f'<th scope="row" class="verdict {v.kind}">{escape(tell(lang, v.kind))}</th>',
        f'<td class="quantity"{chinese(lang)}>{escape(clean(v.quantity.surface))}</td>',
        f'<td class="book"{chinese(lang)}>{escape(v.told)}</td>',
        f'<td class="why">{mixed(clean(why), lang)}</td>',
        f'<td class="definition">{escape(definition)}</td>',
    )
    return f"<tr>{''.join(cells)}</tr>"
