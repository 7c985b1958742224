"""The guards of conftest.py themselves: a guard that lets things through fails here."""

import logging
import os
import socket

import keyring
import pytest

from socialdesk.places import data_folder


def refusal() -> type[BaseException]:
    """The guard's exception, from whatever name conftest was loaded under."""
    try:
        socket.getaddrinfo("pond.example", 443)
    except BaseException as e:
        return type(e)
    pytest.fail("a name was looked up")


@pytest.mark.promise(42)
def test_a_name_is_not_looked_up_and_no_handler_hides_it() -> None:
    assert refusal().__name__ == "NetworkForbiddenError"
    assert not issubclass(refusal(), Exception)


@pytest.mark.promise(42)
@pytest.mark.parametrize("address", ["192.0.2.1", "8.8.8.8", "::ffff:192.0.2.1", "2001:db8::1"])
def test_no_connection_leaves_this_machine(address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as s, pytest.raises(refusal()):
        s.connect((address, 443))


def test_loopback_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


def test_home_is_the_tests_own(tmp_path) -> None:
    assert data_folder().is_relative_to(tmp_path)


@pytest.mark.skipif(
    bool(os.environ.get("SOCIALDESK_REAL_KEYRING")), reason="this run is given a real keyring"
)
def test_the_keyring_is_in_memory() -> None:
    assert type(keyring.get_keyring()).__name__ == "MemoryKeyring"


def test_an_expected_warning_passes_and_others_do_not(expect_log, _log_watch) -> None:
    expect_log("WARNING tests.pond: dried up")
    logging.getLogger("tests.pond").warning("dried up")
    assert not _log_watch.complaints()

    logging.getLogger("tests.pond").error("frogs left")
    assert _log_watch.complaints() == ["ERROR tests.pond: frogs left"]
    _log_watch.seen.pop()


def test_an_expected_warning_must_come(expect_log, _log_watch) -> None:
    expect_log("never logged")
    assert _log_watch.complaints() == ["expected, but not logged: 'never logged'"]
    _log_watch.expected.clear()
