"""What was read of a file of people, and what is wrong in it, line by line."""

from dataclasses import dataclass, field

from socialdesk.domain.people.contact import (
    MAX_VALUE_CHARS,
    FieldKind,
    Imported,
    Profile,
    clean_profile,
    is_email,
    values_of,
)
from socialdesk.engine.table_files.rows import Fault
from socialdesk.engine.table_files.source import UNREADABLE


@dataclass(slots=True)
class Parsed:
    """`headers`, `columns` and `sample` (the first rows, cell by cell) of a CSV file only."""

    people: list[Imported] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    headers: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    sample: list[list[str]] = field(default_factory=list)
    delimiter: str = ""
    is_cut: bool = False  # there are more people than are read


def checked(
    line: int, profile: Profile, labels: tuple[str, ...] = (), note: str = ""
) -> Imported | Fault:
    """The person, or what is wrong with them. Without a name they are called by their mail address
    or handle."""
    texts = (profile.name, profile.org, note, *(value for _, value in profile.fields))
    if any(UNREADABLE in text for text in texts):
        return Fault(line, "encoding")
    if any(len(text) > MAX_VALUE_CHARS for text in texts if text is not note):
        return Fault(line, "long", str(MAX_VALUE_CHARS))
    clean = clean_profile(profile)
    emails = values_of(clean.fields, FieldKind.EMAIL)
    for email in emails:
        if not is_email(email):
            return Fault(line, "email", email[:60])
    name = clean.name or next(iter([*emails, *values_of(clean.fields, FieldKind.HANDLE)]), "")
    if not name:
        return Fault(line, "nobody")
    named = Profile(name, clean.org, clean.channel, clean.crm_url, clean.fields)
    return Imported(line, named, labels, note)
