"""What answers the questions of the first steps."""

from collections.abc import Callable
from typing import Any, Final

from socialdesk.domain.first_run import KEY, FirstRun, Stand, read_first_run
from socialdesk.engine.first_run import pack_offers
from socialdesk.engine.queries import first_run as q
from socialdesk.engine.settings import value_of
from socialdesk.store import first_run, settings
from socialdesk.store.file.sqlite import Connection


def read(conn: Connection) -> q.FirstRunRow:
    """How far somebody came, and whether anything is connected."""
    kept = settings.read_all(conn)
    return q.FirstRunRow(
        _state(kept.get(KEY, "")), first_run.is_new(conn), first_run.n_accounts(conn),
        value_of(kept, "brand_words"),
    )  # fmt: skip


def _state(packed: str) -> FirstRun | None:
    try:
        return read_first_run(packed)
    except ValueError:  # a later program's, or somebody's own hand: begin anew, by hand only
        return FirstRun().stands(Stand.LATER)


ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    q.ReadFirstRun: lambda c, x, now: read(c),
    q.ListPacks: lambda c, x, now: pack_offers(c),
}
