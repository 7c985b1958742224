"""Step 3: one live fetch of the first source, what came, and adding it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from socialdesk.domain.errors import CredentialError, SocialDeskError
from socialdesk.domain.first_run import FirstStep
from socialdesk.domain.network_row import NetworkRow
from socialdesk.domain.queue.rows import Listing, Order, QueueRow, View
from socialdesk.engine.commands import AddAccount, FetchNow, TestFetch
from socialdesk.engine.desk import Done
from socialdesk.engine.queries import ListMentions, ReadRows
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr, trn
from socialdesk.ui.accounts.found import N_EXAMPLES, example_line, found_lines
from socialdesk.ui.accounts.sign_in import NO_KEY, SignInFlow
from socialdesk.ui.accounts.trouble import failure
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row
from socialdesk.ui.first_run.around import FEEDS, Around
from socialdesk.ui.plain import isolated
from socialdesk.ui.tasks import Latest

BACKFILL_DAYS = 7


class TryStep(QWidget):
    """`changed()`, `passed()`: as in every step. Begun with a source that was typed, it fetches by
    itself; nothing is kept until the source is added."""

    changed = Signal()
    passed = Signal()

    def __init__(self, around: Around, parent: QWidget) -> None:
        super().__init__(parent)
        self._around, self._desk, self._latest = around, around.desk, Latest(self)
        self._flow = SignInFlow(around.desk, self)
        self._flow.added.connect(self._on_added)
        self._flow.failed.connect(self._on_failed)
        self._flow.keyring_failed.connect(self._on_keyring)
        self.notice = NoticeBar(self)
        self.notice.chosen.connect(self._on_notice)
        self._what = label(tone="strong")
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setAccessibleName(tr("Asking the network"))
        self._found = label()
        self.again = push(tr("Fetch once more"), self._test, icon="refresh-cw")
        self.add = push(tr("Add this source"), self._add, kind="primary")
        self.change = push(tr("Type a source"), self._to_source, kind="link")
        self.setLayout(column(
            self._what, self.notice, self._busy, self._found,
            row(self.add, self.again, self.change, None), None,
        ))  # fmt: skip
        self._busy.hide()
        self.add.hide()

    def begin(self) -> None:
        """Fetch what is there to be fetched."""
        source = self._around.source
        if source is not None:
            self._what.setText(isolated(source.url))
            self.change.setText(tr("Change the source"))
            self._test()
            return
        has_any = self._around.n_accounts > 0
        self.again.setVisible(has_any)
        self._what.setText(
            tr("Your sources are fetched by themselves; here is what came.") if has_any
            else tr("There is no source yet, so there is nothing to fetch.")
        )  # fmt: skip
        if has_any:
            self._test()

    def focus_first(self) -> None:
        """Where one goes on: adding what was found, else mending what failed."""
        if self.add.isVisible() and self.add.isEnabled():
            self.add.setFocus()
        elif self.again.isVisible() and not self.notice.text:
            self.again.setFocus()
        else:
            self.change.setFocus()

    def is_done(self) -> bool:
        return self._around.n_accounts > 0 and not self._busy.isVisibleTo(self)

    def keep(self) -> None:
        """It is in the accounts."""

    # --- fetching ---

    def _test(self) -> None:
        self.notice.clear()
        self._set_busy(True)
        source = self._around.source
        if source is None:
            fetched = self._desk.do(FetchNow(wait=True))
            self._latest.wait(fetched, self._on_fetched, self._on_failed)
            return
        command = TestFetch(FEEDS, source.fields, source.watch(self._around.brand_words))
        self._latest.wait(self._desk.do(command), self._on_tested, self._on_failed)

    def _on_tested(self, done: Done) -> None:
        self._set_busy(False)
        lines = found_lines(done.answer)
        if not done.answer.get("n") and self._around.brand_words:
            lines.append(tr("Only what holds your brand words counts. New items come as they "
                            "appear; or go back and change the words."))  # fmt: skip
        self._found.setText("\n".join(lines))
        self.add.show()
        self.add.setFocus()

    def _on_fetched(self, done: Done) -> None:
        if done.answer.get("n_failed"):
            self.notice.tell(tr("A source did not answer. Accounts says what helps; you can go on "
                                "meanwhile."))  # fmt: skip
        query = ListMentions(View.ALL, "", Order.NEWEST, N_EXAMPLES)
        self._latest.wait(self._desk.ask(query), self._on_listed, self._on_failed)

    def _on_listed(self, listing: Listing) -> None:
        ids = tuple(listing.ids[:N_EXAMPLES])
        n = listing.n_total

        def show(rows: Sequence[QueueRow]) -> None:
            self._set_busy(False)
            lines = [trn("{n} mention is here.", "{n} mentions are here.", n)]
            lines += [example_line(r.author or r.handle, r.body) for r in rows]
            self._found.setText("\n".join(lines))
            self.passed.emit()

        self._latest.wait(self._desk.ask(ReadRows(ids)), show, self._on_failed)

    # --- adding ---

    def _add(self) -> None:
        source = self._around.source
        if source is None:
            return
        self.notice.clear()
        self._set_busy(True)
        watches = (source.watch(self._around.brand_words),)
        network = NetworkRow(FEEDS, "", NO_KEY, ())
        self._flow.start(network, AddAccount(FEEDS, source.fields, watches, BACKFILL_DAYS))

    def _on_added(self, _account_id: int) -> None:
        self._around.source = None
        self._around.n_accounts += 1
        self.add.hide()
        self._set_busy(False)
        self.notice.tell(
            tr("It is added and read from now on. What was there before lies under Done; what is "
               "new comes to Needs reply."), tone="accent",
        )  # fmt: skip
        self.passed.emit()

    def _on_failed(self, error: SocialDeskError) -> None:
        """What is wrong, what to do, and that one may go on without."""
        self._set_busy(False)
        self.add.hide()
        source = self._around.source
        said = failure(error, source.fields) if source else sentence(error)
        parts = (said.text, f"{said.next_step}." if said.next_step else "",
                 tr("Or skip this step: it can wait."))  # fmt: skip
        self.notice.tell(" ".join(filter(None, parts)).replace("..", "."), tone="danger")
        self.change.setFocus()

    def _on_keyring(self, error: CredentialError) -> None:
        """The address is a secret, and the keyring did not take it. Never a file instead."""
        self._set_busy(False)
        said = sentence(error)
        text = tr("{what} This address is like a password, so it is kept in the system's keyring "
                  "only.", what=said.text)  # fmt: skip
        actions = [(tr("Try again"), "again"), (tr("For this session only"), "session")]
        self.notice.tell(f"{text} {said.next_step}.".replace("..", "."), actions, "danger")

    def _on_notice(self, action: str) -> None:
        self._set_busy(True)
        self._flow.again(session_only=action == "session")

    def _to_source(self) -> None:
        self._around.step_asked.emit(FirstStep.LOOK)

    def _set_busy(self, is_busy: bool) -> None:
        self._busy.setVisible(is_busy)
        for button in (self.again, self.add):
            button.setEnabled(not is_busy)
        self.changed.emit()
