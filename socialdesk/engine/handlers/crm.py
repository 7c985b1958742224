"""What a person decides about cases on their way, and about records."""

from typing import Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.engine.commands import crm as c
from socialdesk.engine.work import Handler, Outcome
from socialdesk.store.crm import crm_cases, crm_records
from socialdesk.store.file.writer import Transaction


def take_case_back(tx: Transaction, command: c.TakeCaseBack, person: int) -> Outcome:
    return crm_cases.discard(tx, command.case_id, person), {}


def settle_case(tx: Transaction, command: c.SettleCase, person: int) -> Outcome:
    if not command.is_there:
        return crm_cases.make_again(tx, command.case_id, person), {}
    url = command.url.strip()
    if url and not url.startswith("https://"):
        raise CommandError(CommandFault.BAD_INPUT, what=url[:80])
    return crm_cases.note_seen(tx, command.case_id, url, person), {}


def choose_record(tx: Transaction, command: c.ChooseRecord, person: int) -> Outcome:
    seq = crm_records.choose(
        tx, command.author_id, command.account_id, command.remote_id, person, is_on=command.is_on
    )
    return seq, {}


def let_look_up(tx: Transaction, command: c.LetLookUp, person: int) -> Outcome:
    known = {one.id for one in crm_records.list_crms(tx.conn)}
    if command.account_id not in known:
        raise CommandError(CommandFault.NOT_FOUND)
    seq = crm_records.set_looking(tx, command.account_id, person, is_on=command.is_on)
    return seq, {}


HANDLERS: Final[dict[type, Handler]] = {
    c.TakeCaseBack: take_case_back,
    c.SettleCase: settle_case,
    c.ChooseRecord: choose_record,
    c.LetLookUp: let_look_up,
}
