"""The record of a post of ours: fixed before the first try, so that every try writes the same."""

import json
from collections.abc import Callable
from typing import Any

from socialdesk.domain.errors import Refusal, RefusedError
from socialdesk.domain.mentions.mention import CanReply, Kind
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.bluesky.facets import facets_of
from socialdesk.networks.bluesky.posts import at_uri, read_post
from socialdesk.networks.values import text_of
from socialdesk.networks.walks import as_text

POST = "app.bsky.feed.post"


def reply_record(
    outgoing: Outgoing, parent: dict[str, Any], resolve: Callable[[str], str | None]
) -> dict[str, Any]:
    """`parent`: its post view of just now, because both refs need its current cid.

    Raises RefusedError when its author closed it to us, KeyError or TypeError when the view
    cannot be read. Source: app.bsky.feed.post.
    """
    seen = read_post(parent, "", Kind.CONTEXT)
    if seen.can_reply is not CanReply.API:
        raise RefusedError(Refusal.PERMISSION, seen.reply_note)
    ref = {"uri": at_uri(parent["uri"]), "cid": text_of(parent["cid"])}
    above = parent["record"].get("reply") or {}
    return post_record(outgoing, resolve) | {
        "reply": {"root": above.get("root") or ref, "parent": ref}
    }


def post_record(outgoing: Outgoing, resolve: Callable[[str], str | None]) -> dict[str, Any]:
    """One that answers nobody. Source: app.bsky.feed.post."""
    record: dict[str, Any] = {
        "$type": POST,
        "text": outgoing.text,
        "createdAt": as_text(outgoing.made_at),
    }
    facets = facets_of(outgoing.text, resolve)
    if facets:
        record["facets"] = facets
    if outgoing.pictures:
        record["embed"] = {
            "$type": "app.bsky.embed.images",
            "images": [
                {"alt": one.alt, "image": json.loads(one.name)} for one in outgoing.pictures
            ],
        }
    if outgoing.lang:
        record["langs"] = [outgoing.lang]
    return record


def is_same_post(record: Any, outgoing: Outgoing) -> bool:
    """Whether a record found under the post's key is that post. Facets and cids may differ:
    a handle moved, or the parent was written anew, between two tries."""
    try:
        above = record["reply"]["parent"]["uri"] if "reply" in record else ""
        return bool(record["text"] == outgoing.text and above == outgoing.parent_remote_id)
    except (KeyError, TypeError):
        return False
