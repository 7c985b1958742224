"""PINs: who looked. Kept as scrypt hashes in the system keyring, asked on an errand's thread.

A PIN tells people at one computer apart; it is no protection against the owner of the computer
account, and the screen that sets one says so.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from typing import Any, Final

from socialdesk.domain.account import Secret
from socialdesk.domain.crisis.look import MIN_SKIP_CHARS
from socialdesk.domain.errors import CommandError, CommandFault, CredentialError
from socialdesk.engine.accounts.secrets import PIN_NAMES, NoKeyring
from socialdesk.engine.commands.statements import ListPins, SetPin
from socialdesk.engine.kit import Kit
from socialdesk.engine.work import here_of
from socialdesk.store import commands, people, pin_tries
from socialdesk.store.file.writer import Transaction

MIN_DIGITS: Final = 6
MAX_DIGITS: Final = 64
_N, _R, _P = 1 << 14, 8, 1  # 16 MB and some 50 ms a try
_SALT_BYTES: Final = 16


class Pins:
    """Nothing of a PIN is ever in the file, only that one was set or tried."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self.work: Mapping[type, Callable[[Any, str], dict[str, Any]]] = {
            SetPin: self._set, ListPins: self._list,
        }  # fmt: skip

    def check(self, person: int, pin: str) -> None:
        """Raises CommandError PERSON (away), PIN (none, wrong, wait), CredentialError."""
        self._kit.readers.here(lambda conn: people.require_at_work(conn, person))
        now = self._kit.clock.now_ms()
        self._kit.readers.here(lambda conn: pin_tries.require_open(conn, person, now))
        kept = self._kit.connections.secrets.read(name_of(person))
        if kept is None:
            raise CommandError(CommandFault.PIN, why="none")
        is_right = fits(pin, kept.value)
        kind = "pin_right" if is_right else "pin_wrong"
        self._kit.writer.submit(lambda tx: pin_tries.note(tx, kind, person, here_of(tx))).result()
        if not is_right:
            n, _ = self._kit.readers.here(lambda conn: pin_tries.n_wrong(conn, person))
            if left := -n % pin_tries.MAX_WRONG:
                raise CommandError(CommandFault.PIN, why="wrong", n=left)
            raise CommandError(CommandFault.PIN, why="wait", n=pin_tries.WAIT_MIN)

    def has(self, person: int) -> bool:
        """Whether this person can look here. Raises CredentialError."""
        return self._kit.connections.secrets.read(name_of(person)) is not None

    def _list(self, command: ListPins, _: str) -> dict[str, Any]:
        everybody = [row.id for row in self._kit.readers.here(people.list_people)]
        secrets = self._kit.connections.secrets
        try:
            people_ = [id for id in everybody if self.has(id)]
        except CredentialError as e:
            return {"people": [], "why": e.fault.value}
        passing = [id for id in people_ if secrets.is_session_only(name_of(id))]
        in_memory = isinstance(secrets, NoKeyring)
        return {"people": people_, "passing": passing, "in_memory": in_memory, "why": ""}

    def _set(self, command: SetPin, command_id: str) -> dict[str, Any]:
        if command.pin and not is_pin(command.pin):
            raise CommandError(CommandFault.PIN, why="short", n=MIN_DIGITS)
        self._kit.readers.here(lambda conn: people.require_at_work(conn, command.person))
        is_forgotten = self._let_change(command)
        kept = self._kit.connections.secrets
        if command.pin:
            kept.keep(name_of(command.person), Secret(hashed(command.pin)))
        else:
            kept.forget(name_of(command.person))

        def once(tx: Transaction) -> int:
            here = here_of(tx)
            if is_forgotten:
                seq = pin_tries.note_forgotten(tx, command.person, command.reason, here)
            else:
                kind = "pin_set" if command.pin else "pin_removed"
                seq = pin_tries.note(tx, kind, command.person, here)
            commands.remember(tx, command_id, seq, {})
            return seq

        return {"seq": self._kit.writer.submit(once).result()}

    def _let_change(self, command: SetPin) -> bool:
        """Whether a PIN is removed without being typed. Raises CommandError PIN (old, wrong, wait,
        reason), CredentialError."""
        if command.reason and not command.pin:
            if len(command.reason.strip()) < MIN_SKIP_CHARS:
                raise CommandError(CommandFault.PIN, why="reason", n=MIN_SKIP_CHARS)
            return self.has(command.person)  # none is removed where there is none
        if self.has(command.person):
            if not command.old:
                raise CommandError(CommandFault.PIN, why="old")
            self.check(command.person, command.old)
        return False


def name_of(person: int) -> str:
    """What a person's PIN is called in the keyring."""
    return f"{PIN_NAMES}{person}"


def is_pin(pin: str) -> bool:
    """Six digits or more."""
    return pin.isascii() and pin.isdigit() and MIN_DIGITS <= len(pin) <= MAX_DIGITS


def hashed(pin: str, salt: bytes = b"") -> str:
    """What is kept: "scrypt$SALT$HASH", hex."""
    salt = salt or secrets.token_bytes(_SALT_BYTES)
    return f"scrypt${salt.hex()}${_scrypt(pin, salt).hex()}"


def fits(pin: str, kept: str) -> bool:
    """Whether it is the PIN that was kept; False for a damaged entry."""
    try:
        _, salt, digest = kept.split("$")
        return hmac.compare_digest(_scrypt(pin, bytes.fromhex(salt)).hex(), digest)
    except ValueError:
        return False


def _scrypt(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=_N, r=_R, p=_P)
