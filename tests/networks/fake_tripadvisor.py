"""Tripadvisor's Content API in this process: one place, five reviews of each language."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from socialdesk.networks.testing import Scripted, ScriptedServer

FOLDER = Path(__file__).parents[1] / "fixtures" / "tripadvisor"
KEY, LOCATION = "TACANARY0123456789ABCDEF", "1234567"
BUBBLES = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 20" width="100" height="20">'
    + b"".join(b'<circle cx="%d" cy="10" r="8" fill="#00aa6c"/>' % x for x in range(10, 100, 20))
    + b"</svg>"
)
IMAGE = "https://www.tripadvisor.com/img/ratings/s4.0.svg"
DETAILS = json.loads((FOLDER / "details.json").read_text("utf-8"))


class FakeTripadvisor(ScriptedServer):
    """`reviews`: by language, newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.reviews: dict[str, list[dict[str, Any]]] = {"en": []}

    def handle(self, request: requests.PreparedRequest) -> Scripted:
        url = urlsplit(str(request.url))
        if url.path.startswith("/img/"):
            assert "key" not in url.query
            return Scripted(200, BUBBLES, {"Content-Type": "image/svg+xml"})
        asked = {key: values[0] for key, values in parse_qs(url.query).items()}
        if asked.get("key") != KEY:
            return Scripted(401, {"Message": "User is not authorized to access this resource"})
        location, _, more = url.path.removeprefix("/api/v1/location/").partition("/")
        if location != LOCATION:
            return Scripted(404, {"error": {"message": "Not Found", "type": "NotFound", "code": 0}})
        if more == "details":
            return Scripted(body=DETAILS)
        if more != "reviews" or int(asked.get("limit", "5")) > 5:
            return Scripted(400, {"message": "bad request"})
        found = self.reviews.get(asked.get("language", "en"), [])[:5]
        return Scripted(body={"data": found, "paging": {"total_results": len(found)}})

    def add_mention(self, text: str) -> str:
        n = len(self.reviews["en"])
        when = (self.now + timedelta(minutes=n)).isoformat().replace("+00:00", "Z")
        uri = f"https://www.tripadvisor.com/ShowUserReviews-g1-d{LOCATION}-r{n}-Reviews.html"
        self.reviews["en"].insert(0, {
            "id": 100 + n, "url": uri, "text": text, "title": "", "lang": "en",
            "rating": "4", "rating_image_url": IMAGE, "published_date": when,
            "user": {"username": "ann_sample"},
        })  # fmt: skip
        return uri

    def add_bad_item(self) -> None:
        self.reviews["en"].insert(0, {"id": 1, "text": None})
