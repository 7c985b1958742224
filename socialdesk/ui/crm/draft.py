"""What the dialog starts with, made of a mention: subject, words with their link, whom to look
for. All of it can be changed; only what then stands there leaves."""

from datetime import datetime

from socialdesk.domain.people.contact import FieldKind, PersonDetail, values_of
from socialdesk.domain.people.crm import MAX_BODY, CrmPerson
from socialdesk.domain.queue.rows import AuthorCard, Detail
from socialdesk.i18n import tr, trn
from socialdesk.ui.plain import clean, one_line, opened
from socialdesk.ui.words import network_label

SUBJECT_CHARS = 90  # of the mention's words


def subject_of(detail: Detail) -> str:
    """Network and first words."""
    words = one_line(detail.title or detail.body)
    if len(words) > SUBJECT_CHARS:
        words = words[: SUBJECT_CHARS - 1].rstrip() + "…"
    return tr("{network}: {words}", network=network_label(detail.row.network), words=words)


def body_of(detail: Detail, author: AuthorCard) -> str:
    """The words in full, stars, who and when, and the link."""
    title = f"{one_line(detail.title)}\n" if detail.title else ""
    parts = [f"{title}{clean(detail.body).strip()}"[: MAX_BODY - 1_000]]
    if detail.n_stars > 0:
        parts.append(trn("{n} star of 5", "{n} stars of 5", detail.n_stars))
    name = one_line(author.name or author.handle)
    handle = one_line(author.handle)
    who = name if handle in ("", name) else f"{name} ({handle})"
    parts.append(
        tr("{who} on {network}, {time}", who=who, network=network_label(detail.row.network),
           time=_time(detail.row.at))
    )  # fmt: skip
    if opened(detail.url):
        parts.append(detail.url)
    return "\n\n".join(part for part in parts if part.strip())


def person_of(author: AuthorCard, person: PersonDetail | None) -> CrmPerson:
    """Name and handle as the network shows them; address and phone as we know them."""
    fields = person.profile.fields if person else ()
    emails = values_of(fields, FieldKind.EMAIL)
    phones = values_of(fields, FieldKind.PHONE)
    known = person.profile.name if person and person.contact_id else ""
    return CrmPerson(
        one_line(known or author.name), emails[0] if emails else "", one_line(author.handle),
        phones[0] if phones else "",
    )  # fmt: skip


def _time(at: int) -> str:
    """The same in every CRM and for every reader of it: with its zone."""
    return datetime.fromtimestamp(at / 1000).astimezone().strftime("%Y-%m-%d %H:%M %z")
