"""How far one look at everything has come: the cursor of a watch on Meta's networks.

There is no list of "what is new for us". A round reads the lists there are (own posts, tags), and
below every post what others wrote, newest first, down to what the last round has seen. Once a day a
round sweeps: it goes through many more posts, because somebody may comment on an old one. A killed
round goes on where its last page was saved.

Everything is measured by the server's time when a round began: an answer that arrives while the
round is under way, under a post that was read already, lies above the next round's floor.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.ids import Cursor
from socialdesk.domain.rules.brand_words import BrandWords
from socialdesk.networks.answers import Answer
from socialdesk.networks.base import Page
from socialdesk.networks.meta.gathering import Below, Part, in_order
from socialdesk.networks.meta.graph import answered_at
from socialdesk.networks.meta.usage import pause_s
from socialdesk.networks.values import read_time
from socialdesk.networks.walks import OVERLAP, as_text

SWEEP_AFTER: Final = timedelta(days=1)
MAX_STEPS: Final = 2_000  # answers of one round; more than that never ends
MAX_COUNTS: Final = 300  # posts whose number of comments is remembered
MAX_TODO: Final = 300  # lists below posts: a page of Instagram's names 275, and one below it 21


@frozen
class Round:
    """Times are ISO 8601, "" = none. `origin`: nothing older is ever taken; `seen`: when the last
    finished round began, `swept`: when the last one did that swept; `began`: when the one under
    way did, "" = none is; `is_sweep`: whether that one sweeps.

    `stage`: which list is read, `at`: the server's cursor of its next page; `n_read`: posts read
    of it; `todo`: lists below posts that go on; `counts`: comments a post had, by its id; `tag_id`:
    a hashtag's id."""

    origin: str = ""
    seen: str = ""
    swept: str = ""
    began: str = ""
    is_sweep: bool = False
    stage: int = 0
    at: str = ""
    n_read: int = 0
    n_steps: int = 0
    todo: tuple[Below, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    tag_id: str = ""

    @property
    def floor(self) -> datetime:
        """What is older than this was seen by an earlier round, that went as far."""
        before = self.swept if self.is_sweep else self.seen
        return max(read_time(before) - OVERLAP, self.start) if before else self.start

    @property
    def start(self) -> datetime:
        """What is older than this is never taken."""
        return read_time(self.origin)

    @property
    def is_first(self) -> bool:
        """Whether no round was ever finished."""
        return not self.seen

    def saved(self) -> Cursor:
        """As text; the same round always gives the same text."""
        return Cursor(json.dumps(asdict(self), separators=(",", ":")))


def begin_round(cursor: Cursor | None, since: datetime) -> Round:
    """The round that `cursor` left under way, or a new one. What cannot be read starts anew: known
    posts are met again, and not doubled."""
    try:
        return _read(json.loads(cursor or "{}"), since)
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError):
        return Round(origin=as_text(since))


def step_on(walk: Round, part: Part, answer: Answer, *, n_stages: int) -> Round:
    """The round after an answer: of the first list of `todo` if there is one, else of its stage."""
    step = after_below if walk.todo else after_list
    return step(walk, part, answered_at(answer), n_stages=n_stages)


def page_of(part: Part, after: Round, answer: Answer, words: BrandWords) -> Page:
    """What is saved of one answer: our own posts and what the watch's words keep."""
    pause = pause_s(answer.headers)
    return Page(
        in_order(m for m in part.mentions if m.is_own or words.keep(m.body)),
        part.rejects,
        after.saved(),
        more=bool(after.began) and not pause,
        next_poll_s=pause,
    )


def after_list(walk: Round, part: Part, now: datetime | None, *, n_stages: int) -> Round:
    """The round after a page of a list. `now`: the server's time."""
    same_page = bool(walk.at) and part.after == walk.at
    goes_on = bool(part.after) and not part.is_past and not same_page
    step = replace(
        _counted(walk, part, now),
        stage=walk.stage if goes_on else walk.stage + 1,
        at=part.after if goes_on else "",
        n_read=walk.n_read + part.n_posts if goes_on else 0,
    )
    return _ended(_with_todo(step, (*walk.todo, *part.todo)), n_stages)


def after_below(walk: Round, part: Part, now: datetime | None, *, n_stages: int) -> Round:
    """The round after a page of what stands below the first post of `todo`."""
    done, *rest = walk.todo
    more = tuple(below for below in part.todo if below != done)
    step = _with_todo(_counted(walk, part, now), (*more, *rest))
    return _ended(step, n_stages)


def _with_todo(walk: Round, todo: tuple[Below, ...]) -> Round:
    """As many lists as have room. A post whose list has none does not count as read, so that the
    next round meets it again as changed. The post is the last part of a list's id."""
    dropped = {below.id.rpartition("/")[2] for below in todo[MAX_TODO:]}
    counts = {key: n for key, n in walk.counts.items() if key not in dropped}
    return replace(walk, todo=todo[:MAX_TODO], counts=counts)


def _counted(walk: Round, part: Part, now: datetime | None) -> Round:
    began = walk.began or as_text(now or max(part.times, default=walk.floor))
    older = {key: n for key, n in walk.counts.items() if key not in part.counts}
    counts = dict([*older.items(), *part.counts.items()][-MAX_COUNTS:])
    is_sweep = walk.is_sweep if walk.began else _is_sweep_due(walk, began)
    return replace(walk, began=began, is_sweep=is_sweep, n_steps=walk.n_steps + 1, counts=counts)


def _is_sweep_due(walk: Round, began: str) -> bool:
    return not walk.swept or read_time(began) - read_time(walk.swept) >= SWEEP_AFTER


def _ended(walk: Round, n_stages: int) -> Round:
    """A new round's beginning when nothing is left of this one. The clock of a server that was set
    back moves nothing back."""
    if walk.n_steps < MAX_STEPS and (walk.todo or walk.stage < n_stages):
        return walk
    return Round(
        origin=walk.origin,
        seen=max(walk.seen, walk.began),
        swept=max(walk.swept, walk.began) if walk.is_sweep else walk.swept,
        counts=walk.counts,
        tag_id=walk.tag_id,
    )


def _read(saved: Any, since: datetime) -> Round:
    for time in (saved["origin"], saved["seen"], saved["swept"], saved["began"]):
        if time:
            read_time(time)
    return Round(
        origin=str(saved["origin"]) or as_text(since),
        seen=str(saved["seen"]),
        swept=str(saved["swept"]),
        began=str(saved["began"]),
        is_sweep=saved["is_sweep"] is True,
        stage=int(saved["stage"]),
        at=str(saved["at"]),
        n_read=int(saved["n_read"]),
        n_steps=int(saved["n_steps"]),
        todo=tuple(Below(str(one["id"]), str(one["at"]), int(one["n"])) for one in saved["todo"]),
        counts={str(key): int(value) for key, value in saved["counts"].items()},
        tag_id=str(saved["tag_id"]),
    )
