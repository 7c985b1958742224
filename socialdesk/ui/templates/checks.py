"""What is wrong with a template's words, said before they are saved."""

import re

from socialdesk.domain.template import SLOT, bad_braces, slots
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
        return tr("No slots. Write {example} where a name shall be filled in. {length}.",
                  example="{first_name}", length=length)  # fmt: skip
    return tr("Slots: {names}. {length} without them.", names=", ".join(names), length=length)


def _brace(around: str) -> str:
    return tr(
        "A brace belongs to no slot here: “{around}”. A slot is written {example}: small letters "
        "a to z, digits and _ between two braces.",
        around=" ".join(around.split()), example="{order_number}",
    )  # fmt: skip
