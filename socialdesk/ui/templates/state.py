"""A template as the screen needs it: its languages, its newest words, what may be approved."""

from socialdesk.domain.crisis.approval import Look, TeamMode
from socialdesk.domain.queue.rows import TemplateRow, VersionRow
from socialdesk.domain.replies.template import TemplateState
from socialdesk.i18n import tr
from socialdesk.ui.insight_words import language_word


def newest(row: TemplateRow, lang: str) -> VersionRow | None:
    """The last written version in a language, approved or not."""
    return max((v for v in row.versions if v.lang == lang), key=lambda v: v.n, default=None)


def approved(row: TemplateRow, lang: str) -> VersionRow | None:
    """The version that replies are made from."""
    found = (v for v in row.versions if v.lang == lang and v.state is TemplateState.APPROVED)
    return max(found, key=lambda v: v.n, default=None)


def languages(row: TemplateRow) -> list[str]:
    """In order of the alphabet."""
    return sorted({v.lang for v in row.versions})


def summary(row: TemplateRow) -> str:
    """Which languages may be inserted, which wait for a look."""
    if row.is_archived:
        return tr("archived")
    ready = [lang for lang in languages(row) if approved(row, lang)]
    waiting = [
        lang
        for lang in languages(row)
        if (v := newest(row, lang)) and v.state is TemplateState.DRAFT
    ]
    said = []
    if ready:
        said.append(tr("approved: {langs}", langs=_names(ready)))
    if waiting:
        said.append(tr("not approved: {langs}", langs=_names(waiting)))
    return " · ".join(said) if said else tr("no words yet")


def _names(langs: list[str]) -> str:
    return ", ".join(language_word(lang) for lang in langs)


def state_words(v: VersionRow) -> str:
    """A version's state, and who stands behind it, never more than is true."""
    match v.state:
        case TemplateState.DRAFT:
            return tr("not approved")
        case TemplateState.ARCHIVED:
            return tr("archived")
        case TemplateState.APPROVED:
            return tr("approved by {who}, {how}", who=v.approved_by or tr("somebody"),
                      how=look_words(v.look))  # fmt: skip


def look_words(look: str) -> str:
    """The kind of an approval. "Two people" is said for the first kind only."""
    match look:
        case Look.PERSON_HERE.value:
            return tr("two people")
        case Look.PERSON_AWAY.value:
            return tr("answer recorded by the operator")
        case Look.SELF_COOLDOWN.value:
            return tr("same person, second look later")
        case _:
            return tr("same person")


def approval_note(v: VersionRow, mode: TeamMode, here: str) -> tuple[str, bool]:
    """What the approval will be recorded as, and whether `here` may give it."""
    if mode is TeamMode.SOLO:
        return tr(
            "You approve this alone. It is recorded as “same person”: nobody else looked at it."
        ), True
    if v.author == here:
        return tr(
            "{who} wrote this text. In pair mode somebody else approves it: they choose their "
            "name under Settings and come here.", who=v.author,
        ), False  # fmt: skip
    return tr("{who} wrote this text; you, {here}, approve it.", who=v.author, here=here), True
