"""The end of a drill, seen from outside: told over its pipe, read from its file."""

import uuid
from typing import Final

from socialdesk.domain.crisis.drill import DrillFacts, DrillNow, score
from socialdesk.domain.errors import StoreError
from socialdesk.domain.times.clock import Clock
from socialdesk.engine.commands.drills import EndDrill
from socialdesk.engine.drills import mark as drill_mark
from socialdesk.engine.drills.sandbox import stream_of
from socialdesk.engine.process import codec, supervisor
from socialdesk.places import Workspace
from socialdesk.store.crisis import drill_facts, drills
from socialdesk.store.crisis.drills import Played
from socialdesk.store.file.reader import Readers
from socialdesk.store.file.sqlite import Connection

ANSWER_MS: Final = 5_000  # an engine that does not answer in this time is left to its window
N_TAIL: Final = 60  # characters of the safety post's end, by which it is known again


def end_over_pipe(place: Workspace, why: str, clock: Clock) -> bool:
    """Tell the drill's engine that it is over and wait until it has written that down. False where
    nobody answers: its file is read as it stands."""
    connection = supervisor.greet(place)
    if connection is None:
        return False
    command_id = uuid.uuid4().hex
    deadline = clock.monotonic_ms() + ANSWER_MS
    try:
        command = codec.command_to_json(EndDrill(why))
        connection.send_bytes(codec.to_bytes({"id": command_id, "do": command}))
        while connection.poll(max(0, deadline - clock.monotonic_ms()) / 1000):
            if codec.from_bytes(connection.recv_bytes()).get("id") == command_id:
                return True
    except (OSError, EOFError, ValueError):
        pass
    finally:
        connection.close()
    return False


def facts_of(conn: Connection, now: int) -> DrillFacts:
    """What the sandbox's log says by `now`, ms of the drill's clock."""
    drill = drills.read_now(conn)
    if drill is None:
        return DrillFacts(onset_at=now)
    return drill_facts.read_facts(
        conn, now, onset_at=onset_of(drill), safety_words=safety_words(drill)
    )


def onset_of(drill: DrillNow) -> int:
    """The first bad post, ms of the drill's clock."""
    return drill.began_at + stream_of(drill.stream).onset_ms


def safety_words(drill: DrillNow) -> str:
    """The end of the safety post."""
    stream = stream_of(drill.stream)
    (key,) = stream.keys_of("safety")
    return next(line.text for line in stream.content.script if line.key == key)[-N_TAIL:]


def read_played(place: Workspace, now: int, why: str) -> Played | None:
    """What is kept of a drill, from its file; None where it never began or cannot be read. Where
    its engine died before it could end, or is still starting, it ends here."""
    mark = drill_mark.read_mark(place.drill_mark)
    if mark is None:
        return None
    if not mark.ended_ms:
        at = mark.began_ms + (now - mark.began_ms) * mark.speed if mark.began_ms else now
        mark = drill_mark.end(place.drill_mark, at, why)
    if not mark.began_ms:
        return None
    readers = Readers(place.database)
    try:
        return readers.here(lambda conn: _played(conn, mark))
    except StoreError:
        return None
    finally:
        readers.close()


def _played(conn: Connection, mark: drill_mark.DrillMark) -> Played | None:
    drill = drills.read_now(conn)
    if drill is None:
        return None
    ended_at = drill.ended_at or mark.ended_ms
    facts = facts_of(conn, ended_at)
    return Played(
        drill.stream, drill.speed, drill.began_at, ended_at,
        drill.why_ended or mark.why_ended, facts, drill.score or score(facts),
        drill_facts.read_log(conn),
    )  # fmt: skip
