"""A published text as it went out, with every version and what it leaned on: to be read only."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from socialdesk.domain.crisis.crisis_rows import FactRow, StatementRow, VersionText
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import clear, column, label, when
from socialdesk.ui.crisis.text.listing import look_words, where_words
from socialdesk.ui.crisis.text.looked_at import facts_words
from socialdesk.ui.crisis.text.words import hash12, kind_word
from socialdesk.ui.plain import clean, isolated
from socialdesk.ui.scroll_area import ScrollArea


class Sheet(ScrollArea):
    """Reads nothing itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("The text as it went out"))
        self._versions = QVBoxLayout()
        self._versions.setSpacing(14)
        inner = QWidget()
        inner.setLayout(column(self._versions, None, margin=12))
        inner.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setWidget(inner)

    def show_row(self, row: StatementRow, lang: str, facts: dict[int, FactRow]) -> None:
        """Its versions in a language, newest first."""
        clear(self._versions)
        here = sorted((v for v in row.versions if v.lang == lang), key=lambda v: -v.n)
        for version in here:
            self._versions.addWidget(_version(row, version, facts))
        if not here:
            self._versions.addWidget(label(tr("Nothing went out in this language."), "warn"))


def _version(row: StatementRow, version: VersionText, facts: dict[int, FactRow]) -> QFrame:
    words = label(clean(version.text))
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    bubble = QFrame()
    bubble.setProperty("bubble", "ours")
    bubble.setLayout(column(words, margin=10))
    head = tr("{kind} · version {n} · {hash} · {person}, {when}", kind=kind_word(row.kind),
              n=version.n, hash=hash12(version.hash), person=isolated(version.person),
              when=when(version.edited_at))  # fmt: skip
    leans = facts_words(tuple(facts[id_] for id_ in version.facts if id_ in facts))
    said = [label(head, "dim"), bubble, label(look_words(version), "strong")]
    said += [label(where) for where in where_words(version)]
    if version.next_update_at:
        promised = tr("Promises the next update at {when}.", when=when(version.next_update_at))
        said.append(label(promised, "dim"))
    if leans:
        said.append(label(leans, "dim"))
    made = QFrame()
    made.setLayout(column(*said, space=4))
    return made
