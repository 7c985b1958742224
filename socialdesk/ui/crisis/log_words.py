"""The events of an incident's log as sentences. What an event carries is ours: ids, codes, words
of our own; a stranger's words are never in it."""

from collections.abc import Callable, Mapping
from typing import Final

from socialdesk.domain.crisis_rows import LogRow
from socialdesk.domain.incident import IncidentState, Severity, Strategy
from socialdesk.engine.outgoing_words import OUTGOING_WORDS
from socialdesk.engine.refusal_words import refusal_sentence
from socialdesk.i18n import tr, trn
from socialdesk.ui.crisis import words
from socialdesk.ui.plain import isolated, one_line

Data = Mapping[str, object]


def event_words(row: LogRow) -> str:
    """What happened; an event of a kind nobody named here is shown by its kind."""
    sentence = _SENTENCES.get(row.kind)
    return sentence(row.data) if sentence else one_line(row.kind.replace("_", " "))


def _text(data: Data, key: str) -> str:
    return one_line(str(data.get(key) or ""))


def _count(data: Data, key: str) -> int:
    value = data.get(key)
    return value if isinstance(value, int) else 0


def _with(said: str, data: Data, *keys: str) -> str:
    """With the words a person gave: a reason, a note."""
    more = [_text(data, key) for key in keys]
    return ": ".join([said, *filter(None, more)])


def _state(data: Data, key: str) -> str:
    try:
        return words.state_word(IncidentState(_text(data, key)))
    except ValueError:
        return _text(data, key)


def _declared(data: Data) -> str:
    severity = words.severity_word(Severity(_count(data, "severity")))
    held = trn("{n} reply held", "{n} replies held", _count(data, "n_held"))
    return tr("Declared as {severity}: {title}. {held}.", severity=severity,
              title=isolated(_text(data, "title")), held=held)  # fmt: skip


def _moved(data: Data) -> str:
    return _with(tr("{from_} → {to}", from_=_state(data, "from"), to=_state(data, "to")),
                 data, "reason")  # fmt: skip


def _changed(data: Data) -> str:
    field = _text(data, "field")
    said = tr(
        "{what}: {before} → {after}",
        what=field_word(field),
        before=_value(field, data.get("before")),
        after=_value(field, data.get("after")),
    )
    return _with(said, data, "reason")  # fmt: skip


def field_word(field: str) -> str:
    """What of an incident was changed."""
    if field.startswith("role:"):
        return words.role_word(field.removeprefix("role:"))
    return {
        "severity": tr("Severity"), "strategy": tr("Strategy"), "cluster": tr("How people see it"),
        "title": tr("Title"), "gap_min": tr("Longest gap between updates"),
        "commander": tr("Commander"), "mode": tr("Team mode"),
    }.get(field, field)  # fmt: skip


def _value(field: str, value: object) -> str:
    text = one_line(str(value)) if value not in (None, "") else "—"
    try:
        match field:
            case "severity":
                return words.severity_word(Severity(int(text)))
            case "strategy":
                return words.strategy_word(Strategy(text))
            case "cluster":
                return words.cluster_word(text)
            case "gap_min":
                return tr("{n} min", n=text)
    except ValueError:
        return text
    return text


def _refused(data: Data) -> str:
    code, facts = _text(data, "code"), data.get("facts")
    known = {str(k): v for k, v in facts.items()} if isinstance(facts, Mapping) else {}
    try:
        sentence = refusal_sentence(code, known).text
    except KeyError:
        sentence = ""
    return tr("Refused ({code}): {sentence}", code=code, sentence=one_line(sentence))


def _decided(data: Data) -> str:
    return {
        "keep": tr("A held reply is kept"), "change": tr("A held reply is to be changed"),
        "discard": tr("A held reply is discarded"),
    }.get(_text(data, "decision"), tr("A held reply is decided"))  # fmt: skip


def _linked(data: Data) -> str:
    n, category = _count(data, "n"), _text(data, "category")
    said = trn("{n} mention linked", "{n} mentions linked", n)
    return f"{said}: {words.category_word(category)}" if category else said


_SENTENCES: Final[Mapping[str, Callable[[Data], str]]] = {
    **OUTGOING_WORDS,
    "incident_suspected": lambda d: _with(
        tr("Suspected by an alert") if d.get("how") == "alert" else tr("Somebody said that "
           "something is wrong"), d, "topic"),
    "incident_joined": lambda d: _with(tr("Another alert of the same kind"), d, "topic"),
    "incident_dismissed": lambda d: _with(tr("Dismissed"), d, "note"),
    "incident_declared": _declared,
    "incident_moved": _moved,
    "incident_changed": _changed,
    "incident_promise_made": lambda _: tr("A time for the next update was promised"),
    "incident_promise_soon": lambda _: tr("A promise is due in ten minutes"),
    "incident_promise_due": lambda _: tr("A promise is due now"),
    "incident_promise_late": lambda _: tr("A promise is late"),
    "incident_promise_kept": lambda _: tr("A promise was kept"),
    "incident_promise_broken": lambda _: tr("A promise was broken"),
    "refused": _refused,
    "reply_held": lambda _: tr("A reply was stopped on its way and is held"),
    "held_decided": _decided,
    "held_discarded_all": lambda d: trn(
        "{n} held reply discarded", "{n} held replies discarded", _count(d, "n")),
    "step_done": lambda d: _with(tr("Step done"), d, "key", "note"),
    "step_undone": lambda d: _with(tr("Step open again"), d, "key"),
    "step_skipped": lambda d: _with(tr("Step skipped"), d, "key", "why"),
    "log_note": lambda d: tr("Note: {text}", text=_text(d, "text")),
    "mention_linked": _linked,
    "mention_unlinked": lambda d: trn(
        "{n} mention taken out", "{n} mentions taken out", _count(d, "n")),
    "mention_hidden": lambda d: _with(tr("A mention was hidden"), d, "reason"),
    "clock_jumped": lambda d: tr("The clock of this computer jumped by {n} s",
                                 n=_count(d, "ms") // 1_000),
    "review_saved": lambda _: tr("The review was written on"),
    "task_saved": lambda d: _with(tr("Action"), d, "text"),
    "task_removed": lambda _: tr("An action was removed"),
    "audience_told": lambda d: _with(tr("An audience was told"), d, "name", "how"),
    "statement_saved": lambda _: tr("A statement was written on"),
    "statement_dropped": lambda _: tr("A statement was dropped"),
    "statement_queued": lambda _: tr("A statement is on its way"),
    "statement_published": lambda _: tr("A statement was published"),
    "check_skipped": lambda d: _with(tr("Sent without the check"), d, "reason"),
    "approval_ended": lambda _: tr("A second look counts no more"),
    "approved": lambda _: tr("A second look was given"),
    "approval": lambda _: tr("A second look was given"),
    "silence_chosen": lambda _: tr("Silence was proposed, with a reason"),
    "silence_decided": lambda _: tr("Silence was decided, for a time"),
    "fact_saved": lambda _: tr("A fact was written on"),
    "fact_checked": lambda _: tr("A fact was checked"),
    "fact_state": lambda d: _with(tr("A fact changed"), d, "key", "state"),
    "line_prepared": lambda d: _with(tr("A reply line was prepared"), d, "line"),
}  # fmt: skip
