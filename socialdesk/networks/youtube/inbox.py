"""All comments on the own channel, page by page. See `progress` for what a look is made of.

A page has N_THREADS threads of at most INLINE replies each: more would pass 200 mentions. Threads
with more replies than came along are read to their end, a call each.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.ids import Cursor
from socialdesk.domain.mentions.mention import Kind, Mention
from socialdesk.networks.base import Page, Reject, raw_bytes, read_each
from socialdesk.networks.day_ends import answered_at
from socialdesk.networks.google.api import NOT_THERE, GoogleApi, items_of, next_page
from socialdesk.networks.http import Answer, Value
from socialdesk.networks.values import read_time
from socialdesk.networks.walks import Walk, begin_walk, step
from socialdesk.networks.youtube.addresses import COMMENTS, THREADS
from socialdesk.networks.youtube.comments import Seen, Thread, read_comment, read_thread
from socialdesk.networks.youtube.people import with_reach
from socialdesk.networks.youtube.progress import (
    HELD,
    MAX_REPLY_PAGES,
    OLDER,
    PUBLISHED,
    SPAM,
    Progress,
    Todo,
    read_progress,
)

N_THREADS: Final = 33
INLINE: Final = 5
REPLIES: Final = 100  # a page; the API's maximum

# Page tokens die soon; a channel may close its comments; only an owner sees the lists for review.
_PAGE_DIED: Final = frozenset({"invalidPageToken", "commentsDisabled"})
_NOT_OURS: Final = _PAGE_DIED | {"forbidden", "insufficientPermissions"}
_UNREADABLE: Final = (KeyError, TypeError, ValueError, AttributeError, OverflowError)


@frozen
class Inbox:
    """The comments of channel `own_id`."""

    api: GoogleApi
    own_id: str

    def next_page(
        self, cursor: Cursor | None, since: datetime, keep: Callable[[str], bool]
    ) -> Page:
        """The next page of a look; `more` until the look is over."""
        progress = read_progress(cursor)
        if progress.todo:
            mentions, rejects, after = self._replies(progress)
        else:
            mentions, rejects, after = self._threads(progress, since)
        kept = [m for m in mentions if m.published_at >= since and keep(m.body)]
        kept.sort(key=lambda mention: mention.published_at)
        reached = with_reach(self.api, kept, self.own_id)
        return Page(tuple(reached), rejects, after.saved(), more=not after.is_between_looks)

    # --- lists of threads ---

    def _threads(
        self, progress: Progress, since: datetime
    ) -> tuple[list[Mention], tuple[Reject, ...], Progress]:
        walk = begin_walk(progress.walk.saved(), since)
        answer = self._ask(progress, walk)
        if answer is None:  # what was seen stays; the next look begins the list anew
            # and past what this one knew already, for what lies behind that nobody has read
            known = {} if progress.stage == PUBLISHED else progress.counts
            ended = replace(progress, at="", counts=known)
            return [], (), ended.after_list(Walk(seen=walk.seen), "", _looked(progress), 0)
        items, token = items_of(answer), next_page(answer)
        threads, rejects = _read_threads(items, self.own_id)
        ends_here = progress.stage == PUBLISHED and _knows_all(progress, walk, threads)
        after = step(walk, [t.published_at for t in threads], "" if ends_here else token)
        mentions, bad = self._fresh(progress, walk, threads)
        moved = progress.after_list(after, token, answered_at(answer.headers), len(items))
        if progress.stage not in (HELD, SPAM):
            todo = tuple(_todo_of(t) for t in threads if _is_longer(progress, t, since))
            moved = replace(moved.counted(threads), todo=todo)
        return mentions, (*rejects, *bad), moved

    def _ask(self, progress: Progress, walk: Walk) -> Answer | None:
        is_review = progress.stage in (HELD, SPAM)
        params: dict[str, Value] = {
            "part": "snippet,replies",
            "allThreadsRelatedToChannelId": self.own_id,
            "order": "time",
            "maxResults": N_THREADS,
            "textFormat": "plainText",
            "moderationStatus": progress.stage if is_review else "",
            "pageToken": progress.at if progress.stage == OLDER else walk.at,
        }
        none_for = _NOT_OURS if is_review else _PAGE_DIED
        return self.api.look(THREADS, params, none_for)

    def _fresh(
        self, progress: Progress, walk: Walk, threads: list[Thread]
    ) -> tuple[list[Mention], tuple[Reject, ...]]:
        """What of these threads may be new: all of one that we never met or that has another
        number of replies, of the others only what was edited lately."""
        floor = read_time(walk.floor)
        found: list[Mention] = []
        rejects: list[Reject] = []
        for thread in threads:
            mentions, bad = self._comments(thread)
            has_changed = progress.n_replies(thread) != thread.n_replies
            found += [m for m in mentions if has_changed or (m.edited_at and m.edited_at >= floor)]
            rejects += bad
        return found, tuple(rejects)

    def _comments(self, thread: Thread) -> tuple[tuple[Mention, ...], tuple[Reject, ...]]:
        top = Seen(self.own_id, Kind.COMMENT, thread.video_id, thread.can_reply)
        below = replace(top, kind=_kind_below(thread.is_ours))
        heads, bad_heads = read_each([thread.top], lambda one: read_comment(one, top))
        replies, bad = read_each(thread.inline[:INLINE], lambda one: read_comment(one, below))
        return (*heads, *replies), (*bad_heads, *bad)

    # --- the replies of one thread ---

    def _replies(self, progress: Progress) -> tuple[list[Mention], tuple[Reject, ...], Progress]:
        todo, *rest = progress.todo
        params: dict[str, Value] = {
            "part": "snippet",
            "parentId": todo.thread,
            "maxResults": REPLIES,
            "textFormat": "plainText",
            "pageToken": todo.at,
        }
        answer = self.api.look(COMMENTS, params, _PAGE_DIED | NOT_THERE)
        if answer is None:  # gone, or to be met again as a thread with another number of replies
            counts = {key: n for key, n in progress.counts.items() if key != todo.thread}
            return [], (), replace(progress, todo=tuple(rest), counts=counts)
        seen = Seen(self.own_id, _kind_below(todo.is_ours), todo.video)
        mentions, rejects = read_each(items_of(answer), lambda one: read_comment(one, seen))
        token = next_page(answer)
        if token and token != todo.at and todo.n_pages < MAX_REPLY_PAGES:
            rest = [replace(todo, at=token, n_pages=todo.n_pages + 1), *rest]
        return list(mentions), rejects, replace(progress, todo=tuple(rest))


def _read_threads(items: Iterable[Any], own_id: str) -> tuple[list[Thread], list[Reject]]:
    threads: list[Thread] = []
    rejects: list[Reject] = []
    for item in items:
        try:
            threads.append(read_thread(item, own_id))
        except _UNREADABLE as e:
            rejects.append(Reject(raw_bytes(item), f"{type(e).__name__}: {e}"[:200]))
    return threads, rejects


def _knows_all(progress: Progress, walk: Walk, threads: list[Thread]) -> bool:
    """Whether earlier looks went past this page. After a burst the walk's overlap alone would
    read hundreds of known threads at every look, a unit for each page."""
    return bool(walk.seen and threads) and all(
        progress.n_replies(thread) is not None for thread in threads
    )


def _is_longer(progress: Progress, thread: Thread, since: datetime) -> bool:
    """Whether it has replies that nobody has read yet and that did not come along. One begun
    before `since` and met for the first time is only counted: old replies are not asked for."""
    known = progress.n_replies(thread)
    if known is None and thread.published_at < since:
        return False
    n_here = len(thread.inline) if len(thread.inline) <= INLINE else 0
    return thread.n_replies > n_here and known != thread.n_replies


def _todo_of(thread: Thread) -> Todo:
    return Todo(thread.id, thread.video_id, thread.is_ours)


def _kind_below(is_ours: bool) -> Kind:
    """Who answers in a thread that we began answers us."""
    return Kind.REPLY if is_ours else Kind.COMMENT


def _looked(progress: Progress) -> datetime | None:
    return read_time(progress.looked) if progress.looked else None
