"""The HTML report: self-contained, safe from what a text holds, written whole or not at all."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from html.parser import HTMLParser

import pytest

from taizhang.capture import Source
from taizhang.cli.checked import Checked
from taizhang.cli.report import html
from taizhang.core import Article, Finding, Flow, Page, Quantity, Range, Story

WRONG = "矛盾的稿子\n甲县引进企业12家，其中外资企业30家。\n乙县有9家。\n"
VOID = {"meta", "br", "link", "img"}


class Tree(HTMLParser):
    """Collects tags with their attributes and checks that they nest."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(document)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def all(self, name: str) -> list[str]:
        return [a[name] for _, a in self.tags if a.get(name)]


@pytest.fixture
def report(run, write, tmp_path):
    def make(*contents: str, lang: str = "zh") -> str:
        out = tmp_path / "report.html"
        run("check", *(write(f"{n}.txt", c) for n, c in enumerate(contents)), "--html", out, "--lang", lang)
        return out.read_text(encoding="utf-8")

    return make


def test_it_loads_nothing_and_runs_nothing(report):
    document = report(WRONG)
    tree = Tree(document)
    assert not [t for t, _ in tree.tags if t in ("script", "link", "img", "iframe", "object", "base")]
    assert all(href.startswith("#") for href in tree.all("href"))
    assert not re.search(r"https?:|url\(|@import|\sstyle=|\son\w+=", document)


def test_its_policy_allows_its_own_style_and_no_other(report):
    document = report(WRONG)
    style = re.search(r"<style>(.*?)</style>", document, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = next(a["content"] for t, a in Tree(document).tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_tags_nest_and_every_link_has_its_anchor_once(report):
    tree = Tree(report(WRONG, "请核的稿子\n丙县12家。\n"))
    ids = tree.all("id")
    assert tree.open == []
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in tree.all("href")} <= set(ids)


def test_a_finding_and_its_quantity_lead_to_each_other(report):
    document = report(WRONG)
    assert '<b class="number"><a href="#f1m1">1</a></b>' in document
    assert '<sup class="contradiction" id="f1m1"><a href="#f1n1">1</a></sup>' in document


def test_every_quantity_opens_to_its_reading(report):
    quantities = [a for t, a in Tree(report(WRONG)).tags if t == "span" and a.get("class") == "quantity" and a.get("id")]
    assert [a["title"] for a in quantities] == [f"读作 {n} 家 · 水平 · 企业" for n in (12, 30, 9)]


def test_every_reading_stands_in_a_table_that_paper_shows_too(report):
    document = report(WRONG)
    table = re.search(r'<table class="readings">.*?</table>', document, re.DOTALL)[0]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", table)]
    assert rows[0] == ["数量", "读作", "单位", "类", "说的是", "地点", "时间"]
    assert rows[1:] == [[f'<a href="#f1a1q{n}">{k}家</a>', str(k), "家", "水平", "企业", "", ""] for n, k in enumerate((12, 30, 9), 1)]
    assert "</details>\n<table" in document  # what stands in a folded <details> is not printed
    assert re.search(r"@media screen \{\s*details.readings:not\(\[open\]\) \+ table.readings \{ display: none; \}", document)


def test_an_article_without_quantities_has_no_table(report):
    assert "<table" not in report("甲县的事\n都好。\n")


def test_it_is_read_in_order(report):
    """A name before its number, a note after its paragraph, one main part."""
    document = report(WRONG)
    body = document[document.index("<body") :]
    assert re.findall(r"<(d[td])>", body)[:4] == ["dt", "dd", "dt", "dd"]
    assert body.index("其中外资企业") < body.index('<aside class="notes">') < body.index("乙县有")
    assert body.count("<main>") == 1


def test_what_an_english_report_quotes_is_marked_as_chinese(report):
    """Every piece of the text stands in an element that says so; on a Chinese report nothing need say it."""

    class Spoken(HTMLParser):
        langs, chinese = [], []

        def handle_starttag(self, tag, attrs):
            if tag not in VOID:
                self.langs.append(dict(attrs).get("lang") or (self.langs[-1] if self.langs else None))

        def handle_endtag(self, tag):
            self.langs.pop()

        def handle_data(self, data):
            if self.lasttag != "style" and re.search("[\u4e00-\u9fff]", data):
                self.chinese.append((self.langs[-1], data))

    document = report(WRONG, lang="en")
    Spoken().feed(document)
    assert {lang for lang, _ in Spoken.chinese} == {"zh-CN"}
    assert ' lang="zh-CN"' not in report(WRONG).partition("<body")[2]


def test_small_text_stands_out_from_its_paper(report):
    css = report(WRONG)
    for block in (css.partition("@media print")[0], css.partition("@media print")[2]):
        paper, *inks = (re.search(rf"--{name}: (#\w+)", block) for name in ("paper", "ink", "pale", "red"))
        assert min(contrast(ink[1], paper[1]) for ink in inks if ink) >= 4.5
    assert not re.search(r"[ {;]color: var\(--hair\)", css)


def contrast(a: str, b: str) -> float:
    """The contrast of two colours as WCAG 2 counts it, 1 to 21."""
    dark, light = sorted(map(luminance, (a, b)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c + c for c in colour[1:])
    parts = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    linear = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>12家",
        '"><img src=x onerror=alert(1)>12家',
        "</style><b>12家",
        "'12家&lt;&#60;i&#62;",
        "--><!--12家",
        "]]>12家\u202e\x1b[31m",
    ],
)
def test_a_hostile_text_stays_text(report, hostile):
    document = report(f"矛盾{hostile}\n{hostile}，又有{hostile}。\n")
    tree = Tree(document)
    assert tree.open == []
    assert not [t for t, _ in tree.tags if t in ("script", "img", "i")]
    assert "\x1b" not in document
    assert "\u202e" not in document


def test_several_files_make_one_report_with_contents(report):
    document = report(WRONG, "丙县的事\n丙县12家。\n")
    assert document.count("<main>") == 1
    assert document.count('<section class="file"') == 2
    assert "共 2 个文件" in document
    assert 'href="#f2a1"' in document


def test_it_speaks_english(report):
    document = report(WRONG, lang="en")
    assert '<html lang="en">' in document
    assert "They differ." in document
    assert "reads as 12 家" in document


def test_it_is_written_with_the_exit_code_of_the_check(run, write, tmp_path):
    result = run("check", write("a.txt", WRONG), "--html", tmp_path / "r.html")
    assert result.exit_code == 1
    assert "r.html" in result.stdout


def test_it_never_replaces_its_input(run, write):
    path = write("a.txt", WRONG)
    result = run("check", path, "--html", path)
    assert result.exit_code == 2
    assert "原文" in result.stderr
    assert path.read_text(encoding="utf-8") == WRONG


@pytest.mark.parametrize("target", ["no/such/folder/r.html", "."])
def test_a_place_that_cannot_be_written_is_said_at_once(run, write, tmp_path, target):
    result = run("check", write("a.txt", WRONG), "--html", tmp_path / target)
    assert result.exit_code == 2
    assert "文件夹" in result.stderr
    assert result.stdout == ""


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_report_never_replaces_a_device_or_a_pipe(run, write, tmp_path):
    os.mkfifo(tmp_path / "管")
    result = run("check", write("a.txt", WRONG), "--html", tmp_path / "管")
    assert result.exit_code == 2
    assert "管道" in result.stderr
    assert (tmp_path / "管").is_fifo()


def test_why_a_report_cannot_be_written_is_said_in_the_language_asked_for(run, write, tmp_path, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    path = write("a.txt", WRONG)
    monkeypatch.setattr("pathlib.Path.replace", full)
    assert "磁盘已满" in run("check", path, "--html", tmp_path / "r.html").stderr
    assert "No space left" in run("check", path, "--html", tmp_path / "r.html", "--lang", "en").stderr


def test_no_part_of_a_report_is_left_behind(run, write, tmp_path, monkeypatch):
    def fail(*args):
        raise OSError(28, "No space left on device")

    path = write("a.txt", WRONG)
    monkeypatch.setattr("pathlib.Path.replace", fail)
    result = run("check", path, "--html", tmp_path / "r.html")
    assert result.exit_code == 2
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_cut_quantity_and_a_missing_part_are_shown():
    """1786 | 万度 was cut by the layout: one quantity, two pieces, a seam between them; the end of the article is missing."""
    text = "万度，创新高\n甲县\n年发电量1786\n"
    title, first, second = (7, 9), (10, 18), (0, 6)
    article = Article("a1", "甲县", title, (first, second), ((first, second),), missing=("end",), unsure_joins=(1,))
    q = Quantity(((14, 18), (0, 2)), (0, 6), "1786万度", 17860000, 17860000, False, False, Range.of(17860000), "度", "度", "exact", "level")
    finding = Finding("a1", "query", "toy", q.spans, "1786万度", "", None, "请核对。", "Please check.")
    story = Story(article, Flow("", (), (), ()), 0, (q,))
    document = html([Checked(Source("a.txt", text, "txt"), Page(len(text), (article,)), (story,), (finding,))], "zh")
    quantities = re.findall(r'<span class="quantity"[^>]*>([^<]*)</span>', document)
    assert quantities[-2:] == ["1786", "万度"]
    assert '<span class="seam" role="img" aria-label="接缝：推定" title="接缝：推定">？</span>' in document
    assert document.count('<sup class="query"') == 1
    assert "〔缺：结尾〕" in document
