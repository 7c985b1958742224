"""Adding an account: choose the network, type what it needs, try it, sign in."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QProgressBar,
    QStackedWidget,
    QWidget,
)  # fmt: skip

from socialdesk.domain.errors import CredentialError, CredentialFault, SocialDeskError
from socialdesk.domain.network_row import NetworkRow
from socialdesk.domain.queue.rows import AccountRow
from socialdesk.engine import commands as c
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries import ReadSettings
from socialdesk.engine.settings import value_of
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.accounts.browser_page import BrowserPage
from socialdesk.ui.accounts.choose import ChoosePage
from socialdesk.ui.accounts.form import AccountForm
from socialdesk.ui.accounts.found import found_lines
from socialdesk.ui.accounts.guide import GuidePage
from socialdesk.ui.accounts.health import FILES
from socialdesk.ui.accounts.sign_in import BY_BROWSER, NO_KEY, TOKEN, SignInFlow, networks_of
from socialdesk.ui.accounts.trouble import failure, is_about_key
from socialdesk.ui.browser import open_url
from socialdesk.ui.compose.parts import Action, NoticeBar, column, label, push, row
from socialdesk.ui.network_names import named
from socialdesk.ui.scroll_area import ScrollArea
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.text_size import resize_for_text

CHOOSE, FORM, BROWSER, GUIDE = range(4)
WIDTH, HEIGHT = 660, 700  # px: a guide mostly fits whole


class AddAccountDialog(QDialog):
    """`added(account id)`. `file_asked()`: mentions shall come out of a file. `again`: an account
    that signs in once more, in place."""

    added = Signal(object)
    file_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None, again: AccountRow | None = None) -> None:
        super().__init__(parent)
        self._desk, self._again, self._latest = desk, again, Latest(self)
        self._network: NetworkRow | None = None
        self._url = ""
        self._flow = SignInFlow(desk, self)
        self._flow.browser_asked.connect(self._on_browser)
        self._flow.added.connect(self._on_added)
        self._flow.slipped.connect(self._on_slipped)
        self._flow.failed.connect(self._on_failed)
        self._flow.keyring_failed.connect(self._on_keyring)
        self.setWindowTitle(tr("Sign in again") if again else tr("Add an account"))
        resize_for_text(self, WIDTH, HEIGHT)
        self._notice = NoticeBar(self)
        self._notice.chosen.connect(self._on_notice)
        self._pages = QStackedWidget()
        self._choice, self._guide = ChoosePage(self), GuidePage(self)
        self._browser = BrowserPage(self)
        for page in (self._choice, self._make_form(), self._browser, self._guide):
            self._pages.addWidget(page)
        self._choice.chosen.connect(self._to_network)
        self._choice.cancelled.connect(self.reject)
        self._guide.done.connect(self._guide_done)
        self._guide.back.connect(self._to_choose)
        self._guide.open_asked.connect(open_url)
        self._browser.open_asked.connect(self._open_browser)
        self._browser.cancelled.connect(self._cancel)
        self._browser.code_given.connect(self._give_code)
        self.setLayout(column(self._notice, self._pages, margin=16))
        Waiter(self, desk.do(c.ListNetworks()), self._show_networks, self._on_failed)
        Waiter(self, desk.ask(ReadSettings()), self._begin, self._on_failed)

    # --- making ---

    def _make_form(self) -> QWidget:
        self._title = label(tone="heading")
        self._form = AccountForm(self._desk, self)
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
        scroll = ScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setProperty("ground", "none")
        scroll.setWidget(inner)
        self._back = push(tr("Back"), self._to_choose)
        self._steps = push(tr("How to get these"), self._to_guide, kind="link")
        self._try = push(tr("Try it"), self._test)
        self._go = push(tr("Sign in"), self._sign_in, kind="primary")
        page = QWidget()
        page.setLayout(column(
            row(self._title, self._steps), scroll,
            row(self._back, None, push(tr("Cancel"), self.reject), self._try, self._go),
        ))  # fmt: skip
        return page

    def _begin(self, settings: dict[str, str]) -> None:
        self._form.begin_with(value_of(settings, "brand_words"))

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
        self._choice.show_networks(found)
        self._choice.search.setFocus()

    def _to_network(self, n: NetworkRow) -> None:
        """Its guide first, where it has one. A file has neither guide nor form."""
        if n.key == FILES:
            self.reject()
            self.file_asked.emit()
            return
        if not n.guide:
            self._to_form(n)
            return
        self._network = n
        self._notice.clear()
        self._guide.show_network(n)
        self._pages.setCurrentIndex(GUIDE)

    def _guide_done(self) -> None:
        if self._network is not None:
            self._to_form(self._network)

    def _to_guide(self) -> None:
        if self._network is not None:
            self._to_network(self._network)

    def _to_form(self, n: NetworkRow) -> None:
        self._network = n
        self._notice.clear()
        self._found.setText("")
        self._title.setText(named(n))
        self._form.show_network(n, self._again)
        self._back.setVisible(self._again is None)
        self._try.setVisible(n.sign_in not in BY_BROWSER)
        self._steps.setVisible(bool(n.guide))
        self._go.setText(tr("Add") if n.sign_in == NO_KEY else tr("Sign in"))
        self._pages.setCurrentIndex(FORM)
        self._form.focus_first()
        self._check()

    def _to_choose(self) -> None:
        self._latest.forget()
        self._set_busy(False)
        self._notice.clear()
        self._pages.setCurrentIndex(CHOOSE)
        self._choice.search.setFocus()

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
        self._found.setText("\n".join(found_lines(done.answer)))
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
        if self._network is not None:
            self._browser.show_sign_in(self._network, url)
        self._pages.setCurrentIndex(BROWSER)
        self._open_browser()

    def _open_browser(self) -> None:
        if not open_url(self._url):
            self._notice.tell(tr("No browser came. Copy the address below and open it yourself."))
            self._browser.address.setFocus()
            self._browser.address.selectAll()

    def _give_code(self, code: str) -> None:
        self._notice.clear()
        self._browser.show_busy(True)
        self._flow.give_code(code)

    def _on_slipped(self, error: SocialDeskError) -> None:
        """What was pasted is not it: the sign-in is open, and it can be pasted again."""
        self._browser.show_busy(False)
        self._notice.tell_sentence(sentence(error))
        self._browser.code.setFocus()
        self._browser.code.selectAll()

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
        fields = self._form.fields()
        by_browser = self._network.sign_in in BY_BROWSER and not dict(fields).get(TOKEN)
        self._notice.tell_sentence(failure(error, fields, by_browser=by_browser))
        # Where it is put right; disabling it moved the focus on.
        self._form.focus_wrong(is_key=is_about_key(error) and not by_browser)

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
