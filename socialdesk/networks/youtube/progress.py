"""How far the comments of a channel have been read: the cursor of that watch.

YouTube has no "since". Threads are listed by when they were begun, so a reply in an old thread
moves nothing: only the thread's number of replies tells of it. One look is the newest threads, and
a quarter of an hour after the last thorough look also the older of the newest hundred, and the
comments that wait for review or look like spam.
"""

import json
from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.ids import Cursor
from socialdesk.networks.values import read_time
from socialdesk.networks.walks import Walk, as_text
from socialdesk.networks.youtube.comments import Thread

PUBLISHED: Final = "published"
OLDER: Final = "older"
HELD: Final = "heldForReview"
SPAM: Final = "likelySpam"

THOROUGH_EVERY: Final = timedelta(minutes=15)  # sheet §9: angry customers hide among the held
N_OLDER: Final = 99  # threads looked at again for their number of replies
KEPT: Final = 200  # threads whose number of replies is remembered
MAX_REPLY_PAGES: Final = 20  # of one thread

_NEXT: Final = {OLDER: HELD, HELD: SPAM, SPAM: PUBLISHED}


@frozen
class Todo:
    """A thread whose replies are not all read: where its next page begins."""

    thread: str
    video: str
    is_ours: bool = False
    at: str = ""
    n_pages: int = 0


@frozen
class Progress:
    """`walks`: how far each list was read. `stage`: the list under way, PUBLISHED between looks.
    `at`, `n_left`: page token of OLDER and how many threads it still has to look at. `counts`: when
    a thread was begun (unix seconds) and how many replies it had. `looked`: when the last thorough
    look began, ISO 8601."""

    walks: Mapping[str, Walk] = field(default_factory=dict)
    stage: str = PUBLISHED
    at: str = ""
    n_left: int = 0
    todo: tuple[Todo, ...] = ()
    counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    looked: str = ""

    def saved(self) -> Cursor:
        """As text; the same progress always gives the same text."""
        todo = [[t.thread, t.video, int(t.is_ours), t.at, t.n_pages] for t in self.todo]
        state = {
            "walks": {name: walk.saved() for name, walk in self.walks.items()},
            "stage": self.stage,
            "at": self.at,
            "left": self.n_left,
            "todo": todo,
            "counts": {key: list(pair) for key, pair in self.counts.items()},
            "looked": self.looked,
        }
        return Cursor(json.dumps(state, separators=(",", ":")))

    @property
    def is_between_looks(self) -> bool:
        return not self.todo and self.stage == PUBLISHED and not self.walk.at

    @property
    def walk(self) -> Walk:
        """How far the list under way was read."""
        return self.walks.get(self.stage, Walk())

    def n_replies(self, thread: Thread) -> int | None:
        """How many replies the thread had when we read them; None = never met."""
        known = self.counts.get(thread.id)
        return None if known is None else known[1]

    def counted(self, threads: list[Thread]) -> "Progress":
        """With these threads' numbers of replies, the newest KEPT."""
        now = {t.id: (int(t.published_at.timestamp()), t.n_replies) for t in threads}
        newest = sorted({**self.counts, **now}.items(), key=lambda one: one[1], reverse=True)
        return replace(self, counts=dict(newest[:KEPT]))

    def after_list(self, walk: Walk, token: str, now: datetime | None, n_read: int) -> "Progress":
        """After a page of the list under way. `token`: of its next page; `now`: as Google says."""
        if self.stage == OLDER:
            n_left = self.n_left - n_read
            if token and token != self.at and n_left > 0:
                return replace(self, at=token, n_left=n_left)
            return replace(self, stage=HELD, at="", n_left=0)
        kept = replace(self, walks={**self.walks, self.stage: walk})
        if walk.at:
            return kept
        if self.stage != PUBLISHED:
            return replace(kept, stage=_NEXT[self.stage])
        if not _is_due(self.looked, now):
            return kept
        thorough = replace(kept, stage=HELD, looked=as_text(now))
        n_left = N_OLDER - n_read
        if token and n_left > 0:
            return replace(thorough, stage=OLDER, at=token, n_left=n_left)
        return thorough


def read_progress(cursor: Cursor | None) -> Progress:
    """What a cursor says. One that cannot be read starts anew: known comments are met again."""
    try:
        state = json.loads(cursor or "{}")
        if not state:
            return Progress()
        progress = Progress(
            walks={str(name): Walk(**json.loads(walk)) for name, walk in state["walks"].items()},
            stage=str(state["stage"]),
            at=str(state["at"]),
            n_left=int(state["left"]),
            todo=tuple(_todo(one) for one in state["todo"]),
            counts={str(key): (int(s), int(n)) for key, (s, n) in state["counts"].items()},
            looked=str(state["looked"]),
        )
        if progress.looked:
            read_time(progress.looked)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError):
        return Progress()
    return progress if progress.stage in (PUBLISHED, *_NEXT) else Progress()


def _todo(saved: Any) -> Todo:
    thread, video, is_ours, at, n_pages = saved
    return Todo(str(thread), str(video), bool(is_ours), str(at), int(n_pages))


def _is_due(looked: str, now: datetime | None) -> bool:
    """Whether a thorough look is due; a Google without a clock is looked at each time."""
    return not looked or now is None or now - read_time(looked) >= THOROUGH_EVERY
