"""What a reply carries besides its words: pictures, its time, a promise; kept with the draft."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.replies.picture import Picture, is_media_file

Packed = tuple[tuple[str, str, str], ...]
"""Pictures as a command has them: (file, MIME type, alt) each."""

DROPPED: Final = "dropped"  # a scheduled reply came back because they wrote first
SENT_BACK: Final = "sent_back"  # a second look asked for a change


@frozen
class Plan:
    """Times are ms UTC, 0 = none. `note`: why this draft came back (DROPPED, SENT_BACK), `by` and
    `comment` what a person said about it."""

    pictures: tuple[Picture, ...] = ()
    send_at: int = 0
    is_dropped_if_written: bool = True
    promise_at: int = 0
    promise_words: str = ""
    more_versions: tuple[int, ...] = ()  # template versions below the draft's own
    note: str = ""
    by: str = ""
    comment: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing that would be lost with the draft's words."""
        return not (self.pictures or self.send_at or self.promise_at)


NO_PLAN: Final = Plan()


def packed_plan(plan: Plan) -> str:
    """As the file and the commands have it: JSON with only what differs from an empty plan."""
    value: dict[str, Any] = {}
    if plan.pictures:
        value["pictures"] = [list(one) for one in packed_pictures(plan.pictures)]
    if plan.more_versions:
        value["more_versions"] = list(plan.more_versions)
    for name in ("send_at", "promise_at", "promise_words", "note", "by", "comment"):
        if getattr(plan, name):
            value[name] = getattr(plan, name)
    if not plan.is_dropped_if_written:
        value["is_dropped_if_written"] = False
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def unpacked_plan(text: str) -> Plan:
    """What `packed_plan` packed; of a damaged text as much as can be read."""
    try:
        value = json.loads(text or "{}")
    except ValueError:
        return NO_PLAN
    if not isinstance(value, dict):
        return NO_PLAN
    return Plan(
        pictures=unpacked_pictures(value.get("pictures", ())),
        send_at=_time(value, "send_at"),
        is_dropped_if_written=value.get("is_dropped_if_written") is not False,
        promise_at=_time(value, "promise_at"),
        promise_words=str(value.get("promise_words", "")),
        more_versions=unpacked_versions(value.get("more_versions", ())),
        note=str(value.get("note", "")),
        by=str(value.get("by", "")),
        comment=str(value.get("comment", "")),
    )


def packed_pictures(pictures: Sequence[Picture]) -> Packed:
    """Without the network's names: those belong to the outbox."""
    return tuple((one.file, one.mime, one.alt) for one in pictures)


def unpacked_pictures(packed: Any) -> tuple[Picture, ...]:
    """From JSON or a command; what cannot be a file of ours is left out."""
    pictures = []
    for one in packed if isinstance(packed, list | tuple) else ():
        if isinstance(one, list | tuple) and len(one) == 3 and is_media_file(str(one[0])):
            pictures.append(Picture(*(str(part) for part in one)))
    return tuple(pictures)


def packed_versions(versions: Sequence[int]) -> str:
    """As the outbox has them: a JSON list, "" = none."""
    return json.dumps(list(versions), separators=(",", ":")) if versions else ""


def unpacked_versions(packed: Any) -> tuple[int, ...]:
    """From a command, a plan or `packed_versions`; what is no version is left out."""
    if isinstance(packed, str):
        try:
            packed = json.loads(packed or "[]")
        except ValueError:
            return ()
    found = packed if isinstance(packed, list | tuple) else ()
    return tuple(v for v in found if isinstance(v, int) and v > 0)


def _time(value: Mapping[str, Any], name: str) -> int:
    found = value.get(name, 0)
    return found if isinstance(found, int) and 0 <= found < 1 << 60 else 0
