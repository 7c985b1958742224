"""Everything a person can do. Each command is written with its journal entry (and its inverse, when
it can be undone) in the transaction of its effect. Field types are those JSON has (`codec.py`).
What may hold a secret stays out of a `repr`.

One file per room. A new command joins the union of its room, a new room the union here; commands
of rooms that are not named in `__all__` are imported from their room.
"""

from socialdesk.engine.commands.accounts import (
    AccountsCommand,
    AddAccount,
    AddWatch,
    BeginSignIn,
    CancelSignIn,
    Disconnect,
    FetchNow,
    FetchThread,
    FinishSignIn,
    ListNetworks,
    RemoveWatch,
    SetAccountOn,
    TestFetch,
)
from socialdesk.engine.commands.answering import (
    AnsweringCommand,
    ApproveReply,
    DeleteSent,
    Discard,
    EditSent,
    MarkAnswered,
    SaveDraft,
    SendNow,
    SendReply,
    SettleUncertain,
    TakeBack,
)
from socialdesk.engine.commands.bulk import BulkCommand
from socialdesk.engine.commands.contacts import ContactsCommand
from socialdesk.engine.commands.faq import FaqCommand
from socialdesk.engine.commands.insight import InsightCommand
from socialdesk.engine.commands.macros import MacrosCommand
from socialdesk.engine.commands.notices import NoticesCommand
from socialdesk.engine.commands.reports import ReportsCommand
from socialdesk.engine.commands.rules import RulesCommand
from socialdesk.engine.commands.templates import (
    ApproveVersion,
    ArchiveTemplate,
    ExportTemplates,
    InstallPack,
    SaveTemplate,
    TemplatesCommand,
)
from socialdesk.engine.commands.triage import (
    AddLabel,
    AddNote,
    Assign,
    OpenMention,
    Redo,
    RemoveLabel,
    SetMuted,
    SetPriority,
    SetStatus,
    SetVip,
    Snooze,
    TriageCommand,
    Undo,
)
from socialdesk.engine.commands.views import ViewsCommand
from socialdesk.engine.commands.workspace import (
    AddPerson,
    BackUp,
    BePerson,
    DeleteView,
    Quit,
    SaveView,
    SetSetting,
    WorkspaceCommand,
)

__all__ = [
    "AddAccount",
    "AddLabel",
    "AddNote",
    "AddPerson",
    "AddWatch",
    "ApproveReply",
    "ApproveVersion",
    "ArchiveTemplate",
    "Assign",
    "BackUp",
    "BePerson",
    "BeginSignIn",
    "CancelSignIn",
    "Command",
    "DeleteSent",
    "DeleteView",
    "Discard",
    "Disconnect",
    "EditSent",
    "ExportTemplates",
    "FetchNow",
    "FetchThread",
    "FinishSignIn",
    "InstallPack",
    "ListNetworks",
    "MarkAnswered",
    "OpenMention",
    "Quit",
    "Redo",
    "RemoveLabel",
    "RemoveWatch",
    "SaveDraft",
    "SaveTemplate",
    "SaveView",
    "SendNow",
    "SendReply",
    "SetAccountOn",
    "SetMuted",
    "SetPriority",
    "SetSetting",
    "SetStatus",
    "SetVip",
    "SettleUncertain",
    "Snooze",
    "TakeBack",
    "TestFetch",
    "Undo",
]

Command = (
    TriageCommand
    | AnsweringCommand
    | TemplatesCommand
    | AccountsCommand
    | WorkspaceCommand
    | ContactsCommand
    | FaqCommand
    | BulkCommand
    | MacrosCommand
    | ViewsCommand
    | RulesCommand
    | InsightCommand
    | ReportsCommand
    | NoticesCommand
)
