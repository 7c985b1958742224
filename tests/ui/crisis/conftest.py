"""An incident on a scripted desk: what every screen of it is shown with."""

from dataclasses import replace

import pytest

from socialdesk.domain.account import AccountState
from socialdesk.domain.crisis.crisis_rows import (
    AudienceRow,
    DueRow,
    FlightRow,
    HeldRow,
    LinkedRow,
    LogRow,
    Review,
    Standing,
    StepRow,
    TaskRow,
)
from socialdesk.domain.crisis.incident import Incident, IncidentState, Severity
from socialdesk.domain.playbooks.playbook_sheet import Prepared
from socialdesk.domain.queue.rows import AccountRow, OutboxRow, PersonRow
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine import queries as q
from socialdesk.engine.playbooks import shipped_common, shipped_playbook
from socialdesk.engine.queries import crisis as cq
from socialdesk.engine.queries.playbooks import ReadPrepared
from tests.ui.fake_desk import MINUTE, NOW, FakeDesk, a_row

TYPES = ("outage", "recall", "breach", "misconduct", "offensive-post", "viral-complaint",
         "false-rumour", "tragedy")  # fmt: skip
PEOPLE = [PersonRow(1, "Aliya", is_here=True), PersonRow(2, "Timur"), PersonRow(3, "Данияр")]


def an_incident(state=IncidentState.HOLDING, **changes):
    base = Incident(
        id=1, code="INC-2026-0001", state=state, title="Card payments fail at every till",
        playbook="outage", playbook_version="1.0.0", cluster="accidental", severity=Severity.SEV2,
        roles={"commander": 1, "spokesperson": 2}, suspected_at=NOW - 34 * MINUTE,
        detected_at=NOW - 41 * MINUTE, declared_at=NOW - 29 * MINUTE,
        first_statement_at=NOW - 8 * MINUTE, holding_at=NOW - 8 * MINUTE, baseline_15m=1.5,
    )  # fmt: skip
    return replace(base, **changes)


def suspected(**changes):
    made = an_incident(
        IncidentState.SUSPECTED, severity=Severity.UNSAID, title="", playbook="", roles={},
        alert_kind="watch_words", alert_topic="outage", declared_at=0, first_statement_at=0,
        holding_at=0,
    )  # fmt: skip
    return replace(made, **changes)


def a_standing(incident, **changes):
    made = Standing(incident, n_mentions=14, n_held=3, commander="Aliya")
    return replace(made, **changes)


def some_held():
    return [
        HeldRow(n, n, "@dalacoffee", f"Ann {n}", f"Come and taste our new rye bread, Ann {n}!",
                NOW - 29 * MINUTE, NOW + 50 * MINUTE if n == 2 else 0, incident_id=1)
        for n in (1, 2, 3)
    ]  # fmt: skip


def some_steps():
    return [
        StepRow(1, "seen", "declared", "operator", "See the fault yourself, or on a second device.",
                NOW - 24 * MINUTE, NOW - 25 * MINUTE, "Aliya", "Seen on two phones."),
        StepRow(2, "staff", "declared", "commander", "Tell everybody at the tills what to say.",
                NOW - 9 * MINUTE, 0),
        StepRow(3, "workaround", "holding", "spokesperson", "Name a way that works: cash, the app.",
                NOW + 12 * MINUTE, 0),
        StepRow(4, "cause", "responding", "commander", "Ask who fixed it for the cause in writing.",
                0, 0),
    ]  # fmt: skip


def some_linked():
    return [
        LinkedRow(3, "safety", False, False, "Айгүл Сәрсенбаева", "My card was charged twice and "
                  "the terminal burned my hand", 120, NOW - 12 * MINUTE),
        LinkedRow(5, "press", True, False, "Dala Herald", "Are all shops hit? We print at six.",
                  41_000, NOW - 10 * MINUTE),
        LinkedRow(4, "complaint", False, True, "Sarah O'Neill", "Stood forty minutes for nothing",
                  80, NOW - 20 * MINUTE),
    ]  # fmt: skip


def some_audiences():
    return [
        AudienceRow(1, "Staff at the tills", "staff", "messenger", "", "ru", "Aliya", "Timur",
                    NOW - 40 * 24 * 60 * MINUTE, NOW - 20 * MINUTE, True),
        AudienceRow(2, "Suppliers", "partners", "email", "partners@dala.example", "en", "",
                    "Dana", 0, 0, True),
        AudienceRow(3, "City council", "authority", "phone", "+7 700 000 00 00", "kk", "", "",
                    0, 0, True),
    ]  # fmt: skip


def some_dues():
    return [
        DueRow(1, "public", "", NOW + 12 * MINUTE + 31_000, "open"),
        DueRow(2, "mention", "Sarah O'Neill", NOW - 3 * MINUTE, "late", 4),
        DueRow(3, "public", "", NOW - 9 * MINUTE, "kept", 0, NOW - 10 * MINUTE),
    ]


def some_log():
    return [
        LogRow(9, NOW - 5 * MINUTE, "Aliya", "log_note", {"text": "Bank called back."}),
        LogRow(8, NOW - 8 * MINUTE, "", "incident_moved", {"from": "declared", "to": "holding"}),
        LogRow(7, NOW - 29 * MINUTE, "Aliya", "incident_declared",
               {"title": "Card payments fail", "severity": 2, "n_held": 3, "playbook": "outage"}),
    ]  # fmt: skip


def some_review():
    tasks = (
        TaskRow(1, "A second payment provider", "Timur", 2, NOW + 9 * 24 * 60 * MINUTE),
        TaskRow(2, "Cash box at every till", "", 0, 0),
    )
    return Review({"cause": "A certificate of the bank ended."}, tasks)


@pytest.fixture
def desk():
    made = FakeDesk([a_row(n) for n in range(1, 8)])
    incident = an_incident()
    made.answers |= {
        q.ListPeople: PEOPLE,
        q.ListAccounts: [
            AccountRow(1, "mastodon", "@dalacoffee", "pond.example", AccountState.ON),
            AccountRow(2, "bluesky", "@dala.example", "sky.example", AccountState.ON),
        ],
        q.ListOutbox: [
            OutboxRow(n, n, OutboxState.QUEUED, "@dalacoffee", f"Ann {n}", "Words", NOW)
            for n in (1, 2, 3)
        ],
        ReadPrepared: Prepared(shipped_common(), tuple(map(shipped_playbook, TYPES))),
        cq.ReadStanding: [a_standing(incident, next_due_at=NOW + 12 * MINUTE + 31_000)],
        cq.ListIncidents: [incident],
        cq.ReadIncident: incident,
        cq.ListHeld: some_held(),
        cq.ListInFlight: [FlightRow(7, 7, "@dalacoffee", "Ann 7", "sent")],
        cq.ListSteps: some_steps(),
        cq.ListLinked: some_linked(),
        cq.ListAudiences: some_audiences(),
        cq.ListDues: some_dues(),
        cq.ReadLog: some_log(),
        cq.ReadReview: some_review(),
        cq.WhatStandDownWaitsFor: [("promises_open", 2), ("held_undecided", 1)],
        cq.WhatClosingWaitsFor: [("went_well", 0), ("went_badly", 0)],
    }
    return made
