"""The first steps: how far they are, and a pack taken over in one deliberate step."""

from typing import Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.first_run import KEY, read_first_run
from socialdesk.domain.replies.template import TemplateState
from socialdesk.engine.commands.first_run import AdoptPack, KeepFirstRun
from socialdesk.engine.commands.templates import InstallPack
from socialdesk.engine.handlers.templates import install_pack
from socialdesk.engine.work import Handler, Outcome
from socialdesk.store import settings
from socialdesk.store.file.writer import Transaction
from socialdesk.store.replies import templates


def keep_first_run(tx: Transaction, command: KeepFirstRun, person: int) -> Outcome:
    try:
        state = read_first_run(command.packed)
    except ValueError as e:
        raise CommandError(CommandFault.BAD_INPUT, what=command.packed[:80]) from e
    settings.put(tx, KEY, state.packed() if state else "")
    return 0, {}


def adopt_pack(tx: Transaction, command: AdoptPack, person: int) -> Outcome:
    """An approval is of one exact text: only versions with a hash that was shown get one."""
    seq, _ = install_pack(tx, InstallPack(command.name), person)
    there = templates.list_templates(tx.conn)
    n_approved, wanted = 0, set(command.hashes)
    for version in (version for template in there for version in template.versions):
        if version.hash in wanted and version.state is TemplateState.DRAFT:
            seq = templates.approve(tx, version.id, version.hash, person)
            n_approved += 1
    return seq, {"n_approved": n_approved}


HANDLERS: Final[dict[type, Handler]] = {
    KeepFirstRun: keep_first_run,
    AdoptPack: adopt_pack,
}
