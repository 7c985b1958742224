"""New versions: what the last look found, and the button that looks now."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.commands.releases import CheckRelease
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.release_feed import Seen, read_seen
from socialdesk.engine.release_words import told
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.browser import open_url
from socialdesk.ui.compose.parts import column, label, push, row, when
from socialdesk.ui.plain import isolated
from socialdesk.ui.tasks import Waiter


class UpdatesPart:
    """The box and the way to About, made when they are wanted."""

    def __init__(self, desk: Desk, parent: QWidget, open_about: Callable[[], None]) -> None:
        self._desk, self._place, self._open_about = desk, parent, open_about

    def make(self) -> QWidget:
        """Both, one below the other."""
        made = QWidget(self._place)
        self._box = ReleaseBox(self._desk, made)
        about = push(tr("About SocialDesk…"), self._open_about)
        made.setLayout(column(self._box, row(about, None), space=18))
        return made

    def follow(self, settings: Mapping[str, str]) -> None:
        """What was found last. Only when all is made."""
        self._box.follow(settings)


class ReleaseBox(QWidget):
    """`show_seen` tells what is known; the button asks the engine, which asks the feed."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._seen = desk, Seen()
        self.check = push(tr("Check for a new version"), self._check)
        self.check.setAccessibleDescription(
            tr("Asks the address of new versions once, now. Nothing is downloaded.")
        )
        self.page = push(tr("Open its page"), self._open)
        self._words, self._summary = label(), label(tone="dim")
        self._at = label(tone="dim")
        self.setLayout(column(row(self.check, self.page, None), self._words, self._summary,
                              self._at, space=4))  # fmt: skip
        self.show_seen(Seen())

    @property
    def text(self) -> str:
        return self._words.text()

    def follow(self, settings: Mapping[str, str]) -> None:
        """What was found when it was last looked for."""
        self.show_seen(read_seen(settings))

    def show_seen(self, seen: Seen) -> None:
        self._seen = seen
        self._words.setText(told(seen))
        self._summary.setText(isolated(seen.summary) if seen.state == "newer" else "")
        self._at.setText(tr("Looked at {moment}", moment=when(seen.at)) if seen.at else "")
        for words in (self._words, self._summary, self._at):
            words.setVisible(bool(words.text()))
        self.page.setVisible(seen.state == "newer" and bool(seen.page))
        self.page.setToolTip(seen.page)

    def _check(self) -> None:
        self.check.setEnabled(False)
        self._words.setText(tr("Looking…"))
        self._words.show()
        Waiter(self, self._desk.do(CheckRelease()), self._checked, self._fail)

    def _checked(self, done: Done) -> None:
        self._end(Seen(**done.answer))

    def _fail(self, error: SocialDeskError) -> None:
        self._end(self._seen)
        self._words.setText(sentence(error).text)
        self._words.show()

    def _end(self, seen: Seen) -> None:
        self.check.setEnabled(True)
        self.check.setFocus()
        self.show_seen(seen)

    def _open(self) -> None:
        open_url(self._seen.page)
