"""Who was told and who was not: a prepared message by the person's own mail program, a copy, or the
notify service; then the note that it was done."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final
from urllib.parse import quote

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from socialdesk.domain.crisis.crisis_rows import AudienceRow, StatementRow
from socialdesk.domain.crisis.incident import Incident
from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.commands.statements import (
    NoteAudienceTold,
    NotifyAudience,
    SaveAudience,
)  # fmt: skip
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.crisis import ListAudiences, ListStatements
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr, trn
from socialdesk.ui.browser import open_url
from socialdesk.ui.compose.parts import NoticeBar, column, label, push
from socialdesk.ui.crisis.ask_sheets import Sheet
from socialdesk.ui.crisis.audience_sheets import (
    Sayable,
    ask_audience,
    ask_told,
    best_for,
    sayable,
)
from socialdesk.ui.crisis.audience_words import channel_word, kind_word
from socialdesk.ui.crisis.service_sheet import ask_service
from socialdesk.ui.crisis.table import Column, Table
from socialdesk.ui.crisis.talk import Talk
from socialdesk.ui.flow import Flow
from socialdesk.ui.plain import clean, isolated, one_line
from socialdesk.ui.words import moment

TOLD, MAIL, COPY, NOTIFY, SERVICE, ADD, EDIT = "t", "m", "c", "n", "s", "a", "e"
AGAIN: Final = "send_anyway"  # as the engine's sentences have it
MAX_MAIL: Final = 1_800  # characters of an address; some mail programs take no more


class AudiencesPane(QWidget):
    """Keys: t told, m message, c copy, n notify, s address of the notify service, a add, e
    change."""

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._now = now
        self._incident: Incident | None = None
        self._texts: list[Sayable] | None = None  # not read yet: nobody knows what may be said
        self._notice = NoticeBar(self)
        self._notice.chosen.connect(self._on_notice)
        self._unclear: NotifyAudience | None = None  # nobody knows whether it went
        self.talk = Talk(desk, self, self._notice)
        self.table = Table(tr("Audiences"), self._columns(), lambda r: r.id, self)
        self.table.take_keys(TOLD, MAIL, COPY, NOTIFY, SERVICE, ADD, EDIT)
        self.table.pressed_key.connect(self._act)
        self.table.acted.connect(lambda: self._act(TOLD))
        self.table.moved.connect(self._show_one)
        self._head, self._text = label(tone="dim"), label()
        self._buttons = {
            key: push(name, partial(self._act, key), kind="primary" if key == TOLD else "")
            for key, name in (
                (TOLD, tr("Told… (T)")), (MAIL, tr("Write a mail (M)")),
                (COPY, tr("Copy the text (C)")), (NOTIFY, tr("Notify now (N)")),
                (SERVICE, tr("Service… (S)")),
                (ADD, tr("Add… (A)")), (EDIT, tr("Change… (E)")),
            )
        }  # fmt: skip
        *acts, add, edit = self._buttons.values()
        self._buttons[SERVICE].hide()
        layout = column(
            self._notice, self._head, self.table, self._text, Flow(*acts, add, edit, far=2),
            margin=12,
        )  # fmt: skip
        layout.setStretchFactor(self.table, 1)
        self.setLayout(layout)  # fmt: skip

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(tr("Told"), self._told, 170, self._tone),
            Column(tr("Audience"), lambda r: isolated(r.name)),
            Column(tr("Who"), lambda r: kind_word(r.kind), 140),
            Column(tr("How"), lambda r: channel_word(r.channel), 120),
            Column(tr("Contact"), lambda r: isolated(r.contact or r.address), 200),
        )

    def _told(self, audience: AudienceRow) -> str:
        if audience.told_at:
            return tr("Told {when}", when=moment(audience.told_at, self._now()))
        return tr("Not told") if audience.is_in_incident else tr("Not of this incident")

    def _tone(self, audience: AudienceRow) -> str:
        if audience.told_at:
            return "ok"
        return "danger" if audience.is_in_incident else "dim"

    def show_incident(self, incident: Incident) -> None:
        if self._incident is None or self._incident.id != incident.id:
            self._texts = None
        self._incident = incident
        self._show_one()
        self.talk.ask(ListAudiences(incident.id), self._show)
        self.talk.ask(ListStatements(incident.id), self._take_texts)

    def _show(self, audiences: list[AudienceRow]) -> None:
        wanted = [a for a in audiences if a.is_in_incident]
        untold = sum(not a.told_at for a in wanted)
        if not audiences:
            said = tr("No audience is set up yet. Add who must hear it from us.")
        else:
            said = trn("{n} audience is not told", "{n} audiences are not told", untold)
        self._head.setText(said)
        # Who must be told and was not stands first.
        order = sorted(audiences, key=lambda a: (not a.is_in_incident, bool(a.told_at), a.name))
        self.table.show_rows(order)

    def _take_texts(self, statements: list[StatementRow]) -> None:
        self._texts = sayable(statements)
        self._show_one()

    def _show_one(self) -> None:
        audience = self.table.current()
        text = self._best_for(audience) if audience else None
        for key, button in self._buttons.items():
            button.setEnabled(key == ADD or audience is not None)
        self._buttons[TOLD].setEnabled(audience is not None and self._texts is not None)
        self._buttons[COPY].setEnabled(text is not None)
        has_mail = audience is not None and "@" in audience.address
        self._buttons[MAIL].setEnabled(text is not None and has_mail)
        is_notify = audience is not None and audience.channel == "notify"
        self._buttons[NOTIFY].setEnabled(text is not None and is_notify)
        self._buttons[SERVICE].setVisible(is_notify)
        self._buttons[SERVICE].setEnabled(is_notify)
        if audience is None or self._texts is None:
            self._text.setText("")
        elif text is None:
            self._text.setText(
                tr("No text has had a second look yet; the Statements tab has them.")
            )
        else:
            self._text.setText(f"{text.head}:\n{clean(text.text)}")

    def _best_for(self, audience: AudienceRow) -> Sayable | None:
        return best_for(audience, self._texts or ())

    # --- acting ---

    def _act(self, key: str) -> None:
        if not self._buttons[key].isEnabled():
            return
        audience = self.table.current()
        if key == ADD:
            incident = self._incident
            ask_audience(
                None, self._save, self, incident.id if incident and incident.is_open else 0
            )
        elif audience is not None:
            self._act_on(audience, key)

    def _act_on(self, audience: AudienceRow, key: str) -> None:
        match key:
            case "t":
                self._ask_told("")
            case "m":
                self._mail(audience)
            case "c":
                self._copy(audience)
            case "n":
                self._notify(audience)
            case "s":
                ask_service(self.talk.desk, audience, self)
            case _:
                ask_audience(audience, self._save, self)

    def _ask_told(self, how: str) -> None:
        audience = self.table.current()
        if audience is not None and self._incident is not None and self._texts is not None:
            ask_told(audience, self._incident.id, self._texts, how, self._note, self)

    def _note(self, command: NoteAudienceTold, sheet: Sheet) -> None:
        self.talk.do(command, lambda _: sheet.accept())

    def _save(self, command: SaveAudience, sheet: Sheet) -> None:
        Talk(self.talk.desk, sheet, sheet.notice).do(command, lambda _: sheet.accept())

    def _mail(self, audience: AudienceRow) -> None:
        """In the person's own mail program; nothing is sent from here."""
        text = self._best_for(audience)
        if text is None or self._incident is None:
            return
        url = mail_address(audience.address, self._subject(), self._marked(text.text))
        if len(url) > MAX_MAIL or not open_url(url):
            self._copy(audience)
            self._notice.tell(
                tr(
                    "No mail program took it: the text is copied. Paste it into a "
                    "mail to {address}.",
                    address=isolated(audience.address),
                )
            )
            return  # fmt: skip
        self._notice.tell(
            tr("The mail is open in your mail program. Once it is sent, note it here."),
            [(tr("It is sent: told…"), TOLD)], "accent",
        )  # fmt: skip

    def _copy(self, audience: AudienceRow) -> None:
        text = self._best_for(audience)
        if text is not None:
            QGuiApplication.clipboard().setText(self._marked(text.text))
            self._notice.tell(tr("The text is copied."), tone="accent")

    def _notify(self, audience: AudienceRow) -> None:
        text = self._best_for(audience)
        if text is not None and self._incident is not None:
            self._send(NotifyAudience(self._incident.id, audience.id, text.version_id))

    def _send(self, command: NotifyAudience) -> None:
        self.talk.do(
            command,
            lambda done: self._told_by_service(done.answer.get("n_sent", 0)),
            partial(self._not_sent, command),
        )

    def _not_sent(self, command: NotifyAudience, error: SocialDeskError) -> None:
        said = sentence(error)
        self._unclear = command if said.action == AGAIN else None
        self._notice.tell_sentence(said, [(said.next_step, AGAIN)] if self._unclear else [])

    def _on_notice(self, action: str) -> None:
        if action == TOLD:
            self._ask_told(tr("By e-mail"))
        elif self._unclear is not None:
            self._send(replace(self._unclear, is_sure=True))

    def _told_by_service(self, n_sent: object) -> None:
        n = n_sent if isinstance(n_sent, int) else 0
        said = trn(
            "{n} message was sent by the notify service.",
            "{n} messages were sent by the notify service.",
            n,
        )
        self._notice.tell(said, tone="accent")  # fmt: skip

    def _subject(self) -> str:
        return one_line(self._incident.title if self._incident else "")

    def _marked(self, text: str) -> str:
        """What leaves a drill by hand says so itself."""
        if self._incident is None or not self._incident.is_drill:
            return text
        from socialdesk.engine.words.drills import drill_marked  # only a drill needs it

        return drill_marked(text)


def mail_address(address: str, subject: str, body: str) -> str:
    """A mailto address (RFC 6068): every reserved character is escaped."""
    lines = body.replace("\r\n", "\n").replace("\n", "\r\n")
    to = quote(address.strip(), safe="@")
    return f"mailto:{to}?subject={quote(subject, safe='')}&body={quote(lines, safe='')}"
