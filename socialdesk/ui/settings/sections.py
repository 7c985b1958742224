"""The sections of the settings: their names, and how the page of each is made.

A page is made when it is first wanted, or a little later: none of them costs time at the opening.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QWidget

from socialdesk.domain.frozen import frozen
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import label
from socialdesk.ui.settings import choices
from socialdesk.ui.settings.fields import SettingLine
from socialdesk.ui.settings.page import Page, Part

if TYPE_CHECKING:
    from socialdesk.ui.settings.dialog import SettingsDialog


@frozen
class Section:
    """`make(dialog)`: its page, the parts of which tell the dialog what is chosen. `waits`: it asks
    for much, so it is made when it is opened or something is searched for, not before."""

    key: str
    name: str
    icon: str
    make: "Callable[[SettingsDialog], Page]"
    waits: bool = False


def sections(*, has_keys: bool) -> list[Section]:
    """In their order, in the language in use."""
    found = [
        Section("general", tr("General"), "settings", _general),
        Section("replies", tr("Replies"), "reply", _replies),
        Section("hours", tr("Hours"), "clock", _hours),
        Section("notices", tr("Notices"), "bell", _notices),
        Section("understanding", tr("Understanding"), "eye", _understanding),
        Section("crisis", tr("Crisis"), "shield-check", _crisis),
        Section("keys", tr("Keys"), "keyboard", _keys),
        Section("data", tr("Your data"), "archive", _data, waits=True),
        Section("carry", tr("Export and import"), "repeat-2", _carry),
        Section("updates", tr("Updates"), "refresh-cw", _updates),
    ]
    return [section for section in found if has_keys or section.key != "keys"]


def _heading(text: str) -> QLabel:
    return label(text, "heading")


def _lines(shown: tuple[choices.Shown, ...], dialog: QWidget) -> list[Part]:
    return [partial(SettingLine, one, dialog) for one in shown]


def _general(dialog: "SettingsDialog") -> Page:
    lines = _lines(choices.general_settings(), dialog)
    return Page([_heading(tr("General")), dialog.make_people, *lines], dialog)


def _replies(dialog: "SettingsDialog") -> Page:
    return Page([_heading(tr("Replies")), *_lines(choices.reply_settings(), dialog)], dialog)


def _hours(dialog: "SettingsDialog") -> Page:
    from socialdesk.ui.settings.times import TimesPart

    part = TimesPart(dialog.desk, dialog)
    part.chosen.connect(dialog.save)
    part.failed.connect(dialog.fail)
    lines = _lines(choices.time_settings(), dialog)
    parts = [_heading(tr("Hours")), part.make_hours, *lines, part.make_targets]
    return Page(parts, dialog, [part.follow])


def _notices(dialog: "SettingsDialog") -> Page:
    from socialdesk.ui.settings.times import NoticesPart

    part = NoticesPart(dialog.desk, dialog)
    part.chosen.connect(dialog.save)
    part.failed.connect(dialog.fail)
    part.grew.connect(dialog.search_again)
    lines = _lines(choices.notice_settings(part.has_tray), dialog)
    return Page([_heading(tr("Notices")), *lines, part.make], dialog, [part.follow])


def _understanding(dialog: "SettingsDialog") -> Page:
    from socialdesk.ui.settings.understanding_page import UnderstandingPage

    lines = _lines(choices.understanding_settings(), dialog)
    learned = partial(UnderstandingPage, dialog.desk, dialog)
    return Page([_heading(tr("Understanding")), *lines, learned], dialog)


def _crisis(dialog: "SettingsDialog") -> Page:
    told = label(
        tr("The defaults are our own choice, not findings. A change holds at once and stands in "
           "the journal, under a lock in the incident's log as well."), "dim",
    )  # fmt: skip
    return Page([
        _heading(tr("Crisis")), told,
        label(tr("Second looks"), "strong"), *_lines(choices.look_settings(), dialog),
        label(tr("Alerts"), "strong"), *_lines(choices.alarm_settings(), dialog),
        label(tr("Check of a planned post"), "strong"), *_lines(choices.post_settings(), dialog),
    ], dialog)  # fmt: skip


def _keys(dialog: "SettingsDialog") -> Page:
    from socialdesk.ui.settings.keys_page import KeysPage

    assert dialog.window_actions is not None  # without them the section is not there
    part = KeysPage(dialog.window_actions, dialog)
    part.chosen.connect(dialog.save_key)
    part.grew.connect(dialog.search_again)
    return Page([_heading(tr("Keys")), part], dialog, [part.follow])


def _data(dialog: "SettingsDialog") -> Page:
    from socialdesk.ui.settings.data_page import DataPage

    return Page([_heading(tr("Your data")), DataPage(dialog.desk, dialog)], dialog)


def _carry(dialog: "SettingsDialog") -> Page:
    from socialdesk.ui.settings.carry_page import CarryPage

    part = CarryPage(dialog.desk, dialog)
    part.replaced.connect(dialog.read)
    return Page([_heading(tr("Export and import")), part], dialog)


def _updates(dialog: "SettingsDialog") -> Page:
    from socialdesk.ui.settings.updates_page import UpdatesPart

    part = UpdatesPart(dialog.desk, dialog, dialog.open_about)
    lines = _lines(choices.update_settings(), dialog)
    return Page([_heading(tr("Updates")), *lines, part.make], dialog, [part.follow])
