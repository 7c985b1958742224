"""Drills: rehearsals in a sandbox. Said to the real desk, and to the drill's own."""

from socialdesk.domain.frozen import frozen


@frozen
class StartDrill:
    """Of the real desk: makes the sandbox anew. `stream`: one of `practice.drill_streams.DRILLS`;
    `speed` 1, 4 or 10. Refuses R41 while an incident is open, and CommandError CONFLICT while a
    drill is being played. Answer: path, the workspace for the drill's window to open."""

    stream: str
    speed: int = 1


@frozen
class EndDrill:
    """Of either desk; the real one tells the drill's over its pipe. `why`: person, declared, gone.
    Ending what is over changes nothing. Answer: total (-1 = no drill was played)."""

    why: str = "person"


DrillsCommand = StartDrill | EndDrill
"""What the union of all commands takes in."""
