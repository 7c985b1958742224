"""Posts, people and notices as JSON. Source: the "Entities" pages of the Mastodon API."""

from datetime import UTC, datetime
from typing import Any

from socialdesk.practice import remote_ids
from socialdesk.practice.content import SERVER, Person
from socialdesk.practice.markup import profile_url, to_html
from socialdesk.practice.network import PracticeNetwork
from socialdesk.practice.posts import Notice, Post, Upload, Version

Json = dict[str, Any]


def iso(at_ms: int) -> str:
    """As Mastodon writes times: UTC, milliseconds, Z."""
    return f"{datetime.fromtimestamp(at_ms / 1000, UTC).isoformat('T', 'milliseconds')[:23]}Z"


class Entities:
    """Reads the network, changes nothing."""

    def __init__(self, network: PracticeNetwork) -> None:
        self._network = network
        self._has_digits = network.kind.traits.has_digit_ids

    def account_id(self, person: Person) -> str:
        return remote_ids.account_id(person.acct, has_digits=self._has_digits)

    def account(self, person: Person) -> Json:
        """The Account entity; its note says in three languages that nobody is behind it."""
        url = profile_url(person, SERVER)
        note = "".join(f"<p>{text}</p>" for text in self._network.content.notes.values())
        return {
            "id": self.account_id(person),
            "username": person.handle,
            "acct": person.acct,
            "display_name": person.name,
            "locked": False,
            "bot": person.is_bot,
            "discoverable": True,
            "created_at": "2024-01-01T00:00:00.000Z",
            "note": note,
            "url": url,
            "uri": _actor(person),
            "avatar": f"{url}/avatar.png",
            "avatar_static": f"{url}/avatar.png",
            "header": f"{url}/header.png",
            "header_static": f"{url}/header.png",
            "group": False,
            "last_status_at": iso(self._network.now_ms)[:10],
            "followers_count": person.n_followers,
            "following_count": 80,
            "statuses_count": 200,
            "emojis": [],
            "fields": [],
        }

    def own_account(self) -> Json:
        """What verify_credentials answers: the account and its defaults."""
        source = {"privacy": "public", "sensitive": False, "language": "en", "note": ""}
        return self.account(self._network.content.brand) | {"source": source | {"fields": []}}

    def uri(self, post: Post) -> str:
        """The same on every server."""
        return f"{_actor(self._network.content.people[post.line.by])}/statuses/{post.id}"

    def url(self, post: Post) -> str:
        """Where a person reads it."""
        return f"{profile_url(self._network.content.people[post.line.by], SERVER)}/{post.id}"

    def status(self, post: Post) -> Json:
        """The Status entity as it is now."""
        person = self._network.content.people[post.line.by]
        parent = self._network.posts.get(post.to)
        edited = len(post.versions) > 1
        return {
            "id": post.id,
            "uri": self.uri(post),
            "url": self.url(post),
            "created_at": iso(post.at_ms),
            "edited_at": iso(post.now.at_ms) if edited else None,
            "account": self.account(person),
            "content": self._html(post, post.now),
            "visibility": post.line.visibility,
            "sensitive": bool(post.now.warning),
            "spoiler_text": post.now.warning,
            "language": post.line.lang or None,
            "in_reply_to_id": post.to or None,
            "in_reply_to_account_id": self._author_id(parent),
            "mentions": [self._mention(key) for key in post.names],
            "tags": [{"name": tag, "url": f"{SERVER}/tags/{tag}"} for tag in post.tags],
            "emojis": [],
            "media_attachments": [
                self.picture(self._network.uploads[one]) for one in post.pictures
            ],
            "reblogs_count": len(post.reposts),
            "favourites_count": 0,
            "replies_count": len(self._network.children(post.id)),
            "quotes_count": 0,
            "reblog": None,
            "quote": None,
            "application": {"name": "SocialDesk", "website": None} if post.is_ours else None,
            "filtered": [],
            **dict.fromkeys(("favourited", "reblogged", "bookmarked", "muted"), False),
            "card": None,
            "poll": None,
        }

    def picture(self, upload: Upload, *, is_read: bool = True) -> Json:
        """The MediaAttachment entity; no address while it is being read."""
        url = f"{SERVER}/media/{upload.id}.{upload.mime.rpartition('/')[2]}" if is_read else None
        return {
            "id": upload.id,
            "type": "image",
            "url": url,
            "preview_url": url,
            "remote_url": None,
            "description": upload.alt or None,
            "meta": {},
            "blurhash": None,
        }

    def version(self, post: Post, version: Version) -> Json:
        """The StatusEdit entity."""
        return {
            "content": self._html(post, version),
            "spoiler_text": version.warning,
            "sensitive": bool(version.warning),
            "created_at": iso(version.at_ms),
            "account": self.account(self._network.content.people[post.line.by]),
            "media_attachments": [],
            "emojis": [],
        }

    def notification(self, notice: Notice) -> Json:
        """The Notification entity."""
        return {
            "id": notice.id,
            "type": notice.sort,
            "group_key": f"ungrouped-{notice.id}",
            "created_at": iso(notice.at_ms),
            "account": self.account(self._network.content.people[notice.by]),
            "status": self.status(self._network.posts[notice.post_id]),
        }

    def _html(self, post: Post, version: Version) -> str:
        if post.line.is_html:
            return version.text
        return to_html(version.text, self._network.find, SERVER)

    def _author_id(self, post: Post | None) -> str | None:
        return self.account_id(self._network.content.people[post.line.by]) if post else None

    def _mention(self, key: str) -> Json:
        person = self._network.content.people[key]
        return {
            "id": self.account_id(person),
            "username": person.handle,
            "acct": person.acct,
            "url": profile_url(person, SERVER),
        }


def _actor(person: Person) -> str:
    """The person's id on the whole network."""
    home = f"https://{person.host}" if person.host else SERVER
    return f"{home}/users/{person.handle}"
