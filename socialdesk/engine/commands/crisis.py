"""Incidents: suspected, declared, led, ended. Texts and checks are in `statements.py`.

Each may raise CrisisRefusedError with the code of crisis-mode specification section 4.
"""

from socialdesk.domain.frozen import frozen


@frozen
class Suspect:
    """ "Something is wrong": never refused, locks nothing. Answer: incident_id, code."""

    title: str = ""
    mentions: tuple[int, ...] = ()


@frozen
class DismissIncident:
    """`reason`: a DismissReason. `looked_by`: the other person who looked (R03), 0 = nobody."""

    incident_id: int
    reason: str
    note: str = ""
    looked_by: int = 0


@frozen
class Declare:
    """`incident_id` 0 = from monitoring. `roles`: (role, person id) pairs; `accounts`, `languages`:
    the scope, () = all. Refuses R01, R02. Answer: incident_id, code, n_held, in_flight (outbox
    ids on the wire at that moment)."""

    title: str
    playbook: str
    severity: int
    commander: int
    incident_id: int = 0
    strategy: str = "proactive"
    roles: tuple[tuple[str, int], ...] = ()
    accounts: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    audiences: tuple[int, ...] = ()


@frozen
class MoveIncident:
    """To `state`: responding, stand_down (R30), responding again, closed (R31). `reason`: needed
    for responding without a serious statement (SEV3 only: "none needed") and for going back."""

    incident_id: int
    state: str
    reason: str = ""


@frozen
class ChangeIncident:
    """One `field` of severity, strategy, cluster, title, gap_min, commander, role:NAME; `value` as
    text. All but title need a reason; each is an event of the log."""

    incident_id: int
    field: str
    value: str
    reason: str = ""


@frozen
class LinkMentions:
    """Into the incident, or out of it. `category`: a Category, "" = as it was read."""

    incident_id: int
    mentions: tuple[int, ...]
    category: str = ""
    is_linked: bool = True


@frozen
class DecideHeld:
    """About one row held by an incident: discard, keep or change. Keep wants an approval of its
    exact text newer than the hold (R15); change gives a draft back."""

    outbox_id: int
    decision: str


@frozen
class DiscardAllHeld:
    """Every row an incident holds. Answer: n."""

    incident_id: int


@frozen
class DoStep:
    """Done; or skipped, with `skipped_why`; `is_done` False takes that back."""

    step_id: int
    note: str = ""
    skipped_why: str = ""
    is_done: bool = True


@frozen
class AddLogNote:
    """A line of the scribe: ours, never a stranger's words."""

    incident_id: int
    text: str


@frozen
class SaveReview:
    """Parts of the review as (field, text): cause, went_well, went_badly, public_message."""

    incident_id: int
    fields: tuple[tuple[str, str], ...]


@frozen
class SaveTask:
    """An action of the review. `task_id` 0 makes one; `text` "" removes it."""

    incident_id: int
    task_id: int = 0
    text: str = ""
    owner: int = 0
    due_at: int = 0
    is_done: bool = False


@frozen
class HideMention:
    """Hidden on our side: only insults, threats, private data; logged, never criticism. `reason`:
    insult, threat, private."""

    mention_id: int
    reason: str
    incident_id: int = 0


@frozen
class ExportIncident:
    """The report of an incident as a file: `shape` md, html, pdf, json (of a closed one as it was
    frozen), csv (the log, a row per event) or log (the journal from the first to the last event,
    which `verify-journal` proves on another machine). Answer: files."""

    incident_id: int
    path: str
    shape: str


CrisisCommand = (
    Suspect | DismissIncident | Declare | MoveIncident | ChangeIncident | LinkMentions | DecideHeld
    | DiscardAllHeld | ExportIncident | DoStep | AddLogNote | SaveReview | SaveTask | HideMention
)  # fmt: skip
