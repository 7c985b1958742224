"""Pictures, a time and a promise in the composer, on a scripted desk."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import thread_time

import pytest
from PySide6.QtCore import QBuffer, QCoreApplication, QMimeData, QProcess, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit, QPushButton

from socialdesk.domain.account import Can, Card
from socialdesk.domain.crisis.promise import PromiseRow, PromiseState
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.length.length import LengthRule, Unit
from socialdesk.domain.mentions.mention import Author
from socialdesk.domain.queue.rows import Draft, ThreadPost
from socialdesk.domain.replies.picture import Picture, PictureRule
from socialdesk.domain.replies.plan import DROPPED, SENT_BACK, Plan, unpacked_plan
from socialdesk.engine import commands as c
from socialdesk.engine.commands.answering import AddMedia, DropPromise, MakeThumbnail
from socialdesk.engine.queries.answering import ListPromises
from socialdesk.engine.sending.small_pictures import is_passing
from socialdesk.ui.compose import promising
from socialdesk.ui.compose.composer import Composer
from socialdesk.ui.compose.parts import now_ms
from socialdesk.ui.palette import Picker
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.fake_desk import MINUTE, FakeDesk, a_detail, a_row
from tests.ui.pngs import a_png

RULE = PictureRule(2, 1_000_000, ("image/png", "image/jpeg"), 100)
CARD = Card(
    Author("1", "dalacoffee"), Can.FETCH | Can.REPLY | Can.VISIBILITY | Can.WARNING | Can.MEDIA,
    LengthRule(500, Unit.GRAPHEME), names_author=True, pictures=RULE,
)  # fmt: skip
FILES = ("ab" * 32 + ".png", "cd" * 32 + ".png")
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def a_mention(number=1, **changes):
    return a_detail(a_row(number, author="Айгүл", handle="@aigul"), **{"card": CARD, **changes})


@pytest.fixture
def desk():
    made = FakeDesk()
    colours = dict(zip(FILES, ("darkgoldenrod", "darkcyan"), strict=True))
    made.outcomes[MakeThumbnail] = lambda command: {"png": a_png(colours[command.file])}
    names = iter(FILES)
    made.outcomes[AddMedia] = lambda command: {
        "file": next(names), "mime": "image/png", "n_bytes": 100, "n_before": 100,
    }  # fmt: skip
    return made


@pytest.fixture
def composer(qtbot, desk, theme, monkeypatch):
    monkeypatch.setattr(promising, "PAUSE_MS", 0)
    made = Composer(desk, None)
    qtbot.addWidget(made)
    made.resize(700, 560)
    made.show()
    made.show_detail(a_mention())
    return made


def write(qtbot, composer, text):
    composer.focus_text()
    composer._writing.field.insertPlainText(text)


def send(qtbot, composer):
    qtbot.keyClick(composer._writing.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def paste(composer, **what):
    data = QMimeData()
    if "urls" in what:
        data.setUrls([QUrl.fromLocalFile(str(one)) for one in what["urls"]])
    if "image" in what:
        data.setImageData(what["image"])
    composer._writing.field.insertFromMimeData(data)


def alts(composer):
    return composer._extras.pictures.findChildren(QLineEdit)


def button(root, text):
    return next(b for b in root.findChildren(QPushButton) if text in b.text() and b.isVisible())


# --- pictures ---


def test_a_dropped_file_is_added_described_and_sent(qtbot, desk, composer):
    write(qtbot, composer, "Like this")
    paste(composer, urls=["/somewhere/loaf.png"])
    qtbot.waitUntil(lambda: len(alts(composer)) == 1)
    assert desk.did(AddMedia) == [AddMedia("/somewhere/loaf.png", RULE.max_bytes)]
    assert "1 picture has no description yet" in composer._extras.pictures._missing.text()
    qtbot.keyClicks(alts(composer)[0], "A loaf")
    send(qtbot, composer)
    assert desk.did(c.SendReply)[0].pictures == ((FILES[0], "image/png", "A loaf"),)


def a_red(width=300, height=200, kind=QImage.Format.Format_RGB32):
    image = QImage(width, height, kind)
    image.fill(Qt.GlobalColor.red)
    return image


@pytest.mark.parametrize("kind", ["Format_RGB32", "Format_RGB888", "Format_ARGB32", "Format_Mono"])
def test_a_pasted_image_is_added(qtbot, desk, composer, kind):
    image = a_red(301, kind=QImage.Format[kind])
    paste(composer, image=image)
    assert composer._extras.pictures._smaller.text() == "One moment"
    qtbot.waitUntil(lambda: len(alts(composer)) == 1)
    (command,) = desk.did(AddMedia)
    written = Path(command.path)
    assert is_passing(written)  # the engine removes it
    found = QImage(str(written))
    assert found == image.convertToFormat(found.format())
    assert found.hasAlphaChannel() == image.hasAlphaChannel()
    written.unlink()
    assert composer._writing.field.text == ""


def test_a_pasted_image_is_not_added_to_the_next_mention(qtbot, desk, composer):
    paste(composer, image=a_red())
    composer.show_detail(a_mention(2))
    qtbot.waitUntil(lambda: bool(desk.did(AddMedia)))
    Path(desk.did(AddMedia)[0].path).unlink()
    paste(composer, urls=["/somewhere/loaf.png"])
    qtbot.waitUntil(lambda: len(alts(composer)) == 1)
    assert not composer._extras.pictures._smaller.isVisible()


@pytest.mark.parametrize("program", ["gone-for-good", sys.executable])
def test_a_pasted_image_that_cannot_be_packed_is_told(qtbot, desk, composer, monkeypatch, program):
    monkeypatch.setattr(
        "socialdesk.ui.compose.pasted.command_of", lambda *_: [program, "-c", "0/0"]
    )
    pictures = composer._extras.pictures
    with qtbot.waitSignal(pictures.failed) as told:
        paste(composer, image=a_red())
    assert told.args[0].facts["why"] == "unreadable"
    assert not pictures._smaller.isVisible() and desk.did(AddMedia) == []


def test_a_child_that_cannot_be_started_at_once_is_told_all_the_same(
    qtbot, desk, composer, monkeypatch
):
    """As on Windows: the error comes within the start."""
    error = QProcess.ProcessError.FailedToStart
    monkeypatch.setattr(QProcess, "start", lambda child, *_: child.errorOccurred.emit(error))
    pictures = composer._extras.pictures
    with qtbot.waitSignal(pictures.failed):
        paste(composer, image=a_red())
    assert not pictures._smaller.isVisible()


@pytest.mark.timeout(180)
def test_a_large_image_is_pasted_without_freezing(qtbot, desk, composer):
    image, before = a_red(4_000, 3_500), thread_time()
    assert image.save(QBuffer(), "PNG")
    packing_s, before = thread_time() - before, thread_time()
    paste(composer, image=image)
    assert thread_time() - before < packing_s  # it is not packed here
    qtbot.waitUntil(lambda: len(alts(composer)) == 1, timeout=90_000)  # a child packs it
    size = QImage(str(written := Path(desk.did(AddMedia)[0].path))).size()
    written.unlink()
    assert 11_900_000 < size.width() * size.height() <= 12_000_000


def test_the_operator_is_told_that_a_picture_was_made_smaller(qtbot, desk, composer, theme):
    desk.outcomes[AddMedia] = {
        "file": FILES[0], "mime": "image/jpeg", "n_bytes": 900_000, "n_before": 3_100_000,
    }  # fmt: skip
    desk.is_holding = True
    paste(composer, urls=["/somewhere/loaf.jpg"])
    pictures = composer._extras.pictures
    assert pictures.isVisible() and pictures._smaller.text() == "One moment"
    desk.release()
    qtbot.waitUntil(lambda: len(alts(composer)) == 1)
    said = pictures._smaller.text()
    assert "made smaller" in said and "3.1 MB to 900.0 kB" in said
    for picture in shoot(theme, pictures, "picture-made-smaller"):
        assert picture.stat().st_size > 1_000
    pictures._remove(0)
    assert not pictures._smaller.isVisible()


def test_a_picture_that_fits_or_that_nothing_could_be_done_about_is_not_told(qtbot, desk, composer):
    for n_before, n_after in ((900_000, 899_000), (2_000_000, 1_900_000)):
        desk.outcomes[AddMedia] = {
            "file": FILES[0], "mime": "image/png", "n_bytes": n_after, "n_before": n_before,
        }  # fmt: skip
        before = len(alts(composer))
        paste(composer, urls=["/somewhere/loaf.png"])
        qtbot.waitUntil(lambda before=before: len(alts(composer)) == before + 1)
        assert not composer._extras.pictures._smaller.isVisible()


def test_a_picture_is_removed_and_the_draft_follows(qtbot, desk, composer):
    paste(composer, urls=["a.png", "b.png"])
    qtbot.waitUntil(lambda: len(alts(composer)) == 2)
    composer._extras.pictures._remove(0)
    composer.save_draft()
    plan = unpacked_plan(desk.did(c.SaveDraft)[-1].plan)
    assert plan.pictures == (Picture(FILES[1], "image/png"),)


def test_a_draft_of_pictures_alone_is_kept_and_shown_again(qtbot, desk, composer):
    plan = Plan(pictures=(Picture(FILES[0], "image/png", "A loaf"),))
    composer.show_detail(a_mention(2, draft=Draft(2, "", plan=plan)))
    assert [field.text() for field in alts(composer)] == ["A loaf"]
    composer.show_detail(a_mention(3))
    assert not composer._extras.isVisible()


def test_typing_a_description_outlives_the_saving_of_its_draft(qtbot, desk, composer):
    paste(composer, urls=["a.png"])
    qtbot.waitUntil(lambda: len(alts(composer)) == 1)
    qtbot.keyClicks(alts(composer)[0], "A lo")
    composer.save_draft()
    plan = unpacked_plan(desk.did(c.SaveDraft)[-1].plan)
    field = alts(composer)[0]
    composer.show_detail(a_mention(draft=Draft(1, "", plan=plan)))
    assert alts(composer) == [field] and field.text() == "A lo"


def test_a_picture_that_is_refused_is_said(qtbot, desk, composer):
    desk.outcomes[AddMedia] = CommandError(CommandFault.PICTURE, why="wrong_type", limit=0)
    paste(composer, urls=["/somewhere/film.mp4"])
    qtbot.waitUntil(lambda: "kind of file" in composer._notice.text)


def test_one_that_comes_late_is_not_put_under_another_mention(qtbot, desk, composer):
    desk.is_holding = True
    paste(composer, urls=["a.png"])
    desk.is_holding, held = False, desk._held
    composer.show_detail(a_mention(2))
    for settle in held:
        settle()
    QCoreApplication.processEvents()
    assert alts(composer) == []


def test_where_the_network_takes_none_the_button_says_so(composer):
    assert composer._extras.add_picture.isEnabled()
    composer.show_detail(a_mention(2, card=Card(Author("1", "x"), Can.REPLY, LengthRule(500))))
    assert not composer._extras.add_picture.isEnabled()
    assert "takes none" in composer._extras.add_picture.toolTip()


# --- a time ---


def test_ctrl_shift_enter_asks_when_and_the_button_says_what_it_does(qtbot, desk, composer):
    write(qtbot, composer, "Good morning")
    qtbot.keyClick(composer._writing.field, Qt.Key.Key_Return, CTRL_SHIFT)
    assert composer._extras.schedule.findChildren(Picker)
    assert desk.did(c.SendReply) == []
    at = now_ms() + 3_600_000
    composer._extras.schedule.set_time(at)
    assert composer._send.text() == "Schedule reply"
    send(qtbot, composer)
    (command,) = desk.did(c.SendReply)
    assert (command.send_at, command.is_dropped_if_written) == (at, True)
    qtbot.waitUntil(lambda: composer._send.text() == "Send reply")


def test_the_time_is_kept_with_the_draft_and_can_go_again(qtbot, desk, composer):
    at = now_ms() + 3_600_000
    plan = Plan(send_at=at, is_dropped_if_written=False)
    composer.show_detail(a_mention(2, draft=Draft(2, "Hi", plan=plan)))
    assert composer._extras.plan == plan
    composer._extras.schedule.set_time(0)
    composer.save_draft()
    assert unpacked_plan(desk.did(c.SaveDraft)[-1].plan).send_at == 0


@pytest.mark.parametrize(("plan", "said"), [
    (Plan(note=DROPPED), "They wrote first"),
    (Plan(note=SENT_BACK, by="Ben", comment="Name the day"), "Name the day"),
])  # fmt: skip
def test_a_draft_that_came_back_says_why(composer, plan, said):
    composer.show_detail(a_mention(2, draft=Draft(2, "Hi", plan=plan)))
    assert said in composer._notice.text


# --- a promise ---


def test_a_promise_in_the_words_is_offered_and_one_key_accepts_it(qtbot, desk, composer):
    write(qtbot, composer, "We will tell you within 2 hours.")
    line = composer._extras.promise
    qtbot.waitUntil(line.isVisible)
    assert line.at == 0
    qtbot.keyClick(composer._writing.field, Qt.Key.Key_P, CTRL_SHIFT)
    assert abs(line.at - now_ms() - 2 * 3_600_000) < 60_000
    send(qtbot, composer)
    (command,) = desk.did(c.SendReply)
    assert command.promise_words == "within 2 hours"
    assert abs(command.promise_at - now_ms() - 2 * 3_600_000) < 60_000


def test_within_two_hours_counts_from_when_the_reply_leaves(qtbot, desk, composer):
    write(qtbot, composer, "We will tell you within 2 hours.")
    line = composer._extras.promise
    qtbot.waitUntil(line.isVisible)
    line.accept()
    at = now_ms() + 24 * 3_600_000
    composer._extras.schedule.set_time(at)
    assert abs(line.at - at - 2 * 3_600_000) < 60_000
    composer._extras.schedule.set_time(0)
    assert abs(line.at - now_ms() - 2 * 3_600_000) < 60_000


def test_an_offer_that_is_not_wanted_makes_no_promise(qtbot, desk, composer):
    write(qtbot, composer, "We will tell you within 2 hours.")
    line = composer._extras.promise
    qtbot.waitUntil(line.isVisible)
    line.refuse()
    write(qtbot, composer, " Thank you")
    line._look()
    assert not line.isVisible()
    send(qtbot, composer)
    assert desk.did(c.SendReply)[0].promise_at == 0


def test_what_was_promised_to_them_stands_above(qtbot, desk, composer):
    due = now_ms() + 30 * MINUTE
    desk.answers[ListPromises] = [PromiseRow(5, 2, due, "by noon", PromiseState.OPEN)]
    composer.show_detail(a_mention(2))
    qtbot.waitUntil(composer._made.isVisible)
    assert "Promised for" in composer._made._text.text()
    button(composer._made, "Drop").click()
    assert desk.did(DropPromise) == [DropPromise(5)]


# --- answered already ---


def answered(number):
    post = ThreadPost(900, "Dala Coffee", "@dalacoffee", "It left at nine this morning.",
                      now_ms(), is_own=True, url="https://pond.example/900")  # fmt: skip
    d = a_mention(number)
    return a_mention(number, thread=(*d.thread, post), answered_elsewhere=True)


def test_who_answered_and_what_is_said_and_one_key_marks_it(qtbot, desk, composer):
    composer.show_detail(answered(2))
    assert "Dala Coffee" in composer._notice.text
    assert "It left at nine" in composer._notice.text
    button(composer._notice, "Mark as answered").click()
    assert desk.did(c.MarkAnswered) == [
        c.MarkAnswered(2, "https://pond.example/900", "It left at nine this morning.")
    ]


def test_whoever_goes_on_is_not_asked_twice(qtbot, desk, composer):
    composer.show_detail(answered(2))
    button(composer._notice, "Write all the same").click()
    write(qtbot, composer, "And it is there now?")
    send(qtbot, composer)
    assert desk.did(c.SendReply)[0].is_sure


def test_every_control_has_a_name(qtbot, composer):
    paste(composer, urls=["a.png"])
    qtbot.waitUntil(lambda: len(alts(composer)) == 1)
    composer._extras.schedule.set_time(now_ms() + 3_600_000)
    assert unnamed(composer) == []
    assert wrong_format(composer) == []


def test_pictures_of_it(qtbot, desk, composer, theme):
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    desk.answers[ListPromises] = [
        PromiseRow(5, 2, now_ms() + 30 * MINUTE, "by noon", PromiseState.OPEN)
    ]
    plan = Plan(
        pictures=(Picture(FILES[0], "image/png", "Our rye loaf, cut open"),
                  Picture(FILES[1], "image/png")),
        send_at=round(tomorrow.timestamp() * 1000),
    )  # fmt: skip
    words = "Hello! Here is how it looks. We will tell you by 15:00 when the next one is ready."
    composer.resize(760, 620)
    composer.show_detail(a_mention(2, draft=Draft(2, words, plan=plan)))
    qtbot.waitUntil(composer._extras.promise.isVisible)
    qtbot.waitUntil(composer._made.isVisible)
    for path in shoot(theme, composer, "composer-plan"):
        assert path.stat().st_size > 10_000
    composer.show_detail(answered(3))
    for path in shoot(theme, composer, "composer-answered"):
        assert path.stat().st_size > 10_000
