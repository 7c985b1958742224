"""The settings a workspace knows, each with its default; all but `keys.*` are listed here."""

from collections.abc import Mapping

from socialdesk.domain.crisis.approval import DEFAULT_POLICY, Policy, TeamMode
from socialdesk.domain.crisis.limits import BOUNDS, PREFIX, CrisisLimits
from socialdesk.domain.frozen import frozen
from socialdesk.domain.replies.reply import LATE_MIN


@frozen
class Setting:
    """`allowed`: the values it takes; () = any text; "int:LOW:HIGH" = a whole number."""

    default: str
    allowed: tuple[str, ...] = ()


# Kinds of text that are parsed to be checked.
HOURS, TARGETS, DAYS, FEED = "hours:", "targets:", "days:", "feed:"

KNOWN: dict[str, Setting] = {
    "theme": Setting("system", ("system", "light", "dark")),
    "text_size": Setting("100", ("100", "115", "130", "150", "175", "200")),  # per cent
    "language": Setting("system", ("system", "en", "ru", "kk")),
    "team_mode": Setting(TeamMode.SOLO.value, tuple(m.value for m in TeamMode)),
    "policy": Setting("", ("", *(p.value for p in Policy))),  # "" = by team mode
    "hold_s": Setting("10", ("int:0:120",)),
    "target_min": Setting("60", ("int:5:10080",)),
    "quiet_days": Setting("7", ("int:1:90",)),
    "keep_watching": Setting("no", ("no", "yes")),
    "weekly_report": Setting("off", ("off", "on")),  # a page for the owner, on Mondays
    "sender": Setting("on", ("on", "off")),  # off after a restore, until a person says on
    "risk_money": Setting("50", ("int:0:1000000000",)),  # a larger sum promised wants a look
    "risk_reach": Setting("10000", ("int:0:1000000000",)),  # followers; 0 = never
    "late_min": Setting(str(LATE_MIN), ("int:1:1440",)),  # later than this, a scheduled reply asks
    "promise_lead_min": Setting("10", ("int:0:240",)),  # a promise comes back so long before
    "alt_text": Setting("warned", ("warned", "required")),  # of pictures
    "alarm_words": Setting(""),  # words of danger of one's own, by comma: analysis/priority.py
    "read_languages": Setting(
        "kk,ru,en"
    ),  # that a mention may be in: engine/insight/understanding.py
    "here": Setting("1"),  # id of the person at the keys
    "hours": Setting("", (HOURS,)),  # domain/times/hours_text.py; "" = always open
    "holiday_dates": Setting(""),  # of the hours' country; made by engine/holidays.py
    "targets": Setting("", (TARGETS,)),  # of networks and labels: domain/targets.py
    "due_soon_min": Setting("15", ("int:1:240",)),  # of open time
    "brand_words": Setting(""),  # of a new watch, one a line: domain/rules/brand_words.py
    "columns": Setting(""),  # views side by side: "saved:3,needs_reply"
    "fetching": Setting("on", ("on", "off")),  # off = nothing is asked until a person says on
    "notices": Setting("on", ("on", "off")),  # on the desktop; the list of notices is always kept
    "notice_due_soon": Setting("yes", ("no", "yes")),
    "notice_overdue": Setting("yes", ("no", "yes")),
    "notice_danger": Setting("yes", ("no", "yes")),
    "notice_vip": Setting("yes", ("no", "yes")),
    "notice_reach": Setting("10000", ("int:0:1000000000",)),  # followers; 0 = never
    "notice_repeat_min": Setting("10", ("int:1:240",)),  # what is urgent is told again, until seen
    "notices_paused_until": Setting("0", ("int:0:99999999999999",)),  # ms UTC
    "quiet_hours": Setting("", (HOURS,)),  # when no notice is shown; "" = never quiet
    "quiet_urgent": Setting("yes", ("no", "yes")),  # urgent ones pass quiet hours
    "alert_limit": Setting("25", ("int:15:60",)),  # of a watch, in tenths: analysis/spikes.py
    "tray": Setting("yes", ("no", "yes")),
    "careful_days": Setting("", (DAYS,)),  # no light post then: analysis/temperature.py
    "badge": Setting("needs_reply", ("needs_reply", "overdue", "off")),
    "release_check": Setting("off", ("off", "weekly")),  # asks nobody until a person says so
    "release_feed": Setting("", (FEED,)),  # "" = the one this build came with: engine/releases.py
    **{  # domain/crisis/limits.py
        f"{PREFIX}{name}": Setting(str(getattr(CrisisLimits(), name)), (f"int:{low}:{high}",))
        for name, (low, high) in BOUNDS.items()
    },
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
    if allowed in ((HOURS,), (TARGETS,), (DAYS,), (FEED,)):
        return _parses(allowed[0], value)
    if allowed and allowed[0].startswith("int:"):
        _, low, high = allowed[0].split(":")
        return value.isdecimal() and int(low) <= int(value) <= int(high)
    return not allowed or value in allowed


def _parses(kind: str, value: str) -> bool:
    if kind == DAYS:
        from socialdesk.analysis.temperature import is_list_of_days

        return is_list_of_days(value)
    if kind == FEED:
        from socialdesk.engine.release_feed import is_feed_address

        return is_feed_address(value)
    # Imported when somebody sets them: no start needs zones.
    from socialdesk.domain.targets import parse_targets
    from socialdesk.domain.times.hours_text import parse_hours, read_text

    try:
        if kind == TARGETS:
            parse_targets(value)
            return True
        parse_hours(value)
    except ValueError:
        return False
    text = read_text(value)
    return not (text.country or text.subdivision) or _is_country(text.country, text.subdivision)


def _is_country(country: str, subdivision: str) -> bool:
    from socialdesk.engine.holidays import knows

    return knows(country, subdivision)
