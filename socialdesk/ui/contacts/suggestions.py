"""Two who may be one person, with the reason in words; a person decides."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from socialdesk.domain.people.contact import Somebody, Suggestion
from socialdesk.engine.commands.contacts import KeepApart, MergePeople
from socialdesk.engine.words.contacts import reason
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import clear, column, label, push, row
from socialdesk.ui.plain import isolated
from socialdesk.ui.scroll_area import ScrollArea
from socialdesk.ui.words import network_label


class SuggestionsPane(ScrollArea):
    """`asked(command)`: a merge, or that they are two. Of a merge the first is kept: the one with
    more known of it."""

    asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Who may be one person"))
        self._hint = label(tone="dim")
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        page = QWidget()
        page.setLayout(column(self._hint, self._list, None, margin=16))
        self.setWidget(page)

    def show_suggestions(self, found: list[Suggestion]) -> None:
        """The best founded first."""
        clear(self._list)
        self._hint.setText(
            tr("Nothing is merged by itself. A merge can be undone, and taken apart much later.")
            if found
            else tr(
                "Nobody here looks like somebody else: no shared address, link, handle or name."
            )
        )
        for suggestion in found:
            self._list.addWidget(self._entry(suggestion))

    def _entry(self, suggestion: Suggestion) -> QWidget:
        kept, other = sorted((suggestion.one, suggestion.other), key=lambda s: not s.contact_id)
        why = [reason(code, shared) for code, shared in suggestion.reasons]
        merge = push(tr("They are one person"), partial(self._merge, kept, other, suggestion),
                     icon="users")  # fmt: skip
        merge.setAccessibleName(
            tr("{one} and {other} are one person", one=kept.name, other=other.name)
        )
        apart = push(
            tr("Not the same person"), partial(self._keep_apart, kept, other), kind="quiet"
        )
        apart.setAccessibleName(
            tr("{one} and {other} are not the same person", one=kept.name, other=other.name)
        )
        made = QFrame()
        made.setProperty("pane", "base")
        made.setLayout(column(
            label(tr("{one} and {other}", one=_named(kept), other=_named(other)), "strong"),
            *(label(text, "dim") for text in why), row(merge, apart, None), space=4, margin=10,
        ))  # fmt: skip
        return made

    def _merge(self, kept: Somebody, other: Somebody, suggestion: Suggestion) -> None:
        self.asked.emit(
            MergePeople(kept.contact_id, kept.author_id, other.contact_id, other.author_id,
                        why=suggestion.reasons[0][0])
        )  # fmt: skip

    def _keep_apart(self, one: Somebody, other: Somebody) -> None:
        self.asked.emit(KeepApart(one.contact_id, one.author_id, other.contact_id, other.author_id))


def _named(who: Somebody) -> str:
    networks = ", ".join(network_label(key) for key in who.networks)
    handle = isolated(who.handle) if who.handle else ""
    return " ".join(part for part in (isolated(who.name), handle, f"({networks})" if networks
                                      else "") if part)  # fmt: skip
