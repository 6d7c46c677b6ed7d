"""The programmes that ship are whole, and a new one is a folder and nothing else."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from taizhang.packs import PROGRAMMES, Pack, base_pack, check, find, new
from taizhang.packs.reading import read_yaml

from .desk_text import SMALL

SHIPPED = ["library", "medicine", "mines", "traffic"]
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module", params=SHIPPED)
def pack(request: pytest.FixtureRequest) -> Pack:
    found, problems = check(PROGRAMMES / request.param)
    assert problems == []
    assert found is not None
    return found


def test_the_programmes_that_ship_are_found_and_sound() -> None:
    found = find()
    assert sorted(found) == SHIPPED
    assert all(f.pack and not f.problems for f in found.values())


def test_the_base_is_sound_and_holds_the_shared_registers() -> None:
    assert set(base_pack().registers) == {"person", "household", "organisation", "village"}
    assert check(PROGRAMMES / "base")[1] == []


def test_everything_has_a_title_in_both_languages(pack: Pack) -> None:
    sections = (pack.registers, pack.accounts, pack.items, pack.parameters, pack.events, pack.transfers, pack.indicators, pack.dictionary)
    things = [thing for section in sections for thing in section.values()]
    fields = [f for section in (pack.registers, pack.events, pack.transfers) for t in section.values() for f in t.fields.values()]
    lacking = [t.name for t in [*things, *fields] if not CHINESE.search(t.title) or not re.search("[A-Za-z]", t.title_en)]
    assert lacking == []


def test_every_check_speaks_to_the_clerk(pack: Pack) -> None:
    checks = [c for section in (pack.registers, pack.events, pack.transfers) for t in section.values() for c in t.checks]
    checks_said = [(c.that, c.say, c.say_en) for c in checks if c.say.startswith("须符合") or not CHINESE.search(c.say) or not c.say_en]
    assert checks_said == []
    assert checks or pack.name == "base"


def test_every_programme_has_a_first_day_a_wrong_act_and_a_correction(pack: Pack) -> None:
    folder = PROGRAMMES / pack.name
    kinds = set()
    for path in sorted((folder / "cases").glob("*.yaml")):
        node, _ = read_yaml(path.read_bytes(), path.name)
        assert node is not None
        kinds.add(node.word("kind"))
    assert kinds >= {"first_day", "wrong", "correction"}
    brief = (folder / "brief.md").read_text(encoding="utf-8")
    assert "第一天" in brief
    assert "红冲" in brief


def test_the_mechanisms_are_exercised_for_real() -> None:
    packs = {name: found.pack for name, found in find().items()}
    medicine, library, mines, traffic = (packs[n] for n in ("medicine", "library", "mines", "traffic"))
    assert medicine is not None
    assert library is not None
    assert mines is not None
    assert traffic is not None
    assert medicine.items["tablet"].units == {"盒": "per_box"}
    assert medicine.items["tablet"].expires == "expiry"
    assert medicine.transfers["sale"].limits[0].per == ("target", "batch.drug")
    assert medicine.registers["at_risk"].fields["id_number"].sealed
    assert library.transfers["give_back"].source == library.transfers["lend"].target == "reader"
    assert library.transfers["lend"].loan is not None
    assert library.parameters["loan_days"].value(date(2022, 11, 28), "离退休干部", "短借") == 14
    assert library.items["copy_of_book"].single
    assert mines.registers["plan"].key == ("mine",)
    assert mines.registers["site"].extends == "mine"
    assert mines.events["accept"].fields["share"].computed
    assert traffic.events["violation"].once == ("day", "clock", "plate", "kind")


def test_a_parameter_holds_from_its_day_and_is_absent_before() -> None:
    medicine, _ = check(PROGRAMMES / "medicine")
    assert medicine is not None
    most = medicine.parameters["issue_most"]
    assert [most.value(date(*d)) for d in ((2022, 11, 30), (2022, 12, 1), (2023, 1, 9), (2023, 1, 10))] == [None, 6, 6, 12]
    assert most.on(date(2023, 1, 10)).set_by.startswith("县防控办")  # type: ignore[union-attr]


def test_a_new_programme_is_one_folder(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "pack.yaml").write_text(SMALL, encoding="utf-8")
    found = find([PROGRAMMES, tmp_path])
    assert sorted(found) == sorted([*SHIPPED, "shop"])
    assert found["shop"].pack is not None
    assert found["shop"].pack.indicators["visits"].title == "走访次数"


def test_a_pack_from_the_template_is_sound(tmp_path: Path) -> None:
    folder = new(tmp_path / "ponds")
    pack, problems = check(folder)
    assert problems == []
    assert pack is not None
    assert pack.name == "ponds"
    with pytest.raises(FileExistsError):
        new(folder)
    with pytest.raises(ValueError, match="lower-case"):
        new(tmp_path / "../Ponds")


def test_of_two_packs_with_one_name_the_first_stands(tmp_path: Path) -> None:
    for place in ("a", "b"):
        new(tmp_path / place / "ponds")
    found = find([tmp_path / "a", tmp_path / "b"])
    assert found["ponds"].pack is not None
    assert found["b/ponds"].pack is None
    assert "已在 a/ 中" in found["b/ponds"].problems[0].found
