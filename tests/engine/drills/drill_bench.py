"""A real desk and a drill's desk in one process, on one clock that is moved by hand."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from socialdesk.domain.crisis.drill import DrillNow, PastDrill
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.commands.drills import EndDrill, StartDrill
from socialdesk.engine.desk import Notice
from socialdesk.engine.drills.stage import Stage, prepare, stage_of
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.queries.drills import ListDrills, ReadDrill
from socialdesk.networks import http
from socialdesk.places import Workspace, workspace
from socialdesk.practice.brand import account_secret
from socialdesk.store.file.reader import Readers
from tests.fakes import HandClock


@dataclass
class DrillBench:
    """`open` starts a drill and its desk; `pass_s` moves the stream's time."""

    folder: Path
    clock: HandClock = field(default_factory=HandClock)
    notices: list[Notice] = field(default_factory=list)
    stage: Stage | None = None
    drill: InlineDesk | None = None

    def __post_init__(self) -> None:
        self.place: Workspace = workspace(str(self.folder))
        self.place.prepare()
        outside = Outside({}, http.session, lambda name: NoKeyring(account_secret()))
        self.real = InlineDesk(self.place.database, self.place.backups, self.clock, outside)

    def start(self, stream: str = "outage", speed: int = 4) -> Workspace:
        """The sandbox is made and filled, its time begins."""
        path = str(self.real.do(StartDrill(stream, speed)).result(30).answer["path"])
        self.sandbox = workspace(path)
        prepare(self.sandbox, self.clock, InlineDesk)
        return self.sandbox

    def open(self, stream: str = "outage", speed: int = 4) -> InlineDesk:
        """Started, and its desk is there."""
        return self.open_at(str(self.start(stream, speed).folder))

    def open_at(self, path: str) -> InlineDesk:
        """As a drill's engine does."""
        place = self.sandbox = workspace(path)
        prepare(place, self.clock, InlineDesk)
        self.stage = stage_of(place, self.clock)
        self.drill = self.stage.open(place, InlineDesk)
        self.drill.listen(
            lambda news: self.notices.append(news) if isinstance(news, Notice) else None
        )
        return self.drill

    @property
    def now(self) -> int:
        """ms of the drill's clock"""
        assert self.stage is not None
        return self.stage.clock.now_ms()

    def pass_s(self, seconds: float) -> None:
        """So much of the stream's time, in steps of at most ten seconds; what is due is done."""
        assert self.drill is not None and self.stage is not None
        until = self.now + round(seconds * 1000)
        while True:
            self.turn()
            left_s = (until - self.now) / 1000
            if left_s <= 0:
                return
            self.clock.advance(max(0.001, min(10.0, left_s) / self.read().speed))

    def turn(self) -> None:
        """What is due in the drill, to its end."""
        assert self.drill is not None
        for _ in range(3):
            self.drill.clockwork.turn()
            self.drill.settle()

    def read(self) -> DrillNow:
        """What the drill says of itself."""
        assert self.drill is not None
        found = self.drill.ask(ReadDrill()).result(30)
        assert found is not None
        return found

    def past(self) -> list[PastDrill]:
        return self.real.ask(ListDrills()).result(30)

    def end(self, why: str = "person") -> int:
        """In its own window; then the real engine has its turn. The total."""
        assert self.drill is not None
        total = int(self.drill.do(EndDrill(why)).result(30).answer["total"])
        self.real.clockwork.turn()
        return total

    def kinds(self, database: Path) -> list[str]:
        """The journal of a file, by kind."""
        readers = Readers(database)
        try:
            return [k for (k,) in readers.here(
                lambda conn: conn.execute("SELECT kind FROM journal ORDER BY seq").fetchall()
            )]  # fmt: skip
        finally:
            readers.close()

    def close_drill(self) -> None:
        """Its window is closed."""
        if self.drill is not None and self.stage is not None:
            self.drill.close()
            self.stage.network.shut_down()
            self.drill = None

    def close(self) -> None:
        self.close_drill()
        self.real.close()


def drill_benches(folder: Path) -> Iterator[DrillBench]:
    """For a fixture: one bench, closed afterwards."""
    bench = DrillBench(folder)
    yield bench
    bench.close()
