"""The record of a reply: fixed before the first try, so that every try writes the same one."""

import json
from collections.abc import Callable
from typing import Any

from socialdesk.domain.errors import Refusal, RefusedError
from socialdesk.domain.mention import CanReply, Kind
from socialdesk.domain.reply import Outgoing
from socialdesk.networks.bluesky.facets import facets_of
from socialdesk.networks.bluesky.posts import at_uri, read_post, text_of
from socialdesk.networks.bluesky.walks import as_text

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
    record: dict[str, Any] = {
        "$type": POST,
        "text": outgoing.text,
        "createdAt": as_text(outgoing.made_at),
        "reply": {"root": above.get("root") or ref, "parent": ref},
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


def is_same_reply(record: Any, outgoing: Outgoing) -> bool:
    """Whether a record found under the reply's key is that reply. Facets and cids may differ:
    a handle moved, or the parent was written anew, between two tries."""
    try:
        return bool(
            record["text"] == outgoing.text
            and record["reply"]["parent"]["uri"] == outgoing.parent_remote_id
        )
    except (KeyError, TypeError):
        return False
