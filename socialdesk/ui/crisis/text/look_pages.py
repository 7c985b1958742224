"""The three kinds of a second look, one page each: somebody here, somebody away, oneself later."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)  # fmt: skip

from socialdesk.domain.crisis.approval import Look
from socialdesk.domain.queue.rows import PersonRow
from socialdesk.engine.commands.statements import GiveLook
from socialdesk.engine.words.refusals import refusal_sentence
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row
from socialdesk.ui.crisis.text.checklist import Checklist, Question
from socialdesk.ui.crisis.text.looked_at import LookedAt, away_text, facts_words
from socialdesk.ui.crisis.text.sentence_walk import SentenceWalk
from socialdesk.ui.plain import clean
from socialdesk.ui.scroll_area import ScrollArea
from socialdesk.ui.words import clock

TICK_MS = 500
SECOND_MS = 1_000


class HerePage(QWidget):
    """Another person at this computer. `look_asked(GiveLook)`; the answers outlive a wrong PIN."""

    look_asked = Signal(object)

    def __init__(self, looked: LookedAt, questions: Sequence[Question], parent: QWidget) -> None:
        super().__init__(parent)
        self._looked = looked
        self._answers: list[tuple[str, str]] = []
        self.person = QComboBox()
        self.person.setAccessibleName(tr("Who looks"))
        self.pin = QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setAccessibleName(tr("PIN"))
        self.pin.setPlaceholderText(tr("PIN"))
        self.pin.returnPressed.connect(self._on_enter)
        self._checklist = Checklist(self)
        self._checklist.answered.connect(self._on_answered)
        self._approve = push(tr("Approve exactly this text"), self._give, kind="primary",
                             icon="shield-check")  # fmt: skip
        self._approve.setEnabled(False)
        who = row(label(tr("Who looks"), wraps=False), self.person, self.pin, self._approve)
        who.setStretch(2, 1)
        text = text_box(looked)
        box = column(text, self._checklist, who, space=12)
        box.setStretchFactor(text, 1)
        self.setLayout(box)
        self._checklist.ask(questions)

    def show_people(self, people: Sequence[PersonRow], *, with_pin: bool) -> None:
        """Those who did not write it, and have a PIN; in a drill all of them, without."""
        self.pin.setVisible(with_pin)
        self.person.clear()
        for each in people:
            self.person.addItem(each.name, each.id)

    def clear_pin(self) -> None:
        """It was wrong."""
        self.pin.clear()
        self.pin.setFocus()

    def begin(self) -> None:
        self._checklist.setFocus()

    def _on_answered(self, answers: list[tuple[str, str]]) -> None:
        self._answers = answers
        self._checklist.hide()
        self._approve.setEnabled(True)
        (self._approve if self.pin.isHidden() else self.pin).setFocus()

    def _on_enter(self) -> None:
        if self._approve.isEnabled():
            self._give()

    def _give(self) -> None:
        person, pin = int(self.person.currentData() or 0), self.pin.text()
        x = self._looked
        self.look_asked.emit(
            GiveLook(x.subject, x.subject_id, x.hash, Look.PERSON_HERE.value, person, pin,
                     answers=tuple(self._answers))
        )  # fmt: skip


class AwayPage(QWidget):
    """Somebody is asked by message, and their answer noted. `look_asked(GiveLook)`."""

    look_asked = Signal(object)

    def __init__(
        self, looked: LookedAt, questions: Sequence[Question], now: Callable[[], int],
        parent: QWidget, *, is_drill: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._looked = looked
        text = away_text(looked, [words for _, words in questions])
        if is_drill:
            from socialdesk.engine.words.drills import drill_marked  # only a drill needs it

            text = drill_marked(text)
        self.file_text = text
        self._notice = NoticeBar(self)
        shown = QPlainTextEdit(self.file_text)
        shown.setReadOnly(True)
        shown.setTabChangesFocus(True)
        shown.setAccessibleName(tr("The message to send"))
        self._copy = push(tr("Copy the message"), self.copy, icon="copy")
        self._save = push(tr("Save as a file…"), self._ask_file)
        self.who, self.how, self.at = (
            self._field(tr("Who answered"), tr("Name, and what they are")),
            self._field(tr("How"), tr("Phone, messenger, mail…")),
            self._field(tr("When"), "14:30"),
        )
        self.at.setText(clock(now()))
        self._record = push(tr("Record: it may go out exactly so"), self.record, kind="primary")
        fields = row(self.who, self.how, self.at)
        fields.setStretch(0, 3)
        fields.setStretch(1, 2)
        box = column(
            self._notice, shown, row(self._copy, self._save, None),
            label(tr("Their answer. It is shown as recorded by you, never as a signature."), "dim"),
            fields, row(None, self._record),
        )  # fmt: skip
        box.setStretchFactor(shown, 1)
        self.setLayout(box)

    def begin(self) -> None:
        self._copy.setFocus()

    def copy(self) -> None:
        """Onto the clipboard."""
        QGuiApplication.clipboard().setText(self.file_text)
        self._notice.tell(tr("Copied. Send it, then note the answer here."), tone="accent")

    def save_to(self, path: str) -> None:
        """A plain text file, UTF-8."""
        try:
            with open(path, "w", encoding="utf-8") as file:
                file.write(self.file_text)
        except OSError as e:
            self._notice.tell(tr("The file was not written: {why}", why=e.strerror or ""))
            return
        self._notice.tell(tr("Saved. Send it, then note the answer here."), tone="accent")

    def record(self) -> None:
        """Who, how and when, as one line for the log."""
        blank = next((f for f in (self.who, self.how, self.at) if not f.text().strip()), None)
        if blank is not None:
            self._notice.tell(tr("Note who answered, how, and when."))
            blank.setFocus()
            return
        said = ", ".join(f.text().strip() for f in (self.who, self.how, self.at))
        x = self._looked
        self.look_asked.emit(
            GiveLook(x.subject, x.subject_id, x.hash, Look.PERSON_AWAY.value, how=said)
        )

    def _ask_file(self) -> None:
        name = f"{self._looked.hash[:12]}.txt"
        path, _ = QFileDialog.getSaveFileName(self, tr("Save as a file"), name, "*.txt")
        if path:
            self.save_to(path)

    def _field(self, name: str, hint: str) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(name)
        made.setPlaceholderText(f"{name}: {hint}")
        made.returnPressed.connect(self.record)
        return made


class SelfPage(QWidget):
    """The same person, after the cool-down. `look_asked(GiveLook)`, `change_asked(sentence)`."""

    look_asked = Signal(object)
    change_asked = Signal(str)

    def __init__(
        self, looked: LookedAt, questions: Sequence[Question], now: Callable[[], int],
        parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._looked, self._questions, self._now = looked, questions, now
        self._cooled_at = looked.cooled_at
        self._wait = label(tone="heading")
        self._advice = label(
            tr("Leave the desk, drink some water, read something else. The text comes back "
               "in another face, one sentence at a time."), "dim")  # fmt: skip
        waiting = QWidget()
        waiting.setLayout(column(self._wait, self._advice, None))
        self._walk, self._checklist = SentenceWalk(self), Checklist(self)
        self._walk.kept.connect(self._on_kept)
        self._walk.change_asked.connect(self.change_asked)
        self._checklist.answered.connect(self._on_answered)
        self._pages = QStackedWidget()
        for page in (waiting, self._walk, self._checklist):
            self._pages.addWidget(page)
        self.setLayout(column(self._pages))
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def begin(self) -> None:
        """Wait, or start at once when the time is over."""
        self._timer.start()
        self._tick()

    def wait_again(self, left_ms: int) -> None:
        """The desk says that it is too early: its clock counts."""
        self._cooled_at = self._now() + left_ms
        self._pages.setCurrentIndex(0)
        self.begin()

    def _tick(self) -> None:
        left = self._cooled_at - self._now()
        if left > 0:
            seconds = -(-left // SECOND_MS)
            facts: dict[str, str | int] = {"m": seconds // 60, "s": seconds % 60}
            facts["time"] = clock(self._looked.edited_at)
            self._wait.setText(refusal_sentence("R28", facts).text)
        elif self._timer.isActive():
            self._timer.stop()
            self._pages.setCurrentWidget(self._walk)
            self._walk.show_text(self._looked.text)

    def _on_kept(self) -> None:
        self._pages.setCurrentWidget(self._checklist)
        self._checklist.ask(self._questions)

    def _on_answered(self, answers: list[tuple[str, str]]) -> None:
        x = self._looked
        self.look_asked.emit(
            GiveLook(x.subject, x.subject_id, x.hash, Look.SELF_COOLDOWN.value,
                     answers=tuple(answers))
        )  # fmt: skip


def text_box(looked: LookedAt) -> ScrollArea:
    """The text exactly as it will be posted, the accounts, and the facts with their checks."""
    words = label(clean(looked.text))
    words.setAccessibleName(tr("The text to look at"))
    bubble = QFrame()
    bubble.setProperty("bubble", "ours")
    bubble.setLayout(column(words, margin=10))
    made = QFrame()
    facts = facts_words(looked.facts) or tr("This text leans on no fact.")
    accounts = ", ".join(looked.accounts)
    made.setLayout(column(
        bubble, label(tr("Accounts: {list}", list=accounts) if accounts else "", "dim"),
        label(tr("What it leans on:"), "dim"), label(facts), None, space=4,
    ))  # fmt: skip
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    scroll = ScrollArea()
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setProperty("ground", "none")
    scroll.setAccessibleName(tr("The text to look at"))
    scroll.setWidget(made)
    return scroll
