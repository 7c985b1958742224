"""Small sheets of an incident: why it is dismissed, and changes that want a reason. Ctrl+Enter
does it; Esc leaves everything as it is."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QWidget

from socialdesk.domain.crisis.incident import DismissReason, Incident
from socialdesk.domain.crisis.limits import limits_of
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.queue.rows import PersonRow
from socialdesk.engine.commands.crisis import DismissIncident
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ListPeople, ReadSettings
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row
from socialdesk.ui.crisis.talk import Talk
from socialdesk.ui.crisis.words import dismiss_word, name_of
from socialdesk.ui.plain import one_line, tip
from socialdesk.ui.scroll_area import ScrollArea
from socialdesk.ui.sizes import FRAME
from socialdesk.ui.text_size import EDGE, at_size

WIDTH: Final = 520  # px
MARGIN: Final = 16  # px
LETTERS: Final = 20  # of a choice that always find room
Choices = Sequence[tuple[str, str]]  # (words, value)


class Sheet(QDialog):
    """Fields below each other and a button that Ctrl+Enter presses too; closed by whoever made
    it. `notice`: what was refused. The fields scroll where the screen is too low for all of
    them."""

    def __init__(
        self, title: str, act_name: str, act: Callable[[], None], parent: QWidget, kind: str = ""
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._act = act
        self.notice = NoticeBar(self)
        self._fields, inner = column(space=6), QWidget()
        inner.setLayout(self._fields)
        self._room = ScrollArea()
        self._room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._room.setProperty("ground", "none")
        self._room.setWidget(inner)
        self.yes = push(tr("{act} (Ctrl+Enter)", act=act_name), act, kind=kind or "primary")
        no = push(tr("Cancel"), self.reject)
        layout = column(self.notice, self._room, row(None, no, self.yes), space=12, margin=MARGIN)
        self.setLayout(layout)

    def add_text(self, words: str, tone: str = "") -> QLabel:
        """A paragraph above the next field."""
        made = label(words, tone)
        made.setMinimumWidth(WIDTH - 60)
        self._fields.addWidget(made)
        return made

    def add(self, name: str, field: QWidget) -> None:
        """A field under its name."""
        head = label(name, "strong", wraps=False)
        head.setBuddy(field)
        field.setAccessibleName(name)
        self._fields.addWidget(head)
        self._fields.addWidget(field)

    def showEvent(self, event: QShowEvent) -> None:
        self.fit()
        super().showEvent(event)

    def fit(self) -> None:
        """As high as the fields are, and no larger than the screen."""
        screen = self.screen().availableGeometry()
        width = min(at_size(WIDTH, self.font()), screen.width() - 2 * EDGE)
        self.setMinimumWidth(width)
        around = self.sizeHint().height() - self._room.sizeHint().height()
        needed = self._fields.totalSizeHint().height()
        if self._fields.hasHeightForWidth():
            needed = self._fields.totalHeightForWidth(width - 2 * MARGIN)
        free = screen.height() - FRAME - 2 * EDGE - around
        self._room.setMinimumHeight(min(needed, free))
        self.resize(width, around + min(needed, free))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not is_enter:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier or self.yes.hasFocus():
            if self.yes.isEnabled():
                self._act()
        else:
            (self.focusWidget() or self).focusNextChild()  # on to the next field, and into sight


def choice_box(choices: Choices, chosen: str = "") -> QComboBox:
    """A folded list of (words, value). Words longer than its sheet are cut there, and whole in the
    tip and in the unfolded list."""
    made = QComboBox()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(LETTERS)
    made.currentTextChanged.connect(lambda said: made.setToolTip(tip(said)))
    for words, value in choices:
        made.addItem(words, value)
        if value == chosen:
            made.setCurrentIndex(made.count() - 1)
    unfolded = made.view()
    unfolded.setMinimumWidth(unfolded.sizeHintForColumn(0) + unfolded.verticalScrollBar().width())
    return made


def ask_change(
    title: str,
    choices: Choices | None,
    now: str,
    done: Callable[[str, str, "Sheet"], None],
    parent: QWidget,
) -> Sheet:
    """Another value and why; `done(value, reason, sheet)` closes the sheet when the desk agreed.
    `choices` None = free text; `now`: the value it has."""
    box = QLineEdit(now) if choices is None else choice_box(choices, now)
    reason = QLineEdit()

    def act() -> None:
        value = box.text().strip() if isinstance(box, QLineEdit) else str(box.currentData())
        if not reason.text().strip():
            sheet.notice.tell(tr("Write why: the reason stands in the log and in the report."))
            reason.setFocus()
            return
        done(value, reason.text().strip(), sheet)

    sheet = Sheet(title, tr("Change"), act, parent)
    sheet.add(title, box)
    sheet.add(tr("Why (for the log and the report)"), reason)
    sheet.open()
    box.setFocus()
    return sheet


def ask_words(
    title: str,
    hint: str,
    act_name: str,
    done: Callable[[str, "Sheet"], None],
    parent: QWidget,
    *,
    is_secret: bool = False,
) -> Sheet:
    """One line of words that may not be empty. `is_secret`: not to be read over a shoulder."""
    field = QLineEdit()
    if is_secret:
        field.setEchoMode(QLineEdit.EchoMode.Password)

    def act() -> None:
        if not field.text().strip():
            sheet.notice.tell(tr("Write a few words first."))
            field.setFocus()
            return
        done(field.text().strip(), sheet)

    sheet = Sheet(title, act_name, act, parent)
    sheet.add(hint, field)
    sheet.open()
    field.setFocus()
    return sheet


def ask_dismiss(desk: Desk, incident: Incident, parent: QWidget, then: Callable[[], None]) -> Sheet:
    """Why it is none. With safety reports linked another person has to look too (R03)."""
    reason = choice_box([(dismiss_word(r), r.value) for r in DismissReason])
    note, looked = QLineEdit(), choice_box([(tr("Nobody yet"), "0")])

    def act() -> None:
        command = DismissIncident(
            incident.id, str(reason.currentData()), note.text().strip(),
            int(looked.currentData() or 0),
        )  # fmt: skip
        talk.do(command, dismissed, refused)

    def dismissed(_: object) -> None:
        sheet.accept()
        then()

    def refused(error: Any) -> None:
        talk.fail(error)
        if isinstance(error, CrisisRefusedError) and error.code == "R03":
            looked.setFocus()

    def fill(people: list[PersonRow]) -> None:
        for person in people:
            if not person.is_here:
                looked.addItem(one_line(person.name), str(person.id))

    sheet = Sheet(tr("Dismiss {code}", code=incident.code), tr("Dismiss"), act, parent)
    talk = Talk(desk, sheet, sheet.notice)
    sheet.add_text(name_of(incident))
    sheet.add(tr("Why it is no incident"), reason)
    sheet.add(tr("Note"), note)
    sheet.add(tr("Who else looked (needed when safety reports are linked)"), looked)
    silence = sheet.add_text("", "dim")

    def tell(settings: dict[str, str]) -> None:
        hours = limits_of(settings).mute_h
        silence.setText(
            trn("The same kind of alert on the same topic stays silent for {n} hour.",
                "The same kind of alert on the same topic stays silent for {n} hours.", hours)
        )  # fmt: skip

    tell({})
    talk.ask(ReadSettings(), tell)
    talk.ask(ListPeople(), fill)
    sheet.open()
    reason.setFocus()
    return sheet
