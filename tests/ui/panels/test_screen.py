"""What sources show now: seen, answered in the browser, forgotten; on a scripted desk."""

import gzip
from base64 import b64encode

import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPixmap

from socialdesk.domain.account import AccountState, Can, Card
from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import AuthExpiredError, RateLimitedError, UnreachableError
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author
from socialdesk.domain.panel import Panel, PanelReview, panel_json
from socialdesk.domain.queue.rows import AccountRow
from socialdesk.engine.commands.panels import ShowPanel
from socialdesk.engine.queries import ListAccounts
from socialdesk.ui.panels.rating import rating_pixmap
from socialdesk.ui.panels.screen import PanelsScreen
from tests.networks.fake_tripadvisor import BUBBLES
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.fake_desk import MINUTE, NOW, FakeDesk

HOUR = 60 * MINUTE
SOUP = PanelReview(
    "https://www.tripadvisor.com/r2", "sample_traveller",
    "We waited an hour for the soup. It was cold when it came, and nobody said sorry.",
    NOW - 26 * HOUR, 2, "An hour for soup", "en",
    rating_picture=b64encode(BUBBLES).decode(),
)  # fmt: skip
CAKE = PanelReview(
    "https://www.tripadvisor.com/r1", "Ола", "The honey cake alone is worth the climb.",
    NOW - 90 * HOUR, 5, "Honey cake!", "en",
)  # fmt: skip
ANSWER = PanelReview(
    CAKE.url + "#answer", "Bakery", "Thank you, come again!", NOW - 80 * HOUR, answers=CAKE.url
)
PANEL = Panel(
    "Reviews © Tripadvisor, shown live and kept nowhere. The rating is Tripadvisor's, in bubbles "
    "of five.",
    "https://www.tripadvisor.com/1234567", "https://www.tripadvisor.com/ManagementCenter",
    NOW - 2 * MINUTE, (SOUP, CAKE, ANSWER),
)  # fmt: skip


def an_account(number: int, network: str, can: Can = Can.PANEL) -> AccountRow:
    card = Card(Author(str(number), "bakery"), can, LengthRule(5000))
    return AccountRow(number, network, "Our bakery", "", AccountState.ON, card=card)


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk()
    made.answers[ListAccounts] = [
        an_account(1, "mastodon", Can.FETCH), an_account(2, "tripadvisor"), an_account(3, "yelp"),
    ]  # fmt: skip
    made.outcomes[ShowPanel] = panel_json(PANEL)
    return made


@pytest.fixture
def opened(monkeypatch):
    urls: list[str] = []
    monkeypatch.setattr("socialdesk.ui.panels.review_pane.open_url", urls.append)
    monkeypatch.setattr("socialdesk.ui.panels.screen.open_url", urls.append)
    return urls


@pytest.fixture
def screen(qtbot, desk, theme, opened):
    made = PanelsScreen(desk, None)
    qtbot.addWidget(made)
    made.resize(1400 - 240, 900)
    made.show()
    qtbot.waitUntil(lambda: made._source.count() == 2)
    qtbot.waitUntil(lambda: made._busy.isHidden())
    return made


def wait_shown(qtbot, screen):
    qtbot.waitUntil(lambda: screen._list.count() == 2)


def test_reviews_are_listed_as_the_source_gave_them(qtbot, desk, screen, theme):
    wait_shown(qtbot, screen)
    assert desk.did(ShowPanel) == [ShowPanel(2)]
    shoot(theme, screen, "panels-1400")
    screen.resize(1366 - 240, 768)
    shoot(theme, screen, "panels-1366")
    first = screen._list.item(0).text()
    assert "2 of 5" in first and "An hour for soup" in first
    assert "answered" in screen._list.item(1).text()
    assert "Tripadvisor" in screen._credit.text()
    assert not unnamed(screen)
    assert not wrong_format(screen)


def test_a_review_is_shown_whole_with_its_answer(qtbot, screen):
    wait_shown(qtbot, screen)
    screen._list.setCurrentRow(1)
    assert screen._review._body.text() == CAKE.body
    assert "come again" in screen._review._answered.text()
    screen._list.setCurrentRow(0)
    assert screen._review._answered.isHidden()


def test_an_answer_goes_to_the_clipboard_and_the_owner_s_page(qtbot, screen, opened):
    wait_shown(qtbot, screen)
    qtbot.keyClicks(screen._review.answer, "We are sorry.")
    screen._review.copy.click()
    assert QGuiApplication.clipboard().text() == "We are sorry."
    screen._review.open.click()
    screen._page.click()
    assert opened == [PANEL.inbox_url, SOUP.url, PANEL.url]


def test_without_a_browser_the_address_is_told(qtbot, screen, monkeypatch):
    monkeypatch.setattr("socialdesk.ui.panels.review_pane.open_url", lambda url: False)
    wait_shown(qtbot, screen)
    screen._review.open.click()
    assert SOUP.url in screen._notice.text


def test_what_was_typed_for_one_review_is_not_offered_for_another(qtbot, screen):
    wait_shown(qtbot, screen)
    qtbot.keyClicks(screen._review.answer, "Dear soup")
    screen._list.setCurrentRow(1)
    assert screen._review.answer.toPlainText() == ""


def test_f5_asks_again_and_keeps_the_place(qtbot, desk, screen):
    wait_shown(qtbot, screen)
    screen._list.setCurrentRow(1)
    qtbot.keyClick(screen._list, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: len(desk.did(ShowPanel)) == 2 and screen._busy.isHidden())
    assert screen._list.currentRow() == 1


def test_another_source_is_asked_for_itself(qtbot, desk, screen):
    wait_shown(qtbot, screen)
    desk.is_holding = True
    screen._source.setCurrentIndex(1)
    assert desk.did(ShowPanel)[-1] == ShowPanel(3)
    assert screen._list.count() == 0  # no words of the other one under its name
    assert not screen._busy.isHidden()
    desk.release()
    wait_shown(qtbot, screen)


def test_a_place_without_reviews_says_so(qtbot, desk, screen):
    wait_shown(qtbot, screen)
    desk.outcomes[ShowPanel] = panel_json(Panel("", "", "", NOW))
    screen.refresh()
    qtbot.waitUntil(lambda: screen._list.count() == 0 and screen._busy.isHidden())
    assert "no reviews" in screen._empty.text()
    assert screen._review.isHidden()


@pytest.mark.parametrize(
    ("error", "words"),
    [(UnreachableError("cut"), "says nothing about its reviews"),
     (RateLimitedError(3600), "3600"), (AuthExpiredError(""), "sign-in")],
)  # fmt: skip
def test_silence_is_told_and_never_looks_like_no_reviews(qtbot, desk, screen, theme, error, words):
    wait_shown(qtbot, screen)
    desk.outcomes[ShowPanel] = error
    screen.refresh()
    qtbot.waitUntil(lambda: bool(screen._notice.text))
    assert words in screen._notice.text
    assert screen._list.count() == 2  # what was seen stays, with its time
    shoot(theme, screen, f"panels-{type(error).__name__}")
    screen.forget()
    screen.refresh()
    qtbot.waitUntil(lambda: bool(screen._notice.text))
    assert "no reviews" not in screen._empty.text()


def test_a_dead_key_leads_to_the_accounts(qtbot, desk, screen):
    wait_shown(qtbot, screen)
    desk.outcomes[ShowPanel] = AuthExpiredError("")
    screen.refresh()
    qtbot.waitUntil(lambda: bool(screen._notice.text))
    with qtbot.waitSignal(screen.place_asked) as asked:
        screen._notice.chosen.emit("accounts")
    assert asked.args == ["accounts"]


def test_the_words_go_when_the_screen_was_left_for_long(qtbot, desk, screen):
    wait_shown(qtbot, screen)
    screen.hide()
    assert screen._leave.isActive()
    screen._leave.timeout.emit()
    assert screen._panel is None
    assert screen._list.count() == 0
    assert screen._review._body.text() == ""
    screen.show()
    wait_shown(qtbot, screen)
    assert not screen._leave.isActive()


def test_without_such_a_source_it_says_what_this_is_for(qtbot, desk, theme):
    desk.answers[ListAccounts] = [an_account(1, "mastodon", Can.FETCH)]
    made = PanelsScreen(desk, None)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    qtbot.waitUntil(lambda: bool(desk.asked(ListAccounts)) and not made._add.isHidden())
    shoot(theme, made, "panels-none")
    assert "Tripadvisor" in made._empty.text()
    assert desk.did(ShowPanel) == []
    with qtbot.waitSignal(made.place_asked):
        made._add.click()


def test_an_account_that_comes_is_offered(qtbot, desk, screen):
    wait_shown(qtbot, screen)
    desk.answers[ListAccounts] = [*desk.answers[ListAccounts], an_account(4, "yelp")]
    desk.tell(Changes(areas=frozenset({Area.ACCOUNTS})))
    qtbot.waitUntil(lambda: screen._source.count() == 3)
    assert screen.account_id == 2
    assert len(desk.did(ShowPanel)) == 1


def test_a_mirrored_layout_has_the_list_at_the_right(qtbot, screen, theme):
    wait_shown(qtbot, screen)
    screen.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    screen.hide()
    screen.show()
    shoot(theme, screen, "panels-rtl")
    list_x = screen._list.mapTo(screen, screen._list.rect().center()).x()
    pane_x = screen._review.mapTo(screen, screen._review.rect().center()).x()
    assert list_x > pane_x


def test_the_network_s_own_picture_of_a_rating_stands_beside_its_words(qtbot, screen):
    wait_shown(qtbot, screen)
    picture = screen._review._rating
    assert not picture.isHidden()
    assert picture.pixmap().deviceIndependentSize().toTuple() == (80.0, 16.0)
    assert "2 of 5" in picture.accessibleName()
    screen._list.setCurrentRow(1)
    assert picture.isHidden()


@pytest.mark.parametrize("data", [b"", b"no picture", b"<svg/>"])
def test_what_is_no_picture_is_not_drawn(qapp, data):
    assert rating_pixmap(data) is None


def test_a_picture_of_another_kind_keeps_its_shape(qapp):
    wide = QPixmap(400, 40)
    wide.fill(Qt.GlobalColor.green)
    buffer = QBuffer()
    wide.save(buffer, "PNG")
    drawn = rating_pixmap(bytes(buffer.data().data()))
    assert drawn is not None
    assert drawn.deviceIndependentSize().toTuple() == (160.0, 16.0)


@pytest.mark.promise(24)
@pytest.mark.parametrize("form", ["<image {0}/>", "<svg:image {0}/>", "<!-- x --><IMAGE {0}/>"])
def test_a_rating_opens_no_other_file(qtbot, tmp_path, form):
    red = QImage(16, 16, QImage.Format.Format_RGB32)
    red.fill(0xFFFF0000)
    assert red.save(str(tmp_path / "red.png"))
    named = f'width="16" height="16" xlink:href="{tmp_path / "red.png"}"'
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:svg="http://www.w3.org/2000/svg"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink" width="16" height="16">'
        f"{form.format(named)}</svg>"
    ).encode()
    for data in (svg, gzip.compress(svg)):
        assert rating_pixmap(data) is None
