"""Everything about one person, as a ZIP they can be given: JSON for programs, a page and a table
for people. Of others there are only our own ids and names of those who work here."""

import csv
import html
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

from socialdesk.domain.sheet import safe_cell
from socialdesk.engine.whole_files import write_whole
from socialdesk.i18n import tr
from socialdesk.store.contacts import person_export
from socialdesk.store.file.sqlite import Connection

_COLUMNS: Final = ("id", "network", "at", "title", "text", "url", "status", "labels", "reply",
                   "replied_at")  # fmt: skip

_ABOUT: Final = ("id", "network", "published_at", "title", "body", "url", "status")


def write_person(conn: Connection, contact: int, author: int, target: Path, now: int) -> int:
    """How many mentions. Raises CommandError NOT_FOUND, BAD_INPUT."""
    data = person_export.gather(conn, contact, author)
    data["exported_at"] = _iso(now)

    def write(file: IO[bytes]) -> None:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("person.json", json.dumps(data, ensure_ascii=False, indent=1))
            archive.writestr("mentions.csv", _table(data["mentions"]))
            archive.writestr("person.html", _page(data))

    write_whole(target, write)
    return len(data["mentions"])


def _table(mentions: Sequence[dict[str, Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for m in mentions:
        replies = m["replies"] or [{"text": "", "sent_at": ""}]
        about = [m[key] for key in _ABOUT]
        for reply in replies:
            cells = [*about, "; ".join(m["labels"]), reply["text"], reply["sent_at"]]
            writer.writerow([safe_cell(str(cell)) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def _page(data: dict[str, Any]) -> str:
    """Plain HTML without a script, a picture or an address that is fetched."""
    parts = [
        "<!doctype html><meta charset='utf-8'>",
        "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; "
        "style-src 'unsafe-inline'\">",
        f"<title>{_safe(data['name'])}</title>",
        "<style>body{font:15px/1.5 sans-serif;max-width:46em;margin:2em auto;padding:0 1em}"
        "article{border-top:1px solid #ccc;padding:.6em 0}.at{color:#666}"
        "blockquote{margin:.4em 0 .4em 1.5em;border-inline-start:3px solid #ccc;padding:0 .8em}"
        "p,blockquote{white-space:pre-wrap;overflow-wrap:anywhere}</style>",
        f"<h1 dir='auto'>{_safe(data['name'])}</h1>",
        _listed(tr("What we know"), [f"{kind}: {value}" for kind, value in data["fields"]]),
        _listed(tr("Labels"), data["labels"]),
        _listed(tr("On networks"), [f"{a['network']}: {a['handle']} {a['name']}"
                                    for a in data["authors"]]),
        _listed(tr("Notes"), [f"{n['at']} {n['text']}" for n in data["notes"]]),
        f"<h2>{_safe(tr('What they wrote, and our answers'))}</h2>",
    ]  # fmt: skip
    for m in data["mentions"]:
        parts.append(
            f"<article><span class='at'>{_safe(m['published_at'])} · {_safe(m['network'])} · "
            f"{_safe(m['url'])}</span><p dir='auto'>{_safe(m['title'])} {_safe(m['body'])}</p>"
        )
        parts += [f"<blockquote dir='auto'>{_safe(r['text'])}</blockquote>" for r in m["replies"]]
        parts.append("</article>")
    parts.append(_listed(tr("Journal"), [f"{e['seq']} {e['at']} {e['kind']}"
                                         for e in data["journal"]]))  # fmt: skip
    return "\n".join(parts) + "\n"


def _listed(title: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    inside = "".join(f"<li dir='auto'>{_safe(line)}</li>" for line in lines)
    return f"<h2>{_safe(title)}</h2><ul>{inside}</ul>"


def _safe(text: str) -> str:
    return html.escape(text)


def _iso(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds")
