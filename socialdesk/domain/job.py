"""Long work as a screen shows it."""

from socialdesk.domain.frozen import frozen


@frozen
class JobRow:
    """One job. `kind`: journal kind of its act, or "undone", "redone" of an act of `act_kind`;
    `state`: running, done, stopped; `seq`: its act."""

    id: int
    kind: str
    act_kind: str
    state: str
    n_done: int
    n_total: int
    seq: int
    at: int = 0

    @property
    def is_running(self) -> bool:
        return self.state == "running"
