"""From one answer to mentions: the posts of a list, and what stands below each of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime
from typing import Any, Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Mention
from socialdesk.networks.base import Reject, read_each
from socialdesk.networks.meta.graph import Listing
from socialdesk.networks.values import read_time

MAX_MENTIONS: Final = 200  # of one page


@frozen
class Below:
    """A list below a post that has to be read: `at`: the server's cursor, "" = from its start; `n`:
    how many pages of it are read even where they are old."""

    id: str
    at: str = ""
    n: int = 0


@frozen
class Part:
    """What one answer brought. `after`: cursor of the list's next page; `is_past`: that one would
    only hold what was seen before; `times`: of the posts; `counts`: comments by post id."""

    mentions: tuple[Mention, ...] = ()
    rejects: tuple[Reject, ...] = ()
    todo: tuple[Below, ...] = ()
    after: str = ""
    is_past: bool = False
    n_posts: int = 0
    times: tuple[datetime, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


@frozen
class Reader:
    """How one network's items are read. `floor`: comments older than it are left out; `post` leaves
    out by itself (None).

    `post_id`: of a raw post, "" when it cannot be told. `below`: what stands below a raw post, as
    far as it came with it. `is_changed`: whether something under it changed, wherever it stands,
    so that `n_deep` pages are read whatever their age."""

    floor: datetime
    post: Callable[[Any], Mention | None]
    comment: Callable[[Any, Any], Mention | None]
    post_id: Callable[[Any], str]
    below: Callable[[Any], Listing]
    is_changed: Callable[[Any], bool] = lambda post: False
    n_deep: int = 0


def gather(posts: Listing, reader: Reader) -> Part:
    """The mentions of a page of posts. What would pass MAX_MENTIONS is put off, never left out."""
    found, rejects = read_each(posts.items, reader.post)
    part = Part(found, rejects, after=posts.after, n_posts=len(posts.items))
    for post in posts.items:
        part = _with_comments(part, post, reader)
    return part


def gather_below(comments: Listing, post: Any, below: Below, reader: Reader) -> Part:
    """The mentions of a further page below one post. `post`: whatever `reader.comment` needs."""
    found, rejects, times = _read(comments, post, reader)
    todo = _rest(below.id, comments.after, times, reader.floor, max(0, below.n - 1))
    return Part(found, rejects, todo)


def dated(part: Part, posts: Iterable[Any], key: str, floor: datetime, n_least: int) -> Part:
    """With the posts' times, and whether the list need not be read any further: `n_least` posts
    were read, and what follows is older than `floor`."""
    times = tuple(_times(posts, key))
    is_old = not times or min(times) < floor
    return replace(part, times=times, is_past=part.n_posts >= n_least and is_old)


def in_order(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Oldest first, each once: a comment may come as an answer and by itself."""
    once = {mention.uri: mention for mention in mentions}
    return tuple(sorted(once.values(), key=lambda mention: mention.published_at))


def _times(posts: Iterable[Any], key: str) -> Iterator[datetime]:
    for post in posts:
        try:
            yield read_time(post[key])
        except (KeyError, TypeError, ValueError, OverflowError):
            continue


def _with_comments(part: Part, post: Any, reader: Reader) -> Part:
    post_id = reader.post_id(post)
    comments = reader.below(post)
    n_deep = reader.n_deep if reader.is_changed(post) else 0
    found, rejects, times = _read(comments, post, reader)
    if not post_id:
        return part
    if len(part.mentions) + len(found) > MAX_MENTIONS:
        return replace(part, todo=(*part.todo, Below(post_id, "", n_deep)))
    return replace(
        part,
        mentions=(*part.mentions, *found),
        rejects=(*part.rejects, *rejects),
        todo=(*part.todo, *_rest(post_id, comments.after, times, reader.floor, n_deep)),
    )


def _rest(
    post_id: str, after: str, times: list[datetime], floor: datetime, n_deep: int
) -> tuple[Below, ...]:
    """The next page below a post, while there may be something new on it."""
    is_fresh = bool(times) and min(times) >= floor
    return (Below(post_id, after, n_deep),) if after and (is_fresh or n_deep) else ()


def _read(
    comments: Listing, post: Any, reader: Reader
) -> tuple[tuple[Mention, ...], tuple[Reject, ...], list[datetime]]:
    times: list[datetime] = []

    def read(item: Any) -> Mention | None:
        mention = reader.comment(item, post)
        if mention is None:
            return None
        times.append(mention.published_at)
        return mention if mention.published_at >= reader.floor else None

    found, rejects = read_each(comments.items, read)
    return found, rejects, times
