"""Owning the data: copies and restores, how long words stay, everything as one file, leaving."""

from socialdesk.domain.frozen import frozen


@frozen
class ListCopies:
    """Answer: folder, failed_at and failure (of the newest try, 0 = it went well), copies: lists of
    path, at, reason, n_bytes, n_mentions (-1 = not counted), n_pictures, until (0 = it stays).
    `counts_all`: open and count what nobody has counted."""

    counts_all: bool = False


@frozen
class DeleteCopy:
    """A copy of that list, with its pictures."""

    path: str


@frozen
class RestoreCopy:
    """That copy's content in the place of the workspace's, which is kept beside. Answer:
    n_mentions, n_held, n_pictures, kept. The engine has to start anew after it: send Quit."""

    path: str


@frozen
class SetKeep:
    """How long words stay. `account_id` 0 = of all accounts that say nothing else. `choice`: a key
    of `domain/keep.py`."""

    account_id: int
    choice: str


@frozen
class ListKeeps:
    """Answer: accounts: lists of id, network, name, choice, terms_hours (0 = its network's terms
    set no limit); default. A command, because networks live in the engine's process."""


@frozen
class ReadDisk:
    """Whether the disk is encrypted. Answer: state, what (values of `engine/health/disk.py`)."""


@frozen
class CheckComputer:
    """What `doctor` looks at, of the workspace that is open; changes nothing. Answer: checks: lists
    of the fields of `domain.check.Check`, in `language`: who asks may have changed it a moment
    before the engine hears of it. "" = the engine's."""

    language: str = ""


@frozen
class ListSignIns:
    """What lies in the keyring for this workspace, by name and never by content. Answer: entries:
    lists of kind (account, pin, notify), name, is_session_only."""


@frozen
class ForgetSignIns:
    """All of that goes from the keyring; accounts wait for a new sign-in. Answer: n."""


@frozen
class ExportAll:
    """Everything as one ZIP of open formats, whole or not at all, never over a file that is there.
    Answer: path, is_whole (False = cancelled, nothing is left), n_mentions, n_files, n_left_out."""

    path: str


@frozen
class ExportProgress:
    """Answer: n_done, n_total (rows), is_running."""


@frozen
class CancelExport:
    """The one that runs stops and leaves nothing."""


@frozen
class RemoveWorkspace:
    """The keyring's entries now; folder and logs by a process of its own as soon as window and
    engine have ended. `typed_name`: as the window calls it, to confirm."""

    typed_name: str


OwningCommand = (
    ListCopies | DeleteCopy | RestoreCopy | SetKeep | ListKeeps | ReadDisk | CheckComputer
    | ListSignIns | ForgetSignIns | ExportAll | ExportProgress | CancelExport | RemoveWorkspace
)  # fmt: skip
