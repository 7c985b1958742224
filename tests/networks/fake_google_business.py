"""A small Google Business in this process: one person, two accounts, and the reviews of one shop.

The reviews have no discovery document: their shapes are hand-written from the reference page.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import requests

from socialdesk.networks.testing import Scripted
from tests.networks.fake_google import FakeGoogle, refused
from tests.networks.google_discovery import discovery

PERSONAL, GROUP = "accounts/11", "accounts/22"
SHOP, BRANCH = "locations/501", "locations/502"
MAX_BYTES = 4096
WORDS = ("", "ONE", "TWO", "THREE", "FOUR", "FIVE")


@dataclass
class Review:
    id: str
    name: str
    stars: int
    words: str
    at: datetime
    changed_at: datetime
    reply: dict[str, Any] | None = None
    pictures: list[dict[str, str]] = field(default_factory=list)
    is_bad: bool = False


@dataclass
class Location:
    title: str
    street: str
    code: str
    is_verified: bool = True


class FakeGoogleBusiness(FakeGoogle):
    """`moderation`: the state that an answer gets at once. `quota`: 0 until Google approved."""

    discovery = discovery("google_business")
    scope = "https://www.googleapis.com/auth/business.manage"

    def __init__(self) -> None:
        super().__init__()
        self.reviews: dict[str, Review] = {}
        self.locations = {SHOP: Location("Tea House", "1 Quay Street", "T-1")}
        self.moderation, self.violation = "PENDING", ""
        self.quota = 300
        self.dead_tokens = False
        self.puts: list[str] = []

    # --- what people do ---

    def rate(
        self, words: str, stars: int = 2, *, name: str = "Ann Miller", at: datetime | None = None
    ) -> str:
        """A review now; its id."""  # fmt: skip
        review = f"AbF{len(self.reviews):04}"
        at = at or self.now + timedelta(seconds=len(self.reviews))
        self.reviews[review] = Review(review, name, stars, words, at, at)
        return review

    def change(self, review: str, words: str, stars: int, at: datetime) -> None:
        one = self.reviews[review]
        one.words, one.stars, one.changed_at = words, stars, at

    def answer(self, review: str, words: str, state: str = "APPROVED") -> None:
        """Somebody answers on the web."""
        self.reviews[review].reply = {
            "comment": words, "updateTime": stamp(self.now), "reviewReplyState": state,
        }  # fmt: skip

    # --- the kit's ---

    def add_mention(self, text: str) -> str:
        return f"google-review:501/{self.rate(text)}"

    def add_bad_item(self) -> None:
        self.reviews[self.rate("bad")].is_bad = True

    def n_posted(self, text: str) -> int:
        return sum((one.reply or {}).get("comment") == text for one in self.reviews.values())

    def remove(self, uri: str) -> None:
        del self.reviews[uri.rpartition("/")[2]]

    # --- the API ---

    def check_answer(self, request: requests.PreparedRequest, answer: Scripted) -> None:
        if not any(review.is_bad for review in self.reviews.values()):
            super().check_answer(request, answer)

    def api(self, request: requests.PreparedRequest, query: dict[str, str], body: Any) -> Scripted:
        if not self.quota:
            return no_quota()
        path = urlsplit(str(request.url)).path.strip("/").split("/")
        if path[0] == "v1":
            return self._v1(path[1:], query)
        assert path[1:5] == [*GROUP.split("/"), *SHOP.split("/")], "another location"
        if len(path) == 6:
            return self._list(query)
        review = self.reviews.get(path[6])
        if review is None:
            return refused(404, "notFound", grpc="NOT_FOUND")
        if request.method == "GET":
            return Scripted(body=_review(review))
        return self._put(review, body) if request.method == "PUT" else self._delete(review)

    def _v1(self, path: list[str], query: dict[str, str]) -> Scripted:
        if path == ["accounts"]:
            people = [{"name": PERSONAL, "accountName": "Ann Miller", "type": "PERSONAL"},
                      {"name": GROUP, "accountName": "Tea", "type": "LOCATION_GROUP"}]  # fmt: skip
            return Scripted(body={"accounts": people})
        if not query.get("readMask"):
            return refused(400, "badRequest", grpc="INVALID_ARGUMENT")
        if path[0] == "locations":
            name = "/".join(path)
            if name not in self.locations:
                return refused(404, "notFound", grpc="NOT_FOUND")
            return Scripted(body=_location(name, self.locations[name]))
        shops = self.locations if path[:2] == GROUP.split("/") else {}
        start, n = int(query.get("pageToken", "p0")[1:]), 1  # as small as a page can be
        items = [_location(name, one) for name, one in shops.items()]
        page: dict[str, Any] = {"locations": items[start : start + n]} if items else {}
        more = {"nextPageToken": f"p{start + n}"} if len(items) > start + n else {}
        return Scripted(body={**page, **more})

    def _list(self, query: dict[str, str]) -> Scripted:
        assert query["orderBy"] == "updateTime desc"
        if query.get("pageToken") and self.dead_tokens:
            return refused(400, "badRequest", grpc="INVALID_ARGUMENT")
        rows = sorted(self.reviews.values(), key=lambda one: one.changed_at, reverse=True)
        start, n = int(query.get("pageToken", "p0")[1:]), int(query["pageSize"])
        answer: dict[str, Any] = {}
        if rows:
            answer = {"reviews": [_review(one) for one in rows[start : start + n]],
                      "totalReviewCount": len(rows), "averageRating": 3.5}  # fmt: skip
        if len(rows) > start + n:
            answer["nextPageToken"] = f"p{start + n}"
        return Scripted(body=answer)

    def _put(self, review: Review, body: Any) -> Scripted:
        assert set(body) == {"comment"}
        if not self.locations[SHOP].is_verified:
            return refused(400, "badRequest", grpc="FAILED_PRECONDITION")
        if not 0 < len(body["comment"].encode()) <= MAX_BYTES:
            return refused(400, "badRequest", grpc="INVALID_ARGUMENT")
        self.puts.append(body["comment"])
        self.answer(review.id, body["comment"], self.moderation)
        assert review.reply is not None
        if self.violation:
            review.reply["policyViolation"] = self.violation
        return Scripted(body=review.reply)

    def _delete(self, review: Review) -> Scripted:
        if review.reply is None:
            return refused(404, "notFound", grpc="NOT_FOUND")
        review.reply = None
        return Scripted(body={})


def no_quota(limit: str = "0") -> Scripted:
    """What a project hears whose application nobody has approved yet."""
    return refused(429, "RATE_LIMIT_EXCEEDED", grpc="RESOURCE_EXHAUSTED",
                   quota_limit="DefaultRequestsPerMinutePerProject", quota_limit_value=limit,
                   consumer="projects/4711")  # fmt: skip


def _review(review: Review) -> dict[str, Any]:
    is_named = bool(review.name)
    person = {"displayName": review.name or "A Google user", "isAnonymous": not is_named}
    if is_named:
        person["profilePhotoUrl"] = "https://lh3.example/ann"
    item: dict[str, Any] = {
        "name": f"{GROUP}/{SHOP}/reviews/{review.id}", "reviewId": review.id, "reviewer": person,
        "starRating": None if review.is_bad else WORDS[review.stars],
        "createTime": stamp(review.at), "updateTime": stamp(review.changed_at),
    }  # fmt: skip
    if review.words:
        item["comment"] = review.words
    if review.reply:
        item["reviewReply"] = review.reply
    if review.pictures:
        item["reviewMediaItems"] = review.pictures
    return item


def _location(name: str, one: Location) -> dict[str, Any]:
    return {
        "name": name, "title": one.title, "storeCode": one.code,
        "storefrontAddress": {"regionCode": "IE", "addressLines": [one.street],
                              "locality": "Galway"},
        "metadata": {"placeId": f"ChIJ{name[-3:]}", "hasVoiceOfMerchant": one.is_verified,
                     "mapsUri": f"https://maps.example/?cid={name[-3:]}"},
    }  # fmt: skip


def stamp(time: datetime) -> str:
    """A time as Google writes it."""
    return time.isoformat(timespec="microseconds").replace("+00:00", "Z")
