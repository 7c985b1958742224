"""Google's reviews: stars, words in two languages, edits, and the one answer that is never lost."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from socialdesk.domain.account import Can, Watch, WatchKind
from socialdesk.domain.errors import RateLimitedError, Refusal, RefusedError
from socialdesk.domain.ids import Cursor
from socialdesk.domain.mentions.mention import CanReply, Kind
from socialdesk.networks.google_business import NETWORK
from socialdesk.networks.google_business.reviews import Shop, original, read_own, read_review
from socialdesk.networks.testing import START
from tests.networks.fake_google_business import SHOP, FakeGoogleBusiness, no_quota
from tests.networks.google_business_kit import LONG_AGO, REVIEWS, connected, walk
from tests.networks.google_discovery import discovery

FILE = Path(__file__).parents[1] / "fixtures" / "google_business" / "answers.json"
ANSWERS = json.loads(FILE.read_text(encoding="utf-8"))
HERE = Shop("locations/501", "Tea House", "https://maps.example/?cid=501")


@pytest.fixture
def server():
    return FakeGoogleBusiness()


@pytest.fixture
def connector(server):
    return connected(server)


# --- what a review is ---


@pytest.mark.parametrize("schema", ANSWERS["answers"])
def test_the_fixtures_are_as_the_schemas_have_them(schema):
    assert discovery("google_business").problems_of(schema, ANSWERS["answers"][schema]) == []


def test_what_no_schema_of_googles_proves_is_marked_so():
    assert ANSWERS["unverified"] is True
    assert NETWORK.info.unverified


def test_stars_are_words_and_a_review_may_have_no_others():
    items = ANSWERS["answers"]["ListReviewsResponse"]["reviews"]
    reviews = [read_review(item, HERE) for item in items]
    assert [review.n_stars for review in reviews] == [1, 5, 3, None]
    assert [review.kind for review in reviews] == [Kind.REVIEW] * 4
    assert reviews[1].body == ""


def test_an_anonymous_reviewer_has_neither_name_nor_picture():
    items = ANSWERS["answers"]["ListReviewsResponse"]["reviews"]
    anonymous = read_review(items[1], HERE).author
    assert (anonymous.handle, anonymous.avatar_url) == ("A Google user", "")
    named = read_review(items[0], HERE).author
    assert (named.handle, named.avatar_url) == ("Ann Miller", "https://lh3.example/ann")


def test_two_reviewers_of_one_name_are_two_people():
    items = ANSWERS["answers"]["ListReviewsResponse"]["reviews"]
    ids = {read_review(item, HERE).author.remote_id for item in items}
    assert len(ids) == len(items)


def test_an_edit_a_picture_and_the_address_to_answer_at_are_told():
    review = read_review(ANSWERS["answers"]["ListReviewsResponse"]["reviews"][0], HERE)
    assert review.edited_at is not None
    assert review.url == "https://business.example/reply/AbFq1"
    assert [(a.kind, a.url) for a in review.attachments] == [
        ("image", "https://lh3.example/cup.jpg"),
        ("video", "https://lh3.example/steam.mp4"),
    ]
    assert review.uri == "google-review:501/AbFq1"


def test_an_answer_is_a_mention_of_ours():
    item = ANSWERS["answers"]["ListReviewsResponse"]["reviews"][2]
    own = read_own(item, HERE)
    assert own is not None
    assert own.is_own
    assert (own.remote_id, own.parent_uri) == ("AbFq3/reply", "google-review:501/AbFq3")
    review = read_review(item, HERE)
    assert (review.can_reply, review.reply_note) == (CanReply.BROWSER, "one_reply")


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        ("(Translated by Google) Cold tea.\n\n(Original)\nKalter Tee.", "Kalter Tee."),
        ("Kalter Tee.\n\n(Translated by Google)\nCold tea.", "Kalter Tee."),
        ("(Translated by Google) A\nB\n\n(Original)\nC\nD", "C\nD"),
        ("Nothing to translate.", "Nothing to translate."),
        ("Tea (Translated by Google) with milk", "Tea (Translated by Google) with milk"),
        ("(Translated by Google) no original", "(Translated by Google) no original"),
        ("\n \n" * 50_000 + "Tea.", "Tea."),  # each blank line was once looked at for every other
        ("", ""),
    ],
)  # fmt: skip
def test_the_reviewers_own_words_are_kept_and_googles_are_not(comment, words):
    assert original(comment) == words


# --- fetching ---


def test_every_review_of_many_pages_is_read_with_its_answer(server, connector):
    reviews = [server.rate(f"number {n}", at=START - timedelta(hours=n)) for n in range(120)]
    server.answer(reviews[7], "Thank you!")
    mentions, _ = walk(connector)
    assert sorted(m.remote_id for m in mentions) == sorted([*reviews, f"{reviews[7]}/reply"])
    assert {m.n_stars for m in mentions if not m.is_own} == {2}


def test_a_changed_review_comes_again_with_its_new_stars(server, connector):
    review = server.rate("fine", 5, at=START - timedelta(days=20))
    server.rate("newer", at=START - timedelta(days=1))
    _, cursor = walk(connector)
    server.change(review, "not fine at all", 1, START + timedelta(hours=1))
    mentions, _ = walk(connector, cursor)
    again = next(m for m in mentions if m.remote_id == review)
    assert (again.body, again.n_stars) == ("not fine at all", 1)
    assert again.edited_at == START + timedelta(hours=1)


def test_an_old_review_changed_today_is_read_though_it_was_written_before(server, connector):
    review = server.rate("fine", 5, at=START - timedelta(days=400))
    assert walk(connector)[0] == []
    server.change(review, "closed!", 1, START)
    assert [m.remote_id for m in walk(connector)[0]] == [review]


def test_a_review_that_google_held_for_a_day_is_not_missed(server, connector):
    server.rate("today", at=START)
    _, cursor = walk(connector)
    late = server.rate("held", at=START - timedelta(hours=23))
    assert late in {m.remote_id for m in walk(connector, cursor)[0]}


def test_the_next_look_reads_one_page_only(server, connector):
    for n in range(120):
        server.rate(f"number {n}", at=START - timedelta(days=n / 8))
    _, cursor = walk(connector, since=START - timedelta(days=60))
    server.paths.clear()
    walk(connector, cursor)
    assert server.paths == ["GET reviews"]


def test_a_dead_page_token_begins_the_list_anew(server, connector):
    reviews = {server.rate(f"number {n}") for n in range(60)}
    first = connector.fetch(REVIEWS, None, since=LONG_AGO)
    server.dead_tokens = True
    page = connector.fetch(REVIEWS, first.cursor, since=LONG_AGO)
    assert not page.more
    server.dead_tokens = False
    assert {m.remote_id for m in walk(connector, page.cursor)[0]} == reviews


def test_brand_words_drop_a_review_and_its_answer(server, connector):
    server.answer(server.rate("lovely staff"), "Thank you, the kettle too!")
    kept = server.rate("the kettle was cold")
    watch = Watch(WatchKind.MENTIONS, brand_words="kettle")
    page = connector.fetch(watch, None, since=LONG_AGO)
    assert [m.remote_id for m in page.mentions] == [kept]


def test_there_is_no_search(connector):
    with pytest.raises(RefusedError):
        connector.fetch(Watch(WatchKind.KEYWORD, "tea"), None, since=LONG_AGO)


def test_a_project_without_approval_stops_the_watch_and_says_so(server, connector):
    server.quota = 0
    with pytest.raises(RefusedError) as caught:
        connector.fetch(REVIEWS, None, since=LONG_AGO)
    assert caught.value.reason is Refusal.NOT_APPROVED
    server.faults.append(lambda request: no_quota("300"))
    with pytest.raises(RateLimitedError):
        connector.fetch(REVIEWS, Cursor("{}"), since=LONG_AGO)


# --- looking again, the thread, the card ---


def test_looking_again_tells_edits_and_deletions_of_reviews_and_answers(server, connector):
    stays, goes, loses = (server.rate(text) for text in ("stays", "goes", "loses"))
    server.answer(stays, "Thank you!")
    server.change(stays, "stays, edited", 4, START + timedelta(hours=2))
    server.remove(f"google-review:501/{goes}")
    again = connector.recheck([stays, f"{stays}/reply", goes, f"{loses}/reply", loses])
    assert [m.body for m in again.mentions] == ["stays, edited", "Thank you!", "loses"]
    assert again.gone == (goes, f"{loses}/reply")


def test_a_review_that_cannot_be_read_is_not_gone(server, connector):
    review = server.rate("hello")
    server.reviews[review].is_bad = True
    again = connector.recheck([review])
    assert (again.mentions, again.gone) == ((), ())


def test_the_thread_is_the_review_and_its_answer(server, connector):
    review = server.rate("hello")
    assert connector.thread(review) == ()
    server.answer(review, "Welcome!")
    (own,) = connector.thread(review)
    assert (own.body, own.kind, own.is_own) == ("Welcome!", Kind.CONTEXT, True)
    (back,) = connector.thread(own.remote_id)
    assert back.remote_id == review
    assert connector.thread("AbFgone") == ()


def test_an_unverified_location_takes_no_answers(server, connector):
    assert Can.REPLY in connector.card().can
    server.locations[SHOP].is_verified = False
    assert Can.REPLY not in connector.card().can
    assert Can.FETCH in connector.card().can


def test_reviewers_have_no_profile(connector):
    with pytest.raises(RefusedError):
        connector.profile("google-review:501/AbF0000")
