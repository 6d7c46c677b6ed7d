"""The figures of a text matched with a book: of each a verdict, or the candidates and why none was chosen.

`judge(stories, OpenBook(book, scope))` needs the parts of the book; nothing else in claims does. See docs/matching.md.
"""

from taizhang.claims.matching.asking import Answer, AnswerClass, ask
from taizhang.claims.matching.drafting import drafts
from taizhang.claims.matching.judging import judge
from taizhang.claims.matching.opened import OpenBook
from taizhang.claims.matching.verdict import VERDICTS, Candidate, Coverage, Judgement, Verdict, VerdictClass

__all__ = ["VERDICTS", "Answer", "AnswerClass", "Candidate", "Coverage", "Judgement", "OpenBook", "Verdict", "VerdictClass", "ask", "drafts", "judge"]
