"""Links, names and tags inside a Bluesky text: byte ranges, never marks in the text itself.

Source: app.bsky.richtext.facet; detection follows packages/api/src/rich-text of atproto.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

TYPE = "app.bsky.richtext.facet"
MAX_TAG_CHARS = 64
_LINK = re.compile(r"(?<![^\s(])https?://\S+", re.IGNORECASE)
_NAME = re.compile(r"(?<![^\s(])@([a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+)(?![\w.-]*@)")
_TAG = re.compile(r"(?<!\S)[#＃](?!\ufe0f)([^\s\u00ad\u2060\u200a-\u200d\u20e2]+)")
_LINK_END = ".,;:!?'\"»“”’…"
_LOOSE_END = re.compile(r"[^\w/]+$")


def facets_of(text: str, resolve: Callable[[str], str | None]) -> list[dict[str, Any]]:
    """The facets of a text of ours. `resolve`: a handle to its DID, None = leave it as text."""
    found = [*_links(text), *_names(text, resolve), *_tags(text)]
    facets: list[dict[str, Any]] = []
    reached = 0
    for start, end, feature in sorted(found, key=lambda facet: facet[0]):
        if start >= reached:
            facets.append({"index": _index(text, start, end), "features": [feature]})
            reached = end
    return facets


Found = tuple[int, int, dict[str, str]]  # start and end in characters, the feature


def _links(text: str) -> Iterator[Found]:
    for match in _LINK.finditer(text):
        link = match[0].rstrip(_LINK_END)
        while link.endswith(")") and link.count(")") > link.count("("):
            link = link[:-1].rstrip(_LINK_END)
        if len(link) > len("https://"):
            yield match.start(), match.start() + len(link), {"$type": f"{TYPE}#link", "uri": link}


def _names(text: str, resolve: Callable[[str], str | None]) -> Iterator[Found]:
    for match in _NAME.finditer(text):
        handle = match[1].rstrip("-")
        did = resolve(handle.lower())
        if did:
            end = match.start() + 1 + len(handle)
            yield match.start(), end, {"$type": f"{TYPE}#mention", "did": did}


def _tags(text: str) -> Iterator[Found]:
    for match in _TAG.finditer(text):
        tag = _LOOSE_END.sub("", match[1])
        if tag and not tag.isdigit() and len(tag) <= MAX_TAG_CHARS:
            end = match.start(1) + len(tag)
            yield match.start(), end, {"$type": f"{TYPE}#tag", "tag": tag}


def _index(text: str, start: int, end: int) -> dict[str, int]:
    begin = len(text[:start].encode())
    return {"byteStart": begin, "byteEnd": begin + len(text[start:end].encode())}


def with_links(text: str, facets: Any) -> str:
    """A stranger's text with every link it hides or shortens written out.

    Ranges that overlap, lie outside, split a character or are no numbers exist in the wild: they
    are passed over.
    """
    raw = text.encode("utf-8", "replace")
    parts: list[bytes] = []
    reached = 0
    for start, end, uri in sorted(_link_ranges(facets)):
        if reached <= start < end <= len(raw) and not (_splits(raw, start) or _splits(raw, end)):
            shown = raw[start:end].decode("utf-8", "replace")
            parts += [raw[reached:start], _written_out(shown, uri).encode("utf-8", "replace")]
            reached = end
    return (b"".join(parts) + raw[reached:]).decode("utf-8", "replace")


def _splits(raw: bytes, at: int) -> bool:
    """Whether `at` lies inside a character."""
    return at < len(raw) and raw[at] & 0xC0 == 0x80


def _written_out(shown: str, uri: str) -> str:
    """The link as it shall be read: whole when it was only cut short, else behind its words."""
    start = re.sub(r"(\.\.\.|…)$", "", shown)
    bare = re.sub(r"^https?://", "", uri)
    if uri.startswith(start) or bare.startswith(start):
        return uri
    return f"{shown} ({uri})"


def _link_ranges(facets: Any) -> Iterator[tuple[int, int, str]]:
    for facet in _dicts(facets):
        index = facet.get("index")
        if not isinstance(index, dict):
            continue
        start, end = index.get("byteStart"), index.get("byteEnd")
        if type(start) is not int or type(end) is not int:
            continue
        for feature in _dicts(facet.get("features")):
            uri = feature.get("uri")
            if isinstance(uri, str) and uri.startswith(("http://", "https://")):
                yield start, end, uri
                break


def _dicts(value: Any) -> Iterable[dict[str, Any]]:
    return (v for v in value if isinstance(v, dict)) if isinstance(value, list) else ()
