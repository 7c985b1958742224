"""The words for an incident: its state, severity, roles, countdowns. Pure; times are ms UTC."""

from socialdesk.domain.crisis.crisis_rows import DueRow, Standing, StepRow
from socialdesk.domain.crisis.incident import (
    PACES,
    DismissReason,
    Incident,
    IncidentState,
    Severity,
    Strategy,
)
from socialdesk.engine.words.incidents import (
    category_name,
    cluster_name,
    field_name,
    role_name,
    state_name,
    strategy_name,
)
from socialdesk.i18n import tr
from socialdesk.ui.plain import isolated, one_line
from socialdesk.ui.words import span

SECOND = 1_000
MINUTE = 60 * SECOND


def state_word(state: IncidentState) -> str:
    """Where an incident stands."""
    return state_name(state.value)


def severity_word(severity: Severity) -> str:
    """SEV1, SEV2, SEV3."""
    return f"SEV{severity.value}" if severity else tr("severity not said")


def severity_means(severity: Severity) -> str:
    """When a severity is right, and what it asks for."""
    pace = PACES[severity]
    when = {
        Severity.SEV1: tr("People hurt, data exposed, law, press, or 10 times the usual volume"),
        Severity.SEV2: tr("Many customers, or 4 times the usual volume"),
        Severity.SEV3: tr("One thread that spreads, small harm"),
    }[severity]
    return tr("{when}. First statement within {n} min.", when=when, n=pace.first_min)


def strategy_word(strategy: Strategy) -> str:
    """Whether we speak first."""
    return strategy_name(strategy.value)


def cluster_word(cluster: str) -> str:
    """How much of it people lay at our door; the cluster's own name for one we do not know."""
    return one_line(cluster_name(cluster))


def role_word(role: str) -> str:
    """Who does what; the role's own name for one we do not know."""
    return one_line(role_name(role))


def field_word(field: str) -> str:
    """What of an incident was changed; its own name for one we do not know."""
    return one_line(field_name(field))


def category_word(category: str) -> str:
    """What a mention is in an incident; "" has not been said."""
    return category_name(category)


def dismiss_word(reason: DismissReason) -> str:
    return {
        DismissReason.FALSE_ALARM: tr("False alarm"),
        DismissReason.KNOWN: tr("Expected: a campaign, a holiday"),
        DismissReason.HANDLED: tr("Small, and dealt with in the usual way"),
        DismissReason.OTHER: tr("Something else"),
    }[reason]


def phase_word(phase: str) -> str:
    """Of a step: the state it belongs to."""
    try:
        return state_word(IncidentState(phase))
    except ValueError:
        return one_line(phase)


def noticed_word(incident: Incident) -> str:
    """What made it suspected: the kind of alert, or a person."""
    return {
        "volume": tr("unusually many mentions"), "watch_words": tr("watch words of a playbook"),
        "waiting": tr("complaints that wait too long"), "slow_burn": tr("complaints that grow"),
        "copy": tr("the same text by many authors"),
    }.get(incident.alert_kind, tr("somebody said that something is wrong"))  # fmt: skip


def left(due_at: int, now: int) -> str:
    """A countdown: "12 min 31 s", "1 h 4 min"; "late by 2 min 10 s" once it has passed. Never
    "12:31": among times of day that is one."""
    ms = due_at - now
    m, s = divmod(abs(ms) // SECOND, 60)
    if m < 60:
        shown = tr("{m} min {s} s", m=m, s=s)
    else:
        shown = tr("{h} h {m} min", h=m // 60, m=m % 60)
    return shown if ms >= 0 else tr("late by {time}", time=shown)


def left_roughly(due_at: int, now: int) -> str:
    """The same in whole minutes, for a title that must not flicker."""
    ms = due_at - now
    return span(ms) if ms >= 0 else tr("late by {time}", time=span(-ms))


def next_due(standing: Standing) -> int:
    """When the world hears from us next: the next promise, else the first statement; 0 = no
    clock runs."""
    incident = standing.incident
    if not incident.is_locking:
        return 0
    if standing.next_due_at:
        return standing.next_due_at
    if incident.state is IncidentState.DECLARED and incident.declared_at:
        return incident.declared_at + incident.pace.first_min * MINUTE
    return 0


def due_name(standing: Standing) -> str:
    """What is due then."""
    is_first = standing.incident.state is IncidentState.DECLARED
    return tr("First statement") if is_first else tr("Next promise")


def name_of(incident: Incident) -> str:
    """Its title, else what was noticed."""
    if incident.title:
        return isolated(incident.title)
    noticed = noticed_word(incident)
    return noticed[:1].upper() + noticed[1:]


def title_note(standings: list[Standing], now: int) -> str:
    """For window titles and the tray: id, severity, time to the next promise; "" = nothing is
    open that must be seen everywhere."""
    if not standings:
        return ""
    worst = standings[0]
    parts = [worst.incident.code]
    if worst.incident.severity:
        parts.append(severity_word(worst.incident.severity))
    if worst.incident.is_locking:
        due_at = next_due(worst)
        parts += [left_roughly(due_at, now)] if due_at else []
    else:
        parts.append(state_word(worst.incident.state))
    if len(standings) > 1:
        parts.append(f"+{len(standings) - 1}")
    return " · ".join(parts)


def due_words(due: DueRow, now: int) -> str:
    """How a promise stands."""
    match due.state:
        case "kept":
            return tr("Kept")
        case "broken":
            return tr("Broken")
        case _:
            return left(due.due_at, now)


def step_words(step: StepRow, now: int) -> str:
    """How a step stands."""
    if step.skipped_why:
        return tr("Skipped")
    if step.done_at:
        return tr("Done")
    return left(step.due_at, now) if step.due_at else tr("When it is due")
