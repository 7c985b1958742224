"""Reading a mail folder: paging, numbering, what is kept, what is typed at sign-in."""

import re
from datetime import timedelta
from random import Random

import pytest

from socialdesk.domain.account import Can, Secret, Watch, WatchKind
from socialdesk.domain.errors import (
    AuthExpiredError,
    ConnectorError,
    Refusal,
    RefusedError,
)
from socialdesk.domain.ids import Cursor
from socialdesk.domain.mentions.mention import CanReply, Kind, Visibility
from socialdesk.networks.base import OAuthStart
from socialdesk.networks.imap import NETWORK, reading
from socialdesk.networks.testing import START, read_on, session_with
from tests.networks.fake_imap import ABILITIES, FOLDER, HOST, PASSWORD, USER, FakeImap
from tests.networks.imap_kit import MENTIONS, SINCE, fetched, fixture, letter, only
from tests.networks.samples.imap import SAMPLE

TYPED = SAMPLE.typed


@pytest.fixture
def server():
    return FakeImap()


@pytest.fixture
def mailbox(server):
    return SAMPLE.connect(server)


def numbered(n):
    return letter(Message_ID=f"<{n}@people.example>")


def test_five_hundred_letters_come_in_pages_oldest_first(server, mailbox):
    for n in range(500):
        server.add(numbered(n))
    mentions, pages, cursor = read_on(mailbox, MENTIONS, None, SINCE)
    assert [len(page.mentions) for page in pages] == [200, 200, 100]
    assert [m.uri for m in mentions] == [f"mid:{n}@people.example" for n in range(500)]
    assert read_on(mailbox, MENTIONS, cursor, SINCE)[0] == []


def test_a_page_ends_where_its_words_are_too_many(server, mailbox, monkeypatch):
    monkeypatch.setattr(reading, "MAX_PAGE_BYTES", 1000)
    for n in range(5):
        server.add(letter(b"x" * 400, Message_ID=f"<{n}@people.example>"))
    mentions, pages, _ = read_on(mailbox, MENTIONS, None, SINCE)
    assert len(pages) > 1 and len({m.uri for m in mentions}) == 5


def test_letters_before_since_are_left_out_and_later_ones_come(server, mailbox):
    server.add(numbered(1), SINCE - timedelta(days=300))
    server.add(numbered(2), SINCE - timedelta(hours=3))  # the same day, as SINCE sees it
    server.add(numbered(3))
    mentions, _, cursor = read_on(mailbox, MENTIONS, None, SINCE)
    assert [m.uri for m in mentions] == ["mid:3@people.example"]
    server.add(numbered(4), SINCE - timedelta(days=300))  # old, and filed here only now
    later, _, _ = read_on(mailbox, MENTIONS, cursor, SINCE)
    assert [m.uri for m in later] == ["mid:4@people.example"]


def test_a_folder_numbered_anew_gives_the_same_names(server, mailbox):
    server.add(numbered(1))
    server.add(letter(Message_ID=""))
    before, _, cursor = read_on(mailbox, MENTIONS, None, SINCE)
    server.renumber()
    again, _, cursor = read_on(mailbox, MENTIONS, cursor, SINCE)
    assert again == before
    assert read_on(mailbox, MENTIONS, cursor, SINCE)[0] == []


def test_letters_without_a_name_are_told_apart():
    page = fetched(
        letter(b"one", Message_ID=""), letter(b"two", Message_ID=""), letter(b"one", Message_ID="")
    )
    assert len(page.mentions) == 2
    assert all(re.fullmatch("mail-sha256:[0-9a-f]{40}", m.uri) for m in page.mentions)


def test_one_letter_delivered_twice_is_one_mention():
    assert len(fetched(numbered(1), numbered(1)).mentions) == 1


@pytest.mark.parametrize("cursor", ["", "null", "[]", "{}", '{"v": 41}', "\x00", '{"v":"a","u":1}'])
def test_a_cursor_of_another_time_reads_all_again(server, mailbox, cursor):
    server.add(numbered(1))
    assert len(mailbox.fetch(MENTIONS, Cursor(cursor), since=SINCE).mentions) == 1


def test_what_the_server_cannot_show_is_told_once(server, mailbox):
    for n in range(45):
        server.add(None if n in (3, 4, 30) else numbered(n))
    mentions, pages, cursor = read_on(mailbox, MENTIONS, None, SINCE)
    assert len(mentions) == 42
    rejects = [reject.raw for page in pages for reject in page.rejects]
    assert rejects == [b"uid 4", b"uid 5", b"uid 31"]
    assert not mailbox.fetch(MENTIONS, cursor, since=SINCE).rejects


def test_brand_words_choose_among_letters_and_never_among_notices():
    watch = Watch(WatchKind.MENTIONS, "", "bakery\n-jobs")
    page = fetched(
        letter(b"our bakery", Message_ID="<1@a>"),
        letter(b"jobs at the bakery", Message_ID="<2@a>"),
        letter(b"nothing", Message_ID="<3@a>"),
        fixture("vk"),
        watch=watch,
    )
    assert [m.uri for m in page.mentions] == ["mid:1@a", "mid:vk@notify.vk.com"]


def test_a_folder_can_only_be_read_whole(mailbox):
    with pytest.raises(RefusedError):
        mailbox.fetch(Watch(WatchKind.KEYWORD, "bread"), None, since=SINCE)


def test_a_letter_is_a_mention_for_one_mailbox_only():
    mention = only(letter(b"Do you deliver?"))
    assert (mention.title, mention.body, mention.kind) == ("Hello", "Do you deliver?", Kind.MENTION)
    assert mention.visibility is Visibility.DIRECT
    assert (mention.can_reply, mention.reply_note, mention.url) == (CanReply.NO, "mail", "")


def test_at_gmail_the_letter_itself_can_be_opened(server):
    server.add(letter())
    settings = {**SAMPLE.settings, "host": "imap.gmail.com"}
    mailbox = NETWORK.connect(session_with(server), settings, SAMPLE.secret, lambda _: None)
    (mention,) = mailbox.fetch(MENTIONS, None, since=SINCE).mentions
    assert mention.url == ("https://mail.google.com/mail/#search/rfc822msgid%3A1%40people.example")
    assert mention.can_reply is CanReply.BROWSER


@pytest.mark.parametrize(
    "sender",
    [
        "Google <businessprofile-noreply@google.com>, Eve <eve@evil.example>",
        '"businessprofile-noreply@google.com" <eve@evil.example>',
        "businessprofile-noreply@google.com <eve@evil.example>",
        "", "<>", "nobody", "a@b@c", "Eve <eve@evil.example",
    ],
)  # fmt: skip
def test_a_sender_that_can_be_read_in_two_ways_is_none(sender):
    raw = fixture("google_business")
    old = b"From: Google Business Profile <businessprofile-noreply@google.com>"
    mention = only(raw.replace(old, b"From: " + sender.encode()))
    assert mention.visibility is Visibility.DIRECT
    assert "google.com" not in mention.author.handle


def test_two_senders_are_none():
    old = b"From: Google"
    mention = only(fixture("google_business").replace(old, b"From: eve@evil.example\r\n" + old))
    assert mention.visibility is Visibility.DIRECT


def test_times_are_those_of_our_own_server(server, mailbox):
    server.add(letter(Date="Fri, 01 Jan 1999 00:00:00 +0000"), START)
    (mention,) = mailbox.fetch(MENTIONS, None, since=SINCE).mentions
    assert mention.published_at == START


def test_answers_with_faults_anywhere_end_in_an_error_or_a_page(server, mailbox):
    """Not only letters: every line of the dialogue."""

    class Damaging:
        def __init__(self, inner, random):
            self.inner, self.random = inner, random

        def recv(self, size):
            data = bytearray(self.inner.recv(size))
            if data and self.random.random() < 0.3:
                data[self.random.randrange(len(data))] = self.random.randrange(256)
            return bytes(data)

        def __getattr__(self, name):
            return getattr(self.inner, name)

    for n in range(4):
        server.add(numbered(n))
    dial = server.dial
    n_pages = 0
    for seed in range(400):
        random = Random(seed)
        server.dial = lambda place, random=random: Damaging(dial(place), random)
        try:
            n_pages += mailbox.fetch(MENTIONS, None, since=SINCE).cursor is not None
        except ConnectorError:
            continue
    assert n_pages > 20


# Signing in


def test_what_is_typed_is_tried_and_kept(server):
    signed = NETWORK.sign_in(session_with(server), {**TYPED, "host": " Mail.Shop.Example. "})
    assert signed.settings == SAMPLE.settings
    assert signed.secret == Secret(PASSWORD)
    assert signed.card.can == Can.FETCH | Can.WAIT
    assert (signed.card.own.handle, signed.card.server) == (f"{USER}/{FOLDER}", HOST)


def test_an_inbox_is_read_where_no_folder_is_typed(server):
    with pytest.raises(RefusedError) as caught:  # the fake one has no other folder
        NETWORK.sign_in(session_with(server), {**TYPED, "folder": " "})
    assert caught.value.reason is Refusal.GONE
    assert b'EXAMINE "INBOX"' in server.said


def test_two_folders_are_two_accounts(server):
    def own(folder):
        settings = {**SAMPLE.settings, "folder": folder}
        connect = NETWORK.connect(session_with(server), settings, SAMPLE.secret, lambda _: None)
        return connect.card().own

    assert own(FOLDER).remote_id == f"mailbox:{USER}/{FOLDER}"


def test_a_letter_from_our_own_address_is_no_post_of_ours(mailbox):
    assert only(letter(From=USER)).author.remote_id != mailbox.card().own.remote_id


def test_a_server_without_idle_has_no_wait(server, mailbox):
    server.abilities = ABILITIES.replace(b" IDLE", b"")
    assert mailbox.card().can == Can.FETCH


@pytest.mark.parametrize("host", ["", "two words", "https://mail.example/x", "a@b", "x:99999"])
def test_what_is_no_server_is_refused_before_anything_is_sent(server, host):
    with pytest.raises(RefusedError):
        NETWORK.sign_in(session_with(server), {**TYPED, "host": host})
    assert server.n_dialled == 0


def test_microsoft_is_refused_with_the_reason(server):
    with pytest.raises(RefusedError, match="take no passwords"):
        NETWORK.sign_in(session_with(server), {**TYPED, "host": "outlook.office365.com"})
    assert server.n_dialled == 0


def test_a_port_may_stand_behind_the_host(server):
    signed = NETWORK.sign_in(session_with(server), {**TYPED, "host": f"imap://{HOST}:1993"})
    assert signed.settings["port"] == "1993"


def test_google_passwords_lose_their_blanks(server):
    with pytest.raises(AuthExpiredError):
        NETWORK.sign_in(session_with(server), {**TYPED, "password": "abcd efgh ijkl mnop"})
    assert any(said.endswith(b'"abcdefghijklmnop"') for said in server.said)


def test_without_its_password_there_is_no_mailbox(server):
    with pytest.raises(AuthExpiredError):
        NETWORK.connect(session_with(server), SAMPLE.settings, None, lambda _: None)


def test_the_browser_signs_in_to_no_mailbox(server):
    with pytest.raises(RefusedError):
        NETWORK.begin_oauth(session_with(server), {}, "")
    with pytest.raises(RefusedError):
        NETWORK.finish_oauth(session_with(server), OAuthStart("", "", {}), "", "")
