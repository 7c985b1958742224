"""Drills: what the sandbox has and has not, what is noted, how one ends and what is kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from socialdesk.app import engine_lock
from socialdesk.domain.crisis.incident import Severity
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandError
from socialdesk.domain.queue.rows import Order, OutboxRow, View
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.commands import (
    AddPerson,
    ApproveVersion,
    SaveTemplate,
    SendReply,
    SetSetting,
)
from socialdesk.engine.commands.crisis import Declare, Suspect
from socialdesk.engine.commands.drills import EndDrill, StartDrill
from socialdesk.engine.commands.reports import ExportReport
from socialdesk.engine.drills.sandbox import stream_of
from socialdesk.engine.queries import (
    ListAccounts,
    ListMentions,
    ListOutbox,
    ListPeople,
    ListTemplates,
    ReadSettings,
)
from socialdesk.engine.queries.crisis import ListIncidents
from socialdesk.engine.queries.drills import ReadDrill
from socialdesk.engine.words.drills import drill_file, drill_marked, score_text
from socialdesk.store import journal
from socialdesk.store.file.reader import Readers
from tests.engine.drills.drill_bench import DrillBench, drill_benches


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[DrillBench]:
    yield from drill_benches(tmp_path / "main")


def declare(playbook: str = "outage", severity: int = 1) -> Declare:
    return Declare("Tills are down", playbook, severity, commander=1)


def test_a_sandbox_has_texts_people_and_settings_and_nobody_elses_words(bench: DrillBench):
    made = bench.real.do(SaveTemplate("hours", "We open at 7:30.", "en")).result().answer
    bench.real.do(ApproveVersion(made["version_id"], made["hash"])).result()
    bench.real.do(AddPerson("Bea")).result()
    bench.real.do(SetSetting("theme", "dark")).result()
    bench.real.do(SetSetting("sender", "off")).result()
    drill = bench.open()
    names = [row.name for row in drill.ask(ListTemplates()).result()]
    assert names == ["hours"]
    assert [row.name for row in drill.ask(ListPeople()).result()] == ["Bea", "Owner"]
    kept = drill.ask(ReadSettings()).result()
    assert kept["theme"] == "dark" and "sender" not in kept
    assert kept["workspace_id"] != bench.real.ask(ReadSettings()).result()["workspace_id"]
    assert drill.ask(ListOutbox(only_open=False, only_approval=True)).result() == []


def sent(bench: DrillBench) -> list[OutboxRow]:
    assert bench.drill is not None
    rows = bench.drill.ask(ListOutbox(only_open=False)).result()
    return [row for row in rows if row.state is OutboxState.SENT]


def test_replies_planned_for_a_usual_day_leave_unless_somebody_declares(bench: DrillBench):
    drill = bench.open("viral-complaint", speed=10)
    (planned, *_) = drill.ask(ListOutbox(only_open=False)).result()
    assert planned.state is OutboxState.HELD
    bench.pass_s(13 * 60)
    assert [row.text[:5] for row in sent(bench)] == ["Thank"]
    drill.do(declare("viral-complaint")).result()
    bench.pass_s(15 * 60)
    assert [row.text[:5] for row in sent(bench)] == ["Thank"]
    bench.end()
    held = next(part for part in bench.past()[0].score.parts if part.key == "held")
    assert (held.points, held.n, held.of) == (10, 0, 2)


def test_four_weeks_lie_before_it_filed_as_done(bench: DrillBench):
    drill = bench.open()
    everything = drill.ask(ListMentions(View.ALL, "", Order.NEWEST, limit=10_000)).result()
    assert 400 <= len(everything.ids) <= 900
    assert len(drill.ask(ListMentions(View.NEEDS_REPLY, "", Order.NEWEST)).result().ids) == 0
    (account,) = drill.ask(ListAccounts()).result()
    assert account.network == "mastodon"
    assert len(account.watches) == 3


def test_the_stream_runs_at_its_speed_and_so_do_the_timers(bench: DrillBench):
    drill = bench.open(speed=10)
    real_before = bench.clock.now
    bench.pass_s(300)
    assert bench.clock.now - real_before == pytest.approx(30_000, abs=50)
    assert bench.now - bench.read().began_at == pytest.approx(300_000, abs=500)
    ids = drill.ask(ListMentions(View.NEEDS_REPLY, "", Order.NEWEST)).result().ids
    assert len(ids) >= 5


def test_each_send_is_noted_and_told_as_r40_and_goes_on_as_if_sent(bench: DrillBench):
    drill = bench.open()
    bench.pass_s(300)
    mention = int(drill.ask(ListMentions(View.NEEDS_REPLY, "", Order.NEWEST)).result().ids[0])
    drill.do(SendReply(mention, "Thank you, we look into it.", is_sure=True)).result()
    bench.pass_s(60)
    (row,) = sent(bench)
    assert bench.stage is not None and bench.stage.recorder.n_sends == 1
    (told,) = [notice for notice in bench.notices if notice.code == "R40"]
    assert told.facts["text"] == (f"Drill: nothing is sent. «{row.text}» was noted for the score.")
    assert bench.kinds(bench.sandbox.database).count("refused") == 1


def test_a_drill_does_not_start_while_an_incident_is_open(bench: DrillBench):
    made = bench.real.do(Suspect("Something is wrong")).result().answer
    with pytest.raises(CrisisRefusedError) as refusal:
        bench.real.do(StartDrill("outage")).result()
    assert refusal.value.code == "R41"
    assert refusal.value.facts["id"] == made["code"]
    assert not bench.place.drills.exists()


@pytest.mark.parametrize("command", [StartDrill("flood"), StartDrill("outage", 3)])
def test_what_is_no_drill_is_refused(bench: DrillBench, command: StartDrill):
    with pytest.raises(CommandError):
        bench.real.do(command).result()


def test_a_drill_that_was_ended_is_kept_in_one_row_with_its_log(bench: DrillBench):
    drill = bench.open(speed=10)
    bench.pass_s(6 * 60)
    drill.do(declare()).result()
    bench.pass_s(60)
    total = bench.end()
    (past,) = bench.past()
    assert past.score.total == total == sum(part.points for part in past.score.parts)
    assert (past.stream, past.speed, past.why_ended) == ("outage", 10, "person")
    assert past.severity is Severity.SEV1
    declared = past.score.parts[0]
    assert (declared.key, declared.n, declared.points) == ("declare", 2, 20)
    assert bench.kinds(bench.place.database).count("drill_ended") == 1
    (row,) = bench.real.ask(ListIncidents()).result()
    assert row.is_drill and row.is_drill_record and not row.is_open
    readers = Readers(bench.place.database)
    assert readers.here(journal.verify) is None
    readers.close()
    assert bench.real.ask(ReadDrill()).result() is None


def test_ending_twice_changes_nothing(bench: DrillBench):
    bench.open()
    bench.pass_s(10)
    bench.end()
    bench.end()
    assert len(bench.past()) == 1
    assert bench.real.do(EndDrill()).result().answer["total"] == -1


def test_after_its_end_nothing_is_fetched_or_sent_any_more(bench: DrillBench):
    drill = bench.open()
    bench.pass_s(200)
    mention = int(drill.ask(ListMentions(View.NEEDS_REPLY, "", Order.NEWEST)).result().ids[0])
    drill.do(SendReply(mention, "We are on it.", is_sure=True)).result()
    bench.end()
    before = len(drill.ask(ListMentions(View.ALL, "", Order.NEWEST, limit=10_000)).result().ids)
    bench.pass_s(600)
    after = len(drill.ask(ListMentions(View.ALL, "", Order.NEWEST, limit=10_000)).result().ids)
    assert before == after
    assert bench.stage is not None and bench.stage.recorder.n_sends == 0


def test_a_real_declaration_ends_the_drill_and_keeps_its_log(bench: DrillBench):
    bench.open()
    bench.pass_s(240)
    bench.close_drill()  # its process does not answer: the real engine reads its file
    bench.real.do(declare()).result()
    bench.real.clockwork.turn()
    (past,) = bench.past()
    assert past.why_ended == "declared"
    assert bench.sandbox.database.exists()


def test_a_drill_whose_window_died_is_kept_after_a_while(bench: DrillBench):
    bench.open()
    bench.pass_s(60)
    bench.close_drill()
    bench.real.clockwork.turn()
    assert bench.past() == []
    bench.clock.advance(120)
    bench.real.clockwork.turn()
    (past,) = bench.past()
    assert past.why_ended == "gone"


def test_past_drills_make_the_benchmark_of_the_next(bench: DrillBench):
    bench.open()
    bench.pass_s(10)
    bench.end()
    bench.close_drill()
    bench.open("recall")
    assert bench.read().past == (0,)
    assert "0 points" in score_text("recall", bench.past()[0].score, (0,))


def test_what_leaves_a_drill_begins_with_the_word():
    assert drill_marked("Sorry.") == "DRILL · Sorry."
    assert drill_marked(drill_marked("Sorry.")) == "DRILL · Sorry."


def test_a_next_drill_leaves_the_window_with_the_last_score_alone(bench: DrillBench):
    first = bench.start()
    bench.real.do(EndDrill()).result()
    with engine_lock(first):
        second = bench.start()
        assert first.database.exists() and first != second
    bench.real.do(EndDrill()).result()
    bench.clock.advance(1)
    third = bench.start()
    assert [place.folder.exists() for place in (first, second, third)] == [False, False, True]


def test_minute_0_of_stream_and_drill_are_one_however_late_the_window_opens(bench: DrillBench):
    path = str(bench.real.do(StartDrill("outage", 4)).result(30).answer["path"])
    bench.clock.advance(3_600)
    drill = bench.open_at(path)
    bench.pass_s(stream_of("outage").onset_ms / 1000 - 5)
    before = drill.ask(ListMentions(View.NEEDS_REPLY, "", Order.NEWEST)).result().ids
    bench.pass_s(40)
    after = drill.ask(ListMentions(View.NEEDS_REPLY, "", Order.NEWEST)).result().ids
    assert 1 <= len(before) <= 2 and len(after) > len(before)


def test_a_drill_that_is_still_starting_when_a_real_crisis_comes_is_over_at_once(
    bench: DrillBench,
):
    path = str(bench.real.do(StartDrill("outage")).result(30).answer["path"])
    bench.real.do(declare()).result()
    bench.real.clockwork.turn()
    assert bench.past() == []  # nothing was played
    bench.open_at(path)
    bench.turn()
    assert bench.read().ended_at and bench.read().why_ended == "declared"


def test_a_drill_holds_no_other(bench: DrillBench):
    drill = bench.open()
    with pytest.raises(CommandError):
        drill.do(StartDrill("outage")).result(30)


def test_a_file_written_in_a_drill_says_so_by_its_name(bench: DrillBench, tmp_path: Path):
    drill = bench.open()
    drill.do(ExportReport("today", str(tmp_path / "report.html"), "html")).result(30)
    assert [path.name for path in tmp_path.glob("*.html")] == ["DRILL-report.html"]
    bench.real.do(ExportReport("today", str(tmp_path / "real.html"), "html")).result(30)
    assert (tmp_path / "real.html").exists()
    assert drill_file("/x/DRILL-report.html") == "/x/DRILL-report.html"
    assert drill_file("") == ""
