"""Personal values under seal: what stands in an entry's `sealed` in place of a name or an ID number.

A sealed value is base64url(commitment ‖ ciphertext). The commitment is HMAC-SHA256 over the padded value; its first 12
bytes are the nonce of AES-256-GCM, so no nonce serves two values, and the same value sealed again for the same entry and
field is the same text: an entry delivered twice stays one entry. Keys are derived for book, entry and field from the key
of the record. Without that key a sealed value tells the length of the value, in steps of 32 bytes, and nothing else.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from collections.abc import Mapping
from typing import Any, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from taizhang.core import Value

KEY_BYTES = 32
STEP = 32
_COMMITMENT = 32
_NONCE = 12


class Unsealable(ValueError):
    """A sealed value that this key does not open: another key's, another place's, or changed."""


class Cipher(Protocol):
    """Authenticated encryption behind a provider, so that SM4 or a device can follow; keys are 32 bytes, nonces 12."""

    def encrypt(self, key: bytes, nonce: bytes, text: bytes, bound: bytes) -> bytes:
        """The ciphertext of `text`, bound to `bound`."""

    def decrypt(self, key: bytes, nonce: bytes, ciphertext: bytes, bound: bytes) -> bytes:
        """The text again; Unsealable when anything differs."""


class AesGcm:
    """AES-256-GCM (NIST SP 800-38D)."""

    def encrypt(self, key: bytes, nonce: bytes, text: bytes, bound: bytes) -> bytes:
        """Ciphertext and tag."""
        return AESGCM(key).encrypt(nonce, text, bound)

    def decrypt(self, key: bytes, nonce: bytes, ciphertext: bytes, bound: bytes) -> bytes:
        """The text again; Unsealable when the tag does not fit."""
        try:
            return AESGCM(key).decrypt(nonce, ciphertext, bound)
        except InvalidTag as error:
            raise Unsealable("not sealed under this key for this place, or changed") from error


AES_GCM = AesGcm()


def seal(key: bytes, book: str, uid: str, field: str, value: Value, cipher: Cipher = AES_GCM) -> str:
    """The value under seal, for the record that owns the key."""
    bound = _bound(book, uid, field)
    commit, encrypt = _derive(key, bound)
    text = _padded(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
    commitment = hmac.digest(commit, text, "sha256")
    sealed = commitment + cipher.encrypt(encrypt, commitment[:_NONCE], text, bound)
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode("ascii")


def unseal(key: bytes, book: str, uid: str, field: str, sealed: str, cipher: Cipher = AES_GCM) -> Value:
    """The value again; Unsealable when the key or the place is another, or a character was changed."""
    raw, bound = _decoded(sealed), _bound(book, uid, field)
    commit, encrypt = _derive(key, bound)
    commitment, ciphertext = raw[:_COMMITMENT], raw[_COMMITMENT:]
    if len(ciphertext) <= STEP:
        raise Unsealable("too short to hold a value")
    text = cipher.decrypt(encrypt, commitment[:_NONCE], ciphertext, bound)
    if not hmac.compare_digest(hmac.digest(commit, text, "sha256"), commitment):
        raise Unsealable("the commitment does not fit the value")
    value: Value = json.loads(text.rstrip(b" "))
    return value


def seal_fields(key: bytes, book: str, uid: str, values: Mapping[str, Value], cipher: Cipher = AES_GCM) -> dict[str, str]:
    """The `sealed` of an entry."""
    return {name: seal(key, book, uid, name, value, cipher) for name, value in values.items()}


def unseal_fields(key: bytes, book: str, uid: str, sealed: Mapping[str, str], cipher: Cipher = AES_GCM) -> dict[str, Any]:
    """The values of an entry's `sealed`."""
    return {name: unseal(key, book, uid, name, text, cipher) for name, text in sealed.items()}


def _bound(book: str, uid: str, field: str) -> bytes:
    """Where a value stands, each part led by its length: moved to another book, entry or field it does not open."""
    parts = [part.encode() for part in ("taizhang seal 1", book, uid, field)]
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)


def _derive(key: bytes, bound: bytes) -> tuple[bytes, bytes]:
    """The keys of one place, for the commitment and for the cipher; from one of them no other can be had."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"the key of a record has {KEY_BYTES} bytes")
    return hmac.digest(key, b"commit" + bound, "sha256"), hmac.digest(key, b"encrypt" + bound, "sha256")


def _padded(text: bytes) -> bytes:
    """Filled up with spaces, which mean nothing after JSON, so that 张三 and 欧阳娜娜 are equally long."""
    return text + b" " * (-len(text) % STEP)


def _decoded(sealed: str) -> bytes:
    try:
        raw = base64.b64decode(sealed + "=" * (-len(sealed) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unsealable("not base64url") from error
    if base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii") != sealed:
        raise Unsealable("not base64url as it should be written")
    return raw
