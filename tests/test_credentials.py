"""The secret store: long secrets, stuck calls, session-only secrets, and no file in clear."""

import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring import errors
from keyring.backend import KeyringBackend
from keyring.backends import chainer, null

from socialdesk.credentials import SecretStore
from socialdesk.credentials.head import MAX_PART_UNITS, Head, packed
from socialdesk.credentials.secret_store import MAX_STUCK
from socialdesk.domain.errors import CredentialError, CredentialFault
from tests.keyrings import CANARY, Door, FakeKeyring, refusing, too_long_for_windows

ACCOUNT = "bakery/7"
LONG = CANARY + "x" * 6000


@pytest.fixture
def ring() -> FakeKeyring:
    return FakeKeyring()


@pytest.fixture
def store(ring: FakeKeyring) -> Iterator[SecretStore]:
    store = SecretStore(backend=ring, timeout_s=5)
    yield store
    store.close()


def stored(ring: KeyringBackend | None, account: str = ACCOUNT) -> str | None:
    """What a program started anew reads."""
    store = SecretStore(backend=ring, timeout_s=5)
    try:
        return store.wait(store.get(account))
    finally:
        store.close()


@pytest.mark.parametrize("secret", ["t", "", "Құпия сөз 🔑", "a:b:c", "x" * 1000, "x" * 1001, LONG])
def test_a_secret_comes_back_as_it_was(secret: str, store, ring) -> None:
    store.wait(store.set(ACCOUNT, secret))
    assert stored(ring) == secret


@pytest.mark.promise(15)
@pytest.mark.parametrize("secret", ["x" * 4096, LONG, "🔑" * 3000], ids=["4k", "6k", "emoji"])
def test_a_long_token_fits_where_an_entry_takes_2560_bytes(secret: str, store, ring) -> None:
    ring.before_call = too_long_for_windows
    store.wait(store.set(ACCOUNT, secret))
    assert stored(ring) == secret
    assert store.wait(store.forget(ACCOUNT)) is True
    assert ring.entries == {}


@pytest.mark.promise(15)
def test_a_new_long_secret_leaves_no_rest_of_the_old_one(store, ring) -> None:
    for secret in (LONG, LONG[::-1], "short"):
        store.wait(store.set(ACCOUNT, secret))
        assert stored(ring) == secret
    assert len(ring.entries) == 1


@pytest.mark.promise(15)
@pytest.mark.parametrize("n_before_the_crash", range(8))
def test_a_crash_at_any_step_of_a_write_leaves_the_old_or_the_new_whole(n_before_the_crash) -> None:
    ring = FakeKeyring()
    old = SecretStore(backend=ring)
    old.wait(old.set(ACCOUNT, LONG))
    old.close()
    steps = iter(range(n_before_the_crash))

    def power(act: str, secret: str) -> None:
        if act == "set" and next(steps, None) is None:
            raise SystemError("the power went")

    ring.before_call = power
    new = SecretStore(backend=ring)
    whole = LONG
    try:
        new.wait(new.set(ACCOUNT, LONG[::-1]))
        whole = LONG[::-1]
    except CredentialError as e:
        assert e.fault is CredentialFault.REFUSED
    new.close()
    ring.heal()
    assert stored(ring) == whole


@pytest.mark.promise(15)
@pytest.mark.parametrize("n_before", range(8))
def test_a_refused_write_leaves_no_parts_behind(n_before: int, store, ring) -> None:
    store.wait(store.set(ACCOUNT, LONG))
    before, steps = dict(ring.entries), iter(range(n_before))

    def refuse_one(act: str, secret: str) -> None:
        if act == "set" and next(steps, None) is None:
            ring.heal()
            raise errors.PasswordSetError("no")

    ring.before_call = refuse_one
    assert fault_of(store, store.set(ACCOUNT, LONG[::-1])) is CredentialFault.REFUSED
    assert ring.entries == before


def test_a_keyring_that_keeps_something_else_gets_the_old_secret_back() -> None:
    class Parrot(FakeKeyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            super().set_password(service, username, password.replace("new", "old"))

    ring = Parrot()
    store = SecretStore(backend=ring, timeout_s=5)
    store.wait(store.set(ACCOUNT, "first"))
    assert fault_of(store, store.set(ACCOUNT, "new")) is CredentialFault.REFUSED
    assert stored(ring) == "first" == store.wait(store.get(ACCOUNT))
    store.close()


@pytest.mark.parametrize("cut", [1, 40, 75, 80, 500])
def test_a_damaged_entry_is_refused_not_shown(cut: int, store, ring) -> None:
    store.wait(store.set(ACCOUNT, "x" * 600))
    (place,) = ring.entries
    ring.entries[place] = ring.entries[place][:-cut]
    with pytest.raises(CredentialError) as refused:
        stored(ring)
    assert refused.value.fault is CredentialFault.REFUSED


def test_a_missing_part_is_noticed(store, ring) -> None:
    store.wait(store.set(ACCOUNT, LONG))
    del ring.entries[next(place for place in ring.entries if place[1] == "3")]
    with pytest.raises(CredentialError) as refused:
        stored(ring)
    assert refused.value.fault is CredentialFault.REFUSED


def test_a_damaged_entry_can_be_replaced_and_forgotten(store, ring) -> None:
    ring.entries["SocialDesk/bakery/7", "main"] = "something else"
    store.wait(store.set(ACCOUNT, "new"))
    assert stored(ring) == "new"
    ring.entries["SocialDesk/bakery/7", "main"] = "something else"
    assert store.wait(store.forget(ACCOUNT)) is True
    assert ring.entries == {}


def test_accounts_do_not_meet(store, ring) -> None:
    store.wait(store.set("bakery/1", "one"))
    store.wait(store.set("bakery/11", LONG))
    store.wait(store.forget("bakery/1"))
    assert (stored(ring, "bakery/1"), stored(ring, "bakery/11")) == (None, LONG)
    assert len({service for service, user in ring.entries if user == "main"}) == 1


def test_a_secret_once_read_outlives_a_keyring_that_locks(store, ring) -> None:
    store.wait(store.set(ACCOUNT, "t"))
    ring.before_call = refusing(errors.KeyringLocked)
    assert store.wait(store.get(ACCOUNT)) == "t"


@pytest.mark.promise(16)
def test_forgetting_drops_the_secret_from_memory_even_when_the_keyring_refuses(store, ring) -> None:
    store.wait(store.set(ACCOUNT, "t"))
    ring.before_call = refusing(errors.KeyringLocked)
    with pytest.raises(CredentialError):
        store.wait(store.forget(ACCOUNT))
    with pytest.raises(CredentialError):  # asked again, not remembered
        store.wait(store.get(ACCOUNT))


def test_forgetting_what_is_not_there_is_no_error(store) -> None:
    assert store.wait(store.forget(ACCOUNT)) is False


def test_a_refused_deletion_is_told(store, ring) -> None:
    store.wait(store.set(ACCOUNT, LONG))
    ring.before_call = refusing(errors.PasswordDeleteError, "delete")
    with pytest.raises(CredentialError) as refused:
        store.wait(store.forget(ACCOUNT))
    assert refused.value.fault is CredentialFault.REFUSED


def test_a_session_only_secret_is_never_given_to_the_keyring(store, ring) -> None:
    store.keep_for_session(ACCOUNT, "t")
    assert store.wait(store.get(ACCOUNT)) == "t"
    assert ring.entries == {} and store.is_session_only(ACCOUNT)
    assert stored(ring) is None


def test_a_session_only_secret_is_forgotten_where_there_is_no_keyring(ring, store) -> None:
    ring.before_call = refusing(errors.NoKeyringError)
    store.keep_for_session(ACCOUNT, "t")
    assert store.wait(store.forget(ACCOUNT)) is True
    assert not store.is_session_only(ACCOUNT)


def test_a_secret_kept_later_is_no_longer_session_only(store, ring) -> None:
    store.keep_for_session(ACCOUNT, "t")
    store.wait(store.set(ACCOUNT, "t"))
    assert not store.is_session_only(ACCOUNT) and stored(ring) == "t"


@pytest.fixture
def stuck_threads() -> Callable[[], list[threading.Thread]]:
    """Those of this test: another one may have left a store open."""
    before = set(threading.enumerate())

    def made() -> list[threading.Thread]:
        return [t for t in threading.enumerate() if t.name == "keyring" and t not in before]

    return made


@pytest.mark.promise(14)
def test_stuck_calls_do_not_stop_the_next_and_are_never_more_than_three(
    ring, stuck_threads
) -> None:
    store, doors = SecretStore(backend=ring, timeout_s=0.05), []
    for _ in range(MAX_STUCK):
        doors.append(Door())
        ring.before_call = doors[-1]
        assert fault_of(store, store.get(ACCOUNT)) is CredentialFault.TIMEOUT
    ring.heal()
    assert fault_of(store, store.get(ACCOUNT)) is CredentialFault.TIMEOUT  # not asked at all
    assert [door.n_inside for door in doors] == [1] * MAX_STUCK

    doors[0].open()
    stuck = stuck_threads()
    while all(t.is_alive() for t in stuck):
        stuck[0].join(0.01)
    assert store.wait(store.get(ACCOUNT)) is None
    for door in doors:
        door.open()
    store.close()


def test_all_that_wait_behind_a_stuck_call_hear_of_it_at_once_and_are_not_done_later(
    ring, stuck_threads
) -> None:
    door = ring.before_call = Door()
    store = SecretStore(backend=ring, timeout_s=0.05)
    first, second = store.get(ACCOUNT), store.set("bakery/8", "late")
    (stuck,) = stuck_threads()
    assert fault_of(store, first) is CredentialFault.TIMEOUT
    assert second.done() and fault_of(store, second) is CredentialFault.TIMEOUT
    door.open()
    stuck.join()
    assert door.n_inside == 1 and ring.entries == {}
    store.close()


def test_a_write_that_comes_back_too_late_changes_nothing_more(ring, stuck_threads) -> None:
    door = ring.before_call = Door()
    store = SecretStore(backend=ring, timeout_s=0.05)
    assert fault_of(store, store.set(ACCOUNT, "late")) is CredentialFault.TIMEOUT
    (stuck,) = stuck_threads()
    ring.heal()
    store.wait(store.set(ACCOUNT, "new"))
    door.open()
    stuck.join()
    assert stored(ring) == "new" == store.wait(store.get(ACCOUNT))
    store.close()


def test_who_gives_up_waits_for_nothing_and_asks_nothing_more(ring, stuck_threads) -> None:
    door = ring.before_call = Door()
    store = SecretStore(backend=ring, timeout_s=60)
    waiting = store.get(ACCOUNT)
    store.give_up()
    assert waiting.done() and fault_of(store, waiting) is CredentialFault.TIMEOUT
    assert fault_of(store, store.get("bakery/8")) is CredentialFault.TIMEOUT
    door.open()
    for stuck in stuck_threads():
        stuck.join()
    assert door.n_inside <= 1
    store.close()


def fault_of(store: SecretStore, future: Future[Any]) -> CredentialFault | None:
    try:
        store.wait(future)
    except CredentialError as e:
        return e.fault
    return None


def test_the_keyring_is_asked_on_its_own_thread_only(store, ring) -> None:
    threads = set()
    ring.before_call = lambda act, secret: threads.add(threading.current_thread().name)
    store.wait(store.set(ACCOUNT, LONG))
    store.wait(store.forget(ACCOUNT))
    assert threads == {"keyring"}


def test_a_keyring_that_keeps_nothing_is_no_keyring() -> None:
    keyring.set_keyring(null.Keyring())
    store = SecretStore(timeout_s=5)
    assert fault_of(store, store.set(ACCOUNT, "t")) is CredentialFault.NONE
    store.close()


def plaintext_keyring() -> FakeKeyring:
    """What keyrings.alt's file backend looks like from here."""
    kind = type("PlaintextKeyring", (FakeKeyring,), {"__module__": "keyrings.alt.file"})
    return kind()  # type: ignore[no-any-return]


@pytest.mark.promise(14)
def test_a_keyring_that_writes_files_in_clear_is_refused() -> None:
    ring = plaintext_keyring()
    keyring.set_keyring(ring)
    store = SecretStore(timeout_s=5)
    assert fault_of(store, store.set(ACCOUNT, "t")) is CredentialFault.NONE
    assert ring.entries == {}
    store.close()


@pytest.mark.promise(14)
def test_a_chain_never_falls_through_to_a_file_in_clear(monkeypatch) -> None:
    safe, clear = FakeKeyring(), plaintext_keyring()
    safe.before_call = refusing(NotImplementedError)
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [clear, safe])
    keyring.set_keyring(chainer.ChainerBackend())
    store = SecretStore(timeout_s=5)
    assert fault_of(store, store.set(ACCOUNT, "t")) is CredentialFault.REFUSED
    assert clear.entries == {}
    store.close()


def test_secrets_do_not_roam_on_windows(monkeypatch) -> None:
    kind = type("WinVault", (FakeKeyring,), {"__module__": "keyring.backends.Windows"})
    ring = kind()
    keyring.set_keyring(ring)
    monkeypatch.setattr(sys, "platform", "win32")
    assert stored(None) is None
    assert ring.persist == "local machine"


@pytest.mark.promise(16)
def test_nothing_that_is_kept_shows_the_secret_in_its_repr(store) -> None:
    store.keep_for_session(ACCOUNT, CANARY)
    head, _ = packed(CANARY)
    assert CANARY not in repr(store) + repr(head)


@given(st.text())
def test_a_head_is_read_as_it_was_written(secret: str) -> None:
    head, parts = packed(secret)
    assert Head.parse(head.text()) == head and len(parts) == head.n_parts


@pytest.mark.promise(15)
@given(st.text(max_size=4000))
def test_parts_join_to_the_secret_and_each_fits(secret: str) -> None:
    head, parts = packed(secret)
    assert head.inline + "".join(parts) == secret
    sizes = [len(p.encode("utf-16-le", "surrogatepass")) // 2 for p in (*parts, head.inline)]
    assert max(sizes) <= MAX_PART_UNITS


@given(st.text())
def test_any_text_in_the_keyring_is_a_head_or_none(text: str) -> None:
    head = Head.parse(text)
    assert head is None or head.text().startswith("sdk1:")
