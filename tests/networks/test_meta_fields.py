"""Every field that is asked for is one that the network documents."""

from collections.abc import Iterator, Mapping

import pytest

from socialdesk.networks.facebook import posts as facebook
from socialdesk.networks.facebook.network import SCOPES as PAGE_SCOPES
from socialdesk.networks.instagram import connector as instagram_connector
from socialdesk.networks.instagram import posts as instagram
from socialdesk.networks.instagram.network import FACEBOOK_SCOPES
from socialdesk.networks.instagram.network import SCOPES as INSTAGRAM_SCOPES
from socialdesk.networks.threads import connector as threads_connector
from socialdesk.networks.threads import posts as threads
from socialdesk.networks.threads.network import SCOPES as THREADS_SCOPES
from tests.networks.fake_meta import Fields, fixture, names_in, read_fields

ASKED = [
    ("facebook", "comment", facebook.COMMENT_FIELDS),
    ("facebook", "post", f"{facebook.POST_FIELDS},{facebook.nested_comments(25)}"),
    ("instagram", "comment", instagram.comment_fields()),
    ("instagram", "media", instagram.media_with_comments(10)),
    ("instagram", "hashtagged", instagram.HASHTAG_FIELDS),
    ("instagram", "user", f"id,user_id,{instagram_connector.ME_FIELDS}"),
    ("threads", "post", threads.POST_FIELDS),
    ("threads", "reply", threads.REPLY_FIELDS),
    ("threads", "me", threads_connector.ME_FIELDS),
]
NODES = {"comments": "comment", "replies": "comment"}  # what an expanded edge lists


def asked(kind: str, fields: Fields) -> Iterator[tuple[str, str]]:
    """Each field with its kind of node, expanded edges followed."""
    for name, inner in names_in(fields):
        yield kind, name
        if name in NODES:
            yield from asked(NODES[name], inner)


@pytest.mark.parametrize(("key", "kind", "fields"), ASKED)
def test_only_documented_fields_are_asked_for(key: str, kind: str, fields: str) -> None:
    known: Mapping[str, list[str]] = fixture(key, "fields")["nodes"]
    unknown = [
        f"{node}.{name}"
        for node, name in asked(kind, read_fields(fields))
        if name not in known[node]
    ]
    assert not unknown


@pytest.mark.parametrize("scopes", [PAGE_SCOPES, INSTAGRAM_SCOPES, FACEBOOK_SCOPES, THREADS_SCOPES])
def test_each_permission_has_what_it_is_for(scopes: Mapping[str, str]) -> None:
    assert all(scopes.values())
    assert not [name for name in scopes if name.startswith("ads_") or "messag" in name]
