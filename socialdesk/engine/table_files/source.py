"""A file as text: how large it may be, which encoding it has, which sign parts cells."""

import codecs
import csv
import hashlib
from collections import Counter
from pathlib import Path
from typing import Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.frozen import frozen
from socialdesk.i18n import tr

MAX_BYTES: Final = 32 * 1024 * 1024
MAX_PEOPLE: Final = 100_000
SAMPLE_BYTES: Final = 256 * 1024  # looked at for a guess
DELIMITERS: Final = (",", ";", "\t", "|")
# What spreadsheets and phones here write; the guess is among these, a person may name any other.
ENCODINGS: Final = ("utf-8", "utf-16-le", "utf-16-be", "cp1251", "kz1048", "koi8-r", "cp866",
                    "cp1250", "cp1252", "cp1254")  # fmt: skip
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
UNREADABLE: Final = "\ufffd"  # stands for bytes that the encoding does not have


@frozen
class Source:
    """A decoded file. `digest`: SHA-256 of its bytes, hex."""

    text: str
    encoding: str
    digest: str
    is_vcard: bool


def read_source(path: str, encoding: str = "") -> Source:
    """`encoding` "" = found out. Raises CommandError BAD_INPUT: not there, too large, no text,
    unknown encoding. A file that is too large is not opened."""
    raw = _read_bytes(Path(path).expanduser())
    chosen = _known(encoding) if encoding else guess_encoding(raw)
    text = raw.decode(chosen, "replace").removeprefix("\ufeff")
    if "\0" in text[:4096]:
        raise _refused(tr("this is no text file"))
    head = text[:4096].lstrip().upper()
    return Source(text, chosen, hashlib.sha256(raw).hexdigest(), head.startswith("BEGIN:VCARD"))


def _read_bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise _refused(tr("«{name}» is no file", name=path.name))
        if size > MAX_BYTES:
            raise _refused(
                tr(
                    "the file has {size} MB, and files are read up to {limit} MB. "
                    "Nothing was read. Split it and import the parts one after the other",
                    size=size // 1024 // 1024,
                    limit=MAX_BYTES // 1024 // 1024,
                )
            )
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)[:MAX_BYTES]
    except OSError as e:
        raise _refused(
            tr("«{name}» cannot be read: {why}", name=path.name, why=e.strerror or "")
        ) from e


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError as e:
        raise _refused(tr("there is no encoding «{name}»", name=encoding[:40])) from e


def guess_encoding(raw: bytes) -> str:
    """By its mark, else UTF-8 where it is that, else what charset-normalizer thinks likely."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return name
    if _is_utf8(raw):
        return "utf-8"
    half = _half_of_utf16(raw[:SAMPLE_BYTES])
    if half:
        return half
    from charset_normalizer import from_bytes  # 60 ms, and only an old file needs it

    isolated = [name.replace("-", "_") for name in ENCODINGS]
    best = from_bytes(raw[:SAMPLE_BYTES], cp_isolation=isolated).best()
    return codecs.lookup(best.encoding).name if best is not None else "cp1251"


def _is_utf8(raw: bytes) -> bool:
    """A file without any NUL that decodes: other encodings do not by chance."""
    try:
        return "\0" not in raw.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _half_of_utf16(raw: bytes) -> str:
    """Latin letters, digits and delimiters of UTF-16 without a mark: every second byte is 0."""
    even, odd = raw[0::2].count(0), raw[1::2].count(0)
    if max(even, odd) < len(raw) // 40:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def guess_delimiter(text: str) -> str:
    """The sign that parts the first rows into the same number of cells, and most of them."""
    lines = text[:SAMPLE_BYTES].splitlines()[:30]

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
        except csv.Error:
            return 0, 0
        (width, n) = widths.most_common(1)[0] if widths else (0, 0)
        return (n, width) if width > 1 else (0, 0)

    return max(DELIMITERS, key=fit) if lines else ","


def _refused(what: str) -> CommandError:
    return CommandError(CommandFault.BAD_INPUT, what=what)
