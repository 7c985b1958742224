"""Step 4: a pack of texts, shown whole, approved in one deliberate step."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPlainTextEdit, QWidget

from socialdesk.domain.crisis.approval import TeamMode
from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.commands.first_run import AdoptPack
from socialdesk.engine.desk import Done
from socialdesk.engine.queries import ReadSettings
from socialdesk.engine.queries.first_run import ListPacks, PackOffer, PackText
from socialdesk.engine.settings import value_of
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import LANGUAGES, language, tr, trn
from socialdesk.ui.compose.parts import NoticeBar, clear, column, label, push, row
from socialdesk.ui.first_run.around import Around
from socialdesk.ui.tasks import Waiter


class PackStep(QWidget):
    """`changed()`, `passed()`: as in every step. Only texts that stand on the screen are approved:
    those of the languages that are ticked."""

    changed = Signal()
    passed = Signal()

    def __init__(self, around: Around, parent: QWidget) -> None:
        super().__init__(parent)
        self._around, self._desk = around, around.desk
        self._packs: Sequence[PackOffer] = ()
        self._is_pair = self._is_done = False
        self._boxes: dict[str, QCheckBox] = {}
        self.notice = NoticeBar(self)
        self.pack = QComboBox()
        self.pack.setAccessibleName(tr("Pack"))
        self.pack.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.pack.currentIndexChanged.connect(lambda _: self._show_pack())
        self._languages = QHBoxLayout()
        self._languages.setSpacing(12)
        self.texts = QPlainTextEdit()
        self.texts.setReadOnly(True)
        self.texts.setTabChangesFocus(True)
        self.texts.setAccessibleName(tr("The texts as they will be posted"))
        self.texts.setMinimumHeight(160)
        self._note = label(tone="dim")
        self.yes = push("", self._adopt, kind="primary")
        self.setLayout(column(
            row(self.pack, self._languages, None), self.texts, self._note, self.notice,
            row(self.yes, None),
        ))  # fmt: skip
        self._show_texts()

    def begin(self) -> None:
        Waiter(self, self._desk.ask(ReadSettings()), self._on_settings, self._on_failed)
        Waiter(self, self._desk.ask(ListPacks()), self._on_packs, self._on_failed)

    def focus_first(self) -> None:
        self.texts.setFocus()

    def is_done(self) -> bool:
        return self._is_done

    def keep(self) -> None:
        """The approval is in the journal."""

    # --- showing ---

    def _on_settings(self, settings: dict[str, str]) -> None:
        self._is_pair = TeamMode(value_of(settings, "team_mode")) is TeamMode.PAIR
        self._show_texts()

    def _on_packs(self, packs: Sequence[PackOffer]) -> None:
        self._packs = packs
        self.pack.clear()
        for pack in packs:
            self.pack.addItem(pack.title, pack.name)

    def _chosen(self) -> PackOffer | None:
        at = self.pack.currentIndex()
        return self._packs[at] if 0 <= at < len(self._packs) else None

    def _show_pack(self) -> None:
        """A box for each language of the pack; ticked is the one in use."""
        pack = self._chosen()
        clear(self._languages)
        self._boxes = {}
        for lang in dict.fromkeys(text.lang for text in (pack.texts if pack else ())):
            box = QCheckBox(LANGUAGES.get(lang, lang))
            box.setAccessibleName(box.text())
            box.setChecked(lang == language())
            box.toggled.connect(lambda _: self._show_texts())
            self._languages.addWidget(box)
            self._boxes[lang] = box
        self._show_texts()

    def shown(self) -> list[PackText]:
        """The texts on the screen."""
        pack = self._chosen()
        ticked = {lang for lang, box in self._boxes.items() if box.isChecked()}
        return [text for text in (pack.texts if pack else ()) if text.lang in ticked]

    def _show_texts(self) -> None:
        shown, pack = self.shown(), self._chosen()
        several = len({text.lang for text in shown}) > 1
        self.texts.setPlainText("\n\n".join(_block(text, several) for text in shown))
        waiting = [text for text in shown if not text.is_approved]
        self._is_done = bool(shown) and not waiting
        n = len(waiting)
        self.yes.setText(
            trn("Approve {n} text as it stands", "Approve {n} texts as they stand", n) if n
            else tr("Approved") if shown else tr("Approve")
        )  # fmt: skip
        self.yes.setAccessibleName(self.yes.text())
        self.yes.setEnabled(n > 0 and not self._is_pair)
        self._note.setText(self._noted(pack, shown))
        self.changed.emit()

    def _noted(self, pack: PackOffer | None, shown: Sequence[PackText]) -> str:
        parts = [tr("What stands in braces is filled in for each reply. The journal notes that you "
                    "read and approved these texts yourself.")]  # fmt: skip
        if self._is_pair:
            parts = [tr("In pair mode somebody other than the writer approves: add the texts under "
                        "Templates and ask the other person.")]  # fmt: skip
        unread = {text.lang for text in shown} & set(pack.unread if pack else ())
        parts += [tr("{language}: not yet read by a native speaker.",
                     language=LANGUAGES.get(lang, lang)) for lang in sorted(unread)]  # fmt: skip
        return " ".join(parts)

    # --- approving ---

    def _adopt(self) -> None:
        pack = self._chosen()
        if pack is not None:
            self.yes.setEnabled(False)
            command = AdoptPack(pack.name, tuple(text.digest for text in self.shown()))
            Waiter(self, self._desk.do(command), self._on_adopted, self._on_failed)

    def _on_adopted(self, done: Done) -> None:
        n = int(done.answer.get("n_approved", 0))
        text = trn("{n} text is approved. In a reply, / at the start of a line finds it.",
                   "{n} texts are approved. In a reply, / at the start of a line finds them.",
                   n)  # fmt: skip
        self.notice.tell(text, tone="accent")
        Waiter(self, self._desk.ask(ListPacks()), self._on_approved, self._on_failed)

    def _on_approved(self, packs: Sequence[PackOffer]) -> None:
        self._packs = packs
        left = [text for text in self.shown() if not text.is_approved]
        self._show_texts()
        if left:
            names = ", ".join(dict.fromkeys(text.template for text in left))
            self.notice.tell(
                tr("A template of the same name was there already and stays as it is: {names}.",
                   names=names)
            )  # fmt: skip
            self._is_done = True
            self.changed.emit()
        self.passed.emit()

    def _on_failed(self, error: SocialDeskError) -> None:
        self._show_texts()
        self.notice.tell_sentence(sentence(error))


def _block(text: PackText, with_language: bool) -> str:
    lang = f" ({LANGUAGES.get(text.lang, text.lang)})" if with_language else ""
    return f"{text.template}{lang}\n{text.text}"
