"""The nine states of a keyring, each met by a read, a write and a disconnect.

Whatever the state: a clear reason, no crash, no secret outside, nothing written to a file, and the
secret from before still whole.
"""

import logging
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring import errors
from keyring.backends import fail

from socialdesk.credentials import SecretStore
from socialdesk.domain.errors import CredentialError, CredentialFault
from tests.keyrings import CANARY, Door, FakeKeyring, refusing, too_long_for_windows

BEFORE = f"{CANARY}-before"
AFTER = f"{CANARY}-after"
ACCOUNT = "bakery/7"
State = Callable[[FakeKeyring], FakeKeyring | None]


def none(ring: FakeKeyring) -> None:
    keyring.set_keyring(fail.Keyring())


def locked(ring: FakeKeyring) -> FakeKeyring:
    ring.before_call = refusing(errors.KeyringLocked)
    return ring


def cancelled(ring: FakeKeyring) -> FakeKeyring:
    ring.before_call = refusing(errors.KeyringError)
    return ring


def hanging(ring: FakeKeyring) -> FakeKeyring:
    ring.before_call = Door()
    return ring


def refusing_to_set(ring: FakeKeyring) -> FakeKeyring:
    ring.before_call = refusing(errors.PasswordSetError, "set")
    return ring


def raising_on_get(ring: FakeKeyring) -> FakeKeyring:
    ring.before_call = refusing(RuntimeError, "get")
    return ring


def giving_a_wrong_value(ring: FakeKeyring) -> FakeKeyring:
    ring.shown_as = lambda secret: secret.replace("canary", "parrot")
    return ring


def limited_to_2560_bytes(ring: FakeKeyring) -> FakeKeyring:
    ring.before_call = too_long_for_windows
    return ring


def swapped(ring: FakeKeyring) -> FakeKeyring:
    return FakeKeyring()


NONE, LOCKED = CredentialFault.NONE, CredentialFault.LOCKED
TIMEOUT, REFUSED = CredentialFault.TIMEOUT, CredentialFault.REFUSED
# What read, write and disconnect give: an answer, or the reason why there is none.
OUTCOMES: dict[State, tuple[object, object, object]] = {
    none: (NONE, NONE, NONE),
    locked: (LOCKED, LOCKED, LOCKED),
    cancelled: (REFUSED, REFUSED, REFUSED),
    hanging: (TIMEOUT, TIMEOUT, TIMEOUT),
    refusing_to_set: (BEFORE, REFUSED, True),
    raising_on_get: (REFUSED, REFUSED, REFUSED),
    giving_a_wrong_value: (REFUSED, REFUSED, True),
    limited_to_2560_bytes: (BEFORE, None, True),
    swapped: (None, None, False),
}
ACTS: tuple[Callable[[SecretStore], Future[Any]], ...] = (
    lambda store: store.get(ACCOUNT),
    lambda store: store.set(ACCOUNT, AFTER),
    lambda store: store.forget(ACCOUNT),
)
CASES = [
    pytest.param(state, act, expected, id=f"{state.__name__}-{name}")
    for state, outcomes in OUTCOMES.items()
    for name, act, expected in zip(("get", "set", "forget"), ACTS, outcomes, strict=True)
]


@pytest.fixture
def ring() -> Iterator[FakeKeyring]:
    """A keyring that holds BEFORE; hanging calls are let go when the test ends."""
    ring = FakeKeyring()
    store = SecretStore(backend=ring)
    store.wait(store.set(ACCOUNT, BEFORE))
    store.close()
    yield ring
    if isinstance(ring.before_call, Door):
        ring.before_call.open()


@pytest.fixture
def ask(ring: FakeKeyring):
    """`ask(state, act)`: the act's answer or its CredentialError, by a store new to the ring."""

    def ask(state: State, act: Callable[[SecretStore], Future[Any]]) -> object:
        store = SecretStore(backend=state(ring), timeout_s=0.2)
        try:
            return store.wait(act(store))
        except CredentialError as e:
            return e
        finally:
            store.close()

    return ask


@pytest.mark.promise(14)
@pytest.mark.parametrize(("state", "act", "expected"), CASES)
def test_each_state_has_a_clear_reason(state, act, expected, ask) -> None:
    answer = ask(state, act)
    assert (answer.fault if isinstance(answer, CredentialError) else answer) == expected


@pytest.mark.promise(14)
@pytest.mark.parametrize(("state", "act", "expected"), CASES)
def test_no_state_lets_the_secret_out(state, act, expected, ask, tmp_path: Path, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    answer = ask(state, act)
    if isinstance(answer, CredentialError):
        logging.getLogger("tests").debug("refused", exc_info=answer)
        told = [str(answer), repr(answer), *traceback.format_exception(answer), caplog.text]
        told += [repr(e) for e in (answer.__cause__, answer.__context__)]
        assert not [text for text in told if CANARY in text]
    files = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert not [p for p in files if CANARY.encode() in p.read_bytes()]


@pytest.mark.promise(14)
@pytest.mark.parametrize("state", [locked, cancelled, hanging, refusing_to_set, raising_on_get])
def test_a_refused_write_leaves_the_secret_from_before_whole(state, ring, ask) -> None:
    assert isinstance(ask(state, ACTS[1]), CredentialError)
    if isinstance(ring.before_call, Door):
        ring.before_call.open()
    ring.heal()
    store = SecretStore(backend=ring)
    assert store.wait(store.get(ACCOUNT)) == BEFORE
    store.close()


@pytest.mark.promise(14)
@pytest.mark.parametrize("state", OUTCOMES, ids=lambda state: state.__name__)
def test_status_names_the_fault_of_each_state(state, ask) -> None:
    status = ask(state, lambda store: store.status())
    if state is hanging:
        assert status.fault is TIMEOUT  # the error itself: nothing answered
    else:
        expected = {none: NONE, locked: LOCKED, cancelled: REFUSED, raising_on_get: REFUSED}
        assert status.fault is expected.get(state)
        assert CANARY not in repr(status)


@pytest.mark.promise(14)
def test_a_session_only_secret_works_in_every_state(ring: FakeKeyring) -> None:
    for state in OUTCOMES:
        store = SecretStore(backend=state(ring), timeout_s=0.2)
        store.keep_for_session(ACCOUNT, AFTER)
        assert store.wait(store.get(ACCOUNT)) == AFTER and store.is_session_only(ACCOUNT)
        store.close()
        assert not store.is_session_only(ACCOUNT)
