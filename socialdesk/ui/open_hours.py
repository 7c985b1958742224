"""The countdown the window uses for every due time, as `i18n` holds the language it speaks.

A card is painted in a millisecond and asks for nothing: the settings' follower sets this once.
"""

from collections.abc import Mapping

from socialdesk.engine.settings import value_of
from socialdesk.engine.words.dues import Countdown, countdown_of


class _InUse:
    now = Countdown()
    made_of: tuple[str, ...] = ()


def countdown() -> Countdown:
    """The one in use."""
    return _InUse.now


def follow(settings: Mapping[str, str]) -> None:
    """Use these settings from now on; cards follow within the minute."""
    keys = ("hours", "holiday_dates", "due_soon_min")
    made_of = tuple(value_of(settings, key) for key in keys)
    if made_of != _InUse.made_of:
        _InUse.now, _InUse.made_of = countdown_of(*made_of), made_of
