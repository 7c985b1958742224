"""An event of an incident's log as a sentence, from the codes and texts of ours that it holds."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from socialdesk.engine.words.incidents import (
    audience_kind_name,
    fact_state_name,
    field_name,
    state_name,
    statement_name,
)
from socialdesk.engine.words.outgoing import OUTGOING_WORDS
from socialdesk.engine.words.refusals import refusal_sentence
from socialdesk.i18n import tr, trn

Data = Mapping[str, Any]


def event_words(kind: str, data: Data) -> str:
    """One sentence; the kind's own name for one we do not know (a newer program wrote it)."""
    say = _WORDS.get(kind)
    try:
        return say(data) if say else kind.replace("_", " ")
    except (KeyError, TypeError, ValueError):
        return kind.replace("_", " ")


def _n(data: Data, key: str) -> int:
    value = data.get(key, 0)
    return len(value) if isinstance(value, list | tuple) else int(value or 0)


def _declared(d: Data) -> str:
    n = _n(d, "n_held")
    held = trn("{n} reply was held", "{n} replies were held", n)
    return tr("Declared: {title}, SEV{n}; {held}.", title=d["title"], n=d["severity"], held=held)


def _moved(d: Data) -> str:
    return tr("{before} → {after}", before=state_name(d["from"]), after=state_name(d["to"]))


def _changed(d: Data) -> str:
    said = tr("{field}: {before} → {after}", field=field_name(d["field"]), before=d["before"],
              after=d["after"])  # fmt: skip
    return tr("{what}. Reason: {why}", what=said, why=d["reason"]) if d.get("reason") else said


def _refused(d: Data) -> str:
    return tr("Refused ({code}): {text}", code=d["code"],
              text=refusal_sentence(d["code"], d.get("facts", {})).text)  # fmt: skip


def _skipped(d: Data) -> str:
    return tr("Sent without the check ({code}). Reason: {why}", code=", ".join(d["codes"]),
              why=d["reason"])  # fmt: skip


def _pin_removed(d: Data) -> str:
    if not d.get("reason"):
        return tr("A PIN was taken away.")
    return tr("The PIN of {person} was removed without the old one. Reason: {why}",
              person=d["name"], why=d["reason"])  # fmt: skip


_WORDS: Final[Mapping[str, Callable[[Data], str]]] = {
    **OUTGOING_WORDS,
    "incident_suspected": lambda d: tr("Suspected: by an alert.")
    if d.get("how") == "alert" else tr("Suspected: by hand."),
    "incident_joined": lambda d: tr("Another alert of the same kind joined."),
    "incident_dismissed": lambda d: tr("Dismissed: {why}. {note}", why=d["reason"],
                                       note=d.get("note", "")).strip(),
    "incident_declared": _declared,
    "incident_moved": _moved,
    "incident_changed": _changed,
    "refused": _refused,
    "check_skipped": _skipped,
    "reply_held": lambda d: tr("A reply was held."),
    "held_decided": lambda d: tr("A held reply: {decision}.", decision=_decision(d["decision"])),
    "held_discarded_all": lambda d: trn(
        "{n} held reply was discarded.", "{n} held replies were discarded.", _n(d, "n")),
    "step_done": lambda d: tr("Step done: {what}", what=d["key"]),
    "step_undone": lambda d: tr("Step not done after all: {what}", what=d["key"]),
    "step_skipped": lambda d: tr("Step skipped: {what}. Reason: {why}", what=d["key"],
                                 why=d["why"]),
    "log_note": lambda d: str(d["text"]),
    "press_handed": lambda d: trn("{n} mention of the press was handed to the spokesperson.",
                                  "{n} mentions of the press were handed to the spokesperson.",
                                  _n(d, "n")),
    "mention_linked": lambda d: trn("{n} mention linked.", "{n} mentions linked.", _n(d, "n")),
    "mention_unlinked": lambda d: trn(
        "{n} mention taken out.", "{n} mentions taken out.", _n(d, "n")),
    "mention_hidden": lambda d: tr("A mention was hidden: {why}.", why=d["reason"]),
    "clock_jumped": lambda d: tr("The clock of this computer jumped by {n} s.",
                                 n=_n(d, "ms") // 1000),
    "review_saved": lambda d: tr("The review was written on."),
    "task_saved": lambda d: tr("To do: {what}", what=d.get("text", "")),
    "task_removed": lambda d: tr("A task was removed."),
    "fact_saved": lambda d: tr("A fact was written down."),
    "fact_checked": lambda d: tr("A fact was checked: {says}.", says=_says(d["says"])),
    "fact_state": lambda d: tr("A fact is now {state}.", state=fact_state_name(
        str(d.get("state") or d.get("to", "")))),
    "statement_saved": lambda d: tr("{kind}, {lang}: a version was written.",
                                    kind=statement_name(d["kind"]), lang=d["lang"]),
    "statement_dropped": lambda d: tr("A text was dropped."),
    "look_given": lambda d: tr("A second look was given."),
    "approval_ended": lambda d: tr("An approval ended."),
    "statement_queued": lambda d: tr("A text was sent on its way."),
    "statement_published": lambda d: tr("A text was published."),
    "statement_by_hand": lambda d: tr("A text was posted by hand."),
    "line_prepared": lambda d: tr("A reply line was prepared."),
    "silence_chosen": lambda d: tr("Silence was proposed, with a time to look again."),
    "silence_decided": lambda d: tr("Silence was decided, with a time to look again."),
    "alert_linked": lambda d: trn("An alert was linked, with {n} mention.",
                                  "An alert was linked, with {n} mentions.", _n(d, "n")),
    "alert_dismissed": lambda d: tr("An alert was dismissed."),
    "audience_saved": lambda d: tr("Whom to tell was changed: {who}.",
                                   who=audience_kind_name(d["kind"]))
    if d.get("kind") else tr("Whom to tell was changed."),
    "pin_set": lambda d: tr("A PIN was set."),
    "pin_removed": _pin_removed,
    "pin_right": lambda d: tr("A PIN was typed right."),
    "pin_wrong": lambda d: tr("A PIN was typed wrong."),
    "person_put_away": lambda d: tr("{person} was put away.", person=d["name"]),
    "person_brought_back": lambda d: tr("{person} was brought back.", person=d["name"]),
    "person_erased": lambda d: tr("What was kept of a person was erased."),
    "words_removed": lambda d: tr("Words whose time to be kept was over were removed."),
    "audience_telling": lambda d: tr("A notify service was asked to tell an audience."),
    "audience_not_told": lambda d: tr("The notify service did not take the text."),
    "audience_told": lambda d: tr("An audience was told."),
    "promise_kept": lambda d: tr("A promised answer was given."),
    "promise_made": lambda d: tr("Somebody was promised an answer."),
    "promise_soon": lambda d: tr("A promise is due soon"),
    "promise_due": lambda d: tr("A promise is due now"),
    "promise_late": lambda d: tr("A promise was missed"),
    "incident_promise_made": lambda d: tr("The time of the next update was promised."),
    "incident_promise_soon": lambda d: tr("The next update is due soon"),
    "incident_promise_due": lambda d: tr("The next update is due now"),
    "incident_promise_late": lambda d: tr("The next update is late"),
    "incident_promise_kept": lambda d: tr("A promised update was given."),
    "incident_promise_broken": lambda d: tr("A promised update was never given."),
    "report_frozen": lambda d: tr("The report was frozen: {hash}", hash=str(d["json"])[:12]),
    "drill_ended": lambda d: tr("A drill ended."),
}  # fmt: skip


def _decision(decision: str) -> str:
    return {"keep": tr("kept"), "change": tr("to be changed"),
            "discard": tr("discarded")}.get(decision, decision)  # fmt: skip


def _says(says: str) -> str:
    return {"yes": tr("yes"), "no": tr("no"), "unclear": tr("unclear")}.get(says, says)
