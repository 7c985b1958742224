"""Reports as files: whole or not at all, safe whatever strangers wrote, readable elsewhere."""

import csv
import json
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.sheet import FORMULA_STARTS, original_cell
from socialdesk.engine.commands.reports import ExportReport, MakeReport
from socialdesk.engine.errands import reports as report_errands
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.reports.html import safe
from socialdesk.engine.reports.printing import print_pdf
from socialdesk.engine.reports.wire import figures_from_json, figures_to_json
from socialdesk.i18n import set_language
from tests.conftest import ExpectLog
from tests.engine.reports.conftest import NOW, OpenDesk, answer_of
from tests.engine.reports.world import World
from tests.makers import a_mention, an_author
from tests.store.queue_file import HOUR_MS, QueueFile

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>&amp;\u202e\x00 late delivery"
FORMULA = '=HYPERLINK("http://evil.example";"click")'


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[QueueFile]:
    """Words, names, labels, templates of people who wish us ill."""
    (tmp_path / "source").mkdir()
    queue = QueueFile(tmp_path / "source")
    queue.clock.now = NOW
    evil = an_author("eve", name=EVIL, handle="@+1-555", n_followers=9_000)
    queue.save(*(a_mention(EVIL, author=evil, at=NOW - n * HOUR_MS) for n in range(1, 6)))
    queue.save(a_mention(FORMULA, author=an_author("f", name="@SUM(A1)"), at=NOW - HOUR_MS))
    queue.execute("INSERT INTO label(id, name) VALUES(1, ?)", "</svg><script>x</script>")
    queue.execute("INSERT INTO mention_label SELECT 1, mention_id FROM triage")
    yield queue
    queue.close()


class Tags(HTMLParser):
    """What a page holds."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def export(desk: InlineDesk, target: Path, shape: str, period: str = "2026-W47", **more: bool):
    return answer_of(desk.do(ExportReport(period, str(target), shape, **more))).answer


def read_csv_of(desk: InlineDesk, target: Path) -> list[dict[str, str]]:
    export(desk, target, "csv")
    return read_csv(target)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_page_runs_nothing_loads_nothing_and_shows_evil_words_as_typed(
    hostile: QueueFile, open_desk: OpenDesk, tmp_path: Path
) -> None:
    target = tmp_path / "report.html"
    export(open_desk(hostile), target, "html")
    page = target.read_text(encoding="utf-8")
    tags = Tags()
    tags.feed(page)
    assert tags.names.isdisjoint({"script", "img", "iframe", "link", "object", "a", "form"})
    for name, value in tags.attributes:
        assert not name.startswith("on")
        assert name not in {"src", "href", "action", "style"}
        if name != "xmlns":
            assert "://" not in value
    assert "default-src 'none'" in page
    assert "@import" not in page and "url(" not in page
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert "\u202e" not in page and "\x00" not in page


def test_every_drawing_is_whole_svg_with_a_text_alternative(
    world: World, open_desk: OpenDesk, tmp_path: Path
) -> None:
    target = tmp_path / "report.html"
    export(open_desk(world.queue), target, "html")
    drawings = re.findall(r"<svg.*?</svg>", target.read_text(encoding="utf-8"), re.DOTALL)
    assert len(drawings) >= 8
    for drawing in drawings:
        root = ElementTree.fromstring(drawing)
        title = root.find("{http://www.w3.org/2000/svg}title")
        words = root.find("{http://www.w3.org/2000/svg}desc")
        assert root.get("role") == "img" and title is not None and title.text
        assert words is not None and words.text and re.search(r"\d", words.text)


def test_a_page_follows_light_and_dark_and_names_its_questions(
    world: World, open_desk: OpenDesk, tmp_path: Path
) -> None:
    target = tmp_path / "report.html"
    export(open_desk(world.queue), target, "html")
    page = target.read_text(encoding="utf-8")
    assert "prefers-color-scheme: dark" in page
    assert page.count("SELECT count(*)") > 25
    assert page.count("How is this counted?") > 10


@pytest.mark.promise(34)
def test_no_cell_is_a_formula_and_every_mention_is_one_row(
    hostile: QueueFile, open_desk: OpenDesk, tmp_path: Path
) -> None:
    target = tmp_path / "report.csv"
    answer = export(open_desk(hostile), target, "csv")
    rows = read_csv(target)
    assert answer["n"] == len(rows) == 6
    for row in rows:
        assert not any(cell.startswith(FORMULA_STARTS) for cell in row.values())
    assert {original_cell(row["body"]) for row in rows} >= {FORMULA}
    assert rows[-1]["mood"] == "not rated"


def test_networks_whose_terms_forbid_copies_count_without_words(
    hostile: QueueFile, open_desk: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "report.csv"
    desk = open_desk(hostile)
    (network,) = {row["network"] for row in read_csv_of(desk, target)}
    monkeypatch.setattr(report_errands, "not_exported", lambda used: (network,))
    rows = read_csv_of(desk, target)
    assert len(rows) == 6
    assert {(row["author"], row["handle"], row["body"]) for row in rows} == {("", "", "")}
    assert all(row["url"] for row in rows)


def test_a_sheet_begins_with_the_mark_for_excel_unless_asked_not_to(
    world: World, open_desk: OpenDesk, tmp_path: Path
) -> None:
    desk, target = open_desk(world.queue), tmp_path / "report.csv"
    export(desk, target, "csv")
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    export(desk, target, "csv", for_excel=False)
    assert target.read_bytes().startswith(b"id,network")


def test_the_sheet_beside_it_has_every_number_with_sql_that_gives_it(
    world: World, open_desk: OpenDesk, tmp_path: Path
) -> None:
    desk, target = open_desk(world.queue), tmp_path / "report.csv"
    files = export(desk, target, "csv")["files"]
    rows = read_csv(Path(files[1]))
    n_checked = 0
    for row in rows:
        if not row["sql"] or not row["n"] or row["question"].startswith("first_reply"):
            continue
        assert world.queue.sql(original_cell(row["sql"])) == [(int(row["n"]),)], row
        n_checked += 1
    assert n_checked > 150


def test_answers_in_the_sheet_are_those_of_the_report(
    world: World, open_desk: OpenDesk, tmp_path: Path
) -> None:
    desk, target = open_desk(world.queue), tmp_path / "report.csv"
    export(desk, target, "csv", "2026-11")
    rows = read_csv(target)
    data = answer_of(desk.do(MakeReport("2026-11"))).answer["figures"]
    figures = figures_from_json(data)
    ours = [r for r in rows if r["status"] != "spam" and r["ended"] not in {"muted", "backfill"}]
    assert sum(r["in_target"] == "yes" for r in ours) == figures.count("in_target")
    assert sum(bool(r["first_reply"]) for r in ours) == figures.count("timed")
    assert sum(r["status"] != "spam" for r in rows) == figures.count("received")


def test_figures_travel_whole(world: World, open_desk: OpenDesk) -> None:
    data = answer_of(open_desk(world.queue).do(MakeReport("2026-W47"))).answer["figures"]
    figures = figures_from_json(json.loads(json.dumps(data)))
    assert json.dumps(figures_to_json(figures)) == json.dumps(data)


def test_a_pdf_is_a_pdf_of_several_a4_pages_with_kazakh_letters(
    world: World, open_desk: OpenDesk, tmp_path: Path
) -> None:
    set_language("kk")
    try:
        target = tmp_path / "report.pdf"
        export(open_desk(world.queue), target, "pdf")
    finally:
        set_language("en")
    raw = target.read_bytes()
    assert raw.startswith(b"%PDF-") and raw.rstrip().endswith(b"%%EOF")
    assert len(re.findall(rb"/Type /Page\b", raw)) >= 3
    boxes = {tuple(map(float, m.split())) for m in re.findall(rb"/MediaBox \[([\d. ]+)\]", raw)}
    assert {(round(b[2]), round(b[3])) for b in boxes} == {(595, 842)}
    assert b"NotoSans" in raw or b"DejaVuSans" in raw  # embedded: paper has no fonts of its own


def test_a_child_that_dies_hangs_or_writes_nonsense_is_told_and_leaves_no_file(
    tmp_path: Path, expect_log: ExpectLog
) -> None:
    target = tmp_path / "report.pdf"
    target.write_bytes(b"the one before")
    cases = {
        "ended": "import os; os.abort()",
        "slow": "import threading; threading.Event().wait()",
        "empty": "pass",
    }
    for why, program in cases.items():
        with pytest.raises(CommandError) as caught:
            print_pdf("<p>x</p>", target, timeout_s=2.0, command=[sys.executable, "-c", program])
        assert caught.value.fault is CommandFault.NOT_PRINTED
        assert caught.value.facts == {"why": why}
    assert target.read_bytes() == b"the one before"
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.parametrize("shape", ["html", "csv", "pdf"])
def test_a_place_that_takes_no_file_is_named_and_nothing_is_half_written(
    world: World, open_desk: OpenDesk, tmp_path: Path, shape: str
) -> None:
    target = tmp_path / "nowhere" / f"report.{shape}"
    with pytest.raises(CommandError) as caught:
        export(open_desk(world.queue), target, shape)
    assert caught.value.fault is CommandFault.NOT_WRITTEN
    assert caught.value.facts["file"] == target.name


@pytest.mark.parametrize(("period", "shape"), [("someday", "html"), ("2026-W47", "docx")])
def test_what_is_no_period_or_no_shape_is_refused(
    world: World, open_desk: OpenDesk, tmp_path: Path, period: str, shape: str
) -> None:
    with pytest.raises(CommandError) as caught:
        export(open_desk(world.queue), tmp_path / "x", shape, period)
    assert caught.value.fault is CommandFault.BAD_INPUT


def test_a_report_is_for_its_owner_only(world: World, open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(world.queue)
    for shape in ("html", "csv", "pdf"):
        target = tmp_path / f"report.{shape}"
        for file in export(desk, target, shape)["files"]:
            assert Path(file).stat().st_mode & 0o077 == 0


def test_words_are_made_safe_for_a_page() -> None:
    assert safe("a<b>&\"'\u202e\x07\nc") == "a&lt;b&gt;&amp;&quot;&#x27; c"


@pytest.mark.parametrize("shape", ["html", "csv"])
def test_a_page_quotes_no_network_whose_words_may_not_stay(
    world: World, open_desk: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shape: str
) -> None:
    desk, target = open_desk(world.queue), tmp_path / f"report.{shape}"
    networks = {row["network"] for row in read_csv_of(desk, tmp_path / "all.csv")}
    quoted = [
        q["text"] for q in answer_of(desk.do(MakeReport("2026-11"))).answer["figures"]["quotes"]
    ]
    assert quoted
    monkeypatch.setattr(report_errands, "not_quoted", lambda used: tuple(networks))
    monkeypatch.setattr(report_errands, "not_exported", lambda used: tuple(networks))
    files = export(desk, target, shape, "2026-11")["files"]
    shown = "".join(Path(file).read_text("utf-8") for file in files)
    assert not any(text in shown for text in quoted)
