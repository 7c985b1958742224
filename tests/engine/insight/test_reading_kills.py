"""kill -9 while older mentions are read again: it goes on, nothing is lost or read for nothing."""

import subprocess
import sys

from socialdesk.domain.mentions.insight import VERSION
from socialdesk.engine.queries.learning import ReadLearning
from socialdesk.store.copies import recovery
from socialdesk.store.copies.recovery import Condition
from socialdesk.store.mentions import counters
from tests.engine.insight.reading_child import open_desk
from tests.fakes import HandClock
from tests.makers import a_mention
from tests.store.queue_file import QueueFile

N = 600


def test_a_killed_reading_goes_on_where_it_was(tmp_path):
    file = QueueFile(tmp_path)
    file.save(*[
        a_mention(f"My order {n} is late, where is it?", at=file.clock.now - n * 1000)
        for n in range(1, N + 1)
    ])  # fmt: skip
    file.close()
    counts = []
    for n_slices in (1, 4, 9):
        command = [sys.executable, "-m", "tests.engine.insight.reading_child", str(tmp_path)]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as child:
            assert child.stdin
            assert child.stdout
            for _ in range(n_slices - 1):
                assert child.stdout.readline().strip() == "read"
                child.stdin.write("go\n")
                child.stdin.flush()
            assert child.stdout.readline().strip() == "read"
            child.kill()
        assert child.returncode == -9
        assert recovery.check(tmp_path / "workspace.db").condition is Condition.OK
        file.open()
        ((n,),) = file.sql("SELECT count(*) FROM insight WHERE version = ?", VERSION)
        assert file.sql("SELECT count(*) FROM triage WHERE score > 0") == [(n,)]
        file.close()
        counts.append(n)
    assert 0 < counts[0] < counts[1] < counts[2] < N
    clock = HandClock()
    desk = open_desk(tmp_path, clock)
    for _ in range(40):
        clock.advance(0.3)  # a slice, and its rest
        desk.clockwork.turn()
        desk.settle()
    assert desk.ask(ReadLearning()).result().reading.n_total == 0
    desk.close()
    file.open()
    assert file.sql("SELECT count(*) FROM insight WHERE version = ?", VERSION) == [(N,)]
    assert not file.write(counters.recount)
    file.close()
