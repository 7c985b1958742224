"""One row of a mention export as a mention, or what is wrong with it."""

import hashlib
import re
from collections.abc import Mapping
from datetime import tzinfo
from typing import Final
from urllib.parse import urlsplit

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Author, CanReply, Kind, Mention
from socialdesk.engine.mention_files import columns as c
from socialdesk.engine.mention_files.times import read_time
from socialdesk.engine.table_files.rows import Fault
from socialdesk.engine.table_files.source import UNREADABLE
from socialdesk.networks.values import count_or_none

MAX_TEXT_CHARS: Final = 100_000
MAX_LABELS: Final = 20
_STARS: Final = re.compile(r"^([1-5])(?:[.,]\d+)?(?:\s*(?:/\s*5|stars?|★|зв\w*))?$", re.IGNORECASE)
_LANG: Final = re.compile(r"^[a-z]{2,3}(?:[-_][A-Za-z]{2,8})*$")


@frozen
class FileMention:
    """A mention with the labels its row names: those of the file, and where it was written."""

    line: int
    mention: Mention
    labels: tuple[str, ...]


def mention_of(
    line: int, cells: Mapping[str, str], order: str, zone: tzinfo
) -> FileMention | Fault:
    """`cells`: by kind of column, without blanks around. The same row always has the same uri."""
    if any(UNREADABLE in cell for cell in cells.values()):
        return Fault(line, "encoding")
    text = cells.get(c.TEXT, "")
    if len(text) > MAX_TEXT_CHARS:
        return Fault(line, "long", str(MAX_TEXT_CHARS))
    if not text and not cells.get(c.TITLE) and not cells.get(c.STARS):
        return Fault(line, "empty")
    at = read_time(cells.get(c.AT, ""), order, zone)
    if at is None:
        return Fault(line, "time", cells.get(c.AT, "")[:40])
    stars, url = _stars(cells.get(c.STARS, "")), _url(cells.get(c.URL, ""))
    mention = Mention(
        uri=_uri(cells), remote_id="", author=_author(cells), body=text, published_at=at,
        kind=Kind.REVIEW if stars else Kind.POST, title=cells.get(c.TITLE, ""), url=url,
        lang=_lang(cells.get(c.LANG, "")), n_stars=stars, can_reply=CanReply.BROWSER,
        reply_note="imported",
    )  # fmt: skip
    return FileMention(line, mention, _labels(cells))


def _author(cells: Mapping[str, str]) -> Author:
    """Somebody without a name is a person of their own: nobody is taken for somebody else."""
    name, handle = cells.get(c.AUTHOR, ""), cells.get(c.HANDLE, "")
    network = cells.get(c.NETWORK, "").casefold()
    who = handle.removeprefix("@").casefold() or name.casefold()
    n_followers = count_or_none(re.sub(r"[\s,.\u00a0]", "", cells.get(c.FOLLOWERS, "")))
    remote_id = f"file:{network}:{who}" if who else _uri(cells)
    return Author(remote_id, handle or name or "?", name, n_followers=n_followers)


def _uri(cells: Mapping[str, str]) -> str:
    """By the row's own id, where it has one; else by all that tells it from others."""
    network = cells.get(c.NETWORK, "").casefold()
    kinds = (c.ID,) if cells.get(c.ID) else (c.URL, c.AUTHOR, c.HANDLE, c.AT, c.TITLE, c.TEXT)
    told = "\0".join((network, *(cells.get(kind, "") for kind in kinds)))
    return f"file:{hashlib.sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"


def _stars(cell: str) -> int | None:
    found = _STARS.match(cell.strip())
    return int(found[1]) if found else None


def _url(cell: str) -> str:
    """Only what a browser may open."""
    try:
        parts = urlsplit(cell)
    except ValueError:
        return ""
    return cell if parts.scheme in ("http", "https") and parts.hostname else ""


def _lang(cell: str) -> str:
    return cell.replace("_", "-") if _LANG.match(cell) else ""


def _labels(cells: Mapping[str, str]) -> tuple[str, ...]:
    named = [part.strip() for part in re.split("[;,]", cells.get(c.LABELS, ""))]
    found = [label[:60] for label in (cells.get(c.NETWORK, ""), *named) if label]
    return tuple(dict.fromkeys(found))[:MAX_LABELS]
