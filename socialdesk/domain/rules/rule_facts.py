"""What a rule can know of a mention: flat, so that deciding needs nothing else."""

import re
from dataclasses import replace

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.insight import Intent, Sentiment
from socialdesk.domain.mentions.mention import Kind
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.rules.rule import Action, Do

_LINK = re.compile(r"https?://|\bwww\.\w", re.IGNORECASE)
_QUESTION = re.compile(r"[?？؟⁇⁈]")


@frozen
class Facts:
    """`text`: title, body and content warning, a line each. `reach` -1, `n_stars` 0 = unknown.
    `weekday` (Monday 0) and `minute` of the day in the workspace's zone, of when it was published.
    `n_copies`: earlier mentions with nearly the same words. `labels`: case folded."""

    mention_id: int
    author_id: int
    text: str
    account_id: int = 0
    watch_ids: frozenset[int] = frozenset()
    network: str = ""
    source: Kind = Kind.MENTION
    handle: str = ""
    name: str = ""
    is_vip: bool = False
    is_bot: bool = False
    is_muted: bool = False
    is_first: bool = False
    reach: int = -1
    lang: str = ""
    sentiment: Sentiment = Sentiment.NOT_RATED
    intent: Intent = Intent.UNSURE
    n_stars: int = 0
    weekday: int = 0
    minute: int = 0
    has_attachment: bool = False
    n_copies: int = 0
    labels: frozenset[str] = frozenset()

    @property
    def has_link(self) -> bool:
        return _LINK.search(self.text) is not None

    @property
    def has_question(self) -> bool:
        return self.intent is Intent.QUESTION or _QUESTION.search(self.text) is not None


@frozen
class Stored:
    """A stored mention with what became of it."""

    facts: Facts
    status: Status = Status.NEW
    disposition: Disposition = Disposition.NONE
    priority: int = 0
    is_replied: bool = False

    @property
    def is_filed(self) -> bool:
        """Done since it came: nobody decided that."""
        return self.disposition in (Disposition.BACKFILL, Disposition.MUTED)


def after(facts: Facts, actions: tuple[Action, ...]) -> Facts:
    """What the next rule sees."""
    labels = {str(a.value).casefold() for a in actions if a.do is Do.LABEL}
    done = {a.do for a in actions}
    if not labels and not done & {Do.VIP, Do.MUTE}:
        return facts
    return replace(
        facts,
        labels=facts.labels | labels,
        is_vip=facts.is_vip or Do.VIP in done,
        is_muted=facts.is_muted or Do.MUTE in done,
    )
