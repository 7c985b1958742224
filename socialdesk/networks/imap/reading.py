"""From UIDs to letters, in as few questions as their sizes allow; a letter that the server or we
cannot read is set aside alone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from socialdesk.networks.base import Reject
from socialdesk.networks.imap.grammar import Value
from socialdesk.networks.imap.letters import OUTLINE, Letter, Outline, read_letter, read_outline
from socialdesk.networks.imap.mailbox import Mailbox
from socialdesk.networks.imap.parts import MAX_PART_BYTES

MAX_PAGE_BYTES: Final = 8 * 1024 * 1024  # of words in one page
_N_OUTLINES: Final = 20  # asked for at once: a letter of thousands of parts has one of a megabyte
_MAX_SET_BYTES: Final = 1024 * 1024  # of words asked for at once: a slow line needs its time too
_FAULTS: Final = (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError,
                  LookupError, StopIteration, RecursionError)  # fmt: skip

T = TypeVar("T")


@dataclass(slots=True)
class Read:
    """What was read: `letters` with their outlines, oldest UID first, and the UID up to which."""

    last_uid: int = 0
    letters: list[tuple[Outline, Letter]] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


def read_letters(mailbox: Mailbox, uids: Sequence[int]) -> Read:
    """The letters of `uids` (ascending) from the first on, up to MAX_PAGE_BYTES of words."""
    read = Read()
    chosen: list[Outline] = []
    n_bytes = 0
    for outlines in _outlines(mailbox, uids, read):
        for outline in outlines:
            size = _size(outline)
            if chosen and n_bytes + size > MAX_PAGE_BYTES:
                _read_words(mailbox, chosen, read)
                return read
            chosen.append(outline)
            n_bytes += size
            read.last_uid = outline.uid
    _read_words(mailbox, chosen, read)
    read.last_uid = uids[-1] if uids else 0
    return read


def _outlines(mailbox: Mailbox, uids: Sequence[int], read: Read) -> Iterator[list[Outline]]:
    for at in range(0, len(uids), _N_OUTLINES):
        some = uids[at : at + _N_OUTLINES]
        said = _shown(mailbox, some, OUTLINE, read)
        found = [_each(uid, said[uid], read_outline, uid, read) for uid in some if uid in said]
        yield [outline for outline in found if outline is not None]


def _read_words(mailbox: Mailbox, outlines: Sequence[Outline], read: Read) -> None:
    """Letters whose words lie in the same parts are asked for together."""
    for some in _alike(outlines):
        what = " ".join(("UID", *(part.item for part in some[0].parts)))
        said: Mapping[int, Mapping[bytes, Value]] = {}
        if some[0].parts:
            said = _shown(mailbox, [outline.uid for outline in some], what, read)
        for outline in some:
            if outline.uid in said or not outline.parts:
                words = said.get(outline.uid, {})
                letter = _each(outline.uid, words, read_letter, outline, read)
                if letter is not None:
                    read.letters.append((outline, letter))
    read.letters.sort(key=lambda pair: pair[0].uid)


def _alike(outlines: Sequence[Outline]) -> Iterator[list[Outline]]:
    """Groups with the same parts, none larger than _MAX_SET_BYTES."""
    groups: dict[tuple[str, ...], list[Outline]] = {}
    for outline in outlines:
        groups.setdefault(tuple(part.item for part in outline.parts), []).append(outline)
    for group in groups.values():
        some: list[Outline] = []
        for outline in group:
            if some and sum(map(_size, some)) + _size(outline) > _MAX_SET_BYTES:
                yield some
                some = []
            some.append(outline)
        yield some


def _size(outline: Outline) -> int:
    return min(outline.n_bytes, len(outline.parts) * MAX_PART_BYTES)


def _shown(
    mailbox: Mailbox, uids: Sequence[int], what: str, read: Read
) -> Mapping[int, Mapping[bytes, Value]]:
    """What the server shows; where that is not whole, each missing letter is asked for alone."""
    shown = mailbox.fetch(uids, what)
    if shown.is_whole:
        return shown.letters
    found = dict(shown.letters)
    for uid in (uid for uid in uids if uid not in found):
        alone = shown if len(uids) == 1 else mailbox.fetch([uid], what)
        found |= alone.letters
        if uid not in found and not alone.is_whole:
            read.rejects.append(Reject(b"uid %d" % uid, "the mail server cannot show it"))
    return found


def _each(
    uid: int, said: Mapping[bytes, Value], reader: Callable[..., T], known: object, read: Read
) -> T | None:
    """One letter read by itself: a bad one never costs the page."""
    try:
        return reader(known, said)
    except _FAULTS as e:
        read.rejects.append(Reject(_raw(uid, said), type(e).__name__))
        return None


def _raw(uid: int, said: Mapping[bytes, Value]) -> bytes:
    """The first bytes of what came, at most 64 KiB."""
    texts = [value for value in said.values() if isinstance(value, bytes)]
    return (b"uid %d\n" % uid + b"\n".join(texts))[: 64 * 1024]
