"""What may leave in a file: not every network's terms allow copies. Only networks in use are asked:
asking one imports it."""

from collections.abc import Iterable

from socialdesk.networks import registry
from socialdesk.networks.base import Keep


def not_exported(used: Iterable[str]) -> tuple[str, ...]:
    """Those of the networks `used` (keys) whose terms forbid copies of what people wrote there."""
    return tuple(key for key, keep in _rules(used) if not keep.is_exported)


def not_quoted(used: Iterable[str]) -> tuple[str, ...]:
    """Those whose words stand in no page that stays: copies are forbidden, or they may be kept for
    a time only and a page does not lapse."""
    return tuple(key for key, keep in _rules(used) if keep.hours or not keep.is_exported)


def _rules(used: Iterable[str]) -> list[tuple[str, Keep]]:
    known = registry.networks()
    return [(key, known[key].info.keep) for key in sorted(set(used)) if key in known]
