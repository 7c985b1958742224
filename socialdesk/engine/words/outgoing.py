"""What happened to a text on its way, as a sentence of an incident's log; and a checked post."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from socialdesk.domain.temperature import Verdict
from socialdesk.engine.words.temperature import verdict_words
from socialdesk.i18n import tr

Data = Mapping[str, Any]
_VERDICTS: Final = {verdict.value: verdict for verdict in Verdict}


def _checked(data: Data) -> str:
    verdict = _VERDICTS.get(str(data.get("verdict")))
    if verdict is None:  # a newer program wrote it
        return tr("A planned post was checked.")
    said = tr("A planned post was checked: {verdict}.", verdict=verdict_words(verdict)[0])
    reason = str(data.get("reason") or "")
    return tr("{what} Reason: {why}", what=said, why=reason) if reason else said


OUTGOING_WORDS: Final[Mapping[str, Callable[[Data], str]]] = {
    "statement_written": lambda d: tr("A text waits to leave."),
    "reply_written": lambda d: tr("A reply was written."),
    "reply_approved": lambda d: tr("A reply had its second look."),
    "reply_scheduled": lambda d: tr("A reply got another time."),
    "reply_held": lambda d: tr("A reply was held."),
    "reply_released": lambda d: tr("A held text goes on."),
    "reply_queued": lambda d: tr("A text is next in line."),
    "reply_claimed": lambda d: tr("A text left for the network."),
    "reply_sent": lambda d: tr("The network has a text."),
    "reply_uncertain": lambda d: tr("Whether a text arrived is in doubt."),
    "reply_looked_for": lambda d: tr("A text in doubt was looked for, and not found."),
    "reply_seen_there": lambda d: tr("Somebody found a text in doubt on the network."),
    "reply_not_there": lambda d: tr("A text in doubt is not on the network: it is sent again."),
    "reply_failed": lambda d: tr("A text was not sent."),
    "reply_by_hand": lambda d: tr("A mention was answered by hand."),
    "reply_edited": lambda d: tr("A reply was given other words on the network."),
    "reply_deleted": lambda d: tr("A post of ours was deleted on the network."),
    "reply_taken_back": lambda d: tr("A text was taken back."),
    "reply_sent_back": lambda d: tr("A reply went back to its writer."),
    "reply_dropped": lambda d: tr("A scheduled reply was dropped: they wrote first."),
    "reply_discarded": lambda d: tr("A text was discarded."),
    "temperature_checked": _checked,
}
