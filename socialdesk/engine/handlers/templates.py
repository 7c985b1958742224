"""Templates: new versions, approval in one deliberate step, packs."""

from pathlib import Path
from typing import Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.engine import commands as c
from socialdesk.engine.packs import read_pack
from socialdesk.engine.work import Handler, Outcome
from socialdesk.places import resource
from socialdesk.store.file.writer import Transaction
from socialdesk.store.replies import templates

_TONES: Final = {"light": True, "plain": False}


def save_template(tx: Transaction, command: c.SaveTemplate, person: int) -> Outcome:
    made = templates.save_version(
        tx, name=command.name, body=command.body, lang=command.lang, person=person,
        folder=command.folder, template_id=command.template_id, is_light=_TONES.get(command.tone),
    )  # fmt: skip
    answer = {
        "template_id": made.template_id,
        "version_id": made.version_id,
        "hash": made.hash,
    }
    return made.seq, answer


def approve_version(tx: Transaction, command: c.ApproveVersion, person: int) -> Outcome:
    return templates.approve(tx, command.version_id, command.hash, person), {}


def archive_template(tx: Transaction, command: c.ArchiveTemplate, person: int) -> Outcome:
    return templates.archive(tx, command.template_id, command.is_archived, person), {}


def install_pack(tx: Transaction, command: c.InstallPack, person: int) -> Outcome:
    """Templates whose name is there already stay as they are: a pack can be installed twice."""
    known = {t.name for t in templates.list_templates(tx.conn, with_archived=True)}
    made: list[templates.SavedVersion] = []
    for template in read_pack(pack_path(command.name)):
        if template.name in known:
            continue
        template_id = 0
        for lang, text in template.texts.items():
            saved = templates.save_version(
                tx, name=template.name, body=text, lang=lang, person=person,
                folder=template.folder, template_id=template_id,
            )  # fmt: skip
            template_id = saved.template_id
            made.append(saved)
    seq = made[-1].seq if made else 0
    return seq, {"versions": [[v.version_id, v.hash] for v in made]}


def pack_path(name: str) -> Path:
    """A pack that ships with the program, or a person's own file. Raises CommandError."""
    if name.isidentifier():
        return resource("templates", f"{name}.toml")
    path = Path(name).expanduser()
    if path.suffix != ".toml" or not path.is_file():
        raise CommandError(CommandFault.BAD_INPUT, what=name)
    return path


HANDLERS: Final[dict[type, Handler]] = {
    c.SaveTemplate: save_template,
    c.ApproveVersion: approve_version,
    c.ArchiveTemplate: archive_template,
    c.InstallPack: install_pack,
}
