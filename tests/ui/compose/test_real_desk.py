"""The composer on the real desk: an approved template reaches the practice network exactly once."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit

from socialdesk.domain.mentions.mention import CanReply
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.ui.compose import hold_bar
from socialdesk.ui.compose.composer import Composer
from tests.engine.conftest import bench, start_bench  # noqa: F401  (fixtures)


@pytest.fixture
def desk(bench):  # noqa: F811
    return bench.desk


@pytest.fixture
def composer(qtbot, desk, theme, bench, monkeypatch):  # noqa: F811
    monkeypatch.setattr(hold_bar, "now_ms", bench.clock.now_ms)
    made = Composer(desk, None)
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.show()
    qtbot.waitUntil(lambda: bool(made._writing.templates._choices))
    return made


def first_detail(bench):  # noqa: F811
    for row in bench.rows():
        found = bench.desk.ask(q.ReadDetail(row.id)).result()
        if found is not None and found.can_reply is CanReply.API and row.outbox is None:
            return found
    raise AssertionError("nothing to answer")


def our_posts(bench):  # noqa: F811
    return [r for r in bench.outbox() if r.state is OutboxState.SENT]


def write_by_template(qtbot, composer):
    """The first template with its slots filled; its words."""
    composer.insert_template()
    qtbot.keyClick(composer._writing.templates._picker._typed, Qt.Key.Key_Return)
    while (found := composer._writing._found) is not None and found.empty:
        composer._writing.go_to_empty_slot()
        qtbot.keyClicks(composer._writing.field, "48213")
    return composer._writing.field.text


def test_an_approved_template_is_posted_once(qtbot, composer, bench):  # noqa: F811
    composer.show_detail(first_detail(bench))
    text = write_by_template(qtbot, composer)
    assert text
    with qtbot.waitSignal(composer.sent) as sent:
        composer.send()
    assert sent.args[0].answer["state"] == OutboxState.HELD.value
    qtbot.waitUntil(composer._hold.isVisible)
    bench.turn(30)
    (post,) = our_posts(bench)
    assert post.text == text
    assert post.url
    assert post.template
    qtbot.waitUntil(lambda: not composer._hold.isVisible())


def test_a_reply_taken_back_is_a_draft_again_and_never_posted(qtbot, composer, bench):  # noqa: F811
    detail = first_detail(bench)
    composer.show_detail(detail)
    qtbot.keyClicks(composer._writing.field, "Not yet")
    with qtbot.waitSignal(composer.sent):
        composer.send()
    qtbot.waitUntil(composer._hold.isVisible)
    composer._hold.back.click()
    qtbot.waitUntil(lambda: composer._writing.field.text == "Not yet")
    bench.turn(30)
    assert our_posts(bench) == []
    again = bench.desk.ask(q.ReadDetail(detail.row.id)).result()
    assert again.draft.text == "Not yet"


def test_a_template_taken_back_at_once_is_in_the_field_again(qtbot, composer, bench):  # noqa: F811
    """The emptied field is nothing anybody typed: saved as a draft, it would delete the words."""
    detail = first_detail(bench)
    composer.show_detail(detail)
    text = write_by_template(qtbot, composer)
    assert composer._writing.field._spans
    with qtbot.waitSignal(composer.sent):
        composer.send()
    assert not composer._keeper.is_dirty
    composer.show_detail(bench.desk.ask(q.ReadDetail(detail.row.id)).result())
    bench.desk.do(c.Undo()).result()
    composer.show_detail(bench.desk.ask(q.ReadDetail(detail.row.id)).result())
    assert composer._writing.field.text == text
    composer._keeper.flush()
    assert bench.desk.ask(q.ReadDetail(detail.row.id)).result().draft.text == text


def test_a_draft_is_in_the_file_and_comes_back(qtbot, composer, bench):  # noqa: F811
    detail = first_detail(bench)
    composer.show_detail(detail)
    with qtbot.waitSignal(composer.draft_saved, timeout=20_000):
        qtbot.keyClicks(composer._writing.field, "Half a thought")
    stored = bench.desk.ask(q.ReadDetail(detail.row.id)).result()
    assert stored.draft.text == "Half a thought"
    composer.show_detail(None)
    composer.show_detail(stored)
    assert composer._writing.field.text == "Half a thought"


def test_a_second_answer_asks_first(qtbot, composer, bench):  # noqa: F811
    detail = first_detail(bench)
    bench.desk.do(c.SendReply(detail.row.id, "From a colleague", is_sure=True)).result()
    composer.show_detail(detail)  # as it was read before
    qtbot.keyClicks(composer._writing.field, "From me")
    composer.send()
    qtbot.waitUntil(lambda: "Send it anyway?" in composer._notice.text)
    assert composer._writing.field.text == "From me"
    assert len(bench.outbox()) == 1


def test_free_text_waits_for_approval_when_the_policy_says_so(qtbot, composer, bench):  # noqa: F811
    bench.desk.do(c.SetSetting("policy", "approval")).result()
    composer.show_detail(first_detail(bench))
    qtbot.keyClicks(composer._writing.field, "My own words")
    qtbot.waitUntil(lambda: "wait for approval" in composer._outlook._fate.text())
    with qtbot.waitSignal(composer.sent):
        composer.send()
    (row,) = bench.outbox()
    assert row.state is OutboxState.APPROVAL
    bench.turn(30)
    assert our_posts(bench) == []
    bench.desk.do(c.ApproveReply(row.id, row.hash)).result()
    bench.turn(30)
    assert [r.text for r in our_posts(bench)] == ["My own words"]


def test_a_pasted_picture_is_posted_with_its_description(qtbot, composer, bench):  # noqa: F811
    composer.show_detail(first_detail(bench))
    qtbot.keyClicks(composer._writing.field, "Like this")
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkYellow)
    data = QMimeData()
    data.setImageData(image)
    composer._writing.field.insertFromMimeData(data)
    pictures = composer._extras.pictures
    qtbot.waitUntil(lambda: len(pictures.pictures) == 1)
    qtbot.waitUntil(lambda: len(pictures.findChildren(QLineEdit)) == 1)
    (alt,) = pictures.findChildren(QLineEdit)
    qtbot.keyClicks(alt, "A loaf")
    with qtbot.waitSignal(composer.sent):
        composer.send()
    bench.turn(30)
    (post,) = bench.network.posts_by_us()
    assert [one.alt for one in bench.network.pictures_of(post)] == ["A loaf"]
    assert composer._extras.plan.pictures == ()
