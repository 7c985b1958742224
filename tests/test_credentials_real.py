"""The real GNOME keyring, fresh and unlocked: `make keyring` runs these in with_keyring.sh."""

from contextlib import closing

import pytest

from socialdesk.credentials import SecretStore
from tests.keyrings import CANARY

pytestmark = pytest.mark.keyring


@pytest.fixture
def store():
    store = SecretStore(app="SocialDesk test")
    yield store
    store.close()


def read_anew(account: str) -> str | None:
    store = SecretStore(app="SocialDesk test")
    try:
        return store.wait(store.get(account))
    finally:
        store.close()


def test_the_real_keyring_is_found(store) -> None:
    status = store.wait(store.status())
    assert status.fault is None and "SecretService" in status.backend


@pytest.mark.parametrize("secret", ["t", "Құпия сөз 🔑", CANARY + "x" * 6000, "🔑" * 3000])
def test_a_secret_comes_back_and_goes_without_rest(secret: str, store) -> None:
    store.wait(store.set("bakery/7", secret))
    assert read_anew("bakery/7") == secret
    assert store.wait(store.forget("bakery/7")) is True
    assert read_anew("bakery/7") is None
    assert store.wait(store.forget("bakery/7")) is False


def test_a_changed_secret_replaces_the_old_one(store) -> None:
    for secret in ("x" * 5000, "short", "y" * 2500):
        store.wait(store.set("bakery/8", secret))
        assert read_anew("bakery/8") == secret
    store.wait(store.forget("bakery/8"))


def test_other_programs_find_the_secret_in_the_keyring_itself(store) -> None:
    import secretstorage  # Linux only, and only these tests need it

    store.wait(store.set("bakery/9", CANARY))
    with closing(secretstorage.dbus_init()) as bus:
        (entry,) = secretstorage.search_items(bus, {"service": "SocialDesk test/bakery/9"})
        assert CANARY.encode() in entry.get_secret()
    store.wait(store.forget("bakery/9"))
