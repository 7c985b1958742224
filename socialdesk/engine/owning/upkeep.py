"""What time itself does: snoozes end, silence closes what waited; once a day old rests go."""

import logging
from collections.abc import Callable, Mapping

from socialdesk.engine.kit import Kit
from socialdesk.engine.settings import number_of
from socialdesk.store import commands
from socialdesk.store.file.writer import Priority, Transaction
from socialdesk.store.mentions import counters
from socialdesk.store.rules import rule_hits
from socialdesk.store.triage import triage

MINUTE_MS, HOUR_MS, DAY_MS = 60_000, 3_600_000, 86_400_000
QUIET_EVERY_MS = HOUR_MS
KEPT_ANSWERS_MS = 30 * DAY_MS
KEPT_RULE_ACTS_MS = 90 * DAY_MS  # some 120 bytes for each thing a rule did

log = logging.getLogger(__name__)


class Upkeep:
    """`settings`: those in force now."""

    def __init__(self, kit: Kit, settings: Callable[[], Mapping[str, str]]) -> None:
        self._kit, self._settings = kit, settings
        self._quiet_at = kit.clock.now_ms() + MINUTE_MS

    def after_jump(self) -> None:
        """Everything may be due."""
        self._quiet_at = 0

    def step(self) -> float:
        """Do what is due; seconds until the next thing."""
        now = self._kit.clock.now_ms()
        next_snooze = self._kit.readers.here(triage.next_snooze_end)
        if next_snooze is not None and next_snooze <= now:
            self._kit.writer.submit(triage.wake_snoozes, priority=Priority.SEND).result()
            next_snooze = self._kit.readers.here(triage.next_snooze_end)
        if now >= self._quiet_at:
            days = number_of(self._settings(), "quiet_days")
            self._kit.writer.submit(
                lambda tx: triage.quiet_waiting(tx, days), priority=Priority.BACKGROUND
            ).result()
            self._quiet_at = now + QUIET_EVERY_MS
        due = min(t for t in (next_snooze, self._quiet_at) if t is not None)
        return max(0.5, (due - now) / 1000)


def tidy(tx: Transaction) -> None:
    """Daily: answers to commands nobody will send again go, and the way back from what rules did
    long ago; the live counts are checked."""
    commands.forget_before(tx, tx.now - KEPT_ANSWERS_MS)
    rule_hits.forget_before(tx, tx.now - KEPT_RULE_ACTS_MS)
    if counters.recount(tx):
        log.warning("the live counts were wrong and have been counted anew")
