"""Notices: seen, paused, switched on for a view."""

from typing import Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.notices import LONGEST_PAUSE_MS
from socialdesk.engine.commands import notices as c
from socialdesk.engine.work import Handler, Outcome
from socialdesk.store import settings
from socialdesk.store.file.writer import Transaction
from socialdesk.store.notices import notices

MINUTE_MS: Final = 60_000


def see(tx: Transaction, command: c.SeeNotices, person: int) -> Outcome:
    n = notices.see(
        tx, ids=command.ids, mention_id=command.mention_id, kind=command.kind,
        everything=command.everything,
    )  # fmt: skip
    return 0, {"n": n}


def pause(tx: Transaction, command: c.PauseNotices, person: int) -> Outcome:
    if not 0 <= command.minutes * MINUTE_MS <= LONGEST_PAUSE_MS:
        raise CommandError(CommandFault.BAD_INPUT, what=str(command.minutes))
    until = tx.now + command.minutes * MINUTE_MS if command.minutes else 0
    seq = settings.set_value(tx, "notices_paused_until", str(until) if until else "", person)
    return seq, {"until": until}


def set_view_notice(tx: Transaction, command: c.SetViewNotice, person: int) -> Outcome:
    if command.notice not in ("", "once", "repeat"):
        raise CommandError(CommandFault.BAD_INPUT, what=command.notice[:40])
    return notices.set_on_view(tx, command.view_id, command.notice, person), {}


HANDLERS: Final[dict[type, Handler]] = {
    c.SeeNotices: see,
    c.PauseNotices: pause,
    c.SetViewNotice: set_view_notice,
}
