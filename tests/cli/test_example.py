"""The example article: every planted slip is found in its class, and nothing else is called a contradiction."""

from __future__ import annotations

import pytest

from taizhang import claims
from taizhang.capture import load

# what is printed there, the class, words of the reason
PLANTED = [
    ("12.6万亩", "contradiction", "12.9万亩"),
    ("15.6%", "contradiction", "20.4"),
    ("36%", "contradiction", "25.6"),
    ("300吨", "contradiction", "30天"),
    ("860人", "contradiction", "600"),
    ("2.6万户", "contradiction", "2.3万户"),
    ("4个", "query", "3"),
    ("安化县", "query", "益阳"),
]


@pytest.fixture(scope="module", params=["article.txt", "article.docx"])
def checked(request):
    from pathlib import Path

    text = load(Path(__file__).parents[2] / "examples" / request.param).text
    return [(f, ["".join(text[s:e]) for s, e in f.spans]) for f in claims.findings(text)]


@pytest.mark.parametrize(("printed", "kind", "reason"), PLANTED, ids=[p for p, _, _ in PLANTED])
def test_each_planted_slip_is_found(checked, printed, kind, reason):
    hits = [f for f, words in checked if f.kind == kind and any(printed in w for w in words)]
    assert len(hits) == 1
    assert reason in hits[0].why + hits[0].follows


def test_nothing_else_contradicts(checked):
    planted = [printed for printed, kind, _ in PLANTED if kind == "contradiction"]
    others = [f.why for f, words in checked if f.kind == "contradiction" and not any(p in w for p in planted for w in words)]
    assert others == []
