"""Pictures in the composer: dropped, pasted, described, made smaller, refused."""

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QCoreApplication, QProcess, Qt
from PySide6.QtGui import QImage

from socialdesk.domain.account import Can, Card
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author
from socialdesk.domain.queue.rows import Draft
from socialdesk.domain.replies.picture import Picture
from socialdesk.domain.replies.plan import Plan, unpacked_plan
from socialdesk.engine import commands as c
from socialdesk.engine.commands.answering import AddMedia
from socialdesk.engine.sending.small_pictures import is_passing
from tests.ui.compose.conftest import FILES, RULE, a_mention, alts, paste, send, write
from tests.ui.compose.looks import shoot


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
    image, before = a_red(4_000, 3_500), computed_s()
    assert image.save(QBuffer(), "PNG")
    packing_s, before = computed_s() - before, computed_s()
    paste(composer, image=image)
    assert computed_s() - before < packing_s / 2  # it is not packed here: measured, a twentieth
    qtbot.waitUntil(lambda: len(alts(composer)) == 1, timeout=90_000)  # a child packs it
    size = QImage(str(written := Path(desk.did(AddMedia)[0].path))).size()
    written.unlink()
    assert 11_900_000 < size.width() * size.height() <= 12_000_000


def computed_s():
    """Without what the system itself does: on a machine just started, new memory and cold files
    cost more than the packing."""
    return os.times().user


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
