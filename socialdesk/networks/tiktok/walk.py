"""How far one look at everything has come: the cursor of the account's watch.

There is no list of what is new. A round reads the own videos, then the comments under the newest
twenty and under those whose number of comments changed, newest first, down to what the last round
has seen; then the lists of who named the account, where TikTok has approved that.
"""

import json
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.ids import Cursor

OVERLAP_S: Final = 3600  # comments show up minutes after they were written
VIDEOS, NAMED_COMMENTS, NAMED_VIDEOS, N_STAGES = range(4)
MAX_TODO: Final = 300
MAX_STEPS: Final = 1000  # answers of one round; more than that never ends
MAX_COUNTS: Final = 1000


@frozen
class Below:
    """A list to be read: of a video's comments, or of a comment's answers. `at`: the server's
    cursor, "" = from its start; `n_deep`: pages of it that are read even where they are old."""

    video: str
    comment: str = ""
    at: str = ""
    n_deep: int = 0


@frozen
class Round:
    """Times are unix seconds by TikTok's clock. `origin`: nothing older is taken; `seen`: the
    newest of finished rounds; `top`: of this one; `stage`: which list is read, `at` the cursor of
    its next page, `n_pages` how many of it were read; `counts`: comments of a video ("video"),
    answers of a comment ("video/comment")."""

    origin: int
    seen: int = 0
    top: int = 0
    stage: int = VIDEOS
    at: str = ""
    n_pages: int = 0
    n_steps: int = 0
    todo: tuple[Below, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()

    @property
    def floor(self) -> int:
        """What is older than this was seen by an earlier round."""
        return max(self.origin, self.seen - OVERLAP_S)

    @property
    def is_under_way(self) -> bool:
        """Whether something of this round was read."""
        return self.n_steps > 0

    def with_todo(self, *more: Below) -> "Round":
        """Each list once, in the order they came."""
        known = {(one.video, one.comment) for one in self.todo}
        fresh = {(one.video, one.comment): one for one in more}
        added = [one for key, one in fresh.items() if key not in known]
        return replace(self, todo=(*self.todo, *added)[:MAX_TODO])

    def saved(self) -> Cursor:
        """As text; the same round always gives the same text."""
        return Cursor(json.dumps(asdict(self), separators=(",", ":")))


def begin_round(cursor: Cursor | None, since: datetime) -> Round:
    """The round that `cursor` left under way, or a new one. What cannot be read starts anew: known
    comments are met again, and not doubled."""
    try:
        return _read(json.loads(cursor or "null"))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return Round(origin=int(since.timestamp()))


def after_page(walk: Round, at: str, *, is_last: bool) -> Round:
    """The round after a page of the list of its stage; `at`: the cursor of the next."""
    if is_last or not at or at == walk.at:
        return replace(walk, stage=walk.stage + 1, at="", n_pages=0)
    return replace(walk, at=at, n_pages=walk.n_pages + 1)


def after_step(walk: Round) -> Round:
    """The round after a fetch; a new one's beginning when nothing is left of it."""
    walk = replace(walk, n_steps=walk.n_steps + 1)
    if walk.n_steps < MAX_STEPS and (walk.todo or walk.stage < N_STAGES):
        return walk
    return Round(walk.origin, max(walk.seen, walk.top), counts=walk.counts[-MAX_COUNTS:])


def _read(saved: Any) -> Round:
    todo = tuple(
        Below(str(one["video"]), str(one["comment"]), str(one["at"]), int(one["n_deep"]))
        for one in saved["todo"]
    )
    return Round(
        origin=int(saved["origin"]),
        seen=int(saved["seen"]),
        top=int(saved["top"]),
        stage=int(saved["stage"]),
        at=str(saved["at"]),
        n_pages=int(saved["n_pages"]),
        n_steps=int(saved["n_steps"]),
        todo=todo,
        counts=tuple((str(key), int(n)) for key, n in saved["counts"]),
    )
