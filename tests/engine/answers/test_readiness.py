"""How ready a team is: each line red when never done, amber when partly or long ago."""

from typing import Any

import pytest

from socialdesk.domain.crisis.approval import Look, TeamMode
from socialdesk.domain.crisis.crisis_rows import AudienceRow
from socialdesk.domain.crisis.limits import CrisisLimits
from socialdesk.domain.crisis.readiness import (
    DAY_MS,
    STALE_MS,
    Facts,
    Level,
    QuietLine,
    readiness,
    worst,
)
from socialdesk.domain.playbooks.playbook import COMMON_ID, LANGS, TYPES
from socialdesk.engine.commands import SetSetting
from socialdesk.engine.commands.playbooks import MarkPlaybookRead, SavePlaybook
from socialdesk.engine.commands.statements import (
    GiveLook,
    PrepareLine,
    SaveAudience,
    SetNotifyAddress,
)
from socialdesk.engine.queries.playbooks import ReadPrepared
from socialdesk.engine.queries.readiness import ListQuietLines, ReadReadiness
from socialdesk.engine.words.readiness import level_words, page_words, ready_words
from socialdesk.store import approvals, journal
from socialdesk.store.crisis import lines
from socialdesk.store.crisis.lines import NewLine
from tests.engine.keyring import Keyring

NOW = 1_800_000_000_000
OLD = NOW - STALE_MS - 1
LINE = QuietLine("common", "ack", "en", "We are on it.", False, NOW)


def an_audience(n=1, kind="staff", **more):
    values: dict[str, Any] = {
        "channel": "email", "address": "a@shop.example", "lang": "en", "contact": "",
        "spokesperson": "Aliya", "tested_at": NOW,
    } | more  # fmt: skip
    return AudienceRow(n, f"Audience {n}", kind, **values)


def facts(**changes):
    """Everything in order, but for `changes`."""
    values: dict[str, Any] = {
        "read_at": {"outage": NOW, "recall": NOW}, "unreviewed": {"en": 0, "kk": 0},
        "mode": TeamMode.SOLO, "n_people": 1, "n_pins": 0, "audiences": [an_audience()],
        "drill_at": NOW, "drill_total": 88, "lines": [LINE],
    }  # fmt: skip
    return Facts(**values | changes)


def level(key, **changes):
    return next(line.level for line in readiness(facts(**changes), NOW) if line.key == key)


def test_a_team_that_did_everything_is_ready():
    lines = readiness(facts(), NOW)
    assert {line.level for line in lines} == {Level.OK}
    assert worst(lines) is Level.OK
    assert not any(ready_words(line).todo for line in lines)


@pytest.mark.parametrize(
    ("key", "changes", "expected"),
    [
        ("playbooks", {"read_at": {"outage": 0, "recall": 0}}, Level.RED),
        ("playbooks", {"read_at": {"outage": NOW, "recall": 0}}, Level.AMBER),
        ("playbooks", {"read_at": {"outage": OLD, "recall": OLD}}, Level.AMBER),
        ("playbooks", {"read_at": {"outage": NOW - STALE_MS}}, Level.OK),
        ("native", {"unreviewed": {"en": 0, "kk": 9}}, Level.AMBER),
        ("people", {"mode": TeamMode.PAIR}, Level.RED),
        ("people", {"mode": TeamMode.PAIR, "n_people": 2}, Level.AMBER),
        ("people", {"mode": TeamMode.PAIR, "n_people": 2, "n_pins": 1}, Level.AMBER),
        ("people", {"mode": TeamMode.PAIR, "n_people": 3, "n_pins": 2}, Level.OK),
        ("audiences", {"audiences": []}, Level.RED),
        ("audiences", {"audiences": [an_audience(kind="press")]}, Level.AMBER),
        ("audiences", {"audiences": [an_audience(address="")]}, Level.AMBER),
        ("audiences", {"audiences": [an_audience(address="", channel="in_person")]}, Level.OK),
        ("spokesperson", {"audiences": []}, Level.RED),
        ("spokesperson", {"audiences": [an_audience(spokesperson="")]}, Level.RED),
        ("spokesperson", {"audiences": [an_audience(), an_audience(2, spokesperson="")]},
         Level.AMBER),
        ("services", {"audiences": [an_audience(channel="notify")]}, Level.RED),
        ("services", {"audiences": [an_audience(channel="notify")], "served": {1}}, Level.OK),
        ("services", {"audiences": [an_audience(channel="notify"),
                                    an_audience(2, channel="notify")], "served": {2}}, Level.AMBER),
        ("contacts", {"audiences": [an_audience(tested_at=0)]}, Level.RED),
        ("contacts", {"audiences": [an_audience(tested_at=OLD)]}, Level.AMBER),
        ("contacts", {"audiences": [an_audience(), an_audience(2, tested_at=0)]}, Level.AMBER),
        ("lines", {"lines": [QuietLine("common", "ack", "en", "x", False)]}, Level.RED),
        ("lines", {"lines": [LINE, QuietLine("common", "ack", "ru", "x", False)]}, Level.AMBER),
        ("lines", {"lines": [QuietLine("common", "ack", "en", "x", False, NOW, NOW + DAY_MS)]},
         Level.AMBER),
        ("drill", {"drill_at": 0}, Level.RED),
        ("drill", {"drill_at": OLD}, Level.AMBER),
        ("drill", {"drill_at": NOW - STALE_MS}, Level.OK),
    ],
)  # fmt: skip
def test_each_line_by_what_was_done_and_when(key, changes, expected):
    lines = readiness(facts(**changes), NOW)
    line = next(line for line in lines if line.key == key)
    assert line.level is expected
    said = ready_words(line)
    assert said.said.endswith(".")
    assert bool(said.todo) is (expected is not Level.OK) or key == "contacts"
    assert worst(lines) is not Level.OK or expected is Level.OK


def test_the_page_says_the_worst_of_its_lines():
    assert worst(readiness(facts(drill_at=0), NOW)) is Level.RED
    assert len({page_words(one) for one in Level}) == len({level_words(one) for one in Level}) == 3


def by_key(bench):
    return {line.key: line for line in bench.desk.ask(ReadReadiness()).result()}


def test_a_fresh_workspace_is_not_ready_and_says_why(bench):
    lines = by_key(bench)
    red = {key for key, line in lines.items() if line.level is Level.RED}
    assert red == {"playbooks", "audiences", "spokesperson", "contacts", "lines", "drill"}
    assert lines["native"].facts == {"langs": "kk", "n": len(TYPES) + 1}


def test_a_notify_service_is_ready_once_its_address_is_given(bench):
    def do(command):
        return bench.desk.do(command).result().answer

    bench.desk.connections.secrets = Keyring()
    assert by_key(bench)["services"].facts == {"n": 0, "of": 0}
    assert ready_words(by_key(bench)["services"]).said == "Nobody is told through one."
    staff = do(SaveAudience("Staff", "staff", channel="notify", address="ntfy.example"))
    assert by_key(bench)["services"].facts == {"n": 0, "of": 1}  # typed there, it reaches nobody
    address = "ntfys://key@ntfy.example/shop"
    shown = do(SetNotifyAddress(staff["audience_id"], address))["shown"]
    assert by_key(bench)["services"].level is Level.OK
    do(SaveAudience("Our staff", "staff", staff["audience_id"], channel="notify", address=shown))
    assert by_key(bench)["services"].facts == {"n": 1, "of": 1}
    do(SetNotifyAddress(staff["audience_id"], ""))
    assert by_key(bench)["services"].facts == {"n": 0, "of": 0}  # they are told in no way any more


def test_reading_counts_until_the_words_change(bench):
    for playbook in (*TYPES, COMMON_ID):
        bench.desk.do(MarkPlaybookRead(playbook, "1.0.0")).result()
    assert by_key(bench)["playbooks"].level is Level.OK
    bench.desk.do(SavePlaybook("outage", "1.0.0", (("title", "en", "New"),))).result()
    assert by_key(bench)["playbooks"].facts["n"] == len(TYPES)
    assert by_key(bench)["playbooks"].level is Level.AMBER


def lines_of(bench):
    return bench.desk.ask(ListQuietLines()).result()


def test_quiet_lines_are_those_without_a_claim_and_those_of_safety(bench):
    found = {(line.playbook, line.line) for line in lines_of(bench)}
    assert ("common", "ack") in found and ("tragedy", "family") in found
    assert ("common", "impostor") not in found and ("outage", "back") not in found
    assert len(lines_of(bench)) == len(found) * len(LANGS)


def approve(bench, line, *, ends_at=0, kind=Look.PERSON_AWAY):
    """Fix its words and look at them; the row."""

    def write(tx):
        new = NewLine(0, line.playbook, line.line, line.lang, line.text, False, line.is_safety)
        fixed = lines.prepare(tx, new, 1)
        if kind is not None:
            until = ends_at or tx.now + CrisisLimits().quiet_lines_days * DAY_MS
            approvals.add(tx, "line", fixed.id, fixed.hash, 1, kind, ends_at=until)
        return fixed.id

    return bench.desk._writer.submit(write).result()


def test_a_line_is_approved_by_its_exact_words_as_long_as_the_look_counts(bench):
    first, second, third, *_ = lines_of(bench)
    row = approve(bench, first)
    approve(bench, second, ends_at=bench.clock.now + 1_000)
    approve(bench, third, kind=None)
    assert [line.is_approved for line in lines_of(bench)[:3]] == [True, True, False]
    bench.clock.advance(2)
    assert [line.is_approved for line in lines_of(bench)[:3]] == [True, False, False]
    bench.desk._writer.submit(lambda tx: approvals.end(tx, "line", row, "x")).result()
    assert not any(line.is_approved for line in lines_of(bench))


def test_a_look_that_is_not_enough_does_not_count(bench):
    bench.desk.do(SetSetting("team_mode", "pair")).result()
    first, second, *_ = lines_of(bench)
    approve(bench, first, kind=Look.SELF_COOLDOWN)
    approve(bench, second, kind=Look.PERSON_AWAY)
    assert [line.is_approved for line in lines_of(bench)[:2]] == [False, True]


def test_a_line_that_was_fixed_says_by_whom_and_when(bench):
    row = approve(bench, lines_of(bench)[0], kind=None)
    first, second, *_ = lines_of(bench)
    assert (first.line_id, first.author_id, first.prepared_at) == (row, 1, bench.clock.now)
    assert first.author and len(first.hash) == 64
    assert (second.line_id, second.hash) == (0, "")


def test_new_words_are_not_approved(bench):
    first = lines_of(bench)[0]
    approve(bench, first)
    edit = SavePlaybook("common", "1.0.0", ((f"line.{first.line}", first.lang, first.text + "!"),))
    bench.desk.do(edit).result()
    assert not lines_of(bench)[0].is_approved


def test_a_pin_counts_until_it_is_removed(bench):
    def note(kind):
        bench.desk._writer.submit(
            lambda tx: journal.append(tx, kind, {"of": 1}, person=1)
        ).result()  # fmt: skip
        return by_key(bench)["people"].facts["pins"]

    assert [note("pin_set"), note("pin_right"), note("pin_removed"), note("pin_set")] == [
        1,
        1,
        0,
        1,
    ]


def test_a_line_is_looked_at_in_quiet_times_by_the_same_rule(bench):
    """From the page's button to the page's word, through the commands of the second look."""
    first = lines_of(bench)[0]
    fixed = bench.desk.do(PrepareLine(0, first.playbook, first.line, first.lang)).result().answer
    keys = [question.key for question in bench.desk.ask(ReadPrepared()).result().common.second_look]
    look = GiveLook(
        "line", int(fixed["line_id"]), str(fixed["hash"]), "person_away", person=1,
        how="Dana, by telephone", answers=tuple((key, "yes") for key in keys),
    )  # fmt: skip
    bench.desk.do(look).result()
    now = bench.clock.now
    line = lines_of(bench)[0]
    assert line.is_approved and line.ends_at - now == 180 * DAY_MS
    assert by_key(bench)["lines"].facts["n"] == 1
    bench.clock.advance(181 * 24 * 3_600)
    assert not lines_of(bench)[0].is_approved
