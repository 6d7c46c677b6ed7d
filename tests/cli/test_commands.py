"""What a person types, what comes back, and the exit code."""

from __future__ import annotations

import json

import pytest

CLEAR, CONTRADICTED, UNUSABLE, FAULT = 0, 1, 2, 3
RIGHT = "甲县招商\n甲县引进企业12家。\n"
WRONG = "矛盾的稿子\n甲县引进企业12家，其中外资企业30家。\n"
ASKED = "请核的稿子\n甲县引进企业12家。\n"


@pytest.mark.parametrize(
    ("content", "code"),
    [(RIGHT, CLEAR), (ASKED, CLEAR), ("提示的稿子\n有12家。\n", CLEAR), (WRONG, CONTRADICTED), ("", UNUSABLE), ("稿子\n坏了12家。", FAULT)],
)
def test_the_exit_code_of_a_check(run, write, content, code):
    assert run("check", write("a.txt", content)).exit_code == code


@pytest.mark.parametrize("command", ["read", "mend", "check"])
def test_a_file_that_is_not_there_is_one_line_and_exit_2(run, tmp_path, command):
    result = run(command, tmp_path / "没有.txt")
    assert result.exit_code == UNUSABLE
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "没有.txt" in result.stderr


def test_the_worst_file_of_a_batch_decides(run, write, tmp_path):
    right, wrong, empty, broken = (write(f"{n}.txt", c) for n, c in enumerate([RIGHT, WRONG, "", "稿\n坏。"]))
    assert run("check", right, wrong).exit_code == CONTRADICTED
    assert run("check", wrong, empty, right).exit_code == UNUSABLE
    assert run("check", empty, broken, wrong).exit_code == FAULT


def test_one_bad_file_does_not_stop_the_rest(run, write):
    result = run("check", write("1.txt", ""), write("2.txt", WRONG), "--json")
    assert len(result.stdout.splitlines()) == 1
    assert json.loads(result.stdout)["file"].endswith("2.txt")
    assert result.stderr.count("\n") == 1


def test_a_folder_runs_as_a_batch(run, write, tmp_path):
    write("1.txt", RIGHT)
    write("2.txt", WRONG)
    write("3.xls", "no")
    result = run("check", tmp_path)
    assert result.exit_code == CONTRADICTED
    assert result.stdout.count("读出") == 2
    assert "1 个文件" in result.stderr


def test_read_json_is_one_quantity_a_line(run, write):
    lines = run("read", write("a.txt", WRONG), "--json").stdout.splitlines()
    first = json.loads(lines[0])
    assert len(lines) == 2
    assert (first["surface"], first["low"], first["unit"], first["subject"]) == ("12家", 12, "家", "企业")
    assert "file" not in first


def test_several_files_are_named_on_each_line(run, write):
    lines = run("read", write("a.txt", RIGHT), write("b.txt", RIGHT), "--json").stdout.splitlines()
    assert [json.loads(line)["file"][-5:] for line in lines] == ["a.txt", "b.txt"]


def test_check_json_speaks_the_language_asked_for(run, write):
    path = write("a.txt", WRONG)
    assert json.loads(run("check", path, "--json").stdout)["why"] == "这两个数对不上。"
    assert json.loads(run("check", path, "--json", "--lang", "en").stdout)["why"] == "They differ."


def test_mend_json_is_the_form_of_a_layout(run, write):
    page = json.loads(run("mend", write("a.txt", RIGHT), "--json").stdout)
    assert page["chars"] == len(RIGHT)
    assert page["articles"][0]["title"] == "甲县招商"
    assert page["unplaced"] == []


def test_check_tells_a_person_what_where_and_why(run, write):
    out = run("check", write("a.txt", WRONG)).stdout
    assert "1 篇，读出 2 个数量；矛盾 1，请核 0，提示 0。" in out
    assert "甲县引进企业【12家】，其中外资企业30家。" in out
    assert "这两个数对不上。" in out
    assert "先看矛盾：《矛盾的稿子》第1段。" in out


def test_no_machine_words_unless_asked(run, write):
    path = write("a.txt", WRONG)
    assert "toy" not in run("check", path).stdout
    assert "toy [12-15]" in run("check", path, "--verbose").stdout


@pytest.mark.parametrize("command", ["read", "mend", "check"])
def test_english_is_complete(run, write, command):
    """Nothing of the program's own words is left in Chinese when the text itself holds none."""
    out = run(command, write("a.txt", "Title\nThey are 12家.\n"), "--lang", "en").stdout
    assert not [c for c in out.replace("12家", "").replace("家", "").replace("企业", "") if "\u4e00" <= c <= "\u9fff"]


def test_a_fault_of_ours_says_what_to_report(run, write):
    path = write("a.txt", "稿子\n坏了。")
    plain, debug = run("check", path), run("check", path, "--debug")
    assert "the toy reader broke" in plain.stderr
    assert plain.stderr.startswith(f"{path}：")
    assert run("check", path, "--lang", "en").stderr.startswith(f"{path}: A fault")
    assert plain.stderr.count("\n") == 1
    assert "Traceback" in debug.stderr


def test_json_and_html_exclude_each_other(run, write, tmp_path):
    assert run("check", write("a.txt", RIGHT), "--json", "--html", tmp_path / "r.html").exit_code == UNUSABLE


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["check"], "FILE"),
        (["review", "return", "2"], "--why"),
        (["chek", "a.txt"], "chek"),
        (["chek\x1b[31m\n", "a.txt"], "chek"),
        (["check", "a.txt", "--lang", "fr"], "fr"),
        (["check", "a.txt", "--unknown"], "--unknown"),
        (["check", "a.txt", "--html"], "--html"),
        (["check", "a.txt", "--json", "--html", "b.html"], "--json"),
        (["mend", "a.txt", "b.txt"], "mend"),
        (["--unknown"], "--unknown"),
    ],
)
def test_a_command_typed_wrongly_is_one_line_in_both_languages(run, typed, words):
    result = run(*typed)
    chinese, _, english = result.stderr.partition(" · ")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (UNUSABLE, "", 1)
    assert words in result.stderr
    assert any("\u4e00" <= c <= "\u9fff" for c in chinese)
    assert english[0].isascii()
    assert "\x1b" not in result.stderr


def test_the_language_of_the_environment_is_checked_too(run):
    assert "fr" in run("check", "a.txt", env={"TAIZHANG_LANG": "fr"}).stderr


def test_help_speaks_both_languages(run):
    out = run("check", "--help").stdout
    assert "校核" in out
    assert "contradiction" in out


def test_an_interrupt_is_one_line_and_130(run, write, monkeypatch):
    def interrupted(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr("taizhang.text.stories", interrupted)
    result = run("check", write("a.txt", RIGHT))
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "已中断。\n")
