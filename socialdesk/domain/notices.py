"""Notices: which of what there is to tell is told now, together with what, and what must wait."""

from collections.abc import Mapping, Sequence
from dataclasses import field

from socialdesk.domain.frozen import frozen
from socialdesk.domain.times.hours import BusinessHours

GAP_MS = 60_000  # between two of the same kind: a thousand new mentions are a few notices
MAX_AT_ONCE = 4  # kinds at the same time; more are told as one
LONGEST_PAUSE_MS = 24 * 3_600_000  # a longer one was left behind by a clock that went wrong

DUE_SOON, OVERDUE, IN_VIEW = "due_soon", "overdue", "new_in_view"
DANGER, VIP, REACH = "danger", "vip", "reach"
SIGN_IN, SEVERAL, TEST = "sign_in", "several", "test"
# About a mention that needs a reply, and moot once it does not.
OF_MENTION = (DUE_SOON, OVERDUE, IN_VIEW, DANGER, VIP, REACH)


@frozen
class Notice:
    """One row of the table. Times are ms UTC; `next_at` 0 = told; `facts` hold no names."""

    id: int
    at: int
    code: str
    mention_id: int = 0
    is_urgent: bool = False
    next_at: int = 0
    seen_at: int = 0
    facts: Mapping[str, str | int] = field(default_factory=dict, hash=False)

    @property
    def kind(self) -> str:
        """What it is told together with: the same code, of the same view or rule."""
        of = self.facts.get("view", self.facts.get("rule", ""))
        return f"{self.code}:{of}" if of else self.code

    @property
    def repeats(self) -> bool:
        """Told again until it is seen."""
        return self.is_urgent or bool(self.facts.get("repeat"))


@frozen
class Quiet:
    """When nothing is told. `hours`: None = never quiet; urgent ones pass them when
    `urgent_passes`. A pause (`paused_until`, ms UTC) holds everything."""

    hours: BusinessHours | None = None
    urgent_passes: bool = True
    paused_until: int = 0

    def ends(self, now: int, *, is_urgent: bool) -> int:
        """From when on a notice may be told: `now`, or the end of what keeps it."""
        start = now
        if now < self.paused_until <= now + LONGEST_PAUSE_MS:
            start = self.paused_until
        if self.hours is None or (is_urgent and self.urgent_passes):
            return start
        return start if not self.hours.is_open(start) else self.hours.open_until(start)


@frozen
class Popup:
    """What is told as one: `code` SEVERAL when they are of several kinds. Oldest first."""

    kind: str
    code: str
    notices: tuple[Notice, ...]

    @property
    def is_urgent(self) -> bool:
        return any(n.is_urgent for n in self.notices)

    @property
    def mentions(self) -> tuple[int, ...]:
        """Each once, in the order of the notices."""
        return tuple(dict.fromkeys(n.mention_id for n in self.notices if n.mention_id))

    @property
    def n(self) -> int:
        """How many there are: a notice may stand for several by itself."""
        several = sum(int(n.facts.get("n", 1)) for n in self.notices)
        return max(len(self.mentions), several if self.notices else 0)


@frozen
class Plan:
    """`waiting_until`: the first moment at which something that waits now can be told; 0 = none."""

    popups: tuple[Popup, ...] = ()
    waiting_until: int = 0


def plan(due: Sequence[Notice], now: int, told: Mapping[str, int], quiet: Quiet) -> Plan:
    """`due`: unseen ones whose time has come, oldest first; `told`: when a kind was last told.

    Nothing is told before its quiet ends, nor within GAP_MS of its kind.
    """
    ready: dict[str, list[Notice]] = {}
    waits: list[int] = []
    for notice in due:
        start = max(quiet.ends(now, is_urgent=notice.is_urgent), _gap_ends(notice, told, now))
        if start > now:
            waits.append(start)
        else:
            ready.setdefault(notice.kind, []).append(notice)
    popups = [Popup(kind, found[0].code, tuple(found)) for kind, found in ready.items()]
    return Plan(tuple(_joined(popups)), min(waits, default=0))


def _gap_ends(notice: Notice, told: Mapping[str, int], now: int) -> int:
    last = told.get(notice.kind, -GAP_MS)
    return last + GAP_MS if last <= now else now  # told in the future: the clock was set back


def _joined(popups: list[Popup]) -> list[Popup]:
    """The urgent ones by themselves as far as there is room, the rest as one."""
    if len(popups) <= MAX_AT_ONCE:
        return popups
    popups = sorted(popups, key=lambda p: not p.is_urgent)
    alone, rest = popups[: MAX_AT_ONCE - 1], popups[MAX_AT_ONCE - 1 :]
    return [*alone, Popup(SEVERAL, SEVERAL, tuple(n for p in rest for n in p.notices))]


@frozen
class NoticeLine:
    """What is told as one, with what it takes to say so. `who`: names of the first authors;
    `words`: the beginning of a single mention; `subject`: name of the view, rule or account."""

    popup: Popup
    who: tuple[str, ...] = ()
    words: str = ""
    subject: str = ""

    @property
    def at(self) -> int:
        return self.popup.notices[-1].at

    @property
    def is_seen(self) -> bool:
        return all(n.seen_at for n in self.popup.notices)


def grouped(notices: Sequence[Notice]) -> list[Popup]:
    """Told at the same moment and of the same kind: one line. Keeps their order."""
    groups: dict[tuple[int, str], list[Notice]] = {}
    for notice in notices:
        groups.setdefault((notice.at, notice.kind), []).append(notice)
    return [Popup(kind, found[0].code, tuple(found)) for (_, kind), found in groups.items()]
