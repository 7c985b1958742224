"""Hand-written answers of YouTube: as the discovery document has them, and as mentions."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from socialdesk.domain.mentions.mention import CanReply, Kind, Visibility
from socialdesk.networks.google.api import GoogleApi
from socialdesk.networks.testing import START, session_with
from socialdesk.networks.tokens import Tokens
from socialdesk.networks.youtube.comments import (
    Seen,
    read_channel,
    read_comment,
    read_thread,
    read_video,
)
from tests.networks.fake_youtube import FakeYouTube
from tests.networks.google_discovery import discovery
from tests.networks.youtube_kit import COMMENTS, connected

FILE = Path(__file__).parents[1] / "fixtures" / "youtube" / "answers.json"
ANSWERS = json.loads(FILE.read_text(encoding="utf-8"))["answers"]
OWN = "UCbrand"


@pytest.fixture
def mentions():
    """The threads of the list, read through a whole fetch."""
    server = FakeYouTube()
    server.always(200, json.dumps(ANSWERS["CommentThreadListResponse"]).encode())
    page = connected(server).fetch(COMMENTS, None, since=START - timedelta(days=30))
    assert page.rejects == ()
    return {mention.remote_id: mention for mention in page.mentions}


@pytest.mark.parametrize("schema", ANSWERS)
def test_the_answer_is_as_the_discovery_document_has_it(schema):
    assert discovery("youtube").problems_of(schema, ANSWERS[schema]) == []


def test_the_validator_sees_what_is_wrong():
    thread = ANSWERS["CommentThreadListResponse"]["items"][0]
    problems = discovery("youtube").problems_of
    assert problems("CommentThread", {**thread, "replys": {}}) == ["CommentThread.replys: unknown"]
    assert problems("CommentSnippet", {"publishedAt": "2026-11-20T18:02:11"})
    assert problems("CommentSnippet", {"moderationStatus": "held"})
    assert problems("CommentSnippet", {"likeCount": "4"})
    assert problems("ChannelStatistics", {"subscriberCount": "many"})


def test_a_comment_tells_who_what_where_and_when(mentions):
    one = mentions["vidOurs0001/UgzLeaf0001"]
    assert one.uri == "youtube:comment/UgzLeaf0001"
    assert one.url == "https://www.youtube.com/watch?v=vidOurs0001&lc=UgzLeaf0001"
    assert one.body == 'My pot came cracked & cold.\nIs it "fine china"?'
    assert (one.author.remote_id, one.author.handle) == ("UCann", "ann.miller")
    assert one.published_at == datetime(2026, 11, 20, 18, 2, 11, tzinfo=UTC)
    assert one.edited_at == datetime(2026, 11, 20, 18, 9, 40, tzinfo=UTC)
    assert (one.kind, one.parent_uri, one.can_reply) == (Kind.COMMENT, "", CanReply.API)


def test_our_own_reply_shows_the_words_we_wrote(mentions):
    own = mentions["vidOurs0001/UgzLeaf0001.r1"]
    assert own.is_own
    assert own.body == "So sorry! See https://youtu.be/vidOurs0002"
    assert own.parent_uri == own.root_uri == "youtube:comment/UgzLeaf0001"


def test_a_comment_may_be_a_picture_alone(mentions):
    one = mentions["vidOurs0001/UgzPhoto002"]
    assert one.body == ""
    assert [a.url for a in one.attachments] == ["https://yt3.example/signed/cup.gif?exp=6h"]


def test_a_held_comment_on_a_post_is_seen_by_few_and_answered_in_the_browser(mentions):
    one = mentions["/UgzPost0003"]
    assert one.visibility is Visibility.DIRECT
    assert (one.can_reply, one.reply_note) == (CanReply.BROWSER, "held")
    assert one.url == "https://www.youtube.com/channel/UCbrand/posts?lc=UgzPost0003"
    assert one.author.remote_id == "name:@old-name"


def test_whoever_answers_in_a_thread_of_ours_answers_us():
    thread = json.loads(json.dumps(ANSWERS["CommentThreadListResponse"]["items"][0]))
    thread["snippet"]["topLevelComment"]["snippet"]["authorChannelId"]["value"] = OWN
    assert read_thread(thread, OWN).is_ours
    server = FakeYouTube()
    server.always(200, {**ANSWERS["CommentThreadListResponse"], "items": [thread]})
    page = connected(server).fetch(COMMENTS, None, since=START - timedelta(days=30))
    assert [m.kind for m in page.mentions] == [Kind.COMMENT, Kind.REPLY, Kind.REPLY]


def test_a_new_comment_is_read_with_the_video_we_know():
    mention = read_comment(ANSWERS["Comment"], Seen(OWN, video_id="vidOurs0001"))
    assert mention.remote_id == "vidOurs0001/UgzLeaf0001.r9"


def test_a_video_without_comments_cannot_be_answered():
    video = read_video(ANSWERS["VideoListResponse"]["items"][0], OWN)
    assert (video.can_reply, video.reply_note) == (CanReply.NO, "replies_closed")
    assert (video.title, video.lang) == ("I tried the Tea House & friends", "en-IE")
    assert video.body == "Five houses.\nThe oolong of Tea House: 3 of 10."


def test_a_channel_tells_its_size_unless_it_hides_it():
    channel = ANSWERS["ChannelListResponse"]["items"][0]
    assert read_channel(channel).n_followers == 12400
    hidden = {**channel, "statistics": {**channel["statistics"], "hiddenSubscriberCount": True}}
    assert read_channel(hidden).n_followers is None


def test_a_request_that_google_does_not_know_fails_in_the_fake():
    api = GoogleApi(session_with(FakeYouTube()), "client", Tokens("token"), lambda _: None)
    with pytest.raises(AssertionError, match="no method"):
        api.get("https://youtube.googleapis.com/youtube/v3/mentions")
    with pytest.raises(AssertionError, match="maxResults"):
        url = "https://youtube.googleapis.com/youtube/v3/comments"
        api.get(url, {"part": "snippet", "id": "x", "maxResults": 101})
