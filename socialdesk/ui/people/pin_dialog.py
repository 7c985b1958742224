"""PINs: whose is set, setting one, taking one away; and what a PIN is and is not.

The first one is set freely; whoever changes or removes it types it. One that is forgotten is
removed with a reason, and everybody can see that it was.
"""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget

from socialdesk.domain.crisis.look import MIN_SKIP_CHARS
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.queue.rows import PersonRow
from socialdesk.engine.commands.statements import ListPins, SetPin
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries import ListPeople
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row
from socialdesk.ui.plain import isolated
from socialdesk.ui.tasks import Waiter
from socialdesk.ui.text_size import resize_for_text

MIN_DIGITS, MAX_DIGITS = 6, 64  # as the engine asks


class PinDialog(QDialog):
    """What is typed is never shown, and forgotten when the dialog closes."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._with_pin: set[int] = set()
        self._passing: set[int] = set()
        self._is_known = self._is_forgotten = False
        self.setWindowTitle(tr("PINs"))
        resize_for_text(self, 520, 400)
        self._make()
        Waiter(self, desk.ask(ListPeople()), self._take_people, self._fail)
        self._read()

    def _make(self) -> None:
        self._notice = NoticeBar(self)
        self._what = label(tone="dim")
        self._tell_what(in_memory=False)
        self._person = QComboBox()
        self._person.setAccessibleName(tr("Whose PIN"))
        self._person.currentIndexChanged.connect(lambda _: self._on_person_chosen())
        self._state = label(tone="strong")
        self._old = self._field(tr("The present PIN"))
        self._pin = self._field(tr("PIN, {n} digits or more", n=MIN_DIGITS))
        self._again = self._field(tr("The same PIN again"))
        self._seen = label(tone="warn")
        self._reason = QLineEdit()
        self._reason.setAccessibleName(tr("Why it is removed without being typed"))
        self._reason.setPlaceholderText(self._reason.accessibleName())
        self._reason.textChanged.connect(lambda _: self._show())
        self._reason.returnPressed.connect(self._on_enter)
        self._fault = label(tone="warn")
        self._set = push("", self.set_pin, kind="primary", icon="key-round")
        self._remove = push(tr("Remove the PIN"), self.remove, kind="danger")
        self._forgot = push("", self._on_forgot, kind="quiet")
        who = label(tr("Whose PIN"), wraps=False)
        who.setBuddy(self._person)
        choose = row(who, self._person)
        choose.setStretch(1, 1)
        self.setLayout(column(
            self._notice, self._what, choose, self._state, self._old, self._pin, self._again,
            self._seen, self._reason, self._fault, None,
            row(self._remove, self._forgot, None, push(tr("Close"), self.reject), self._set),
            margin=16,
        ))  # fmt: skip
        self._show()

    def _field(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setEchoMode(QLineEdit.EchoMode.Password)
        made.setMaxLength(MAX_DIGITS)
        made.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        made.setAccessibleName(name)
        made.setPlaceholderText(name)
        made.textChanged.connect(lambda _: self._show())
        made.returnPressed.connect(self._on_enter)
        return made

    # --- acting ---

    def set_pin(self) -> None:
        """For the person chosen, when both fields hold the same PIN."""
        if self._set.isEnabled():
            command = SetPin(self._id, self._pin.text(), self._old.text())
            self._do(command, tr("The PIN is set."))

    def remove(self) -> None:
        """They can look here no more; by message they still can."""
        if self._remove.isEnabled():
            why = self._reason.text().strip() if self._is_forgotten else ""
            old = "" if self._is_forgotten else self._old.text()
            self._do(SetPin(self._id, "", old, why), tr("The PIN is removed."))

    def _on_person_chosen(self) -> None:
        """What was typed for one person is never set for another."""
        self._is_forgotten = False
        self._forget()
        self._notice.clear()
        self._show()

    def _on_forgot(self) -> None:
        """There and back."""
        self._is_forgotten = not self._is_forgotten
        self._forget()
        self._notice.clear()
        self._show()
        (self._reason if self._is_forgotten else self._old).setFocus()

    def _forget(self) -> None:
        for field in (self._old, self._pin, self._again, self._reason):
            field.clear()

    def _on_enter(self) -> None:
        """On to the next field; in the last one it is done."""
        if self._is_forgotten:
            self.remove()
        elif self.focusWidget() is self._old:
            self._pin.setFocus()
        elif self.focusWidget() is self._pin:
            self._again.setFocus()
        else:
            self.set_pin()

    def _do(self, command: SetPin, told: str) -> None:
        self._notice.clear()
        for button in (self._set, self._remove):
            button.setEnabled(False)

        def done(_: Done) -> None:
            self._is_forgotten = False
            self._forget()
            self._show()
            self._pin.setFocus()
            self._notice.tell(told, tone="accent")
            self._read()

        def refused(error: SocialDeskError) -> None:
            self._old.clear()
            self._fail(error)
            if self._old.isVisible():
                self._old.setFocus()

        Waiter(self, self._desk.do(command), done, refused)

    # --- reading ---

    def _read(self) -> None:
        Waiter(self, self._desk.do(ListPins()), self._take_pins, self._fail)

    def _take_people(self, people: list[PersonRow]) -> None:
        for n, person in enumerate(people):
            self._person.addItem(person.name, person.id)
            if person.is_here:
                self._person.setCurrentIndex(n)
        self._show()

    def _take_pins(self, done: Done) -> None:
        answer: dict[str, Any] = dict(done.answer)
        self._with_pin = {int(id_) for id_ in answer.get("people", ())}
        self._passing = {int(id_) for id_ in answer.get("passing", ())}
        self._is_known = not answer.get("why")
        self._tell_what(in_memory=bool(answer.get("in_memory")))
        if not self._is_known:
            self._notice.tell(tr("The keyring cannot be reached: no PIN can be set or checked. "
                                 "A second look by message stays possible."))  # fmt: skip
        self._show()

    def _tell_what(self, *, in_memory: bool) -> None:
        words = tr("A PIN says who looked when a text gets its second look at this computer. It is "
                   "no protection against the owner of this computer account, who can read and "
                   "change everything here.")  # fmt: skip
        kept = (
            tr("In the practice brand it is kept in memory only, and gone when that closes.")
            if in_memory else tr("Only a scrypt hash of it is kept, in the keyring.")
        )  # fmt: skip
        self._what.setText(f"{words} {kept}")

    @property
    def _id(self) -> int:
        return int(self._person.currentData() or 0)

    def _show(self) -> None:
        has_pin = self._id in self._with_pin
        name = isolated(self._person.currentText())
        if self._id in self._passing:
            said = tr("{person} has a PIN, until the practice brand closes.", person=name)
        elif has_pin:
            said = tr("{person} has a PIN.", person=name)
        else:
            said = tr("{person} has no PIN yet.", person=name)
        self._state.setText(said if self._id and self._is_known else "")
        set_ = tr("Change the PIN") if has_pin else tr("Set the PIN")
        self._set.setText(set_)
        self._set.setAccessibleName(set_)
        self._show_fields(has_pin)
        self._seen.setText(tr("The journal, the readiness page and the report of an open incident "
                              "will say that {person}'s PIN was removed without the old one, by "
                              "whom and why.", person=name))  # fmt: skip
        fault = pin_fault(self._pin.text(), self._again.text())
        left = MIN_SKIP_CHARS - len(self._reason.text().strip())
        if self._is_forgotten and left > 0:
            fault = trn("{n} more character", "{n} more characters", left)
        self._fault.setText(fault)
        is_old_typed = bool(self._old.text()) or not has_pin
        is_whole = bool(self._pin.text() and self._again.text()) and not fault and is_old_typed
        self._set.setEnabled(is_whole and self._is_known and bool(self._id))
        self._remove.setEnabled(left <= 0 if self._is_forgotten else bool(self._old.text()))

    def _show_fields(self, has_pin: bool) -> None:
        """Only those that are of use now."""
        is_forgotten = self._is_forgotten
        self._old.setVisible(has_pin and not is_forgotten)
        typed: tuple[QWidget, ...] = (self._pin, self._again, self._set)
        told: tuple[QWidget, ...] = (self._seen, self._reason)
        for widget in typed + told:
            widget.setVisible((widget in told) is is_forgotten)
        self._remove.setVisible(has_pin)
        forgot = tr("Not forgotten after all") if is_forgotten else tr("It is forgotten…")
        self._forgot.setText(forgot)
        self._forgot.setAccessibleName(forgot)
        self._forgot.setVisible(has_pin)

    def _fail(self, error: SocialDeskError) -> None:
        self._notice.tell_sentence(sentence(error))
        self._show()


def pin_fault(pin: str, again: str) -> str:
    """What is wrong with a PIN as far as it is typed; "" = nothing."""
    if pin and not (pin.isascii() and pin.isdigit()):
        return tr("A PIN has digits only.")
    if 0 < len(pin) < MIN_DIGITS:
        left = MIN_DIGITS - len(pin)
        return trn("{n} digit is missing.", "{n} digits are missing.", left)
    if again and again != pin:
        return tr("The two are not the same.")
    return ""


def open_pins(desk: Desk, parent: QWidget) -> PinDialog:
    """From the palette."""
    dialog = PinDialog(desk, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
