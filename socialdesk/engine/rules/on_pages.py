"""Rules over each new page: after it was understood, inside the transaction that stores it.

Under a full lock they are off for everything in its scope: people look at each of those. They run
once, when a mention comes; an edit of its words later runs none, because what was done
for the first words may have been answered already. What a rule does is in the journal with its
number; a rule that fails, or whose expression is too slow for three texts, is switched off and
told, and the page is stored all the same.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from functools import partial
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from socialdesk.domain.mentions.mention import Mention
from socialdesk.domain.rules.rule import MAX_SLOW, Rule
from socialdesk.domain.rules.rule_run import Decided, TooSlowError, decide
from socialdesk.domain.times.hours_text import HoursError, read_text
from socialdesk.engine.intake import Finish
from socialdesk.engine.rules.patterns import Found
from socialdesk.store.crisis import lock
from socialdesk.store.file.reader import Readers
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions.pages import SavedPage
from socialdesk.store.rules import rule_facts, rule_hits, rule_notices, rules

log = logging.getLogger(__name__)


def zone_of(settings: Mapping[str, str]) -> tzinfo | None:
    """The workspace's zone, as its business hours say; None = the system's."""
    hours = settings.get("hours", "")
    try:
        return ZoneInfo(read_text(hours).zone) if hours else None
    except (HoursError, ZoneInfoNotFoundError, ValueError, OSError):
        return None


class RuleStep:
    """The last step of the intake. `zone()`: the workspace's, None = the system's."""

    def __init__(self, readers: Readers, zone: Callable[[], tzinfo | None]) -> None:
        self._readers, self._zone = readers, zone

    def prepare(self, network: str, mentions: Sequence[Mention]) -> Finish:
        """Expressions are tried here: in the transaction their answers are known."""
        found = Found()
        for rule in self._readers.here(rules.running) if mentions else ():
            for pattern in rule.patterns:
                _try_all(found, pattern, mentions)

        def finish(tx: Transaction, saved: SavedPage) -> None:
            if saved.new_ids:
                run(tx, saved.new_ids, self._zone(), found)

        return finish


def _try_all(found: Found, pattern: str, mentions: Sequence[Mention]) -> None:
    """Until it was too slow so often that its rule will be switched off."""
    n_slow = 0
    for m in mentions:
        try:
            found(pattern, rule_facts.text_of(m.title, m.body, m.warning))
        except TooSlowError:
            n_slow += 1
        if n_slow == MAX_SLOW:
            return


def run(tx: Transaction, ids: Sequence[int], zone: tzinfo | None, found: Found) -> None:
    """Every rule that is on, over mentions that were stored in this transaction."""
    running = rules.running(tx.conn)
    ids = lock.not_locked(tx.conn, ids) if running else ()
    if not ids:
        return
    decided = decide(running, rule_facts.read(tx.conn, ids, zone), found)
    by_id = {rule.id: rule for rule in running}
    for rule_id, hit_ids in rule_hits.by_rule(decided.hits, running).items():
        work = partial(rule_hits.apply, tx, by_id[rule_id], hit_ids)
        if (error := rules.attempt(tx, work)) is not None:
            decided.failed[rule_id] = error
    _end_dead(tx, running, decided)


def _end_dead(tx: Transaction, running: Sequence[Rule], decided: Decided) -> None:
    for rule in running:
        if rule.id in decided.n_slow:
            rules.count_slow(tx, rule.id, decided.n_slow[rule.id])
        if not decided.is_dead(rule):
            continue
        error = decided.failed.get(rule.id)
        reason = "slow" if error is None else "failed"
        log.warning("rule %d is switched off: %s", rule.id, reason, exc_info=error)
        rules.switch_off(tx, rule.id, reason)
        rule_notices.tell_stopped(tx, rule.id, reason)
