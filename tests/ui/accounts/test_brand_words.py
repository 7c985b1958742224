"""The brand's words of the first steps: what new watches begin with."""

import pytest
from PySide6.QtWidgets import QWidget

from socialdesk.domain.account import WatchKind
from socialdesk.domain.network_row import NetworkRow
from socialdesk.ui.accounts.form import AccountForm
from socialdesk.ui.accounts.watches import WatchForm

WORDS = "Dala Coffee\n-jobs"


def network(first_watch: str) -> NetworkRow:
    return NetworkRow("feeds", "Feed", "none", (), first_watch=first_watch)


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def form(parent):
    return AccountForm(parent)


@pytest.fixture
def watch(parent):
    made = WatchForm(parent)
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
