"""Stack Exchange: searches, tags, threads, quota and pauses."""

from datetime import timedelta

import pytest

from socialdesk.domain.account import Secret, Watch, WatchKind
from socialdesk.domain.errors import (
    BadAnswerError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.mentions.mention import CanReply, Kind
from socialdesk.networks.stackexchange import NETWORK
from socialdesk.networks.stackexchange.network import typed_site
from socialdesk.networks.testing import START, everything, read_on, session_with
from tests.networks.fake_stackexchange import HOST, KEY, WEBSITE, FakeStackExchange, failed
from tests.networks.test_stackexchange_contract import SETTINGS, connected

MENTIONS = Watch(WatchKind.MENTIONS)
SINCE = START - timedelta(days=7)


@pytest.fixture
def site():
    return FakeStackExchange()


@pytest.fixture
def connector(site):
    return connected(site)


def all_of(connector, watch=MENTIONS, cursor=None):
    return read_on(connector, watch, cursor, SINCE)


def test_a_question_with_a_link_to_us_arrives_whole(site, connector):
    made = site.question("Is it <safe>?", f"I bought it at https://{WEBSITE}/k & it leaks")
    (mention,), _, _ = all_of(connector)
    assert mention.title == "Is it <safe>?"
    assert mention.body == f"I bought it at https://{WEBSITE}/k & it leaks"
    assert mention.uri == f"https://{HOST}/questions/{made}" and mention.url.endswith("a-question")
    assert mention.author.name == "Ann & Co" and mention.author.remote_id.endswith("/users/77")
    assert (mention.can_reply, mention.reply_note) == (CanReply.BROWSER, "no_api")


def test_a_keyword_finds_answers_too(site, connector):
    question = site.question("Which one?", "Tell me.")
    answer = site.answer(question, "The Tea House one.")
    found, _, _ = all_of(connector, Watch(WatchKind.KEYWORD, "tea house"))
    (mention,) = found
    assert mention.uri == f"https://{HOST}/a/{answer}"
    assert mention.remote_id == f"answer/{question}/{answer}"
    assert mention.parent_uri == f"https://{HOST}/questions/{question}"
    assert "q=%22tea+house%22" in site.asked[0].url


def test_a_quiet_poll_is_one_call(site, connector):
    site.add_mention("hello")
    _, _, cursor = all_of(connector)
    site.asked.clear()
    mentions, _, _ = all_of(connector, cursor=cursor)
    assert not mentions and len(site.asked) == 1


def test_a_tag_needs_no_second_call_and_brand_words_count(site, connector):
    site.question("Kettle jobs", "Join us")
    kept = site.question("Kettle care", "How?")
    watch = Watch(WatchKind.HASHTAG, "#kettles", brand_words="kettle\n-jobs")
    mentions = [m for m in all_of(connector, watch)[0] if m.kind is Kind.POST]
    assert f"https://{HOST}/questions/{kept}" in {m.uri for m in mentions}
    assert not any("jobs" in m.title for m in mentions) and len(site.asked) == 1


def test_more_than_a_page_is_walked_back(site, connector):
    uris = {site.add_mention(f"number {n}") for n in range(230)}
    mentions, pages, _ = all_of(connector)
    assert {m.uri for m in mentions} == uris and len(pages) == 3


def test_a_pause_the_api_asks_for_is_made_and_the_walk_goes_on(site, connector):
    uris = {site.add_mention(f"number {n}") for n in range(120)}
    site.backoff = 30
    page = connector.fetch(MENTIONS, None, since=SINCE)
    assert (page.more, page.next_poll_s, len(page.mentions)) == (False, 30, 100)
    site.backoff = 0
    rest, _, _ = all_of(connector, cursor=page.cursor)
    assert {m.uri for m in (*page.mentions, *rest)} == uris


def test_the_last_calls_of_a_day_are_kept_for_people(site, connector):
    site.quota = 40
    site.now = START.replace(hour=22, minute=0)
    page = connector.fetch(MENTIONS, None, since=SINCE)
    assert page.next_poll_s == 7200


def test_a_quota_that_ends_waits_for_midnight_utc(site, connector):
    site.add_mention("hello")
    site.now = START.replace(hour=20, minute=0)
    site.quota = 1
    with pytest.raises(RateLimitedError) as caught:
        connector.fetch(MENTIONS, None, since=SINCE)
    assert caught.value.retry_after_s == 4 * 3600
    assert len(site.asked) == 1  # the second call would have been one too many
    with pytest.raises(RateLimitedError) as caught:
        connector.fetch(MENTIONS, None, since=SINCE)
    assert caught.value.retry_after_s == 4 * 3600


def test_a_throttle_says_its_seconds(site, connector, monkeypatch):
    words = "too many requests from this IP, more requests available in 34211 seconds"
    monkeypatch.setattr(site, "handle", lambda _: failed(502, "throttle_violation", words))
    with pytest.raises(RateLimitedError) as caught:
        connector.fetch(MENTIONS, None, since=SINCE)
    assert caught.value.retry_after_s == 34211


@pytest.mark.parametrize("status", [400, 200])
@pytest.mark.parametrize(
    ("error_id", "error", "reason"),
    [
        (400, RefusedError, Refusal.OTHER),
        (403, RefusedError, Refusal.PERMISSION),
        (404, RefusedError, Refusal.GONE),
        (405, RefusedError, Refusal.PERMISSION),
        (500, UnreachableError, None),
        (503, UnreachableError, None),
    ],
)
def test_each_error_is_what_it_should_be(site, connector, status, error_id, error, reason):
    body = f'{{"error_id":{error_id},"error_name":"a_name","error_message":"{KEY}"}}'
    site.always(status, body.encode())
    with pytest.raises(error) as caught:
        connector.fetch(MENTIONS, None, since=SINCE)
    assert getattr(caught.value, "reason", None) is reason
    assert KEY not in everything(caught.value)


def test_a_thread_has_question_answers_and_comments(site, connector):
    question = site.question("Which one?", "Tell me.")
    answer = site.answer(question, "This one.")
    comment = site.comment(answer, "I agree")
    shown = connector.thread(f"question/{question}")
    assert [m.remote_id for m in shown] == [f"answer/{question}/{answer}", f"comment/{comment}"]
    assert shown[1].parent_uri == shown[0].uri
    assert len(connector.thread(f"answer/{question}/{answer}")) == 2
    assert connector.thread("question/1") == ()


def test_edits_and_deletions_are_seen_and_the_rest_looks_the_same(site, connector):
    for text in ("same", "edited", "deleted"):
        site.add_mention(text)
    same, edited, deleted = all_of(connector)[0]
    site.posts[int(edited.uri.rpartition("/")[2])].update(
        body="<p>changed</p>", last_edit_date=int(site.now.timestamp())
    )
    site.remove(deleted.uri)
    again = connector.recheck([m.remote_id for m in (same, edited, deleted)])
    found = {m.uri: m for m in again.mentions}
    assert again.gone == (deleted.remote_id,) and found[same.uri] == same
    assert found[edited.uri].body == "changed" and found[edited.uri].edited_at is not None


def test_a_deleted_account_keeps_only_its_name(site, connector):
    made = site.question("x", f"https://{WEBSITE}")
    site.posts[made]["owner"] = {"user_type": "does_not_exist", "display_name": "user812"}
    (mention,), _, _ = all_of(connector)
    assert mention.author.name == "user812" and mention.author.url == ""
    with pytest.raises(RefusedError) as caught:
        connector.profile(mention.author.remote_id)
    assert caught.value.reason is Refusal.GONE


def test_a_person_is_looked_up_by_number(site, connector):
    assert connector.profile(f"https://{HOST}/users/77").handle == "Ann & Co"
    with pytest.raises(RefusedError):
        connector.profile(f"https://{HOST}/users/78")


def test_adding_it_takes_site_and_website(site):
    signed = NETWORK.sign_in(
        session_with(site), {"site": HOST, "website": "https://www.shop.example"}
    )
    assert signed.settings == SETTINGS and signed.secret is None
    site.key = KEY
    signed = NETWORK.sign_in(
        session_with(site), {"site": "cooking", "website": WEBSITE, "key": f" {KEY} "}
    )
    assert signed.secret == Secret(KEY) and KEY not in str(signed.settings)


def test_a_key_nobody_knows_and_a_site_without_posts_are_said(site):
    typed = {"site": "cooking", "website": WEBSITE, "key": "unknown"}
    with pytest.raises(RefusedError):
        NETWORK.sign_in(session_with(site), typed)
    site.always(200, b'{"items": []}')
    with pytest.raises(BadAnswerError):
        NETWORK.sign_in(session_with(site), typed)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("stackoverflow", "stackoverflow"),
        ("https://stackoverflow.com/questions/1", "stackoverflow"),
        ("cooking.stackexchange.com", "cooking"),
        ("meta.superuser.com", "meta.superuser"),
        ("ru.stackoverflow.com", "ru.stackoverflow"),
    ],
)
def test_what_a_person_types_becomes_the_apis_name(typed, name):
    assert typed_site(typed) == name


@pytest.mark.parametrize("typed", ["", "a b", "https://["])
def test_what_is_no_site_is_refused(typed):
    with pytest.raises(RefusedError):
        typed_site(typed)


@pytest.mark.parametrize("cursor", ["", "{", "[]", '{"known": 7}', '{"walk": 7}'])
def test_a_damaged_cursor_starts_anew(site, connector, cursor):
    uri = site.add_mention("hello")
    assert [m.uri for m in all_of(connector, cursor=cursor)[0]] == [uri]
