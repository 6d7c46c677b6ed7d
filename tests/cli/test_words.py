"""Both languages say the same things."""

from __future__ import annotations

from string import Formatter

import pytest

from taizhang.cli.words import WORDS, say


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_name_the_same_facts(key):
    chinese, english = ({field for _, field, _, _ in Formatter().parse(words) if field} for words in WORDS[key])
    assert chinese == english


def test_say_fills_in_the_facts():
    assert say("zh", "paragraph", n=3) == "第3段"
    assert say("en", "paragraph", n=3) == "paragraph 3"
