"""A small YouTube in this process: one channel of ours with its videos, and one of somebody else.

Page tokens are opaque and can be made to die; replies are one level deep; a comment that waits for
review is in no list but its own, and by its id it is not found.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import requests

from socialdesk.networks.testing import Scripted
from tests.networks.fake_google import FakeGoogle, refused
from tests.networks.google_discovery import discovery

OWN, ANN, BOB = "UCbrand", "UCann", "UCbob"
CHANNELS: dict[str, dict[str, str | None]] = {
    OWN: {"title": "Tea House", "customUrl": "@teahouse", "subscribers": "5210"},
    ANN: {"title": "Ann", "customUrl": "@ann", "subscribers": "1230000"},
    BOB: {"title": "Bob", "customUrl": "@bob", "subscribers": None},
}
NAMES = {OWN: "@teahouse", ANN: "@ann", BOB: "@bob"}
VIDEO, OTHER_VIDEO = "vidOurs0001", "vidAnns0001"
INLINE = 5
MAX_TEXT = 10_000


@dataclass
class Comment:
    id: str
    video: str
    author: str
    text: str
    at: datetime
    parent: str = ""
    status: str = "published"
    edited_at: datetime | None = None
    image: str = ""
    is_bad: bool = False


class FakeYouTube(FakeGoogle):
    """`dead_tokens`: every page token is refused. `units`, `n_searches`: what the calls cost."""

    discovery = discovery("youtube")
    scope = "https://www.googleapis.com/auth/youtube.force-ssl"

    def __init__(self) -> None:
        super().__init__()
        self.comments: dict[str, Comment] = {}
        self.videos: dict[str, tuple[str, Any, str, datetime]] = {
            VIDEO: (OWN, "How we roast oolong", "Our oven, our rules.", self.now),
            OTHER_VIDEO: (ANN, "Tea tour", "Five houses in one day.", self.now),
        }
        self.dead_tokens = False
        self.holds = False  # what is written now waits for review
        self.units = self.n_searches = 0
        self.has_channel = True
        self.misses_one = False  # whether one id that is not there fails the whole question

    # --- what people do ---

    def write(
        self,
        author: str,
        text: str,
        *,
        parent: str = "",
        video: str = VIDEO,
        status: str = "published",
        image: str = "",
        at: datetime | None = None,
    ) -> str:
        """A comment now; its id."""  # fmt: skip
        n = len(self.comments)
        own = f"Ug{n:04}xyz"
        comment = f"{parent}.{own}" if parent else own
        at = at or self.now + timedelta(seconds=n)
        self.comments[comment] = Comment(comment, video, author, text, at, parent, status,
                                         image=image)  # fmt: skip
        return comment

    def change(self, comment: str, text: str, after: timedelta = timedelta(hours=1)) -> None:
        one = self.comments[comment]
        one.text, one.edited_at = text, one.at + after

    def upload(self, channel: str, title: str, words: str, at: datetime | None = None) -> str:
        """A new video; its id."""
        video = f"vid{len(self.videos):08}"
        self.videos[video] = (channel, title, words, at or self.now)
        return video

    # --- the kit's ---

    def add_mention(self, text: str) -> str:
        return f"youtube:comment/{self.write(ANN, text)}"

    def add_bad_item(self) -> None:
        self.comments[self.write(BOB, "bad")].is_bad = True

    def n_posted(self, text: str) -> int:
        return sum(c.author == OWN and c.text == text for c in self.comments.values())

    def remove(self, uri: str) -> None:
        comment = uri.rpartition("/")[2]
        for one in [c.id for c in self.comments.values() if comment in (c.id, c.parent)]:
            del self.comments[one]

    # --- the API ---

    def check_answer(self, request: requests.PreparedRequest, answer: Scripted) -> None:
        if not any(comment.is_bad for comment in self.comments.values()):
            super().check_answer(request, answer)

    def api(self, request: requests.PreparedRequest, query: dict[str, str], body: Any) -> Scripted:
        name = urlsplit(str(request.url)).path.rpartition("/")[2]
        way = {"GET": "list", "POST": "insert", "PUT": "update", "DELETE": "delete"}
        call = f"{name}_{way[str(request.method)]}"
        self.units += 0 if name == "search" else 1 if request.method == "GET" else 50
        if query.get("pageToken") and self.dead_tokens:
            return refused(400, "invalidPageToken")
        answer: Scripted = getattr(self, "_" + call)(query, body)
        return answer

    def _commentThreads_list(self, query: dict[str, str], _: Any) -> Scripted:
        assert query["textFormat"] == "plainText"
        filters = {"allThreadsRelatedToChannelId", "videoId", "id"} & query.keys()
        assert len(filters) == 1, "exactly one filter"
        status = query.get("moderationStatus", "published")
        heads = [c for c in self.comments.values() if not c.parent and self._is_in(c, query)]
        if "id" in query:
            heads = [c for c in heads if c.id in query["id"].split(",")]
        else:
            heads = [c for c in heads if self._has_status(c, status)]
        heads.sort(key=lambda comment: comment.at, reverse=True)
        page, token = self._paged(heads, query)
        items = [self._thread(c, "replies" in query["part"], status) for c in page]
        return self._listed("youtube#commentThreadListResponse", items, token)

    def _is_in(self, comment: Comment, query: dict[str, str]) -> bool:
        channel = query.get("allThreadsRelatedToChannelId")
        if channel:
            return self.videos[comment.video][0] == channel
        return comment.video == query.get("videoId", comment.video)

    def _has_status(self, head: Comment, status: str) -> bool:
        if status == "published":
            return head.status == status
        return any(c.status == status for c in [head, *self._below(head.id, "")])

    def _below(self, head: str, status: str = "published") -> list[Comment]:
        return [c for c in self.comments.values()
                if c.parent == head and (not status or c.status == status)]  # fmt: skip

    def _comments_list(self, query: dict[str, str], _: Any) -> Scripted:
        assert query["textFormat"] == "plainText"
        assert len({"id", "parentId"} & query.keys()) == 1, "exactly one filter"
        if "id" in query:
            assert "maxResults" not in query, "not with id"
            ids = query["id"].split(",")
            assert len(ids) <= 50
            found = [c for c in self.comments.values() if c.id in ids and c.status == "published"]
            if self.misses_one and len(found) < len(ids):
                return refused(404, "commentNotFound")
            items = [self._comment(c, with_status=False) for c in found]
            return self._listed("youtube#commentListResponse", items, "")
        if query["parentId"] not in self.comments:
            return refused(404, "commentNotFound")
        page, token = self._paged(self._below(query["parentId"])[::-1], query)
        items = [self._comment(c, with_video=False) for c in page]
        return self._listed("youtube#commentListResponse", items, token)

    def _comments_insert(self, query: dict[str, str], body: Any) -> Scripted:
        snippet = body["snippet"]
        assert set(snippet) == {"parentId", "textOriginal"}
        if problem := _text_problem(snippet["textOriginal"]):
            return problem
        parent = self.comments.get(snippet["parentId"])
        if parent is None:
            return refused(404, "parentCommentNotFound")
        if parent.parent:
            return refused(400, "operationNotSupported")
        return Scripted(body=self._comment(self.comments[self._own(parent.video, snippet)]))

    def _commentThreads_insert(self, query: dict[str, str], body: Any) -> Scripted:
        snippet = body["snippet"]
        head = snippet["topLevelComment"]["snippet"]
        if problem := _text_problem(head["textOriginal"]):
            return problem
        if snippet["videoId"] not in self.videos:
            return refused(404, "videoNotFound")
        assert snippet["channelId"] == self.videos[snippet["videoId"]][0]
        comment = self.comments[self._own(snippet["videoId"], head)]
        return Scripted(body=self._thread(comment, False, "published"))

    def _own(self, video: str, snippet: dict[str, Any]) -> str:
        status = "heldForReview" if self.holds else "published"
        parent = snippet.get("parentId", "")
        return self.write(OWN, snippet["textOriginal"], parent=parent, video=video, status=status)

    def _comments_update(self, query: dict[str, str], body: Any) -> Scripted:
        comment = self.comments.get(body["id"])
        if comment is None:
            return refused(404, "commentNotFound")
        if comment.author != OWN:
            return refused(403, "forbidden")
        if problem := _text_problem(body["snippet"]["textOriginal"]):
            return problem
        self.change(comment.id, body["snippet"]["textOriginal"])
        return Scripted(body=self._comment(comment))

    def _comments_delete(self, query: dict[str, str], _: Any) -> Scripted:
        if query["id"] not in self.comments:
            return refused(404, "commentNotFound")
        del self.comments[query["id"]]
        return Scripted(204)

    def _channels_list(self, query: dict[str, str], _: Any) -> Scripted:
        ids = [OWN] if query.get("mine") == "true" else query["id"].split(",")
        assert len(ids) <= 50
        if not self.has_channel:
            ids = []
        items = [_channel(one, query["part"]) for one in ids if one in CHANNELS]
        answer: dict[str, Any] = {"kind": "youtube#channelListResponse"}
        return Scripted(body={**answer, "items": items} if items else answer)

    def _videos_list(self, query: dict[str, str], _: Any) -> Scripted:
        ids = query["id"].split(",")
        assert len(ids) <= 50
        items = [self._video(one, query["part"]) for one in ids if one in self.videos]
        return self._listed("youtube#videoListResponse", items, "")

    def _search_list(self, query: dict[str, str], _: Any) -> Scripted:
        self.n_searches += 1
        after = datetime.fromisoformat(query["publishedAfter"])
        words = [word.strip().strip('"').lower() for word in query["q"].split("|")]
        found = [
            (video, one)
            for video, one in self.videos.items()
            if one[3] > after and any(word in f"{one[1]} {one[2]}".lower() for word in words)
        ]
        found.sort(key=lambda pair: pair[1][3], reverse=True)
        page, token = self._paged(found, query)
        items = [
            {"kind": "youtube#searchResult", "id": {"kind": "youtube#video", "videoId": video},
             "snippet": {"publishedAt": stamp(one[3]), "channelId": one[0], "title": one[1],
                         "description": one[2][:20], "channelTitle": CHANNELS[one[0]]["title"]}}
            for video, one in page
        ]  # fmt: skip
        return self._listed("youtube#searchListResponse", items, token)

    # --- shapes ---

    def _paged(self, rows: list[Any], query: dict[str, str]) -> tuple[list[Any], str]:
        start, n = int(query.get("pageToken", "CAT0")[3:]), int(query.get("maxResults", "20"))
        return rows[start : start + n], f"CAT{start + n}" if len(rows) > start + n else ""

    def _listed(self, kind: str, items: list[Any], token: str) -> Scripted:
        n = {"totalResults": len(items), "resultsPerPage": len(items)}
        answer = {"kind": kind, "items": items, "pageInfo": n}
        return Scripted(body={**answer, "nextPageToken": token} if token else answer)

    def _thread(self, head: Comment, with_replies: bool, status: str) -> dict[str, Any]:
        below = self._below(head.id, status if status != "published" else "published")
        thread: dict[str, Any] = {
            "kind": "youtube#commentThread", "id": head.id,
            "snippet": {"channelId": self.videos[head.video][0], "videoId": head.video,
                        "topLevelComment": self._comment(head),
                        "canReply": head.status == "published", "totalReplyCount": len(below),
                        "isPublic": head.status == "published"},
        }  # fmt: skip
        if with_replies and below:
            thread["replies"] = {"comments": [self._comment(c) for c in below[-INLINE:]]}
        return thread

    def _comment(self, c: Comment, *, with_status: bool = True, with_video: bool = True) -> Any:
        snippet: dict[str, Any] = {
            "channelId": self.videos[c.video][0], "textDisplay": None if c.is_bad else c.text,
            "authorDisplayName": NAMES[c.author],
            "authorChannelUrl": f"http://www.youtube.com/{NAMES[c.author]}",
            "authorChannelId": {"value": c.author}, "canRate": True, "viewerRating": "none",
            "likeCount": 0, "publishedAt": stamp(c.at), "updatedAt": stamp(c.edited_at or c.at),
        }  # fmt: skip
        if c.author == OWN:
            snippet["textOriginal"] = c.text
        if with_video:
            snippet["videoId"] = c.video
        if c.parent:
            snippet["parentId"] = c.parent
        if with_status and self.videos[c.video][0] == OWN:
            snippet["moderationStatus"] = c.status
        if c.image:
            snippet["imageUrl"] = c.image
        return {"kind": "youtube#comment", "id": c.id, "snippet": snippet}

    def _video(self, video: str, part: str) -> dict[str, Any]:
        channel, title, words, at = self.videos[video]
        item: dict[str, Any] = {"kind": "youtube#video", "id": video}
        item["snippet"] = {"publishedAt": stamp(at), "channelId": channel, "title": title,
                           "description": words, "channelTitle": CHANNELS[channel]["title"],
                           "defaultAudioLanguage": "en"}  # fmt: skip
        if "statistics" in part:
            item["statistics"] = {"viewCount": "10", "commentCount": "0"}
        return item


def _channel(channel: str, part: str) -> dict[str, Any]:
    facts = CHANNELS[channel]
    item: dict[str, Any] = {"kind": "youtube#channel", "id": channel}
    if "snippet" in part:
        picture = {"default": {"url": "https://yt3.example/a.jpg"}}
        item["snippet"] = {"title": facts["title"], "customUrl": facts["customUrl"],
                           "thumbnails": picture}  # fmt: skip
    item["statistics"] = (
        {"hiddenSubscriberCount": True}
        if facts["subscribers"] is None
        else {"hiddenSubscriberCount": False, "subscriberCount": facts["subscribers"]}
    )
    return item


def _text_problem(text: str) -> Scripted | None:
    if not text.strip():
        return refused(400, "commentTextRequired")
    return refused(400, "commentTextTooLong") if len(text) > MAX_TEXT else None


def stamp(time: datetime) -> str:
    """A time as YouTube writes it."""
    return time.isoformat(timespec="seconds").replace("+00:00", "Z")
