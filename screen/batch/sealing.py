"""What is stored of a photo is sealed with a key made of the photo's own bytes, which is kept nowhere.

Whoever has the photo can read in it what the store holds; whoever has the store alone, from a backup or a lost disk,
reads neither the names in the hidden data of a photo nor the writing in it.
"""

from __future__ import annotations

import hashlib
import secrets

#: Bytes that make each sealing of the same photo another one (NIST SP 800-38D asks for 96 bits).
NONCE = 12


def secret_of(data: bytes, context: bytes) -> str:
    """The key for what is found in a photo under a context, hex; another hash of its bytes than the digest."""
    key = hashlib.sha256(context).digest()
    return hashlib.blake2b(data, digest_size=32, key=key, person=b"photoscreen").hexdigest()


def sealed(plain: bytes, secret: str) -> bytes:
    """The bytes, to be opened with the same secret only (AES-256-GCM)."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(bytes.fromhex(secret)).encrypt(nonce, plain, None)


def opened(packed: bytes, secret: str) -> bytes:
    """What was sealed.

    Raises:
        ValueError: it was sealed with another secret, or changed since.
    """
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    try:
        return AESGCM(bytes.fromhex(secret)).decrypt(packed[:NONCE], packed[NONCE:], None)
    except InvalidTag as error:
        message = "sealed with another secret, or changed since"
        raise ValueError(message) from error
