"""Pictures for a post: handed over first, then named by the post.

Source: Mastodon "media" methods: 200 = ready, 202 or no `url` = still being read; 206 when asked
for while that lasts; a post that names an unread one is refused with 422.
"""

from typing import Any
from urllib.parse import quote

from socialdesk.domain.errors import BadAnswerError
from socialdesk.domain.replies.picture import Picture
from socialdesk.networks.mastodon.server import Server
from socialdesk.networks.mastodon.statuses import read_id


def upload_picture(server: Server, picture: Picture, content: bytes) -> tuple[str, bool]:
    """Its id on the server, and whether a post may name it now."""
    form = {"description": picture.alt}
    answer = server.post_file("/api/v2/media", content, picture.mime, form)
    name = ""
    try:
        name = read_id(answer["id"])
    except (KeyError, TypeError, ValueError, AttributeError):
        pass  # raised below
    if not name:
        raise BadAnswerError("the server told the new picture unreadably")
    return name, _is_read(answer)


def is_picture_read(server: Server, name: str) -> bool:
    """Whether the server has read it. Raises RefusedError when it is not there."""
    return _is_read(server.get(f"/api/v1/media/{quote(name, safe='')}"))


def _is_read(answer: Any) -> bool:
    """An address is given once it is there."""
    return isinstance(answer, dict) and isinstance(answer.get("url"), str)
