"""What a person does with a CRM: makes a case, looks somebody up, asks how a case is doing.

Nothing leaves but what the person saw: the words of the dialog, and of a person the name, address
and handle that stand there. Where a network forbids it (`Keep.is_exported`), nothing leaves at all.
"""

import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from socialdesk.domain.account import Can
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.people.crm import MAX_BODY, MAX_SUBJECT, CaseKind, CrmCase, CrmPerson
from socialdesk.engine.commands import crm as c
from socialdesk.engine.crm import CrmPusher, crm_of
from socialdesk.engine.kit import Kit
from socialdesk.engine.settings import number_of
from socialdesk.engine.work import here_of
from socialdesk.i18n import tr
from socialdesk.store import accounts, commands, settings
from socialdesk.store.crm import crm_records, crm_states
from socialdesk.store.crm.crm_sources import Source, source_of_author, source_of_mention
from socialdesk.store.file.writer import Transaction
from socialdesk.store.triage import crm_acts

TURN_TIMEOUT_S: Final = 60.0
AGAIN_MS: Final = 24 * 3_600_000  # before somebody is looked up by itself once more

NO_EXPORT, GONE = "no_export", "gone"  # why nothing of a mention may leave

Answer = dict[str, Any]


class CrmErrands:
    """Commands MayLeave, MakeCase, LookUpPerson, CheckCases."""

    def __init__(self, kit: Kit, pusher: CrmPusher) -> None:
        self._kit, self._pusher = kit, pusher
        self._looked_at: dict[tuple[int, int], int] = {}
        self.work: Mapping[type, Callable[[Any, str], Answer]] = {
            c.MayLeave: self._may_leave,
            c.MakeCase: self._make_case,
            c.LookUpPerson: self._look_up,
            c.CheckCases: self._check_cases,
        }

    def _may_leave(self, command: c.MayLeave, _: str) -> Answer:
        return {"blocked": self._blocked(self._source(command.mention_id))}

    def _make_case(self, command: c.MakeCase, command_id: str) -> Answer:
        case = _checked(command, self._kit.clock.now_ms())
        if why := self._blocked(self._source(command.mention_id)):
            raise CommandError(CommandFault.BAD_INPUT, what=blocked_words(why))
        self._crm_account(command.account_id)
        hold_s = number_of(self._kit.readers.here(settings.read_all), "hold_s")
        leaves_at = self._kit.clock.now_ms() + hold_s * 1000

        def write(tx: Transaction) -> tuple[int, int]:
            id, seq = crm_acts.make(
                tx, account_id=command.account_id, mention_id=command.mention_id, case=case,
                person=here_of(tx), leaves_at=leaves_at,
            )  # fmt: skip
            commands.remember(tx, command_id, seq, {"case_id": id})
            return id, seq

        id, seq = self._kit.writer.submit(write).result()
        return {"case_id": id, "seq": seq}

    def _look_up(self, command: c.LookUpPerson, _: str) -> Answer:
        spec = self._crm_account(command.account_id)
        source = self._kit.readers.here(partial(source_of_author, author_id=command.author_id))
        if why := self._blocked(source):
            raise CommandError(CommandFault.BAD_INPUT, what=blocked_words(why))
        if command.by_itself and not self._may_ask_by_itself(command):
            return {"n": 0, "asked": False}
        person = CrmPerson(command.name, command.email, command.handle, command.phone)
        with self._kit.turns.turn(spec.id, TURN_TIMEOUT_S):
            found = crm_of(self._kit, spec).look_up(person)
        self._looked_at[command.author_id, spec.id] = self._kit.clock.now_ms()
        self._kit.writer.submit(
            lambda tx: crm_records.save(tx, command.author_id, spec.id, found)
        ).result()
        return {"n": len(found), "asked": True}

    def _may_ask_by_itself(self, command: c.LookUpPerson) -> bool:
        """Where a person switched it on, once a day for each author."""
        now, pair = self._kit.clock.now_ms(), (command.author_id, command.account_id)
        crms = self._kit.readers.here(crm_records.list_crms)
        is_on = any(one.looks_up for one in crms if one.id == command.account_id)
        since = now - AGAIN_MS
        if not is_on or self._looked_at.get(pair, since) > since:
            return False
        return not self._kit.readers.here(
            lambda conn: crm_records.was_looked_up(conn, *pair, since)
        )

    def _check_cases(self, command: c.CheckCases, _: str) -> Answer:
        found = self._kit.readers.here(partial(crm_states.remote_ids, author_id=command.author_id))
        n = 0
        for account, remote_ids in found.items():
            with self._kit.turns.turn(account, TURN_TIMEOUT_S):
                n += self._pusher.check(account, remote_ids)
        return {"n": n}

    # --- inside ---

    def _source(self, mention_id: int) -> Source | None:
        return self._kit.readers.here(partial(source_of_mention, mention_id=mention_id))

    def _blocked(self, source: Source | None) -> str:
        """Why nothing of it may leave, "" = it may. Raises CommandError NOT_FOUND."""
        if source is None:
            raise CommandError(CommandFault.NOT_FOUND)
        network = self._kit.connections.networks.get(source.network)
        # A network whose connector is gone may have forbidden it: nobody can tell any more.
        if network is None or not network.info.keep.is_exported:
            return NO_EXPORT
        return GONE if source.is_gone else ""

    def _crm_account(self, account_id: int) -> accounts.AccountSpec:
        """Raises CommandError NOT_FOUND where it is none."""
        spec = self._kit.readers.here(lambda conn: accounts.read_account(conn, account_id))
        if spec is None or spec.card is None or Can.CRM not in spec.card.can:
            raise CommandError(CommandFault.NOT_FOUND)
        return spec


def blocked_words(why: str) -> str:
    """For people: why nothing of a mention may go to a CRM."""
    if why == GONE:
        return tr("it was deleted on its network, or its words have expired")
    return tr("its network does not allow its people and their words in a CRM")


def _checked(command: c.MakeCase, now: int) -> CrmCase:
    """Raises CommandError EMPTY, TOO_LONG, BAD_INPUT."""
    subject, body = command.subject.strip(), command.body.strip()
    if not subject:
        raise CommandError(CommandFault.EMPTY)
    over = max(len(subject) - MAX_SUBJECT, len(body) - MAX_BODY)
    if over > 0:
        raise CommandError(CommandFault.TOO_LONG, n=over)
    try:
        kind = CaseKind(command.kind)
    except ValueError as e:
        raise CommandError(CommandFault.BAD_INPUT, what=command.kind[:40]) from e
    made_at = datetime.fromtimestamp(now / 1000, UTC)
    return CrmCase(str(uuid.uuid4()), kind, subject, body, made_at, command.person_remote_id[:512])
