"""What Telegram tells, as mentions: kinds, words, threads, edits; and what is confirmed when."""

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import RateLimitedError, RefusedError
from socialdesk.domain.ids import Cursor
from socialdesk.domain.mentions.mention import Kind, Visibility
from socialdesk.networks.testing import START, read_on
from tests.networks.fake_telegram import ANN, GROUP, FakeTelegram, written_updates
from tests.networks.telegram_kit import MENTIONS, WITH_CHANNEL, connected, fetched

UPDATES = written_updates()
GUESTS = "tg:-1001234500001"


@pytest.fixture
def server():
    return FakeTelegram()


def read(server, *names, settings=WITH_CHANNEL):
    """The mentions of the fixture's updates, in the order given."""
    for name in names:
        server.tell(UPDATES[name])
    return fetched(connected(server, settings)).mentions


@pytest.mark.parametrize(
    ("name", "kind", "visibility", "is_own"),
    [
        ("private", Kind.MENTION, Visibility.DIRECT, False),
        ("no_username", Kind.COMMENT, Visibility.PUBLIC, False),
        ("names_bot", Kind.MENTION, Visibility.PUBLIC, False),
        ("names_bot_without_at", Kind.MENTION, Visibility.FOLLOWERS, False),
        ("answers_bot", Kind.REPLY, Visibility.PUBLIC, False),
        ("channel_post", Kind.POST, Visibility.PUBLIC, True),
        ("forwarded_to_discussion", Kind.POST, Visibility.FOLLOWERS, True),
        ("comment", Kind.COMMENT, Visibility.FOLLOWERS, False),
        ("anonymous_admin", Kind.COMMENT, Visibility.FOLLOWERS, True),
        ("topic", Kind.COMMENT, Visibility.PUBLIC, False),
    ],
)
def test_each_kind_of_chat_is_told_apart(server, name, kind, visibility, is_own):
    (mention,) = read(server, name)
    assert (mention.kind, mention.visibility, mention.is_own) == (kind, visibility, is_own)


@pytest.mark.parametrize("name", ["became_supergroup", "joined"])
def test_what_nobody_wrote_is_neither_a_mention_nor_a_fault(server, name):
    server.tell(UPDATES[name])
    page = fetched(connected(server))
    assert (page.mentions, page.rejects) == ((), ())


def test_an_author_needs_no_username(server):
    (mention,) = read(server, "no_username")
    assert (mention.author.remote_id, mention.author.handle) == ("5002", "Bolat")
    assert mention.author.url == ""
    assert mention.url == "https://t.me/teahouse_guests/700"


def test_numbers_of_private_chats_are_each_bots_own(server):
    (mention,) = read(server, "private")
    assert mention.uri == "tg:4000/5001/11"
    assert mention.url == "https://t.me/aigerim_test"
    assert mention.remote_id == "5001:11"


def test_a_private_chat_hangs_together(server):
    first, second = read(server, "private", "photo")
    assert first.root_uri == second.root_uri == "tg:4000/5001"


def test_a_private_group_links_by_its_number(server):
    (mention,) = read(server, "comment")
    assert mention.url == "https://t.me/c/1234500003/31"


def test_comments_hang_under_the_forwarded_post(server):
    post, comment = read(server, "forwarded_to_discussion", "comment")
    assert comment.parent_uri == comment.root_uri == post.uri


def test_a_reply_knows_what_it_answers(server):
    (mention,) = read(server, "answers_bot")
    assert mention.parent_uri == f"{GUESTS}/702"


def test_a_topic_is_a_root_and_no_answer_to_whoever_opened_it(server):
    (mention,) = read(server, "topic")
    assert mention.parent_uri == ""
    assert mention.root_uri == "tg:-1001234500004/200"
    assert mention.remote_id == "-1001234500004:205:200"


def test_an_anonymous_admin_is_the_group(server):
    (mention,) = read(server, "anonymous_admin")
    assert mention.author.name == "Tea House talk"
    assert not mention.author.is_bot


def test_hidden_links_are_shown_behind_their_words(server):
    (mention,) = read(server, "photo")
    assert mention.body == "🍰 see here (https://photos.example/1)"
    assert [a.kind for a in mention.attachments] == ["image"]


def test_a_file_is_named_and_its_address_is_never_the_bots(server):
    (mention,) = read(server, "document")
    (file,) = mention.attachments
    assert (file.alt, file.url) == ("bill.pdf", "https://t.me/teahouse_guests/704")
    assert mention.body == ""


def test_pictures_sent_together_are_one_message(server):
    photo = UPDATES["photo"]["message"]
    for number, words in ((21, {}), (22, {"caption": "dry cakes"}), (23, {})):
        more = {"message_id": number, "media_group_id": "album-1"}
        message = {**photo, **more, "caption_entities": [], **words}
        if not words:
            del message["caption"]
        server.tell({"message": message})
    page = fetched(connected(server))
    (mention,) = page.mentions
    assert (mention.remote_id, mention.body) == ("5001:22", "dry cakes")
    assert len(mention.attachments) == 3
    assert page.cursor == '{"offset":904}'


def test_no_words_of_pictures_sent_together_are_lost(server):
    photo = UPDATES["photo"]["message"]
    for number, words in ((31, "dry cakes"), (32, "and this one mouldy")):
        more = {"message_id": number, "media_group_id": "album-2", "caption": words}
        server.tell({"message": {**photo, **more, "caption_entities": []}})
    mentions = fetched(connected(server)).mentions
    assert sorted(m.body for m in mentions) == ["and this one mouldy", "dry cakes"]


def test_the_button_that_opens_a_chat_says_nothing(server):
    for text in ("/start", "/start from-shop", "/started late?"):
        server.write(text)
    assert [m.body for m in fetched(connected(server)).mentions] == ["/started late?"]


def test_a_sticker_speaks_by_its_emoji(server):
    (mention,) = read(server, "sticker")
    assert mention.body == "😡"


def test_an_edit_is_the_same_message_with_new_words(server):
    first, edited = read(server, "no_username", "edited")
    assert first.uri == edited.uri
    assert edited.body == "The cake was very dry today"
    assert edited.edited_at == datetime.fromtimestamp(1795252300, UTC)


def test_brand_words_thin_out_groups_and_nothing_that_is_addressed(server):
    for name in ("private", "no_username", "names_bot", "answers_bot", "document"):
        server.tell(UPDATES[name])
    watch = Watch(WatchKind.MENTIONS, brand_words="cake")
    kept = fetched(connected(server), watch=watch).mentions
    assert [m.remote_id.partition(":")[2] for m in kept] == ["11", "700", "701", "703"]


def test_a_page_is_confirmed_only_by_the_question_after_it(server):
    connector = connected(server)
    server.write("one")
    page = fetched(connector)
    assert page.more and len(server.waiting) == 1
    assert [m.body for m in fetched(connector).mentions] == ["one"]  # not saved: it comes again
    after = fetched(connector, page.cursor)
    assert (after.mentions, after.more, server.waiting) == ((), False, [])


def test_numbers_that_begin_anew_lower_lose_nothing(server):
    """After a quiet week Telegram picks any number: an old offset would throw that away."""
    connector = connected(server)
    server.write("one")
    page = fetched(connector, fetched(connector).cursor)
    server.tell({**UPDATES["private"], "update_id": 3})
    assert [m.remote_id for m in fetched(connector, page.cursor).mentions] == ["5001:11"]


def test_a_cursor_of_somebody_else_asks_for_everything(server):
    server.write("one")
    for odd in ("[]", "{", '{"offset":-5}', '{"offset":"7"}', '{"offset":true}', "7"):
        assert fetched(connected(server), Cursor(odd)).mentions


def test_more_than_a_page_comes_in_turns(server):
    written = [server.write(f"number {n}")["text"] for n in range(230)]
    mentions, pages, _ = read_on(connected(server), MENTIONS, None, START)
    assert [m.body for m in mentions] == written
    assert [len(page.mentions) for page in pages] == [100, 100, 30, 0]


def test_a_search_is_refused(server):
    with pytest.raises(RefusedError):
        fetched(connected(server), watch=Watch(WatchKind.KEYWORD, "cake"))


# --- waiting ---


def test_waiting_tells_that_something_came_and_confirms_nothing(server):
    connector = connected(server)
    server.write("one")
    cursor = fetched(connector, fetched(connector).cursor).cursor
    assert not connector.wait(MENTIONS, cursor, lambda: False)
    server.write("two")
    assert connector.wait(MENTIONS, cursor, lambda: False)
    assert len(server.waiting) == 1
    assert [m.body for m in fetched(connector, cursor).mentions] == ["two"]


def test_waiting_asks_for_less_time_than_a_silence_may_last(server):
    connected(server).wait(MENTIONS, Cursor('{"offset":901}'), lambda: False)
    asked = parse_qs(urlsplit(server.asked[-1].url).query)
    assert (asked["timeout"], asked["offset"], asked["limit"]) == (["25"], ["901"], ["1"])
    assert json.loads(asked["allowed_updates"][0])[0] == "message"


def test_nobody_waits_who_shall_stop(server):
    assert not connected(server).wait(MENTIONS, None, lambda: True)
    assert server.methods == []


def test_two_who_poll_make_a_short_pause(server):
    server.is_taken = True
    for ask in (lambda c: fetched(c), lambda c: c.wait(MENTIONS, None, lambda: False)):
        with pytest.raises(RateLimitedError) as caught:
            ask(connected(server))
        assert caught.value.retry_after_s == 5.0


def test_a_webhook_is_refused_in_words(server):
    server.webhook = "https://other.example/hook"
    with pytest.raises(RefusedError) as caught:
        fetched(connected(server))
    assert "webhook" in caught.value.detail
    assert "other.example" not in str(caught.value)


def test_the_card_says_whether_the_bot_hears_whole_groups(server):
    assert connected(server).card().software == "Bot API, privacy mode off"
    server.hears_all = False
    assert connected(server).card().software == "Bot API, privacy mode on"


def test_a_group_tells_its_members_and_a_person_nothing(server):
    server.write("hello", ANN, {**ANN, "type": "private"})
    connector = connected(server)
    assert connector.profile(str(GROUP["id"])).n_followers == 321
    person = connector.profile(str(ANN["id"]))
    assert (person.n_followers, person.handle) == (None, "aigerim_test")


def test_a_page_with_updates_is_forgotten_by_telegram_once_asked_on(server):
    connector = connected(server)
    assert not fetched(connector).is_forgotten
    server.write("hello")
    assert fetched(connector).is_forgotten
