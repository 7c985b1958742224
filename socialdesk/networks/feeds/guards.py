"""A feed's bytes as text that a parser may have: decoded, cut to the document, without bombs.

Feeds say one encoding and use another, and begin with notices of the server's programs. None
needs entities of its own, so whatever declares some is refused before any parser sees it.
"""

import codecs
import html.entities
import re
from collections.abc import Iterator

from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NO_BOM = (  # how "<?" begins in encodings in which no declaration can be found by bytes
    (b"\x3c\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00\x3c", "utf-32-be"),
    (b"\x3c\x00", "utf-16-le"),
    (b"\x00\x3c", "utf-16-be"),
    (b"\x4c\x6f\xa7\x94", "cp037"),  # EBCDIC
)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_DECLARATION = re.compile(r"^<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(\[)?", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_CDATA_OR_NAMED = re.compile(rf"<!\[CDATA\[.*?(?:\]\]>|\Z)|{_NAMED.pattern}", re.DOTALL)


def decoded(body: bytes, content_type: str) -> str:
    """The text: by BOM, by the transport's charset (it rules only XML types), by the declaration,
    as UTF-8, as Windows-1252; the first in which every byte means something."""
    names = list(_encodings(body, content_type))
    for name in names:
        try:
            return body.decode(name).removeprefix("\ufeff")
        except (LookupError, ValueError):
            continue
    return body.decode("utf-8", "replace").removeprefix("\ufeff")


def _encodings(body: bytes, content_type: str) -> Iterator[str]:
    for start, name in (*_BOMS, *_NO_BOM):
        if body.startswith(start):
            yield name
            break
    kind = content_type.partition(";")[0].strip().lower()
    charset = _CHARSET.search(content_type)
    if charset and (kind.endswith(("/xml", "+xml", "json")) or not kind.startswith("text/")):
        yield _usual(charset[1])
    declared = _DECLARED.search(body[:1024])
    if declared:
        yield _usual(declared[1].decode("ascii"))
    yield "utf-8"
    yield "cp1252"


def _usual(name: str) -> str:
    """What is really written when a name is given: Windows-1252 is the superset in use."""
    name = name.lower()
    if name in {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"}:
        return "cp1252"
    try:
        is_text = codecs.lookup(name)._is_text_encoding
    except LookupError:
        return name
    return name if is_text else "utf-8"  # "zip", "rot13" and "base64" are codecs too


def document(text: str) -> str:
    """From the first mark-up on, declared as what we will hand over (UTF-8), without declarations
    of entities. Raises RefusedError(UNSAFE), BadAnswerError where there is no mark-up."""
    start = text.find("<")
    if start < 0:
        raise BadAnswerError("the answer is no feed")
    text = _DECLARATION.sub("", text[start:], count=1)
    prolog = text[: _root_at(text)]
    doctype = _DOCTYPE.search(prolog)
    if (doctype and doctype[1]) or _ENTITY.search(prolog):
        raise RefusedError(Refusal.UNSAFE, "the feed declares entities of its own")
    text = text if doctype is None else text[: doctype.start()] + _after(text, doctype.end())
    return '<?xml version="1.0" encoding="utf-8"?>\n' + text.lstrip()


def _root_at(text: str) -> int:
    """Where the root element begins; declarations, comments and instructions stand before it."""
    ends = {"<?": "?>", "<!": ">", "<!--": "-->"}
    at = text.find("<")
    while at >= 0:
        start = next((s for s in ("<!--", "<!", "<?") if text.startswith(s, at)), "")
        if not start:
            return at
        end = text.find(ends[start], at)
        at = text.find("<", end + 1) if end >= 0 else -1
    return len(text)


def _after(text: str, at: int) -> str:
    """What follows the `>` of a doctype: feeds need none, and parsers make files of theirs."""
    return text[at:].partition(">")[2]


def mended(text: str) -> str:
    """The same with what breaks XML most often: HTML's named entities, control characters."""

    def number(found: re.Match[str]) -> str:
        name = found[1]
        char = None if name is None or name in _XML_NAMES else html.entities.html5.get(f"{name};")
        return "".join(f"&#{ord(c)};" for c in char) if char else found[0]

    return _CONTROLS.sub("", _CDATA_OR_NAMED.sub(number, text))
