"""The command as a process of its own: streams, encodings, signals."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from taizhang.cli import start
from taizhang.cli.batch import Outcome

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


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_reader_that_stops_reading_is_no_fault(tmp_path):
    (tmp_path / "long.txt").write_text("全县引进企业12家。\n" * 3000, encoding="utf-8")
    command = [*COMMAND, "read", str(tmp_path / "long.txt"), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_nothing_heavy_is_imported_for_a_plain_text(examples):
    """A check of a .txt in a pipe needs neither docx nor pypdf nor rich."""
    heavy = "{'docx', 'pypdf', 'lxml', 'rich', 'asyncio'}"
    code = f"import sys; from taizhang.cli.main import main\ntry: main()\nfinally: print({heavy} & set(sys.modules), file=sys.stderr)"
    command = [sys.executable, "-c", code, "check", str(examples / "article.txt")]
    result = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert result.stderr.decode().strip() == "set()"


def test_ctrl_c_while_the_command_is_still_loading_ends_it_quietly():
    code = """
import sys
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "typer":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupting())
from taizhang.cli.start import main
main()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_the_command_that_is_installed_is_the_one_that_ends_quietly():
    pyproject = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert pyproject["project"]["scripts"] == {"taizhang": "taizhang.cli.start:main"}
    assert (start.INTERRUPTED, Outcome.INTERRUPTED) == (130, 130)
