"""What each command does to the file: one function per command, run in one transaction.

A handler takes (transaction, command, id of the person at the keys) and gives its journal entry and
its answer; it raises CommandError and then nothing was changed.
"""

from typing import Final

from socialdesk.engine.handlers import (
    accounts,
    alerts,
    bulk,
    contacts,
    crisis,
    crm,
    dues,
    faq,
    first_run,
    insight,
    macros,
    notices,
    playbooks,
    replies,
    rules,
    statements,
    temperature,
    templates,
    triage,
    views,
    workspace,
)
from socialdesk.engine.work import Handler

HANDLERS: Final[dict[type, Handler]] = {
    **triage.HANDLERS,
    **replies.HANDLERS,
    **templates.HANDLERS,
    **accounts.HANDLERS,
    **workspace.HANDLERS,
    **contacts.HANDLERS,
    **faq.HANDLERS,
    **bulk.HANDLERS,
    **macros.HANDLERS,
    **views.HANDLERS,
    **rules.HANDLERS,
    **insight.HANDLERS,
    **notices.HANDLERS,
    **alerts.HANDLERS,
    **crisis.HANDLERS,
    **dues.HANDLERS,
    **playbooks.HANDLERS,
    **temperature.HANDLERS,
    **statements.HANDLERS,
    **crm.HANDLERS,
    **first_run.HANDLERS,
}
