"""The limits of crisis mode in words: for the settings, and for the log of an incident."""

from collections.abc import Mapping
from typing import Final

from socialdesk.domain.crisis.limits import PREFIX
from socialdesk.i18n import tr

SEV1: Final = "SEV1"
PERCENT: Final = "%"


def limit_words(key: str) -> tuple[str, str, str]:
    """Of a setting: its name, what it changes, its unit. Raises KeyError when it is no limit."""
    others = tr("SEV2 and SEV3")
    return {
        "first_look_sev1_min": _first_look(SEV1),
        "first_look_min": _first_look(others),
        "look_sev1_min": _look(SEV1),
        "look_min": _look(others),
        "risk_look_min": (
            tr("Own look at a risky reply"),
            tr("In normal times: so long after it was written its writer alone may approve it."),
            tr("minutes"),
        ),
        "approval_sev1_h": _approval(SEV1),
        "approval_h": _approval(others),
        "quiet_lines_days": (
            tr("Lines of quiet times count"),
            tr("So long a reply line may be sent that was approved in quiet times. One that was "
               "approved before keeps its end."),
            tr("days"),
        ),
        "mute_h": (
            tr("A dismissed alert stays silent"),
            tr("So long no alert of the same kind on the same topic rings. What is silent already "
               "keeps its time."),
            tr("hours"),
        ),
        "copy_authors": (
            tr("Copied texts alert from"),
            tr("When so many authors post nearly the same text within a day, an alert rings."),
            tr("authors"),
        ),
        "post_fewest": (
            tr("Fewest mentions of a check"),
            tr("With fewer rated mentions the check of a planned post says that there is too "
               "little to say."), tr("rated mentions"),
        ),
        "post_red_percent": (
            tr("Red from, negative"),
            tr("A planned post is red when so much of what is rated on its topic is negative."),
            PERCENT,
        ),
        "post_inviting_percent": (
            tr("Red for an open invitation from, negative"),
            tr("The same for a post that asks everybody to write."), PERCENT,
        ),
        "post_amber_percent": (
            tr("Amber from, negative"),
            tr("A planned post is amber when so much of what is rated on its topic is negative."),
            PERCENT,
        ),
        "post_inviting_unresolved": (
            tr("Red for an open invitation from, unresolved"),
            tr("A post that asks everybody to write is red with so many unresolved complaints on "
               "its topic."), tr("complaints"),
        ),
        "post_amber_unresolved": (
            tr("Amber from, unresolved"),
            tr("A planned post is amber with so many unresolved complaints on its topic."),
            tr("complaints"),
        ),
    }[key.removeprefix(PREFIX)]  # fmt: skip


def crossed_words(facts: Mapping[str, str | int]) -> str:
    """Red would begin below amber. `facts`: of CommandFault.LIMITS."""
    red, amber = (limit_words(str(facts.get(one, "")))[0] if facts.get(one) else ""
                  for one in ("red", "amber"))  # fmt: skip
    return tr("Red would begin below amber: «{red}» is {n}, «{amber}» is {of}.", red=red,
              n=facts.get("n", 0), amber=amber, of=facts.get("of", 0))  # fmt: skip


def logged_name(key: str) -> str:
    """As the log names it: what, in which unit."""
    name, _, unit = limit_words(key)
    return tr("{name} ({unit})", name=name, unit=unit)


def _first_look(which: str) -> tuple[str, str, str]:
    return (
        tr("Own look at a first statement, {severity}", severity=which),
        tr("So long after its last change the writer may look at it again alone."),
        tr("minutes"),
    )


def _look(which: str) -> tuple[str, str, str]:
    return (
        tr("Own look at other texts, {severity}", severity=which),
        tr("So long after its last change the writer may look at it again alone."),
        tr("minutes"),
    )


def _approval(which: str) -> tuple[str, str, str]:
    return (
        tr("An approval counts, {severity}", severity=which),
        tr("After so long a text under the lock needs a new second look. An approval that was "
           "given before keeps its end."),
        tr("hours"),
    )  # fmt: skip
