"""What the keyring holds for this workspace, forgetting it, and removing the workspace."""

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QWidget

from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.commands import Quit
from socialdesk.engine.commands.owning import (
    ForgetSignIns,
    ListCopies,
    ListSignIns,
    RemoveWorkspace,
)
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.words.keeping import kind_words
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row
from socialdesk.ui.plain import isolated, one_line
from socialdesk.ui.tasks import Waiter

LIST_HEIGHT: Final = 112  # px


class LeavingBox(QWidget):
    """Names are shown, never secrets."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._name = desk, ""
        self.notice = NoticeBar(self)
        self.notice.chosen.connect(self._on_chosen)
        self.entries = QListWidget()
        self.entries.setProperty("framed", "yes")
        self.entries.setAccessibleName(tr("In the keyring for this workspace"))
        self.entries.setFixedHeight(LIST_HEIGHT)
        self._nothing = label(tr("The keyring holds nothing for this workspace."), "dim")
        self.forget = push(tr("Forget every sign-in…"), self._ask_forget, kind="danger")
        self._type = label("", wraps=True)
        self.typed = QLineEdit()
        self.typed.setAccessibleName(tr("Name of the workspace"))
        self.typed.textChanged.connect(lambda _: self._dress())
        self._type.setBuddy(self.typed)
        self.remove = push(tr("Remove this workspace"), self._remove, kind="danger")
        self.setLayout(column(
            label(tr("Sign-ins in the keyring"), "strong"), self._nothing, self.entries,
            row(self.forget, None), self.notice,
            label(tr("Remove this workspace"), "strong"),
            label(tr("Its folder with all copies in it, its logs and its sign-ins are deleted, and "
                     "the window closes. What you exported or backed up elsewhere stays, and so "
                     "does everything on the networks."), "dim"),
            self._type, row(self.typed, self.remove),
        ))  # fmt: skip
        self._dress()
        self.read()

    def read(self) -> None:
        """What there is; the keyring may ask to be unlocked."""
        Waiter(self, self._desk.do(ListSignIns()), self._show, self._fail)
        Waiter(self, self._desk.do(ListCopies()), self._show_name, self._fail)

    def _show(self, done: Done) -> None:
        self.entries.clear()
        for kind, name, is_session_only in done.answer["entries"]:
            parts = [kind_words(kind), name, tr("this session only") if is_session_only else ""]
            self.entries.addItem(one_line(" · ".join(filter(None, parts))))
        self._dress()

    def _show_name(self, done: Done) -> None:
        self._name = Path(str(done.answer["folder"])).parent.name
        words = tr("Type {name} to confirm:", name=isolated(self._name))
        self._type.setText(words)
        self.typed.setAccessibleName(words)
        self._dress()

    def _dress(self) -> None:
        has_some = self.entries.count() > 0
        self.entries.setVisible(has_some)
        self.forget.setVisible(has_some)
        self._nothing.setVisible(not has_some)
        is_typed = self.typed.text().strip().casefold() == self._name.casefold()
        self.remove.setEnabled(bool(self._name) and is_typed)

    def _ask_forget(self) -> None:
        self.notice.tell(
            tr("Every account stops until you sign in to it again; PINs have to be set anew. "
               "Nothing is deleted on the networks."),
            [(tr("Forget them"), "forget"), (tr("Leave all as it is"), "leave")],
        )  # fmt: skip

    def _on_chosen(self, action: str) -> None:
        if action == "forget":
            Waiter(self, self._desk.do(ForgetSignIns()), self._forgotten, self._fail)

    def _forgotten(self, done: Done) -> None:
        n = int(done.answer["n"])
        self.notice.tell(trn("{n} entry was removed from the keyring.",
                             "{n} entries were removed from the keyring.", n),
                         tone="accent")  # fmt: skip
        self.read()

    def _remove(self) -> None:
        self.remove.setEnabled(False)
        removing = self._desk.do(RemoveWorkspace(self.typed.text()))
        Waiter(self, removing, self._removed, self._fail)

    def _removed(self, _: Done) -> None:
        """The rest is done by a process that waits for this one and the engine to end."""
        self._desk.do(Quit())
        QApplication.closeAllWindows()

    def _fail(self, error: SocialDeskError) -> None:
        self.notice.tell_sentence(sentence(error))
        self._dress()
