"""Step 2: the practice brand, or a first source without a key."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QWidget

from socialdesk.domain.first_run import FirstStep
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label, push, row
from socialdesk.ui.first_run.around import Around, Source, tag_source
from socialdesk.ui.first_run.practice_card import PracticeCard

FEED, TAG = "feed", "tag"


class LookStep(QWidget):
    """`changed()`, `passed()`: as in every step."""

    changed = Signal()
    passed = Signal()

    def __init__(self, around: Around, parent: QWidget) -> None:
        super().__init__(parent)
        self._around, self._was_opened = around, False
        self.practice = PracticeCard(around, self)
        self.practice.opened.connect(self._on_opened)
        self.practice.closed.connect(self._on_back)
        self.setLayout(column(self.practice, self._make_source(), None, space=12))

    def _make_source(self) -> QFrame:
        card = QFrame(self)
        card.setProperty("bubble", "theirs")
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("Kind of source"))
        self.kind.addItem(tr("A feed, or a page that has one"), FEED)
        self.kind.addItem(tr("A public hashtag on Mastodon"), TAG)
        self.kind.currentIndexChanged.connect(lambda _: self._on_kind())
        self.address = self._field(tr("Address"), "https://news.example/feed")
        self.tag = self._field(tr("Hashtag"), tr("Hashtag without #"))
        self.server = self._field(tr("Server"), "mastodon.social")
        self.test = push(tr("Try this source"), self._try)
        self.more = push(tr("All networks…"), self._open_all, kind="link")
        card.setLayout(column(
            label(tr("Add a first source"), "strong"),
            label(tr("News and blogs, alerts that have a feed, what people say under a hashtag.")),
            self.kind, self.address, self.tag, self.server, row(self.test, self.more, None),
            margin=12,
        ))  # fmt: skip
        self._on_kind()
        return card

    def _field(self, name: str, hint: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setPlaceholderText(hint)
        field.textChanged.connect(lambda _: self._on_typed())
        field.returnPressed.connect(self._try)
        return field

    def begin(self) -> None:
        """With the address that was typed; a tag is typed anew."""
        source = self._around.source
        if source is not None and not source.is_tag:
            self.address.setText(source.url)
        self._on_typed()

    def focus_first(self) -> None:
        self.practice.open.setFocus()

    def source(self) -> Source | None:
        """As it is typed; None while something is missing."""
        if self.kind.currentData() == TAG:
            tag, server = self.tag.text().strip(" #"), self.server.text().strip()
            return tag_source(tag, server) if tag and server else None
        url = self.address.text().strip()
        return Source(url) if url else None

    def is_done(self) -> bool:
        return (
            self._was_opened
            or self.practice.is_there
            or self._around.n_accounts > 0
            or self.source() is not None
        )

    def keep(self) -> None:
        """For the next step; not written down."""
        self._around.source = self.source()

    def _on_kind(self) -> None:
        is_tag = self.kind.currentData() == TAG
        self.address.setVisible(not is_tag)
        self.tag.setVisible(is_tag)
        self.server.setVisible(is_tag)
        self._on_typed()

    def _on_typed(self) -> None:
        self.test.setEnabled(self.source() is not None)
        self.changed.emit()

    def _try(self) -> None:
        if self.source() is not None:
            self.keep()
            self._around.step_asked.emit(FirstStep.TRY)

    def _on_opened(self) -> None:
        self._was_opened = True
        self.changed.emit()

    def _on_back(self) -> None:
        """The practice window closed: this one comes to the front, and Enter goes on."""
        self.changed.emit()
        self._around.front_asked.emit()
        self.passed.emit()

    def _open_all(self) -> None:
        from socialdesk.ui.accounts.add import AddAccountDialog

        dialog = AddAccountDialog(self._around.desk, self)
        dialog.added.connect(self._on_added)
        dialog.file_asked.connect(lambda: self._around.place_asked.emit("accounts"))
        dialog.open()

    def _on_added(self, _account_id: int) -> None:
        self._around.n_accounts += 1
        self._around.source = None
        self._around.step_asked.emit(FirstStep.TRY)
