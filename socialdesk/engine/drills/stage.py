"""What a drill's engine is made with: its clock, its invented network, no keyring, no desktop."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.domain.frozen import frozen
from socialdesk.domain.times.clock import Clock
from socialdesk.engine.commands.accounts import AddAccount, FetchNow
from socialdesk.engine.desk import Desk
from socialdesk.engine.drills import network as drill_network
from socialdesk.engine.drills.mark import DrillClock, DrillMark, begin, note_filled, read_mark
from socialdesk.engine.drills.planned import plan_replies
from socialdesk.engine.drills.sandbox import stream_of
from socialdesk.engine.outside import OpenDesk, Outside
from socialdesk.places import Workspace
from socialdesk.practice import brand
from socialdesk.practice.adapter import PracticeAdapter
from socialdesk.practice.content import Line
from socialdesk.practice.drill_history import HISTORY_DAYS, history
from socialdesk.practice.drill_streams import DrillStream
from socialdesk.practice.record_file import RecordFile
from socialdesk.store.crisis import drills
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.file.writer import Writer

D = TypeVar("D", bound=Desk)
POLL_PACE = 0.05  # a real server is asked once a minute, the invented one every 3 s


@frozen
class Stage:
    """`network`: the invented one; `recorder`: notes what is sent to it."""

    outside: Outside
    recorder: drill_network.Recorder
    network: PracticeAdapter
    clock: DrillClock

    def open(self, place: Workspace, open_desk: OpenDesk[D]) -> D:
        """The drill's desk. Raises StoreError."""
        return open_desk(place.database, place.backups, self.clock, self.outside)


def stage_of(place: Workspace, real: Clock) -> Stage:
    """`real`: the computer's clock. Raises StoreError where the folder is no drill's."""
    mark = _mark_of(place)
    stream, clock = stream_of(mark.stream), DrillClock(real, place.drill_mark)
    network = drill_network.open_network(
        place.practice_posts, stream, history_of(stream, mark.made_ms), clock
    )
    recorder = drill_network.Recorder(network)
    outside = Outside(
        drill_network.networks(),
        lambda: drill_network.new_session(recorder),
        lambda name: drill_network.secrets(),
        pace=POLL_PACE * mark.speed,  # intervals are counted in the drill's time
        speed=mark.speed,
        watch_sends=recorder.listen,
    )
    return Stage(outside, recorder, network, clock)


def history_of(stream: DrillStream, made_ms: int) -> Sequence[Line]:
    """The four weeks before, by this computer's days."""
    at = datetime.fromtimestamp(made_ms / 1000).astimezone()
    day_s = at.hour * 3600 + at.minute * 60 + at.second
    return history(stream.content, stream.seed, day_s=day_s, weekday=at.weekday())


def prepare(place: Workspace, real: Clock, open_desk: OpenDesk[Desk]) -> None:
    """Fill the sandbox, if nobody has, and let its time begin. Raises SocialDeskError."""
    fill(place, real, open_desk)
    mark = _mark_of(place)
    if mark.began_ms:
        return
    began_ms, made_ms = real.now_ms(), mark.made_ms
    _hold_stream(place.practice_posts, began_ms)
    _write(place, real, lambda tx: drills.note_began(tx, began_ms, made_ms))
    begin(place.drill_mark, began_ms)


def fill(place: Workspace, real: Clock, open_desk: OpenDesk[Desk]) -> None:
    """Sign in to the invented network and take in four weeks, filed as done: 0.6 s. Raises
    SocialDeskError."""
    mark = _mark_of(place)
    if mark.is_filled:
        return
    stage = stage_of(place, real)
    desk = stage.open(place, open_desk)
    try:
        stream = stream_of(mark.stream)
        _take_in_history(desk, stream)
        plan_replies(desk, history_of(stream, mark.made_ms), mark.made_ms)
    finally:
        desk.close()
        stage.network.shut_down()
    _write(place, real, lambda tx: drills.age(tx, HISTORY_DAYS))
    note_filled(place.drill_mark)


def _write(place: Workspace, real: Clock, write: Callable[[Transaction], None]) -> None:
    writer = Writer(place.database, clock=real, announce=lambda changes: None)
    writer.start()
    try:
        writer.submit(write).result()
    finally:
        writer.close()


def _hold_stream(posts: Path, until_ms: int) -> None:
    """The stream stands still from the network's start until the drill's: minute 0 of both."""
    file = RecordFile(posts)
    try:
        if file.found:
            away = {"act": "away", "at_ms": until_ms, "from_ms": int(file.found[0]["now_ms"])}
            file.append(away)
    finally:
        file.close()


def _take_in_history(desk: Desk, stream: DrillStream) -> None:
    watches = tuple((w.kind.value, w.query, w.brand_words) for w in brand.watches(stream.content))
    fields = tuple(brand.account_fields().items())
    made = desk.do(AddAccount("mastodon", fields, watches, HISTORY_DAYS + 1)).result()
    desk.do(FetchNow(int(made.answer["account_id"]), wait=True)).result()


def _mark_of(place: Workspace) -> DrillMark:
    mark = read_mark(place.drill_mark)
    if mark is None:
        raise StoreError(StoreFault.FOREIGN, "this is no drill's folder")
    return mark
