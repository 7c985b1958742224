"""People, posts and refusals as X words them, for the fake X."""

import json
from typing import Any, Final

from socialdesk.networks.testing import Scripted

HOST: Final = "api.x.com"
OWN, ANN = "2244994945", "783214"
HANDLES: Final = {OWN: "brandbakery", ANN: "ann_reads"}
CLIENT_ID: Final = "Q2xpZW50LWNhbmFyeS0x"
PROBLEM: Final = "https://api.x.com/2/problems/"


def user(id_: str) -> dict[str, Any]:
    """A person as `includes` has them."""
    handle = HANDLES.get(id_, f"person{id_}")
    return {
        "id": id_,
        "name": handle.title(),
        "username": handle,
        "verified": False,
        "profile_image_url": f"https://pbs.example/{id_}.jpg",
        "public_metrics": {
            "followers_count": 321,
            "following_count": 5,
            "tweet_count": 9,
            "listed_count": 0,
        },
    }


def uri_of(id_: str) -> str:
    """As the connector names a post for good."""
    return f"https://x.com/i/status/{id_}"


def id_of(uri: str) -> str:
    """The post's id."""
    return uri.rpartition("/")[2]


def renamed(post: dict[str, Any]) -> dict[str, Any]:
    """The same in the names of OpenAPI 2.167."""
    text = json.dumps(post).replace("edit_history_tweet_ids", "edit_history_post_ids")
    text = text.replace("referenced_tweets", "referenced_posts").replace("note_tweet", "note_post")
    found: dict[str, Any] = json.loads(text.replace("retweet_count", "repost_count"))
    return found


def refused(status: int, title: str, detail: str, kind: str = "") -> Scripted:
    """A problem as X words it."""
    return Scripted(
        status,
        {
            "title": title,
            "status": status,
            "detail": detail,
            "type": PROBLEM + kind if kind else "about:blank",
        },
    )


def invalid(name: str, value: str) -> Scripted:
    """A parameter X does not take."""
    message = f"The query parameter [{name}] is not one of the allowed values"
    return Scripted(
        400,
        {
            "errors": [{"parameters": {name: [value]}, "message": message}],
            "title": "Invalid Request",
            "detail": "One or more parameters to your request was invalid.",
            "type": f"{PROBLEM}invalid-request",
        },
    )


def encoded(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
