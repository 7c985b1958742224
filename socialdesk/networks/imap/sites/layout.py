"""How a site's notices are told from their text: tables of lines, no code of their own.

2026-11: tables go by the words of a line and never by HTML, because sites change their mark-up more
often than their words. Where nothing fits, the letter stays what it is; nothing is guessed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Kind
from socialdesk.networks.imap.sites.stars import stars_in
from socialdesk.networks.values import parts_of

MAX_LINES: Final = 2000
MAX_LINE_CHARS: Final = 4000  # links are looked for in no longer line
MAX_FIT_CHARS: Final = 250  # no line of a site's own is longer; keeps the patterns quick
_URL: Final = re.compile(r"https?://[^\s()<>\"\[\]]+")
_AROUND_URL: Final = re.compile(r"[(<\[]?https?://[^\s()<>\"\[\]]+[)>\]]?")


@frozen
class Layout:
    """One kind of notice. Texts are regular expressions without regard to case; `subjects` fit the
    whole subject, `begins` and `ends` a whole line without its links. Groups that are called
    author, title and stars are taken. `first`: what the lines after `begins` are, before the words
    (author, title, stars, or "" for nothing we need). `link`: in the words of the link to answer.
    `n_steps`: how many stars there are; 0 = the site gives none here."""

    kind: Kind
    subjects: tuple[str, ...]
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    link: str
    first: tuple[str, ...] = ()
    n_steps: int = 5


@frozen
class Site:
    """`senders`: whole addresses, or "@" and a domain none of whose senders write strangers' words.
    `hosts`: where its links may lead, each with what lies under it; `home`: where reviews are
    answered when the notice has no such link."""

    key: str
    label: str
    senders: tuple[str, ...]
    hosts: tuple[str, ...]
    home: str
    layouts: tuple[Layout, ...]

    def sends_from(self, address: str) -> bool:
        """Whether a notice of this site can come from there."""
        return address in self.senders or f"@{address.rpartition('@')[2]}" in self.senders

    def is_there(self, url: str) -> bool:
        """Whether a link leads to this site."""
        parts = parts_of(url)
        host = (parts.hostname or "").lower()
        is_under = any(host == one or host.endswith(f".{one}") for one in self.hosts)
        return parts.scheme == "https" and is_under and "@" not in parts.netloc


@frozen
class Notice:
    """What a notice tells."""

    site: Site
    kind: Kind
    author: str
    title: str
    text: str
    n_stars: int | None
    link: str


@frozen
class _Line:
    """A line's words, and the links in it."""

    words: str
    urls: tuple[str, ...]


def read_layout(site: Site, layout: Layout, subject: str, text: str) -> Notice | None:
    """The notice, or None when it is not of this kind or its layout has changed."""
    told = _fit(layout.subjects, subject)
    if told is None:
        return None
    lines = list(_lines(text))
    begin = next((n for n, line in enumerate(lines) if _fits(layout.begins, line)), -1)
    end = _end(layout, lines, begin)
    if begin < 0 or end < 0:
        return None
    told = {**told, **(_fit(layout.begins, lines[begin].words) or {})}
    body = [line.words for line in lines[begin + 1 : end]]
    for name in layout.first:
        while body and not body[0]:
            body.pop(0)
        if body and name:
            told[name] = body[0]
        del body[:1]
    stars = _stars(layout, told, [line.words for line in lines[: begin + 1]])
    if layout.n_steps and stars is None:
        return None
    words = re.sub(r"\n{3,}", "\n\n", "\n".join(body)).strip()
    return Notice(
        site,
        layout.kind,
        told.get("author", ""),
        told.get("title", ""),
        words or told.get("title") or subject,
        stars,
        _link(site, layout, lines),
    )


def _lines(text: str) -> Iterator[_Line]:
    for raw in text.split("\n")[:MAX_LINES]:
        line = raw.strip()
        if len(line) > MAX_LINE_CHARS or "://" not in line:
            yield _Line(line, ())
        else:
            yield _Line(_AROUND_URL.sub("", line).strip(), tuple(_URL.findall(line)))


def _end(layout: Layout, lines: Sequence[_Line], begin: int) -> int:
    """Where the site's own words begin again: the last line that says so, for a reviewer may write
    the same words; up over its neighbours that say so too. -1 = nowhere."""
    fitting = [n for n in range(begin + 1, len(lines)) if _fits(layout.ends, lines[n])]
    if not fitting:
        return -1
    end = fitting[-1]
    for n in reversed(fitting):
        if any(line.words for line in lines[n + 1 : end] if not _fits(layout.ends, line)):
            break
        end = n
    return end


def _stars(layout: Layout, told: Mapping[str, str], above: Sequence[str]) -> int | None:
    """Never from the reviewer's own words."""
    if not layout.n_steps:
        return None
    places = [told[name] for name in ("stars",) if told.get(name)]
    if places and places[0].isdigit() and 1 <= int(places[0]) <= layout.n_steps:
        places = [f"{places[0]}/{layout.n_steps}"]
    found = (stars_in(line[:MAX_FIT_CHARS], layout.n_steps) for line in (*places, *above))
    return next((n for n in found if n), None)


def _link(site: Site, layout: Layout, lines: Sequence[_Line]) -> str:
    """The site's own page for answering; a link's words may stand on the line above it."""
    before = ""
    for line in lines:
        words = line.words or before
        for url in line.urls:
            if re.search(layout.link, words, re.IGNORECASE) and site.is_there(url):
                return url[:2000]
        before = line.words or before
    return site.home


def _fits(patterns: tuple[str, ...], line: _Line) -> bool:
    return _fit(patterns, line.words) is not None


def _fit(patterns: tuple[str, ...], text: str) -> dict[str, str] | None:
    """The groups of the first pattern that fits the whole text."""
    if not text or len(text) > MAX_FIT_CHARS:
        return None
    for pattern in patterns:
        found = _compiled(pattern).fullmatch(text)
        if found:
            return {name: value.strip() for name, value in found.groupdict("").items() if value}
    return None


@lru_cache(512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
