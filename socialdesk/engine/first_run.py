"""The packs that ship, as the first steps offer them: every text with the hash of its approval."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from socialdesk.domain.crisis.approval import approval_hash, canonical_text
from socialdesk.domain.replies.template import TemplateState
from socialdesk.engine.packs import read_pack
from socialdesk.engine.queries.first_run import PackOffer, PackText
from socialdesk.i18n import language
from socialdesk.places import resource
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.replies import templates

FIRST: Final = "starter"  # what most need stands first
PRACTICE_PACK: Final = "bakery"  # its texts speak of the invented bakery


def pack_offers(conn: Connection) -> tuple[PackOffer, ...]:
    """The general one first. A text counts as approved when exactly these words are, here."""
    approved = {
        version.hash
        for template in templates.list_templates(conn)
        for version in template.versions
        if version.state is TemplateState.APPROVED
    }
    files = sorted(resource("templates").glob("*.toml"), key=lambda p: (p.stem != FIRST, p.stem))
    return tuple(_offer(path, approved) for path in files if path.stem != PRACTICE_PACK)


def _offer(path: Path, approved: set[str]) -> PackOffer:
    head = tomllib.loads(path.read_text(encoding="utf-8"))
    titles: Mapping[str, str] = head.get("name", {})
    title = titles.get(language()) or titles.get("en") or path.stem
    unread = tuple(lang for lang, is_read in head.get("review", {}).items() if not is_read)
    return PackOffer(path.stem, title, tuple(_texts(path, approved)), unread)


def _texts(path: Path, approved: set[str]) -> Iterator[PackText]:
    for template in read_pack(path):
        for lang, text in template.texts.items():
            words = canonical_text(text)
            digest = approval_hash(kind="template", lang=lang, text=words)
            yield PackText(
                template.name, template.folder, lang, words, digest, digest in approved
            )  # fmt: skip
