"""The workspace: settings, people here, saved views, backups."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetSetting:
    """Known keys are in `engine/settings.py`; "" goes back to the default."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class AddPerson:
    name: str


@dataclass(frozen=True, slots=True)
class BePerson:
    """ "I am …": who is at the keys."""

    person_id: int


@dataclass(frozen=True, slots=True)
class SaveView:
    """`view_id` 0 makes a new one."""

    name: str
    search: str
    view_id: int = 0


@dataclass(frozen=True, slots=True)
class DeleteView:
    view_id: int


@dataclass(frozen=True, slots=True)
class BackUp:
    """Answer: path, n_mentions (counted in the backup, opened again)."""

    path: str = ""  # "" = the workspace's backups folder


@dataclass(frozen=True, slots=True)
class Quit:
    """The engine finishes the reply on the wire, closes the file and ends."""


WorkspaceCommand = (
    SetSetting | AddPerson | BePerson | SaveView | DeleteView | BackUp | Quit
)  # fmt: skip
