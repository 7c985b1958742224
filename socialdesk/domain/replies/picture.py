"""A picture of a reply: which file, what it shows, and what a network takes."""

import re
from collections.abc import Iterable, Sequence
from enum import Enum

from socialdesk.domain.frozen import frozen

_FILE = re.compile(r"([0-9a-f]{64})\.(jpg|png|gif|webp)")


@frozen
class Picture:
    """`file`: its name in the workspace's media folder, SHA-256 hex of the bytes and their
    ending. `alt`: what it shows, in words. `name`: what the network called it once it was
    uploaded, "" before."""

    file: str
    mime: str
    alt: str = ""
    name: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 hex of its bytes."""
        return self.file.partition(".")[0]

    def approved_as(self) -> str:
        """What an approval is bound to: the bytes, and the words said of them."""
        return f"{self.digest} {self.alt}" if self.alt else self.digest


@frozen
class PictureRule:
    """What pictures a reply of one account may carry, as its server told. `max_alt`: characters,
    0 = no limit known."""

    n_max: int
    max_bytes: int
    types: tuple[str, ...]
    max_alt: int = 0


class PictureFault(Enum):
    """Why a picture cannot go with a reply."""

    NO_PICTURES = "no_pictures"  # the network takes none
    TOO_MANY = "too_many"
    TOO_LARGE = "too_large"
    WRONG_TYPE = "wrong_type"
    ALT_TOO_LONG = "alt_too_long"
    NO_ALT = "no_alt"
    MISSING = "missing"  # its file is not in the media folder, or is another one
    UNREADABLE = "unreadable"


def is_media_file(name: str) -> bool:
    """Whether a name can be one of ours: nothing else is ever opened in the media folder."""
    return _FILE.fullmatch(name) is not None


def fault_of(
    rule: PictureRule | None,
    pictures: Sequence[Picture],
    sizes: Iterable[int],
    *,
    needs_alt: bool = False,
) -> tuple[PictureFault, int] | None:
    """The first thing that is wrong with these pictures, and the limit that says so; None when
    they may go. `sizes`: bytes of each."""
    if not pictures:
        return None
    if rule is None or rule.n_max < 1:
        return PictureFault.NO_PICTURES, 0
    if len(pictures) > rule.n_max:
        return PictureFault.TOO_MANY, rule.n_max
    for picture, size in zip(pictures, sizes, strict=True):
        if picture.mime not in rule.types:
            return PictureFault.WRONG_TYPE, 0
        if size > rule.max_bytes:
            return PictureFault.TOO_LARGE, rule.max_bytes
        if rule.max_alt and len(picture.alt) > rule.max_alt:
            return PictureFault.ALT_TOO_LONG, rule.max_alt
        if needs_alt and not picture.alt.strip():
            return PictureFault.NO_ALT, 0
    return None
