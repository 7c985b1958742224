"""A process that carries on long acts until it is killed, or they are done: `python -m … FILE`.

It says where it is, line by line, and goes on when a line is written to it.
"""

import sys
from pathlib import Path

from socialdesk.engine.errands import bulk
from socialdesk.store import jobs
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.file.writer import Writer
from tests.fakes import HandClock

SLICE_ROWS = 7


def say(where: str) -> None:
    print(where, flush=True)
    sys.stdin.readline()


def main(path: Path) -> None:
    writer = Writer(path, clock=HandClock(), announce=lambda changes: None)
    writer.start()

    def write(tx: Transaction) -> bool:
        goes_on = bulk.do_slice(tx)
        say("done")  # and not yet committed
        return goes_on

    while writer.submit(write, durable=False).result():
        say("committed")
    writer.close()
    print("end", flush=True)


if __name__ == "__main__":
    jobs.SLICE = SLICE_ROWS  # type: ignore[misc]
    main(Path(sys.argv[1]))
