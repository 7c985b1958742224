"""Why the desk did not do what concerns one network: the sentences."""

from collections.abc import Mapping
from datetime import date

from socialdesk.domain.errors import CommandFault
from socialdesk.domain.price import dollars
from socialdesk.engine.words.dates import day
from socialdesk.engine.words.sentence import Sentence
from socialdesk.i18n import tr


def sentence(fault: CommandFault, facts: Mapping[str, str | int]) -> Sentence:
    """For PASTED, PORTS_TAKEN and SPENT."""
    if fault is CommandFault.PASTED:
        return Sentence(
            tr("That is not what this sign-in waits for. The sign-in is still open."),
            tr("Copy the whole text the browser shows at the end, and paste it again"), "edit",
        )  # fmt: skip
    if fault is CommandFault.PORTS_TAKEN:
        return Sentence(
            tr("Other programs use every port this sign-in may come back to: {list}.",
               list=facts.get("list", "")),
            tr("Close them and try again"), "retry",
        )  # fmt: skip
    return Sentence(
        tr("This could pass your cap of {cap} a month ({spent} spent).",
           cap=facts.get("cap", ""), spent=facts.get("spent", "")),
        tr("Raise the cap in the account's settings, or wait for the next month"),
    )  # fmt: skip


def source_gone(detail: str) -> str:
    """Why a source is asked no more. `detail`: the text of a RefusedError with Refusal.GONE."""
    if "HTTP 404" in detail:
        return tr("Nothing was found at its address for 7 days.")
    return tr("The site says that it is gone for good.")


def cap_reached(detail: str) -> Sentence:
    """For SpendCapError. `detail`: its text, "" where only its name was kept (replies)."""
    step = tr("Raise the cap, or wait; other accounts go on.")
    cap, _, goes_on = detail.partition(" ")
    try:
        money, on = dollars(int(cap)), date.fromisoformat(goes_on)
    except ValueError:
        return Sentence(
            tr("This month's cap for this account is reached. Nothing is lost: it goes on with the "
               "next month."), step,
        )  # fmt: skip
    return Sentence(
        tr("This month's cap of {cap} is reached; fetching goes on on {day}.",
           cap=money, day=day(on)), step,
    )  # fmt: skip
