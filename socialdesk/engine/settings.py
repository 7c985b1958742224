"""The settings a workspace knows, each with its default; all but `keys.*` are listed here."""

from collections.abc import Mapping
from dataclasses import dataclass

from socialdesk.domain.approval import DEFAULT_POLICY, Policy, TeamMode


@dataclass(frozen=True, slots=True)
class Setting:
    """`allowed`: the values it takes; () = any text; "int:LOW:HIGH" = a whole number."""

    default: str
    allowed: tuple[str, ...] = ()


KNOWN: dict[str, Setting] = {
    "theme": Setting("system", ("system", "light", "dark")),
    "language": Setting("system", ("system", "en", "ru", "kk")),
    "team_mode": Setting(TeamMode.SOLO.value, tuple(m.value for m in TeamMode)),
    "policy": Setting("", ("", *(p.value for p in Policy))),  # "" = by team mode
    "hold_s": Setting("10", ("int:0:120",)),
    "target_min": Setting("60", ("int:5:10080",)),
    "quiet_days": Setting("7", ("int:1:90",)),
    "keep_watching": Setting("no", ("no", "yes")),
    "sender": Setting("on", ("on", "off")),  # off after a restore, until a person says on
    "here": Setting("1"),  # id of the person at the keys
}
KEY_PREFIX = "keys."  # keys.<action> = key sequence, "" = the default


def value_of(settings: Mapping[str, str], key: str) -> str:
    """The setting, or its default."""
    return settings.get(key, KNOWN[key].default)


def number_of(settings: Mapping[str, str], key: str) -> int:
    """A whole-number setting; its default when the stored text is no number."""
    text = value_of(settings, key)
    return int(text) if text.isdecimal() else int(KNOWN[key].default)


def policy_of(settings: Mapping[str, str]) -> Policy:
    """The reply policy in force."""
    chosen = value_of(settings, "policy")
    return Policy(chosen) if chosen else DEFAULT_POLICY[TeamMode(value_of(settings, "team_mode"))]


def is_valid(key: str, value: str) -> bool:
    """Whether a setting takes this value ("" always means the default)."""
    if key.startswith(KEY_PREFIX) or value == "":
        return True
    if key not in KNOWN:
        return False
    allowed = KNOWN[key].allowed
    if allowed and allowed[0].startswith("int:"):
        _, low, high = allowed[0].split(":")
        return value.isdecimal() and int(low) <= int(value) <= int(high)
    return not allowed or value in allowed
