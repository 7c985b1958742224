"""Writing and approving templates on a scripted desk."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QMenu

from socialdesk.domain.account import AccountState
from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.crisis_rows import Standing
from socialdesk.domain.crisis.incident import Incident, IncidentState, Scope
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.mentions.insight import READABLE
from socialdesk.domain.queue.rows import AccountRow, PersonRow, TemplateRow, VersionRow
from socialdesk.domain.replies.template import TemplateState
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.engine.queries.crisis import ReadStanding
from socialdesk.i18n import LANGUAGES
from socialdesk.ui.templates.screen import TemplatesScreen
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.fake_desk import NOW, FakeDesk

OLD = VersionRow(1, 1, "en", "Hello {first_name}, it comes today.", "Aliya", NOW,
                 TemplateState.APPROVED, "Aliya", "self", "a" * 64)  # fmt: skip
NEW = VersionRow(2, 2, "en", "Hello {first_name}, it comes tomorrow.", "Aliya", NOW,
                 TemplateState.DRAFT, hash="b" * 64)  # fmt: skip
LATE = TemplateRow(1, "Late delivery", "Delivery", 12, (OLD, NEW))
HOURS = TemplateRow(2, "Opening hours", "", 0, (VersionRow(3, 1, "kk", "8-ден", "A", NOW,
                    TemplateState.DRAFT, hash="c" * 64),))  # fmt: skip


@pytest.fixture
def desk():
    made = FakeDesk()
    made.answers[q.ListTemplates] = [LATE, HOURS]
    every = {t.id: list(t.versions) for t in (LATE, HOURS)}
    made.answers[q.ListVersions] = lambda query: every[query.template_id]
    made.answers[q.ListPeople] = [PersonRow(1, "Aliya", is_here=True)]
    return made


@pytest.fixture
def screen(qtbot, desk, theme):
    made = TemplatesScreen(desk, None)
    qtbot.addWidget(made)
    made.resize(1000, 680)
    made.show()
    qtbot.waitUntil(lambda: made._list.count() == 3)  # a folder's heading is an entry too
    qtbot.waitUntil(lambda: made._here == "Aliya")
    return made


def choose(screen, name):
    (entry,) = screen._list.findItems(name, Qt.MatchFlag.MatchStartsWith)
    screen._list.setCurrentItem(entry)


def type_words(screen, text):
    screen._editor._body.setPlainText(text)
    screen._editor._check()


def test_the_approval_shows_the_exact_text_and_sends_its_hash(qtbot, desk, screen, theme):
    choose(screen, "Late")
    shoot(theme, screen, "templates")
    screen._approve.click()
    pane = screen._approval
    assert pane._text.toPlainText() == NEW.body
    assert "gone: today; new: tomorrow" in pane._diff.accessibleDescription()
    assert "same person" in pane._note.text()
    assert pane.yes.hasFocus()
    shoot(theme, screen, "templates-approval")
    qtbot.keyClick(pane.yes, Qt.Key.Key_Space)
    assert desk.did(c.ApproveVersion) == [c.ApproveVersion(2, "b" * 64)]
    qtbot.waitUntil(lambda: screen._pages.currentIndex() == 0)


def test_the_writer_cannot_approve_in_pair_mode(qtbot, desk, screen):
    screen._take_settings({"team_mode": "pair"})
    choose(screen, "Late")
    screen.show_approval()
    assert not screen._approval.yes.isEnabled()
    assert screen._approval.no.hasFocus()


def test_a_refused_approval_says_why_and_approves_nothing(qtbot, desk, screen):
    desk.outcomes[c.ApproveVersion] = CommandError(CommandFault.CHANGED_SINCE)
    choose(screen, "Late")
    screen.show_approval()
    screen._approval.yes.click()
    qtbot.waitUntil(lambda: bool(screen._notice.text))
    assert screen._pages.currentIndex() == 1


def test_editing_makes_a_new_version(qtbot, desk, screen):
    choose(screen, "Late")
    assert not screen._editor.save.isEnabled()
    type_words(screen, "Hello {first_name}, it comes on {day}.")
    assert "day" in screen._editor._slots.text()
    desk.outcomes[c.SaveTemplate] = {"template_id": 1, "version_id": 9, "hash": "d"}
    screen._editor.save.click()
    (saved,) = desk.did(c.SaveTemplate)
    assert saved == c.SaveTemplate(
        "Late delivery", "Hello {first_name}, it comes on {day}.", "en", "Delivery", 1
    )
    qtbot.waitUntil(lambda: "once it is approved" in screen._notice.text)


def test_bad_braces_are_explained_and_not_saved(screen):
    choose(screen, "Late")
    type_words(screen, "Hello {First}")
    assert "A brace belongs to no slot" in screen._editor._problems.text()
    assert not screen._editor.save.isEnabled()


def test_unsaved_words_survive_a_look_at_another_template(screen):
    choose(screen, "Late")
    type_words(screen, "Half a sentence")
    choose(screen, "Opening")
    assert screen._editor.text == "8-ден"
    choose(screen, "Late")
    assert screen._editor.text == "Half a sentence"


def test_unsaved_words_cannot_be_approved(desk, screen):
    choose(screen, "Late")
    type_words(screen, "Not what is stored")
    screen.show_approval()
    assert "Save the words first" in screen._notice.text
    assert screen._pages.currentIndex() == 0


def test_a_new_template_needs_a_name_and_words(qtbot, desk, screen):
    screen._new.click()
    assert screen._editor._name.hasFocus()
    qtbot.keyClicks(screen._editor._name, "Thanks")
    assert not screen._editor.save.isEnabled()
    type_words(screen, "Thank you!")
    screen._editor.save.click()
    assert desk.did(c.SaveTemplate) == [c.SaveTemplate("Thanks", "Thank you!", "en")]


def begin(qtbot, screen, name="Thanks", folder="Kind"):
    screen._new.click()
    qtbot.keyClicks(screen._editor._name, name)
    qtbot.keyClicks(screen._editor._folder, folder)


def names(screen):
    return screen._editor._name.text(), screen._editor._folder.text()


def listed(screen):
    return [screen._list.item(n).text().split("\n")[0] for n in range(screen._list.count())]


def test_a_search_leaves_the_name_and_folder_of_an_unsaved_new_one(qtbot, desk, screen):
    begin(qtbot, screen)
    type_words(screen, "Thank you!")
    desk.answers[q.ListTemplates] = [HOURS]
    qtbot.keyClicks(screen._search, "open")
    qtbot.waitUntil(lambda: listed(screen) == ["New (unsaved)", "Opening hours"])
    assert names(screen) == ("Thanks", "Kind")
    assert screen._editor.text == "Thank you!"
    assert screen._list.currentRow() == 0


def test_an_unsaved_new_one_is_in_the_list_and_comes_back_whole(qtbot, desk, screen):
    begin(qtbot, screen)
    choose(screen, "Late")
    assert names(screen) == ("Late delivery", "Delivery")
    choose(screen, "New (unsaved)")
    assert names(screen) == ("Thanks", "Kind")
    type_words(screen, "Thank you!")
    saved = TemplateRow(9, "Thanks", "Kind", 0, (replace(NEW, id=9, body="Thank you!"),))
    desk.answers[q.ListTemplates] = [LATE, HOURS, saved]
    desk.answers[q.ListVersions] = list(saved.versions)
    desk.outcomes[c.SaveTemplate] = {"template_id": 9, "version_id": 9, "hash": "d"}
    screen._editor.save.click()
    qtbot.waitUntil(lambda: "Thanks" in listed(screen))
    assert "New (unsaved)" not in listed(screen)
    screen._new.click()
    assert names(screen) == ("", "")


def test_a_new_one_with_nothing_in_it_leaves_the_list(qtbot, screen):
    screen._new.click()
    assert listed(screen)[0] == "New (unsaved)"
    choose(screen, "Late")
    qtbot.waitUntil(lambda: "New (unsaved)" not in listed(screen))


def test_other_languages_of_a_new_one_go_on_under_its_id(qtbot, desk, screen):
    begin(qtbot, screen)
    type_words(screen, "Thank you!")
    screen._editor._add_language("ru")
    type_words(screen, "Спасибо!")
    screen._editor.saved(c.SaveTemplate("Thanks", "Thank you!", "en"), 9)
    assert screen._editor.unsaved == {(9, "ru"): "Спасибо!"}
    assert not screen._editor.has_new


def test_another_language_is_written_beside_the_first(desk, screen):
    choose(screen, "Late")
    screen._editor._add_language("ru")
    assert (screen._editor.lang, screen._editor.text) == ("ru", "")
    type_words(screen, "Здравствуйте, {first_name}!")
    screen._editor.save.click()
    (saved,) = desk.did(c.SaveTemplate)
    assert (saved.lang, saved.template_id) == ("ru", 1)


def test_every_language_that_mentions_are_known_by_can_be_written(monkeypatch, desk, screen):
    """The variant in a mention's language is taken: so each such variant can be made."""
    monkeypatch.setattr(QMenu, "popup", lambda *_: None)  # a screen of no system has no grab
    choose(screen, "Late")
    screen._editor._choose_language()
    offered = {action.text(): action for action in screen._editor._menu.actions()}
    have = [screen._editor._tabs.tabData(n) for n in range(screen._editor._tabs.count())]
    assert len(offered) + len(have) == len({*LANGUAGES, *READABLE, *have})
    offered["Deutsch (de)"].trigger()
    assert screen._editor._tabs.tabText(screen._editor._tabs.currentIndex()) == "Deutsch"
    type_words(screen, "Guten Tag, {first_name}!")
    screen._editor.save.click()
    (saved,) = desk.did(c.SaveTemplate)
    assert (saved.lang, saved.template_id) == ("de", 1)


def test_search_asks_the_desk(qtbot, desk, screen):
    qtbot.keyClicks(screen._search, "late")
    qtbot.waitUntil(lambda: desk.asked(q.ListTemplates)[-1].search == "late")


def test_archive_and_back(qtbot, desk, screen):
    choose(screen, "Late")
    screen._archive.click()
    assert desk.did(c.ArchiveTemplate) == [c.ArchiveTemplate(1, True)]


def test_versions_are_compared_with_the_one_before(screen):
    choose(screen, "Late")
    pane = screen._versions
    assert pane._list.count() == 2
    assert "2 · not approved" in pane._list.item(0).text()
    assert "gone: today" in pane._diff.accessibleDescription()
    pane._list.setCurrentRow(1)
    assert not pane._diff.isVisibleTo(screen)


def test_every_version_ever_written_is_there(qtbot, desk, screen):
    older = replace(OLD, id=7, body="Hi {first_name}, it comes today.")
    more = replace(OLD, id=8, lang="ru", body="Сегодня.")
    versions = [replace(NEW, n=3), more, replace(OLD, n=2), older]
    desk.answers[q.ListVersions] = versions
    choose(screen, "Late")
    pane = screen._versions
    qtbot.waitUntil(lambda: pane._list.count() == 3)
    pane._list.setCurrentRow(1)
    assert "Version 2 against version 1" in pane._what.text()
    assert "gone: Hi" in pane._diff.accessibleDescription()
    desk.answers[q.ListVersions] = [replace(NEW, id=9, n=4), *versions]
    screen.refresh()
    qtbot.waitUntil(lambda: pane._list.count() == 4)
    assert pane._list.currentRow() == 2  # still version 2


def test_every_control_has_a_name(screen):
    assert unnamed(screen) == []
    assert wrong_format(screen) == []


def test_a_new_language_keeps_unsaved_words(qtbot, screen):
    choose(screen, "Late")
    type_words(screen, "Half a sentence")
    old = screen._list
    QCoreApplication.sendEvent(screen, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: screen._list is not old)
    assert screen._editor.text == "Half a sentence"
    assert screen._editor._name.text() == "Late delivery"


def test_a_lock_puts_padlocks_on_templates_and_says_why(qtbot, desk, screen, theme):
    incident = Incident(7, "INC-2026-0001", IncidentState.HOLDING, scope=Scope(accounts=(1,)))
    shop = AccountRow(1, "mastodon", "@shop", "pond.example", AccountState.ON)
    desk.answers |= {ReadStanding: [Standing(incident)], q.ListAccounts: [shop]}
    desk.tell(Changes(areas=frozenset({Area.INCIDENTS})))
    qtbot.waitUntil(lambda: "@shop" in screen._lock._text.text())
    choose(screen, "Late")
    assert "The routine template «Late delivery» is locked" in screen._lock._text.text()
    (entry,) = screen._list.findItems("Late", Qt.MatchFlag.MatchStartsWith)
    assert not entry.icon().isNull()
    assert entry.data(Qt.ItemDataRole.AccessibleTextRole).endswith("locked")
    lock = screen._lock  # as high as its words: the rest is the list's
    qtbot.waitUntil(lambda: lock.height() == lock.heightForWidth(lock.width()))
    shoot(theme, screen, "templates-locked")
    desk.answers[ReadStanding] = [Standing(replace(incident, state=IncidentState.REVIEW))]
    desk.tell(Changes(areas=frozenset({Area.INCIDENTS})))
    qtbot.waitUntil(screen._lock.isHidden)
    (entry,) = screen._list.findItems("Late", Qt.MatchFlag.MatchStartsWith)
    assert entry.icon().isNull()


def test_a_light_tone_is_marked_by_hand(qtbot, desk, screen):
    choose(screen, "Late")
    screen._editor._light.click()
    screen._editor.save.click()
    (saved,) = desk.did(c.SaveTemplate)
    assert (saved.template_id, saved.tone, saved.body) == (1, "light", NEW.body)
