"""The go-kit: everything that is prepared, on paper, and nothing that is not ours."""

from html import unescape
from html.parser import HTMLParser

import pytest

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.playbooks.playbook import LANGS, blocks_of
from socialdesk.engine.commands.playbooks import ExportGoKit, SavePlaybook
from socialdesk.engine.go_kit.paper import page, read_kit
from socialdesk.i18n import set_language
from socialdesk.store import settings
from tests.domain.playbooks.test_playbook_check import common, playbooks

NASTY = '<img src="http://tracker.example/x.png"> & \u202eevil'


@pytest.fixture
def audience(bench):
    """An audience with a name that would be HTML."""

    def write(tx):
        tx.conn.execute(
            "INSERT INTO audience(name, kind, channel, address, contact, spokesperson, tested_at)"
            " VALUES(?, 'staff', 'phone', '+7 700 000 00 00', 'Dana', 'Aliya', ?)",
            (NASTY, tx.now),
        )

    bench.desk._writer.submit(write).result()


class Reader(HTMLParser):
    """Words and tags of a page."""

    def __init__(self):
        super().__init__()
        self.words, self.tags = [], []

    def handle_data(self, data):
        self.words.append(data)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def read(html):
    found = Reader()
    found.feed(html)
    return " ".join(" ".join(found.words).split()), found.tags


def kit_of(bench):
    return bench.desk._readers.here(lambda conn: read_kit(conn, bench.clock.now))


@pytest.mark.parametrize("for_paper", [False, True])
def test_every_first_statement_step_and_fact_is_in_it(bench, for_paper):
    html = page(kit_of(bench), for_paper=for_paper)
    whole = unescape(html.replace("<b>", "").replace("</b>", ""))
    for playbook in playbooks():
        for lang in LANGS:
            text = " ".join(t for _, t in blocks_of("first", lang, playbook, common()))
            assert text in whole
            assert playbook.holding[lang].short in whole
        assert all(step.text["en"] in whole for step in playbook.steps)
        assert all(fact.text["en"] in whole for fact in playbook.facts)
        assert all(clock.text["en"] in whole for clock in playbook.clocks)
    assert all(question.text["en"] in whole for question in common().second_look)


def test_contacts_and_who_speaks_are_in_it(bench, audience):
    words, tags = read(page(kit_of(bench)))
    assert "+7 700 000 00 00" in words and "Dana" in words and "Aliya" in words
    assert "tracker.example" in words  # as a text
    assert not [tag for tag, _ in tags if tag in {"img", "script", "link", "iframe", "a"}]
    assert "\u202e" not in words


def test_without_contacts_there_is_room_to_write(bench):
    words, _ = read(page(kit_of(bench)))
    assert "Nobody is listed yet" in words


def test_kazakh_carries_the_note_until_somebody_read_it(bench):
    note = "Қазақша (not yet read by a native speaker)"
    n = page(kit_of(bench)).count(note)
    assert n == 9
    bench.desk.do(SavePlaybook("outage", "1.0.0", reviewed=LANGS)).result()
    assert page(kit_of(bench)).count(note) == n - 1


def test_own_words_are_printed(bench):
    edit = ("holding.sorry", "en", "We are truly sorry: {what}.")
    bench.desk.do(SavePlaybook("outage", "1.0.0", (edit,))).result()
    assert "We are truly sorry: <b>{what}</b>." in page(kit_of(bench))


def test_a_drill_says_so_first(bench):
    assert "<h1>Go-kit" in page(kit_of(bench))
    bench.desk._writer.submit(lambda tx: settings.put(tx, "drill_now", "{}")).result()
    assert "<h1>DRILL" in page(kit_of(bench))


def test_steps_are_in_the_language_of_the_interface(bench):
    set_language("ru")
    try:
        html = page(kit_of(bench))
    finally:
        set_language("en")
    assert "Запишите обходной способ" in html and "Write down a workaround" not in html


@pytest.mark.parametrize(("shape", "head"), [("html", b"<!DOCTYPE html>"), ("pdf", b"%PDF-")])
def test_it_is_written_as_a_file(bench, audience, tmp_path, shape, head):
    target = tmp_path / f"go-kit.{shape}"
    done = bench.desk.do(ExportGoKit(str(target), shape)).result()
    assert done.answer["files"] == [str(target)]
    assert target.read_bytes().startswith(head)
    assert target.stat().st_size > 20_000


@pytest.mark.parametrize(("path", "shape"), [("kit.pdf", "pdf"), ("/kit.doc", "doc")])
def test_a_wrong_path_or_kind_is_refused(bench, path, shape):
    with pytest.raises(CommandError) as told:
        bench.desk.do(ExportGoKit(path, shape)).result()
    assert told.value.fault is CommandFault.BAD_INPUT


def test_a_folder_that_is_not_there_is_told(bench, tmp_path):
    with pytest.raises(CommandError) as told:
        bench.desk.do(ExportGoKit(str(tmp_path / "gone" / "kit.html"), "html")).result()
    assert told.value.fault is CommandFault.NOT_WRITTEN
