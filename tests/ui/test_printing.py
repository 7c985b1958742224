"""The printing child: nothing is lost, headings stay with what they name, nothing else is read."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

from socialdesk.ui.printing import Page, keep_headings, print_page

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 200" width="720" height="200">'
    '<rect x="0" y="0" width="720" height="200" fill="#2457d6"/></svg>'
)
PAGE = QSizeF(680, 1009)


N_SECTIONS = 30
WORDS = "long words of a definition " * 60  # so much that Qt lays the page out in several steps


def a_page(n_lines: int, n_sections: int = N_SECTIONS) -> str:
    """Sections of a heading, a drawing, a table and many words."""
    lines = "".join(f"<p>line {n}</p>" for n in range(n_lines))
    sections = "".join(
        f"<section><h2>Heading {n}</h2>{DRAWING}<table><tr><td>a<br>b</td></tr></table>"
        f"<p>{WORDS}</p><p>Қазақша сөз {n}</p></section>"
        for n in range(n_sections)
    )
    return f"<html><body>{lines}{sections}</body></html>"


def blocks(document: Page):
    block = document.begin()
    while block.isValid():
        yield block, document.documentLayout().blockBoundingRect(block)
        block = block.next()


@pytest.mark.parametrize("n_lines", range(0, 40, 7))
def test_every_block_keeps_its_height_and_every_heading_its_drawing(qapp, n_lines):
    document = Page(a_page(n_lines), PAGE.width())
    document.setPageSize(PAGE)
    keep_headings(document)
    n_headings = 0
    for block, rect in blocks(document):
        assert rect.height() > 0 or not block.text()
        if block.blockFormat().headingLevel():
            n_headings += 1
            assert rect.height() > 180, "the drawing stands in its heading's block"
            assert rect.top() // PAGE.height() == (rect.bottom() - 1) // PAGE.height()
    assert n_headings == N_SECTIONS
    last = max(rect.bottom() for _, rect in blocks(document))
    assert (document.pageCount() - 1) * PAGE.height() < last <= document.pageCount() * PAGE.height()


def test_the_file_has_as_many_pages_as_the_layout(qapp, tmp_path: Path):
    target = tmp_path / "x.pdf"
    n_pages = print_page(a_page(20), target)
    assert n_pages >= 3
    assert len(re.findall(rb"/Type /Page\b", target.read_bytes())) == n_pages


def test_a_page_reads_no_file_and_no_address(qapp, tmp_path: Path):
    secret = tmp_path / "secret.png"
    picture = QImage(40, 40, QImage.Format.Format_RGB32)
    picture.fill(0xFF0000)
    picture.save(str(secret))
    names = [secret.as_uri(), str(secret), "https://evil.example/x.png"]
    html = "".join(f'<img src="{name}">' for name in names)
    document = Page(f"<p>{html}</p>", PAGE.width())
    document.setPageSize(PAGE)
    assert document.pageCount() == 1
    assert all(bytes(document.loadResource(2, name).data()) == b"" for name in names)
