"""Statements of an incident: facts and their checks, texts, second looks, silence, reply lines.

Each may raise CrisisRefusedError with the code of crisis-mode specification section 4.
"""

from socialdesk.domain.frozen import frozen


@frozen
class SaveFact:
    """`fact_id` 0 adds a question of one's own. `state` "" leaves it as the checks make it; open,
    false and unknowable can be set by hand. Other words than those that were checked need checks
    of their own. Ends what was approved leaning on it (R27). Answer: fact_id, state, ended (version
    ids), held (outbox ids), published (version ids), corrections (version ids of drafts)."""

    incident_id: int
    fact_id: int = 0
    question: str = ""
    answer: str = ""
    claim: str = ""
    gate: str = "serious"
    state: str = ""


@frozen
class CheckFact:
    """One look at a fact. `source_kind`: seen, document, person, authority, system, post; two
    checks with one `source_ref` count once, and what a source said last counts. `says`: yes, no,
    unclear. Answer: check_id, n_checks, n_needed, and as SaveFact."""

    fact_id: int
    source_kind: str
    source_ref: str
    says: str


@frozen
class SaveStatement:
    """A new version of a text in one language. `statement_id` 0 begins a statement of `kind`
    (first, update, nochange, serious, correction, resolution, staff, oneoff). `blocks`: (key, text
    with its slots), () and no `text` = as prepared; `values`: (placeholder, value), the next update
    is filled from its time; `text` "" = the blocks, filled and joined. `pictures` as in SendReply.
    Answer: statement_id, version_id, hash, text."""

    incident_id: int
    kind: str
    lang: str
    statement_id: int = 0
    blocks: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    text: str = ""
    accounts: tuple[int, ...] = ()
    facts: tuple[int, ...] = ()
    pictures: tuple[tuple[str, str, str], ...] = ()
    next_update_at: int = 0
    audience_id: int = 0
    mention_id: int = 0
    supersedes_id: int = 0
    posture: str = ""
    posture_reason: str = ""


@frozen
class DropStatement:
    """A text that will not be published."""

    statement_id: int


@frozen
class GiveLook:
    """A second look at the exact text with this hash. `subject`: statement (version id), line
    (line_approval id), silence (id), reply (outbox id). `kind`: person_here (with `pin`; of
    `person`), person_away (`how` says who answered and how), self_cooldown. `answers`: (question
    key, yes|no|note) for every question, but person_away. Refuses R20 to R24, R26, R28, R29.
    Answer: approval_id, ends_at, n_missing (further looks of the same person it takes)."""

    subject: str
    subject_id: int
    hash: str
    kind: str
    person: int = 0
    pin: str = ""
    how: str = ""
    answers: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        return f"GiveLook({self.subject!r}, {self.subject_id}, {self.kind!r})"


@frozen
class PublishStatement:
    """Into the outbox, a row per account. Refuses R20 to R29. `skip_reason` (20 characters or
    more): break glass, for R24, R25, R28, R29 of a first statement in SEV1 only. What was held goes
    on. Answer: outbox (ids), by_hand (account ids that cannot publish from here: R43), why_by_hand
    (cannot_post, cannot_reply, not_connected), is_staff_told (False: employees read it first
    elsewhere)."""

    version_id: int
    skip_reason: str = ""


@frozen
class NotePublishedByHand:
    """A person published the approved text where we cannot. Answer: outbox_id."""

    version_id: int
    account_id: int
    url: str


@frozen
class PrepareLine:
    """A reply line of a playbook ("outage" or "common") for this incident (0 = in quiet times) and
    language, with the facts a claim leans on (R23); then GiveLook("line", …). `skip_reason` (20
    characters or more): break glass, a safety line in SEV1 needs no look then. Answer: line_id,
    hash, text, missing (a refusal code, "" = it may be sent)."""

    incident_id: int
    playbook: str
    line: str
    lang: str
    facts: tuple[int, ...] = ()
    skip_reason: str = ""


@frozen
class ChooseSilence:
    """Refuses R42. Its second look: GiveLook("silence", …); then holding. Answer: silence_id,
    hash."""

    incident_id: int
    reason: str
    look_again_at: int


@frozen
class SaveAudience:
    """`audience_id` 0 makes one; `is_archived` takes it off the lists. `kind`: affected, customers,
    staff, partners, authority, press, families, community; `channel`: email, phone, messenger,
    in_person, notify (an address of the notify service, kept in the keyring). `incident_id`: where
    they must be told from now on, 0 = in none."""

    name: str
    kind: str
    audience_id: int = 0
    channel: str = ""
    address: str = ""
    lang: str = ""
    spokesperson: str = ""
    contact: str = ""
    is_tested: bool = False
    is_archived: bool = False
    incident_id: int = 0


@frozen
class NoteAudienceTold:
    """An audience of an incident was told, with the text of `version_id` (0 = in other words)."""

    incident_id: int
    audience_id: int
    version_id: int = 0
    how: str = ""


@frozen
class SetNotifyAddress:
    """Of the notify service an audience is told through, as Apprise writes it; "" = none. Kept in
    the keyring; `session_only`: in memory, by a person's own choice. Answer: shown (what a screen
    may show of it)."""

    audience_id: int
    address: str
    session_only: bool = False

    def __repr__(self) -> str:
        return f"SetNotifyAddress({self.audience_id})"


@frozen
class NotifyAudience:
    """Send an approved text through the notify service the person configured (engine side, on the
    network). `is_sure`: the operator was told that the service was asked for it before and nobody
    knows what came of that, and goes on. Answer: n_sent."""

    incident_id: int
    audience_id: int
    version_id: int
    is_sure: bool = False


@frozen
class ListPins:
    """Who can look at this computer. Answer: people (ids that have a PIN), passing (those whose PIN
    is forgotten when the engine ends), in_memory (all are, in the practice brand), why ("" or the
    fault of the keyring: then nobody can)."""


@frozen
class SetPin:
    """A person's PIN, 6 digits or more, "" removes it: scrypt, in the keyring. Says who looked; no
    protection against the owner of this computer account. `old`: the PIN that is set, asked where
    there is one. `reason` (20 characters or more): it is forgotten and removed without; the
    journal, the readiness page and the report of an incident that is open say so."""

    person: int
    pin: str
    old: str = ""
    reason: str = ""

    def __repr__(self) -> str:
        return f"SetPin({self.person})"


StatementsCommand = (
    SaveFact | CheckFact | SaveStatement | DropStatement | GiveLook | PublishStatement
    | NotePublishedByHand | PrepareLine | ChooseSilence | SaveAudience | NoteAudienceTold
    | NotifyAudience | SetNotifyAddress | SetPin | ListPins
)  # fmt: skip
