"""What is said to a mail server, what its answers mean, and that nobody reads of it later."""

import ast
import gc
import logging
import time
from pathlib import Path

import pytest

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    ConnectorError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.networks import imap
from socialdesk.networks.imap import NETWORK, connector
from socialdesk.networks.imap.grammar import folder_name, quoted, read_values
from socialdesk.networks.imap.mailbox import STOP_S
from socialdesk.networks.scripted import everything
from socialdesk.networks.testing import read_on, session_with
from tests.networks.fake_imap import FOLDER, PASSWORD, USER, FakeImap, FakeSocket
from tests.networks.imap_kit import MENTIONS, SINCE, letter
from tests.networks.samples.imap import SAMPLE

READING = {b"CAPABILITY", b"LOGIN", b"AUTHENTICATE", b"EXAMINE", b"UID", b"IDLE", b"LOGOUT"}


@pytest.fixture
def server():
    return FakeImap()


@pytest.fixture
def mailbox(server):
    return SAMPLE.connect(server)


def answering(server, monkeypatch, command, answer):
    """From now on the server answers one command so."""

    def said(self, tag, _):
        self._say(tag + b" " + answer)

    monkeypatch.setattr(FakeSocket, f"_{command}", said)
    return server


REFUSALS = [
    ("login", b"NO [AUTHENTICATIONFAILED] no", AuthExpiredError),
    ("login", b"NO [AUTHORIZATIONFAILED] no", AuthExpiredError),
    ("login", b"NO [EXPIRED] no", AuthExpiredError),
    ("login", b"NO LOGIN failed.", AuthExpiredError),
    ("login", b"NO [ALERT] Application-specific password required (Failure)", AuthExpiredError),
    ("login", b"NO [UNAVAILABLE] later", UnreachableError),
    ("login", b"NO [LIMIT] later", RateLimitedError),
    ("login", b"NO [INUSE] later", RateLimitedError),
    ("login", b"NO [ALERT] Too many simultaneous connections. (Failure)", RateLimitedError),
    ("login", b"NO [OVERQUOTA] later", RateLimitedError),
    ("login", b"NO [THROTTLED] later", RateLimitedError),
    ("login", b"NO [CONTACTADMIN] ask", RefusedError),
    ("login", b"NO [PRIVACYREQUIRED] no", RefusedError),
    ("examine", b"NO [NONEXISTENT] none", RefusedError),
    ("examine", b"NO none", RefusedError),
    ("examine", b"NO [NOPERM] no", RefusedError),
    ("examine", b"NO [SERVERBUG] oops", UnreachableError),
    ("examine", b"BAD what?", RefusedError),
    ("examine", b"OK and no numbers", BadAnswerError),
    ("capability", b"BAD what?", BadAnswerError),
    ("capability", b"MAYBE", BadAnswerError),
    ("search", b"NO [UNAVAILABLE] later", UnreachableError),
    ("search", b"BAD what?", BadAnswerError),
]


@pytest.mark.parametrize(("command", "answer", "error"), REFUSALS)
def test_each_refusal_is_the_error_it_should_be(command, answer, error, server, monkeypatch):
    answering(server, monkeypatch, command, answer)
    with pytest.raises(error) as caught:
        SAMPLE.connect(server).fetch(MENTIONS, None, since=SINCE)
    assert type(caught.value) is error
    if isinstance(caught.value, UnreachableError):
        assert not caught.value.maybe_done


@pytest.mark.parametrize(
    ("greeting", "error"),
    [
        (b"* BYE too many connections from your address", RateLimitedError),
        (b"* BYE [UNAVAILABLE] later", UnreachableError),
        (b"* BYE go away", UnreachableError),
        (b"* PREAUTH nobody needs to ask", BadAnswerError),
        (b"220 smtp.example ESMTP", BadAnswerError),
        (b"HTTP/1.1 400 Bad Request", BadAnswerError),
    ],
)
def test_a_server_that_turns_us_away(greeting, error, server, mailbox):
    server.greeting = greeting
    with pytest.raises(error):
        mailbox.card()


def test_a_bye_in_the_middle_is_no_end_of_the_sign_in(server, monkeypatch):
    def said(self, tag, _):
        self._say(b"* BYE Server shutting down")

    monkeypatch.setattr(FakeSocket, "_examine", said)
    with pytest.raises(UnreachableError):
        SAMPLE.connect(server).card()


def test_a_folder_that_is_gone_is_told_as_that(server):
    settings = {**SAMPLE.settings, "folder": "Nothing\r\nhere"}
    for folder in ("Nothing", settings["folder"]):
        gone = NETWORK.connect(
            session_with(server), {**settings, "folder": folder}, SAMPLE.secret, lambda _: None
        )
        with pytest.raises(RefusedError) as caught:
            gone.card()
        assert caught.value.reason is Refusal.GONE


# What is said


def test_nothing_said_can_change_a_mailbox(server, mailbox):
    server.add(letter())
    _, _, cursor = read_on(mailbox, MENTIONS, None, SINCE)
    mailbox.card()
    mailbox.wait(MENTIONS, cursor, lambda: True)
    assert {said.split(b" ")[0] for said in server.said} <= READING
    for said in server.said:
        assert b"BODY[" not in said
        assert not said.startswith(b"UID ") or said.split(b" ")[1] in (b"SEARCH", b"FETCH")


def test_no_source_of_ours_knows_a_command_that_changes():
    found = set()
    for path in Path(imap.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, bytes):
                found |= set(node.value.upper().split())
    changing = {b"STORE", b"COPY", b"MOVE", b"APPEND", b"EXPUNGE", b"SELECT", b"DELETE", b"CREATE",
                b"RENAME", b"CLOSE", b"SUBSCRIBE"}  # fmt: skip
    assert b"EXAMINE" in found
    assert not found & changing


@pytest.mark.parametrize(
    ("abilities", "user", "way"),
    [
        (b"IMAP4rev1 AUTH=PLAIN", USER, b"LOGIN"),
        (b"IMAP4rev1 AUTH=PLAIN LOGINDISABLED", USER, b"AUTHENTICATE"),
        (b"IMAP4rev1 AUTH=PLAIN", "анна@shop.example", b"AUTHENTICATE"),
    ],
)
def test_the_way_of_signing_in_follows_the_server(abilities, user, way, server):
    server.abilities = abilities
    settings = {**SAMPLE.settings, "user": user}
    mailbox = NETWORK.connect(session_with(server), settings, SAMPLE.secret, lambda _: None)
    if user == USER:
        mailbox.card()
    else:
        with pytest.raises(AuthExpiredError):
            mailbox.card()
    assert server.said[1].split(b" ")[0] == way


def test_a_server_that_takes_no_passwords_gets_none(server, mailbox):
    server.abilities = b"IMAP4rev1 LOGINDISABLED AUTH=XOAUTH2"
    with pytest.raises(RefusedError):
        mailbox.card()
    assert server.said == [b"CAPABILITY", b"LOGOUT"]


def test_words_in_lines_are_quoted():
    assert quoted('a "b" \\c') == b'"a \\"b\\" \\\\c"'
    for bad in ("a\r\nb", "a\0b", "я"):
        with pytest.raises(ValueError, match="fits into a line"):
            quoted(bad)


@pytest.mark.parametrize(
    ("name", "wire"),
    [
        ("INBOX", b'"INBOX"'), ("Review Mails", b'"Review Mails"'), ("R&D", b'"R&-D"'),
        ("Entwürfe", b'"Entw&APw-rfe"'), ("Отзывы", b'"&BB4EQgQ3BEsEMgRL-"'),
        ("台北/日本語", b'"&U,BTFw-/&ZeVnLIqe-"'), ("a\\b", b'"a\\\\b"'),
    ],
)  # fmt: skip
def test_folder_names_are_written_as_servers_do(name, wire):
    """The Chinese one is the example of RFC 3501 §5.1.3."""
    assert folder_name(name) == wire


def test_answers_are_read_as_they_are_nested():
    read = read_values(
        [b'* 1 FETCH (UID 3 FLAGS () X "a \\"b\\"" BODY[HEADER.FIELDS (A B)]<0> NIL)']
    )
    assert read == [
        b"*", b"1", b"FETCH",
        [b"UID", b"3", b"FLAGS", [], b"X", b'a "b"', b"BODY[HEADER.FIELDS (A B)]<0>", None],
    ]  # fmt: skip
    for bad in (b"(", b")", b"(()", b'"open', b"a]["):
        with pytest.raises(BadAnswerError):
            read_values([bad])


# Waiting


def test_news_end_the_wait(server, mailbox):
    _, _, cursor = read_on(mailbox, MENTIONS, None, SINCE)
    server.pushes = [b"* OK Still here", b"* 0 RECENT", b"* 1 EXISTS"]
    assert mailbox.wait(MENTIONS, cursor, lambda: False) is True
    assert server.said[-2:] == [b"IDLE", b"LOGOUT"]


class Asked:
    """A `stop` that never says so, and counts."""

    n = 0

    def __call__(self):
        self.n += 1
        return False


def test_silence_ends_after_its_time(server, mailbox, monkeypatch):
    monkeypatch.setattr(connector, "WAIT_S", 5)
    _, _, cursor = read_on(mailbox, MENTIONS, None, SINCE)
    stop = Asked()
    assert mailbox.wait(MENTIONS, cursor, stop) is False
    assert stop.n == 10  # once for every half second of silence


def test_one_wait_is_over_long_before_servers_end_it():
    assert connector.WAIT_S < 29 * 60
    assert STOP_S <= 1


def test_a_stop_ends_the_wait(server, mailbox):
    _, _, cursor = read_on(mailbox, MENTIONS, None, SINCE)
    answers = iter([False, False, True])
    assert mailbox.wait(MENTIONS, cursor, lambda: next(answers)) is False
    assert server.said[-2:] == [b"IDLE", b"LOGOUT"]


def test_a_server_that_shuts_down_while_we_wait(server, mailbox):
    _, _, cursor = read_on(mailbox, MENTIONS, None, SINCE)
    server.pushes = [b"* BYE Shutting down"]
    with pytest.raises(UnreachableError):
        mailbox.wait(MENTIONS, cursor, lambda: False)


@pytest.mark.parametrize("pushes", [[], [b"* OK Still here"]])
def test_without_idle_the_time_passes_all_the_same(pushes, server, mailbox, monkeypatch):
    monkeypatch.setattr(connector, "WAIT_S", 5)
    server.abilities = b"IMAP4rev1"
    _, _, cursor = read_on(mailbox, MENTIONS, None, SINCE)
    begin = time.monotonic()
    stop = Asked()
    assert mailbox.wait(MENTIONS, cursor, stop) is False
    assert stop.n == 10 and time.monotonic() - begin < 5
    assert b"IDLE" not in server.said


def test_what_is_waiting_already_is_news(server, mailbox):
    _, _, cursor = read_on(mailbox, MENTIONS, None, SINCE)
    server.add(letter())
    assert mailbox.wait(MENTIONS, cursor, lambda: True) is True
    assert mailbox.wait(MENTIONS, None, lambda: True) is False  # never fetched: nothing to compare


# Secrets

CANARIES = (PASSWORD, USER, USER.partition("@")[0], FOLDER, "BB4EQgQ3BEsEMgRL", "canary-words")


def test_no_log_no_error_and_no_repr_names_the_person(server, caplog, monkeypatch):
    """Whatever the server sends back of it, at every step."""
    caplog.set_level(logging.DEBUG)
    server.add(letter(b"canary-words", Subject="canary-words"))
    mailbox = NETWORK.connect(session_with(server), SAMPLE.settings, SAMPLE.secret, lambda _: None)
    page = mailbox.fetch(MENTIONS, None, since=SINCE)
    shown = [repr(mailbox), repr(vars(mailbox)), repr(page.rejects)]
    echo = f"{PASSWORD} {USER} {FOLDER}".encode()
    for code in (b"", b"[ALERT] ", b"[NONEXISTENT] ", b"[LIMIT] ", b"[AUTHENTICATIONFAILED] "):
        for command in ("capability", "login", "examine", "search", "fetch", "idle"):
            with monkeypatch.context() as patch:
                answering(server, patch, command, b"NO " + code + echo)
                shown += [failure_of(mailbox.fetch, MENTIONS, None, since=SINCE)]
                shown += [failure_of(mailbox.wait, MENTIONS, None, lambda: True)]
    wrong = NETWORK.connect(
        session_with(server), SAMPLE.settings, Secret("canary-pass-other"), lambda _: None
    )
    shown += [failure_of(wrong.card), repr(wrong)]
    text = "\n".join([*shown, caplog.text])
    assert "AuthExpiredError" in text
    for canary in (*CANARIES, "canary-pass-other"):
        assert canary.lower() not in text.lower(), canary


def failure_of(call, *args, **named):
    try:
        call(*args, **named)
    except ConnectorError as e:
        return everything(e)
    return ""


def test_every_connection_is_closed(server, mailbox, monkeypatch):
    closed = []
    monkeypatch.setattr(FakeSocket, "close", lambda self: closed.append(self))
    _, _, cursor = read_on(mailbox, MENTIONS, None, SINCE)
    mailbox.wait(MENTIONS, cursor, lambda: True)
    server.always(401)
    with pytest.raises(AuthExpiredError):
        mailbox.card()
    server.always(200, b"<html>")
    with pytest.raises(BadAnswerError):
        mailbox.card()
    gc.collect()
    assert len(closed) == server.n_dialled == 4
