"""Posting on X, and finding out whether something was posted."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any, Final

from socialdesk.domain.errors import Refusal, RefusedError, UnreachableError
from socialdesk.domain.length.weighted import links
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.networks.http import Value
from socialdesk.networks.read_back import earliest, is_same
from socialdesk.networks.values import read_time
from socialdesk.networks.x import prices
from socialdesk.networks.x.answers import listed
from socialdesk.networks.x.posts import Me, links_of, parent_id, uri_of, web_url, words_of
from socialdesk.networks.x.questions import Questions, id_part, own_posts_of, token_of
from socialdesk.networks.x.server import Server

LOOK_AT: Final = 20  # own posts a page
MAX_PAGES: Final = 5


def send(server: Server, me: Me, outgoing: Outgoing) -> Posted:
    """Raises RefusedError(PERMISSION) when X finds that nobody summoned us."""
    body: dict[str, Any] = {"text": outgoing.text}
    if outgoing.is_answer:
        body["reply"] = {"in_reply_to_tweet_id": id_part(outgoing.parent_remote_id)}
    price = price_of(outgoing)
    paid = server.ask("POST", "/tweets", price, lambda _: price, body=body)
    if paid.answer.status == 400:
        raise RefusedError(Refusal.TEXT, str(paid.error))
    posted = paid.data.get("data") if isinstance(paid.data, Mapping) else None
    id_ = posted.get("id") if isinstance(posted, Mapping) else None
    if not isinstance(id_, str) or not id_:
        raise UnreachableError("X took it and answered unreadably", maybe_done=True)
    return _posted(id_, me, outgoing)


def find(questions: Questions, me: Me, outgoing: Outgoing) -> Posted | None:
    """Owned reads, cheap: at most MAX_PAGES pages of what we posted since the first try."""
    since = earliest(outgoing).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    asked: dict[str, Value] = {"start_time": since}
    token = ""
    for _ in range(MAX_PAGES):
        data = questions.page(
            own_posts_of(me.id), LOOK_AT, asked, token=token, with_authors=False
        ).data
        for item in listed(data):
            if _is_it(item, outgoing):
                return _posted(item["id"], me, outgoing)
        token = token_of(data)
        if not token:
            break
    return None


def price_of(outgoing: Outgoing) -> int:
    """Of posting it."""
    return prices.POSTING.of(outgoing.text, is_answer=outgoing.is_answer)


def _posted(id_: str, me: Me, outgoing: Outgoing) -> Posted:
    return Posted(id_, uri_of(id_), web_url(me.handle, id_), cost=price_of(outgoing))


def _is_it(item: Any, outgoing: Outgoing) -> bool:
    """One that cannot be read is not it."""
    try:
        parent, time = parent_id(item), read_time(item["created_at"])
        words, found = words_of(item), links_of(item)
        if not isinstance(item["id"], str):
            return False
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, IndexError):
        return False
    if parent != id_part(outgoing.parent_remote_id):
        return False
    written = [outgoing.text[a:b] for a, b in links(outgoing.text)]
    for theirs, ours in zip(found, written, strict=False):
        if _bare(theirs) == _bare(ours):  # we wrote brand.kz, X made http://brand.kz of it
            words = words.replace(theirs, ours, 1)
    return is_same(words, time, outgoing)


def _bare(link: str) -> str:
    return link.rpartition("://")[2].rstrip("/").casefold()
