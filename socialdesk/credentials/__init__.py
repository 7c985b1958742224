"""The system's keyring, nothing else: no file, no fall-back in clear.

2026-11: four files in place of one, for four ideas: what an account may ask (`secret_store`),
how a call is kept from hanging the program (`lane`), how a secret is read and written (`vault`),
and what form it has there (`head`).
"""

from socialdesk.credentials.secret_store import KeyringStatus, SecretStore

__all__ = ["KeyringStatus", "SecretStore"]
