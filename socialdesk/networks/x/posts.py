"""X's posts and people as mentions and authors. Readers raise KeyError, TypeError or ValueError.

Shapes: OpenAPI 2.166 (Tweet) and 2.167 (Post).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any, Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Attachment, Author, CanReply, Kind, Mention
from socialdesk.networks.html_text import one_line, plain
from socialdesk.networks.values import count_or_none, id_of, read_time, text_of, text_or
from socialdesk.networks.x.dialect import either

WEB: Final = "https://x.com"
_NO_LANG: Final = frozenset({"und", "qme", "qht", "zxx", "qam", "qct", "qst", "art"})
_STATUS: Final = re.compile(r"https?://(?:www\.)?(?:x|twitter)\.com/(\w+)/status/\d+", re.I)


@frozen
class Me:
    """Our account."""

    id: str
    handle: str


@frozen
class Beside:
    """What came along with posts: people and media by their ids."""

    people: Mapping[str, Any] = field(default_factory=dict)
    media: Mapping[str, Any] = field(default_factory=dict)


def read_beside(data: Any) -> Beside:
    """From `includes`; what cannot be read is left out."""
    includes = data.get("includes") if isinstance(data, Mapping) else None
    found = includes if isinstance(includes, Mapping) else {}
    return Beside(_by(found.get("users"), "id"), _by(found.get("media"), "media_key"))


def read_post(item: Any, me: Me, beside: Beside, kind: Kind | None = None) -> Mention:
    """One post. `kind` None: POST unless it names or answers us."""
    id_, author_id = id_of(item["id"]), id_of(item["author_id"])
    first, root = first_id(item), text_or(item.get("conversation_id"))
    author = _author(author_id, beside.people)
    time, reposted, parent = read_time(item["created_at"]), _ref(item, "retweeted"), parent_id(item)
    can_reply = _summons(item, me)
    return Mention(
        uri=uri_of(first),
        remote_id=id_ if root in ("", id_) else f"{id_}/{root}",
        author=author,
        body=words_of(item),
        published_at=time,
        kind=kind or _kind(item, me, can_reply),
        is_own=author_id == me.id,
        repost_of=uri_of(reposted) if reposted else "",
        url=web_url(author.handle, id_),
        lang=_lang(item.get("lang")),
        parent_uri=uri_of(parent) if parent else "",
        root_uri=uri_of(root) if root and root != id_ else "",
        edited_at=time if id_ != first else None,
        n_reposts=_n_reposts(item),
        attachments=tuple(_attachments(item, beside.media)),
        can_reply=CanReply.API if can_reply else CanReply.BROWSER,
        reply_note="" if can_reply else "not_summoned",
    )


def read_author(user: Any) -> Author:
    """A person as they are now."""
    handle, metrics = text_of(user["username"]), user.get("public_metrics")
    n = count_or_none(metrics.get("followers_count")) if isinstance(metrics, Mapping) else None
    return Author(
        remote_id=id_of(user["id"]),
        handle=handle,
        name=one_line(text_or(user.get("name"))),
        url=f"{WEB}/{handle}",
        avatar_url=_web(user.get("profile_image_url")),
        n_followers=n,
    )


def words_of(item: Any) -> str:
    """All words, of a long post too; X's short links as what they lead to, those to the post's own
    pictures left out. Only &, < and > come encoded."""
    note = either(item, "note_tweet")
    long = note if isinstance(note, Mapping) and isinstance(note.get("text"), str) else None
    text = text_of((long or item)["text"])
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    for link in (*_links(long or {}), *_links(item)):
        short, full = text_or(link.get("url")), _web(link.get("expanded_url"))
        if short.startswith("https://t.co/") and ("media_key" in link or full):
            text = text.replace(short, "" if "media_key" in link else full)
    return plain(text).strip()


def links_of(item: Any) -> list[str]:
    """What its links lead to."""
    return [full for link in _links(item) if (full := _web(link.get("expanded_url")))]


def first_id(item: Any) -> str:
    """The id before all edits: an edited post gets a new one."""
    history = either(item, "edit_history_tweet_ids")
    return id_of(history[0]) if isinstance(history, list) and history else id_of(item["id"])


def last_id(item: Any) -> str:
    """The id of the newest version."""
    history = either(item, "edit_history_tweet_ids")
    return id_of(history[-1]) if isinstance(history, list) and history else id_of(item["id"])


def parent_id(item: Any) -> str:
    """What it answers, "" = nothing."""
    return _ref(item, "replied_to")


def uri_of(id_: str) -> str:
    """The same whatever its author is called now; x.com leads on from there."""
    return f"{WEB}/i/status/{id_}"


def web_url(handle: str, id_: str) -> str:
    """Where a person reads it."""
    return f"{WEB}/{handle}/status/{id_}" if handle and not handle.isdigit() else uri_of(id_)


def _author(author_id: str, people: Mapping[str, Any]) -> Author:
    """Without people (a re-check does not pay for them) only the id: what is known stays."""
    user = people.get(author_id)
    if user is None:
        return Author(author_id, author_id if people else "")
    return read_author(user)


def _summons(item: Any, me: Me) -> bool:
    """Whether X lets a program answer: its author named us, answered us, or quoted a post of ours.
    Source: docs.x.com changelog, 2026-02-23."""
    if item.get("in_reply_to_user_id") == me.id:
        return True
    entities = item.get("entities")
    named = entities.get("mentions") if isinstance(entities, Mapping) else None
    for one in _dicts(named):
        if one.get("id") == me.id or text_or(one.get("username")).lower() == me.handle.lower():
            return True
    pages = (_STATUS.match(link) for link in links_of(item))
    return any(page[1].lower() == me.handle.lower() for page in pages if page)


def _kind(item: Any, me: Me, is_to_us: bool) -> Kind:
    if item.get("in_reply_to_user_id") == me.id:
        return Kind.REPLY
    return Kind.MENTION if is_to_us else Kind.POST


def _ref(item: Any, kind: str) -> str:
    refs = either(item, "referenced_tweets")
    found = [one for one in _dicts(refs) if one.get("type") == kind]
    return id_of(found[0]["id"]) if found else ""


def _n_reposts(item: Any) -> int:
    metrics = item.get("public_metrics")
    return (
        count_or_none(either(metrics, "retweet_count")) or 0 if isinstance(metrics, Mapping) else 0
    )


def _attachments(item: Any, media: Mapping[str, Any]) -> Iterable[Attachment]:
    attached = item.get("attachments")
    keys = attached.get("media_keys") if isinstance(attached, Mapping) else None
    for key in keys if isinstance(keys, list) else ():
        one = media.get(key) if isinstance(key, str) else None
        url = _web(one.get("url") or one.get("preview_image_url")) if one else ""
        if one and url:
            kind = "image" if one.get("type") == "photo" else "video"
            yield Attachment(url, kind, plain(text_or(one.get("alt_text"))))


def _lang(value: Any) -> str:
    lang = text_or(value)
    return lang if lang.isascii() and lang.isalpha() and lang not in _NO_LANG else ""


def _links(item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    entities = item.get("entities")
    return _dicts(entities.get("urls")) if isinstance(entities, Mapping) else []


def _web(value: Any) -> str:
    text = text_or(value)
    is_web = text[:8].lower().startswith(("https://", "http://"))
    return text if is_web and len(text) <= 4096 else ""


def _dicts(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _by(items: Any, key: str) -> dict[str, Mapping[str, Any]]:
    return {one[key]: one for one in _dicts(items) if isinstance(one.get(key), str)}
