"""What is wrong with a template's words, said before they are saved."""

import re

from socialdesk.domain.replies.template import (
    SLOT,
    Slot,
    SlotKind,
    bad_braces,
    clashing_slots,
    slots,
    typed_slots,
)
from socialdesk.i18n import tr, trn

MAX_SLOTS = 50
MAX_CHARS = 10_000
_SIDE_BY_SIDE = re.compile(rf"{SLOT.pattern}{SLOT.pattern}")


def problems(body: str) -> list[str]:
    """Sentences for people, [] when the words can be saved."""
    found = []
    if not body.strip():
        found.append(tr("Write the words of the reply."))
    if len(body) > MAX_CHARS:
        found.append(tr("A template has at most {n} characters.", n=MAX_CHARS))
    found += [_brace(around) for around in bad_braces(body)[:3]]
    found += [
        tr("{slot} is written as two kinds here. Write the same everywhere, or use another name.",
           slot=f"{{{name}}}")
        for name in clashing_slots(body)[:3]
    ]  # fmt: skip
    if _SIDE_BY_SIDE.search(body):
        found.append(tr("Two slots stand side by side. Put a word or a blank between them."))
    if len(slots(body)) > MAX_SLOTS:
        found.append(tr("A template has at most {n} slots.", n=MAX_SLOTS))
    return found


def slot_line(body: str) -> str:
    """Which slots were found, and how long the words are without them."""
    names = slots(body)
    n = len(SLOT.sub("", body).strip())
    length = trn("{n} character", "{n} characters", n)
    if not names:
        return tr("No slots. Write {example} where a name shall be filled in, {list} for a choice, "
                  "{kind} for a number. {length}.", example="{first_name}",
                  list="{size:small|large}", kind="{order:number}", length=length)  # fmt: skip
    said = ", ".join(_slot_words(slot) for slot in typed_slots(body))
    return tr("Slots: {names}. {length} without them.", names=said, length=length)


def _slot_words(slot: Slot) -> str:
    """Its name, and what may be filled in."""
    match slot.kind:
        case SlotKind.TEXT:
            return slot.name
        case SlotKind.CHOICE:
            return f"{slot.name} ({' / '.join(slot.choices)})"
        case SlotKind.NUMBER:
            return tr("{slot} (a number)", slot=slot.name)
        case SlotKind.CODE:
            return tr("{slot} (letters and digits)", slot=slot.name)
        case SlotKind.DATE:
            return tr("{slot} (a date)", slot=slot.name)
        case SlotKind.TIME:
            return tr("{slot} (a time)", slot=slot.name)
        case SlotKind.LINK:
            return tr("{slot} (a web address)", slot=slot.name)
        case SlotKind.EMAIL:
            return tr("{slot} (an e-mail address)", slot=slot.name)


def _brace(around: str) -> str:
    return tr(
        "A brace belongs to no slot here: “{around}”. A slot is written {example}: small letters "
        "a to z, digits and _ between two braces.",
        around=" ".join(around.split()), example="{order_number}",
    )  # fmt: skip
