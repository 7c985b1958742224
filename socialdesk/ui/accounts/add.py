"""Adding an account: choose the network, type what it needs, try it, sign in."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QScrollArea,
    QStackedWidget,
    QWidget,
)  # fmt: skip

from socialdesk.domain.errors import CredentialError, CredentialFault, SocialDeskError
from socialdesk.domain.rows import AccountRow, NetworkRow
from socialdesk.engine import commands as c
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.messages import sentence
from socialdesk.i18n import tr, trn
from socialdesk.ui.accounts.form import AccountForm
from socialdesk.ui.accounts.sign_in import NO_KEY, SignInFlow, networks_of
from socialdesk.ui.accounts.trouble import failure
from socialdesk.ui.browser import open_url
from socialdesk.ui.compose.parts import Action, NoticeBar, column, label, push, row
from socialdesk.ui.plain import isolated, one_line
from socialdesk.ui.tasks import Latest, Waiter

CHOOSE, FORM, BROWSER = range(3)
_ROW = Qt.ItemDataRole.UserRole


class AddAccountDialog(QDialog):
    """`added(account id)`. `again`: an account that signs in once more, in place."""

    added = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None, again: AccountRow | None = None) -> None:
        super().__init__(parent)
        self._desk, self._again, self._latest = desk, again, Latest(self)
        self._network: NetworkRow | None = None
        self._url = ""
        self._flow = SignInFlow(desk, self)
        self._flow.browser_asked.connect(self._on_browser)
        self._flow.added.connect(self._on_added)
        self._flow.failed.connect(self._on_failed)
        self._flow.keyring_failed.connect(self._on_keyring)
        self.setWindowTitle(tr("Sign in again") if again else tr("Add an account"))
        self.resize(560, 480)
        self._notice = NoticeBar(self)
        self._notice.chosen.connect(self._on_notice)
        self._pages = QStackedWidget()
        for page in (self._make_choose(), self._make_form(), self._make_browser()):
            self._pages.addWidget(page)
        self.setLayout(column(self._notice, self._pages, margin=16))
        Waiter(self, desk.do(c.ListNetworks()), self._show_networks, self._on_failed)

    # --- making ---

    def _make_choose(self) -> QWidget:
        self._list = QListWidget()
        self._list.setProperty("framed", "yes")
        self._list.setAccessibleName(tr("Networks"))
        self._list.itemActivated.connect(lambda _: self._choose())
        page = QWidget()
        page.setLayout(column(
            label(tr("Where do people speak about you?"), "heading"), self._list,
            row(None, push(tr("Cancel"), self.reject),
                push(tr("Next"), self._choose, kind="primary")),
        ))  # fmt: skip
        return page

    def _make_form(self) -> QWidget:
        self._title = label(tone="heading")
        self._form = AccountForm(self)
        self._form.changed.connect(self._check)
        self._form.entered.connect(self._on_enter)
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setAccessibleName(tr("Asking the network"))
        self._busy.hide()
        self._found = label()
        inner = QWidget()
        inner.setLayout(column(self._form, self._busy, self._found, None))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        self._back = push(tr("Back"), self._to_choose)
        self._try = push(tr("Try it"), self._test)
        self._go = push(tr("Sign in"), self._sign_in, kind="primary")
        page = QWidget()
        page.setLayout(column(
            self._title, scroll,
            row(self._back, None, push(tr("Cancel"), self.reject), self._try, self._go),
        ))  # fmt: skip
        return page

    def _make_browser(self) -> QWidget:
        wait = QProgressBar()
        wait.setRange(0, 0)
        wait.setTextVisible(False)
        wait.setAccessibleName(tr("Waiting for the browser"))
        self._address = QLineEdit()
        self._address.setReadOnly(True)
        self._address.setAccessibleName(tr("Address to open"))
        self._code = QLineEdit()
        self._code.setAccessibleName(tr("Code from the browser"))
        self._code.setPlaceholderText(tr("Or paste the code the browser shows"))
        self._code.returnPressed.connect(self._give_code)
        code = row(self._code, push(tr("Use the code"), self._give_code))
        code.setStretch(0, 1)
        page = QWidget()
        page.setLayout(column(
            label(tr("Go on in your browser"), "heading"),
            label(tr("Allow SocialDesk there and come back: this page goes on by itself. It waits "
                     "five minutes.")),
            wait, self._address,
            row(push(tr("Open the browser"), self._open_browser, icon="external-link"), None),
            code, None, row(None, push(tr("Cancel sign-in"), self._cancel)),
        ))  # fmt: skip
        return page

    # --- choosing ---

    def _show_networks(self, done: Done) -> None:
        found = networks_of(done)
        if self._again is not None:
            mine = next((n for n in found if n.key == self._again.network), None)
            if mine is None:
                self._notice.tell(tr("This network is not part of this program any more."))
            else:
                self._to_form(mine)
            return
        for n in found:
            text = n.label if not n.unverified else tr("{name} (not yet tried live)", name=n.label)
            entry = QListWidgetItem(text)
            entry.setData(_ROW, n)
            self._list.addItem(entry)
        self._list.setCurrentRow(0)
        self._list.setFocus()

    def _choose(self) -> None:
        entry = self._list.currentItem()
        if entry is not None and isinstance(n := entry.data(_ROW), NetworkRow):
            self._to_form(n)

    def _to_form(self, n: NetworkRow) -> None:
        self._network = n
        self._notice.clear()
        self._found.setText("")
        self._title.setText(n.label)
        self._form.show_network(n, self._again)
        self._back.setVisible(self._again is None)
        self._try.setVisible(n.sign_in == NO_KEY)
        self._go.setText(tr("Add") if n.sign_in == NO_KEY else tr("Sign in"))
        self._pages.setCurrentIndex(FORM)
        self._form.focus_first()
        self._check()

    def _to_choose(self) -> None:
        self._latest.forget()
        self._set_busy(False)
        self._notice.clear()
        self._pages.setCurrentIndex(CHOOSE)
        self._list.setFocus()

    def _check(self) -> None:
        is_ready = not self._form.missing() and self._busy.isHidden()
        self._go.setEnabled(is_ready)
        self._try.setEnabled(is_ready)

    def _on_enter(self) -> None:
        """A source without a key is tried before it is kept."""
        if not self._go.isEnabled():
            return
        if self._try.isVisibleTo(self) and not self._found.text():
            self._test()
        else:
            self._sign_in()

    # --- trying ---

    def _test(self) -> None:
        n = self._network
        if n is None:
            return
        self._notice.clear()
        self._set_busy(True)
        command = c.TestFetch(n.key, self._form.fields(), self._form.first_watch())
        self._latest.wait(self._desk.do(command), self._show_found, self._on_failed)

    def _show_found(self, done: Done) -> None:
        self._set_busy(False)
        n = int(done.answer.get("n", 0))
        lines = [trn("It works: {n} item found.", "It works: {n} items found.", n)]
        if not n:
            lines = [tr("It answers, but holds nothing from the last 7 days.")]
        if rejects := int(done.answer.get("n_rejects", 0)):
            lines.append(trn("{n} malformed item would be set aside.",
                             "{n} malformed items would be set aside.", rejects))  # fmt: skip
        for author, words in done.answer.get("examples", [])[:3]:
            lines.append(f"• {isolated(author)}: {one_line(words)}")
        self._found.setText("\n".join(lines))
        self._go.setFocus()

    # --- signing in ---

    def _sign_in(self) -> None:
        if self._network is not None and not self._form.missing():
            self._notice.clear()
            self._set_busy(True)
            self._flow.start(self._network, self._form.command())

    def _on_browser(self, url: str) -> None:
        self._set_busy(False)
        self._url = url
        self._address.setText(url)
        self._address.setCursorPosition(0)
        self._code.clear()
        self._pages.setCurrentIndex(BROWSER)
        self._open_browser()

    def _open_browser(self) -> None:
        if not open_url(self._url):
            self._notice.tell(tr("No browser came. Copy the address below and open it yourself."))
            self._address.setFocus()
            self._address.selectAll()

    def _give_code(self) -> None:
        if self._code.text().strip():
            self._flow.give_code(self._code.text().strip())

    def _cancel(self) -> None:
        self._flow.cancel()
        self._pages.setCurrentIndex(FORM)
        self._notice.tell(tr("The sign-in was cancelled. Nothing was kept."), tone="accent")

    def _on_added(self, account_id: int) -> None:
        self._form.forget_secrets()
        self.added.emit(account_id)
        self.accept()

    def _on_failed(self, error: SocialDeskError) -> None:
        self._set_busy(False)
        if self._network is None:
            self._notice.tell_sentence(sentence(error))
            return
        self._pages.setCurrentIndex(FORM)
        self._notice.tell_sentence(failure(error, self._form.fields()))
        self._form.focus_address()  # where it is put right; disabling it moved the focus on

    def _on_keyring(self, error: CredentialError) -> None:
        """A screen for each reason, and never a file in the clear."""
        self._set_busy(False)
        self._pages.setCurrentIndex(FORM)
        said = sentence(error)
        actions: list[Action] = [(tr("Try again"), "again")]
        actions.append((tr("For this session only"), "session"))
        text = f"{said.text} {said.next_step}."
        if error.fault is CredentialFault.NONE:
            text = f"{text} {_install()}"
        memory = tr("For this session only: kept in memory until SocialDesk ends, then sign in "
                    "again. Nothing is written to a file.")  # fmt: skip
        self._notice.tell(f"{text}\n{memory}", actions, "danger")

    def _on_notice(self, action: str) -> None:
        self._set_busy(True)
        self._flow.again(session_only=action == "session")

    def _set_busy(self, is_busy: bool) -> None:
        self._busy.setVisible(is_busy)
        self._form.setEnabled(not is_busy)
        self._check()

    # --- leaving ---

    def reject(self) -> None:
        """Esc or Cancel: nothing is kept, and the desk waits for no browser."""
        self._flow.cancel()
        self._latest.forget()
        self._form.forget_secrets()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._flow.cancel()
        self._form.forget_secrets()
        super().closeEvent(event)


def _install() -> str:
    """What to install where there is no keyring."""
    return tr("On Debian and Ubuntu: sudo apt install gnome-keyring, then sign in to your desktop "
              "again.")  # fmt: skip
