"""Plain words to the HTML a Mastodon server sends, and the names and tags found in them."""

import html
import re
from collections.abc import Callable

import regex  # type: ignore[import-untyped]  # ships no types

from socialdesk.practice.content import Person

_NAME = r"(?<![\w/@])@(?P<handle>\w+(?:[.-]\w+)*)(?:@(?P<host>\w[\w-]*(?:\.[\w-]+)+))?"
_TAG = r"(?<![\w/&])#(?P<tag>\w*[^\W\d]\w*)"
_URL = r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)])"
NAME = re.compile(_NAME)
TAG = re.compile(_TAG)
URL = re.compile(_URL)
_TOKEN = re.compile(f"{_URL}|{_NAME}|{_TAG}")
_SHOWN_URL_CHARS = 30

Find = Callable[[str, str], Person | None]
"""The person behind a handle and a host ("" = none was written)."""


def to_html(text: str, find: Find, server: str) -> str:
    """Paragraphs, line breaks, links, mentions and hashtags as Mastodon 4 marks them."""
    paragraphs = re.split(r"\n{2,}", text.strip())
    return "".join(f"<p>{_inline(one, find, server)}</p>" for one in paragraphs)


def names(text: str, find: Find) -> list[Person]:
    """The people a text names, each once, in order."""
    found = (find(m["handle"], m["host"] or "") for m in NAME.finditer(text))
    return list(dict.fromkeys(person for person in found if person))


def tags(text: str) -> list[str]:
    """The hashtags of a text, lower case, each once, in order."""
    return list(dict.fromkeys(m["tag"].casefold() for m in TAG.finditer(text)))


def count_chars(text: str, warning: str, url_chars: int) -> int:
    """The length as Mastodon counts it: graphemes, a link `url_chars`, @user@host as @user."""
    counted = URL.sub("x" * url_chars, text)
    counted = NAME.sub(lambda m: f"@{m['handle']}", counted)
    return len(regex.findall(r"\X", counted)) + len(regex.findall(r"\X", warning))


def _inline(text: str, find: Find, server: str) -> str:
    parts, end = [], 0
    for found in _TOKEN.finditer(text):
        parts += [html.escape(text[end : found.start()]), _marked(found, find, server)]
        end = found.end()
    parts.append(html.escape(text[end:]))
    return "".join(parts).replace("\n", "<br />")


def _marked(found: re.Match[str], find: Find, server: str) -> str:
    if found["url"]:
        return _link(found["url"])
    if found["tag"]:
        tag = html.escape(found["tag"])
        href = f"{server}/tags/{tag.casefold()}"
        return f'<a href="{href}" class="mention hashtag" rel="tag">#<span>{tag}</span></a>'
    person = find(found["handle"], found["host"] or "")
    if person is None:
        return html.escape(found[0])
    href = profile_url(person, server)
    return (
        f'<span class="h-card" translate="no"><a href="{href}" class="u-url mention">'
        f"@<span>{html.escape(person.handle)}</span></a></span>"
    )


def profile_url(person: Person, server: str) -> str:
    """Where the person's own server shows them."""
    return (
        f"https://{person.host}/@{person.handle}" if person.host else f"{server}/@{person.handle}"
    )


def _link(url: str) -> str:
    """Scheme and tail are in the text but not shown, as in every Mastodon link."""
    scheme, _, rest = url.partition("://")
    shown, tail = rest[:_SHOWN_URL_CHARS], rest[_SHOWN_URL_CHARS:]
    css = "ellipsis" if tail else ""
    return (
        f'<a href="{html.escape(url)}" target="_blank" rel="nofollow noopener">'
        f'<span class="invisible">{scheme}://</span><span class="{css}">{html.escape(shown)}</span>'
        f'<span class="invisible">{html.escape(tail)}</span></a>'
    )
