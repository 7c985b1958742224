"""The limits of crisis mode that a workspace may choose for itself; all its other rules are fixed.

Source: crisis-mode specification, what is marked †.
"""

from collections.abc import Mapping
from typing import Final

from socialdesk.domain.frozen import frozen

PREFIX: Final = "crisis_"  # a setting is called as its field, with this before it


@frozen
class CrisisLimits:
    """The defaults are those of the specification; a name ends in its unit. `…_sev1_…`: of SEV1,
    its neighbour of every other severity."""

    # Between the last change of a text and a look by the same person
    first_look_sev1_min: int = 3  # at a first statement, or the silence in its place
    first_look_min: int = 5
    look_sev1_min: int = 15  # at all other texts
    look_min: int = 10
    risk_look_min: int = 3  # at a risky reply in normal times
    # How long an approval counts
    approval_sev1_h: int = 4
    approval_h: int = 12
    quiet_lines_days: int = 180  # of a line, given in quiet times
    mute_h: int = 24  # after a dismissal, for alerts of the same kind and topic
    # What makes an alert, and what a planned post is judged by
    copy_authors: int = 5  # of nearly the same text
    post_fewest: int = 10  # rated mentions; fewer say too little
    post_red_percent: int = 50  # negative
    post_inviting_percent: int = 30  # the same of an open invitation: red
    post_amber_percent: int = 30
    post_inviting_unresolved: int = 5  # complaints, of an open invitation: red
    post_amber_unresolved: int = 3


BOUNDS: Final[Mapping[str, tuple[int, int]]] = {
    "first_look_sev1_min": (1, 60),
    "first_look_min": (1, 60),
    "look_sev1_min": (1, 60),
    "look_min": (1, 60),
    "risk_look_min": (1, 60),
    "approval_sev1_h": (1, 24),
    "approval_h": (1, 48),
    "quiet_lines_days": (7, 365),
    "mute_h": (1, 168),
    "copy_authors": (3, 50),
    "post_fewest": (1, 100),
    "post_red_percent": (10, 90),
    "post_inviting_percent": (10, 90),
    "post_amber_percent": (10, 90),
    "post_inviting_unresolved": (1, 100),
    "post_amber_unresolved": (1, 100),
}
"""The least and the most of each."""
_RED_AND_AMBER: Final = (
    ("post_red_percent", "post_amber_percent"),
    ("post_inviting_percent", "post_amber_percent"),
    ("post_inviting_unresolved", "post_amber_unresolved"),
)


def limits_of(settings: Mapping[str, str]) -> CrisisLimits:
    """Those in force under these settings; the default where none is kept, or nonsense."""
    kept = {name: settings.get(f"{PREFIX}{name}", "") for name in BOUNDS}
    return CrisisLimits(**{name: int(text) for name, text in kept.items() if fits(name, text)})


def crossed(limits: CrisisLimits) -> tuple[str, str] | None:
    """The names of a limit of red that lies below that of amber, and of this; None = there is
    none."""
    for red, amber in _RED_AND_AMBER:
        if getattr(limits, red) < getattr(limits, amber):
            return red, amber
    return None


def fits(name: str, text: str) -> bool:
    """Whether a limit may be this."""
    low, high = BOUNDS[name]
    return text.isdecimal() and low <= int(text) <= high


def is_limit(key: str) -> bool:
    """Whether a setting is one of these limits."""
    return key.removeprefix(PREFIX) in BOUNDS and key.startswith(PREFIX)
