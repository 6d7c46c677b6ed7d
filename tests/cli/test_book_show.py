"""Reading: records, entries, histories, balances; now, as of a day, as of an entry; and who may see what."""

from __future__ import annotations

from pathlib import Path

import pytest

from .clerks import DAY, Clerk, lend, resident, shelve, table


def test_a_record_by_its_number_its_name_or_its_key(library: Clerk) -> None:
    (told,) = library.json("show", "C1")
    assert told["values"]["library.copy"]["kind"] == "外借"
    for words in (("C1", "--type", "图书复本"), (told["record"],)):
        assert library.json("show", *words)[0]["record"] == told["record"]
    assert "图书室" in library("show", "图书室")
    assert "没有这个读者" in library("show", "C1", "--type", "读者", ends=2)
    assert "没有这个对象" in library("show", "nobody", ends=2)


def test_a_record_reads_well(library: Clerk) -> None:
    said = library("show", "C1").splitlines()
    assert said[:5] == ["C1　安化县", "图书复本", "    条码号    C1", "    所属书目  B1 水利工程概论", "    外借类型  外借"]
    said = library("show", "C1", "--lang", "en").splitlines()
    assert said[1:4] == ["copy", "    barcode       C1", "    book          B1 水利工程概论"]


def test_personal_values_only_when_revealed_and_that_is_logged(library: Clerk) -> None:
    said = library("show", "R1")
    assert "●●●" in said
    assert "示例甲" not in said
    assert "示例甲" in library("show", "R1", "--reveal")
    (line,) = library.json("log", "--act", "reveal")
    assert line["record"] == library.json("show", "R1")[0]["record"]
    assert library.json("show", resident(1))[0]["record"] == line["record"]


def test_without_the_duty_nothing_is_revealed_and_the_attempt_is_logged(library: Clerk) -> None:
    library("people", "add", "wang", "--name", "示例王")
    library("people", "duty", "wang", "查看", "--programme", "library", "--why", "任命")
    said = library.as_("wang")("show", "R1", "--reveal", ends=2)
    assert "不能查看" in said
    assert "示例甲" not in said
    assert library.json("log", "--act", "reveal")[0]["refused"]
    assert "示例甲" not in library.as_("wang")("history", "R1")


def test_outside_the_scope_it_is_not_there(library: Clerk) -> None:
    library("people", "add", "wang", "--name", "示例王")
    library("people", "duty", "wang", "查看", "--programme", "medicine", "--why", "任命")
    wang = library.as_("wang")
    for words in (("show", "C1"), ("history", "C1"), ("balance", "S1"), ("show", "第5条")):
        assert library.typed(*words).exit_code == 0
        wang(*words, ends=2)


def test_a_struck_registration_and_one_kept_elsewhere_are_told_apart(library: Clerk, tmp_path: Path) -> None:
    (line,) = library.json("history", "B2")
    library("strike", line["uid"], "--why", "录重了")
    assert "登记已红冲" in library("show", line["record"], ends=1)
    seen = table(tmp_path / "seen.csv", "条码号 盘点处 盘点结果 区划", "C1 S1 在架 甲村")
    library("post", seen, "--type", "盘点")
    library("people", "add", "wang", "--name", "示例王")
    library("people", "duty", "wang", "查看", "--programme", "library", "--place", "430923101201", "--why", "任命")
    assert "没有您能看到的登记" in library.as_("wang")("show", library.json("history", "C1")[0]["record"], ends=1)


def test_the_history_of_a_copy_tells_where_it_has_been(library: Clerk, tmp_path: Path) -> None:
    uid = lend(library, tmp_path)
    library("return", uid, "--day", "2023-01-05")
    assert [one["type"].partition(".")[2] for one in library.json("history", "C1")] == ["copy", "acquire", "lend", "give_back"]
    said = library("history", "C1")
    assert "C1 1册　馆藏点名录 S1 图书室 → 读者 R1　应还 2023-02-26" in said
    assert [one["type"].partition(".")[2] for one in library.json("history", "R1")] == ["reader", "lend", "give_back"]


def test_a_copy_says_who_has_it_until_when_and_a_reader_what_he_has(library: Clerk, tmp_path: Path) -> None:
    lend(library, tmp_path, day="2023-01-02")
    library("renew", "C1", "--day", "2023-01-10")
    for words in (("show", "C1"), ("show", "R1"), ("balance", "R1")):
        assert "读者 R1  C1       1  册    2023-05-02（逾期" in library(*words)
    assert "馆藏点名录 S1 图书室  C1" in library("show", "C1", "--day", "2023-01-01")
    assert "读者 R1  C1       1  册\n" in library("show", "R1", "--day", "2023-01-02")


def test_a_renewal_stands_in_the_history_of_what_was_lent(library: Clerk, tmp_path: Path) -> None:
    lend(library, tmp_path)
    library("renew", "C1", "--day", "2023-01-10")
    renewal = library.json("history", "C1")[-1]
    assert renewal["type"] == "book.renew"
    assert "借出 C1 第" in library("history", "C1")
    assert "应还      2023-04-27" in library("show", renewal["seq"])


def test_beyond_the_last_entry_it_says_so(library: Clerk) -> None:
    last = library.json("history", "R2")[-1]["seq"] + 3
    for words in (("balance", "S1"), ("show", "C1")):
        assert f"最后一条是第{last}条" in library(*words, "--seq", last + 1)
        assert "最后一条" not in library(*words, "--seq", last)


def test_two_records_of_one_register_that_are_called_the_same(clerk: Clerk, tmp_path: Path) -> None:
    shelves = table(tmp_path / "s.csv", "馆藏点编号 馆藏点", "S1 图书室", "S2 图书室")
    clerk("post", shelves, "--type", "馆藏点名录", "--day", DAY)
    said = clerk("show", "图书室", ends=2)
    assert "有 2 个对象都叫这个" in said
    assert "名录里都有" not in said


def test_as_of_a_day_and_as_of_an_entry(library: Clerk, tmp_path: Path) -> None:
    first = library.json("show", "B2")[0]["seq"]
    library("post", table(tmp_path / "b.csv", "书目号 题名", "B2 黑茶志"), "--type", "书目", "--day", "2023-02-01")
    assert "黑茶志" in library("show", "B2")
    assert "安化黑茶" in library("show", "B2", "--day", "2023-01-01")
    assert "安化黑茶" in library("show", "B2", "--seq", first)
    assert "那时还没有登记" in library("show", "B2", "--day", "2020-01-01", ends=1)
    lend(library, tmp_path, day="2023-03-01")
    assert len(library.json("balance", "S1")) == 2
    assert len(library.json("balance", "S1", "--day", DAY)) == 3


def test_balances_on_both_databases(clerk_of_both: Clerk, tmp_path: Path) -> None:
    shelve(clerk_of_both, tmp_path)
    said = clerk_of_both("balance", "S1")
    assert "馆藏点名录 S1 图书室  C1       1  册" in said
    assert clerk_of_both.json("balance", "采购与捐赠", "--item", "C1")[0]["parts"] == -1
    assert clerk_of_both.json("balance", "library.acquired")[0]["account"] == "library.acquired"
    assert "没有结存" in clerk_of_both("balance", "R1")


def test_amounts_in_the_units_of_the_item(clerk: Clerk, tmp_path: Path) -> None:
    posted = {
        "药品目录": ("药品编码 药品名称 每盒片数", "D1 布洛芬片 20"),
        "药品批次": ("所属药品 批号 有效期至 每盒片数", "D1 P1 2025-01-01 20"),
        "药品储备库": ("药库编号 药库名称", "K1 县药库"),
        "供货单位": ("统一社会信用代码 单位名称", "91430923MA4QABCD1Y 示例公司"),
        "采购入库": (
            "统一社会信用代码 药库编号 所属药品 批号 数量 单价",
            "91430923MA4QABCD1Y K1 D1 P1 50盒 12.50",
            "91430923MA4QABCD1Y K1 D1 P1 1030片 -",
        ),
    }
    for n, (title, rows) in enumerate(posted.items()):
        clerk("post", table(tmp_path / f"{n}.csv", *rows), "--type", title, "--day", DAY)
    assert "药品储备库 K1 县药库  D1/P1  2,030  片    101盒余10片" in clerk("balance", "K1")
    assert "101盒 and 10片" in clerk("balance", "K1", "--lang", "en")
    (told,) = clerk.json("balance", "K1", "--item", "D1/P1")
    assert (told["parts"], told["figure"], told["unit"]) == (2030, "2030", "片")
    assert "单价 12.50元" in clerk("history", "K1")


def test_an_entry_with_its_proof_state(library: Clerk, tmp_path: Path) -> None:
    uid = lend(library, tmp_path)
    seq = library.json("show", uid)[0]["seq"]
    assert "还没有指纹盖住它" in library("show", f"第{seq}条")
    library("checkpoint")
    assert "在指纹之内" in library("show", uid)
    assert library.json("show", uid)[0]["proved"] is True
    assert "Under a checkpoint" in library("show", uid, "--lang", "en")


@pytest.mark.parametrize(
    "words",
    [("show", "C1", "--day", "昨天"), ("show", "C1", "--seq", "0"), ("balance", "C1", "--seq", "-3"), ("show", "C1", "--type", "天书")],
)
def test_words_that_mean_nothing(library: Clerk, words: tuple[str, ...]) -> None:
    said = library(*words, ends=2)
    assert "本程序出错" not in said


def test_how_many_entries_there_are_is_not_found_out_by_asking(library: Clerk) -> None:
    library("people", "add", "xin", "--name", "新人")
    new = library.as_("xin")
    for form in ("{}", "第{}条"):
        told = {new("show", form.format(number), ends=2).replace(str(number), "N") for number in (1, 3, 10**6)}
        assert len(told) == 1, told
    assert "没有这一条" in new("show", "第1条", ends=2)


def test_the_newest_entries_by_type_day_and_place(library: Clerk, tmp_path: Path) -> None:
    seen = table(tmp_path / "seen.csv", "条码号 盘点处 盘点结果 区划 日期", "C1 S1 在架 甲村 2023-01-05", "C3 S1 缺失 安化县 2023-01-06")
    library("post", seen, "--type", "盘点")
    assert [one["type"] for one in library.json("history", "--limit", 3)] == ["library.seen", "library.seen", "library.acquire"]
    said = library("history", "--type", "盘点", "--day", "2023-01-06..2023-01-31")
    assert "C3　盘点处 S1 图书室" in said
    assert "C1" not in said
    assert [one["day"] for one in library.json("history", "--place", "清塘铺镇")] == ["2023-01-05"]
    assert [one["type"] for one in library.json("history", "C1", "--day", "2023")] == ["library.seen"]
    assert "只列最近 2 条" in library("history", "--limit", 2)
    assert "没有条目" in library("history", "--day", "2020")
    assert "不是日期" in library("history", "--day", "上月", ends=2)
    assert "--place" in library("history", "--place", "无此地", ends=2)
    library("history", "--reveal", ends=2)


def test_of_what_is_elsewhere_nothing_is_listed(library: Clerk) -> None:
    library("people", "add", "wang", "--name", "示例王")
    library("people", "duty", "wang", "查看", "--programme", "medicine", "--why", "任命")
    assert "没有条目" in library.as_("wang")("history", "--type", "入藏")
