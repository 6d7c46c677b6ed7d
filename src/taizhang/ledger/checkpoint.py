"""Checkpoints (指纹): the signed root of a book's tree at a size, as text after C2SP tlog-checkpoint.

    taizhang.example/43/0190b1a2
    1200
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
    time 2026-11-23T12:57:42.000000Z

    — taizhang.example/43/0190b1a2 Az3grlgtzPICa5OS8npVmf1Myq/5IZ…

Origin, size, root in base64, the time, an empty line, and the signature over everything above it. docs/proofs.md specifies it.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from taizhang.ledger.signing import Signer, is_signed
from taizhang.ledger.tree import MAX_SIZE

_ORIGIN = re.compile(r"[^\s+\x00-\x1f\x7f]{1,200}")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_TIME = re.compile(r"time (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6})Z")
_SIGNATURE = re.compile(r"— (\S+) (\S+)")
_ED25519 = b"\x01"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class BadCheckpoint(ValueError):
    """A text that is no checkpoint, or one that the key did not sign."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`root` is that of the first `size` entries of the book `origin`; `time` in microseconds UTC since 1970."""

    origin: str
    size: int
    root: bytes
    time: int

    def body(self) -> str:
        """The lines that are signed."""
        if not _ORIGIN.fullmatch(self.origin):
            raise BadCheckpoint(f"an origin is 1 to 200 characters without spaces and +, not {self.origin!r}")
        if not 0 <= self.size <= MAX_SIZE or len(self.root) != 32:
            raise BadCheckpoint("a checkpoint has a size from 0 up and a root of 32 bytes")
        moment = _EPOCH + timedelta(microseconds=self.time)
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\ntime {moment:%Y-%m-%dT%H:%M:%S.%f}Z\n"


def sign(checkpoint: Checkpoint, signer: Signer) -> str:
    """The checkpoint as a signed text."""
    body = checkpoint.body()
    signed = key_id(checkpoint.origin, signer.public) + signer.sign(body.encode())
    return f"{body}\n— {checkpoint.origin} {_base64(signed)}\n"


def read(text: str, public: bytes) -> Checkpoint:
    """The checkpoint of a text that the key signed; BadCheckpoint says what is wrong with any other."""
    body, gap, tail = text.partition("\n\n")
    if not gap:
        raise BadCheckpoint("no empty line between the checkpoint and its signatures")
    checkpoint = _parse(body + "\n")
    wanted = key_id(checkpoint.origin, public)
    signatures = [signed for name, signed in _signatures(tail) if name == checkpoint.origin and signed[:4] == wanted]
    if not signatures:
        raise BadCheckpoint("not signed by this key")
    if not all(is_signed(public, (body + "\n").encode(), signed[4:]) for signed in signatures):
        raise BadCheckpoint("the signature does not fit the text")
    return checkpoint


def key_id(origin: str, public: bytes) -> bytes:
    """The first 4 bytes of SHA-256(origin ‖ LF ‖ 0x01 ‖ key): they tell which key of several signed."""
    return sha256(origin.encode() + b"\n" + _ED25519 + public).digest()[:4]


def verifier_key(origin: str, public: bytes) -> str:
    """The public key as one line to hand out: origin+id+base64, as C2SP signed-note writes it."""
    return f"{origin}+{key_id(origin, public).hex()}+{_base64(_ED25519 + public)}"


def read_verifier_key(line: str) -> tuple[str, bytes]:
    """Origin and public key of such a line; BadCheckpoint when it is damaged."""
    parts = line.strip().split("+", 2)
    key = _from_base64(parts[2]) if len(parts) == 3 else b""
    if len(key) != 33 or key[:1] != _ED25519 or verifier_key(parts[0], key[1:]) != line.strip():
        raise BadCheckpoint("not a verifier key of the form origin+id+key")
    return parts[0], key[1:]


def _parse(body: str) -> Checkpoint:
    lines = body.split("\n")
    if len(lines) != 5 or lines[4]:
        raise BadCheckpoint("a checkpoint has four lines: origin, size, root, time")
    origin, size, root, time = lines[:4]
    if not _SIZE.fullmatch(size) or not (moment := _TIME.fullmatch(time)):
        raise BadCheckpoint("the size or the time is not written as it should be")
    checkpoint = Checkpoint(origin, int(size), _from_base64(root), _microseconds(moment[1]))
    if checkpoint.body() != body:
        raise BadCheckpoint("the checkpoint is not written as it should be")
    return checkpoint


def _microseconds(moment: str) -> int:
    try:
        return (datetime.fromisoformat(moment).replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)
    except ValueError as error:
        raise BadCheckpoint("no such time") from error


def _signatures(tail: str) -> list[tuple[str, bytes]]:
    """Name, and key id with signature, of each signature line; a book may be signed by witnesses too."""
    if not tail.endswith("\n"):
        raise BadCheckpoint("the last line is cut off")
    found = [_SIGNATURE.fullmatch(line) for line in tail[:-1].split("\n")]
    if not all(found):
        raise BadCheckpoint("a line below the checkpoint is no signature")
    return [(line[1], _from_base64(line[2])) for line in found if line]


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _from_base64(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadCheckpoint("not base64") from error
    if _base64(raw) != text:
        raise BadCheckpoint("not base64 as it should be written")
    return raw
