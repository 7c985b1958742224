"""The contract itself: a small right connector passes it, each wrong one fails in its place.

The right one is also the sample to start from.
"""

import inspect
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from socialdesk.domain.account import Can, Card
from socialdesk.domain.errors import BadAnswerError, UnreachableError
from socialdesk.domain.ids import Cursor
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author, Mention
from socialdesk.domain.replies.reply import LOOK_BACK_S, Posted
from socialdesk.networks import testing
from socialdesk.networks.base import Page, read_each
from socialdesk.networks.http import bearer, get_json, post_json
from socialdesk.networks.testing import Scripted, ScriptedServer, session_with

TOKEN = "canary-pond-5d1"
API = "https://pond.example/api"
DAY = timedelta(days=1)


class PondServer(ScriptedServer):
    """A network with one list of items and one list of our posts."""

    def __init__(self) -> None:
        super().__init__()
        self.items: list[dict[str, Any]] = []
        self.posts: dict[str, dict[str, Any]] = {}

    def handle(self, request):
        if request.method == "POST":
            sent = json.loads(request.body)
            self.posts.setdefault(sent["key"], {**sent, "id": f"p{len(self.posts)}"})
            return Scripted(200, self.posts[sent["key"]])
        parts = urlsplit(request.url)
        if parts.path.endswith("/posts"):
            return Scripted(200, list(self.posts.values()))
        after = int(parse_qs(parts.query).get("after", ["0"])[0])
        return Scripted(200, {"items": self.items[after : after + 3], "next": after + 3})

    def add_mention(self, text):
        uri = f"https://pond.example/{len(self.items)}"
        self.items.append({"uri": uri, "text": text, "at": self.now.isoformat()})
        return uri

    def add_bad_item(self):
        self.items.append({"uri": 7})

    def n_posted(self, text):
        return sum(post["text"] == text for post in self.posts.values())

    def parent_of(self, text):
        (post,) = [post for post in self.posts.values() if post["text"] == text]
        return post["to"]


class Pond:
    """Cursor: how many items were read."""

    def __init__(self, http) -> None:
        self._http = http

    def fetch(self, watch, cursor, *, since) -> Page:
        n = int(cursor or 0)
        answer = get_json(self._http, f"{API}/items", {"after": n}, headers=bearer(TOKEN)).data
        try:
            items = list(answer["items"])
        except (KeyError, TypeError) as e:
            raise BadAnswerError("the pond sent a page we cannot read") from e
        mentions, rejects = read_each(items, self.read)
        return Page(mentions, rejects, Cursor(str(n + len(items))), more=bool(items))

    @staticmethod
    def read(item) -> Mention:
        when = datetime.fromisoformat(item["at"]).astimezone(UTC)
        if not (isinstance(item["uri"], str) and isinstance(item["text"], str) and item["uri"]):
            raise ValueError("no item of ours")
        return Mention(item["uri"], item["uri"], Author("a", "ann"), item["text"], when)

    def reply(self, outgoing) -> Posted:
        return self.post(outgoing)

    def post(self, outgoing) -> Posted:
        body = {
            "text": outgoing.text, "key": outgoing.dedupe_key, "to": outgoing.parent_remote_id,
            "at": outgoing.made_at.isoformat(),
        }  # fmt: skip
        answer = post_json(self._http, f"{API}/posts", body, headers=bearer(TOKEN)).data
        try:
            return Posted(answer["id"], answer["id"])
        except (KeyError, TypeError) as e:
            raise UnreachableError("it may be there", maybe_done=True) from e

    def find_reply(self, outgoing):
        return self.find_post(outgoing)

    def find_post(self, outgoing):
        earliest = outgoing.made_at - timedelta(seconds=LOOK_BACK_S)
        for post in get_json(self._http, f"{API}/posts", headers=bearer(TOKEN)).data:
            is_there = (post["text"], post["to"]) == (outgoing.text, outgoing.parent_remote_id)
            if is_there and datetime.fromisoformat(post["at"]) >= earliest:
                return Posted(post["id"], post["id"])
        return None

    def card(self) -> Card:
        can = Can.FETCH | Can.REPLY | Can.POST
        return Card(Author("me", "me"), can, LengthRule(500), repeat_safe_s=60)


class TestPond(testing.ConnectorContract):
    secret = TOKEN

    @pytest.fixture
    def server(self):
        return PondServer()

    @pytest.fixture
    def connector(self, server):
        return Pond(session_with(server))


class Strict(Pond):
    def fetch(self, watch, cursor, *, since):
        page = super().fetch(watch, cursor, since=since)
        if page.rejects:
            raise BadAnswerError("one bad item")
        return page


class Crashing(Pond):
    def fetch(self, watch, cursor, *, since):
        answer = get_json(self._http, f"{API}/items", {"after": int(cursor or 0)}).data
        mentions, rejects = read_each(answer["items"], self.read)
        return Page(mentions, rejects, Cursor("9"))


class Talkative(Pond):
    def __repr__(self):
        return f"Pond({TOKEN})"


class Local(Pond):
    @staticmethod
    def read(item):
        mention = Pond.read(item)
        when = mention.published_at.replace(tzinfo=None)
        return Mention(mention.uri, mention.uri, mention.author, mention.body, when)


class Blind(Pond):
    def find_post(self, outgoing):
        return None


class Twice(Pond):
    def post(self, outgoing):
        super().post(replace(outgoing, dedupe_key=str(id(object()))))
        return super().post(outgoing)


class Answering(Pond):
    def post(self, outgoing):
        return super().post(replace(outgoing, parent_remote_id="the newest mention"))


class Forgetful(Pond):
    def find_post(self, outgoing):
        return super().find_post(replace(outgoing, made_at=datetime.min.replace(tzinfo=UTC) + DAY))


class Promising:
    """Says in its card what it cannot do."""

    def __init__(self, http) -> None:
        self.card = Pond(http).card


@pytest.mark.parametrize(
    ("wrong", "test"),
    [
        (Strict, "test_a_bad_item_is_set_aside_and_the_rest_kept"),
        (Crashing, "test_a_bad_page_is_a_bad_answer"),
        (Talkative, "test_no_secret_in_any_log_line_exception_or_repr"),
        (Local, "test_times_are_aware_utc"),
        (Blind, "test_a_reply_is_posted_and_found"),
        (Blind, "test_a_time_out_after_the_post_was_stored_makes_no_second_one"),
        (Twice, "test_a_reply_is_posted_and_found"),
        (Blind, "test_a_post_of_our_own_answers_nobody_and_is_found"),
        (Blind, "test_a_lost_answer_to_a_post_makes_no_second_one"),
        (Twice, "test_a_post_of_our_own_answers_nobody_and_is_found"),
        (Answering, "test_a_post_of_our_own_answers_nobody_and_is_found"),
        (Forgetful, "test_a_post_of_long_ago_is_not_taken_for_the_new_one"),
        (Promising, "test_other_words_are_not_taken_for_a_post"),
    ],
)
def test_a_wrong_connector_fails_where_it_is_wrong(wrong, test, caplog, monkeypatch):
    server = PondServer()
    check = getattr(TestPond(), test)
    given = {"caplog": caplog, "monkeypatch": monkeypatch}
    wanted = inspect.signature(check).parameters
    more = {name: given[name] for name in given if name in wanted}
    with pytest.raises((AssertionError, KeyError, TypeError, BadAnswerError)):
        check(server, wrong(session_with(server)), **more)
