"""What is only asked before a write: its failure leaves no doubt, for nothing was sent."""

from collections.abc import Callable
from typing import TypeVar

from socialdesk.domain.errors import BadAnswerError, UnreachableError

T = TypeVar("T")


def before_send(ask: Callable[[], T]) -> T:
    """What `ask` gives. Raises UnreachableError with `maybe_done` False when no answer, or none
    that can be read, came; other errors as they are."""
    try:
        return ask()
    except (UnreachableError, BadAnswerError) as e:
        raise UnreachableError(str(e), maybe_done=False) from e
