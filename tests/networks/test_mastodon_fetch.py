"""Reading from Mastodon: walks lose nothing, and posts come as what they are."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import RefusedError
from socialdesk.domain.mentions.mention import Kind, Visibility
from socialdesk.networks.mastodon.walk import KNOWN, read_walk
from socialdesk.networks.testing import START, Scripted, read_on
from tests.networks.fake_mastodon import (
    AKKOMA,
    ANN,
    BRAND,
    GOTOSOCIAL,
    MASTODON,
    PIXELFED,
    FakeMastodon,
)
from tests.networks.test_mastodon_contract import SECRET, connect

MENTIONS = Watch(WatchKind.MENTIONS)
LONG_AGO = START - timedelta(days=365)


def fetched(server, watch=MENTIONS, cursor=None, since=LONG_AGO):
    """All that a fetch to the end brings, and the cursor."""
    mentions, _, after = read_on(connect(server), watch, cursor, since)
    return mentions, after


def one(server, **more):
    """A post of Ann's that mentions us, as it is read."""
    server.notify(server.post(ANN, more.pop("text", "@brand hello"), **more))
    return fetched(server)[0][-1]


@pytest.mark.parametrize("dialect", [MASTODON, GOTOSOCIAL, AKKOMA, PIXELFED])
def test_a_backfill_walks_back_to_its_date_and_no_further(dialect):
    server = FakeMastodon(dialect, SECRET)
    uris = [server.add_mention(f"number {n}") for n in range(300)]
    since = server.now - timedelta(seconds=199.5)
    mentions, _ = fetched(server, since=since)
    assert {m.uri for m in mentions} == set(uris[-200:])


@pytest.mark.parametrize("dialect", [MASTODON, AKKOMA, PIXELFED])
def test_hundreds_of_new_ones_leave_no_gap(dialect):
    server = FakeMastodon(dialect, SECRET)
    server.add_mention("first")
    _, cursor = fetched(server)
    uris = {server.add_mention(f"number {n}") for n in range(250)}
    mentions, _ = fetched(server, cursor=cursor)
    assert uris <= {m.uri for m in mentions}


@settings(max_examples=30)
@given(st.lists(st.integers(0, 45), max_size=10), st.sampled_from([MASTODON, AKKOMA, PIXELFED]))
def test_any_rhythm_of_arrivals_is_read_whole(batches, dialect):
    """Pages are read one at a time, with arrivals between any two of them."""
    server, cursor, seen, uris = FakeMastodon(dialect, SECRET), None, set(), set()
    connector = connect(server)
    for size in batches:
        uris |= {server.add_mention(f"number {n}") for n in range(size)}
        page = connector.fetch(MENTIONS, cursor, since=LONG_AGO)
        cursor = page.cursor
        seen |= {m.uri for m in page.mentions}
    mentions, _, _ = read_on(connector, MENTIONS, cursor, LONG_AGO)
    assert seen | {m.uri for m in mentions} == uris


def test_one_that_was_put_in_late_is_found_by_the_fifth_poll():
    """Parallel workers number notifications of one moment out of order."""
    server = FakeMastodon(GOTOSOCIAL, SECRET)
    for n in range(30):
        server.add_mention(f"number {n}")
    _, cursor = fetched(server)
    late = server.add_mention("late")
    server.notes[-1]["id"] = server.notes[-3]["id"] + "0"  # between the last two
    server.notes.sort(key=lambda note: note["id"])
    seen = set()
    for _ in range(5):
        mentions, cursor = fetched(server, cursor=cursor)
        seen |= {m.uri for m in mentions}
    assert late in seen


def test_the_cursor_stays_small():
    server = FakeMastodon(token=SECRET)
    for n in range(500):
        server.add_mention(f"number {n}")
    _, cursor = fetched(server)
    assert len(read_walk(cursor).known) <= KNOWN
    assert cursor is not None and len(cursor) < 4000


@pytest.mark.parametrize("cursor", ["", "x", "[]", "null", '{"known":7}', '{"n_polls":"x"}'])
def test_a_cursor_that_is_not_ours_begins_anew(cursor):
    server = FakeMastodon(token=SECRET)
    server.add_mention("hello")
    assert len(fetched(server, cursor=cursor)[0]) == 1


def test_filtered_people_are_asked_for_and_nothing_empty_is_sent():
    server = FakeMastodon(token=SECRET)
    fetched(server)
    url = server.asked[0].url or ""
    assert "include_filtered=true" in url
    assert "types%5B%5D=mention&types%5B%5D=quote" in url
    assert "=&" not in url and not url.endswith("=")


def test_only_known_types_are_asked_of_others():
    server = FakeMastodon(AKKOMA, SECRET)
    fetched(server)
    assert "quote" not in (server.asked[0].url or "")


def test_an_update_counts_only_when_it_names_us():
    server = FakeMastodon(GOTOSOCIAL, SECRET)
    server.notify(server.post(ANN, "something we boosted"), "update")
    named = server.notify(server.post(ANN, "@brand changed"), "update")
    assert [m.uri for m in fetched(server)[0]] == [named["uri"]]


def test_a_notification_without_its_post_is_passed_over():
    server = FakeMastodon(token=SECRET)
    server.add_mention("deleted")
    server.notes[-1]["status"] = None
    kept = server.add_mention("kept")
    _, pages, _ = read_on(connect(server), MENTIONS, None, LONG_AGO)
    assert [m.uri for page in pages for m in page.mentions] == [kept]
    assert not [reject for page in pages for reject in page.rejects]


def test_a_post_is_told_as_the_server_has_it():
    server = FakeMastodon(token=SECRET)
    mention = one(
        server, text="@brand tea < coffee & more", visibility="private", language="pt-BR",
        spoiler_text="tea\nwar", reblogs_count=3, edited_at="2026-11-21T10:00:00+01:00",
        media_attachments=[{"type": "image", "url": "https://a.example/x.png", "description": "x"},
                           {"type": "image", "url": None}],
    )  # fmt: skip
    assert mention.body == "@brand tea < coffee & more"
    assert mention.author.handle == "ann@other.example"
    assert mention.author.remote_id == "https://other.example/@ann"
    assert mention.author.n_followers == 12
    assert mention.visibility is Visibility.FOLLOWERS
    assert (mention.lang, mention.warning, mention.n_reposts) == ("pt-BR", "tea war", 3)
    assert mention.edited_at == START
    assert [a.alt for a in mention.attachments] == ["x"]
    assert mention.kind is Kind.MENTION and not mention.is_own


def test_an_answer_to_us_knows_its_parent_and_its_kind():
    for dialect in (MASTODON, GOTOSOCIAL):
        server = FakeMastodon(dialect, SECRET)
        ours = server.post(BRAND, "ours")
        mention = one(server, in_reply_to_id=ours["id"], in_reply_to_account_id=BRAND["id"])
        assert mention.kind is Kind.REPLY
        assert mention.parent_uri == ours["uri"]


def test_a_page_is_kept_when_its_parents_cannot_be_asked_for():
    class Deaf(FakeMastodon):
        def handle(self, request):
            if "/api/v1/statuses" in request.url:
                return Scripted(500, b"")
            return super().handle(request)

    mention = one(Deaf(token=SECRET), in_reply_to_id="5", in_reply_to_account_id=BRAND["id"])
    assert mention.parent_uri == ""


def test_our_own_posts_and_reposts_are_told():
    server = FakeMastodon(token=SECRET)
    original = server.post(ANN, "the #tea original")
    server.post(BRAND, "our #tea")
    server.post(ANN, "#tea", reblog=original)
    own, repost = fetched(server, Watch(WatchKind.HASHTAG, "#tea"))[0][1:]
    assert own.is_own
    assert repost.repost_of == original["uri"] and repost.body == "the #tea original"


def test_a_hashtag_is_quoted_and_its_posts_are_no_mentions():
    server = FakeMastodon(token=SECRET)
    server.post(ANN, "#чай/кофе")
    (mention,) = fetched(server, Watch(WatchKind.HASHTAG, "чай/кофе"))[0]
    assert mention.kind is Kind.POST
    assert "/tag/%D1%87" in (server.asked[0].url or "")


def test_brand_words_keep_what_they_name():
    server = FakeMastodon(token=SECRET)
    server.post(ANN, "#tea at the Tea House")
    server.post(ANN, "#tea elsewhere")
    (mention,) = fetched(server, Watch(WatchKind.HASHTAG, "tea", '"Tea House"'))[0]
    assert "House" in mention.body


def test_a_watch_of_another_kind_is_refused():
    with pytest.raises(RefusedError):
        connect(FakeMastodon(token=SECRET)).fetch(Watch(WatchKind.FEED), None, since=START)


@pytest.mark.parametrize(
    ("told", "meant"),
    [("public", Visibility.PUBLIC), ("local", Visibility.FOLLOWERS), ("list", Visibility.DIRECT),
     ("circle", Visibility.DIRECT), (None, Visibility.PUBLIC)],
)  # fmt: skip
def test_an_unknown_visibility_is_the_narrowest(told, meant):
    assert one(FakeMastodon(token=SECRET), visibility=told).visibility is meant


SCHEMES = """javascript JavaScript data file ftp smb ms-word ms-excel ms-settings search-ms vbscript
view-source jar blob about chrome res mk its help ldap ssh telnet gopher x-apple intent tel sms
steam vscode zoommtg slack tg irc magnet feed file+https wyciwyg""".split()
TAILS = ("alert(1)", "//host.example/x", "/etc/passwd", r"\\host\share", "%0aalert(1)", "")


def test_200_links_of_other_kinds_are_never_passed_on():
    server, links = FakeMastodon(token=SECRET), [f"{s}:{t}" for s in SCHEMES for t in TAILS]
    links += ["https:///nowhere", "https://", "//host.example/", "https:host", "http//x", r"\\host"]
    assert len(links) >= 200
    connector = connect(server)
    for link in links:
        account = {**ANN, "url": link, "avatar": link}
        attachments = [{"type": "image", "url": link}]
        post = server.post(account | {"url": ANN["url"]}, "@brand", media_attachments=attachments)
        post["account"], post["url"] = account, link
        server.notify(post)
    mentions, _, _ = read_on(connector, MENTIONS, None, LONG_AGO)
    assert len({m.uri for m in mentions}) == len(links)
    for mention in mentions:
        assert (mention.url, mention.author.url, mention.author.avatar_url) == ("", "", "")
        assert mention.attachments == ()


def test_a_thread_hangs_together():
    server = FakeMastodon(token=SECRET)
    root = server.post(ANN, "root")
    ours = server.post(BRAND, "ours", in_reply_to_id=root["id"])
    leaf = server.post(ANN, "leaf", in_reply_to_id=ours["id"])
    thread = connect(server).thread(ours["id"])
    assert [(m.uri, m.parent_uri, m.kind) for m in thread] == [
        (root["uri"], "", Kind.CONTEXT),
        (leaf["uri"], ours["uri"], Kind.CONTEXT),
    ]


@pytest.mark.parametrize("dialect", [MASTODON, GOTOSOCIAL])
def test_a_profile_is_found_by_handle_or_by_address(dialect):
    server = FakeMastodon(dialect, SECRET)
    assert connect(server).profile("https://other.example/@ann").n_followers == 12
    server.asked.clear()
    with pytest.raises(RefusedError):
        connect(server).profile("https://other.example/@nobody")
    assert "resolve=true" in (server.asked[-1].url or "")


def test_an_edit_shows_at_the_recheck():
    server = FakeMastodon(token=SECRET)
    mention = one(server)
    server.posts[mention.remote_id]["edited_at"] = "2026-11-21T12:00:00Z"
    (again,) = connect(server).recheck([mention.remote_id]).mentions
    assert again.edited_at is not None


def test_a_window_that_is_nearly_used_up_ends_the_walk_for_now():
    class Tight(FakeMastodon):
        def handle(self, request):
            answer = super().handle(request)
            reset = (self.now + timedelta(minutes=4)).isoformat()
            headers = {"X-RateLimit-Remaining": "7", "X-RateLimit-Reset": reset}
            return Scripted(answer.status, answer.body, headers)

    server = Tight(token=SECRET)
    for n in range(100):
        server.add_mention(f"number {n}")
    page = connect(server).fetch(MENTIONS, None, since=LONG_AGO)
    assert len(page.mentions) == 80 and not page.more
    assert page.next_poll_s == 240
    rest = connect(server).fetch(MENTIONS, page.cursor, since=LONG_AGO)
    assert len(rest.mentions) == 20


def test_a_recheck_does_not_make_a_mention_of_somebody_elses_talk():
    server = FakeMastodon(token=SECRET)
    post = server.post(ANN, "#tea among friends")
    answer = server.post(ANN, "thanks", in_reply_to_account_id=BRAND["id"])
    again = connect(server).recheck([post["id"], answer["id"]]).mentions
    assert [m.kind for m in again] == [Kind.POST, Kind.REPLY]
