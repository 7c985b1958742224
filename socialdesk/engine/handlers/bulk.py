"""What stops an act on very many mentions; `engine/errands/bulk.py` begins it and carries it on."""

from typing import Final

from socialdesk.engine.commands.bulk import StopJob
from socialdesk.engine.work import Handler, Outcome
from socialdesk.store import jobs
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.jobs import State


def stop_job(tx: Transaction, command: StopJob, person: int) -> Outcome:
    return jobs.end(tx, command.job_id, State.STOPPED, person), {}


HANDLERS: Final[dict[type, Handler]] = {StopJob: stop_job}
