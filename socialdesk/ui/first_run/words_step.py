"""Step 1: how the brand is written, with a preview of what these words keep."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QListWidget, QWidget

from socialdesk.domain.brand_form import BrandForm, read_form, words_of
from socialdesk.domain.rules.brand_words import read_brand_words
from socialdesk.engine.words.brand_samples import example_sentences
from socialdesk.i18n import tr
from socialdesk.ui.accounts.words_trial import TrialNote
from socialdesk.ui.compose.parts import column, label
from socialdesk.ui.first_run.around import Around
from socialdesk.ui.plain import isolated
from socialdesk.ui.wrapped import wrap_rows

MAX_EXAMPLES = 8


class WordsStep(QWidget):
    """`changed()`: `is_done()` may be another now. `passed()`: Enter in a field."""

    changed = Signal()
    passed = Signal()

    def __init__(self, around: Around, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = around
        self.name = self._field(tr("Name of your brand"), tr("As you write it yourself"))
        self.others = self._field(
            tr("Other spellings"), tr("By comma, tags too: Дала Кофе, dalacoffee")
        )
        self.must = self._field(tr("Must also hold"), tr("Only if your name is a common word"))
        self.never = self._field(tr("Must not hold"), tr("By comma: jobs, hiring"))
        self.own = self._field(tr("Try a sentence of your own"), "")
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(8)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in (self.name, self.others, self.must, self.never):
            form.addRow(self._named(field), field)
        self.examples = QListWidget()
        self.examples.setProperty("framed", "yes")
        self.examples.setAccessibleName(tr("What these words keep"))
        wrap_rows(self.examples)
        self._trial = TrialNote(around.desk, self)
        self._rule = label(tr("Case does not count. A word counts as a whole: more endings with *, "
                              "as in coffee*."), "dim")  # fmt: skip
        self.setLayout(column(
            form, label(tr("What these words keep"), "strong"), self.examples, self.own,
            self._trial, self._rule, None,
        ))  # fmt: skip
        self._preview()

    def _field(self, name: str, hint: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setAccessibleName(name)
        field.setPlaceholderText(hint if hint else name)
        field.textChanged.connect(lambda _: self._on_typed())
        field.returnPressed.connect(self.passed)
        return field

    def _named(self, field: QLineEdit) -> QLabel:
        made = label(field.accessibleName(), wraps=False)
        made.setBuddy(field)
        return made

    def begin(self) -> None:
        """With the words that are kept."""
        form = read_form(self._around.brand_words)
        self.name.setText(form.name)
        for field, of in ((self.others, form.spellings), (self.must, form.must),
                          (self.never, form.never)):  # fmt: skip
            field.setText(", ".join(of))

    def focus_first(self) -> None:
        self.name.setFocus()

    def form(self) -> BrandForm:
        """As it is typed."""
        return BrandForm(
            self.name.text().strip().lstrip("+-").strip(), words_of(self.others.text()),
            words_of(self.must.text()), words_of(self.never.text()),
        )  # fmt: skip

    def is_done(self) -> bool:
        return bool(read_brand_words(self.form().lines()).any)

    def keep(self) -> None:
        """For the watches to come."""
        self._around.keep_words(self.form().lines())

    def _on_typed(self) -> None:
        self._preview()
        self.changed.emit()

    def _preview(self) -> None:
        form = self.form()
        rules = read_brand_words(form.lines())
        self._trial.show_words(form.lines())
        own = self.own.text().strip()
        sentences = [*([own] if own else []), *example_sentences(form)][:MAX_EXAMPLES]
        self.examples.clear()
        for sentence in sentences:
            said = isolated(sentence)
            self.examples.addItem(
                tr("Kept: {sentence}", sentence=said) if rules.keep(sentence)
                else tr("Left out: {sentence}", sentence=said)
            )  # fmt: skip
        if not sentences:
            self.examples.addItem(tr("Type your name above: examples appear here."))
