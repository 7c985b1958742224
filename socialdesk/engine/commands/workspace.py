"""The workspace: settings, people here, saved views, backups."""

from socialdesk.domain.frozen import frozen


@frozen
class SetSetting:
    """Known keys are in `engine/settings.py`; "" goes back to the default."""

    key: str
    value: str


@frozen
class AddPerson:
    name: str


@frozen
class RenamePerson:
    """What they did stands under the new name; the journal keeps the old one as well."""

    person_id: int
    name: str


@frozen
class BePerson:
    """ "I am …": who is at the keys."""

    person_id: int


@frozen
class PutAwayPerson:
    """They left the team: chosen for nothing any more, their PIN is removed, what waits for them is
    nobody's. What they did keeps their name."""

    person_id: int


@frozen
class BringBackPerson:
    """They are chosen again; what was theirs stays with those who have it now."""

    person_id: int


@frozen
class SaveView:
    """`view_id` 0 makes a new one."""

    name: str
    search: str
    view_id: int = 0


@frozen
class DeleteView:
    view_id: int


@frozen
class BackUp:
    """Answer: path, n_mentions (counted in the backup, opened again)."""

    path: str = ""  # "" = the workspace's backups folder


@frozen
class Quit:
    """The engine finishes the reply on the wire, closes the file and ends."""


WorkspaceCommand = (
    SetSetting | AddPerson | RenamePerson | BePerson | PutAwayPerson | BringBackPerson | SaveView
    | DeleteView | BackUp | Quit
)  # fmt: skip
