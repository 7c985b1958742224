"""One reply of the outbox in full: its exact text, its fate in words, and a button per way out."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from socialdesk.domain.queue.rows import Detail, OutboxRow
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.desk import Desk
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import clear, column, label, now_ms, push, row, when
from socialdesk.ui.outbox.edit_pane import EditPane
from socialdesk.ui.outbox.words import Act, act_name, told
from socialdesk.ui.plain import clean, dress, isolated

PER_LINE = 3  # buttons
MAIN = (Act.TAKE_BACK, Act.APPROVE, Act.SEND_AGAIN, Act.EDIT)


class OutboxSheet(QFrame):
    """`chosen(Act)`: a button was pressed. `link` is where it was found, when somebody says so.
    While `editing` is open it stands in the place of text and buttons."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._row: OutboxRow | None = None
        self._acts: tuple[Act, ...] = ()
        self._can_edit = False
        self._state = label(tone="heading", wraps=False)
        self._to = label(tone="dim")
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(tr("Exact text of the reply"))
        self._fate = label()
        self._note = label(tone="dim")
        self._link = QLineEdit()
        self._link.setAccessibleName(tr("Link of the reply"))
        self._link.setPlaceholderText(tr("Its link, when you found it (optional)"))
        self._acts_bar = QWidget()
        self._buttons = column(space=6)
        self._acts_bar.setLayout(self._buttons)
        self.editing = EditPane(desk, self)
        self.editing.left.connect(self._end_editing)
        self.setLayout(column(self._state, self._to, self._text, self.editing, self._fate,
                              self._note, self._link, self._acts_bar, margin=12))  # fmt: skip
        self.show_row(None)

    @property
    def link(self) -> str:
        """What was typed as the reply's address."""
        return self._link.text().strip()

    def show_row(self, r: OutboxRow | None, note: str = "", *, can_edit: bool = False) -> None:
        """`note`: what an approval by whoever is here will be recorded as, or why a sent reply is
        not edited; `can_edit`: it may be."""
        is_same = r is not None and self._row is not None and r.id == self._row.id
        self._row, self._can_edit = r, can_edit
        if not is_same:
            self.editing.hide()
        is_editing = not self.editing.isHidden()
        for part in (self._state, self._to, self._fate):
            part.setVisible(r is not None)
        self._text.setVisible(r is not None and not is_editing)
        self._acts_bar.setVisible(not is_editing)
        if r is None:
            self._note.hide()
            self._link.hide()
            self._show_acts((), OutboxState.SENT)
            return
        if not is_same:
            self._link.clear()
        text = clean(r.text)
        if text != self._text.toPlainText():
            self._text.setPlainText(text)
        self._to.setText(self._about(r))
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._link.setVisible(r.state is OutboxState.UNCERTAIN)
        self.tick()

    def tick(self) -> None:
        """A second passed."""
        r = self._row
        if r is None:
            return
        said = told(r, now_ms(), can_edit=self._can_edit)
        self._state.setText(said.state)
        self._fate.setText(said.text)
        dress(self._fate, "tone", said.tone)
        self._show_acts(said.acts, r.state)

    def edit(self, r: OutboxRow, d: Detail) -> None:
        """Open the editor for this sent reply to `d`'s mention."""
        self._text.hide()
        self._acts_bar.hide()
        self.editing.start(r, d)

    def focus_acts(self) -> None:
        """The first thing that can be done."""
        if (entry := self._buttons.itemAt(0)) is not None and (inner := entry.layout()):
            first = inner.itemAt(0)
            if first is not None and (button := first.widget()) is not None:
                button.setFocus()

    def _end_editing(self) -> None:
        self.editing.hide()
        self._text.show()
        self._acts_bar.show()
        self.focus_acts()

    def _about(self, r: OutboxRow) -> str:
        account = isolated(r.account)
        to = tr("To {to} from {account}", to=isolated(r.to), account=account)
        parts = [to if r.mention_id else tr("A post of our own from {account}", account=account)]
        if r.person:
            parts.append(tr("written by {who}", who=isolated(r.person)))
        if r.template:
            parts.append(tr("template {name}", name=isolated(r.template)))
        parts.append(when(r.made_at))
        if r.pictures:
            parts.append(trn("{n} picture", "{n} pictures", len(r.pictures)))
        if r.promise_at:
            parts.append(tr("promises an answer by {when}", when=when(r.promise_at)))
        if r.n_tries > 1:
            parts.append(tr("{n} tries", n=r.n_tries))
        return " · ".join(p for p in parts if p)

    def _show_acts(self, acts: tuple[Act, ...], state: OutboxState) -> None:
        """Buttons are only made anew when they change: a click must not lose its button."""
        if acts == self._acts:
            return
        self._acts = acts
        clear(self._buttons)
        for n in range(0, len(acts), PER_LINE):
            made: list[QPushButton] = [self._button(a, state, n + i) for i, a in
                                       enumerate(acts[n : n + PER_LINE])]  # fmt: skip
            self._buttons.addLayout(row(*made, None))

    def _button(self, act: Act, state: OutboxState, at: int) -> QPushButton:
        kind = "primary" if at == 0 and act in MAIN else ""
        return push(act_name(act, state), partial(self.chosen.emit, act), kind=kind)
