"""Templates out to a file, as a pack that another workspace can take in."""

from collections.abc import Sequence
from pathlib import Path

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.queue.rows import TemplateRow
from socialdesk.domain.replies.template import TemplateState, slots
from socialdesk.engine.packs import PackTemplate, pack_text
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.replies import templates


def packed(
    conn: Connection, template_ids: Sequence[int] = (), *, only_approved: bool = True
) -> list[PackTemplate]:
    """Each template with its newest version per language; those without one are left out, and so
    are language variants whose slots differ from the first (no pack may hold them)."""
    rows = templates.list_templates(conn, with_archived=bool(template_ids))
    wanted = [row for row in rows if not template_ids or row.id in template_ids]
    made = (_packed(row, only_approved=only_approved) for row in wanted)
    return [template for template in made if template.texts]


def write(path: Path, found: Sequence[PackTemplate]) -> None:
    """Whole or not at all, and never over a file that is there. Raises CommandError BAD_INPUT."""
    if not found:
        raise CommandError(CommandFault.EMPTY)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(pack_text(found))
    except OSError as e:
        raise CommandError(CommandFault.BAD_INPUT, what=f"{path.name}: {e.strerror}") from e


def _packed(row: TemplateRow, *, only_approved: bool) -> PackTemplate:
    texts: dict[str, str] = {}
    for version in sorted(row.versions, key=lambda v: -v.n):
        is_wanted = version.state is TemplateState.APPROVED or not only_approved
        if is_wanted and version.lang not in texts and _same_slots(texts, version.body):
            texts[version.lang] = version.body
    return PackTemplate(row.name, row.folder, dict(sorted(texts.items())))


def _same_slots(texts: dict[str, str], body: str) -> bool:
    return all(set(slots(text)) == set(slots(body)) for text in texts.values())
