"""The settings a person can change: their names, their choices in words, what they do."""

from collections.abc import Sequence
from enum import Enum

from socialdesk.domain.crisis.approval import Policy, TeamMode
from socialdesk.domain.crisis.limits import PREFIX
from socialdesk.domain.frozen import frozen
from socialdesk.engine.settings import KNOWN
from socialdesk.engine.words.crisis_limits import limit_words
from socialdesk.i18n import LANGUAGES, tr

Choice = tuple[str, str]  # stored value, words
NO_YES: tuple[Choice, ...] = (("no", ""), ("yes", ""))


class Shape(Enum):
    """What a setting is changed with."""

    CHECK = "check"
    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"
    LINES = "lines"


@frozen
class Shown:
    """One line of the dialog. `what`: one sentence, what it changes. `unit`: of a number; in a text
    field an example. `also`: other words people look for it by. `text`: it is typed, in one line or
    in several."""

    key: str
    name: str
    what: str
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    also: str = ""
    text: Shape | None = None

    @property
    def shape(self) -> Shape:
        if self.text is not None:
            return self.text
        if not self.choices:
            return Shape.NUMBER
        return Shape.CHECK if [v for v, _ in self.choices] == ["no", "yes"] else Shape.CHOICE


# Settings that are in no line of their own, and where they are instead.
ELSEWHERE = {
    "here": "the field “I am”, General",
    "hours": "the hours, Hours",
    "targets": "targets of their own, Hours",
    "quiet_hours": "the quiet hours, Notices",
}
NOT_FOR_PEOPLE = {
    "holiday_dates": "made by the engine out of the country of the hours",
    "columns": "follows what is opened and closed on the screen of columns",
    "notices_paused_until": "a switch of the moment, in the tray and on the list of notices",
}


def general_settings() -> tuple[Shown, ...]:
    """In the order of the page, in the language in use. So all that follow."""
    made = (_theme, _text_size, _language, _brand_words, _fetching, _keep_watching, _weekly_report)
    return tuple(make() for make in made)


def reply_settings() -> tuple[Shown, ...]:
    return tuple(make() for make in (_team_mode, _policy, _risk_money, _risk_reach, _hold, _late,
                                     _promise_lead, _alt_text, _quiet, _sender))  # fmt: skip


def time_settings() -> tuple[Shown, ...]:
    return (
        Shown("target_min", tr("Response target"),
              tr("A mention is due this long after it was written; then it is overdue."),
              unit=tr("minutes"), also=tr("deadline, SLA, answer time")),
        Shown("due_soon_min", tr("Due soon"),
              tr("So long before it is overdue a mention counts as due soon."), unit=tr("minutes"),
              also=tr("deadline, warning")),
    )  # fmt: skip


def understanding_settings() -> tuple[Shown, ...]:
    return (
        Shown("alarm_words", tr("Words of danger"),
              tr("A mention with one of these stands on top. By comma; poison* is every word that "
                 "begins so."), unit=tr("lawyer, allergy, poison*"), text=Shape.TEXT,
              also=tr("alarm, keywords, urgent")),
        Shown("read_languages", tr("Languages"),
              tr("The codes of the languages your mentions are in, by comma. In one without a "
                 "table moods are not rated until you corrected enough."), unit="kk, ru, en",
              text=Shape.TEXT, also=tr("mood, sentiment")),
        Shown("alert_limit", tr("Surprise that alerts"),
              tr("How unusual a number of mentions must be before it alerts; lower is louder. "
                 "Alerts shows what each would have told you."), unit=tr("tenths"),
              also=tr("sensitivity, spike, crisis")),
        Shown("careful_days", tr("Days to be careful on"),
              tr("A planned light post on one of these days is warned about. One a line: month and "
                 "day for every year, with the year for once, then what day it is."),
              unit=tr("12-16 Independence Day"), text=Shape.LINES,
              also=tr("mourning, memorial, calendar")),
    )  # fmt: skip


def look_settings() -> tuple[Shown, ...]:
    """Of crisis mode: who looks again when, and how long that counts."""
    looks = ("first_look_sev1_min", "first_look_min", "look_sev1_min", "look_min", "risk_look_min")
    also = tr("cool-down, second look, pause, same person")
    approvals = ("approval_sev1_h", "approval_h", "quiet_lines_days")
    approval = tr("approval, second look, valid, expires")
    return (*_limits(looks, also), *_limits(approvals, approval))


def alarm_settings() -> tuple[Shown, ...]:
    """Of crisis mode: when an alert rings."""
    return (*_limits(("mute_h",), tr("mute, dismiss, alert, alarm")),
            *_limits(("copy_authors",), tr("duplicate, copy, campaign, alert")))  # fmt: skip


def post_settings() -> tuple[Shown, ...]:
    """Of the check of a planned post."""
    names = ("post_fewest", "post_red_percent", "post_inviting_percent", "post_amber_percent",
             "post_inviting_unresolved", "post_amber_unresolved")  # fmt: skip
    return _limits(names, tr("temperature check, planned post, verdict, share"))


def _limits(names: Sequence[str], also: str) -> tuple[Shown, ...]:
    found = []
    for key in (f"{PREFIX}{name}" for name in names):
        name, what, unit = limit_words(key)
        found.append(Shown(key, name, what, unit=unit, also=also))
    return tuple(found)


def update_settings() -> tuple[Shown, ...]:
    return (
        Shown("release_check", tr("Look for new versions"),
              tr("Weekly asks one address for the newest version and tells you; nothing about you "
                 "is sent, nothing is downloaded or installed."),
              (("off", tr("Only when I ask")), ("weekly", tr("Weekly"))),
              also=tr("update, upgrade, release")),
        Shown("release_feed", tr("Address of new versions"),
              tr("Where to ask; empty is the address this build came with. It begins with "
                 "https://."), unit="https://…", text=Shape.TEXT, also=tr("update, feed")),
    )  # fmt: skip


def notice_settings(has_tray: bool) -> tuple[Shown, ...]:
    """`has_tray`: this desktop shows one."""
    tray = tr("An icon with a menu: open, pause, quit.")
    no_tray = tr("This desktop has no tray. Notices, the list of notices and the number on the "
                 "window's icon work without one.")  # fmt: skip
    return (
        Shown("notices", tr("Show notices"), tr("On the desktop, also while the window is closed."),
              (("on", tr("On")), ("off", tr("Off"))), also=tr("notifications, popup, sound")),
        Shown("notice_overdue", tr("What is overdue"),
              tr("A notice when a mention passes its response target; several are told as one."),
              NO_YES, also=tr("late")),
        Shown("notice_due_soon", tr("What is due soon"),
              tr("A notice some time before a mention is overdue."), NO_YES),
        Shown("notice_danger", tr("Words of danger"),
              tr("A notice when a mention has one of your words of danger, repeated until seen."),
              NO_YES, also=tr("alarm, urgent")),
        Shown("notice_vip", tr("VIPs who write"),
              tr("A notice when a VIP writes, repeated until seen."), NO_YES, also=tr("urgent")),
        Shown("notice_reach", tr("Authors with a wide reach"),
              tr("An urgent notice when the author has so many followers; 0 is never."),
              unit=tr("followers"), also=tr("influencer")),
        Shown("notice_repeat_min", tr("Repeat what is urgent"),
              tr("What is urgent is told again after this time, until somebody has seen it."),
              unit=tr("minutes")),
        Shown("tray", tr("Icon in the tray"), tray if has_tray else no_tray, NO_YES),
        Shown("badge", tr("Number on the icon"),
              tr("What the number on the window's icon counts, where the desktop draws one."),
              (("needs_reply", tr("Needs reply")), ("overdue", tr("Overdue")),
               ("off", tr("None"))), also=tr("counter, dock, launcher")),
    )  # fmt: skip


def quiet_settings() -> tuple[Shown, ...]:
    return (
        Shown("quiet_urgent", tr("Urgent ones come through"),
              tr("In quiet hours too: words of danger, VIPs, wide reach, promises that are due."),
              NO_YES),
    )  # fmt: skip


def shown_settings() -> tuple[Shown, ...]:
    """Every line of the dialog."""
    return (*general_settings(), *reply_settings(), *time_settings(), *notice_settings(True),
            *quiet_settings(), *understanding_settings(), *look_settings(), *alarm_settings(),
            *post_settings(), *update_settings())  # fmt: skip


def _theme() -> Shown:
    return Shown(
        "theme", tr("Look"), tr("Light or dark, or as your system is."),
        (("system", tr("As the system")), ("light", tr("Light")), ("dark", tr("Dark"))),
        also=tr("theme, colours, night"),
    )  # fmt: skip


def _text_size() -> Shown:
    sizes = KNOWN["text_size"].allowed
    return Shown(
        "text_size", tr("Size of text"), tr("How large every text of the program is."),
        tuple((size, tr("{n} %", n=size)) for size in sizes),
        also=tr("zoom, font, larger, accessibility"),
    )  # fmt: skip


def _language() -> Shown:
    return Shown(
        "language", tr("Language"), tr("Of the program. Templates have languages of their own."),
        (("system", tr("As the system")), *LANGUAGES.items()),
        also="language, язык, тіл",
    )  # fmt: skip


def _brand_words() -> Shown:
    return Shown(
        "brand_words", tr("Brand words"),
        tr("What a new watch begins with, one a line: a name or spelling; +word must be there, "
           "-word must not."),
        text=Shape.LINES, also=tr("keywords, name, watch"),
    )  # fmt: skip


def _weekly_report() -> Shown:
    return Shown(
        "weekly_report", tr("Page of the week"),
        tr("On Monday mornings a page about the week before is written, and you are told."),
        (("off", tr("Off")), ("on", tr("On"))), also=tr("report, summary, owner"),
    )  # fmt: skip


def _team_mode() -> Shown:
    return Shown(
        "team_mode", tr("Team"),
        tr("Solo: you approve your own texts, recorded as “same person”. Pair: somebody other than "
           "the writer approves."),
        ((TeamMode.SOLO.value, tr("Solo")), (TeamMode.PAIR.value, tr("Pair"))),
        also=tr("approval, four eyes"),
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
        also=tr("approval, templates"),
    )  # fmt: skip


def _hold() -> Shown:
    what = tr("How long a reply can still be taken back before it leaves.")
    return Shown("hold_s", tr("Undo time of a reply"), what, unit=tr("seconds"),
                 also=tr("take back, delay"))  # fmt: skip


def _late() -> Shown:
    what = tr("A scheduled reply that could not leave in time asks you first when it is later than "
              "this.")  # fmt: skip
    return Shown("late_min", tr("Late replies ask after"), what, unit=tr("minutes"),
                 also=tr("scheduled"))  # fmt: skip


def _promise_lead() -> Shown:
    what = tr("So long before its time a promise comes back to the inbox.")
    return Shown("promise_lead_min", tr("Promises come back"), what, unit=tr("minutes"),
                 also=tr("follow-up, reminder"))  # fmt: skip


def _alt_text() -> Shown:
    return Shown(
        "alt_text", tr("Descriptions of pictures"),
        tr("Whether a reply may leave with a picture that has no description for people who do "
           "not see it."),
        (("warned", tr("Warn when missing")), ("required", tr("Required"))),
        also=tr("alt text, accessibility, images"),
    )  # fmt: skip


def _fetching() -> Shown:
    return Shown(
        "fetching", tr("Fetch mentions"),
        tr("When off, nothing new comes until you say so; Accounts shows the gap."),
        (("on", tr("On")), ("off", tr("Off"))), also=tr("pause, sync, offline"),
    )  # fmt: skip


def _risk_money() -> Shown:
    what = tr("A text of your own that promises more than this, in whatever currency, waits for a "
              "second look.")  # fmt: skip
    return Shown("risk_money", tr("Largest promise of money"), what,
                 also=tr("refund, amount, risk"))  # fmt: skip


def _risk_reach() -> Shown:
    what = tr("An answer in own words to somebody with so many followers waits for a second look. "
              "0 = never.")  # fmt: skip
    return Shown("risk_reach", tr("Wide reach begins at"), what, unit=tr("followers"),
                 also=tr("influencer, risk"))  # fmt: skip


def _quiet() -> Shown:
    what = tr("What waits for an answer of theirs is done after so many days without a word.")
    return Shown("quiet_days", tr("Waiting ends after"), what, unit=tr("days"),
                 also=tr("close, status"))  # fmt: skip


def _keep_watching() -> Shown:
    return Shown(
        "keep_watching", tr("Keep watching after the window closes"),
        tr("Mentions go on arriving while the computer is awake. Nothing is watched while it "
           "sleeps; Accounts shows the gap."),
        NO_YES, also=tr("background, close, quit"),
    )  # fmt: skip


def _sender() -> Shown:
    return Shown(
        "sender", tr("Send replies"),
        tr("When off, everything waits in the outbox: so after a restored backup, until you say "
           "that its replies may leave."),
        (("on", tr("On")), ("off", tr("Off"))), also=tr("outbox, pause, hold"),
    )  # fmt: skip
