"""What a failed or doubtful call means: for a reply on its way, and for a watch."""

import random
from enum import Enum

from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    CredentialError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.frozen import frozen
from socialdesk.domain.spend import SpendCapError

FIRST_PAUSE_S, LONGEST_PAUSE_S = 30.0, 3600.0
KEYRING_PAUSE_S = 60.0
SPENT_PAUSE_S = 3600.0  # a try costs nothing, and a new month or a set clock is seen


class Fate(Enum):
    """Where a reply goes after its try failed."""

    AGAIN = "again"  # surely not sent: back to the queue
    DOUBT = "doubt"  # may be on the network: look first
    FAILED = "failed"  # surely not sent, and a repeat would not help
    SIGN_IN = "sign_in"  # surely not sent: the account must sign in again


@frozen
class Outcome:
    """`pause_s`: before the next try."""

    fate: Fate
    reason: str
    detail: str = ""
    pause_s: float = 0.0


def after_try(error: BaseException, n_tries: int) -> Outcome:
    """What became of a reply whose call ended with `error`, on its `n_tries`-th try (from 1).

    Whatever is not known to have stayed here is in doubt, bugs of ours included.
    """
    name = type(error).__name__
    match error:
        case RateLimitedError():
            return Outcome(Fate.AGAIN, name, pause_s=error.retry_after_s)
        case AuthExpiredError():
            return Outcome(Fate.SIGN_IN, name)
        case SpendCapError():
            return Outcome(Fate.AGAIN, name, str(error), SPENT_PAUSE_S)
        case CredentialError():
            return Outcome(Fate.AGAIN, name, error.fault.value, KEYRING_PAUSE_S)
        case RefusedError(reason=Refusal.DUPLICATE):
            return Outcome(Fate.DOUBT, error.reason.value, error.detail)
        case RefusedError():
            return Outcome(Fate.FAILED, error.reason.value, error.detail)
        case UnreachableError(maybe_done=False):
            return Outcome(Fate.AGAIN, name, str(error), back_off_s(n_tries))
        case UnreachableError() | BadAnswerError():
            return Outcome(Fate.DOUBT, name, str(error))
        case _:
            return Outcome(Fate.DOUBT, name)


def back_off_s(n_failures: int, jitter: random.Random | None = None) -> float:
    """30 s doubling to an hour, ±20 % so that accounts do not all come back at once."""
    pause = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** min(n_failures - 1, 10))
    return pause * (jitter or random).uniform(0.8, 1.2)
