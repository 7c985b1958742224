"""Comments, answers and mentions on TikTok, codes within 200s, tokens that rotate."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from socialdesk.domain.account import Secret, Watch, WatchKind
from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    ConnectorError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.length.length import remaining
from socialdesk.domain.mentions.mention import CanReply, Kind, Mention
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.base import Connector
from socialdesk.networks.scripted import session_with
from socialdesk.networks.testing import START, Scripted, read_on
from socialdesk.networks.tiktok import NETWORK
from socialdesk.networks.tiktok.comments import read_named_comment
from socialdesk.networks.tokens import Tokens
from tests.networks.fake_tiktok import (
    FOLDER,
    REFRESH,
    VIDEO,
    FakeTikTok,
    done,
    failed,
)
from tests.networks.samples.tiktok import SAMPLE

WATCH = Watch(WatchKind.MENTIONS)
SINCE = START - timedelta(days=30)


@pytest.fixture
def server() -> FakeTikTok:
    return FakeTikTok()


@pytest.fixture
def connector(server: FakeTikTok) -> Connector:
    return SAMPLE.connect(server)


def all_of(connector: Connector) -> list[Mention]:
    return read_on(connector, WATCH, None, SINCE)[0]


def an_answer(parent: Mention, text: str = "12 euro, baked today") -> Outgoing:
    return Outgoing(parent.remote_id, parent.uri, text, "key-1", made_at=START)


class Recorded(FakeTikTok):
    """The answers of the fixtures."""

    def handle(self, request: Any) -> Scripted:
        path = urlsplit(str(request.url)).path
        names = {
            "/mention/comment/": "named_comments",
            "/mention/video/": "named_videos",
            "/video/list/": "videos",
            "/reply/list/": "answers",
            "/comment/list/": "comments",
        }
        name = next(name for part, name in names.items() if part in path)
        return Scripted(body=json.loads((FOLDER / f"{name}.json").read_text("utf-8")))


# --- reading ---


def test_the_fixtures_read_as_comments_answers_and_mentions() -> None:
    found = sorted(all_of(SAMPLE.connect(Recorded())), key=lambda m: m.published_at)
    first, cake, ours, named, filmed = found
    assert (first.body, first.kind) == ("first!", Kind.COMMENT)
    assert cake.body == "how much is the cake? [laughcry]"
    assert cake.published_at == datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
    assert (cake.author.remote_id, cake.author.handle) == ("uid-2", "sam.t")
    assert cake.remote_id == "7300000000000000001/7400000000000000012"
    assert ours.is_own and ours.parent_uri == cake.uri
    assert (named.kind, named.can_reply) == (Kind.MENTION, CanReply.API)
    assert (filmed.can_reply, filmed.reply_note) == (CanReply.BROWSER, "tag_only")


def test_many_comments_and_videos_are_all_read(connector: Connector, server: FakeTikTok) -> None:
    server.videos = [str(7300 + n) for n in range(45)]
    uris = set()
    for n in range(130):
        video = server.videos[n % 2 * 40]
        uris.add(f"tiktok:{video}/{server.comment(f'n {n}', video)}")
    found, pages, _ = read_on(connector, WATCH, None, SINCE)
    assert {m.uri for m in found} == uris
    assert all(len(one.mentions) <= 200 for one in pages)


def test_a_new_answer_below_an_old_comment_is_found(
    connector: Connector, server: FakeTikTok
) -> None:
    old = server.comment("old question")
    for n in range(60):
        server.comment(f"n {n}")
    _, _, cursor = read_on(connector, WATCH, None, SINCE)
    server.now += timedelta(days=3)
    answer = server.comment("me too", parent=old)
    found, _, _ = read_on(connector, WATCH, cursor, SINCE)
    assert f"tiktok:{VIDEO}/{answer}" in {m.uri for m in found}


def test_a_quiet_account_costs_a_few_calls(connector: Connector, server: FakeTikTok) -> None:
    server.add_mention("hello")
    _, _, cursor = read_on(connector, WATCH, None, SINCE)
    server.calls.clear()
    read_on(connector, WATCH, cursor, SINCE)
    assert len(server.calls) == 4  # videos, the newest one's comments, two lists of mentions


def test_a_killed_round_goes_on_where_it_was(connector: Connector, server: FakeTikTok) -> None:
    server.videos = [str(7300 + n) for n in range(5)]
    uris = {f"tiktok:{video}/{server.comment('hello', video)}" for video in server.videos}
    page = connector.fetch(WATCH, None, since=SINCE)
    rest, _, _ = read_on(SAMPLE.connect(server), WATCH, page.cursor, SINCE)
    assert {m.uri for m in (*page.mentions, *rest)} == uris


def test_a_video_that_went_meanwhile_ends_nothing(connector: Connector, server: FakeTikTok) -> None:
    server.videos = ["7302", VIDEO]
    server.comment("gone soon", "7302")
    stays = server.add_mention("stays")
    page = connector.fetch(WATCH, None, since=SINCE)
    server.videos = [VIDEO]
    rest, _, _ = read_on(connector, WATCH, page.cursor, SINCE)
    assert stays in {m.uri for m in rest}


def test_mentions_are_left_out_until_they_are_approved(
    connector: Connector, server: FakeTikTok
) -> None:
    _, _, cursor = read_on(connector, WATCH, None, SINCE)
    server.named = {"comments": [{
        "item_id": "900", "comment_id": "901", "comment_text": "@bakery wins",
        "comment_create_time": str(int(server.now.timestamp())), "commenter_display_name": "Nur",
    }]}  # fmt: skip
    (named,), _, _ = read_on(connector, WATCH, cursor, SINCE)
    assert (named.uri, named.body) == ("tiktok:900/901", "@bakery wins")


def test_only_what_holds_a_brand_word_is_kept(connector: Connector, server: FakeTikTok) -> None:
    server.add_mention("nice bread")
    server.add_mention("nice weather")
    found, _, _ = read_on(connector, replace(WATCH, brand_words="bread"), None, SINCE)
    assert [m.body for m in found] == ["nice bread"]


def test_ids_beyond_what_a_float_holds_stay_whole(connector: Connector, server: FakeTikTok) -> None:
    server.comment("hello", comment_id=7400000000000000013)
    (mention,) = all_of(connector)
    assert mention.remote_id == f"{VIDEO}/7400000000000000013"


# --- looking again ---


def test_a_second_look_takes_one_call_a_video(connector: Connector, server: FakeTikTok) -> None:
    for n in range(8):
        server.add_mention(f"n {n}")
    ids = [m.remote_id for m in all_of(connector)]
    server.comments.pop()
    server.calls.clear()
    again = connector.recheck(ids)
    assert (len(again.mentions), again.gone, len(server.calls)) == (7, (ids[-1],), 1)


def test_an_answer_that_was_deleted_is_told(connector: Connector, server: FakeTikTok) -> None:
    top = server.comment("question")
    server.comment("answer", parent=top)
    answer = next(m for m in all_of(connector) if m.kind is Kind.REPLY)
    assert connector.recheck([answer.remote_id]).mentions == (answer,)
    server.comments.pop()
    assert connector.recheck([answer.remote_id]).gone == (answer.remote_id,)


def test_where_the_list_of_ids_is_not_taken_nothing_is_called_gone(
    connector: Connector, server: FakeTikTok
) -> None:
    for n in range(30):
        server.add_mention(f"n {n}")
    ids = [m.remote_id for m in all_of(connector)]
    server.takes_ids = False
    again = connector.recheck(ids[:5])
    assert again.gone == ()


def test_with_the_video_all_its_comments_are_gone(connector: Connector, server: FakeTikTok) -> None:
    server.add_mention("hello")
    (mention,) = all_of(connector)
    server.videos = []
    assert connector.recheck([mention.remote_id]).gone == (mention.remote_id,)


def test_a_way_of_asking_that_is_refused_calls_nothing_gone(
    connector: Connector, server: FakeTikTok, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.add_mention("hello")
    (mention,) = all_of(connector)
    plain = server._comment_list

    def strict(asked: dict[str, str]) -> Scripted:
        return failed(40002) if "comment_ids" in asked else plain(asked)

    monkeypatch.setattr(server, "_comment_list", strict)
    again = connector.recheck([mention.remote_id])
    assert (again.mentions, again.gone) == ((), ())


# --- answering ---


def test_an_answer_to_an_answer_goes_under_the_first_level(
    connector: Connector, server: FakeTikTok
) -> None:
    top = server.comment("question")
    server.comment("me too", parent=top)
    answer = next(m for m in all_of(connector) if m.kind is Kind.REPLY)
    posted = connector.reply(an_answer(answer))
    assert server.comments[-1]["parent_comment_id"] == top
    assert connector.find_reply(an_answer(answer)) == posted
    around = {m.body for m in connector.thread(answer.remote_id)}
    assert around == {"question", "12 euro, baked today"}


def test_the_same_words_of_long_ago_are_not_taken_for_ours(
    connector: Connector, server: FakeTikTok
) -> None:
    server.add_mention("hello")
    (mention,) = all_of(connector)
    connector.reply(an_answer(mention))
    later = replace(an_answer(mention), made_at=START + timedelta(hours=1))
    assert connector.find_reply(later) is None


def test_our_answer_is_deleted_once(connector: Connector, server: FakeTikTok) -> None:
    server.add_mention("hello")
    (mention,) = all_of(connector)
    posted = connector.reply(an_answer(mention))
    connector.delete(posted.remote_id)
    connector.delete(posted.remote_id)
    assert server.n_posted("12 euro, baked today") == 0


def test_another_s_video_is_answered_in_the_browser_only(connector: Connector) -> None:
    with pytest.raises(RefusedError) as caught:
        connector.reply(Outgoing("7301", "tiktok:7301", "hi", "k", START))
    assert caught.value.reason is Refusal.PERMISSION


def test_the_limit_is_150_characters(connector: Connector) -> None:
    assert remaining("👍" * 150, connector.card().length) == 0


def test_a_system_code_after_an_answer_leaves_doubt(
    connector: Connector, server: FakeTikTok
) -> None:
    server.add_mention("hello")
    (mention,) = all_of(connector)
    for body in (failed(50000).body, {"message": "?"}, done({}).body):
        server.always_to_writes(200, body)
        with pytest.raises(UnreachableError) as caught:
            connector.reply(an_answer(mention))
        assert caught.value.maybe_done


# --- codes and tokens ---


@pytest.mark.parametrize(
    ("code", "reason"),
    [(40001, Refusal.NOT_APPROVED), (40002, Refusal.GONE), (40004, Refusal.GONE),
     (40007, Refusal.GONE), (40900, Refusal.OTHER)],
)  # fmt: skip
def test_a_code_has_its_reason(
    connector: Connector, server: FakeTikTok, code: int, reason: Refusal
) -> None:
    server.always(200, failed(code).body)
    with pytest.raises(RefusedError) as caught:
        connector.fetch(WATCH, None, since=SINCE)
    assert caught.value.reason is reason
    assert f"{code} (2026112209)" in caught.value.detail


def test_a_bad_parameter_of_a_write_is_not_called_gone(
    connector: Connector, server: FakeTikTok
) -> None:
    server.add_mention("hello")
    (mention,) = all_of(connector)
    with pytest.raises(RefusedError) as caught:
        connector.reply(an_answer(mention, "x" * 151))
    assert caught.value.reason is Refusal.OTHER


@pytest.mark.parametrize(
    ("code", "message", "wait_s"),
    [(40100, "too many requests", 300.0), (40133, "", 300.0),
     (40100, "requests of this day", 15 * 3600.0)],
)  # fmt: skip
def test_too_many_calls_are_waited_out(
    connector: Connector, server: FakeTikTok, code: int, message: str, wait_s: float
) -> None:
    server.always(200, {"code": code, "message": message, "data": {}})
    with pytest.raises(RateLimitedError) as caught:
        connector.fetch(WATCH, None, since=SINCE)
    assert caught.value.retry_after_s == wait_s


def test_a_system_code_is_unreachable_and_no_data_is_a_bad_answer(
    connector: Connector, server: FakeTikTok
) -> None:
    cases: list[tuple[Any, type[ConnectorError]]] = [
        (failed(50000).body, UnreachableError),
        ({"code": 0, "message": "OK"}, BadAnswerError),
        ({"code": "0", "data": {}}, BadAnswerError),
        ({"code": 7, "data": {}}, BadAnswerError),
    ]
    for body, error in cases:
        server.always(200, body)
        with pytest.raises(error):
            connector.fetch(WATCH, None, since=SINCE)


@pytest.mark.parametrize("code", [40102, 40104, 40105])
def test_a_token_that_ended_is_renewed_and_kept_before_its_use(code: int) -> None:
    server, kept = FakeTikTok(), list[Secret]()
    connector = NETWORK.connect(session_with(server), SAMPLE.settings, SAMPLE.secret, kept.append)
    server.access = "another"
    all_of(connector)
    assert [Tokens.unpacked(one).refresh for one in kept] == [f"{REFRESH}-1"]
    assert server.n_renewed == 1


def test_a_refresh_token_that_ended_asks_to_sign_in_again(
    connector: Connector, server: FakeTikTok
) -> None:
    server.access = server.refresh = "another"
    with pytest.raises(AuthExpiredError):
        all_of(connector)


def test_signing_out_revokes(connector: Connector, server: FakeTikTok) -> None:
    connector.sign_out()
    assert server.access == ""


def test_it_says_that_it_was_never_tried_live() -> None:
    assert NETWORK.info.unverified
    assert NETWORK.info.versions[0].name == "v1.3"


def test_answers_that_find_no_room_in_one_look_come_with_the_next(
    server: FakeTikTok, connector: Connector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socialdesk.networks.tiktok.walk.MAX_TODO", 5)
    for n in range(8):
        server.comment(f"answer {n}", parent=server.comment(f"comment {n}"))
    found: set[str] = set()
    cursor = None
    for _ in range(2):
        mentions, _, cursor = read_on(connector, WATCH, cursor, SINCE)
        found |= {mention.body for mention in mentions}
    assert {f"answer {n}" for n in range(8)} <= found


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "", None])
def test_only_a_web_address_is_a_mentions_link(link: str | None) -> None:
    item = {"item_id": "7", "comment_id": "8", "comment_text": "hi", "video_link": link,
            "comment_create_time": "1795200000", "commenter_display_name": "Ann"}  # fmt: skip
    assert read_named_comment(item).url == ""
