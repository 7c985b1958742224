"""The manual: every page is there and leads on, and it loads nothing but its own pictures."""

import re

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument

from socialdesk.cli.arguments import parser
from socialdesk.domain.queue.search import parse
from socialdesk.i18n import LANGUAGES, set_language
from socialdesk.places import resource
from socialdesk.ui.manual import browser
from socialdesk.ui.manual.pages import PAGES, found, page, page_about, pages
from socialdesk.ui.manual.window import ManualWindow, open_manual
from tests.tools import manual_keys

LINK = re.compile(r"(?<!!)\[[^]]+\]\(([^)]+)\)")
PICTURE = re.compile(r"!\[([^]]+)\]\(([^)]+)\)")


@pytest.fixture
def shown(open_window, theme) -> ManualWindow:
    window = open_window()
    open_manual(window)
    made: ManualWindow = window.findChild(ManualWindow)
    return made


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_written_and_its_links_and_pictures_exist(name: str, language: str) -> None:
    one = page(name, language)
    assert one.folder.name == language
    assert len(one.title) > 3 and len(one.text) > 400
    for target in LINK.findall(one.text):
        assert target.removesuffix(".md") in PAGES
    for words, target in PICTURE.findall(one.text):
        assert words and (one.folder / target).is_file()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_same_pictures_tables_and_headings(language: str) -> None:
    for name in PAGES:
        there, here = page(name, "en").text, page(name, language).text
        for sign in ("\n|", "\n## ", "\n- ", "!["):
            assert here.count(sign) == there.count(sign), (name, sign)


def test_the_page_of_keys_is_what_the_program_has(open_window) -> None:
    for file, text in manual_keys.texts(open_window().actions_by_id).items():
        assert file.read_text("utf-8") == text, "run make pictures"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_of_the_command_line_is_named(language: str) -> None:
    text = page("command-line", language).text
    (commands,) = (a for a in parser()._actions if a.choices)
    assert commands.choices
    for name in commands.choices:
        assert f"`socialdesk {name}" in text, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_search_that_is_shown_is_understood(language: str) -> None:
    table = page("inbox", language).text.partition("| `oven cold`")[2]
    shown = re.findall(r"`([^`\s]+:[^`\s]+)`", table)
    assert len(shown) > 9
    for search in shown:
        assert not parse(search).faults, search


def test_no_file_lies_beside_the_pages_that_nobody_reads() -> None:
    for language in LANGUAGES:
        folder = resource("manual", language)
        assert {file.stem for file in folder.glob("*.md")} - {"README"} == set(PAGES)
        pictures = {target for one in pages(language) for _, target in PICTURE.findall(one.text)}
        assert {f"pictures/{file.name}" for file in folder.glob("pictures/*")} == pictures


def test_a_link_leads_to_its_page_and_back_again(shown: ManualWindow) -> None:
    shown._page.anchorClicked.emit(QUrl("crisis.md"))
    assert shown._list.currentItem().text() == page("crisis", "en").title
    assert shown._page.toPlainText().startswith(page("crisis", "en").title)
    shown._back.click()
    assert shown._page.toPlainText().startswith(page("contents", "en").title)
    assert not shown._back.isEnabled()


def test_a_link_outside_goes_to_the_browser_of_the_person(shown, monkeypatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(browser, "open_url", opened.append)
    shown._page.anchorClicked.emit(QUrl("https://bakery.example/"))
    assert opened == ["https://bakery.example/"]


@pytest.mark.parametrize(
    "address", ["/etc/passwd", "file:///etc/passwd", "../en/contents.md", "pictures/../x.webp",
                "https://bakery.example/x.webp"],
)  # fmt: skip
def test_nothing_but_its_own_pictures_is_loaded(shown: ManualWindow, address: str) -> None:
    kind = QTextDocument.ResourceType
    image = shown._page.loadResource(kind.ImageResource.value, QUrl(address))
    assert (image.width(), image.height()) == (1, 1)
    assert shown._page.loadResource(kind.StyleSheetResource.value, QUrl(address)).isEmpty()


def test_searching_narrows_the_list_and_enter_reads_the_first(shown, qtbot) -> None:
    shown._search.setText("keyring GNOME")
    titles = [shown._list.item(n).text() for n in range(shown._list.count())]
    assert titles == [page("trouble", "en").title]
    shown._search.returnPressed.emit()
    assert shown._page.toPlainText().startswith(titles[0])
    shown._search.setText("xylophone")
    assert shown._list.count() == 0 and shown._nothing.isVisible()


def test_all_words_are_looked_for() -> None:
    those = pages("en")
    assert found("", those) == those
    assert [one.name for one in found("war room drill", those)] == ["crisis"]


def test_the_key_opens_it_at_what_is_on_the_screen(open_window, qtbot, theme) -> None:
    window = open_window()
    window.actions_by_id.run("manual")
    manual = window.findChild(ManualWindow)
    assert manual._page.toPlainText().startswith(page("inbox", "en").title)
    assert page_about("accounts") == "accounts" and page_about("saved:3") == "inbox"


def test_another_language_shows_the_same_page_in_it(shown, qtbot, qapp) -> None:
    shown.read("data")
    set_language("ru")
    try:
        from PySide6.QtCore import QEvent

        qapp.sendEvent(shown, QEvent(QEvent.Type.LanguageChange))
        title = page("data", "ru").title
        qtbot.waitUntil(lambda: shown._page.toPlainText().startswith(title), timeout=20_000)
    finally:
        set_language("en")
