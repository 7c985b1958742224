"""Routes for pictures: handed over first, then named by a post. The bytes are looked at and not
kept: the network's file has their size, hash, kind and description."""

import hashlib
from email import message_from_bytes
from email.message import Message

from socialdesk.practice.site import Site
from socialdesk.practice.wire import Ask, Reply, TurnedDownError, json_reply, not_found

N_MAX = 4  # in one post; Mastodon's default
MAX_BYTES = 16_777_216
MAX_ALT = 1_500
TYPES = ("image/jpeg", "image/png", "image/gif", "image/webp")


def upload(site: Site, ask: Ask, _: str) -> Reply:
    """POST /api/v2/media."""
    _check_software(site)
    form = _form(ask)
    content, mime = form.get("file", (b"", ""))
    if mime not in TYPES:
        raise TurnedDownError(422, "Validation failed: File content type is invalid")
    if not 0 < len(content) <= MAX_BYTES:
        raise TurnedDownError(422, "Validation failed: File file size must be less than 16 MB")
    alt = form.get("description", (b"", ""))[0].decode("utf-8", "replace")
    if len(alt) > MAX_ALT:
        raise TurnedDownError(422, "Validation failed: Description is too long")
    made = site.network.take_picture(hashlib.sha256(content).hexdigest(), mime, alt)
    is_read = not site.network.n_reads_left
    return json_reply(site.entities.picture(made, is_read=is_read), 200 if is_read else 202)


def show(site: Site, ask: Ask, upload_id: str) -> Reply:
    """GET /api/v1/media/:id; 206 while it is being read."""
    _check_software(site)
    found = site.network.uploads.get(upload_id)
    if found is None:
        raise not_found()
    if site.network.n_reads_left:
        site.network.n_reads_left -= 1
        return json_reply(site.entities.picture(found, is_read=False), 206)
    return json_reply(site.entities.picture(found))


def check_named(site: Site, ids: list[str]) -> tuple[str, ...]:
    """The pictures a post names. Raises TurnedDownError as Mastodon does."""
    if len(ids) > N_MAX:
        raise TurnedDownError(422, "Validation failed: Cannot attach more than 4 files")
    if site.network.n_reads_left and ids:
        words = "Cannot attach files that have not finished processing. Try again in a moment!"
        raise TurnedDownError(422, words)
    if any(one not in site.network.uploads for one in ids):
        raise not_found()
    return tuple(ids)


def _check_software(site: Site) -> None:
    if site.network.kind.traits.software == "takahe":
        raise not_found()


def _form(ask: Ask) -> dict[str, tuple[bytes, str]]:
    """The parts of a multipart body: bytes and type by name."""
    head = f"Content-Type: {ask.headers.get('content-type', '')}\r\n\r\n".encode()
    parts = message_from_bytes(head + ask.body).get_payload()
    found: dict[str, tuple[bytes, str]] = {}
    for part in parts if isinstance(parts, list) else ():
        if isinstance(part, Message):
            name = part.get_param("name", header="Content-Disposition")
            content = part.get_payload(decode=True)
            if isinstance(name, str) and isinstance(content, bytes):
                found[name] = content, part.get_content_type()
    return found
