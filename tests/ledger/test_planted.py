"""The tests can fail: each bug planted here, in a copy of the code, is caught by the test named beside it.

All of them in `make prove`; some in `make test`. `python -m pytest tests/ledger/test_planted.py -k NAME` runs one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LEDGER, VERIFIER = "src/taizhang/ledger/", "verifier/taizhang_verify.py"
BUGS = [
    ("a constant key for every record", LEDGER + "keys.py", "record: secrets.token_bytes(KEY_BYTES)", "record: bytes(KEY_BYTES)",
     "ledger/test_erasure.py -k one_key_for_good"),
    ("a constant nonce", LEDGER + "sealing.py", "cipher.encrypt(encrypt, commitment[:_NONCE]", "cipher.encrypt(encrypt, bytes(_NONCE)",
     "ledger/test_sealing.py"),
    ("a seal not bound to its place", LEDGER + "sealing.py", '("taizhang seal 1", book, uid, field)', '("taizhang seal 1", field)',
     "ledger/test_sealing.py -k elsewhere"),
    ("a commitment that is not looked at", LEDGER + "sealing.py", "if not hmac.compare_digest(", "if False and not hmac.compare_digest(",
     "ledger/test_sealing.py -k something_else"),
    ("a value sealed without filling up", LEDGER + "sealing.py", 'return text + b" " * (-len(text) % STEP)', 'return text + b" " * (STEP + 1)',
     "ledger/test_sealing.py -k lengths"),
    ("an erasure that leaves the WAL as it is", LEDGER + "keys.py", "PRAGMA wal_checkpoint(TRUNCATE)", "SELECT 0",
     "ledger/test_erasure.py -k in_no_file"),
    ("an erasure that leaves freed places as they are", LEDGER + "keys.py", ('secure_delete=ON', '"VACUUM"'), ("secure_delete=OFF", '"SELECT 1"'),
     "ledger/test_erasure.py -k in_no_file"),
    ("an erasure that leaves the index", LEDGER + "keys.py", "DELETE FROM token WHERE record = ?", "SELECT ?",
     "ledger/test_erasure.py -k until_they_are_erased"),
    ("an erasure that is not on the list", LEDGER + "keys.py", "        self._erasures.add(gone)\n", "",
     "ledger/test_erasure.py -k restored"),
    ("a restore that does not erase again", LEDGER + "keys.py", "        self.replay(self._erasures)\n", "",
     "ledger/test_erasure.py -k restored"),
    ("an erased record gets a new key", LEDGER + "keys.py", "            self._refuse_erased(wanted)\n", "",
     "ledger/test_erasure.py -k no_longer"),
    ("a leaf without its prefix", LEDGER + "hashing.py", 'LEAF = b"\\x00"', 'LEAF = b""', "ledger/test_tree.py -k public"),
    ("a node without its prefix", LEDGER + "hashing.py", 'NODE = b"\\x01"', 'NODE = b""', "ledger/test_tree.py -k public"),
    ("an odd node paired with itself", LEDGER + "tree.py", "self._by_level[level] = carry[-1] if len(carry) % 2 else None",
     "self._by_level[level] = carry[-1] if len(carry) % 2 else None\n            carry += carry[-1:] * (len(carry) % 2 and len(carry) > 1)",
     "ledger/test_tree.py -k public"),
    ("a path whose last hash may be left over", LEDGER + "paths.py", "next(others, None) is None and ", "", "ledger/test_tree.py -k several"),
    ("growth that forgets the old root", LEDGER + "paths.py", "== (old_root, new_root)", "[1:] == (new_root,)",
     "ledger/test_tree.py -k consistency"),
    ("a signature that is not looked at", LEDGER + "signing.py", "    except (InvalidSignature, ValueError):\n        return False",
     "    except (InvalidSignature, ValueError):\n        return True", "ledger/test_checkpoint.py"),
    ("check digits that are not looked at", LEDGER + "fingerprints.py", "int(digits) % 97 != 1", "False", "ledger/test_checkpoint.py -k swap"),
    ("keys in the order they were written", LEDGER + "canonical.py", 'Encoder(order="deterministic", ', "Encoder(",
     "ledger/test_canonical.py -k 'vectors or itself'"),
    ("bytes that are nearly canonical", LEDGER + "canonical.py", "    if again != raw:\n", "    if False:\n", "ledger/test_canonical.py"),
    ("text in any normal form", LEDGER + "canonical.py", '_is_nfc("NFC", value)', "True", "ledger/test_canonical.py"),
    ("an integer of any size", LEDGER + "canonical.py", "INT_MIN, INT_MAX = -(2**63), 2**63 - 1", "INT_MIN, INT_MAX = -(2**63), 2**64 - 1",
     "ledger/test_canonical.py"),
    ("ids from the clock alone", LEDGER + "uids.py", "max(now, self._last + 1)", "now", "ledger/test_uids.py"),
    ("parts of a derived id that run together", LEDGER + "uids.py", 'len(part).to_bytes(8, "big") + part', "part", "ledger/test_uids.py"),
    ("the verifier skips the signature", VERIFIER, "all(signed(public, body, raw) for raw in ours)", "True", "verifier/test_verify.py"),
    ("the verifier takes the key of another book", VERIFIER, "note[1] == line[1]", "True", "verifier/test_verify.py -k elsewhere"),
    ("the verifier takes a second form of a signature", VERIFIER, " or s >= L", "", "verifier/test_ed25519.py"),
    ("the verifier skips the root", VERIFIER, "found == root and next(others, None)", "next(others, None)", "verifier/test_verify.py"),
    ("the verifier leaves hashes over", VERIFIER, "and next(others, None) is None", "", "verifier/test_verify.py -k tampered"),
    ("the verifier does not add up", VERIFIER, "demand(found == (None if said is None else number(said)),", "demand(True,",
     "verifier/test_verify.py -k make"),
    ("the verifier counts what does not belong", VERIFIER, "all(counts(figure, one) for one in mine)", "True", "verifier/test_verify.py -k make"),
    ("the verifier takes absent for zero", VERIFIER, "/ divisor if said else None", "/ divisor", "verifier/test_verify.py -k 'make or accepted'"),
    ("the verifier does not look for what is left out", VERIFIER, "demand(not apart,", "demand(True,", "verifier/test_verify.py -k export"),
    ("the verifier takes any export", VERIFIER, "demand(count == size and", "demand(True or", "verifier/test_verify.py -k export"),
    ("the verifier counts an id twice", VERIFIER, 'one["uid"] not in seen', "True", "verifier/test_verify.py -k twice"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(BUGS)), ids=[bug[0].replace(" ", "_") for bug in BUGS])
def test_a_planted_bug_is_caught(number: int, tmp_path: Path, count: Callable[[int, int], int]) -> None:
    if number % count(7, 1):
        pytest.skip("make prove plants all of them")
    _, file, sound, broken, test = BUGS[number]
    copy_of_the_code(tmp_path)
    path = tmp_path / file
    text = path.read_text(encoding="utf-8")
    for good, bad in zip(_lines(sound), _lines(broken), strict=True):
        assert good in text, "the line this bug is planted in has changed"
        text = text.replace(good, bad)
    path.write_text(text, encoding="utf-8")
    assert run(tmp_path, test) == 1, "no test found the bug"


def test_without_a_bug_nothing_is_caught(tmp_path: Path) -> None:
    copy_of_the_code(tmp_path)
    assert run(tmp_path, "ledger/test_tree.py -k public") == 0


def _lines(planted: str | tuple[str, ...]) -> tuple[str, ...]:
    return (planted,) if isinstance(planted, str) else planted


def copy_of_the_code(folder: Path) -> None:
    leave = shutil.ignore_patterns("__pycache__", "test_planted.py")
    for part in ("src/taizhang", "verifier", "tests/ledger", "tests/verifier"):
        shutil.copytree(ROOT / part, folder / part, ignore=leave)
    for file in ("tests/conftest.py", "tests/books.py", "tests/postgres.py", "pyproject.toml"):
        shutil.copy(ROOT / file, folder / file)


def run(folder: Path, test: str) -> int:
    """The exit code of pytest on a test of the copy: 0 passed, 1 failed."""
    named, _, chosen = test.partition(" -k ")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", f"tests/{named}"]
    command += ["-k", chosen.strip("'")] if chosen else []
    environment = {**os.environ, "PYTHONPATH": str(folder / "src"), "TAIZHANG_PROVE": "0"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False).returncode
