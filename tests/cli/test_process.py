"""The command as a process of its own: streams, encodings, signals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

COMMAND = [sys.executable, "-m", "taizhang.cli.main"]


def taizhang(*args, stdin=b"", **env):
    return subprocess.run([*COMMAND, *map(str, args)], input=stdin, capture_output=True, env={**os.environ, **env}, timeout=60, check=False)


def test_standard_input_is_a_file_too():
    result = taizhang("read", "-", "--json", stdin="全县引进企业12家。".encode("gb18030"))
    assert result.returncode == 0
    assert json.loads(result.stdout)["low"] == 12


def test_output_is_utf8_whatever_the_machine_says(examples):
    result = taizhang("check", examples / "article.txt", PYTHONIOENCODING="gbk", PYTHONUTF8="0", LC_ALL="C")
    assert "矛盾" in result.stdout.decode("utf-8")


def test_the_docx_says_what_the_text_says(examples):
    by_text, by_word = (taizhang("read", examples / name, "--json").stdout for name in ("article.txt", "article.docx"))
    surfaces = [[json.loads(line)["surface"] for line in out.splitlines()] for out in (by_text, by_word)]
    assert surfaces[0] == surfaces[1] != []


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_an_interrupt_is_one_line_and_130():
    process = subprocess.Popen([*COMMAND, "read", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(1.5)  # until it waits for its input
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err.decode()) == (130, b"", "已中断。\n")


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_reader_that_stops_reading_is_no_fault(tmp_path):
    (tmp_path / "long.txt").write_text("全县引进企业12家。\n" * 3000, encoding="utf-8")
    process = subprocess.Popen([*COMMAND, "read", str(tmp_path / "long.txt"), "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(timeout=60) == 141


def test_nothing_heavy_is_imported_for_a_plain_text(examples):
    """A check of a .txt in a pipe needs neither docx nor pypdf nor rich."""
    heavy = "{'docx', 'pypdf', 'lxml', 'rich', 'asyncio'}"
    code = f"import sys; from taizhang.cli.main import main\ntry: main()\nfinally: print({heavy} & set(sys.modules), file=sys.stderr)"
    command = [sys.executable, "-c", code, "check", str(examples / "article.txt")]
    result = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert result.stderr.decode().strip() == "set()"
