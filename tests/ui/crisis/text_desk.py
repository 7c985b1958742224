"""What the tests of an incident's texts read: an outage, its facts, texts, people and accounts;
and the panel that they are written in."""

from dataclasses import replace
from typing import Any

from socialdesk.domain.account import AccountState, Can, Card
from socialdesk.domain.crisis.crisis_rows import (
    AudienceRow,
    CheckRow,
    FactRow,
    LookRow,
    Standing,
    StatementRow,
    VersionText,
)
from socialdesk.domain.crisis.incident import Incident, IncidentState, Scope, Severity
from socialdesk.domain.length.length import LengthRule, Unit
from socialdesk.domain.mentions.mention import Author
from socialdesk.domain.playbooks.playbook_sheet import Prepared
from socialdesk.domain.queue.rows import AccountRow, PersonRow
from socialdesk.engine import playbooks
from socialdesk.engine import queries as q
from socialdesk.engine.commands.statements import SaveStatement
from socialdesk.engine.desk import Done
from socialdesk.engine.queries import crisis as cq
from socialdesk.engine.queries.playbooks import ReadPrepared
from socialdesk.ui.crisis.text.panel import TextPanel
from tests.ui.driving import NO_PARENT
from tests.ui.fake_desk import MINUTE, NOW, FakeDesk

POST = Can.FETCH | Can.REPLY | Can.POST | Can.MEDIA
SHOP = AccountRow(
    1, "mastodon", "@shop", "pond.example", AccountState.ON,
    card=Card(Author("1", "shop"), POST, LengthRule(500, Unit.GRAPHEME)),
)  # fmt: skip
SKY = AccountRow(
    2, "bluesky", "@shop.test", "sky.example", AccountState.ON,
    card=Card(Author("2", "shop"), POST, LengthRule(300, Unit.GRAPHEME)),
)  # fmt: skip
FEED = AccountRow(3, "feeds", "blog", "blog.example", AccountState.ON)
DIGEST = "a1b2c3d4e5f60718" * 4


def an_incident(**changes: Any) -> Incident:
    """SEV1 outage, declared two minutes ago."""
    incident = Incident(
        7, "INC-2026-0001", IncidentState.DECLARED, "Payments do not work", "outage", "1.0.0",
        "accidental", Severity.SEV1, scope=Scope(languages=("en", "ru", "kk")),
        declared_at=NOW - 2 * MINUTE, roles={"commander": 1},
    )  # fmt: skip
    return replace(incident, **changes)


def a_fact(number: int = 1, **changes: Any) -> FactRow:
    fact = FactRow(number, f"f{number}", "holding", f"What is down {number}?", "", "", "open", 0, 3)
    return replace(fact, **changes)


def a_check(number: int = 1, **changes: Any) -> CheckRow:
    return replace(CheckRow(number, NOW, "Aliya", "system", f"log {number}", "yes"), **changes)


def a_look(kind: str = "self_cooldown", **changes: Any) -> LookRow:
    look = LookRow(1, kind, "Aliya", NOW, NOW + 240 * MINUTE, cooldown_ms=3 * MINUTE)
    return replace(look, **changes)


def a_version(number: int = 11, **changes: Any) -> VersionText:
    version = VersionText(
        number, 1, "en", "We are sorry. Paying does not work.", DIGEST,
        (("sorry", "We are sorry."), ("know", "{what} does not work.")), (("what", "Paying"),),
        (1,), (), NOW + 30 * MINUTE, "Aliya", 1, NOW - 5 * MINUTE,
    )  # fmt: skip
    return replace(version, **changes)


def a_statement(number: int = 5, **changes: Any) -> StatementRow:
    row = StatementRow(number, "first", 0, "", 0, 0, "", NOW - 5 * MINUTE, 0, (a_version(),))
    return replace(row, **changes)


def an_audience(kind: str = "staff", **changes: Any) -> AudienceRow:
    row = AudienceRow(1, "Everybody who works here", kind, "email", "all@shop.example", "en",
                      "Aliya", "help@shop.example", 0, is_in_incident=True)  # fmt: skip
    return replace(row, **changes)


def text_desk(incident: Incident | None = None) -> FakeDesk:
    """With the playbooks that ship."""
    made = FakeDesk()
    incident = incident or an_incident()
    prepared = Prepared(
        playbooks.shipped_common(), (playbooks.shipped_playbook("outage"),)
    )  # fmt: skip
    made.answers.update({
        cq.ReadIncident: incident, ReadPrepared: prepared, cq.ListFacts: [], cq.ListStatements: [],
        cq.ReadStanding: [Standing(incident, NOW + 20 * MINUTE, commander="Aliya")],
        cq.ListAudiences: [an_audience()], cq.ReadLock: None,
        q.ListAccounts: [SHOP, SKY, FEED], q.ListPeople: [PersonRow(1, "Aliya", True),
                                                           PersonRow(2, "Bota")],
    })  # fmt: skip
    return made


def writing_desk() -> FakeDesk:
    """With a confirmed fact and an open one; what is saved becomes version 11 of statement 5."""
    made = text_desk()
    made.answers[cq.ListFacts] = [
        a_fact(1, state="confirmed", claim="Paying by card does not work.", n_checks=3),
        a_fact(2, question="Is any data lost?"),
    ]
    saved = {"statement_id": 5, "version_id": 11, "hash": "ab" * 32}
    made.outcomes[SaveStatement] = lambda _: Done(answer=saved)
    return made


def shown_panel(qtbot: Any, desk: FakeDesk) -> TextPanel:
    """Of incident 7, read and with the keys' focus."""
    made = TextPanel(desk, 7, lambda: NOW, NO_PARENT)
    qtbot.addWidget(made)
    made.resize(1150, 640)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(lambda: made._known.incident is not None)
    return made


def fill(panel: TextPanel, **values: str) -> None:
    """Into the places of the text that is being written."""
    for name, value in values.items():
        field = panel._pane._form._fields[name]
        field.setText(value)  # QTest types ASCII only
        field.textEdited.emit(value)
