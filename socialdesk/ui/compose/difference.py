"""What changed between two texts, word by word, for people."""

import re
from difflib import SequenceMatcher
from enum import Enum

from socialdesk.domain.frozen import frozen

MAX_WORDS = 2_000  # beyond, comparing would take longer than a frame: old and new stand whole
_WORD = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)


class Edit(Enum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@frozen
class Piece:
    """A run of characters with one fate."""

    edit: Edit
    text: str


def difference(old: str, new: str) -> list[Piece]:
    """The pieces of both texts in reading order; GONE stands before the NEW that replaced it."""
    a, b = _WORD.findall(old), _WORD.findall(new)
    if len(a) > MAX_WORDS or len(b) > MAX_WORDS:
        return _whole(old, new)
    pieces: list[Piece] = []
    for op, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if op == "equal":
            pieces.append(Piece(Edit.SAME, "".join(a[a1:a2])))
        else:
            pieces += _whole("".join(a[a1:a2]), "".join(b[b1:b2]))
    return pieces


def _whole(old: str, new: str) -> list[Piece]:
    if old == new:
        return [Piece(Edit.SAME, old)] if old else []
    both = (Piece(Edit.GONE, old), Piece(Edit.NEW, new))
    return [piece for piece in both if piece.text]
