"""Let a peer read a text in this process and say what it took; run by `read.py` in the environment of the peers.

    python children/peers.py recognizers|jionlp TEXT WARM [whole|paragraphs]

TEXT is read once after WARM, a text of other sentences. Prints one JSON object: the CPU time a character in seconds,
the entities found, and the seconds of each model.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Model = Callable[[str], list[Any]]


def recognizers() -> dict[str, Model]:
    """Every model that Recognizers-Text offers for Chinese (number, number with unit, date and time, sequence, choice)."""
    import recognizers_sequence as sequence
    import recognizers_suite as suite

    names = ("number", "ordinal", "percentage", "age", "currency", "dimension", "temperature", "datetime", "boolean")
    calls = [getattr(suite, f"recognize_{name}") for name in names]
    signs = ("phone_number", "ip_address", "url", "email", "mention", "hashtag", "guid")
    calls += [getattr(sequence, f"recognize_{name}") for name in signs]
    return {call.__name__: _chinese(call, suite.Culture.Chinese) for call in calls}


def _chinese(call: Callable[..., list[Any]], culture: str) -> Model:
    return lambda text: call(text, culture)


def jionlp() -> dict[str, Model]:
    """Both extractors of quantities that jionlp offers, with the values read: money and time."""
    import jionlp as jio

    return {"extract_money": jio.ner.extract_money, "extract_time": jio.ner.extract_time}


def main() -> None:
    peer, path, warm, whole = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4] == "whole"
    models = {"recognizers": recognizers, "jionlp": jionlp}[peer]()
    text = path.read_text(encoding="utf-8")
    pieces = [text] if whole else [line for line in text.split("\n") if line]
    seconds, found = {}, 0
    for name, model in models.items():
        model(warm.read_text(encoding="utf-8"))
        began = time.process_time()
        found += sum(len(model(piece)) for piece in pieces)
        seconds[name] = time.process_time() - began
    print(json.dumps({"seconds": sum(seconds.values()) / len(text), "found": found, "models": seconds}))


if __name__ == "__main__":
    main()
