"""Keyrings that misbehave in every way a real one was seen to."""

import threading
from collections.abc import Callable

from keyring import errors
from keyring.backend import KeyringBackend

CANARY = "canary-7f3a9e51"  # in every secret of these tests; must never be seen outside
WINDOWS_LIMIT_BYTES = 2560  # UTF-16


class FakeKeyring(KeyringBackend):
    """A whole keyring in memory. `before_call(act, secret)` may raise, block or return."""

    priority = -1  # never chosen by itself

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[tuple[str, str], str] = {}
        self.before_call: Callable[[str, str], None] = lambda act, secret: None
        self.shown_as: Callable[[str], str] = lambda secret: secret

    def get_password(self, service: str, username: str) -> str | None:
        self.before_call("get", self.entries.get((service, username), ""))
        kept = self.entries.get((service, username))
        return None if kept is None else self.shown_as(kept)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.before_call("set", password)
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.before_call("delete", self.entries.get((service, username), ""))
        if self.entries.pop((service, username), None) is None:
            raise errors.PasswordDeleteError("No such password!")

    def heal(self) -> None:
        """Work as a whole keyring from now on, with what was kept."""
        self.before_call = lambda act, secret: None
        self.shown_as = lambda secret: secret


def refusing(error: Callable[[str], Exception], *acts: str) -> Callable[[str, str], None]:
    """Raises on these acts (none named: all), with the secret in the backend's own words."""

    def before_call(act: str, secret: str) -> None:
        if not acts or act in acts:
            raise error(f"could not {act} {secret} {CANARY}")

    return before_call


def too_long_for_windows(act: str, secret: str) -> None:
    """What keyring's Windows backend does with a value over the limit."""
    if act == "set" and len(secret.encode("utf-16-le")) > WINDOWS_LIMIT_BYTES:
        raise OSError(1783, "CredWrite", "The stub received bad data")


class Door:
    """Blocks callers until it is opened, as a prompt that nobody answers."""

    def __init__(self) -> None:
        self._open = threading.Event()
        self.n_inside = 0

    def __call__(self, act: str, secret: str) -> None:
        self.n_inside += 1
        self._open.wait()

    def open(self) -> None:
        self._open.set()
