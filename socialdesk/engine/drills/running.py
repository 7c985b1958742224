"""Drills, as a part of the desk: the real one makes them, watches on and keeps what came of them;
the drill's own ends them with a score.

2026-11: one class for both sides of the pipe, chosen by the folder's mark, because both speak the
same commands: `EndDrill` reaches the drill from its own window and from the real engine.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.drill import DrillNow, score
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandError, CommandFault, SocialDeskError
from socialdesk.domain.times.clock import Clock
from socialdesk.engine.clockwork import TICK_S
from socialdesk.engine.commands import Command
from socialdesk.engine.commands.contacts import ExportContacts, ExportPerson
from socialdesk.engine.commands.crisis import ExportIncident
from socialdesk.engine.commands.drills import EndDrill, StartDrill
from socialdesk.engine.commands.playbooks import ExportGoKit
from socialdesk.engine.commands.reports import ExportReport
from socialdesk.engine.commands.templates import ExportTemplates
from socialdesk.engine.commands.workspace import BackUp
from socialdesk.engine.desk import Desk, EngineState, Notice
from socialdesk.engine.drills import mark as drill_mark
from socialdesk.engine.drills import sandbox as drill_sandbox
from socialdesk.engine.drills.end import end_over_pipe, facts_of, read_played
from socialdesk.engine.kit import Kit
from socialdesk.engine.outside import OpenDesk
from socialdesk.engine.words.drills import drill_file, ended_words
from socialdesk.engine.words.messages import sentence
from socialdesk.places import Workspace, workspace
from socialdesk.store.crisis import drills

WATCH_S = 1.0  # how often the real engine looks at a drill that goes on
GONE_MS = 90_000  # without an engine for so long, the drill is over
LIMIT_MS = 4 * 3_600_000  # of the drill's time: a forgotten drill ends by itself

_EXPORTS: Final = (
    BackUp,
    ExportContacts,
    ExportGoKit,
    ExportIncident,
    ExportPerson,
    ExportReport,
    ExportTemplates,
)
Answer = dict[str, Any]
Tell = Callable[[Notice], None]
log = logging.getLogger(__name__)


def drills_of(
    kit: Kit, folder: Path, tell: Tell, open_desk: OpenDesk[Desk]
) -> "RealDrills | OwnDrill":
    """The side of the pipe this folder is on."""
    place = workspace(str(folder))
    return OwnDrill(kit, place, tell) if place.is_drill else RealDrills(kit, place, tell, open_desk)


class RealDrills:
    """The real desk's side. A part of the clockwork and a listener of the desk."""

    def __init__(self, kit: Kit, real: Workspace, tell: Tell, open_desk: OpenDesk[Desk]) -> None:
        self._kit, self._real, self._tell, self._open_desk = kit, real, tell, open_desk
        self._ending = threading.Lock()
        self._seen_at = kit.clock.now_ms()
        self.errands: Mapping[type, Callable[[Any, str], Answer]] = {
            StartDrill: self._start,
            EndDrill: self._end,
        }

    def after_jump(self) -> None:
        """A drill has no time of the real clock's."""
        self._seen_at = self._kit.clock.now_ms()

    def note_send(self, words: str) -> None:
        """A real send is nothing of a drill's."""

    def marked(self, command: Command) -> Command:
        """As it is: only what leaves a drill is marked."""
        return command

    def take(self, news: Changes | Notice | EngineState) -> None:
        """A real declaration ends the drill at once: on a thread of its own, because every pool may
        wait for a network just then."""
        if isinstance(news, Changes) and Area.INCIDENTS in news.areas and self._must_end():
            threading.Thread(
                target=self._end_quietly, args=("declared",), name="drill-end", daemon=True
            ).start()

    def step(self) -> float:
        """Keep what a drill left that was ended in its own window, or whose window is gone."""
        drill = self._open()
        if drill is None:
            return TICK_S
        place, now = workspace(drill.path), self._kit.clock.now_ms()
        mark = drill_mark.read_mark(place.drill_mark)
        if drill_sandbox.is_in_use(place):
            self._seen_at = now
        if self._must_end():
            self._end_quietly("declared")
        elif mark is None or mark.ended_ms:
            self._end_quietly("person")
        elif now - self._seen_at > GONE_MS:
            self._end_quietly("gone")
        return WATCH_S

    def _open(self) -> DrillNow | None:
        return self._kit.readers.here(drills.read_now)

    def _must_end(self) -> bool:
        def look(conn: Any) -> bool:
            return drills.read_now(conn) is not None and drills.is_declared(conn)

        return self._kit.readers.here(look)

    def _start(self, command: StartDrill, _: str) -> Answer:
        drill_sandbox.require_known(command.stream, command.speed)
        code = self._kit.readers.here(drills.open_code)
        if code:
            raise CrisisRefusedError("R41", id=code)
        from socialdesk.engine.drills import stage  # the invented brand: for a drill only

        open_one = self._open()
        if open_one is not None and drill_sandbox.is_in_use(workspace(open_one.path)):
            return {"path": open_one.path}
        self._end(EndDrill("gone"), "")
        past = self._kit.readers.here(drills.past_totals)
        place = drill_sandbox.new_place(self._real, self._kit.clock.now_ms())
        path = str(place.folder)
        now = DrillNow(command.stream, command.speed, path=path, past=past)
        copy = self._kit.readers.here(lambda conn: drills.read_copy(conn, drill_sandbox.is_copied))
        drill_sandbox.make(place, copy, now, real=str(self._real.folder), clock=self._kit.clock)
        stage.fill(place, self._kit.clock, self._open_desk)
        self._seen_at = self._kit.clock.now_ms()
        self._kit.writer.submit(lambda tx: drills.note_open(tx, now)).result()
        return {"path": path}

    def _end(self, command: EndDrill, _: str) -> Answer:
        """Ends it over its pipe where an engine answers; keeps what came of it."""
        with self._ending:
            drill = self._open()
            if drill is None:
                return {"total": -1}
            place, clock = workspace(drill.path), self._kit.clock
            end_over_pipe(place, command.why, clock)
            played = read_played(place, clock.now_ms(), command.why)
            if played is None:  # never begun, or its folder was removed by hand
                self._kit.writer.submit(lambda tx: drills.note_open(tx, None)).result()
                return {"total": -1}
            incident_id, seq = self._kit.writer.submit(lambda tx: drills.keep(tx, played)).result()
        self._tell(Notice("drill_ended", {"text": ended_words(played.why_ended)}))
        return {"total": played.score.total, "incident_id": incident_id, "seq": seq}

    def _end_quietly(self, why: str) -> None:
        try:
            self._end(EndDrill(why), "")
        except SocialDeskError as e:
            log.warning("the drill could not be kept (%s)", type(e).__name__)


class OwnDrill:
    """The drill's own side: notes what is sent, ends with a score."""

    def __init__(self, kit: Kit, place: Workspace, tell: Tell) -> None:
        self._kit, self._place, self._tell = kit, place, tell
        self.errands: Mapping[type, Callable[[Any, str], Answer]] = {
            StartDrill: self._refuse,
            EndDrill: self._end,
        }

    def after_jump(self) -> None:
        """The drill's clock follows the computer's."""

    def take(self, news: Changes | Notice | EngineState) -> None:
        """What is declared here is part of the drill."""

    def note_send(self, words: str) -> None:
        """R40: nothing is sent. Noted for the score and told; on a network's thread, which does
        not wait for it."""
        self._kit.writer.submit(lambda tx: drills.note_send(tx, words))
        said = sentence(CrisisRefusedError("R40", action=words))
        self._tell(Notice("R40", {"text": said.text}))

    def marked(self, command: Command) -> Command:
        """A file that is written for a person says by its name that it comes from a drill."""
        if isinstance(command, _EXPORTS):
            return replace(command, path=drill_file(command.path))
        return command

    def step(self) -> float:
        """A drill that everybody forgot ends; so does one that was ended while it was starting."""
        now = self._kit.readers.here(drills.read_now)
        if now is None or now.ended_at:
            return TICK_S
        mark = drill_mark.read_mark(self._place.drill_mark)
        if mark is not None and mark.ended_ms:
            self._end(EndDrill(mark.why_ended), "")
        elif now.began_at and now.began_at + LIMIT_MS <= self._kit.clock.now_ms():
            self._end(EndDrill("time"), "")
        return WATCH_S

    def _refuse(self, command: StartDrill, _: str) -> Answer:
        """A drill holds no other. Raises CommandError."""
        raise CommandError(CommandFault.BAD_INPUT, what=command.stream[:40])

    def _end(self, command: EndDrill, _: str) -> Answer:
        clock: Clock = self._kit.clock
        facts = self._kit.readers.here(lambda conn: facts_of(conn, clock.now_ms()))
        found = score(facts)
        seq = self._kit.writer.submit(lambda tx: drills.end(tx, found, command.why)).result()
        if seq:
            drill_mark.end(self._place.drill_mark, clock.now_ms(), command.why)
            self._tell(Notice("drill_ended", {"text": ended_words(command.why)}))
        return {"total": found.total, "seq": seq}
