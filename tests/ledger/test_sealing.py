"""What a sealed value tells, and to whom."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core import Value
from taizhang.ledger import Unsealable, seal, seal_fields, unseal, unseal_fields

from .plainly import VALUES

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
AT = ("book-1", "018561e0d40070008000000000000001", "name")
SEALED = seal(KEY, *AT, "张三")


@given(VALUES, st.binary(min_size=32, max_size=32))
def test_what_is_sealed_opens_again(value: Value, key: bytes) -> None:
    opened = unseal(key, *AT, seal(key, *AT, value))
    assert opened == value
    assert type(opened) is type(value)


def test_a_record_is_sealed_field_by_field() -> None:
    values: dict[str, Value] = {"name": "张三", "age": 71, "ill": True, "phone": None, "drugs": ["布洛芬", "阿莫西林"]}
    sealed = seal_fields(KEY, *AT[:2], values)
    assert unseal_fields(KEY, *AT[:2], sealed) == values
    assert len(set(sealed.values())) == len(values)


def test_delivered_again_it_is_the_same_text_and_elsewhere_another() -> None:
    assert seal(KEY, *AT, "张三") == SEALED
    others = [("book-2", *AT[1:]), (AT[0], AT[1][:-1] + "2", AT[2]), (*AT[:2], "alias"), ("book-1" + AT[1][0], AT[1][1:], AT[2])]
    assert len({SEALED, seal(OTHER, *AT, "张三"), seal(KEY, *AT, "李四"), *(seal(KEY, *at, "张三") for at in others)}) == 7
    for at in others:
        with pytest.raises(Unsealable):
            unseal(KEY, *at, SEALED)


def test_no_nonce_serves_two_values() -> None:
    texts = [base64.urlsafe_b64decode(seal(KEY, *AT, f"{n:06d}") + "==") for n in range(2000)]
    assert len({raw[:12] for raw in texts}) == 2000


def test_lengths_are_told_only_in_steps() -> None:
    assert len({len(seal(KEY, *AT, value)) for value in ("", "张三", "欧阳娜娜", "431129199001011234", 7, None, True)}) == 1


def test_another_key_and_every_changed_character_are_refused() -> None:
    with pytest.raises(Unsealable):
        unseal(OTHER, *AT, SEALED)
    for i, c in enumerate(SEALED):
        for other in {"A", "_", "=", " ", chr(ord(c) ^ 1)} - {c}:
            with pytest.raises(Unsealable):
                unseal(KEY, *AT, SEALED[:i] + other + SEALED[i + 1 :])
        with pytest.raises(Unsealable):
            unseal(KEY, *AT, SEALED[:i])


@pytest.mark.parametrize("key", [b"", bytes(16), bytes(33)])
def test_a_key_has_32_bytes(key: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        seal(key, *AT, "张三")


class TwoPlaintexts:
    """A cipher that opens anything as one text, as some ciphers can be made to under a second key: the commitment finds it."""

    def encrypt(self, key: bytes, nonce: bytes, text: bytes, bound: bytes) -> bytes:
        return text + bytes(16)

    def decrypt(self, key: bytes, nonce: bytes, ciphertext: bytes, bound: bytes) -> bytes:
        return json.dumps("李四", ensure_ascii=False).encode().ljust(32)


def test_what_was_sealed_cannot_later_be_said_to_be_something_else() -> None:
    with pytest.raises(Unsealable, match="commitment"):
        unseal(KEY, *AT, seal(KEY, *AT, "张三", TwoPlaintexts()), TwoPlaintexts())
