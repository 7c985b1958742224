"""One call of a notify service through Apprise: taken, refused, or nobody knows.

Apprise says yes or no, and no also where a service was asked and its answer was lost on the way.
Its plugins catch that error and log something while they hold it: there it is looked at. What they
log is not: it names addresses.
"""

import logging
import smtplib
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Any, Final

from socialdesk.networks.exchange import failure

LOG: Final = logging.getLogger("apprise")
_SURE: Final = (
    ConnectionRefusedError, socket.gaierror,  # nobody there
    smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused,  # the server itself says no
)  # fmt: skip


class Outcome(Enum):
    """What came of a call."""

    TAKEN = "taken"
    REFUSED = "refused"
    UNCLEAR = "unclear"  # the words may be there


def is_service(address: str) -> bool:
    """Whether it is an address of a kind that Apprise knows."""
    return bool(_apprise().add(address))


def send(address: str, title: str, text: str) -> Outcome:
    """Once, never repeated."""
    service = _apprise()
    if not service.add(address):
        return Outcome.REFUSED
    with _overhearing() as errors:
        if service.notify(body=text, title=title):
            return Outcome.TAKEN
    return Outcome.UNCLEAR if any(map(_may_be_there, errors)) else Outcome.REFUSED


def _may_be_there(error: BaseException) -> bool:
    if isinstance(error, _SURE):
        return False
    return isinstance(error, OSError) and failure(error, "").maybe_done


def _apprise() -> Any:
    """0.3 s and some MB: only where somebody uses it. Its log goes nowhere but to `_Overheard`."""
    import apprise

    LOG.propagate = False
    LOG.setLevel(logging.WARNING)
    return apprise.Apprise()


@contextmanager
def _overhearing() -> Iterator[list[BaseException]]:
    """The errors that Apprise catches meanwhile; those of another call at the same time too, which
    only makes this one unclear."""
    heard = _Overheard()
    LOG.addHandler(heard)
    try:
        yield heard.errors
    finally:
        LOG.removeHandler(heard)


class _Overheard(logging.Handler):
    """Of each line that is logged, the error that was being handled just then."""

    def __init__(self) -> None:
        super().__init__()
        self.errors: list[BaseException] = []

    def emit(self, record: logging.LogRecord) -> None:
        error = sys.exc_info()[1]
        if error is not None:
            self.errors.append(error)
