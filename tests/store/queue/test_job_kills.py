"""kill -9 in the middle of an act on all that match, and of its undo: each row once, or back."""

import random
import subprocess
import sys
from pathlib import Path

from socialdesk.domain.mentions.status import Status
from socialdesk.domain.rules.step import Step, StepKind
from socialdesk.engine.errands.bulk import begin
from socialdesk.store import jobs
from socialdesk.store.mentions import counters
from socialdesk.store.triage import acts
from tests.store.triage.test_acts import state, undo

N_ROWS = 150


def work_until_killed(path: Path, chance: random.Random) -> bool:
    """Run the child until it is killed somewhere; True when the work ended before. It waits for an
    answer to each of its lines: it cannot be over before the kill, however slow this process is.
    """
    command = [sys.executable, "-m", "tests.store.queue.job_child", str(path)]
    word, n = chance.choice(["done", "committed"]), chance.randint(1, 12)
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdin
        assert child.stdout
        for line in child.stdout:
            if line.strip() == "end":
                child.wait()
                return True
            n -= line.strip() == word
            if n <= 0:
                break
            child.stdin.write("go\n")
            child.stdin.flush()
        child.kill()
    assert child.returncode == -9
    return False


def carry_on(file, chance: random.Random) -> int:
    """Kill after kill, until it is done. How many kills."""
    n_kills = 0
    file.close()
    while not work_until_killed(file.path, chance):
        n_kills += 1
        file.open()
        (job, *_) = file.read(jobs.list_jobs)
        assert not file.write(counters.recount), "the live counts are right after any kill"
        left = file.sql("SELECT sum(json_array_length(ids)) FROM job_slice")[0][0] or 0
        assert job.n_done + left == job.n_total
        file.close()
    file.open()
    return n_kills


def test_kills_at_any_moment_of_an_act_on_all_and_of_its_undo(file, monkeypatch):
    monkeypatch.setattr(acts, "LARGE", 10)
    monkeypatch.setattr(jobs, "SLICE", 7)
    chance = random.Random(11)
    ids = file.fill(N_ROWS)
    before = state(file)
    step = Step(StepKind.STATUS, "", Status.DONE.value, 2)
    file.write(lambda tx: begin(tx, step, ids, "new", "", 1))
    n_kills = carry_on(file, chance)
    assert set(file.statuses(ids)) == {Status.DONE}
    assert file.sql("SELECT count(*) FROM act_row") == [(N_ROWS,)]
    undo(file)
    n_kills += carry_on(file, chance)
    assert state(file) == before
    assert n_kills > 2
