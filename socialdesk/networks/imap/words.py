"""Bytes of a letter to the words somebody wrote: headers, encodings, soft line ends.

Letters come from everybody's programs, so whatever they declare may be wrong: nothing here raises.
Source: RFC 2045, 2047, 3676; the encodings that Russian and Western mail is really written in.
"""

import codecs
import email.header
import re
from email.errors import HeaderParseError
from email.message import Message
from email.policy import default as policy
from typing import Final

from socialdesk.networks.html_text import plain
from socialdesk.networks.imap.parts import TextPart

MAX_HEADER_CHARS: Final = 4000

_ENCODINGS: Final = frozenset(
    {"7bit", "8bit", "binary", "base64", "quoted-printable", "x-uuencode", "uuencode"}
)
# Encodings of Python's own, that no letter is written in. Half a megabyte of the first takes 12 s:
# each character copies the whole text.
_NO_CHARSETS: Final = frozenset(
    {"punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"}
)
_WESTERN: Final = frozenset({"", "us-ascii", "ascii", "iso-8859-1", "latin-1", "latin1"})
_ENCODED_WORD: Final = re.compile(r"=\?[^?\s]+\?[bqBQ]\?")
_CYRILLIC: Final = ("cp1251", "koi8-r")
_WORD: Final = re.compile("[а-яё]{3,}")


def part_text(raw: bytes, part: TextPart) -> str:
    """The words of one part as they were sent: HTML stays HTML."""
    text = decoded(unpacked(raw, part.encoding), part.charset).replace("\r\n", "\n")
    return unflowed(text, part.is_joined) if part.is_flowed else text


def unpacked(raw: bytes, encoding: str) -> bytes:
    """Without its transfer encoding; damage is read over, as all mail programs do."""
    message: Message[str, str] = Message(policy=policy)
    message["Content-Transfer-Encoding"] = encoding if encoding in _ENCODINGS else "8bit"
    message.set_payload(raw.decode("ascii", "surrogateescape"))
    payload = message.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else raw


def decoded(raw: bytes, charset: str) -> str:
    """In the encoding that was declared where every byte has a meaning in it, else in the likeliest
    one."""
    charset = charset.strip().lower().strip("\"'")
    declared = () if charset in _WESTERN else (charset,)
    marked = ("utf-16",) if raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else ()
    for name in (*marked, *declared, "utf-8"):
        try:
            found = codecs.lookup(name)
            if found._is_text_encoding and found.name.replace("_", "-") not in _NO_CHARSETS:
                return raw.decode(name).removeprefix("\ufeff")
        except (LookupError, ValueError):
            continue
    return _guessed(raw)


def _guessed(raw: bytes) -> str:
    """Cyrillic where most of what is not ASCII makes small Cyrillic words, else Western, whose
    accented letters stand alone."""
    n_high = sum(byte > 127 for byte in raw)
    texts = [raw.decode(name, "replace") for name in _CYRILLIC]
    best = max(texts, key=_n_in_words)
    return best if _n_in_words(best) * 2 > n_high else raw.decode("cp1252", "replace")


def _n_in_words(text: str) -> int:
    return sum(map(len, _WORD.findall(text)))


def header_text(raw: bytes) -> str:
    """A header's words on one line: encoded words decoded, also where a letter was cut in two."""
    text = decoded(raw[:MAX_HEADER_CHARS], "utf-8")
    if _ENCODED_WORD.search(text):
        text = _unworded(text)
    return " ".join(plain(text).split())


def _unworded(text: str) -> str:
    """RFC 2047. Neighbours in one encoding are put together before they are read."""
    try:
        found = email.header.decode_header(text)
    except (HeaderParseError, ValueError):
        return text
    words = ""
    for chunk, charset in found:
        is_read = isinstance(chunk, str)
        words += chunk if is_read else decoded(chunk, charset or "utf-8")
    return words or text


def unflowed(text: str, is_joined: bool = False) -> str:
    """format=flowed: a line that ends in a blank goes on in the next one of the same depth of
    quotation."""
    lines: list[list[str]] = []
    open_depth = -1  # of the line before, when it goes on
    for line in text.split("\n"):
        words = line.lstrip(">")
        depth = len(line) - len(words)
        words = words.removeprefix(" ")
        goes_on = words.endswith(" ") and words != "-- "
        cut = words[:-1] if goes_on and is_joined else words
        if open_depth == depth and words != "-- ":
            lines[-1].append(cut)
        else:
            lines.append([f"{'>' * depth} {cut}" if depth else cut])
        open_depth = depth if goes_on else -1
    return "\n".join("".join(line) for line in lines)
