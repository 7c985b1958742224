"""Dates, times and numbers as each language writes them, whatever the system speaks."""

import ast
import re
from datetime import date

import pytest
from PySide6.QtCore import QLocale

from socialdesk.engine.words import dates
from socialdesk.engine.words.dues import weekdays
from socialdesk.i18n import LANGUAGES, decimal, set_language
from socialdesk.ui import words
from socialdesk.ui.language import Speech
from tests.languages.sources import trees

NOON = 1_795_262_400_000  # 2026-11-21 12:00 UTC
YEAR = 365 * 24 * 3_600_000
each_language = pytest.mark.parametrize("code", LANGUAGES)
# Names of days and months, the local order of a date, and half days.
READ_ONLY = ("socialdesk/engine/mention_files/times.py",)  # reads English dates out of files
OF_THE_SYSTEM = re.compile(r"%[aAbBcxXpI]")


@pytest.fixture
def speech(qapp):
    made = Speech(qapp)
    yield made
    made.speak("en")
    made.deleteLater()


@each_language
def test_qt_writes_in_the_programs_language_and_not_in_the_systems(
    code, speech, monkeypatch
) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    speech.speak(code)
    assert QLocale().name()[:2] == words.locale().name()[:2] == code


@pytest.mark.parametrize(("code", "day"), [("en", "21 Nov"), ("ru", "21 нояб."), ("kk", "21 қар.")])
def test_a_day_has_the_month_of_the_language(code, day) -> None:
    set_language(code)
    assert words.day(NOON, NOON) == day
    assert words.day(NOON - YEAR, NOON) == f"{day} 2025"


@each_language
def test_reports_name_days_and_months_as_qt_does(code) -> None:
    """The engine has no QLocale, so its names are translated texts: they must be the right ones."""
    set_language(code)
    qt = QLocale(code)
    for n in range(7):
        name = qt.dayName(n + 1, QLocale.FormatType.ShortFormat)
        assert dates.weekday(n).casefold().rstrip(".") == name.casefold().rstrip(".")
        assert weekdays()[n].casefold()[:2] == name.casefold()[:2]
    for month in range(1, 13):
        on = date(2026, month, 3)
        assert dates.day(on) == f"3 {qt.monthName(month, QLocale.FormatType.LongFormat)}"
        name = qt.standaloneMonthName(month, QLocale.FormatType.LongFormat)
        assert name.casefold() in dates.month(on).casefold()


@each_language
def test_the_clock_has_24_hours(code) -> None:
    set_language(code)
    assert re.fullmatch(r"\d\d:\d\d", words.clock(NOON + 9 * 3_600_000))


@each_language
def test_a_week_begins_on_monday(code) -> None:
    set_language(code)
    monday = QLocale(code).dayName(1, QLocale.FormatType.ShortFormat)
    assert weekdays()[0].casefold()[:2] == monday.casefold()[:2]


@each_language
@pytest.mark.parametrize("n", [0, 0.05, 1.5, 12, 999, 1234.5, 1_000_000, -2.5])
def test_engine_and_window_write_the_same_number(code, n) -> None:
    set_language(code)
    assert decimal(n) == words.locale().toString(float(n), "f", 1).replace("\u2212", "-")
    assert decimal(round(n), 0) == words.count(round(n)).replace("\u2212", "-")


def test_no_date_is_written_in_the_systems_language() -> None:
    """strftime and format() ask the C library, which speaks the system's language."""
    found = [
        f"{path}:{node.lineno}: {node.value}"
        for path, tree in trees().items()
        if path not in READ_ONLY
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and OF_THE_SYSTEM.search(node.value)
        and re.fullmatch(r"(%[a-zA-Z]|[\s:,./TZ-])+", node.value)
    ]
    assert found == []
