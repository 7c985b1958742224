"""Brand words: what new watches begin with, and what they would keep of what is stored."""

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.network_row import NetworkRow
from socialdesk.domain.rules.words_trial import Stored, WordsTrial
from socialdesk.engine.commands import AddWatch
from socialdesk.engine.queries.brand_words import TryBrandWords
from socialdesk.ui.accounts.form import AccountForm
from socialdesk.ui.accounts.watches import WatchForm
from socialdesk.ui.plain import isolated
from tests.ui.fake_desk import FakeDesk

WORDS = "Dala Coffee\n-jobs"


def network(first_watch: str) -> NetworkRow:
    return NetworkRow("feeds", "Feed", "none", (), first_watch=first_watch)


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def desk():
    made = FakeDesk()
    made.answers[TryBrandWords] = lambda asked: WordsTrial(
        40, 7, (Stored("Ann", f"of {asked.lines}"),), (Stored("Ben", "<b>tea</b>"),)
    )
    return made


@pytest.fixture
def form(desk, parent):
    return AccountForm(desk, parent)


@pytest.fixture
def watch(desk, parent):
    made = WatchForm(desk, parent)
    made.begin_with(WORDS)
    made.show_kinds(1, [WatchKind.HASHTAG, WatchKind.MENTIONS])
    return made


def test_a_feed_begins_with_them(form):
    form.begin_with(WORDS)
    form.show_network(network("feed"), None)
    assert form.first_watch() == ("feed", "", WORDS)


def test_they_may_come_after_the_form_was_opened(form):
    form.show_network(network("feed"), None)
    form.begin_with(WORDS)
    assert form.first_watch() == ("feed", "", WORDS)


def test_what_somebody_typed_stays(form):
    form.show_network(network("feed"), None)
    form._brand.setPlainText("Other")
    form.begin_with(WORDS)
    assert form.first_watch() == ("feed", "", "Other")


def test_a_search_begins_with_the_name(form):
    form.begin_with(WORDS)
    form.show_network(network("keyword"), None)
    assert form.first_watch() == ("keyword", "Dala Coffee", WORDS)


def test_a_watch_of_others_words_begins_with_them_and_one_of_mentions_does_not(watch):
    watch.start()
    assert watch._brand.toPlainText() == WORDS
    watch._kind.setCurrentIndex(1)
    assert watch._brand.toPlainText() == ""
    watch._kind.setCurrentIndex(0)
    assert watch._brand.toPlainText() == WORDS


def test_what_somebody_typed_for_a_watch_stays(watch):
    watch.start()
    watch._brand.setPlainText("Other")
    watch._kind.setCurrentIndex(1)
    assert watch._brand.toPlainText() == "Other"


def test_words_that_were_cleared_stay_away(watch):
    watch.start()
    watch._brand.clear()
    watch._query.setText("dala")
    assert watch._brand.toPlainText() == ""


def test_words_that_are_typed_are_tried_on_what_is_stored(qtbot, watch):
    watch.start()
    watch._brand.setPlainText("coffee")
    qtbot.waitUntil(lambda: "of coffee" in watch._trial.text)
    count, kept, left = watch._trial.text.split("\n")
    assert count == "Of the 40 newest mentions stored here these words keep 7."
    assert kept.startswith("Kept: ") and "Ann" in kept
    assert left.startswith("Left out: ") and "<b>tea</b>" in left


def test_without_words_nothing_is_tried(qtbot, desk, watch):
    watch.start()
    watch._brand.setPlainText("coffee")
    qtbot.waitUntil(lambda: bool(watch._trial.text))
    watch._brand.setPlainText(" +\n")
    assert watch._trial.text == ""


def test_nothing_is_said_where_nothing_is_stored(qtbot, desk, watch):
    desk.answers[TryBrandWords] = WordsTrial(0, 0)
    watch.start()
    watch._brand.setPlainText("coffee")
    qtbot.waitUntil(lambda: bool(desk.asked(TryBrandWords)))
    assert watch._trial.text == ""


def test_an_answer_to_words_that_went_on_is_not_shown(qtbot, desk, watch):
    desk.is_holding = True
    watch.start()
    watch._brand.setPlainText("coffee")
    qtbot.waitUntil(lambda: bool(desk.asked(TryBrandWords)))
    watch._brand.clear()
    desk.release()
    QCoreApplication.processEvents()
    assert watch._trial.text == ""


def test_a_new_feed_tries_the_words_it_begins_with(qtbot, form):
    form.begin_with(WORDS)
    form.show_network(network("feed"), None)
    qtbot.waitUntil(lambda: "Dala Coffee" in form._trial.text)


def test_a_network_that_is_not_asked_for_words_tries_none(qtbot, desk, form):
    form.begin_with(WORDS)
    form.show_network(NetworkRow("m", "M", "token", (), first_watch="mentions"), None)
    assert form._trial.text == "" and not form._trial._pause.isActive()


TAG = Watch(WatchKind.HASHTAG, "dala", "coffee")


def test_the_words_of_a_watch_are_changed_in_place(qtbot, watch):
    watch.start(TAG)
    assert not watch._kind.isVisibleTo(watch) and not watch._query.isVisibleTo(watch)
    assert watch._of.text() == "Hashtag #" + isolated("dala")
    watch._brand.setPlainText("coffee\n-jobs")
    qtbot.waitUntil(lambda: "-jobs" in watch._trial.text)
    with qtbot.waitSignal(watch.add_asked) as asked:
        watch._yes.click()
    assert asked.args == [AddWatch(1, "hashtag", "dala", "coffee\n-jobs")]


def test_words_of_one_that_is_there_are_not_taken_for_those_of_a_new_one(watch):
    watch.start(Watch(WatchKind.MENTIONS, "", WORDS))
    watch._kind.setCurrentIndex(1)
    watch.show_kinds(1, [WatchKind.KEYWORD])  # as when the accounts are read again
    assert watch._brand.toPlainText() == WORDS
    watch.start()
    assert watch._kind.isVisibleTo(watch) and watch._yes.text() == "Add watch"
    assert not watch._yes.isEnabled()


def test_what_is_changed_goes_on_in_another_language(desk, parent, watch):
    watch.start(TAG)
    watch._brand.setPlainText("tea")
    other = WatchForm(desk, parent)
    other.carry_on(watch, None)
    assert not other.isHidden() and other._brand.toPlainText() == "tea"
    assert other._of.text() == watch._of.text()
