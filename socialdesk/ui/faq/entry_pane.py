"""Writing one known question and its answer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from socialdesk.domain.replies.faq import FaqEntry, FaqGap
from socialdesk.engine.commands.faq import ArchiveFaq, SaveFaq
from socialdesk.i18n import language, tr, trn
from socialdesk.ui.compose.parts import column, label, push, when
from socialdesk.ui.flow import Flow
from socialdesk.ui.insight_words import languages
from socialdesk.ui.plain import dress, isolated, one_line
from socialdesk.ui.typed import Field, carry, put


class EntryPane(QWidget):
    """`save_asked(SaveFaq)`, `archive_asked(ArchiveFaq)`."""

    save_asked = Signal(object)
    archive_asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._entry: FaqEntry | None = None
        self._gap: FaqGap | None = None
        self._shown = ("", "", "", "")  # as shown, before anything was typed
        self._question, self._folder = QLineEdit(), QLineEdit()
        self._question.setAccessibleName(tr("Question"))
        self._question.setPlaceholderText(tr("As people ask it: Are you open on Sunday?"))
        self._folder.setAccessibleName(tr("Folder"))
        self._folder.setPlaceholderText(tr("none"))
        self._answer = QPlainTextEdit()
        self._answer.setAccessibleName(tr("Answer"))
        self._answer.setTabChangesFocus(True)
        self._lang = QComboBox()
        self._lang.setAccessibleName(tr("Language"))
        for code, name in languages():
            self._lang.addItem(f"{name} ({code})", code)
        self._asked = label(tone="dim")
        self._told = label(tone="dim", wraps=False)
        self.save = push(tr("Save"), self._save, icon="check")
        self._archive = push(tr("Archive"), self._on_archive, kind="quiet", icon="archive")
        form = QGridLayout()
        form.setSpacing(8)
        form.setColumnStretch(1, 1)
        for n, (name, field) in enumerate(
            ((tr("Question"), self._question), (tr("Answer"), self._answer),
             (tr("Folder"), self._folder), (tr("Language"), self._lang))
        ):  # fmt: skip
            named = label(name, tone="dim", wraps=False)
            named.setContentsMargins(0, 8, 0, 0)  # on the field's first line
            form.addWidget(named, n, 0, Qt.AlignmentFlag.AlignTop)
            form.addWidget(field, n, 1)
        form.setRowStretch(1, 1)
        buttons = Flow(self.save, self._archive, self._told, far=1)
        self.setLayout(column(self._asked, form, buttons, margin=12))
        self._question.textChanged.connect(lambda _: self._check())
        self._answer.textChanged.connect(self._check)
        self._folder.textChanged.connect(lambda _: self._check())
        self._lang.currentIndexChanged.connect(lambda _: self._check())
        self.show_entry(None)

    @property
    def is_changed(self) -> bool:
        """Something typed is not saved."""
        return self._typed() != self._shown

    def show_entry(self, entry: FaqEntry | None, gap: FaqGap | None = None) -> None:
        """An entry, or an empty page; `gap`: the open question that it shall answer."""
        self._entry, self._gap = entry, gap
        self._asked.setText(tr("Somebody asked: {words}", words=isolated(gap.words)) if gap else "")
        self._asked.setVisible(gap is not None)
        question = entry.question if entry else one_line(gap.words)[:200] if gap else ""
        put(self._question, question)
        put(self._answer, entry.answer if entry else "")
        put(self._folder, entry.folder if entry else "")
        at = self._lang.findData(entry.lang if entry else language())
        self._lang.setCurrentIndex(max(0, at))
        self._shown = self._typed()
        self._told.setText(_told(entry))
        self._archive.setEnabled(entry is not None)
        is_archived = entry is not None and entry.is_archived
        self._archive.setText(tr("Take out of the archive") if is_archived else tr("Archive"))
        self._check()

    def carry_on(self, old: "EntryPane", had_keys: QWidget | None) -> None:
        """What is shown and typed in `old`, the same page in another language."""
        self.show_entry(old._entry, old._gap)
        self._shown = old._shown
        carry(old._fields(), self._fields(), had_keys)
        self._check()

    def focus_question(self) -> None:
        self._question.setFocus()
        self._question.selectAll()

    def _fields(self) -> list[Field]:
        return [self._question, self._answer, self._folder, self._lang]

    @property
    def _gap_id(self) -> int:
        return self._gap.id if self._gap is not None else 0

    def _typed(self) -> tuple[str, str, str, str]:
        return (
            self._question.text().strip(), self._answer.toPlainText().strip(),
            str(self._lang.currentData()), self._folder.text().strip(),
        )  # fmt: skip

    def _check(self) -> None:
        question, answer, *_ = self._typed()
        self.save.setEnabled(bool(question and answer) and (self.is_changed or self._gap_id > 0))
        missing = tr("Write a question and its answer first.")
        self.save.setToolTip("" if question and answer else missing)
        dress(self.save, "kind", "primary" if self.save.isEnabled() else "")

    def _save(self) -> None:
        question, answer, lang, folder = self._typed()
        faq_id = self._entry.id if self._entry else 0
        self.save_asked.emit(SaveFaq(question, answer, lang, folder, faq_id, self._gap_id))

    def _on_archive(self) -> None:
        if self._entry is not None:
            self.archive_asked.emit(ArchiveFaq(self._entry.id, not self._entry.is_archived))


def _told(entry: FaqEntry | None) -> str:
    if entry is None:
        return ""
    used = trn("Used {n} time", "Used {n} times", entry.n_uses)
    by = isolated(entry.person) if entry.person else ""
    return " · ".join(filter(None, (used, by, when(entry.changed_at))))
