"""What is stored of a photo is sealed with a key made of the photo's own bytes, which is kept nowhere.

Whoever has the photo can read in it what the store holds; whoever has the store alone, from a backup or a lost disk,
reads neither the names in the hidden data of a photo nor the writing in it.
"""

from __future__ import annotations

import hashlib
import secrets

#: Bytes that make each sealing of the same photo another one.
NONCE = 16


def secret_of(data: bytes, context: bytes) -> str:
    """The key for what is found in a photo under a context, hex; another hash of its bytes than the digest."""
    key = hashlib.sha256(context).digest()
    return hashlib.blake2b(data, digest_size=32, key=key, person=b"photoscreen").hexdigest()


def sealed(plain: bytes, secret: str) -> bytes:
    """The bytes, to be opened with the same secret only."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + _mixed(plain, secret, nonce)


def opened(packed: bytes, secret: str) -> bytes:
    """What was sealed; with another secret, bytes that mean nothing."""
    return _mixed(packed[NONCE:], secret, packed[:NONCE])


def _mixed(data: bytes, secret: str, nonce: bytes) -> bytes:
    """The data, each bit turned or not as SHAKE-256 of secret and nonce says (FIPS 202, extendable output)."""
    stream = hashlib.shake_256(bytes.fromhex(secret) + nonce).digest(len(data))
    return (int.from_bytes(data, "big") ^ int.from_bytes(stream, "big")).to_bytes(len(data), "big")
