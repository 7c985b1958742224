"""The names of what an incident has: states, severities, kinds of text and look, as people read."""

from socialdesk.domain.crisis.limits import is_limit
from socialdesk.engine.words.crisis_limits import logged_name
from socialdesk.i18n import tr


def state_name(state: str) -> str:
    """Where an incident stands."""
    return {
        "suspected": tr("Suspected"), "dismissed": tr("Dismissed"), "declared": tr("Declared"),
        "holding": tr("Holding"), "responding": tr("Responding"),
        "stand_down": tr("Stand-down"), "review": tr("Review"), "closed": tr("Closed"),
    }.get(state, state)  # fmt: skip


def strategy_name(strategy: str) -> str:
    """Whether we speak first."""
    return {
        "inactive": tr("Silence, for a time"), "reactive": tr("Answer who asks"),
        "proactive": tr("Tell before being asked"),
    }.get(strategy, strategy)  # fmt: skip


def cluster_name(cluster: str) -> str:
    """How much of it people lay at our door."""
    return {
        "victim": tr("We are hit ourselves"), "accidental": tr("It happened by accident"),
        "preventable": tr("We could have prevented it"),
    }.get(cluster, cluster)  # fmt: skip


def posture_name(posture: str) -> str:
    """What a statement does about responsibility."""
    return {
        "": tr("Not chosen"), "inform": tr("Inform"), "deny": tr("Deny"),
        "diminish": tr("Diminish"), "rebuild": tr("Make good"),
        "bolster": tr("Remind of the good"),
    }.get(posture, posture)  # fmt: skip


def role_name(role: str) -> str:
    """Who does what."""
    return {
        "commander": tr("Commander"), "spokesperson": tr("Spokesperson"),
        "approver": tr("Second look"), "scribe": tr("Scribe"), "operator": tr("Inbox"),
        "adviser": tr("Adviser"),
    }.get(role, role)  # fmt: skip


def field_name(field: str) -> str:
    """What of an incident was changed; "role:<role>" is that role."""
    if field.startswith("role:"):
        return role_name(field.removeprefix("role:"))
    if is_limit(field):
        return logged_name(field)
    return {
        "severity": tr("Severity"), "strategy": tr("Strategy"), "cluster": tr("How people see it"),
        "title": tr("Title"), "gap_min": tr("Longest gap between updates"),
        "commander": tr("Commander"), "mode": tr("Team mode"),
    }.get(field, field)  # fmt: skip


def category_name(category: str) -> str:
    """What a mention is in an incident; "" has not been said."""
    return {
        "safety": tr("Safety"), "press": tr("Press"), "authority": tr("Authority"),
        "complaint": tr("Complaint"), "question": tr("Question"),
        "wrong_facts": tr("Wrong facts"), "impostor": tr("Impostor"), "staff": tr("Staff"),
        "rant": tr("Rant"), "troll": tr("Troll"), "praise": tr("Praise"), "idea": tr("Idea"),
    }.get(category, tr("Not said"))  # fmt: skip


def statement_name(kind: str) -> str:
    """What a text is."""
    return {
        "first": tr("First statement"), "update": tr("Update"),
        "nochange": tr("Update without news"), "serious": tr("Serious statement"),
        "correction": tr("Correction"), "resolution": tr("Closing statement"),
        "staff": tr("Note to staff"), "oneoff": tr("One-off answer"),
    }.get(kind, kind)  # fmt: skip


def look_name(kind: str, who: str, minutes: int) -> str:
    """A second look, always named for what it is: only the first means two people."""
    match kind:
        case "person_here":
            return tr("approved by two people ({name})", name=who)
        case "person_away":
            return tr("recorded by {name}", name=who)
        case _:
            return tr("same person, second look after {n} min", n=minutes)


def fact_state_name(state: str) -> str:
    """What is known of a fact."""
    return {
        "open": tr("open"), "confirmed": tr("confirmed"), "false": tr("false"),
        "unknowable": tr("cannot be known"),
    }.get(state, state)  # fmt: skip


def mode_name(mode: str) -> str:
    """How many people stand behind a text."""
    return {"solo": tr("one person"), "pair": tr("two people")}.get(mode, mode)


def audience_kind_name(kind: str) -> str:
    """Who must hear it from us."""
    return {
        "affected": tr("People affected"), "customers": tr("Customers"), "staff": tr("Staff"),
        "partners": tr("Partners"), "authority": tr("Authority"), "press": tr("Press"),
        "families": tr("Families"), "community": tr("Community"),
    }.get(kind, kind)  # fmt: skip
