"""Marks inside words take the colours of light and dark, also when the theme changes meanwhile."""

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from socialdesk.ui.compose.highlight import Highlighter
from socialdesk.ui.compose.matching import match
from socialdesk.ui.compose.preview import Preview
from socialdesk.ui.theme import Mode, tokens

WORDS = "Hello {first_name}!"


def backs(field: QPlainTextEdit) -> set[str]:
    """Backgrounds of what is marked in the first line."""
    marked = field.document().begin().layout().formats()
    return {one.format.background().color().name() for one in marked}


def test_a_slot_changes_its_colours_with_the_theme(qtbot, theme) -> None:
    field = QPlainTextEdit(WORDS)
    qtbot.addWidget(field)
    marks, found = Highlighter(field), match(WORDS, WORDS)
    assert found is not None
    field.show()
    for mode in (Mode.LIGHT, Mode.DARK, Mode.LIGHT):
        theme.set_mode(mode)
        marks.show_slots(WORDS, found.spans)
        assert backs(field) == {QColor(tokens(field.palette()).warn_back).name()}


def test_people_in_a_preview_stand_out_in_light_and_dark(qtbot, theme) -> None:
    """Its words lie on the ground of the frame around them, so their own is transparent."""
    around = QWidget()
    qtbot.addWidget(around)
    preview = Preview(around)
    around.show()
    field = preview.findChild(QPlainTextEdit)
    assert field is not None
    for mode in (Mode.LIGHT, Mode.DARK, Mode.LIGHT):
        theme.set_mode(mode)
        preview.show_text("@ann@river.example Hello!", "@us", "")
        marked = field.document().begin().layout().formats()
        colors = {one.format.foreground().color().name() for one in marked}
        assert colors == {tokens(around.palette()).accent}
