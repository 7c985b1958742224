"""Our mailbox connector against Dovecot and pymap: `make realserver`."""

import os
import re
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import requests.adapters

from socialdesk.domain.account import Can, Secret
from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.networks.http import session
from socialdesk.networks.imap import NETWORK, connector, dialling
from socialdesk.networks.imap.grammar import folder_name
from socialdesk.networks.testing import read_on
from tests.networks.imap_kit import FOLDER as FIXTURES
from tests.networks.imap_kit import MENTIONS, fetched
from tests.realserver.mail.servers import TLS, dovecot, missing, pymap

pytestmark = [pytest.mark.realserver, pytest.mark.timeout(120)]

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
FOLDER = "Отзывы & more"
WIRE_FOLDER = folder_name(FOLDER).decode()


@pytest.fixture(scope="module", params=["dovecot", "pymap"])
def server(request, tmp_path_factory):
    if why := missing(request.param):
        (pytest.fail if os.environ.get("CI") else pytest.skip)(why)
    with dovecot() if request.param == "dovecot" else pymap(tmp_path_factory.mktemp("pymap")) as it:
        yield it


@pytest.fixture(scope="module")
def secure_server():
    if why := missing("dovecot"):
        (pytest.fail if os.environ.get("CI") else pytest.skip)(why)
    with dovecot() as it:
        yield it


@pytest.fixture
def folder(server):
    """A folder with three letters, one of them without a Message-ID."""
    server.deliver(WIRE_FOLDER, letter("one"), letter("two"), letter("three", message_id=""))
    yield WIRE_FOLDER
    server.drop(WIRE_FOLDER)


def letter(words, *, message_id="<%s@people.example>", extra=""):
    named = f"Message-ID: {message_id % words}\r\n" if message_id else ""
    return (
        f"From: Ann Example <ann@people.example>\r\nTo: reviews@shop.example\r\n{named}"
        f"Subject: =?utf-8?q?About_{words}_=E2=98=85?=\r\nDate: Sat, 21 Nov 2026 09:00:00 +0000\r\n"
        f"{extra}MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        f"Words of {words}\r\n"
    ).encode()


def multipart(kind, *parts, boundary="b"):
    """The headers and body of a letter of several parts, each given with its own headers."""
    body = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    head = f"Content-Type: multipart/{kind}; boundary={boundary}\r\n\r\n"
    return f"MIME-Version: 1.0\r\n{head}{body}--{boundary}--\r\n"


PLAIN = "Content-Type: text/plain; charset=utf-8\r\n\r\nplain words"
HTML = "Content-Type: text/html; charset=utf-8\r\n\r\n<p>rich <b>words</b></p>"
PICTURE = "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA"


def typed(server, **other):
    fields = {"host": "127.0.0.1", "port": str(server.port), "user": server.user,
              "password": server.password, "folder": FOLDER}  # fmt: skip
    return fields | other


def signed_in(server, **other):
    http = session(allow_private_hosts=frozenset({"127.0.0.1"}))
    signed = NETWORK.sign_in(http, typed(server, **other))
    assert signed.secret == Secret(server.password)
    return NETWORK.connect(http, signed.settings, signed.secret, lambda _: None)


def test_letters_are_read_and_what_comes_later_is_found(server, folder):
    mailbox = signed_in(server)
    mentions, _, cursor = read_on(mailbox, MENTIONS, None, LONG_AGO)
    assert sorted(m.body.strip() for m in mentions) == [
        "Words of one", "Words of three", "Words of two",
    ]  # fmt: skip
    assert {m.title for m in mentions} == {f"About {n} ★" for n in ("one", "two", "three")}
    assert sum(m.uri.startswith("mid:") for m in mentions) == 2

    again, _, cursor = read_on(mailbox, MENTIONS, cursor, LONG_AGO)
    assert again == []  # n:* names the last letter again
    server.deliver(WIRE_FOLDER, letter("later"))
    later, _, _ = read_on(mailbox, MENTIONS, cursor, LONG_AGO)
    assert [m.uri for m in later] == ["mid:later@people.example"]


def test_nothing_in_the_mailbox_changes(server, folder):
    before = server.snapshot(WIRE_FOLDER)
    mailbox = signed_in(server)
    mentions, _, cursor = read_on(mailbox, MENTIONS, None, LONG_AGO)
    read_on(mailbox, MENTIONS, cursor, LONG_AGO)
    mailbox.wait(MENTIONS, cursor, lambda: True)
    assert len(mentions) == len(before) == 3
    assert server.snapshot(WIRE_FOLDER) == before


def test_a_page_ends_and_goes_on(server, folder, monkeypatch):
    monkeypatch.setattr(connector, "PAGE_SIZE", 2)
    mailbox = signed_in(server)
    mentions, pages, _ = read_on(mailbox, MENTIONS, None, LONG_AGO)
    assert [len(page.mentions) for page in pages] == [2, 1]
    assert len({m.uri for m in mentions}) == 3


def test_since_leaves_out_what_is_older(server, folder):
    """APPEND without a date is filed under now, whatever the letter says."""
    ahead = datetime.now(UTC) + timedelta(days=3)
    mailbox = signed_in(server)
    mentions, pages, cursor = read_on(mailbox, MENTIONS, None, ahead)
    assert mentions == [] and not pages[-1].more
    assert read_on(mailbox, MENTIONS, cursor, ahead)[0] == []


def test_a_folder_made_anew_is_read_again_under_the_same_names(server, folder):
    mailbox = signed_in(server)
    mentions, _, cursor = read_on(mailbox, MENTIONS, None, LONG_AGO)
    server.drop(WIRE_FOLDER)
    server.deliver(WIRE_FOLDER, letter("four"), letter("three", message_id=""), letter("one"))
    again, _, _ = read_on(mailbox, MENTIONS, cursor, LONG_AGO)
    known = {m.uri for m in mentions}
    assert [m.uri for m in again if m.uri not in known] == ["mid:four@people.example"]
    assert len(again) == 3


def test_news_are_pushed(server, folder):
    mailbox = signed_in(server)
    assert Can.WAIT in mailbox.card().can
    _, _, cursor = read_on(mailbox, MENTIONS, None, LONG_AGO)
    is_waiting = threading.Event()

    def stop():
        is_waiting.set()  # asked for the first time when IDLE has begun
        return False

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(mailbox.wait, MENTIONS, cursor, stop)
        assert is_waiting.wait(20)
        server.deliver(WIRE_FOLDER, letter("pushed"))
        assert waiting.result(30)
    later, _, _ = read_on(mailbox, MENTIONS, cursor, LONG_AGO)
    assert [m.uri for m in later] == ["mid:pushed@people.example"]


def test_waiting_ends_when_told(server, folder):
    mailbox = signed_in(server)
    _, _, cursor = read_on(mailbox, MENTIONS, None, LONG_AGO)
    assert mailbox.wait(MENTIONS, cursor, lambda: True) is False


def test_what_came_before_waiting_began_is_news(server, folder):
    mailbox = signed_in(server)
    _, _, cursor = read_on(mailbox, MENTIONS, None, LONG_AGO)
    server.deliver(WIRE_FOLDER, letter("between"))
    assert mailbox.wait(MENTIONS, cursor, lambda: True) is True


def test_a_large_attachment_is_never_fetched(server, folder):
    """The words of the letter come; its five megabytes do not."""
    parts = (
        "--b\r\nContent-Type: text/plain\r\n\r\nSee the picture\r\n"
        "--b\r\nContent-Type: text/plain; name=log.txt\r\n"
        "Content-Disposition: attachment; filename=log.txt\r\n\r\n"
        f"{'x' * 70}\r\n"
        "--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + "A" * 76 * 70_000
        + "\r\n--b--\r\n"
    )
    head = (
        "From: Ann <ann@people.example>\r\nMessage-ID: <big@people.example>\r\nSubject: Big\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    )
    server.deliver(WIRE_FOLDER, (head + parts).encode())
    mentions, pages, _ = read_on(signed_in(server), MENTIONS, None, LONG_AGO)
    assert not [reject for page in pages for reject in page.rejects]
    assert next(m for m in mentions if m.title == "Big").body == "See the picture"


ODD = {
    "nested": multipart("mixed", multipart("alternative", PLAIN, HTML, boundary="c"), PICTURE),
    "a letter in a letter": multipart("mixed", f"Content-Type: message/rfc822\r\n\r\n{PLAIN}"),
    "letters in letters": multipart(
        "digest", "Content-Type: message/rfc822\r\n\r\n" + multipart("mixed", HTML, boundary="c")
    ),
    "no words": multipart("mixed", PICTURE),
    "empty": "Content-Type: text/plain\r\n\r\n",
    "HTML alone": HTML,
    "raw headers": "Subject: Хлеб чёрствый\r\n" + PLAIN,
    "no headers of its own": "\r\njust words",
    "other boundary": "Content-Type: multipart/mixed; boundary=b\r\n\r\n--c\r\nwords\r\n--c--",
}


def test_odd_letters_are_read_as_from_the_server_in_our_tests(server):
    letters = {
        odd: f"From: Ann <ann@people.example>\r\nMessage-ID: <{n}@a>\r\n{rest}".encode()
        for n, (odd, rest) in enumerate(ODD.items())
    }
    if server.numbers_otherwise:
        attached = letters.pop("letters in letters")
        (mention,) = read_alone(server, attached).mentions
        assert "rich words" in mention.body
    assert told(read_alone(server, *letters.values())) == told(fetched(*letters.values()))


def test_notices_are_read_as_from_the_server_in_our_tests(server):
    letters = [path.read_bytes() for path in sorted(FIXTURES.glob("*.eml"))]
    page = read_alone(server, *letters)
    assert told(page) == told(fetched(*letters))
    assert all(m.url.startswith("https://") for m in page.mentions)


def read_alone(server, *letters):
    server.deliver(WIRE_FOLDER, *letters)
    try:
        return signed_in(server).fetch(MENTIONS, None, since=LONG_AGO)
    finally:
        server.drop(WIRE_FOLDER)


def told(page):
    """All but the time of delivery; servers differ in the line ends behind the words."""
    assert page.mentions and not page.rejects
    return {
        m.uri: (m.title, m.body.strip(), m.n_stars, m.author, m.url, m.kind) for m in page.mentions
    }


def test_a_wrong_password_is_told_at_once(server, folder):
    with pytest.raises(AuthExpiredError):
        signed_in(server, password="not-this-one")


def test_words_that_are_not_ascii_sign_in_too(server, folder):
    """Refused, for the password is wrong, and not broken off."""
    with pytest.raises(AuthExpiredError):
        signed_in(server, password="пароль")


def test_a_folder_that_is_gone_is_told(server):
    with pytest.raises(RefusedError) as caught:
        signed_in(server, folder="No such folder")
    assert caught.value.reason is Refusal.GONE


def test_another_kind_of_server_is_told(server):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        def answer():
            line, _ = other.accept()
            with line:
                line.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")
                line.recv(10)

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises((BadAnswerError, UnreachableError)):
            signed_in(server, port=str(port))
        thread.join()


# Encryption, which Dovecot offers from the start and by STARTTLS


@pytest.fixture
def at_shop_test(monkeypatch):
    """shop.test is on loopback, and its authority is trusted."""

    def resolve(host, port, *_):
        assert host == "shop.test"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(TLS / "authority.pem"))
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return session(allow_private_hosts=frozenset({"shop.test"}))


def secure_fields(server, port):
    return typed(server, host="shop.test", port=str(port), folder="INBOX")


def test_a_mailbox_is_read_through_tls(secure_server, at_shop_test):
    fields = secure_fields(secure_server, secure_server.secure_port)
    assert NETWORK.sign_in(at_shop_test, fields).card.server == "shop.test"


def test_a_mailbox_is_read_after_starttls(secure_server, at_shop_test, monkeypatch):
    monkeypatch.setattr(dialling, "STARTTLS_PORT", secure_server.port)
    fields = secure_fields(secure_server, secure_server.port)
    assert NETWORK.sign_in(at_shop_test, fields).card.server == "shop.test"


def test_no_password_is_sent_where_tls_fails(secure_server, at_shop_test, monkeypatch):
    monkeypatch.undo()
    plain_port = secure_server.port  # speaks no TLS there
    http = session(allow_private_hosts=frozenset({"127.0.0.1"}))
    monkeypatch.setattr(dialling, "_is_loopback", lambda _: False)
    with pytest.raises(UnreachableError) as caught:
        NETWORK.sign_in(http, typed(secure_server, port=str(plain_port)))
    assert re.search("TLS|in time|hung up|broke", str(caught.value))


def test_a_stranger_certificate_is_refused(secure_server, monkeypatch):
    monkeypatch.setattr(dialling, "_is_loopback", lambda _: False)
    http = session(allow_private_hosts=frozenset({"127.0.0.1"}))
    fields = typed(secure_server, port=str(secure_server.secure_port), folder="INBOX")
    with pytest.raises(UnreachableError, match=r"certificate of 127\.0\.0\.1 is not valid"):
        NETWORK.sign_in(http, fields)
