"""300 hostile texts and 200 hostile addresses: shown as typed, never fetched, never opened."""

from itertools import product

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QTextEdit, QWidget

from socialdesk.domain.queue.rows import ThreadPost
from socialdesk.ui import browser
from socialdesk.ui.inbox.post import PostBubble
from socialdesk.ui.inbox.post_text import PlainText
from socialdesk.ui.plain import clean, links
from tests.ui.fake_desk import NOW

TARGETS = (
    "file:///etc/passwd", "/etc/hostname", "\\\\host.example\\share\\a.png", "qrc:/a",
    "//x.example/a",
    "https://track.example/pixel.gif", "javascript:alert(1)", "data:text/html,<b>x</b>",
    "smb://host.example/a", "ftp://x.example/a",
)  # fmt: skip
TAGS = (
    "<img src='{}'>", "<img srcset='{} 2x'>", "<body background='{}'>",
    "<object data='{}'></object>",
    "<link rel=stylesheet href='{}'>", "<style>@import url('{}');</style>",
    "<iframe src='{}'></iframe>",
    "<table background='{}'><tr><td>x</td></tr></table>", "<a href='{}'>click</a>",
    "<video poster='{}'></video>", "<svg><image href='{}'/></svg>", "<embed src='{}'>",
    "<div style=\"background:url('{}')\">x</div>", "<meta http-equiv=refresh content='0;url={}'>",
    "<!DOCTYPE html><html><head><base href='{}'></head><img src=a></html>", "![a]({})",
    "<ul style=\"list-style-image:url('{}')\"><li>x</ul>", "<input type=image src='{}'>",
    "&lt;img src='{}'&gt;", "<IMG SRC=&#x66;ile: alt='{}'>", "<img src='{}\0.png'>",
    "<!--<img src='--><img src=\"{}\">-->", "<math href='{}'>x</math>",
    "<base href='{}'><img src=a>",
    "<audio src='{}'></audio>", "<img/src='{}'/onerror=alert(1)>", "<script src='{}'></script>",
    "<form action='{}'><button>x</form>", "<p>\u202e<img src='{}'>\u2066</p>", "<isindex src='{}'>",
)  # fmt: skip
SCHEMES = (
    "file", "javascript", "vbscript", "data", "smb", "ftp", "sftp", "ssh", "telnet", "ms-word",
    "ms-excel", "ms-settings", "search-ms", "ms-msdt", "about", "blob", "view-source", "chrome",
    "jar", "ldap", "gopher", "nfs", "tel", "sms", "facetime", "intent", "market", "steam", "magnet",
    "socialdesk", "res", "mhtml", "hcp", "wyciwyg", "feed", "ws", "wss", "irc", "news", "cid",
)  # fmt: skip
FORMS = (
    "{}://host.example/a",
    "{}:a",
    "{}:///etc/passwd",
    "{}:https://x.example",
    "{}%3A//x.example",
)


@pytest.mark.promise(24)
def test_three_hundred_texts_are_shown_as_typed_and_ask_for_nothing(qtbot, monkeypatch, trials):
    asked = []

    def spy(self, *resource):
        asked.append(resource)

    monkeypatch.setattr(PlainText, "loadResource", spy, raising=False)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: pytest.fail("opened"))
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.show()
    corpus = [tag.format(target) for tag, target in product(TAGS, TARGETS)]
    assert len(set(corpus)) == 300
    for text in corpus:
        post = ThreadPost(1, text, text, text, NOW, warning="", url=text)
        bubble = PostBubble(post, NOW, lambda _: pytest.fail("opened"), holder)
        bubble.resize(400, bubble.heightForWidth(400))
        bubble.show()
        bubble.grab()
        words = bubble.findChild(QTextEdit)
        assert isinstance(words, PlainText)
        assert words.toPlainText() == clean(text)
        assert words.document().toHtml().count("<img") == 0
        bubble.deleteLater()
    assert asked == []
    control = PlainText("", holder)  # the spy would have seen it
    control.setHtml("<img src='file:///etc/hostname'>")
    control.resize(200, 200)
    control.grab()
    assert asked != []
    trials.add(len(corpus))


@pytest.mark.promise(27)
def test_two_hundred_addresses_are_neither_links_nor_opened(monkeypatch, trials):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: pytest.fail("opened"))
    addresses = [form.format(scheme) for scheme, form in product(SCHEMES, FORMS)]
    assert len(set(addresses)) == 200
    assert [a for a in addresses if browser.open_url(a)] == []
    named = [link.host for a in addresses for link in links(f"see {a} now")]
    assert set(named) <= {"x.example"}  # the web address inside `scheme:https://x.example`
    trials.add(len(addresses))
