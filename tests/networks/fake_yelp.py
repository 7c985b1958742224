"""Yelp's Places API in this process: one place, and a plan with or without reviews."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import requests

from socialdesk.networks.testing import Scripted, ScriptedServer

FOLDER = Path(__file__).parents[1] / "fixtures" / "yelp"
KEY, PLACE, ALIAS = "yelp-key-canary-0b77", "-4C5Rw_example0123456A", "aldanov-bakery-almaty"
ERRORS = json.loads((FOLDER / "errors.json").read_text("utf-8"))


class FakeYelp(ScriptedServer):
    def __init__(self) -> None:
        super().__init__()
        self.reviews: list[dict[str, Any]] = []
        self.has_reviews = True  # the plan

    def handle(self, request: requests.PreparedRequest) -> Scripted:
        url = urlsplit(str(request.url))
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return error("401")
        place, _, more = unquote(url.path.removeprefix("/v3/businesses/")).partition("/")
        if place not in (PLACE, ALIAS):
            return error("404")
        if not more:
            return Scripted(body={"id": PLACE, "alias": ALIAS, "name": "Aldanov Bakery"})
        asked = parse_qs(url.query)
        if more != "reviews" or not self.has_reviews:
            return error("403")
        if asked.get("locale", ["en_US"]) != ["en_US"] or int(asked["limit"][0]) > 50:
            return error("400")
        return Scripted(body={"reviews": self.reviews, "total": len(self.reviews)})

    def add_mention(self, text: str) -> str:
        n = len(self.reviews)
        when = self.now + timedelta(minutes=n)
        self.reviews.insert(0, {
            "id": f"review-{n}", "url": f"https://www.yelp.com/biz/{ALIAS}?hrid=review-{n}",
            "text": f"{text}...", "rating": 1 + n % 5,
            "time_created": when.strftime("%Y-%m-%d %H:%M:%S"),
            "user": {"id": "u1", "name": "Ann S.", "profile_url": None},
        })  # fmt: skip
        return f"https://www.yelp.com/biz/{ALIAS}?hrid=review-{n}"

    def add_bad_item(self) -> None:
        self.reviews.insert(0, {"id": "bad", "text": ["no"]})


def error(name: str) -> Scripted:
    """As the fixture has it."""
    return Scripted(int(name[:3]), ERRORS[name])
