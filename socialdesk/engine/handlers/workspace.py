"""The workspace itself: settings, people, saved views."""

from typing import Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.engine import commands as c
from socialdesk.engine.settings import is_valid
from socialdesk.engine.work import Handler, Outcome
from socialdesk.store import people, settings
from socialdesk.store.crisis import incident_life
from socialdesk.store.file.writer import Transaction
from socialdesk.store.triage import saved_views


def set_setting(tx: Transaction, command: c.SetSetting, person: int) -> Outcome:
    if not is_valid(command.key, command.value):
        raise CommandError(CommandFault.BAD_INPUT, what=f"{command.key} = {command.value}"[:80])
    before = settings.team_mode(tx.conn)
    seq = settings.set_value(tx, command.key, command.value, person)
    after = settings.team_mode(tx.conn)
    if after is not before:
        incident_life.note_mode(tx, before.value, after.value, person)
    return seq, {}


def add_person(tx: Transaction, command: c.AddPerson, person: int) -> Outcome:
    made, seq = people.add_person(tx, command.name, person)
    return seq, {"person_id": made}


def be_person(tx: Transaction, command: c.BePerson, person: int) -> Outcome:
    return people.be_person(tx, command.person_id, person), {}


def save_view(tx: Transaction, command: c.SaveView, person: int) -> Outcome:
    view, seq = saved_views.save_view(tx, command.name, command.search, person, command.view_id)
    return seq, {"view_id": view}


def delete_view(tx: Transaction, command: c.DeleteView, person: int) -> Outcome:
    return saved_views.delete_view(tx, command.view_id, person), {}


HANDLERS: Final[dict[type, Handler]] = {
    c.SetSetting: set_setting,
    c.AddPerson: add_person,
    c.BePerson: be_person,
    c.SaveView: save_view,
    c.DeleteView: delete_view,
}
