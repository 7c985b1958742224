"""The report in sections: titles, sentences and tables, the same for every kind of file."""

from datetime import UTC, tzinfo
from typing import Final

from socialdesk.domain.crisis.after_action import AfterAction, Earlier, LogLine, TextLine
from socialdesk.domain.crisis.limits import is_limit
from socialdesk.domain.frozen import frozen
from socialdesk.domain.times.period import local
from socialdesk.engine.after_action.log_words import event_words
from socialdesk.engine.words import dates
from socialdesk.engine.words.incidents import (
    audience_kind_name,
    cluster_name,
    fact_state_name,
    look_name,
    mode_name,
    posture_name,
    role_name,
    state_name,
    statement_name,
    strategy_name,
)
from socialdesk.i18n import tr, trn

Rows = tuple[tuple[str, ...], ...]
_REASONED: Final = frozenset({"strategy", "cluster", "severity", "mode", "commander"})


@frozen
class Part:
    """`head` names the columns of `rows`; both empty = sentences only. `alarms`: those of `lines`
    that stand in red."""

    title: str
    lines: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: Rows = ()
    alarms: frozenset[str] = frozenset()


def title_of(a: AfterAction) -> str:
    """The report's own title; a drill says so first."""
    title = tr("{code}: {title}", code=a.code, title=a.title or tr("without a title"))
    return tr("DRILL. {text}", text=title) if a.is_drill else title


def parts_of(a: AfterAction) -> tuple[Part, ...]:
    """In the order of the specification."""
    zone = dates.zone(a.zone)
    return (
        _summary(a, zone), _numbers(a), _timeline(a, zone), _facts(a, zone), _statements(a, zone),
        _mood(a), _refusals(a), _held(a), _audiences(a, zone), _changes(a, zone), _review(a),
        _tasks(a, zone), _earlier(a), _limits(),
    )  # fmt: skip


def moment(at: int, zone: tzinfo) -> str:
    """ "2026-11-22 14:30 (09:30 UTC)"; "–" = never."""
    if not at:
        return "–"
    here, there = local(at, zone), local(at, UTC)
    day = "" if here.date() == there.date() else f"{there:%Y-%m-%d} "
    return f"{here:%Y-%m-%d %H:%M} ({day}{there:%H:%M} UTC)"


def _summary(a: AfterAction, zone: tzinfo) -> Part:
    severity = tr("SEV{n}", n=a.severity) if a.severity else tr("severity not said")
    rows = [
        (tr("State"), state_name(a.state)),
        (tr("Severity"), severity),
        (tr("Strategy"), strategy_name(a.strategy)),
        (tr("Cluster"), cluster_name(a.cluster) or "–"),
        *((role_name(role), name) for role, name in a.roles.items()),
        (tr("Second looks by"), _mode(a)),
        (tr("First bad post"), moment(a.times["detected_at"], zone)),
        (tr("Declared"), moment(a.times["declared_at"], zone)),
        (tr("First statement"), moment(a.times["first_statement_at"], zone)),
        (tr("Stand-down"), moment(a.times["stand_down_at"], zone)),
        (tr("Review due"), moment(a.times["review_due_at"], zone)),
    ]
    made = tr("Made {time}.", time=moment(a.made_at, zone))
    return Part(tr("Summary"), (made,), (tr("What"), tr("Value")), tuple(rows))


def _mode(a: AfterAction) -> str:
    if a.mode_at_start == a.mode_now:
        return mode_name(a.mode_now)
    return tr("{before} when it was declared, {now} now", before=mode_name(a.mode_at_start),
              now=mode_name(a.mode_now))  # fmt: skip


def _numbers(a: AfterAction) -> Part:
    kept, promised = int(a.n("promises_kept") or 0), int(a.n("promises") or 0)
    told, chosen = int(a.n("audiences_told") or 0), int(a.n("audiences") or 0)
    rows = (
        (tr("From the first bad post to the alert"), dates.length(a.n("to_alert_ms"))),
        (tr("From the alert to declaring"), dates.length(a.n("to_declare_ms"))),
        (tr("From declaring to the first statement"), dates.length(a.n("to_statement_ms"))),
        (tr("Promises kept in time"), _of(kept, promised)),
        (tr("Mentions of the incident"), _count(a, "linked")),
        (tr("Replies to them"), _count(a, "replies")),
        (tr("Half of these replies came within"), dates.length(a.n("median_reply_ms"))),
        (tr("Nine of ten within"), dates.length(a.n("p90_reply_ms"))),
        (tr("Asked and still waiting"), _count(a, "waiting")),
        (tr("Texts published"), _count(a, "statements")),
        (tr("Looks: approved by two people"), _count(a, "looks_two_people")),
        (tr("Looks: recorded for somebody away"), _count(a, "looks_recorded")),
        (tr("Looks: same person"), _count(a, "looks_same_person")),
        (tr("Audiences told"), _of(told, chosen)),
        (tr("Refused"), _count(a, "refused")),
        (tr("Checks skipped"), _count(a, "skipped")),
    )
    return Part(tr("Numbers"), (), (tr("What"), tr("Value")), rows)


def _timeline(a: AfterAction, zone: tzinfo) -> Part:
    rows = tuple(
        (moment(e.at, zone), e.person or tr("the program"), event_words(e.kind, e.data))
        for e in a.log
    )
    n = trn("{n} event, from the log.", "{n} events, from the log.", len(rows))
    return Part(tr("Timeline"), (n,), (tr("When"), tr("Who"), tr("What")), rows)


def _facts(a: AfterAction, zone: tzinfo) -> Part:
    rows = tuple(
        (f.question, f.answer or "–", fact_state_name(f.state), str(f.n_checks),
         moment(f.confirmed_at, zone))
        for f in a.facts
    )  # fmt: skip
    head = (tr("Fact"), tr("Answer"), tr("State"), tr("Checks"), tr("Confirmed"))
    return _or_none(Part(tr("What we knew when"), (), head, rows), tr("No facts were kept."))


def _statements(a: AfterAction, zone: tzinfo) -> Part:
    rows = tuple(
        (
            f"{statement_name(s.kind)}, {s.lang}", s.text, s.hash[:12],
            "; ".join(look_name(*look) for look in s.looks) or tr("no second look"),
            "; ".join(s.facts) or "–", _posture(s),
            "; ".join(f"{account}, {moment(at, zone)}" for account, at in s.where),
        )
        for s in a.statements
    )  # fmt: skip
    head = (tr("Kind"), tr("Text"), tr("Hash"), tr("Second look"), tr("Leans on"), tr("Posture"),
            tr("Where"))  # fmt: skip
    return _or_none(Part(tr("What we said"), (), head, rows), tr("Nothing was published."))


def _posture(said: TextLine) -> str:
    """With the reason, where one was asked for."""
    return ": ".join(filter(None, (posture_name(said.posture), said.posture_reason)))


def _mood(a: AfterAction) -> Part:
    names = {"before": tr("A week before"), "during": tr("During"), "after": tr("After")}
    rows = tuple(
        (
            name, _count(a, f"came_{key}"), _count(a, f"rated_{key}"),
            _of(int(a.n(f"negative_{key}") or 0), int(a.n(f"rated_{key}") or 0)),
        )
        for key, name in names.items()
    )  # fmt: skip
    head = (tr("When"), tr("Mentions"), tr("Rated"), tr("Negative"))
    return Part(tr("Volume and mood"), (), head, rows)


def _is_unchecked(e: LogLine) -> bool:
    """Refused, sent without its check, or a PIN that was removed without being typed."""
    is_forgotten_pin = e.kind == "pin_removed" and bool(e.data.get("reason"))
    return e.kind in ("refused", "check_skipped") or is_forgotten_pin


def _refusals(a: AfterAction) -> Part:
    found = [e for e in a.log if _is_unchecked(e)]
    lines = tuple(event_words(e.kind, e.data) for e in found)
    skipped = frozenset(event_words(e.kind, e.data) for e in found if e.kind == "check_skipped")
    none = (tr("Nothing was refused, and no check was skipped."),)
    return Part(tr("Refusals and checks skipped"), lines or none, alarms=skipped)


def _held(a: AfterAction) -> Part:
    rows = (
        (tr("Held when it was declared"), _count(a, "held")),
        (tr("Kept, after a new second look"), _count(a, "held_kept")),
        (tr("Changed"), _count(a, "held_changed")),
        (tr("Discarded"), _count(a, "held_discarded")),
        (tr("Nobody decided yet"), _count(a, "held_undecided")),
    )
    return Part(tr("Held replies"), (), (tr("What"), tr("Value")), rows)


def _audiences(a: AfterAction, zone: tzinfo) -> Part:
    rows = tuple(
        (t.name, audience_kind_name(t.kind), moment(t.told_at, zone) if t.told_at else tr("never"))
        for t in a.audiences
    )
    head = (tr("Audience"), tr("Kind"), tr("Told"))
    return _or_none(Part(tr("Who was told"), (), head, rows), tr("No audience was chosen."))


def _is_decisive(e: LogLine) -> bool:
    """Whether what may be sent, or what is said, was another thing from then on."""
    field = str(e.data.get("field"))
    return field in _REASONED or is_limit(field)


def _changes(a: AfterAction, zone: tzinfo) -> Part:
    found = [e for e in a.log if e.kind == "incident_changed" and _is_decisive(e)]
    rows = tuple((moment(e.at, zone), e.person, event_words(e.kind, e.data)) for e in found)
    part = Part(tr("What was changed, and why"), (), (tr("When"), tr("Who"), tr("What")), rows)
    return _or_none(part, tr("Nothing was changed."))


def _review(a: AfterAction) -> Part:
    names = {
        "went_well": tr("What went well"), "went_badly": tr("What did not"),
        "cause": tr("Cause"), "public_message": tr("What we told the public in the end"),
    }  # fmt: skip
    rows = tuple((name, a.review.get(key) or tr("not written yet")) for key, name in names.items())
    return Part(tr("Review"), (tr("Causes, not culprits."),), (tr("What"), tr("Text")), rows)


def _tasks(a: AfterAction, zone: tzinfo) -> Part:
    rows = tuple(
        (t.text, t.owner or "–", moment(t.due_at, zone), tr("done") if t.is_done else tr("open"))
        for t in a.tasks
    )
    head = (tr("To do"), tr("Who"), tr("Until"), tr("State"))
    return _or_none(Part(tr("Actions"), (), head, rows), tr("No action was written down."))


def _earlier(a: AfterAction) -> Part:
    rows = tuple(_earlier_row(e) for e in a.earlier)
    head = (tr("Incident"), tr("To declare"), tr("To the first statement"), tr("Checks skipped"),
            tr("Score"))  # fmt: skip
    part = Part(tr("Compared with earlier ones"), (), head, rows)
    return _or_none(part, tr("There is no earlier incident or drill to compare with."))


def _earlier_row(e: Earlier) -> tuple[str, ...]:
    name = tr("{code}, a drill", code=e.code) if e.is_drill else f"{e.code} {e.title}".rstrip()
    lengths = [dates.length(ms) if ms >= 0 else "–" for ms in (e.to_declare_ms, e.to_statement_ms)]
    return (name, *lengths, str(e.n_skipped), str(e.score) if e.score >= 0 else "–")


def _limits() -> Part:
    return Part(tr("What this report cannot say"), (
        tr("Only what SocialDesk has collected is in it: posts elsewhere, private talk and phone "
           "calls are not."),
        tr("Mood is a guess from words; mentions in a language without a table are not rated."),
        tr("The hash of the log shows accidental or clumsy changes; it proves nothing against the "
           "owner of the computer."),
        tr("A look by the same person is not a look by two."),
    ))  # fmt: skip


def _or_none(part: Part, none: str) -> Part:
    return part if part.rows else Part(part.title, (none,))


def _count(a: AfterAction, key: str) -> str:
    return dates.number(a.n(key) or 0)


def _of(part: int, whole: int) -> str:
    """ "3 of 4 (75 %)"; "–" of nothing."""
    if not whole:
        return "–"
    return tr("{n} of {all} ({share})", n=part, all=whole, share=dates.percent(part, whole))
