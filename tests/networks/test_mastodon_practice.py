"""The real connector on the practice network: the same path as a day of practice takes."""

import urllib.request
from datetime import UTC, datetime, timedelta

import pytest
import requests

from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks import http
from socialdesk.networks.mastodon import NETWORK
from socialdesk.networks.oauth import Loopback
from socialdesk.networks.testing import read_on
from socialdesk.places import resource
from socialdesk.practice import brand
from socialdesk.practice.adapter import PracticeAdapter
from socialdesk.practice.content import load_content
from socialdesk.practice.kinds import Kind
from socialdesk.practice.session import mount

CONTENT = load_content(resource("practice"))
START_MS = 1_795_250_000_000


class Practice:
    """A practice network in a folder, its clock moved by hand."""

    def __init__(self, folder, kind=Kind.HONOURS_KEY) -> None:
        self.now_ms = START_MS
        adapter = PracticeAdapter(
            folder / "posts.jsonl", CONTENT, now_ms=lambda: self.now_ms, kind=kind
        )
        self.session: requests.Session = http.session()
        mount(self.session, adapter)

    @property
    def now(self) -> datetime:
        return datetime.fromtimestamp(self.now_ms / 1000, UTC)

    def connector(self):
        signed = NETWORK.sign_in(self.session, brand.account_fields())
        secret = brand.account_secret()
        return NETWORK.connect(self.session, signed.settings, secret, lambda _: None)


@pytest.mark.parametrize(
    ("kind", "found_after_s"),
    [(Kind.HONOURS_KEY, 0), (Kind.IGNORES_KEY, 0), (Kind.READ_BACK_ONLY, 20)],
)
def test_a_mention_is_answered_and_the_answer_found(tmp_path, kind, found_after_s):
    practice = Practice(tmp_path, kind)
    connector = practice.connector()
    practice.now_ms += 3_600_000
    (mentions_watch, *_) = brand.watches(CONTENT)
    since = practice.now - timedelta(days=30)
    mentions, pages, cursor = read_on(connector, mentions_watch, None, since)
    assert mentions and not any(page.rejects for page in pages)
    parent = next(m for m in reversed(mentions) if not m.is_own)
    outgoing = Outgoing(parent.remote_id, parent.uri, "We look into it.", "key-1", practice.now)
    posted = connector.reply(outgoing)
    practice.now_ms += found_after_s * 1000
    assert connector.find_reply(outgoing) == posted
    if kind is Kind.HONOURS_KEY:
        assert connector.reply(outgoing) == posted
    again, _, _ = read_on(connector, mentions_watch, cursor, since)
    assert {m.uri for m in again} <= {m.uri for m in mentions}


@pytest.mark.parametrize("kind", list(Kind))
def test_every_watch_of_a_day_can_be_read(tmp_path, kind):
    practice = Practice(tmp_path, kind)
    connector = practice.connector()
    practice.now_ms += 6 * 3_600_000
    for watch in brand.watches(CONTENT):
        mentions, pages, _ = read_on(connector, watch, None, practice.now - timedelta(days=30))
        assert not any(page.rejects for page in pages)
        assert mentions


def test_a_sign_in_goes_through_the_browser_and_back(tmp_path):
    """Everything but the person: registration, the way to the server, the listener, the token."""
    practice = Practice(tmp_path)
    loopback = Loopback()
    try:
        start = NETWORK.begin_oauth(
            practice.session, {"server": brand.account_fields()["server"]}, loopback.redirect_uri
        )
        loopback.start(start.state)
        browser = practice.session.get(start.url, allow_redirects=False)
        with urllib.request.urlopen(browser.headers["Location"], timeout=10) as shown:
            assert b"signed in" in shown.read()
        code = loopback.wait(10)
        signed = NETWORK.finish_oauth(practice.session, start, code, loopback.redirect_uri)
    finally:
        loopback.close()
    connector = NETWORK.connect(practice.session, signed.settings, signed.secret, lambda _: None)
    assert connector.card().own == signed.card.own
