"""Make a case: which CRM, case or task, its words at the left; whose it is at the right.

What stands here is all that leaves. Ctrl+Enter makes it; some seconds it can be taken back.
"""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.people.contact import PersonDetail
from socialdesk.domain.people.crm import (
    MAX_BODY,
    MAX_SUBJECT,
    CaseKind,
    CrmAccount,
    CrmPerson,
    RecordRow,
)
from socialdesk.domain.queue.rows import AuthorCard, Detail
from socialdesk.engine.commands.crm import (
    ChooseRecord,
    LookUpPerson,
    MakeCase,
    MayLeave,
    TakeCaseBack,
)
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries import ReadAuthor, ReadDetail
from socialdesk.engine.queries.contacts import ReadPerson
from socialdesk.engine.queries.crm import ListCrms, ListRecords
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row
from socialdesk.ui.crm.draft import body_of, person_of, subject_of
from socialdesk.ui.crm.person_box import PersonBox
from socialdesk.ui.crm.words import kind_name
from socialdesk.ui.link_question import ask_to_open
from socialdesk.ui.plain import isolated, one_line
from socialdesk.ui.scrolled import Scrolled
from socialdesk.ui.tasks import Waiter
from socialdesk.ui.text_size import keep_width, resize_for_text

if TYPE_CHECKING:
    from socialdesk.ui.shell import Shell

SIZE: Final = QSize(900, 600)
RIGHT: Final = 340  # px
LEAST: Final = QSize(700, 420)  # px that large text may ask for
_BLOCKED = ("no_export", "gone")


def open_case(window: "Shell") -> None:
    """For the mention in front; nothing where there is none."""
    acting = window.screens.acting_now()
    if acting is None or acting.row is None:
        return
    desk = window.screens.desk
    dialog = CaseDialog(desk, acting.row.id, window)

    def take_back(case_id: int) -> None:
        Waiter(window, desk.do(TakeCaseBack(case_id)), lambda _: None,
               lambda e: window.toast.say(sentence(e).text))  # fmt: skip

    def tell(case_id: int, crm: str) -> None:
        text = tr("It goes to {crm} in a few seconds.", crm=isolated(crm))
        window.toast.say(text, tr("Take back"), partial(take_back, case_id))
        window.turns.peek()  # z takes it back, too

    dialog.made.connect(tell)
    dialog.account_wanted.connect(lambda: window.actions_by_id.run("go_accounts"))
    dialog.open()


class CaseDialog(QDialog):
    """`made(case id, name of the CRM)`. `account_wanted`: no CRM is connected yet."""

    made = Signal(object, str)
    account_wanted = Signal()

    def __init__(self, desk: Desk, mention_id: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Make a case"))
        self._desk, self._mention = desk, mention_id
        self._detail: Detail | None = None
        self._author: AuthorCard | None = None
        self._crms: list[CrmAccount] = []
        self._records: list[RecordRow] = []
        self._may_leave = self._is_making = False
        self._notice = NoticeBar(self)
        self._notice.chosen.connect(self._on_notice)
        self._make_left()
        self.box = PersonBox(self)
        keep_width(self.box, RIGHT)
        self.box.asked.connect(self._look_up)
        self.box.chosen.connect(self._choose)
        self.box.opened.connect(lambda url: ask_to_open(url, self, self._notice.tell))
        self.make = push(tr("Make it"), self._make, kind="primary", tip=tr("Ctrl+Enter"))
        both, room = QWidget(), Scrolled(self, at_most=LEAST)
        halves = QHBoxLayout(both)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(20)
        halves.addWidget(self._left, 1)
        halves.addWidget(self.box)
        room.hold(both)
        self.setLayout(column(
            self._notice, room,
            row(label(tr("Only what stands here leaves this computer."), "dim", wraps=False), None,
                push(tr("Cancel"), self.reject), self.make), margin=16, space=12,
        ))  # fmt: skip
        resize_for_text(self, SIZE.width(), SIZE.height())
        self.subject.setFocus()
        self._ask()
        self._show_state()

    def _make_left(self) -> None:
        self.crm = QComboBox()
        self.crm.setAccessibleName(tr("CRM"))
        self.crm.currentIndexChanged.connect(self._on_crm_chosen)
        self._kinds = QButtonGroup(self)
        kinds = []
        for kind in CaseKind:
            one = QRadioButton(kind_name(kind))
            self._kinds.addButton(one)
            one.setProperty("kind_value", kind.value)
            kinds.append(one)
        kinds[0].setChecked(True)
        self.subject = QLineEdit()
        self.subject.setMaxLength(MAX_SUBJECT)
        self.subject.setAccessibleName(tr("Subject"))
        self.subject.textChanged.connect(lambda _: self._show_state())
        self.body = QPlainTextEdit()
        self.body.setAccessibleName(tr("What it says"))
        self.body.setTabChangesFocus(True)
        self.body.textChanged.connect(self._show_state)
        self._left = QWidget(self)
        self._left.setLayout(column(
            row(self.crm, *kinds, None), label(tr("Subject")), self.subject,
            label(tr("What it says")), self.body,
        ))  # fmt: skip

    @property
    def kind(self) -> CaseKind:
        """What will be made."""
        checked = self._kinds.checkedButton()
        return CaseKind(checked.property("kind_value")) if checked else CaseKind.CASE

    # --- asking ---

    def _ask(self) -> None:
        d, m = self._desk, self._mention
        Waiter(self, d.do(MayLeave(m)), self._on_may_leave, self._fail)
        Waiter(self, d.ask(ListCrms()), self._show_crms, self._fail)
        Waiter(self, d.ask(ReadDetail(m)), self._on_detail, self._fail)
        Waiter(self, d.ask(ReadAuthor(m)), self._on_author, self._fail)

    def _on_may_leave(self, done: Done) -> None:
        why = str(done.answer.get("blocked", ""))
        self._may_leave = not why
        if why == _BLOCKED[0]:
            self._notice.tell(tr(
                "The rules of this network keep its people and their words out of other systems, "
                "so no case can be made of this mention."
            ))  # fmt: skip
        elif why:
            self._notice.tell(tr("This mention was deleted, or its words have expired: no case can "
                                 "be made of it."))  # fmt: skip
        self._show_state()

    def _show_crms(self, crms: list[CrmAccount]) -> None:
        self._crms = [one for one in crms if one.is_on]
        for one in self._crms:
            self.crm.addItem(one_line(one.name), one.id)
        if not self._crms:
            self._notice.tell(tr("No CRM is connected yet, or it must sign in again."),
                              [(tr("Go to the accounts"), "accounts")], "accent")  # fmt: skip
        self._read_records()
        self._show_state()

    def _on_detail(self, detail: Detail | None) -> None:
        self._detail = detail
        self._fill()

    def _on_author(self, author: AuthorCard | None) -> None:
        self._author = author
        if author is None:
            return
        query = ReadPerson(author_id=author.id)
        Waiter(self, self._desk.ask(query), self._on_person, self._fail)
        self._fill()
        self._read_records()

    def _on_person(self, person: PersonDetail | None) -> None:
        if self._author is not None:
            self.box.show_person(person_of(self._author, person))

    def _fill(self) -> None:
        if self._detail is not None and self._author is not None and not self.body.toPlainText():
            self.body.setPlainText(body_of(self._detail, self._author))
            if not self.subject.isModified():
                self.subject.setText(subject_of(self._detail))
                self.subject.setCursorPosition(0)

    def _read_records(self) -> None:
        if self._author is not None:
            query = ListRecords(self._author.id)
            Waiter(self, self._desk.ask(query), self._show_records, self._fail)

    def _show_records(self, records: list[RecordRow]) -> None:
        self._records = records
        self.box.show_records(records, self._chosen_crm())

    def _on_crm_chosen(self) -> None:
        """At once only its records: a case must not go to one CRM with a record of another."""
        self._show_records(self._records)
        self._read_records()

    def _chosen_crm(self) -> CrmAccount | None:
        id = self.crm.currentData()
        return next((one for one in self._crms if one.id == id), None)

    # --- acting ---

    def _look_up(self, person: CrmPerson) -> None:
        crm = self._chosen_crm()
        if crm is None or self._author is None or not self._may_leave:
            return
        self.box.tell(tr("Asking…"))
        command = LookUpPerson(
            self._author.id, crm.id, person.name, person.email, person.handle, person.phone
        )
        Waiter(self, self._desk.do(command), self._on_found, self._fail)

    def _on_found(self, done: Done) -> None:
        n = int(done.answer.get("n", 0))
        self.box.tell(
            trn("{n} record found.", "{n} records found.", n) if n else tr("Nobody was found.")
        )  # fmt: skip
        self._read_records()

    def _choose(self, found: RecordRow) -> None:
        if self._author is not None:
            command = ChooseRecord(self._author.id, found.account_id, found.record.remote_id)
            Waiter(self, self._desk.do(command), lambda _: self._read_records(), self._fail)

    def _make(self) -> None:
        crm = self._chosen_crm()
        if crm is None or not self.make.isEnabled():
            return
        found = self.box.record
        command = MakeCase(
            self._mention, crm.id, self.kind.value, self.subject.text(), self.body.toPlainText(),
            found.record.remote_id if found else "",
        )  # fmt: skip
        self._is_making = True
        self._show_state()
        Waiter(self, self._desk.do(command), partial(self._on_made, crm.name), self._on_unmade)

    def _on_made(self, crm: str, done: Done) -> None:
        self.made.emit(int(done.answer.get("case_id", 0)), crm)
        self.accept()

    def _on_unmade(self, error: SocialDeskError) -> None:
        self._is_making = False
        self._fail(error)

    def _show_state(self) -> None:
        if not hasattr(self, "make"):  # while it is made
            return
        over = len(self.body.toPlainText()) - MAX_BODY
        if over > 0:
            self._notice.tell(trn("{n} character too many.", "{n} characters too many.", over))
        has_words = bool(self.subject.text().strip()) and over <= 0
        can = self._may_leave and bool(self._crms)
        self.make.setEnabled(can and has_words and not self._is_making)
        self.box.setEnabled(can and self._author is not None)

    def _on_notice(self, action: str) -> None:
        if action == "accounts":
            self.reject()
            self.account_wanted.emit()

    def _fail(self, error: SocialDeskError) -> None:
        self.box.tell("")
        self._notice.tell_sentence(sentence(error))
        self._show_state()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._make()
            return
        super().keyPressEvent(event)
