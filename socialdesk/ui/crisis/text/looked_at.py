"""What a second look is about: one exact text, and what is known about it."""

from socialdesk.domain.crisis.approval import Look
from socialdesk.domain.crisis.crisis_rows import FactRow, LineRow, StatementRow, VersionText
from socialdesk.domain.crisis.incident import MINUTE_MS, Incident
from socialdesk.domain.crisis.limits import CrisisLimits
from socialdesk.domain.crisis.look import Written, cooldown_ms
from socialdesk.domain.frozen import frozen
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import when
from socialdesk.ui.crisis.text.fact_checks import check_words
from socialdesk.ui.crisis.text.line_words import line_name
from socialdesk.ui.crisis.text.words import checks_word, fact_state_word, kind_word, lang_word
from socialdesk.ui.plain import clean


@frozen
class LookedAt:
    """`subject`, `subject_id`, `hash`: as in GiveLook. `name`: "First statement". `edited_at`: ms
    UTC. `accounts`: names. `n_self`: looks by the same person that stand already. `limits`: as the
    desk keeps them."""

    subject: str
    subject_id: int
    hash: str
    name: str
    lang: str
    text: str
    author_id: int
    author: str
    edited_at: int
    incident: Incident | None = None
    kind: str = ""
    accounts: tuple[str, ...] = ()
    facts: tuple[FactRow, ...] = ()
    n_self: int = 0
    known_cooled_at: int = 0  # as the desk reckons it, ms UTC; 0 = since the last edit
    limits: CrisisLimits = CrisisLimits()

    @property
    def written(self) -> Written:
        """For the rules of `domain/crisis/look.py`."""
        return Written(
            self.subject, self.subject_id, self.hash, self.author_id, self.edited_at, self.kind,
            self.kind == "first" or self.subject == "silence", self.incident,
        )  # fmt: skip

    @property
    def cooled_at(self) -> int:
        """When the same person may look again, ms UTC."""
        return self.known_cooled_at or self.edited_at + cooldown_ms(self.written, self.limits)

    @property
    def cooldown_min(self) -> int:
        return cooldown_ms(self.written, self.limits) // MINUTE_MS


def statement_look(
    incident: Incident, row: StatementRow, version: VersionText, facts: dict[int, FactRow],
    accounts: dict[int, str],
) -> LookedAt:  # fmt: skip
    """Of one version of a statement."""
    return LookedAt(
        "statement", version.version_id, version.hash, kind_word(row.kind), version.lang,
        version.text, version.person_id, version.person, version.edited_at, incident, row.kind,
        tuple(accounts.get(id_, "") for id_ in version.accounts),
        tuple(facts[id_] for id_ in version.facts if id_ in facts),
        sum(look.kind == Look.SELF_COOLDOWN.value for look in version.standing),
        version.cooled_at,
    )  # fmt: skip


def line_look(incident: Incident | None, line: LineRow, facts: dict[int, FactRow]) -> LookedAt:
    """Of a reply line that was prepared."""
    return LookedAt(
        "line", line.line_id, line.hash, tr("Reply line “{key}”", key=line_name(line)), line.lang,
        line.text, line.person_id, line.person, line.prepared_at, incident,
        facts=tuple(facts[id_] for id_ in line.facts if id_ in facts),
    )  # fmt: skip


def facts_words(facts: tuple[FactRow, ...]) -> str:
    """Each fact with its checks, as plain lines."""
    lines = []
    for fact in facts:
        said = clean(fact.claim or fact.answer or fact.question)
        lines.append(f"• {said} ({fact_state_word(fact.state)}, {checks_word(fact)})")
        lines += [f"   – {check_words(check)}" for check in fact.checks]
    return "\n".join(lines)


def away_text(looked: LookedAt, questions: list[str]) -> str:
    """The plain file for somebody who is asked by message."""
    incident = looked.incident
    asked = "\n".join(f"{n}. {words}" for n, words in enumerate(questions, 1))
    parts = [
        tr("Please read this text before we publish it, and answer: may it go out exactly so?"),
        f"{incident.code} · {looked.name} · {lang_word(looked.lang)}" if incident else looked.name,
        tr("Accounts: {list}", list=", ".join(looked.accounts)) if looked.accounts else "",
        "-" * 40, looked.text, "-" * 40,
        tr("What it leans on:") + "\n" + facts_words(looked.facts) if looked.facts else "",
        tr("Please ask yourself:") + f"\n{asked}",
        tr("The text's number (SHA-256). It is another one if a single letter changes:")
        + f"\n{looked.hash}",
        tr("Written by {person}, {when}", person=looked.author, when=when(looked.edited_at)),
    ]  # fmt: skip
    return "\n\n".join(part for part in parts if part) + "\n"
