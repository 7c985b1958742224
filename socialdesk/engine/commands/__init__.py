"""Everything a person can do. Each command is written with its journal entry (and its inverse, when
it can be undone) in the transaction of its effect. Field types are those JSON has (`codec.py`).
What may hold a secret stays out of a `repr`.

One file per room. A new command joins the union of its room, a new room the union in `every.py`;
commands of rooms that are not named here are imported from their room.

2026-11: a room is imported when one of its names is first asked for. A frozen class with slots
takes 0.6 ms to make, and all of them were 65 ms of the first composer, which needs one room.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from socialdesk.engine.commands.accounts import AddAccount as AddAccount
    from socialdesk.engine.commands.accounts import AddWatch as AddWatch
    from socialdesk.engine.commands.accounts import BeginSignIn as BeginSignIn
    from socialdesk.engine.commands.accounts import CancelSignIn as CancelSignIn
    from socialdesk.engine.commands.accounts import Disconnect as Disconnect
    from socialdesk.engine.commands.accounts import FetchNow as FetchNow
    from socialdesk.engine.commands.accounts import FetchThread as FetchThread
    from socialdesk.engine.commands.accounts import FinishSignIn as FinishSignIn
    from socialdesk.engine.commands.accounts import ListNetworks as ListNetworks
    from socialdesk.engine.commands.accounts import RemoveWatch as RemoveWatch
    from socialdesk.engine.commands.accounts import SetAccountOn as SetAccountOn
    from socialdesk.engine.commands.accounts import SetMonthlyCap as SetMonthlyCap
    from socialdesk.engine.commands.accounts import TestAccount as TestAccount
    from socialdesk.engine.commands.accounts import TestFetch as TestFetch
    from socialdesk.engine.commands.answering import ApproveReply as ApproveReply
    from socialdesk.engine.commands.answering import DeleteSent as DeleteSent
    from socialdesk.engine.commands.answering import Discard as Discard
    from socialdesk.engine.commands.answering import EditSent as EditSent
    from socialdesk.engine.commands.answering import MarkAnswered as MarkAnswered
    from socialdesk.engine.commands.answering import SaveDraft as SaveDraft
    from socialdesk.engine.commands.answering import SendNow as SendNow
    from socialdesk.engine.commands.answering import SendReply as SendReply
    from socialdesk.engine.commands.answering import SettleUncertain as SettleUncertain
    from socialdesk.engine.commands.answering import TakeBack as TakeBack
    from socialdesk.engine.commands.every import Command as Command
    from socialdesk.engine.commands.templates import ApproveVersion as ApproveVersion
    from socialdesk.engine.commands.templates import ArchiveTemplate as ArchiveTemplate
    from socialdesk.engine.commands.templates import ExportTemplates as ExportTemplates
    from socialdesk.engine.commands.templates import InstallPack as InstallPack
    from socialdesk.engine.commands.templates import SaveTemplate as SaveTemplate
    from socialdesk.engine.commands.triage import AddLabel as AddLabel
    from socialdesk.engine.commands.triage import AddNote as AddNote
    from socialdesk.engine.commands.triage import Assign as Assign
    from socialdesk.engine.commands.triage import OpenMention as OpenMention
    from socialdesk.engine.commands.triage import Redo as Redo
    from socialdesk.engine.commands.triage import RemoveLabel as RemoveLabel
    from socialdesk.engine.commands.triage import SetMuted as SetMuted
    from socialdesk.engine.commands.triage import SetPriority as SetPriority
    from socialdesk.engine.commands.triage import SetStatus as SetStatus
    from socialdesk.engine.commands.triage import SetVip as SetVip
    from socialdesk.engine.commands.triage import Snooze as Snooze
    from socialdesk.engine.commands.triage import Undo as Undo
    from socialdesk.engine.commands.workspace import AddPerson as AddPerson
    from socialdesk.engine.commands.workspace import BackUp as BackUp
    from socialdesk.engine.commands.workspace import BePerson as BePerson
    from socialdesk.engine.commands.workspace import DeleteView as DeleteView
    from socialdesk.engine.commands.workspace import Quit as Quit
    from socialdesk.engine.commands.workspace import RenamePerson as RenamePerson
    from socialdesk.engine.commands.workspace import SaveView as SaveView
    from socialdesk.engine.commands.workspace import SetSetting as SetSetting

_NAMES: Final = {
    "accounts": (
        "AddAccount AddWatch BeginSignIn CancelSignIn Disconnect FetchNow FetchThread "
        "FinishSignIn ListNetworks RemoveWatch SetAccountOn SetMonthlyCap TestAccount TestFetch"
    ),
    "answering": (
        "ApproveReply DeleteSent Discard EditSent MarkAnswered SaveDraft SendNow SendReply "
        "SettleUncertain TakeBack"
    ),
    "every": "Command",
    "templates": "ApproveVersion ArchiveTemplate ExportTemplates InstallPack SaveTemplate",
    "triage": (
        "AddLabel AddNote Assign OpenMention Redo RemoveLabel SetMuted SetPriority SetStatus "
        "SetVip Snooze Undo"
    ),
    "workspace": "AddPerson BackUp BePerson DeleteView Quit RenamePerson SaveView SetSetting",
}
_ROOM_OF: Final = {name: room for room, names in _NAMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    """A command by its name, with its room. Called once a name: it then stands here."""
    room = _ROOM_OF.get(name)
    if room is None:
        raise AttributeError(name)
    found = globals()[name] = getattr(import_module(f"{__name__}.{room}"), name)
    return found
