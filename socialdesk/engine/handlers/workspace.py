"""The workspace itself: settings, people, saved views."""

from typing import Final

from socialdesk.domain.changes import Area
from socialdesk.domain.crisis.limits import PREFIX, crossed, is_limit
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.engine import commands as c
from socialdesk.engine.commands.workspace import BringBackPerson
from socialdesk.engine.settings import is_valid, number_of, value_of
from socialdesk.engine.work import Handler, Outcome
from socialdesk.store import people, putting_away, settings
from socialdesk.store.crisis import incident_life
from socialdesk.store.file.writer import Transaction
from socialdesk.store.triage import saved_views

TEAM_MODE: Final = "team_mode"


def set_setting(tx: Transaction, command: c.SetSetting, person: int) -> Outcome:
    if not is_valid(command.key, command.value):
        raise CommandError(CommandFault.BAD_INPUT, what=f"{command.key} = {command.value}"[:80])
    if command.key == "here":
        _refuse_put_away(tx, command.value)
    seq = put_setting(tx, command.key, command.value, person)
    limits = settings.crisis_limits(tx.conn)
    if is_limit(command.key) and (wrong := crossed(limits)):
        red, amber = wrong
        raise CommandError(
            CommandFault.LIMITS, red=f"{PREFIX}{red}", amber=f"{PREFIX}{amber}",
            n=getattr(limits, red), of=getattr(limits, amber),
        )  # fmt: skip
    return seq, {}


def _refuse_put_away(tx: Transaction, value: str) -> None:
    here = number_of({"here": value} if value else {}, "here")
    if here in people.put_away_ids(tx.conn):
        people.require_at_work(tx.conn, here)


def put_setting(tx: Transaction, key: str, value: str, person: int) -> int:
    """What the caller has checked; the journal entry. What crisis mode goes by stands in the log of
    every incident that locks something, too."""
    before = _decisive(tx, key)
    seq = settings.set_value(tx, key, value, person)
    after = _decisive(tx, key)
    if after != before:
        tx.touch(Area.INCIDENTS)  # what is shown of a pause is reckoned anew
        field = "mode" if key == TEAM_MODE else key
        incident_life.note_setting(tx, field, before, after, person)
    return seq


def _decisive(tx: Transaction, key: str) -> str:
    """What is in force, of a setting that crisis mode goes by; "" for all others."""
    if key == TEAM_MODE:
        return settings.team_mode(tx.conn).value
    return value_of(settings.read_all(tx.conn), key) if is_limit(key) else ""


def add_person(tx: Transaction, command: c.AddPerson, person: int) -> Outcome:
    made, seq = people.add_person(tx, command.name, person)
    return seq, {"person_id": made}


def rename_person(tx: Transaction, command: c.RenamePerson, person: int) -> Outcome:
    return people.rename_person(tx, command.person_id, command.name, person), {}


def be_person(tx: Transaction, command: c.BePerson, person: int) -> Outcome:
    return people.be_person(tx, command.person_id, person), {}


def bring_back(tx: Transaction, command: BringBackPerson, person: int) -> Outcome:
    return putting_away.bring_back(tx, command.person_id, person), {}


def save_view(tx: Transaction, command: c.SaveView, person: int) -> Outcome:
    view, seq = saved_views.save_view(tx, command.name, command.search, person, command.view_id)
    return seq, {"view_id": view}


def delete_view(tx: Transaction, command: c.DeleteView, person: int) -> Outcome:
    return saved_views.delete_view(tx, command.view_id, person), {}


HANDLERS: Final[dict[type, Handler]] = {
    c.SetSetting: set_setting,
    c.AddPerson: add_person,
    c.RenamePerson: rename_person,
    c.BePerson: be_person,
    BringBackPerson: bring_back,
    c.SaveView: save_view,
    c.DeleteView: delete_view,
}
