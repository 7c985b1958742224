"""Sentences for what else goes wrong around an incident: PINs, the notify service."""

from collections.abc import Mapping

from socialdesk.engine.words.sentence import Sentence
from socialdesk.i18n import tr, trn

Facts = Mapping[str, str | int]


def pin(facts: Facts) -> Sentence:
    """A second look by PIN that was not given."""
    n = int(facts.get("n", 0))
    match facts.get("why"):
        case "wrong":
            return Sentence(
                trn("The PIN is wrong. {n} try is left, then wait five minutes.",
                    "The PIN is wrong. {n} tries are left, then wait five minutes.", n),
                tr("Type it again"), "edit",
            )  # fmt: skip
        case "wait":
            return Sentence(
                trn("Five wrong PINs. Wait {n} minute.", "Five wrong PINs. Wait {n} minutes.", n),
                tr("Or ask by message: that look needs no PIN"),
            )
        case "short":
            return Sentence(
                trn("A PIN has {n} digit or more.", "A PIN has {n} digits or more.", n),
                tr("Type digits only"), "edit",
            )  # fmt: skip
        case "old":
            return Sentence(
                tr("This person has a PIN: to change or remove it, it is typed first."),
                tr("Type the present PIN, or remove it as forgotten, with a reason"), "edit",
            )  # fmt: skip
        case "reason":
            return Sentence(
                trn("Why it is removed takes {n} character or more.",
                    "Why it is removed takes {n} characters or more.", n),
                tr("Write a little more"), "edit",
            )  # fmt: skip
        case _:
            return Sentence(
                tr("This person has no PIN, so they cannot look at this computer."),
                tr("Set one under “PINs…” in the palette (Ctrl+K), or ask by message"),
            )


def criticism() -> Sentence:
    """Somebody wanted to hide what is no insult, threat or private data."""
    return Sentence(
        tr("Criticism is not hidden: this mention asks, complains or reports something."),
        tr("Answer it, or say first that it is an insult and nothing else (category: troll)"),
    )


def not_notified(facts: Facts) -> Sentence:
    """A notify service that did not take the text: nobody counts as told."""
    match facts.get("why"):
        case "none":
            return Sentence(
                tr("No notify service is kept for this audience."),
                tr("Enter its address, or tell them in another way"),
            )
        case "address":
            return Sentence(
                tr("This is no address of a notify service."),
                tr("Write it as the service's page says, such as mailto:// or ntfy://"), "edit",
            )  # fmt: skip
        case "unclear":
            return Sentence(
                tr("The notify service was asked to send this text before and has not answered: "
                   "they may have it already. Ask one of them first."),
                tr("Send it again"), "send_anyway",
            )  # fmt: skip
        case _:
            return Sentence(
                tr("The notify service did not take the text. Nobody counts as told."),
                tr("Check the address, or tell them in another way"),
            )
