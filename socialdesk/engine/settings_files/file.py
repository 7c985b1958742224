"""A set-up as one JSON file: settings, targets, keys, saved views. Pure: touches no file.

    {"socialdesk_settings": 1,
     "settings": {"theme": "dark", "hold_s": "20", …},
     "targets": {"networks": {"feeds": 1440}, "labels": {"press": 15}},
     "keys": {"reply": "r", …},
     "views": [{"name": "Money", "search": "refund", "order": "", "notice": "once"}]}

`settings`: texts as the table `setting` keeps them, only what differs from the default: what is not
named goes back to its default. A part that is left out stays as it is. Views are added or changed
by name, never removed.

2026-11: what goes along is a list (CARRIED), not everything but a few: a setting that is added
later stays at home until somebody decides. Nothing here can hold a sign-in: those lie in the
keyring and in tables that this file never sees.
"""

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from socialdesk.domain.crisis.limits import BOUNDS, PREFIX, crossed, limits_of
from socialdesk.domain.frozen import frozen
from socialdesk.domain.queue.rows import Order
from socialdesk.domain.targets import LONGEST, MAX_TARGETS, SHORTEST
from socialdesk.engine.settings import KNOWN, is_valid

VERSION: Final = 1
MAX_BYTES: Final = 1024 * 1024
MAX_CHARS: Final = 20_000  # of one value
MAX_KEYS, MAX_VIEWS, MAX_NAME = 500, 200, 80

CARRIED: Final = (
    "theme", "text_size", "language", "team_mode", "policy", "hold_s", "target_min", "quiet_days",
    "keep_watching", "weekly_report", "risk_money", "risk_reach", "late_min", "promise_lead_min",
    "alt_text", "alarm_words", "read_languages", "hours", "due_soon_min", "brand_words", "notices",
    "notice_due_soon", "notice_overdue", "notice_danger", "notice_vip", "notice_reach",
    "notice_repeat_min", "quiet_hours", "quiet_urgent", "alert_limit", "tray", "careful_days",
    "badge", *(f"{PREFIX}{name}" for name in BOUNDS),
)  # fmt: skip
STAYS: Final[Mapping[str, str]] = {
    "here": "who sits at this computer",
    "holiday_dates": "made out of the hours",
    "targets": "a part of its own: labels go by name",
    "columns": "names saved views by number",
    "fetching": "a switch of the moment",
    "sender": "a switch of the moment, off after a restore until a person looked",
    "notices_paused_until": "a switch of the moment",
    "release_check": "consent is given by a person, not by a file",
    "release_feed": "a file must not say where updates come from",
}


class SettingsFileError(ValueError):
    """`code`: size, json, version, twice, part, setting, value, crossed, target, key, view.
    `where`: the line or the name; `value`: what stands there, or the name it is crossed with."""

    def __init__(self, code: str, where: str = "", value: str = "") -> None:
        super().__init__(f"{code}: {where}")
        self.code, self.where, self.value = code, where[:80], value[:80]


@frozen
class ViewText:
    """A saved view. `order`: of its list, "" = the usual one; `notice`: "", once, repeat."""

    name: str
    search: str
    order: str = ""
    notice: str = ""


@frozen
class SetUp:
    """None = the part is not in the file. `networks`, `labels`: minutes by key and by name."""

    settings: Mapping[str, str] | None = None
    networks: Mapping[str, int] | None = None
    labels: Mapping[str, int] | None = None
    keys: Mapping[str, str] | None = None
    views: tuple[ViewText, ...] | None = None


@frozen
class Change:
    """`kind`: setting, network, label, key, view, order (of the views). "" = default, none, not
    there."""

    kind: str
    name: str
    before: str
    after: str


def packed(made: SetUp) -> bytes:
    """The file of a whole set-up: the same one always gives the same bytes."""
    data = {
        "socialdesk_settings": VERSION,
        "settings": dict(made.settings or {}),
        "targets": {"networks": dict(made.networks or {}), "labels": dict(made.labels or {})},
        "keys": dict(made.keys or {}),
        "views": [asdict(view) for view in made.views or ()],
    }
    text = json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True)
    return f"{text}\n".encode()


def parsed(raw: bytes) -> SetUp:
    """What a file says, every value checked. Raises SettingsFileError."""
    data = _object(raw)
    if repr(data.pop("socialdesk_settings", None)) != repr(VERSION):
        raise SettingsFileError("version")
    unknown = sorted(data.keys() - {"settings", "targets", "keys", "views"})
    if unknown:
        raise SettingsFileError("part", unknown[0])
    targets = _part(data, "targets", dict)
    if targets is not None and not targets.keys() <= {"networks", "labels"}:
        raise SettingsFileError("part", "targets")
    keys, views = _part(data, "keys", dict), _part(data, "views", list)
    settings = _part(data, "settings", dict)
    return SetUp(
        None if settings is None else _settings(settings),
        None if targets is None else _minutes(_part(targets, "networks", dict) or {}),
        None if targets is None else _minutes(_part(targets, "labels", dict) or {}),
        None if keys is None else _keys(keys),
        None if views is None else _views(views),
    )


def changes(now: SetUp, wanted: SetUp) -> list[Change]:
    """What bringing in `wanted` would change. `now` is whole."""
    return [
        *_differing("setting", now.settings, wanted.settings),
        *_differing("network", now.networks, wanted.networks),
        *_differing("label", now.labels, wanted.labels),
        *_differing("key", now.keys, wanted.keys),
        *_views_differing(now.views or (), wanted.views or ()),
    ]


def matched(
    now: Sequence[ViewText], wanted: Sequence[ViewText]
) -> Iterator[tuple[ViewText, int | None]]:
    """Each view of a file with the number of the one it stands for here, None = a new one. Of
    several with one name the first stands for the first, and so on."""
    left = list(range(len(now)))
    for view in wanted:
        at = next((n for n in left if now[n].name == view.name), None)
        if at is not None:
            left.remove(at)
        yield view, at


def _views_differing(now: Sequence[ViewText], wanted: Sequence[ViewText]) -> Iterator[Change]:
    found = list(matched(now, wanted))
    for view, at in found:
        old = None if at is None else now[at]
        if view != old:
            yield Change("view", view.name, _line(old) if old else "", _line(view))
    kept = [at for _, at in found if at is not None]
    if kept != list(range(len(kept))):
        yield Change("order", "", "", ", ".join(view.name for view in wanted))


def clean(text: str) -> str:
    """Without what no text of a person has: control characters, halves of letters."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})


def _differing(
    kind: str, now: Mapping[str, Any] | None, wanted: Mapping[str, Any] | None
) -> Iterator[Change]:
    if wanted is None:
        return
    old = now or {}
    for name in sorted(old.keys() | wanted.keys()):
        before, after = (str(side.get(name, "")) for side in (old, wanted))
        if before != after:
            yield Change(kind, name, before, after)


def _line(view: ViewText) -> str:
    return " · ".join(filter(None, (view.search, view.order, view.notice))) or view.name


def _object(raw: bytes) -> dict[str, Any]:
    if len(raw) > MAX_BYTES:
        raise SettingsFileError("size")
    try:
        data = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once)
    except json.JSONDecodeError as e:
        raise SettingsFileError("json", str(e.lineno)) from e
    except (UnicodeDecodeError, RecursionError) as e:
        raise SettingsFileError("json", "1") from e
    if not isinstance(data, dict):
        raise SettingsFileError("version")
    return data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of two lines with one name nobody knows which was meant."""
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        raise SettingsFileError("twice", next(name for name in names if names.count(name) > 1))
    return made


def _part(data: dict[str, Any], name: str, kind: type) -> Any:
    value = data.get(name)
    if name in data and not isinstance(value, kind):
        raise SettingsFileError("part", name)
    return value


def _settings(given: dict[str, Any]) -> dict[str, str]:
    for key, value in given.items():
        if key not in CARRIED:
            raise SettingsFileError("setting", key)
        if not _is_text(value, MAX_CHARS) or not is_valid(key, value):
            raise SettingsFileError("value", key, str(value))
    if wrong := crossed(limits_of(given)):
        raise SettingsFileError("crossed", *(f"{PREFIX}{name}" for name in wrong))
    return {k: v for k, v in given.items() if v not in ("", KNOWN[k].default)}


def _minutes(given: dict[str, Any]) -> dict[str, int]:
    if len(given) > MAX_TARGETS:
        raise SettingsFileError("target", str(len(given)))
    for name, minutes in given.items():
        is_number = type(minutes) is int and (minutes == 0 or SHORTEST <= minutes <= LONGEST)
        if not _is_name(name) or not is_number:
            raise SettingsFileError("target", name, str(minutes))
    return given


def _keys(given: dict[str, Any]) -> dict[str, str]:
    for action, keys in given.items():
        if not _is_name(action) or not _is_text(keys, MAX_NAME) or not keys.strip():
            raise SettingsFileError("key", action, str(keys))
    if len(given) > MAX_KEYS:
        raise SettingsFileError("key", str(len(given)))
    return given


def _views(given: list[Any]) -> tuple[ViewText, ...]:
    if len(given) > MAX_VIEWS:
        raise SettingsFileError("view", str(len(given)))
    return tuple(_view(number, one) for number, one in enumerate(given, 1))


def _view(number: int, one: Any) -> ViewText:
    try:
        view = ViewText(**one)
    except TypeError as e:
        raise SettingsFileError("view", str(number)) from e
    is_right = (
        _is_name(view.name)
        and _is_text(view.search, MAX_CHARS)
        and view.order in ("", *(order.value for order in Order))
        and view.notice in ("", "once", "repeat")
    )
    if not is_right:
        raise SettingsFileError("view", str(number), str(view.name))
    return view


def _is_name(text: Any) -> bool:
    return _is_text(text, MAX_NAME) and bool(text) and text == " ".join(text.split())


def _is_text(value: Any, longest: int) -> bool:
    return isinstance(value, str) and len(value) <= longest and value == clean(value)
