"""The key of one sign-in: made here, and the forum's answer read with it.

2026-11: `cryptography`, which Linux has beside the keyring anyway: RSA written by hand is easy to
get wrong, and its wheels exist for Windows and macOS. Loaded in a sign-in only (0.02 s).
"""

import base64
import binascii
import json
import secrets
from dataclasses import field
from typing import Any, Final

from socialdesk.domain.errors import Refusal, RefusedError
from socialdesk.domain.frozen import frozen

KEY_BITS: Final = 2048
MAX_PAYLOAD: Final = 4096  # characters; a 2048-bit answer has 350

_FOREIGN: Final = "what was pasted is not of this sign-in"


@frozen
class KeyPair:
    """Both as PEM; the private one never leaves memory."""

    public: str
    private: str = field(repr=False)


def new_key_pair() -> KeyPair:
    """A fresh RSA key, good for one sign-in."""
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    private = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    public = key.public_key().public_bytes(
        form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo
    )
    return KeyPair(public.decode("ascii"), private.decode("ascii"))


def api_key_in(pasted: str, private_pem: str, nonce: str) -> str:
    """The API key in the text that the forum showed: base64 of PKCS #1 v1.5 over JSON with `key`
    and `nonce`. Raises RefusedError when it is anything else, a text of another sign-in too."""
    found = _opened(pasted, private_pem)
    key, came_back = found.get("key"), found.get("nonce")
    if not isinstance(key, str) or not key.isalnum() or not isinstance(came_back, str):
        raise RefusedError(Refusal.OTHER, _FOREIGN)
    if not secrets.compare_digest(came_back.encode(), nonce.encode()):
        raise RefusedError(Refusal.OTHER, _FOREIGN)
    return key


def _opened(pasted: str, private_pem: str) -> dict[str, Any]:
    """What the private key shows. A wrong text is no error to OpenSSL 3.2 and later: it gives
    noise, so that nobody learns from the difference; the JSON tells."""
    from cryptography.hazmat.primitives.asymmetric import padding, rsa
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    key = load_pem_private_key(private_pem.encode("ascii"), password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    try:
        sealed = base64.b64decode("".join(pasted[:MAX_PAYLOAD].split()), validate=True)
        found = json.loads(key.decrypt(sealed, padding.PKCS1v15()))
    except (ValueError, binascii.Error, RecursionError):
        found = None  # raised below: the cause would quote what was pasted
    if not isinstance(found, dict):
        raise RefusedError(Refusal.OTHER, _FOREIGN)
    return found
