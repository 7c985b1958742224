"""The go-kit: one paper for the day when nothing else works. Who to call, what to say, what to do.

Contacts, spokesperson, every first statement in every language, the checklists, what a severity
asks for. It holds addresses and telephone numbers: whoever has the paper has those.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from socialdesk.domain.crisis.crisis_rows import AudienceRow
from socialdesk.domain.crisis.incident import HOUR_MS, PACES, Severity
from socialdesk.domain.frozen import frozen
from socialdesk.domain.playbooks.playbook import LANGS, Common, Playbook, blocks_of
from socialdesk.domain.replies.placeholder import PLACEHOLDER
from socialdesk.engine.go_kit.words import channel_words, kind_words, review_words
from socialdesk.engine.playbooks import read_common, read_playbooks
from socialdesk.engine.reports.html import document, safe
from socialdesk.engine.words.dates import day_and_year
from socialdesk.engine.words.playbooks import (
    due_words,
    gate_words,
    part_words,
    role_words,
    unread_note,
)
from socialdesk.i18n import LANGUAGES, language, tr
from socialdesk.store import people
from socialdesk.store.crisis import audiences, drills
from socialdesk.store.file.sqlite import Connection

BOX = "☐"
BLANK = "." * 60  # to write on
CLOSE = "margin-top: 4px; margin-bottom: 4px"  # each crisis on one sheet of A4


@frozen
class GoKit:
    """What is printed. `now`: ms UTC. `is_drill`: of a drill's workspace, which says so first."""

    common: Common
    playbooks: tuple[Playbook, ...]
    audiences: tuple[AudienceRow, ...]
    people: tuple[str, ...]
    now: int
    is_drill: bool = False


def read_kit(conn: Connection, now: int) -> GoKit:
    """As the workspace is now."""
    return GoKit(
        read_common(conn), read_playbooks(conn), tuple(audiences.list_audiences(conn)),
        tuple(person.name for person in people.list_people(conn)), now, drills.is_drill(conn),
    )  # fmt: skip


def page(kit: GoKit, *, for_paper: bool = False) -> str:
    """The whole HTML file, in the language in use; the prepared texts in all three."""
    title = tr("Go-kit: the first hour of a crisis")
    day = day_and_year(datetime.fromtimestamp(kit.now / 1000, UTC).astimezone().date())
    subtitle = tr("Printed on {day}. Print it again when something changes; keep it where you can "
                  "reach it without this computer.", day=day)  # fmt: skip
    parts: list[Callable[[GoKit], str]] = [
        _contacts, _speakers, _severities, _rules, _for_all, _second_look,
    ]  # fmt: skip
    body = "".join(part(kit) for part in parts)
    body += "".join(_playbook(playbook, kit.common) for playbook in kit.playbooks)
    drill = tr("DRILL") if kit.is_drill else ""
    return document(" · ".join(filter(None, (drill, title))), subtitle, body, for_paper=for_paper)


def _section(title: str, *parts: str, begins_page: bool = False) -> str:
    """`begins_page`: on paper; each crisis is a sheet that can be handed out."""
    style = ' style="page-break-before: always"' if begins_page else ""
    return f"<section><h2{style}>{safe(title)}</h2>{''.join(parts)}</section>"


def _heading(text: str) -> str:
    return f"<p><b>{safe(text)}</b></p>"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<td class="note"><b>{safe(text)}</b></td>' for text in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{safe(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f'<table width="100%" cellpadding="3"><tr>{head}</tr>{body}</table><p></p>'


def _contacts(kit: GoKit) -> str:
    title = tr("Contacts")
    if not kit.audiences:
        none = tr("Nobody is listed yet. Write here who must hear it.")
        return _section(title, f"<p>{safe(none)}</p>", *(f"<p>{BLANK}</p>" for _ in range(6)))
    heads = [tr("Who"), tr("How"), tr("Address"), tr("Contact"), tr("Language"), tr("Tested")]
    rows = [
        (f"{a.name} ({kind_words(a.kind)})", channel_words(a.channel), a.address, a.contact,
         LANGUAGES.get(a.lang, a.lang), _day(a.tested_at))
        for a in kit.audiences
    ]  # fmt: skip
    return _section(title, _table(heads, rows))


def _day(at: int) -> str:
    if not at:
        return tr("never")
    return day_and_year(datetime.fromtimestamp(at / 1000, UTC).astimezone().date())


def _speakers(kit: GoKit) -> str:
    named = [(a.name, a.spokesperson) for a in kit.audiences if a.spokesperson]
    roles = [
        (role_words(role), BLANK)
        for role in ("commander", "spokesperson", "approver", "scribe", "operator")
    ]
    names = tr("People here: {names}.", names=", ".join(kit.people))
    told = tr("One person speaks. Everybody else gives that person's name and number.")
    return _section(
        tr("Spokesperson and roles"), f"<p>{safe(told)} {safe(names)}</p>",
        _table([tr("Audience"), tr("Who speaks to it")], named) if named else "",
        _table([tr("Role today"), tr("Name and number")], roles),
    )  # fmt: skip


def _severities(kit: GoKit) -> str:
    heads = [tr("Severity"), tr("First statement"), tr("Longest gap"), tr("Checks per fact"),
             tr("Quiet before stand-down"), tr("Review due")]  # fmt: skip
    rows = [
        (f"SEV{int(severity)}", tr("{n} min", n=pace.first_min), tr("{n} min", n=pace.gap_min),
         str(pace.n_checks), tr("{n} h", n=pace.quiet_ms // HOUR_MS), review_words(pace))
        for severity, pace in PACES.items() if severity is not Severity.UNSAID
    ]  # fmt: skip
    unsure = tr("Unsure? Take the worse one.")
    return _section(tr("What a severity asks for"), _table(heads, rows), f"<p>{safe(unsure)}</p>")


def _rules(kit: GoKit) -> str:
    lines = [
        tr("Sorry, to people, first. Then: what we know, what we do not know, what we do and what "
           "you can do, when you hear next."),
        tr("No cause, no numbers, no blame, no repair time and no victim's name until its fact is "
           "confirmed."),
        tr("Every text has its facts checked and gets a second look before it leaves."),
        tr("Answer danger first, then the press, then those who were promised an answer."),
        tr("Stop planned posts and advertising. Tell employees before they read it elsewhere."),
    ]  # fmt: skip
    return _section(
        tr("Rules of the first hour"), *(f"<p>{BOX} {safe(line)}</p>" for line in lines)
    )


def _for_all(kit: GoKit) -> str:
    common = kit.common
    parts = []
    for lang in LANGS:
        update = common.update[lang]
        words = " ".join((update.changed, update.unknown, update.doing, update.next))
        parts.append(_heading(_lang_name(lang, common.is_reviewed(lang))))
        for name, text in (
            (tr("Update"), words),
            (part_words("nochange"), common.nochange[lang]),
            (part_words("correction"), common.correction[lang]),
            (part_words("staff"), common.staff[lang]),
        ):
            parts.append(_prepared(name, text))
    return _section(tr("For every crisis"), *parts)


def _playbook(playbook: Playbook, common: Common) -> str:
    here = language() if language() in LANGS else LANGS[0]
    usual = tr("Usual severity: SEV{n}.", n=playbook.sev_default)
    parts = [f"<p>{safe(playbook.when[here])} {safe(usual)}</p>"]
    parts.append(_heading(tr("First statement")))
    for lang in LANGS:
        texts = (text for _, text in blocks_of("first", lang, playbook, common))
        name = _lang_name(lang, playbook.is_reviewed(lang))
        parts.append(_prepared(name, " ".join(texts)))
        parts.append(_prepared(part_words("holding.short"), playbook.holding[lang].short))
    parts.append(_heading(tr("Checklist")))
    for step in playbook.steps:
        when = f"{role_words(step.role)}, {due_words(step.phase, step.due_min)}"
        parts.append(_to_do(step.text[here], when))
    parts.append(_heading(tr("Facts to find out")))
    parts += [_to_do(fact.text[here], gate_words(fact.gate)) for fact in playbook.facts]
    if playbook.clocks:
        parts.append(_heading(tr("Legal deadlines that may apply; ask a lawyer")))
        parts += [f"<p>{BOX} {safe(clock.text[here])}</p>" for clock in playbook.clocks]
    return _section(playbook.title[here], *parts, begins_page=True)


def _second_look(kit: GoKit) -> str:
    here = language() if language() in LANGS else LANGS[0]
    lines = (
        f'<p style="{CLOSE}">{BOX} {safe(question.text[here])}</p>'
        for question in kit.common.second_look
    )
    return _section(tr("The second look"), *lines)


def _to_do(text: str, when: str) -> str:
    return f'<p style="{CLOSE}">{BOX} {safe(text)} <span class="dim">{safe(when)}</span></p>'


def _prepared(name: str, text: str) -> str:
    """A prepared text; the places to fill in stand out on paper too."""
    shown = PLACEHOLDER.sub(lambda m: f"<b>{{{m[1]}}}</b>", safe(text))
    return f'<p style="{CLOSE}"><span class="dim">{safe(name)}</span><br>{shown}</p>'


def _lang_name(lang: str, is_reviewed: bool) -> str:
    name = LANGUAGES[lang]
    return name if is_reviewed else f"{name} ({unread_note()})"
