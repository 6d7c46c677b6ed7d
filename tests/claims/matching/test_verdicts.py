"""A figure beside the book: 相符, 不符, 无据, 待核; told in words that no programme uses."""

from __future__ import annotations

from datetime import date

import pytest

from taizhang.claims.matching.moments import dateline
from taizhang.claims.matching.units import printed_unit
from taizhang.text import read

from .conftest import Judged

AGREES = [
    ("2022年12月，永兴县无偿送给老人退烧药60片。", "60片"),
    ("2022年12月，永兴县从药企买进药品3600片。", "3600片"),
    ("2022年12月，永兴县马田镇甲村的老人免费领到布洛芬36片。", "36片"),
    ("2022年12月，永兴县向甲村送去退烧药，6名老人领到了药。", "6名"),
    ("2022年，永兴县交警上路抓到违章4起。", "4起"),
    ("2022年，永兴县交警抓到超载3起。", "3起"),
    ("2022年，永兴县治好废弃矿山8.5公顷。", "8.5公顷"),
    ("2022年，永兴县治好废弃矿山127.5亩。", "127.5亩"),
    ("2022年，永兴县给旧矿种下树苗1.2万棵。", "1.2万棵"),
    ("截至2022年12月底，永兴县的仓库里还存有药品3120片。", "3120片"),
    ("2022年12月，永兴县把480片药送到村里的药箱。", "480片"),
    ("2022年12月，永兴县把60片药送到老人手里。", "60片"),
]
DIFFERS = [
    ("2022年12月，永兴县无偿送给老人退烧药66片。", "66片"),
    ("2021年，永兴县交警上路抓到违章4起。", "4起"),
    ("2022年，永兴县治好废弃矿山8.4公顷。", "8.4公顷"),
    ("2022年，永兴县治好废弃矿山8.5亩。", "8.5亩"),
    ("2022年，永兴县给旧矿种下树苗1.3万棵。", "1.3万棵"),
]
NOT_IN_THE_BOOK = [
    ("2020年，永兴县交警上路抓到违章4起。", "4起"),
    ("2022年，永兴县建成高标准农田300亩。", "300亩"),
    ("2022年12月，永兴县向马田镇老人无偿发放口罩500只。", "500只"),
]
UNDECIDED = [
    ("近日，永兴县交警上路抓到违章4起。", "4起"),
    ("去年，永兴县交警上路抓到违章4起。", "4起"),
    ("2022年，永兴县交警计划抓到违章400起。", "400起"),
    ("2022年12月，永兴县无偿送给老人退烧药3盒。", "3盒"),
]


def _one(found: list[object], surface: str) -> object:
    return next(v for v in found if v.quantity.surface == surface)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "surface", "kind"),
    [(*case, kind) for kind, cases in (("agrees", AGREES), ("differs", DIFFERS), ("no_record", NOT_IN_THE_BOOK), ("open", UNDECIDED)) for case in cases],
)
def test_a_verdict(judged: Judged, words: str, surface: str, kind: str) -> None:
    verdict = next(v for v in judged(words) if v.quantity.surface == surface)
    assert (verdict.kind, verdict.reason) == (kind, verdict.reason)


def test_last_year_needs_the_day_of_the_text(judged: Judged) -> None:
    words = "去年，永兴县交警上路抓到违章4起。"
    assert [v.kind for v in judged(words, date(2023, 1, 5))] == ["agrees"]
    assert [v.kind for v in judged(words, date(2022, 1, 5))] == ["differs"]
    assert [v.kind for v in judged("永兴县严查违章\n\n2023年1月5日讯　" + words)] == ["agrees"]


def test_a_verdict_shows_what_it_rests_on(judged: Judged) -> None:
    (verdict,) = judged("2022年，永兴县交警抓到超载2起。")
    (figure,) = verdict.figures
    assert (verdict.kind, verdict.told, verdict.place) == ("differs", "3起", "湖南省郴州市永兴县")
    assert (figure.indicator, str(figure.period), dict(figure.of), figure.version) == ("traffic.violations", "2022", {"kind": "超载"}, 1)
    assert figure.as_of > 0
    assert verdict.candidates[0].title == "查处交通违法"


def test_a_count_of_nothing_is_no_record(judged: Judged) -> None:
    """Nobody entered an accident: that is not the same as none having happened."""
    assert [v.kind for v in judged("2022年，永兴县发生车祸2起。")] == ["no_record"]


@pytest.mark.parametrize(
    ("words", "surface", "kind"),
    [
        ("2022年，永兴县交警抓到违章4起，其中超载占75%。", "75%", "agrees"),
        ("2022年，永兴县交警抓到违章4起，其中超载占25%。", "25%", "differs"),
        ("2022年，永兴县交警抓到违章4起，比上年增加3起。", "3起", "agrees"),
        ("2022年，永兴县交警抓到违章4起，同比增长300%。", "300%", "agrees"),
        ("2022年，永兴县交警抓到违章4起，同比增长200%。", "200%", "differs"),
        ("永兴县交警抓到的违章由2021年的1起增加到2022年的4起，增长300%。", "300%", "agrees"),
        ("2022年，永兴县治好废弃矿山8.5公顷，比上年增长20%。", "20%", "open"),
    ],
)
def test_a_share_or_a_change_is_judged_through_its_figures(judged: Judged, words: str, surface: str, kind: str) -> None:
    verdict = next(v for v in judged(words) if v.quantity.surface == surface)
    assert (verdict.kind, verdict.reason) == (kind, verdict.reason)


@pytest.mark.parametrize(
    ("words", "surface"),
    [
        ("2022年，永兴县交警抓到违章4起，其中女司机1起。", "1起"),
        ("2022年12月，永兴县无偿送给老人阿莫西林60片。", "60片"),
        ("2022年12月，永兴县平均每天送给老人退烧药60片。", "60片"),
    ],
)
def test_what_the_book_does_not_tell_apart_is_not_judged(judged: Judged, words: str, surface: str) -> None:
    verdict = next(v for v in judged(words) if v.quantity.surface == surface)
    assert verdict.kind == "open", verdict.reason


@pytest.mark.parametrize(
    ("words", "surface", "kind"),
    [
        ("2022年，永兴县交警抓到违章4起，较上年变动前的1起另作统计。", "1起", "agrees"),  # the book has 1 for 2021
        ("2022年，永兴县交警抓到违章4起，较上年变动前的2起另作统计。", "2起", "differs"),
        ("2022年12月，永兴县的药箱里存有药品3600片。", "3600片", "open"),  # so much was bought
        ("2022年12月，永兴县的药箱里存有药品3500片。", "3500片", "differs"),
    ],
)
def test_a_number_that_the_book_holds_for_a_neighbour_is_not_called_wrong(judged: Judged, words: str, surface: str, kind: str) -> None:
    verdict = next(v for v in judged(words) if v.quantity.surface == surface)
    assert (verdict.kind, verdict.reason) == (kind, verdict.reason)


def test_people_are_no_number_of_mines(judged: Judged) -> None:
    (verdict,) = judged("截至2022年底，永兴县登记造册的废弃矿山有30余人。")
    assert (verdict.kind, verdict.candidates) == ("no_record", ())


def test_a_sort_in_a_paragraph_of_its_own_goes_on_with_the_number_before(judged: Judged) -> None:
    found = judged("2022年，永兴县交警抓到违章4起。\n\n按情形划分，超载3起，无证1起。")
    assert [v.kind for v in found] == ["agrees", "agrees", "agrees"]


def test_several_shares_in_one_breath_are_not_told_apart(judged: Judged) -> None:
    found = judged("2022年，永兴县交警抓到违章4起，其中超载3起，无证1起，分别占违章总数的75%、25%。")
    assert [v.kind for v in found if v.quantity.unit == "%"] == ["open", "open"]


def test_the_time_of_the_title_holds_where_no_other_is_named(judged: Judged) -> None:
    found = judged("永兴县2022年交通秩序情况\n\n各乡镇：情况如下。\n\n交警抓到违章4起，其中超载2起。")
    assert [v.kind for v in found] == ["agrees", "differs"]


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("2023年1月13日　　周闻", date(2023, 1, 13)),
        ("晚报记者 何苗　2023年1月6日综合报道", date(2023, 1, 6)),
        ("永兴　2023年2月3日　　作者：贺新民", date(2023, 2, 3)),
        ("永兴新闻　2022年12月31日　片长2分10秒", date(2022, 12, 31)),
    ],
)
def test_a_short_line_at_the_head_tells_the_day_of_the_text(head: str, day: date) -> None:
    assert dateline(f"永兴县严查违章\n\n{head}\n\n去年，永兴县交警上路抓到违章4起。") == day


def test_a_day_in_a_sentence_is_not_the_day_of_the_text() -> None:
    assert dateline("永兴县严查违章\n\n2022年12月18日，县里一次性把480片药送进村里的药箱，钥匙由村医保管。") is None


def test_this_month_is_the_month_of_the_text(judged: Judged) -> None:
    words = "永兴县药品月报\n\n2022年12月31日\n\n本月，永兴县无偿送给老人退烧药60片，11月为20片。本月，6名老人领到了药。"
    assert {v.quantity.surface: v.kind for v in judged(words)}["6名"] == "agrees"


def test_a_year_that_is_planned_is_not_that_of_what_was_done(judged: Judged) -> None:
    words = "永兴县交警大队2022年工作总结暨2023年工作打算\n\n全年，永兴县交警上路抓到违章4起。"
    assert [v.kind for v in judged(words)] == ["agrees"]


@pytest.mark.parametrize(
    "words",
    [
        "2022年，永兴县交警上路抓到违章，因为骑车不守规矩被查的有2起。",
        "2022年，永兴县交警上路抓到违章不少，这类违章抓到2起。",
    ],
)
def test_a_part_whose_sort_is_unknown_is_not_called_wrong(judged: Judged, words: str) -> None:
    assert [v.kind for v in judged(words)] == ["open"]


@pytest.mark.parametrize(("words", "surface"), [("永兴县的矿山种下树苗，现有树苗3万棵。", "3万棵"), ("永兴县老人现有领药65名。", "65名")])
def test_what_there_is_is_not_beside_what_was_done(judged: Judged, words: str, surface: str) -> None:
    verdict = next(v for v in judged(words, date(2022, 12, 31)) if v.quantity.surface == surface)
    assert verdict.kind == "open"


@pytest.mark.parametrize(
    ("words", "unit"),
    [("其中须每日问询的13人。", "名"), ("全县每日问询13人。", "名/日"), ("平均每起车祸造成0.11人死亡。", "名/起"), ("油茶一亩少说能收800元。", "元/亩")],
)
def test_what_a_number_is_counted_by(words: str, unit: str) -> None:
    (q,) = [q for q in read(words) if q.surface[0] not in "一每"]
    assert printed_unit(q, words[: q.at[0]]) == unit


def test_together_with_the_county_s_bureau_is_no_county(judged: Judged) -> None:
    words = "永兴县公安局关于第3号建议的答复\n\n2023年2月13日\n\n建议收悉，经会同县交通局研究，答复如下：2022年交警上路抓到违章4起。"
    assert [v.kind for v in judged(words)] == ["agrees"]
