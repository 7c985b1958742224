"""The war room as plain text: every number in words, for a message or a screen reader."""

from socialdesk.domain.crisis.war_room import WarRoom
from socialdesk.engine.war_room.sections import title_of, war_room_of


def text_of(w: WarRoom, *, hides_names: bool = False) -> str:
    """Lines under headings, ready to be pasted anywhere."""
    lines = [title_of(w)]
    for section in war_room_of(w, hides_names=hides_names):
        lines += ["", section.title] if section.title else [""]
        lines += [section.empty] if section.empty else [spot.sentence for spot in section.spots]
        if section.summary and section.title:
            lines.append(section.summary)
    return "\n".join(lines).strip() + "\n"
