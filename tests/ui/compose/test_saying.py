"""What the composer says while one writes: each thing once, and only while it is so."""

from tests.ui.compose.test_composer import composer, desk, field, pick, send  # noqa: F401


def test_what_is_not_filled_in_is_said_once_and_only_while_it_is_so(qtbot, composer):  # noqa: F811
    pick(qtbot, composer, "late")
    assert "order" in composer._outlook._fate.text()
    send(qtbot, composer)
    assert "order" in composer._notice.text
    assert composer._outlook._fate.text() == ""
    qtbot.keyClicks(field(composer), "48213")
    composer._writing.judge()
    assert composer._notice.text == ""
    assert composer._outlook._fate.text() == "Approved words: it can go out."


def test_only_words_are_said_to_be_saved(qtbot, desk, composer):  # noqa: F811
    qtbot.keyClicks(field(composer), "Salem")
    with qtbot.waitSignal(composer.draft_saved):
        composer.save_draft()
    assert composer._saved.text() == "Draft saved"
    field(composer).clear()
    with qtbot.waitSignal(composer.draft_saved):
        composer.save_draft()
    assert composer._saved.text() == ""


def test_a_save_that_ends_after_sending_is_not_told(qtbot, desk, composer):  # noqa: F811
    qtbot.keyClicks(field(composer), "Salem")
    desk.is_holding = True
    composer.save_draft()
    with qtbot.waitSignals([composer.draft_saved, composer.sent]):
        send(qtbot, composer)
        desk.release()
    assert (field(composer).text, composer._saved.text()) == ("", "")
