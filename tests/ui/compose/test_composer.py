"""The composer as an operator uses it, on a scripted desk."""

import re
import time
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from socialdesk.domain.account import Can, Card
from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import CommandError, CommandFault, StoreError, StoreFault
from socialdesk.domain.length.length import LengthRule, Unit
from socialdesk.domain.mentions.mention import Author, CanReply, Visibility
from socialdesk.domain.queue.rows import Draft, OutboxRow, TemplateRow, VersionRow
from socialdesk.domain.replies.reply import HoldReason, OutboxState
from socialdesk.domain.replies.template import TemplateState
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.ui.compose import browser_bar, keeper
from socialdesk.ui.compose.composer import Composer
from socialdesk.ui.compose.parts import now_ms
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.fake_desk import FakeDesk, a_detail, a_row

CARD = Card(
    Author("1", "dalacoffee"), Can.FETCH | Can.REPLY | Can.VISIBILITY | Can.WARNING,
    LengthRule(500, Unit.GRAPHEME, url_length=23, local_mentions=True), names_author=True,
)  # fmt: skip
APPROVED = TemplateState.APPROVED
LATE = TemplateRow(1, "Late delivery", "Delivery", 12, (
    VersionRow(1, 1, "kk", "Сәлем, {first_name}! №{order} бүгін келеді.", "Aliya", 0, APPROVED),
    VersionRow(2, 1, "en", "Hello {first_name}, order {order} comes today.", "Aliya", 0, APPROVED),
    VersionRow(3, 2, "en", "Hi {first_name}!", "Aliya", 0, TemplateState.DRAFT),
))  # fmt: skip
THANKS = TemplateRow(2, "Thanks", "", 3, (VersionRow(5, 1, "en", "Thank you!", "A", 0, APPROVED),))


def a_mention(number=1, **changes):
    changes = {"lang": "kk", "card": CARD, "account": "@dalacoffee", **changes}
    return a_detail(a_row(number, author="Айгүл Сәрсенбаева", handle="@aigul"), **changes)


@pytest.fixture
def desk():
    made = FakeDesk()
    made.answers[q.ListTemplates] = [LATE, THANKS]
    return made


@pytest.fixture
def composer(qtbot, desk, theme):
    made = Composer(desk, None)
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.show()
    made.show_detail(a_mention())
    qtbot.waitUntil(lambda: len(made._writing.templates._choices) == 2)
    return made


def field(composer):
    return composer._writing.field


def pick(qtbot, composer, letters):
    """By keyboard: Ctrl+T, some letters, Enter."""
    composer.focus_text()
    qtbot.keyClick(field(composer), Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    picker = composer._writing.templates._picker
    assert picker.isVisible()
    qtbot.keyClicks(picker._typed, letters)
    qtbot.keyClick(picker._typed, Qt.Key.Key_Return)
    assert not picker.isVisible()


def send(qtbot, composer):
    qtbot.keyClick(field(composer), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def button(root, text):
    return next(b for b in root.findChildren(QPushButton) if b.text() == text and not b.isHidden())


def test_a_template_goes_out_by_keyboard_alone(qtbot, desk, composer, theme):
    pick(qtbot, composer, "late")
    assert field(composer).text == "Сәлем, Айгүл! №{order} бүгін келеді."
    qtbot.keyClicks(field(composer), "48213")  # the empty slot was selected
    shoot(theme, composer, "composer")
    with qtbot.waitSignal(composer.sent):
        send(qtbot, composer)
    (sent,) = desk.did(c.SendReply)
    assert sent.text == "Сәлем, Айгүл! №48213 бүгін келеді."
    assert (sent.version_id, sent.lang) == (1, "kk")
    assert dict(sent.values) == {"first_name": "Айгүл", "order": "48213"}
    assert (sent.visibility, sent.is_sure, sent.known_posts) == ("public", False, (1,))
    assert field(composer).text == ""


def test_a_slash_at_line_start_opens_the_picker_and_elsewhere_is_a_slash(qtbot, composer):
    composer.focus_text()
    qtbot.keyClicks(field(composer), "a/")
    assert field(composer).text == "a/"
    qtbot.keyClick(field(composer), Qt.Key.Key_Return)
    qtbot.keyClicks(field(composer), "/")
    assert composer._writing.templates._picker.isVisible()
    qtbot.keyClick(composer._writing.templates._picker._typed, Qt.Key.Key_Escape)
    assert field(composer).text == "a/\n"
    assert field(composer).hasFocus()


def test_an_empty_slot_blocks_sending_and_is_named(qtbot, desk, composer):
    pick(qtbot, composer, "late")
    send(qtbot, composer)
    assert desk.did(c.SendReply) == []
    assert "order" in composer._notice.text
    assert field(composer).textCursor().selectedText() == "{order}"


def test_unapproved_words_are_not_offered(qtbot, composer):
    words = [v.body for ch in composer._writing.templates._choices for v in ch.versions]
    assert "Hi {first_name}!" not in words


def test_the_other_language_keeps_what_was_filled_in(qtbot, composer):
    pick(qtbot, composer, "late")
    qtbot.keyClicks(field(composer), "7")
    composer._writing.templates.speak("en")
    assert field(composer).text == "Hello Айгүл, order 7 comes today."


def test_changed_words_are_free_text_with_their_difference(qtbot, desk, composer):
    pick(qtbot, composer, "thanks")
    field(composer).moveCursor(field(composer).textCursor().MoveOperation.End)
    qtbot.keyClicks(field(composer), " Bye.")
    outlook = composer._outlook
    assert "free text" in outlook._fate.text()
    assert outlook._diff.isVisibleTo(composer)
    assert "new: Bye" in outlook._diff.accessibleDescription()
    outlook._restore.click()
    assert field(composer).text == "Thank you!"
    assert "Approved words" in outlook._fate.text()


def test_the_policy_is_said_before_sending(qtbot, desk, composer):
    desk.answers[q.ReadSettings] = {"team_mode": "pair"}
    desk.tell(Changes(areas=frozenset({Area.SETTINGS})))
    qtbot.keyClicks(field(composer), "Hello!")
    qtbot.waitUntil(lambda: "wait for approval" in composer._outlook._fate.text())
    desk.answers[q.ReadSettings] = {"policy": "templates"}
    desk.tell(Changes(areas=frozenset({Area.SETTINGS})))
    qtbot.waitUntil(lambda: "Only approved templates" in composer._outlook._fate.text())
    send(qtbot, composer)
    assert desk.did(c.SendReply) == []


def test_the_counter_counts_what_is_posted_as_the_network_does(qtbot, composer):
    field(composer).write("https://shop.example/a/very/long/address/indeed")
    assert composer._outlook.counter.text().startswith("30 / 500")  # "@aigul " and a link of 23
    assert composer._outlook.counter.text().endswith("replies publicly as @dalacoffee")
    assert composer._outlook._preview.text.startswith("@aigul https://")


def test_a_text_too_long_is_not_sent(qtbot, desk, composer):
    field(composer).write("ы" * 600)
    send(qtbot, composer)
    assert desk.did(c.SendReply) == []
    assert "107 characters too long" in composer._notice.text


def test_an_answer_is_never_wider_than_what_it_answers(composer):
    composer.show_detail(a_mention(2, visibility=Visibility.FOLLOWERS))
    who = composer._options._who
    assert [who.itemData(n) for n in range(who.count())] == [
        Visibility.FOLLOWERS, Visibility.DIRECT,
    ]  # fmt: skip
    assert composer._options.visibility is Visibility.FOLLOWERS


def test_typing_is_saved_a_second_after_the_last_key(qtbot, desk, composer):
    qtbot.keyClicks(field(composer), "Sa")
    with qtbot.waitSignal(composer.draft_saved, timeout=20_000):
        qtbot.keyClicks(field(composer), "lem")
    assert desk.did(c.SaveDraft)[-1] == c.SaveDraft(1, "Salem", lang="kk")


def test_typing_without_a_pause_is_saved_too(qtbot, desk, composer):
    started = time.monotonic()
    while not desk.did(c.SaveDraft):
        qtbot.keyClicks(field(composer), "x", delay=50)
        assert time.monotonic() - started < 6.0, "typing would be lost"  # 2 s at most, times 3


def test_leaving_a_mention_saves_its_draft_at_once_and_shows_it_again(qtbot, desk, composer):
    desk.is_holding = True
    qtbot.keyClicks(field(composer), "Half a")
    composer.show_detail(a_mention(2))
    assert desk.did(c.SaveDraft)[-1].text == "Half a"
    assert field(composer).text == ""
    composer.show_detail(a_mention(1))  # the desk has not answered: the file is older
    assert field(composer).text == "Half a"


def test_a_stored_draft_comes_back_with_its_template(qtbot, desk, composer):
    draft = Draft(3, "Hello Bob, order 9 comes today.", 2, (("order", "9"),), "en")
    composer.show_detail(a_mention(3, draft=draft))
    assert field(composer).text == draft.text
    assert "Approved words" in composer._outlook._fate.text()


def test_the_same_mention_shown_again_keeps_what_is_being_written(qtbot, composer):
    qtbot.keyClicks(field(composer), "Half")
    composer.show_detail(a_mention(1, draft=Draft(1, "older")))
    assert field(composer).text == "Half"


def test_a_draft_that_cannot_be_saved_is_told_and_kept(qtbot, desk, composer):
    desk.outcomes[c.SaveDraft] = StoreError(StoreFault.FULL)
    qtbot.keyClicks(field(composer), "Keep me")
    composer.save_draft()
    qtbot.waitUntil(lambda: "not saved yet" in composer._notice.text)
    composer.show_detail(a_mention(2))
    composer.show_detail(a_mention(1))
    assert field(composer).text == "Keep me"


def test_what_was_sent_is_not_shown_as_a_draft_by_a_late_answer(qtbot, desk, composer):
    qtbot.keyClicks(field(composer), "Once")
    with qtbot.waitSignal(composer.sent):
        send(qtbot, composer)
    composer.show_detail(a_mention(1, draft=Draft(1, "Once")))  # read before the send
    assert field(composer).text == ""
    composer.show_detail(a_mention(1))
    composer.show_detail(a_mention(1, draft=Draft(1, "Once")))  # taken back
    assert field(composer).text == "Once"


def test_two_quick_sends_are_one(qtbot, desk, composer):
    desk.is_holding = True
    qtbot.keyClicks(field(composer), "Hi")
    send(qtbot, composer)
    send(qtbot, composer)
    assert len(desk.did(c.SendReply)) == 1
    with qtbot.waitSignal(composer.sent):
        desk.release()


@pytest.mark.parametrize("fault", [CommandFault.ALREADY_ANSWERED, CommandFault.THREAD_MOVED])
def test_a_thread_that_moved_on_asks_in_place(qtbot, desk, composer, fault):
    desk.outcomes[c.SendReply] = CommandError(fault)
    qtbot.keyClicks(field(composer), "Hi")
    send(qtbot, composer)
    qtbot.waitUntil(lambda: "Send it anyway?" in composer._notice.text)
    assert field(composer).text == "Hi"
    desk.outcomes[c.SendReply] = {"outbox_id": 1}
    with qtbot.waitSignal(composer.sent):
        button(composer._notice, "Send anyway").click()
    assert [s.is_sure for s in desk.did(c.SendReply)] == [False, True]


def test_a_refused_reply_keeps_its_text_and_says_why(qtbot, desk, composer):
    desk.outcomes[c.SendReply] = CommandError(CommandFault.TOO_LONG, n=7)
    qtbot.keyClicks(field(composer), "Hi")
    send(qtbot, composer)
    qtbot.waitUntil(lambda: "7 characters too long" in composer._notice.text)
    assert field(composer).text == "Hi"
    assert not field(composer).isReadOnly()


def test_a_refusal_that_comes_after_leaving_is_told_and_touches_nothing(qtbot, desk, composer):
    desk.outcomes[c.SendReply] = CommandError(CommandFault.POLICY)
    desk.is_holding = True
    qtbot.keyClicks(field(composer), "Hi")
    send(qtbot, composer)
    composer.show_detail(a_mention(2))
    qtbot.waitUntil(lambda: not field(composer).text)
    desk.release()
    qtbot.waitUntil(lambda: "kept as a draft" in composer._notice.text)
    assert field(composer).text == ""


def test_a_browser_only_mention_is_copied_opened_and_marked(qtbot, desk, composer, monkeypatch):
    opened: list[str] = []

    def open_url(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(browser_bar, "open_url", open_url)
    composer.show_detail(a_mention(4, can_reply=CanReply.BROWSER, reply_note="feed"))
    qtbot.keyClicks(field(composer), "Thanks!")
    send(qtbot, composer)
    assert QGuiApplication.clipboard().text() == "Thanks!"
    assert opened == ["https://pond.example/4"]
    qtbot.keyClicks(composer._browser.link, "https://pond.example/r")
    with qtbot.waitSignal(composer.sent):
        qtbot.keyClick(composer._browser.link, Qt.Key.Key_Return)
    assert desk.did(c.MarkAnswered) == [c.MarkAnswered(4, "https://pond.example/r", "Thanks!")]
    assert desk.did(c.SendReply) == []


def test_a_mention_that_cannot_be_answered_says_why(composer):
    composer.show_detail(a_mention(5, can_reply=CanReply.NO, reply_note="blocked"))
    assert not field(composer).isEnabled()
    assert "block" in composer._notice.text


@pytest.mark.promise(25)
def test_a_megabyte_is_pasted_without_freezing(qtbot, composer):
    data = QMimeData()
    data.setText("слово" * 200_000)
    started = time.perf_counter()
    field(composer).insertFromMimeData(data)
    qtbot.waitUntil(lambda: not composer._writing._pause.isActive())
    took = time.perf_counter() - started
    assert len(field(composer).text) == 20_000
    assert "1000000 characters" in composer._notice.text
    assert took < 5, f"{took:.2f} s"  # a hang guard


def test_a_paste_loses_what_no_network_takes(qtbot, composer):
    data = QMimeData()
    data.setText("Hi\x00 there\ud83d <b>Ann</b>\r\nbye")
    field(composer).insertFromMimeData(data)
    text = field(composer).text
    assert text.startswith("Hi\ufffd there")
    assert text.endswith(" <b>Ann</b>\nbye")
    assert text.encode("utf-8")  # no half of a pair is left


def held(number=9, ms=9_000, to="Айгүл", mention=1, text="Hi"):
    now = now_ms()
    return OutboxRow(number, mention, OutboxState.HELD, "@dalacoffee", to, text, now,
                     HoldReason.UNDO, now + ms)  # fmt: skip


def test_a_held_reply_counts_down_and_is_taken_back(qtbot, desk, composer):
    def left_s() -> int:
        said = re.search(r"goes out in (\d+) seconds", composer._hold._text.text())
        return int(said.group(1)) if said else 0

    desk.answers[q.ListOutbox] = [held(ms=60_000)]
    desk.tell(Changes(areas=frozenset({Area.OUTBOX})))
    qtbot.waitUntil(composer._hold.isVisible)
    first = left_s()
    assert 40 < first <= 60
    qtbot.waitUntil(lambda: 40 < left_s() < first, timeout=10_000)
    desk.answers[q.ListOutbox] = []
    composer._hold.back.click()
    qtbot.waitUntil(lambda: field(composer).text == "Hi")
    assert desk.did(c.TakeBack) == [c.TakeBack(9)]
    assert not composer._hold.isVisible()


def test_a_reply_that_already_left_cannot_be_taken_back(qtbot, desk, composer):
    desk.answers[q.ListOutbox] = [held()]
    composer._hold.refresh()
    qtbot.waitUntil(composer._hold.isVisible)
    desk.outcomes[c.TakeBack] = CommandError(CommandFault.TOO_LATE)
    desk.answers[q.ListOutbox] = []
    composer._hold.back.click()
    qtbot.waitUntil(lambda: "too late" in composer._notice.text)
    assert field(composer).text == ""


def test_every_control_has_a_name_and_no_label_guesses_html(composer):
    assert unnamed(composer) == []
    assert wrong_format(composer) == []


def test_the_saving_times_keep_the_promise():
    assert keeper.IDLE_MS <= 1_000
    assert keeper.LONGEST_MS < 2_000


def test_a_new_language_keeps_what_is_being_written(qtbot, composer):
    pick(qtbot, composer, "late")
    qtbot.keyClicks(field(composer), "7")
    composer._options._warning.setText("Food")
    text, old = field(composer).text, field(composer)
    QCoreApplication.sendEvent(composer, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: field(composer) is not old)
    qtbot.waitUntil(lambda: "Approved words" in composer._outlook._fate.text())
    assert field(composer).text == text
    assert composer._options.warning == "Food"


@pytest.mark.parametrize(("with_warning", "used"), [(True, 6), (False, 2)])
def test_a_warning_counts_only_where_the_network_counts_it(composer, with_warning, used):
    card = replace(CARD, length=LengthRule(500, with_warning=with_warning), names_author=False)
    composer.show_detail(a_mention(2, card=card, warning="Food"))
    composer._writing.field.setPlainText("Hi")
    assert composer._outlook.counter.text().startswith(f"{used} / 500 characters")
