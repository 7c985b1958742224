"""What time itself does: snoozes end, silence closes what waited, backups are made."""

from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.queue.rows import View
from socialdesk.engine.commands import SetStatus, Snooze
from tests.engine.conftest import Bench

DAY_S = 86_400.0


def turn_once(bench: Bench, seconds: float) -> None:
    """Time passes at once, and then the engine looks."""
    bench.clock.advance(seconds)
    bench.desk.clockwork.turn()
    bench.desk.settle()


def test_a_snooze_ends_open_at_the_top_and_marked(bench: Bench) -> None:
    row = bench.rows()[0]
    bench.desk.do(Snooze((row.id,), bench.clock.now + 3_600_000)).result()
    assert row.id in {r.id for r in bench.rows(View.SNOOZED)}
    turn_once(bench, 3_601)
    (woken,) = [r for r in bench.rows() if r.id == row.id]
    assert woken.status is Status.OPEN
    assert woken.is_woken


def test_what_waits_for_seven_days_without_a_word_is_done(bench: Bench) -> None:
    row = bench.rows()[0]
    bench.desk.do(SetStatus((row.id,), Status.WAITING.value)).result()
    turn_once(bench, 6 * DAY_S)
    assert row.id in {r.id for r in bench.rows(View.WAITING)}
    turn_once(bench, 1.1 * DAY_S)
    (done,) = bench.desk.rows([row.id])
    assert (done.status, done.disposition) == (Status.DONE, Disposition.QUIET)


def test_a_backup_is_made_every_day_and_seven_days_are_kept(bench: Bench) -> None:
    folder = bench.desk.backups
    for _ in range(12):
        turn_once(bench, DAY_S)
    made = sorted(p.name for p in folder.glob("*.db"))
    assert 7 <= len(made) <= 11
