"""Notices: seen, paused, switched on for a view, tried."""

from socialdesk.domain.frozen import frozen


@frozen
class SeeNotices:
    """By id, of a mention, of a kind (`Popup.kind`, or a code for all its kinds), or all."""

    ids: tuple[int, ...] = ()
    mention_id: int = 0
    kind: str = ""
    everything: bool = False


@frozen
class PauseNotices:
    """None is shown for so many minutes; 0 ends the pause. At most a day."""

    minutes: int


@frozen
class SetViewNotice:
    """Of new mentions in a saved view. `notice`: "" none, "once", "repeat" (until seen)."""

    view_id: int
    notice: str


@frozen
class ShowTestNotice:
    """Answer: way = "desktop" or "window"."""


@frozen
class ListCountries:
    """Answer: countries = {code: [subdivision, …]} of those whose holidays are known."""


@frozen
class TakeClick:
    """Where the last click on a notice of the desktop leads; once. Answer: mention (0 = none),
    place, ids of the notices; {} when there was no click."""


NoticesCommand = (
    SeeNotices | PauseNotices | SetViewNotice | ShowTestNotice | ListCountries | TakeClick
)
