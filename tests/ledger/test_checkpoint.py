"""Signed checkpoints and the fingerprint people compare."""

from __future__ import annotations

import stat
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.ledger import (
    BadCheckpoint,
    BadFingerprint,
    Checkpoint,
    SoftSigner,
    checkpoint,
    fingerprint,
    is_fingerprint_of,
    is_signed,
    read_fingerprint,
)

ROOT = sha256(b"a root").digest()
POINT = Checkpoint("taizhang.example/43/0190b1a2", 1200, ROOT, 1_795_438_662_000_001)
SIGNER = SoftSigner.new()
NOTE = checkpoint.sign(POINT, SIGNER)


def test_a_signed_checkpoint_reads_back() -> None:
    assert checkpoint.read(NOTE, SIGNER.public) == POINT
    assert NOTE.splitlines()[:2] == [POINT.origin, "1200"]
    assert NOTE.splitlines()[3] == "time 2026-11-23T12:57:42.000001Z"


def test_no_changed_character_is_accepted() -> None:
    for i, c in enumerate(NOTE):
        for other in {"0", "A", "\n", " ", chr(ord(c) ^ 1)} - {c}:
            with pytest.raises(BadCheckpoint):
                checkpoint.read(NOTE[:i] + other + NOTE[i + 1 :], SIGNER.public)
        with pytest.raises(BadCheckpoint):
            checkpoint.read(NOTE[:i] + NOTE[i + 1 :], SIGNER.public)
    with pytest.raises(BadCheckpoint):
        checkpoint.read(NOTE + "\n", SIGNER.public)


def test_another_key_is_not_the_book() -> None:
    with pytest.raises(BadCheckpoint, match="not signed by this key"):
        checkpoint.read(NOTE, SoftSigner.new().public)


def test_a_signature_of_somebody_else_may_stand_beside() -> None:
    other = checkpoint.sign(POINT, SoftSigner.new()).splitlines()[-1].replace(POINT.origin, "witness.example")
    assert checkpoint.read(NOTE + other + "\n", SIGNER.public) == POINT


@pytest.mark.parametrize("change", [{"origin": ""}, {"origin": "a b"}, {"origin": "a+b"}, {"origin": "a\nb"}, {"size": -1}, {"root": b"short"}])
def test_a_checkpoint_that_cannot_be(change: dict[str, object]) -> None:
    told = {"origin": "a", "size": 1, "root": ROOT, "time": 0, **change}
    with pytest.raises(BadCheckpoint):
        checkpoint.sign(Checkpoint(**told), SIGNER)  # type: ignore[arg-type]


def test_the_public_key_is_one_line_to_hand_out() -> None:
    line = checkpoint.verifier_key(POINT.origin, SIGNER.public)
    assert checkpoint.read_verifier_key(line + "\n") == (POINT.origin, SIGNER.public)
    for i in range(len(line)):
        with pytest.raises(BadCheckpoint):
            checkpoint.read_verifier_key(line[:i] + "~" + line[i + 1 :])


def test_a_key_file_is_its_owners_alone_and_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "book.key"
    SIGNER.save(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert SoftSigner.load(path).public == SIGNER.public
    with pytest.raises(FileExistsError):
        SoftSigner.new().save(path)
    assert SoftSigner.load(path).public == SIGNER.public


def test_what_is_no_signature_is_no_error() -> None:
    assert not is_signed(SIGNER.public, b"m", b"")
    assert not is_signed(b"short", b"m", bytes(64))


# ---- the printed fingerprint ---------------------------------------------------------------------------------------------------


def test_a_fingerprint_has_eight_groups_of_five_digits() -> None:
    printed = fingerprint(ROOT)
    assert [len(group) for group in printed.split(" ")] == [5] * 8
    assert is_fingerprint_of(printed, ROOT)
    assert not is_fingerprint_of(printed, sha256(ROOT).digest())


@pytest.mark.parametrize("root", [bytes(32), b"\xff" * 32, ROOT])
def test_the_ends_of_the_range(root: bytes) -> None:
    assert read_fingerprint(fingerprint(root)) == fingerprint(root)


@given(st.binary(min_size=32, max_size=32))
def test_every_wrong_digit_and_every_swap_is_found(root: bytes) -> None:
    digits = fingerprint(root).replace(" ", "")
    wrong = {digits[:i] + d + digits[i + 1 :] for i in range(40) for d in "0123456789"}
    wrong |= {digits[:i] + digits[j] + digits[i + 1 : j] + digits[i] + digits[j + 1 :] for j in range(40) for i in range(j)}
    for typed in wrong - {digits}:
        with pytest.raises(BadFingerprint):
            read_fingerprint(typed)


def test_it_is_read_however_it_is_typed() -> None:
    printed = fingerprint(ROOT)
    full_width = printed.translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)})
    for typed in (printed.replace(" ", ""), f"  {printed}\n", printed.replace(" ", " \n"), printed.replace(" ", "-"), full_width):
        assert read_fingerprint(typed) == printed


@pytest.mark.parametrize("typed", ["", "12345", "x" * 40, "٣" * 40, fingerprint(ROOT) + "0"])
def test_what_is_no_fingerprint(typed: str) -> None:
    with pytest.raises(BadFingerprint):
        read_fingerprint(typed)
