"""The first steps: how far they are, a pack taken over, the practice brand removed."""

from socialdesk.domain.frozen import frozen


@frozen
class KeepFirstRun:
    """`packed`: of a `domain.first_run.FirstRun`. Leaves no journal entry: it is no decision."""

    packed: str


@frozen
class AdoptPack:
    """Install a pack that ships, and approve those of its texts whose hash is named: the ones that
    were shown. Templates whose name is there already stay as they are.

    Answer: n_approved.
    """

    name: str
    hashes: tuple[str, ...] = ()


@frozen
class RemovePractice:
    """The practice workspace, with its files, logs, sockets and locks. Its window is closed before.
    Leaves no journal entry: nothing is to remind of it. Answer: is_gone."""


FirstRunCommand = KeepFirstRun | AdoptPack | RemovePractice
