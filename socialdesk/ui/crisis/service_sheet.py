"""The address of the notify service an audience is told through: a secret, so it has a sheet of its
own, in an incident and in quiet times."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from socialdesk.domain.crisis.crisis_rows import AudienceRow
from socialdesk.domain.errors import CredentialError, CredentialFault, SocialDeskError
from socialdesk.engine.commands.statements import SetNotifyAddress
from socialdesk.engine.desk import Desk
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.crisis.ask_sheets import Sheet, ask_words
from socialdesk.ui.crisis.talk import Talk
from socialdesk.ui.plain import isolated


def ask_service(desk: Desk, audience: AudienceRow, parent: QWidget) -> Sheet:
    """Kept in the keyring: it holds the key of the service."""
    asked = SetNotifyAddress(audience.id, "")

    def keep(address: str, sheet: Sheet) -> None:
        nonlocal asked
        asked = SetNotifyAddress(audience.id, address)
        _keep(desk, asked, sheet)

    title = tr("Notify service of {name}", name=isolated(audience.name))
    hint = tr("Its address, as Apprise writes it; kept in the keyring")
    sheet = ask_words(title, hint, tr("Keep"), keep, parent, is_secret=True)
    sheet.notice.chosen.connect(lambda _: _keep(desk, replace(asked, session_only=True), sheet))
    return sheet


def _keep(desk: Desk, command: SetNotifyAddress, sheet: Sheet) -> None:
    """Without a keyring in memory, when somebody says so; never in a file instead."""

    def refused(error: SocialDeskError) -> None:
        said = sentence(error)
        if command.session_only or not _may_keep_for_now(error):
            sheet.notice.tell_sentence(said)
            return
        text = f"{said.text} {said.next_step}."
        sheet.notice.tell(text, [(tr("For this session only"), "session")], "danger")

    Talk(desk, sheet, sheet.notice).do(command, lambda _: sheet.accept(), refused)


def _may_keep_for_now(error: SocialDeskError) -> bool:
    """Whether memory is a way out. In practice it is none: no real service is told anything."""
    return isinstance(error, CredentialError) and error.fault is not CredentialFault.PRACTICE
