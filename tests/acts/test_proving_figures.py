"""The proof of a figure, checked by the verifier alone: sums, counts, cells, stocks; what it cannot follow claims no figure."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import pytest

from taizhang.acts.correcting import Correction, strike
from taizhang.acts.desk import Desk
from taizhang.acts.proving import export_blind
from taizhang.acts.proving_figures import FigureProof, prove_figure
from taizhang.core import InputError, Period, Question
from taizhang.ledger.signing import SoftSigner

from ..books import Databases
from ..cube.comparing import HOUSE, TODAY, compared
from .office import COUNTY, PATHS, VILLAGE, user
from .stops import crew, stop

DECEMBER = Period.read("2022-12")


def verifier() -> ModuleType:
    """The verifier, of which nothing is known here but its file."""
    spec = importlib.util.spec_from_file_location("taizhang_verify", Path(__file__).parents[2] / "verifier" / "taizhang_verify.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


VERIFY = verifier()


@pytest.fixture
def stops(desk: Desk) -> Desk:
    crew(desk)
    crew(desk, "二中队")
    days = [("2022-12-01", COUNTY, "超载"), ("2022-12-05", VILLAGE, "超员"), ("2022-12-20", VILLAGE, "超载"), ("2022-11-30", COUNTY, "超载")]
    for number, (day, place, kind) in enumerate(days, 1):
        stop(desk, number, day, place, kind, f"{100 * number}.5元")
    return desk


def proved(desk: Desk, tmp_path: Path, indicator: str, place: int = COUNTY, period: Period = DECEMBER, **of: str) -> tuple[FigureProof, dict[str, Any]]:
    """A proof, accepted by the verifier with and without the whole book."""
    made = prove_figure(desk, Question(indicator, place, period, of=of))
    export_blind(desk, tmp_path / "all.blind")
    told = VERIFY.verify(made.proof, desk.book.verifier_key)
    assert told["shown"] == made.entries
    with (tmp_path / "all.blind").open("rb") as export:
        assert VERIFY.verify(made.proof, desk.book.verifier_key, export)["whole"]
    return made, told


def test_a_count_and_a_sum_of_money(stops: Desk, tmp_path: Path) -> None:
    _, told = proved(stops, tmp_path, "traffic.violations")
    assert (told["figure"]["value"], told["figure"]["compute"]) == ("3", ["count", "", 1])
    _, told = proved(stops, tmp_path, "traffic.fines")
    assert (told["figure"]["value"], told["figure"]["compute"]) == ("601.5", ["sum", "fine", 100])


def test_a_place_within_the_county_lists_the_places_below_it(stops: Desk, tmp_path: Path) -> None:
    _, told = proved(stops, tmp_path, "traffic.violations", VILLAGE)
    assert (told["figure"]["value"], told["figure"]["select"]["places"]) == ("2", [VILLAGE])
    _, told = proved(stops, tmp_path, "traffic.violations")
    assert told["figure"]["select"]["places"] is None


def test_a_cell_of_a_plain_choice(stops: Desk, tmp_path: Path) -> None:
    _, told = proved(stops, tmp_path, "traffic.violations", kind="超载")
    assert (told["figure"]["value"], told["figure"]["select"]["where"]) == ("2", {"kind": "超载"})


def test_struck_entries_are_not_shown_and_the_whole_book_agrees(stops: Desk, tmp_path: Path) -> None:
    wrong = stop(stops, 30, fine="77元")
    line = stops.reader.entry(wrong.uid)
    assert line is not None
    strike(stops, [Correction(line)], "写错")
    made, _ = proved(stops, tmp_path, "traffic.fines")
    assert made.entries == 3


def test_a_cell_by_a_record_is_proved_by_its_entries(stops: Desk, tmp_path: Path) -> None:
    record = stops.reader.find("traffic.crew", ["一中队"])
    made, told = proved(stops, tmp_path, "traffic.violations", crew=record or "")
    assert (made.figure, made.entries, told["figure"]) == (None, 3, None)


def test_an_entry_left_out_or_altered_is_refused(stops: Desk, tmp_path: Path) -> None:
    made, _ = proved(stops, tmp_path, "traffic.fines")
    told = json.loads(made.proof)
    told["entries"][0][1] = told["entries"][0][1].replace("10050", "10060")
    with pytest.raises(VERIFY.Refused):
        VERIFY.verify(json.dumps(told, ensure_ascii=False).encode(), stops.book.verifier_key)
    told = json.loads(made.proof)
    told["figure"]["value"] = "601.6"
    with pytest.raises(VERIFY.Refused, match=r"601\.6"):
        VERIFY.verify(json.dumps(told, ensure_ascii=False).encode(), stops.book.verifier_key)


def test_nothing_to_prove(stops: Desk) -> None:
    with pytest.raises(InputError, match="no entries"):
        prove_figure(stops, Question("traffic.fines", COUNTY, Period.read("2020")))


def test_who_may_not_view_proves_nothing(stops: Desk) -> None:
    villager = user(stops, "villager", ("view", PATHS[VILLAGE], "traffic"))
    assert prove_figure(villager, Question("traffic.violations", VILLAGE, DECEMBER)).entries == 2
    with pytest.raises(InputError):
        prove_figure(villager, Question("traffic.violations", COUNTY, DECEMBER))


def test_what_they_share_is_written_once(stops: Desk) -> None:
    for number in range(60):
        stop(stops, 100 + number)
    told = json.loads(prove_figure(stops, Question("traffic.violations", COUNTY, DECEMBER)).proof)
    assert len(told["entries"]) == 63
    assert len(told["path"]) < 20


def test_every_figure_of_random_books(databases: Databases, dialect: str, tmp_path: Path, count: Callable[[int, int], int]) -> None:
    seen: Counter[str] = Counter()
    for seed in range(count(2, 100)):
        rng = Random(f"proofs {dialect} {seed}")
        with compared(databases.address(dialect), tmp_path / str(seed), rng, 160) as (one_book, _):
            SoftSigner.new().save(one_book.whole.folder / "signing.pem")
            desk = Desk(one_book.whole, HOUSE, TODAY)
            for one in one_book.cube.indicators().values():
                question = one_book.question(one)
                try:
                    made = prove_figure(desk, question)
                except InputError:
                    seen["nothing"] += 1
                    continue
                export_blind(desk, tmp_path / "all.blind")
                with (tmp_path / "all.blind").open("rb") as export:
                    told = VERIFY.verify(made.proof, desk.book.verifier_key, export)
                assert told["whole"]
                said = made.figure.value if made.figure else None
                assert said is None or VERIFY.number(said) == one_book.cube.figure(question).value
                seen.update({"figures": made.figure is not None, "entries": made.entries, "alone": made.figure is None})
    print(f"{dialect}: {dict(seen)}")
    assert seen["figures"] > 10
    assert seen["alone"] > 10
