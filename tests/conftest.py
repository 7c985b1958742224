"""What holds for every test: no network, no keyring, no home of its own, no unexpected warning."""

import gc
import ipaddress
import logging
import os
import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import keyring
import keyring.backend
import keyring.errors
import pytest
from hypothesis import settings
from pytestqt.qtbot import QtBot

from socialdesk.i18n import set_language
from socialdesk.places import HOME_VARIABLE

# The same examples in every run, so that a red run can be repeated; `hunt` looks for new ones.
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("hunt", deadline=None, max_examples=2000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

# Waits for something on the screen are guards against a hang, not figures: a busy machine needs
# more than pytest-qt's five seconds now and then.
for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitExposed,
             QtBot.waitActive, QtBot.waitCallback):  # fmt: skip
    wait.__kwdefaults__ = {**(wait.__kwdefaults__ or {}), "timeout": 20_000}

pytest_plugins = ["tests.promises.plugin"]  # counts what the promises' tests tried

ExpectLog = Callable[[str], None]


class NetworkForbiddenError(BaseException):
    """A test reached for the network. Not an Exception: no handler of ours may take it for a fault
    of the network and go on."""


class MemoryKeyring(keyring.backend.KeyringBackend):
    """A keyring that forgets everything when its test ends."""

    priority = -1  # never chosen by itself

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.entries.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError("missing")


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: no collection after a test looks through it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _drain_qt(request: pytest.FixtureRequest) -> Iterator[None]:
    """Delete the widgets of this test now; without an event loop deleteLater is not delivered. As
    in the program (`ui/collector.py`), no other thread looks for garbage meanwhile."""
    if not {"qtbot", "qapp"} & set(request.fixturenames):
        yield
        return
    from PySide6.QtCore import QCoreApplication, QEvent

    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Each test begins in the source language, whatever the one before spoke."""
    set_language("en")
    yield
    set_language("en")


@pytest.fixture(autouse=True)
def _no_real_keyring() -> Iterator[None]:
    """An empty keyring in memory, except where tests/with_keyring.sh gave a real one."""
    if os.environ.get("SOCIALDESK_REAL_KEYRING"):
        yield
        return
    before = keyring.get_keyring()
    keyring.set_keyring(MemoryKeyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read from or written to the real user's folders."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Sockets reach loopback and local pipes only; names other than localhost are not looked up."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded_connect(getattr(socket.socket, name)))
        for name in ("getaddrinfo", "gethostbyname"):
            patch.setattr(socket, name, _guarded_lookup(getattr(socket, name)))
        yield


def _guarded_connect(connect: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            raise NetworkForbiddenError(f"a test opened a connection to {address[0]}")
        return connect(self, address)

    return guarded


def _guarded_lookup(look_up: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name and not _is_address(name) and name != "localhost":
            raise NetworkForbiddenError(f"a test looked up the name {name}")
        return look_up(host, *args, **kwargs)

    return guarded


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    return host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


class _LogWatch(logging.Handler):
    """Keeps the records at WARNING and above that nobody said would come."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen: list[str] = []
        self.expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def complaints(self) -> list[str]:
        """Records that match no expected pattern, and patterns that no record matched."""
        unexpected = [s for s in self.seen if not any(re.search(p, s) for p in self.expected)]
        missing = [p for p in self.expected if not any(re.search(p, s) for s in self.seen)]
        return [*unexpected, *(f"expected, but not logged: {p!r}" for p in missing)]


@pytest.fixture(autouse=True)
def _log_watch() -> Iterator[_LogWatch]:
    """A warning that nobody expected fails the test."""
    watch = _LogWatch()
    logging.getLogger().addHandler(watch)
    yield watch
    logging.getLogger().removeHandler(watch)
    if complaints := watch.complaints():
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.fixture
def expect_log(_log_watch: _LogWatch) -> ExpectLog:
    """`expect_log(pattern)`: a record "LEVEL logger: message" that matches must come."""
    return _log_watch.expected.append
