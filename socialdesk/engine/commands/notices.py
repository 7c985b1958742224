"""Notices: seen, paused, switched on for a view, tried."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SeeNotices:
    """By id, of a mention, of a kind (`Popup.kind`, or a code for all its kinds), or all."""

    ids: tuple[int, ...] = ()
    mention_id: int = 0
    kind: str = ""
    everything: bool = False


@dataclass(frozen=True, slots=True)
class PauseNotices:
    """None is shown for so many minutes; 0 ends the pause. At most a day."""

    minutes: int


@dataclass(frozen=True, slots=True)
class SetViewNotice:
    """Of new mentions in a saved view. `notice`: "" none, "once", "repeat" (until seen)."""

    view_id: int
    notice: str


@dataclass(frozen=True, slots=True)
class ShowTestNotice:
    """Answer: way = "desktop" or "window"."""


@dataclass(frozen=True, slots=True)
class ListCountries:
    """Answer: countries = {code: [subdivision, …]} of those whose holidays are known."""


NoticesCommand = SeeNotices | PauseNotices | SetViewNotice | ShowTestNotice | ListCountries
