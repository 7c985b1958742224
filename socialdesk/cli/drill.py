"""`drill`: a rehearsal in a window of its own; the streams there are, and the scores so far."""

import subprocess
import sys
from argparse import Namespace
from datetime import UTC, datetime

from socialdesk.cli.exit_codes import OK, REFUSED, USAGE
from socialdesk.cli.output import Output
from socialdesk.cli.practice import can_open_window
from socialdesk.cli.tools import Tools
from socialdesk.domain.crisis.drill import PastDrill, pack_score
from socialdesk.engine.commands.drills import EndDrill, StartDrill
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.drills import ListDrills
from socialdesk.engine.words.drills import (
    DRILLS,
    part_name,
    part_why,
    score_text,
    stream_title,
    stream_when,
    total_words,
)
from socialdesk.i18n import tr
from socialdesk.places import Workspace


def drill(place: Workspace, options: Namespace, out: Output, tools: Tools) -> int:
    """Lists streams and scores; with the name of a stream, plays it to its window's end."""
    if not options.stream:
        return _list(place, options, out, tools)
    if options.stream not in DRILLS:
        out.fail(tr("There is no drill «{name}». There are: {list}.", name=options.stream,
                    list=", ".join(DRILLS)))  # fmt: skip
        return USAGE
    if not can_open_window():
        out.fail(tr("A drill is played in a window, and there is no screen for one here. Past "
                    "scores: socialdesk drill --scores"))  # fmt: skip
        return REFUSED
    with tools.desk_of(place) as desk:
        path = str(desk.do(StartDrill(options.stream, options.speed)).result().answer["path"])
        out.say(tr("The drill opens in its own window. Nothing you do there leaves this computer."))
        subprocess.run(_window_of(path), check=False)
        desk.do(EndDrill()).result()  # no effect where it was ended and kept already
        played = desk.ask(ListDrills(2)).result()
    if not played:
        out.say(tr("The drill ended before it began."))
        return REFUSED
    _tell(played[0], tuple(one.score.total for one in played[1:]), out)
    return OK


def _list(place: Workspace, options: Namespace, out: Output, tools: Tools) -> int:
    past = _past(place, tools)
    if options.scores:
        for one in past:
            _tell_past(one, out)
        if not past:
            out.say(tr("No drill was played yet."))
    else:
        for stream in DRILLS:
            out.say(f"{stream}: {stream_title(stream)}. {stream_when(stream)}")
    out.value({"streams": list(DRILLS), "drills": [_as_json(one) for one in past]})
    return OK


def _past(place: Workspace, tools: Tools) -> list[PastDrill]:
    """A workspace that is not there has no drills, and asking makes none."""
    if not place.database.exists():
        return []
    with tools.desk_of(place) as desk:
        return _asked(desk)


def _asked(desk: Desk) -> list[PastDrill]:
    return desk.ask(ListDrills()).result()


def _tell(one: PastDrill, past: tuple[int, ...], out: Output) -> None:
    out.say(score_text(one.stream, one.score, past))
    out.value(_as_json(one))


def _tell_past(one: PastDrill, out: Output) -> None:
    at = datetime.fromtimestamp(one.at / 1000, UTC).astimezone()
    out.say(f"{at:%Y-%m-%d %H:%M}  {one.code}  {stream_title(one.stream)}: "
            f"{total_words(one.score)}")  # fmt: skip
    for part in one.score.parts:
        out.say(f"  {part_name(part.key)}: {part.points}/{part.most} ({part_why(part)})")


def _as_json(one: PastDrill) -> dict[str, object]:
    return {
        "code": one.code, "at": one.at, "stream": one.stream, "speed": one.speed,
        "why_ended": one.why_ended, "severity": int(one.severity), "total": one.score.total,
        "parts": pack_score(one.score),
    }  # fmt: skip


def _window_of(path: str) -> list[str]:
    program = [sys.executable, *([] if getattr(sys, "frozen", False) else ["-m", "socialdesk"])]
    return [*program, "--workspace", path]
