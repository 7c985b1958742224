"""PINs: whose is set, setting one, taking one away; and what a PIN is and is not."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget

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
        self._is_known = False
        self.setWindowTitle(tr("PINs"))
        resize_for_text(self, 520, 400)
        self._make()
        Waiter(self, desk.ask(ListPeople()), self._take_people, self._fail)
        self._read()

    def _make(self) -> None:
        self._notice = NoticeBar(self)
        what = label(
            tr("A PIN says who looked when a text gets its second look at this computer. It is "
               "no protection against the owner of this computer account, who can read and change "
               "everything here. Only a scrypt hash of it is kept, in the keyring."), "dim",
        )  # fmt: skip
        self._person = QComboBox()
        self._person.setAccessibleName(tr("Whose PIN"))
        self._person.currentIndexChanged.connect(lambda _: self._on_person_chosen())
        self._state = label(tone="strong")
        self._pin = self._field(tr("PIN, {n} digits or more", n=MIN_DIGITS))
        self._again = self._field(tr("The same PIN again"))
        self._fault = label(tone="warn")
        self._set = push("", self.set_pin, kind="primary", icon="key-round")
        self._remove = push(tr("Remove the PIN"), self.remove, kind="danger")
        who = label(tr("Whose PIN"), wraps=False)
        who.setBuddy(self._person)
        choose = row(who, self._person)
        choose.setStretch(1, 1)
        self.setLayout(column(
            self._notice, what, choose, self._state, self._pin, self._again, self._fault, None,
            row(self._remove, None, push(tr("Close"), self.reject), self._set), margin=16,
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
            self._do(SetPin(self._id, self._pin.text()), tr("The PIN is set."))

    def remove(self) -> None:
        """They can look here no more; by message they still can."""
        self._do(SetPin(self._id, ""), tr("The PIN is removed."))

    def _on_person_chosen(self) -> None:
        """What was typed for one person is never set for another."""
        self._pin.clear()
        self._again.clear()
        self._notice.clear()
        self._show()

    def _on_enter(self) -> None:
        if self.focusWidget() is self._pin:
            self._again.setFocus()
        else:
            self.set_pin()

    def _do(self, command: SetPin, told: str) -> None:
        self._notice.clear()
        self._set.setEnabled(False)

        def done(_: Done) -> None:
            self._pin.clear()
            self._again.clear()
            self._pin.setFocus()
            self._notice.tell(told, tone="accent")
            self._read()

        Waiter(self, self._desk.do(command), done, self._fail)

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
        if not self._is_known:
            self._notice.tell(tr("The keyring cannot be reached: no PIN can be set or checked. "
                                 "A second look by message stays possible."))  # fmt: skip
        self._show()

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
        self._remove.setVisible(has_pin)
        fault = pin_fault(self._pin.text(), self._again.text())
        self._fault.setText(fault)
        is_whole = bool(self._pin.text() and self._again.text()) and not fault
        self._set.setEnabled(is_whole and self._is_known and bool(self._id))

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
