"""What an incident waits for, what a declaration lacks, and why a text is risky, in words.

Lists come as a refusal carries them, "key:n, key:n" (store/crisis/incident_guards.py) or
"key, key".
"""

from collections.abc import Callable, Mapping
from typing import Final

from socialdesk.domain.crisis import risk
from socialdesk.i18n import decimal, tr

BETWEEN: Final = " · "
QUIET: Final = "quiet_left_min"  # all that the review waits for


def waits_list(text: str) -> str:
    """Of R30 and R31. A key that is not known here stands as it is."""
    return BETWEEN.join(_wait(part) for part in filter(None, text.split(", ")))


def wait_words(key: str, n: int) -> str:
    """One thing that is waited for."""
    found = _WAITS.get(key)
    return found(n) if found else key


def missing_list(text: str) -> str:
    """Of R01."""
    names = {"title": tr("title"), "type": tr("type"), "severity": tr("severity"),
             "commander": tr("commander")}  # fmt: skip
    return ", ".join(names.get(key, key) for key in text.split(", "))


def scope_words(text: str) -> str:
    """Of R02: names of accounts and languages, "" = all."""
    return text or tr("all accounts")


def risk_list(text: str) -> str:
    """Flags by comma, as an outbox row keeps them in `detail`."""
    return ", ".join(_RISKS[key]() if key in _RISKS else key for key in text.split(",") if key)


def _wait(part: str) -> str:
    key, _, n = part.partition(":")
    return wait_words(key, int(n) if n.isdecimal() else 0)


def _time(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return tr("{h} h {m} min", h=hours, m=rest) if hours else tr("{m} min", m=rest)


_WAITS: Final[Mapping[str, Callable[[int], str]]] = {
    "promises_open": lambda n: tr("promises open ({n})", n=n),
    "held_undecided": lambda n: tr("held replies undecided ({n})", n=n),
    "unanswered": lambda n: tr("safety, complaint or press mentions unanswered ({n})", n=n),
    QUIET: lambda n: tr("quiet time left: {time}", time=_time(n)),
    "volume_above": lambda n: tr(
        "volume {x}× the usual", x=decimal(n / 10, 0 if n > 100 or n % 10 == 0 else 1)
    ),
    "closing_missing": lambda n: tr("closing statement missing"),
    "staff_not_told": lambda n: tr("staff not told"),
    "cause": lambda n: tr("cause"),
    "action": lambda n: tr("an action with owner and date"),
    "went_well": lambda n: tr("what went well"),
    "went_badly": lambda n: tr("what did not go well"),
    "staff_informed": lambda n: tr("staff informed"),
}
_RISKS: Final[Mapping[str, Callable[[], str]]] = {
    risk.MONEY: lambda: tr("it promises money"),
    risk.LIABILITY: lambda: tr("words of law, liability or medicine"),
    risk.PRIVATE: lambda: tr("a person's name, phone, e-mail or card number"),
    risk.THREAT: lambda: tr("it may be read as a threat"),
    risk.SAFETY: lambda: tr("somebody may be in danger"),
    risk.PRESS: lambda: tr("the press asks"),
    risk.REACH: lambda: tr("the author reaches many"),
    risk.INCIDENT: lambda: tr("an incident is open on this elsewhere"),
}


def usual_number(n: float) -> str:
    """How many mentions are usual, as people say it: a quiet night has fewer than one in ten
    quarters of an hour."""
    return decimal(n, 0) if n >= 10 else decimal(n) if n >= 0.1 else f"<{decimal(0.1)}"
