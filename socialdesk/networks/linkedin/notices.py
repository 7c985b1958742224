"""What one fetch asks of LinkedIn: a page of notices, or a page of comments below one place.

Source: organizationalEntityNotifications (pull) and the Comments API, read 2026-11. The names of
what a notice holds are not proved by any recorded answer.
"""

from dataclasses import replace
from typing import Any, Final

from socialdesk.domain.errors import Refusal, RefusedError
from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Mention
from socialdesk.networks.base import Reject, read_each
from socialdesk.networks.linkedin.api import Api
from socialdesk.networks.linkedin.comments import (
    MS,
    n_answers,
    read_comment,
    read_named,
    spot_of_comment,
)
from socialdesk.networks.linkedin.replies import PAGE, comments_path
from socialdesk.networks.linkedin.urns import quoted, urn_of
from socialdesk.networks.linkedin.walk import Below, Round
from socialdesk.networks.values import id_of, text_of, unix_time

_COMMENTED: Final = frozenset({"COMMENT", "ADMIN_COMMENT", "COMMENT_EDIT"})
_NAMED: Final = frozenset({"SHARE_MENTION", "COMMENT_MENTION"})
_DELETED: Final = "COMMENT_DELETE"
_ACTIONS: Final = ",".join(sorted({*_COMMENTED, *_NAMED, _DELETED}))


@frozen
class Got:
    """What answers brought. `gone`: addresses of comments that were deleted."""

    mentions: tuple[Mention, ...] = ()
    rejects: tuple[Reject, ...] = ()
    gone: tuple[str, ...] = ()

    def joined(self, more: "Got") -> "Got":
        """Both together."""
        return Got(
            (*self.mentions, *more.mentions),
            (*self.rejects, *more.rejects),
            (*self.gone, *more.gone),
        )


def read_notices(api: Api, own: str, walk: Round) -> tuple[Round, Got]:
    """A page of notices: who named the page, which comments went, where comments came."""
    path = (
        f"organizationalEntityNotifications?q=criteria&actions=List({_ACTIONS})"
        f"&organizationalEntity={quoted(own)}&timeRange=(start:{walk.floor})"
        f"&start={walk.start}&count={PAGE}"
    )
    items, _ = api.elements(path)
    places: list[Below] = []
    gone: list[str] = []
    times: list[int] = [walk.top]
    noted: list[str] = []

    def read(item: Any) -> Mention | None:
        action, at = text_of(item["action"]), _in_ms(item["lastModifiedAt"])
        noted.append(f"{id_of(item['notificationId'])} {at}")
        times.append(at)
        if noted[-1] in walk.known:
            return None  # the overlap: what it names was read
        mention = read_named(item) if action in _NAMED else None
        if action in _COMMENTED:
            places.append(Below(urn_of(item["sourcePost"])))
        elif action == _DELETED:
            gone.append(spot_of_comment({"commentUrn": item["generatedActivity"]}).url)
        return mention

    found, rejects = read_each(items, read)
    start = walk.start + len(items) if len(items) == PAGE else -1
    after = replace(walk.with_todo(*places), top=max(times), start=start)
    after = replace(after, noted=(*walk.noted, *noted))
    return after, Got(found, rejects, tuple(gone))


def read_below(api: Api, own: str, walk: Round) -> tuple[Round, Got]:
    """A page of comments below the first place of `todo`; what stands below those is read later,
    where their number changed. A deleted post ends nothing."""
    place, *rest = walk.todo
    walk = replace(walk, todo=tuple(rest))
    try:
        items, _ = api.elements(comments_path(place.urn, place.start))
    except RefusedError as e:
        if e.reason is not Refusal.GONE:
            raise
        return walk, Got()
    found, rejects = read_each(items, lambda item: read_comment(item, own))
    counts, answered = dict(walk.counts), _answered(items)
    more = [Below(urn) for urn, n in answered if counts.get(urn) != n]
    if len(items) == PAGE:
        more.append(Below(place.urn, place.start + len(items)))
    counts.update(answered)
    return replace(walk.with_todo(*more), counts=tuple(counts.items())), Got(found, rejects)


def _answered(items: list[Any]) -> list[tuple[str, int]]:
    """The comments of a page that have answers, with how many."""
    found = []
    for item in items:
        try:
            if n := n_answers(item):
                found.append((spot_of_comment(item).comment, n))
        except (TypeError, ValueError, AttributeError):
            continue
    return found


def _in_ms(value: Any) -> int:
    """A time in ms, checked. Raises ValueError, TypeError."""
    return int(unix_time(value, per_s=MS).timestamp() * MS)
