"""HTML from strangers to the plain text we show and search. Nothing is ever rendered or loaded.

2026-11: not `html.parser`: on Python 3.11 a megabyte of "<a <a <a" takes it minutes, because each
unfinished tag is searched to the end of the text. This reader goes over the text once. It ends a
tag at the first ">", so a ">" inside an attribute shows as text, which harms nobody.
"""

import html
import re
from typing import Final

_WORDS_AND_TAG: Final = re.compile(r"([^<]*+)<(/?)([a-zA-Z][a-zA-Z0-9:-]*+)([^>]*+)>")
_ATTRIBUTE: Final = re.compile(
    r"""(?<![a-zA-Z-])([a-zA-Z-]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))"""
)
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_MAX_ATTRIBUTES: Final = 8192  # characters of one tag that are looked into

# What is inside of these is never text. The first four are not HTML inside either.
_RAW: Final = frozenset({"script", "style", "textarea", "title"})
_HIDDEN: Final = frozenset(
    {"svg", "math", "template", "noscript", "iframe", "object", "head", "select", "audio", "video",
     "canvas", "map"}
)  # fmt: skip
_PARAGRAPHS: Final = frozenset(
    {"p", "blockquote", "pre", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6",
     "section", "article", "figure", "hr"}
)  # fmt: skip
_LINES: Final = frozenset(
    {"div", "li", "dt", "dd", "tr", "header", "footer", "main", "aside", "nav", "figcaption",
     "address", "form", "summary", "details"}
)  # fmt: skip
_BLOCKS: Final = _PARAGRAPHS | _LINES
_MEANING: Final = _RAW | _HIDDEN | _BLOCKS | {"br", "td", "th", "img", "a"}  # others change nothing


def to_text(source: str) -> str:
    """The words of a piece of HTML: paragraphs apart by a blank line, `<br>` a new line, lists
    with dashes; a link whose words hide its address shows it behind them. Never raises; time
    grows with the length only."""
    reader = _Reader(source)
    reader.run()
    return reader.text()


def plain(text: str) -> str:
    """Text that a file and a screen can hold: no NUL and other controls, no lone surrogates."""
    if text.isprintable():  # no control and no surrogate is: most texts, in a tenth of the time
        return text
    return _CONTROL.sub("", _without_surrogates(text))


def one_line(text: str) -> str:
    """`plain`, on one line; for names and titles."""
    return " ".join(plain(text).split())


def _without_surrogates(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


class _Reader:
    """One pass over one source."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._parts: list[str] = []
        self._breaks = 0  # line breaks owed before the next words
        self._is_spaced = True  # the last part ends in white space
        self._pre = 0
        self._hidden: list[str] = []
        self._link = ("", 0)  # the open link: its address, where its words begin; links do not nest
        self._lower = ""

    def text(self) -> str:
        joined = "".join(self._parts)
        if "\n" in joined:
            joined = "\n".join([line.rstrip(" \t") for line in joined.split("\n")])
        return joined.rstrip(" \t").strip("\n ")

    def run(self) -> None:
        source, n_chars = self._source, len(self._source)
        while self._at < n_chars:
            found = _WORDS_AND_TAG.match(source, self._at)
            if found is None:
                self._no_tag()
                continue
            self._at = found.end()
            words, slash, name, rest = found.groups()
            if words:
                self._words(words)
            name = name.lower()
            if name in _MEANING:
                self._close(name) if slash else self._open(name, rest)

    def _no_tag(self) -> None:
        """The words up to the next "<", and a step over what begins there and is no whole tag."""
        source, at = self._source, self._source.find("<", self._at)
        if at < 0:
            self._rest(self._at)
            return
        self._words(source[self._at : at])
        follower = source[at + 1 : at + 2]
        if source.startswith("<!--", at):
            end = source.find("-->", at + 4)
            self._at = end + 3 if end >= 0 else len(source)
            return
        if not (follower.isalpha() or follower in ("/", "!", "?")) or not follower:
            self._words("<")
            self._at = at + 1
            return
        end = source.find(">", at)
        if end < 0:  # nor does any other tag end
            self._rest(at)
            return
        self._at = end + 1

    def _rest(self, at: int) -> None:
        """All that is left is words."""
        self._words(self._source[at:])
        self._at = len(self._source)

    def _open(self, name: str, rest: str) -> None:
        if name in _RAW:
            self._skip_raw(name)
        elif name in _HIDDEN:
            if not rest.endswith("/"):
                self._hidden.append(name)
        elif self._hidden:
            return
        elif name == "br":
            self._line_break()
        elif name in _BLOCKS:
            self._block(2 if name in _PARAGRAPHS else 1)
            self._pre += name == "pre"
            if name == "li":
                self._words("- ")
        elif name in ("td", "th"):
            self._words(" ")
        elif name == "img":
            self._words(_attribute(rest, "alt") or _attribute(rest, "title"), is_markup=False)
        elif name == "a":
            self._link = (_attribute(rest, "href"), len(self._parts))

    def _close(self, name: str) -> None:
        if self._hidden:
            if name == self._hidden[-1]:
                self._hidden.pop()
        elif name in _BLOCKS:
            self._block(2 if name in _PARAGRAPHS else 1)
            self._pre = max(0, self._pre - (name == "pre"))
        elif name == "a":
            address, begin = self._link
            self._link = ("", 0)
            self._end_link(address, begin)

    def _end_link(self, address: str, begin: int) -> None:
        """Name the address, unless the words are it, or a mention, or a hashtag."""
        if not address.startswith(("https://", "http://")):
            return
        words = "".join(self._parts[begin:]).strip()
        if not words or words.startswith(("@", "#", "＃")):
            return
        place = address.partition("://")[2].rstrip("/")
        if not place or place not in words:
            self._words(f" ({address})", is_markup=False)

    def _skip_raw(self, name: str) -> None:
        if not self._lower:
            self._lower = self._source.lower()
            if len(self._lower) != len(self._source):  # "İ" grows; then only exact case ends it
                self._lower = self._source
        end = self._lower.find(f"</{name}", self._at)
        self._at = end if end >= 0 else len(self._source)

    def _block(self, n_breaks: int) -> None:
        self._breaks = max(self._breaks, n_breaks)

    def _line_break(self) -> None:
        self._flush()
        self._parts.append("\n")
        self._is_spaced = True

    def _flush(self) -> None:
        """Pay the line breaks owed, except before the first words."""
        if self._breaks and self._parts:
            self._parts.append("\n" * self._breaks)
            self._is_spaced = True
        self._breaks = 0

    def _words(self, text: str, *, is_markup: bool = True) -> None:
        if self._hidden or not text:
            return
        if is_markup and "&" in text:
            text = html.unescape(text)
        if not text.isprintable() or "  " in text:  # no other white space is printable
            text = plain(text) if self._pre else _SPACE.sub(" ", plain(text))
        if not self._pre and (self._is_spaced or self._breaks):
            text = text.removeprefix(" ")
        if text:
            if self._breaks:
                self._flush()
            self._parts.append(text)
            self._is_spaced = text[-1] in " \n"


def _attribute(text: str, name: str) -> str:
    """The first attribute of that name, "" = there is none."""
    for found in _ATTRIBUTE.finditer(text[:_MAX_ATTRIBUTES]):
        if found[1].lower() == name:
            return html.unescape(found[2] or found[3] or found[4] or "")
    return ""
