"""Templates in from a file and out to one; how they are used."""

import pytest

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.replies.template_use import TemplateUse
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.engine.queries.templates import ReadTemplateUse
from socialdesk.ui.templates.checks import problems, slot_line
from socialdesk.ui.templates.files import ask_export, ask_import
from socialdesk.ui.templates.screen import TemplatesScreen
from tests.ui.compose.looks import shoot, unnamed
from tests.ui.fake_desk import NOW, FakeDesk

USES = [
    TemplateUse(1, "Late delivery", "Delivery", 40, 12, 34.0, (("en", 30), ("ru", 10)), NOW),
    TemplateUse(2, "Thanks", "", 21, 21, -1, (("kk", 21),), NOW),
]


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk()
    for query in (q.ListTemplates, q.ListVersions, q.ListPeople):
        made.answers[query] = []
    made.answers[ReadTemplateUse] = USES
    made.outcomes[c.InstallPack] = {"versions": [[1, "a"], [2, "b"]]}
    made.outcomes[c.ExportTemplates] = {"path": "packs/out.toml", "n": 2}
    return made


@pytest.fixture
def screen(qtbot, desk, theme):
    made = TemplatesScreen(desk, None)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    return made


def test_a_pack_comes_in_and_it_is_said_that_it_is_not_approved(qtbot, desk, screen):
    screen._import("packs/in.toml")
    assert desk.commands == [c.InstallPack("packs/in.toml")]
    qtbot.waitUntil(lambda: "2 texts came in" in screen._notice.text)
    assert "approve" in screen._notice.text


def test_templates_go_out_and_a_refusal_is_told(qtbot, desk, screen):
    screen._export("packs/out.toml")
    qtbot.waitUntil(lambda: "2 templates are in" in screen._notice.text)
    desk.outcomes[c.ExportTemplates] = CommandError(CommandFault.BAD_INPUT, what="out.toml")
    screen._export("packs/out.toml")
    qtbot.waitUntil(lambda: "out.toml" in screen._notice.text)


def test_the_dialogs_ask_for_packs(qtbot, screen):
    for ask in (ask_import, ask_export):
        chosen: list[str] = []
        dialog = ask(screen, chosen.append)
        assert "*.toml" in dialog.nameFilters()[0]
        dialog.close()
        assert chosen == []


def test_the_report_says_what_is_changed_more_often_than_not(qtbot, desk, screen, theme):
    screen._show_use()
    qtbot.waitUntil(lambda: screen._use._table.rowCount() == 2)
    shoot(theme, screen, "templates-use")
    cells = [screen._use._table.item(0, n).text() for n in range(5)]
    assert cells[:4] == ["Delivery / Late delivery", "40", "30 %", "34 characters"]
    assert "Late delivery" in screen._use._said.text()
    assert "Thanks" not in screen._use._said.text()
    assert unnamed(screen) == []


def test_the_words_say_what_may_be_filled_in():
    assert "size (S / M)" in slot_line("{size:S|M} {n:number}")
    assert "n (a number)" in slot_line("{size:S|M} {n:number}")
    assert problems("It is {a:date} or {a:time}.")
    assert not problems("It is {a:date}, {a}.")
