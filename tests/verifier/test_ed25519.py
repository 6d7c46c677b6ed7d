"""The verifier's own Ed25519: the vectors of RFC 8032 section 7.1, and agreement with the library that signs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taizhang.ledger import SoftSigner, is_signed

from . import book as b

tool = b.load()
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]
SIGNER = SoftSigner.new()
MESSAGE = b"message"
SIGNATURE = SIGNER.sign(MESSAGE)


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS, ids=["1", "2", "3", "SHA(abc)"])
def test_the_vectors_of_the_rfc(public: str, message: str, signature: str) -> None:
    key, said, signed = bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature)
    assert tool.signed(key, said, signed)
    assert is_signed(key, said, signed)
    assert not tool.signed(key, said + b"x", signed)


@settings(max_examples=20)
@given(st.binary(max_size=100))
def test_what_the_library_signs_is_signed(message: bytes) -> None:
    assert tool.signed(SIGNER.public, message, SIGNER.sign(message))


@settings(max_examples=30)
@given(st.integers(0, 511), st.sampled_from(["signature", "key"]))
def test_no_changed_bit_is_accepted(bit: int, where: str) -> None:
    signature, key = bytearray(SIGNATURE), bytearray(SIGNER.public)
    changed = signature if where == "signature" else key
    changed[bit // 8 % len(changed)] ^= 1 << bit % 8
    assert not tool.signed(bytes(key), MESSAGE, bytes(signature))
    assert not is_signed(bytes(key), MESSAGE, bytes(signature))


def test_a_second_form_of_a_signature_is_refused() -> None:
    """S + L satisfies the same equation; RFC 8032 has it refused, or signatures could be changed by anybody."""
    s = int.from_bytes(SIGNATURE[32:], "little") + tool.L
    other = SIGNATURE[:32] + s.to_bytes(32, "little")
    assert not tool.signed(SIGNER.public, MESSAGE, other)
    assert not is_signed(SIGNER.public, MESSAGE, other)


@pytest.mark.parametrize("raw", [b"", b"\x00" * 31, (2**255 - 19).to_bytes(32, "little"), b"\xff" * 32, (2**255 + 1).to_bytes(32, "little"), b"\x02" + bytes(31)])
def test_bytes_that_are_no_point(raw: bytes) -> None:
    assert tool.point(raw) is None
    assert not tool.signed(raw, MESSAGE, SIGNATURE)
