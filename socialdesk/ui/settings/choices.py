"""The settings a person can change: their names, their choices in words, what they do."""

from collections.abc import Callable
from dataclasses import dataclass

from socialdesk.domain.approval import Policy, TeamMode
from socialdesk.i18n import LANGUAGES, tr

Choice = tuple[str, str]  # stored value, words


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the dialog. `choices` () = a whole number with `unit`; two choices "no" and
    "yes" = a check box."""

    key: str
    name: str
    what: str
    choices: tuple[Choice, ...] = ()
    unit: str = ""


def shown_settings() -> tuple[Shown, ...]:
    """In the order of the dialog, in the language in use."""
    return tuple(make() for make in _ALL)


def _theme() -> Shown:
    return Shown(
        "theme", tr("Look"), tr("Light or dark, or as your system is."),
        (("system", tr("As the system")), ("light", tr("Light")), ("dark", tr("Dark"))),
    )  # fmt: skip


def _language() -> Shown:
    return Shown(
        "language", tr("Language"), tr("Of the program. Templates have languages of their own."),
        (("system", tr("As the system")), *LANGUAGES.items()),
    )  # fmt: skip


def _team_mode() -> Shown:
    return Shown(
        "team_mode", tr("Team"),
        tr("Solo: you approve your own texts, recorded as “same person”. Pair: somebody other than "
           "the writer approves."),
        ((TeamMode.SOLO.value, tr("Solo")), (TeamMode.PAIR.value, tr("Pair"))),
    )  # fmt: skip


def _policy() -> Shown:
    return Shown(
        "policy", tr("Reply policy"),
        tr("What may be sent beyond approved templates. By team: in solo free text is allowed, in "
           "pair it needs approval."),
        (("", tr("By team")),
         (Policy.FREE.value, tr("Free text allowed")),
         (Policy.APPROVAL.value, tr("Free text needs approval")),
         (Policy.TEMPLATES.value, tr("Approved templates only"))),
    )  # fmt: skip


def _hold() -> Shown:
    what = tr("How long a reply can still be taken back before it leaves.")
    return Shown("hold_s", tr("Undo time of a reply"), what, unit=tr("seconds"))


def _late() -> Shown:
    what = tr("A scheduled reply that could not leave in time asks you first when it is later than "
              "this.")  # fmt: skip
    return Shown("late_min", tr("Late replies ask after"), what, unit=tr("minutes"))


def _promise_lead() -> Shown:
    what = tr("So long before its time a promise comes back to the inbox.")
    return Shown("promise_lead_min", tr("Promises come back"), what, unit=tr("minutes"))


def _alt_text() -> Shown:
    return Shown(
        "alt_text", tr("Descriptions of pictures"),
        tr("Whether a reply may leave with a picture that has no description for people who do "
           "not see it."),
        (("warned", tr("Warn when missing")), ("required", tr("Required"))),
    )  # fmt: skip


def _fetching() -> Shown:
    return Shown(
        "fetching", tr("Fetch mentions"),
        tr("When off, nothing new comes until you say so; Accounts shows the gap."),
        (("on", tr("On")), ("off", tr("Off"))),
    )  # fmt: skip


def _risk_money() -> Shown:
    what = tr("A text of your own that promises more than this, in whatever currency, waits for a "
              "second look.")  # fmt: skip
    return Shown("risk_money", tr("Largest promise of money"), what)


def _risk_reach() -> Shown:
    what = tr("An answer in own words to somebody with so many followers waits for a second look. "
              "0 = never.")  # fmt: skip
    return Shown("risk_reach", tr("Wide reach begins at"), what, unit=tr("followers"))


def _quiet() -> Shown:
    what = tr("What waits for an answer of theirs is done after so many days without a word.")
    return Shown("quiet_days", tr("Waiting ends after"), what, unit=tr("days"))


def _keep_watching() -> Shown:
    return Shown(
        "keep_watching", tr("Keep watching after the window closes"),
        tr("Mentions go on arriving while the computer is awake. Nothing is watched while it "
           "sleeps; Accounts shows the gap."),
        (("no", tr("No")), ("yes", tr("Yes"))),
    )  # fmt: skip


def _sender() -> Shown:
    return Shown(
        "sender", tr("Send replies"),
        tr("When off, everything waits in the outbox: so after a restored backup, until you say "
           "that its replies may leave."),
        (("on", tr("On")), ("off", tr("Off"))),
    )  # fmt: skip


_ALL: tuple[Callable[[], Shown], ...] = (
    _theme, _language, _team_mode, _policy, _risk_money, _risk_reach, _hold, _late, _promise_lead,
    _alt_text, _quiet,
    _fetching, _keep_watching, _sender,
)  # fmt: skip
