"""What a playbook holds: the prepared texts, facts, steps and lines of one type of crisis.

Every text stands in three languages. The nine files that ship and a person's own copies have the
same shape; `playbook_check.py` says what is wrong with one, `engine/playbooks.py` reads them.
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Final

from socialdesk.domain.frozen import frozen

Texts = Mapping[str, str]
"""Language → text; every language of LANGS is there."""

LANGS: Final = ("en", "ru", "kk")
COMMON_ID: Final = "common"
TYPES: Final = (
    "outage", "recall", "breach", "misconduct", "offensive-post", "viral-complaint",
    "false-rumour", "tragedy",
)  # fmt: skip
CLUSTERS: Final = ("victim", "accidental", "preventable")
POSTURES: Final = ("inform", "deny", "diminish", "rebuild", "bolster")
GATES: Final = ("holding", "serious")
PHASES: Final = ("declared", "holding", "responding", "stand_down", "review")
ROLES: Final = ("commander", "spokesperson", "approver", "scribe", "operator")
NO_CLOCK: Final = -1
"""`due_min` of a step that is due when it is due."""


@frozen
class FactText:
    """A question that somebody answers and checks. `gate`: of GATES, what waits for it."""

    key: str
    gate: str
    text: Texts


@frozen
class StepText:
    """`due_min`: minutes after the declaration, or NO_CLOCK."""

    key: str
    phase: str
    role: str
    due_min: int
    text: Texts


@frozen
class Holding:
    """The first statement in one language: four blocks, and the one-post form."""

    sorry: str
    know: str
    unknown: str
    doing: str
    short: str


@frozen
class Resolution:
    """The playbook's own two blocks of the closing statement in one language."""

    outcome: str
    sorry: str


@frozen
class UpdateBlocks:
    """The four blocks of every update in one language."""

    changed: str
    unknown: str
    doing: str
    next: str


@frozen
class ResolutionBlocks:
    """The three blocks that every closing statement ends with, in one language."""

    cause: str
    change: str
    contact: str


@frozen
class Line:
    """An approved reply. `is_claim`: it states a fact, so not before the first statement (R11).
    `is_safety`: it may go at once when someone may be hurt."""

    key: str
    is_claim: bool
    is_safety: bool
    text: Texts


@frozen
class LegalClock:
    """A deadline that may apply, from the time of detection. One of the two numbers is 0."""

    key: str
    hours: int
    business_days: int
    text: Texts


@frozen
class Question:
    """One question of the second look."""

    key: str
    text: Texts


@frozen
class Playbook:
    """One type of crisis. `cluster`, `posture`, `avoid`: of CLUSTERS and POSTURES, preferred first.
    `watch`: language → stems, matched from the start of a word (`playbook_words.watch_hits`).
    `version`: semantic; a person's own copy adds `+N`. `reviewed`: languages that a native speaker
    has read. Hashed by what names it, for caches."""

    id: str
    version: str
    cluster: str
    posture: tuple[str, ...] = field(hash=False)
    avoid: tuple[str, ...] = field(hash=False)
    sev_default: int
    humour: bool
    title: Texts = field(hash=False)
    when: Texts = field(hash=False)
    watch: Mapping[str, tuple[str, ...]] = field(hash=False)
    facts: tuple[FactText, ...] = field(hash=False)
    steps: tuple[StepText, ...] = field(hash=False)
    holding: Mapping[str, Holding] = field(hash=False)
    resolution: Mapping[str, Resolution] = field(hash=False)
    lines: tuple[Line, ...] = field(hash=False)
    clocks: tuple[LegalClock, ...] = field(hash=False, default=())
    reviewed: Mapping[str, bool] = field(hash=False, default_factory=dict)

    def is_reviewed(self, lang: str) -> bool:
        """Whether a native speaker has read these texts; a language nobody asked about has not."""
        return self.reviewed.get(lang, False)


@frozen
class Common:
    """What all playbooks share. `latepromise` names the missed time as `{time}`: fill it before it
    is joined to an update, whose `{time}` is now. `lint`: kind of warning → language → stems."""

    version: str
    reviewed: Mapping[str, bool]
    placeholders: tuple[str, ...]
    holding_next: Texts
    update: Mapping[str, UpdateBlocks]
    nochange: Texts
    latepromise: Texts
    correction: Texts
    resolution: Mapping[str, ResolutionBlocks]
    staff: Texts
    lines: tuple[Line, ...]
    second_look: tuple[Question, ...]
    lint: Mapping[str, Mapping[str, tuple[str, ...]]]

    def is_reviewed(self, lang: str) -> bool:
        """As `Playbook.is_reviewed`."""
        return self.reviewed.get(lang, False)


def blocks_of(
    kind: str, lang: str, playbook: Playbook, common: Common
) -> tuple[tuple[str, str], ...]:
    """The prepared blocks of a statement, (block key, text with places to fill in) in order; joined
    by one space they are the text.

    `kind`: of a statement. `first` is the long form (see `short_form`); `serious` starts as an
    update does; `oneoff` has nothing prepared: (). Raises KeyError on a language not in LANGS.
    """
    if kind == "first":
        h = playbook.holding[lang]
        return (
            ("sorry", h.sorry), ("know", h.know), ("unknown", h.unknown), ("doing", h.doing),
            ("next", common.holding_next[lang]),
        )  # fmt: skip
    if kind in ("update", "serious"):
        u = common.update[lang]
        return (
            ("changed", u.changed), ("unknown", u.unknown), ("doing", u.doing), ("next", u.next),
        )  # fmt: skip
    if kind == "resolution":
        own, shared = playbook.resolution[lang], common.resolution[lang]
        return (
            ("outcome", own.outcome), ("sorry", own.sorry), ("cause", shared.cause),
            ("change", shared.change), ("contact", shared.contact),
        )  # fmt: skip
    whole = {"nochange": common.nochange, "correction": common.correction, "staff": common.staff}
    return ((kind, whole[kind][lang]),) if kind in whole else ()


def short_form(lang: str, playbook: Playbook) -> str:
    """The first statement in one post."""
    return playbook.holding[lang].short
