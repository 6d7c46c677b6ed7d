"""The flat text of an article, and the forms of its characters that reading needs."""

from __future__ import annotations

from taizhang.core import Article, Flow, Span

_FORMS = str.maketrans(
    "０１２３４５６７８９％．ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ\u00a0\u3000\u202f\u2009\r\t",
    "0123456789%.ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz      ",
)


def flow_of(article: Article, raw: str) -> tuple[Flow, int]:
    """The flow of an article (title, then its paragraphs, one a line) and the offset where its body begins."""
    pieces: list[str] = []
    starts: list[int] = []
    raws: list[int] = []
    lengths: list[int] = []
    at = 0

    def put(span: Span) -> None:
        nonlocal at
        for start, end in _lines(raw, span):
            starts.append(at)
            raws.append(start)
            lengths.append(end - start)
            pieces.append(raw[start:end])
            at += end - start

    def line_feed() -> None:
        nonlocal at
        pieces.append("\n")
        at += 1

    if article.title_span:
        put(article.title_span)
        line_feed()
    body = at
    for paragraph in article.paragraphs:
        for span in paragraph:
            put(span)
        line_feed()
    return Flow("".join(pieces), tuple(starts), tuple(raws), tuple(lengths)), body


def _lines(raw: str, span: Span) -> list[Span]:
    """A span without the line breaks inside it and the white space around them."""
    out: list[Span] = []
    start = span[0]
    while start < span[1]:
        stop = raw.find("\n", start, span[1])
        end = span[1] if stop < 0 else stop
        text = raw[start:end]
        left = len(text) - len(text.lstrip())
        right = len(text.rstrip())
        if left < right:
            out.append((start + left, start + right))
        start = end + 1
    return out


def plain(text: str) -> str:
    """The same text with half-width digits, letters and signs; offsets do not change. A text without wide forms is
    given back itself, so that `is` tells whether anything was changed."""
    forms = text.translate(_FORMS)
    return text if forms == text else forms
