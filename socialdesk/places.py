"""Where things lie: resources, workspaces, logs; all that we write is for its owner only.

A workspace lies in the user's data folder under `workspaces/NAME`; the variable SOCIALDESK_HOME
moves all of it (tests, portable use), and a path in place of a name moves one workspace.
Rights are given at creation, never afterwards: no moment is open to others, whatever the umask.
On Windows modes mean nothing; there the user's profile folder keeps others out.
"""

import os
import re
import stat
import sys
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Final

HOME_VARIABLE: Final = "SOCIALDESK_HOME"
DEFAULT_WORKSPACE: Final = "main"
PRACTICE_WORKSPACE: Final = "practice"
FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600

_APP: Final = "SocialDesk"
_MAX_NAME_CHARS: Final = 64
_NAME: Final = re.compile(r"[^\W_][\w .-]*")
# Device names that Windows keeps for itself, with or without an ending.
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


class PlaceFault(Enum):
    """Why a workspace cannot lie where it was asked to."""

    EMPTY = "empty"
    TOO_LONG = "too_long"  # over 64 characters
    BAD_NAME = "bad_name"  # not letters, digits, space, . _ - beginning with a letter or digit
    RESERVED = "reserved"  # a device's name on Windows
    NOT_A_FOLDER = "not_a_folder"  # a file lies there
    FOREIGN_FOLDER = "foreign_folder"  # a folder with other things in it
    NOT_WRITABLE = "not_writable"


class PlaceError(ValueError):
    """A workspace's name or path cannot be used. `given` is what the user typed."""

    def __init__(self, fault: PlaceFault, given: str) -> None:
        super().__init__(f"{fault.value}: {given!r}")
        self.fault, self.given = fault, given


@dataclass(frozen=True, slots=True)
class Workspace:
    """The paths of one brand's folder. Making this value touches no disk; `prepare` does."""

    name: str
    folder: Path
    logs: Path

    @property
    def database(self) -> Path:
        return self.folder / "workspace.db"

    @property
    def engine_lock(self) -> Path:
        """Held by whoever is the engine; freed by the system when that process dies."""
        return self.folder / "engine.lock"

    @property
    def engine_address(self) -> Path:
        """Where the running engine listens, with its key."""
        return self.folder / "engine.json"

    @property
    def window_lock(self) -> Path:
        return self.folder / "window.lock"

    @property
    def window_settings(self) -> Path:
        """Window geometry, nothing else."""
        return self.folder / "window.ini"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    @property
    def media(self) -> Path:
        return self.folder / "media"

    @property
    def practice_posts(self) -> Path:
        """What the practice network holds; outlives a killed engine as a real network does."""
        return self.folder / "practice.jsonl"

    @property
    def drill_mark(self) -> Path:
        """Which drill this workspace is the sandbox of; see `engine/drills/mark.py`."""
        return self.folder / "drill.json"

    @property
    def is_drill(self) -> bool:
        """A drill's sandbox: nothing that is done in it leaves the machine."""
        return self.drill_mark.exists()

    @property
    def drills(self) -> Path:
        """The sandboxes of this workspace's drills: the one that is played, and those whose window
        is still open."""
        return self.folder / "drills"

    @property
    def window_log(self) -> Path:
        return self.logs / "window.log"

    @property
    def engine_log(self) -> Path:
        return self.logs / "engine.log"

    @property
    def is_practice(self) -> bool:
        """A practice workspace never meets a real network: the practice network's posts mark it.
        A workspace of another name without them, or one with a file of its own, is somebody's."""
        if self.is_drill:
            return False
        if self.practice_posts.exists():
            return True
        return self.name == PRACTICE_WORKSPACE and not self.database.exists()

    def prepare(self) -> None:
        """Make the folders, for their owner only. Raises PlaceError.

        A folder with other things in it is refused, because ours is closed to everybody else.
        """
        given = str(self.folder)
        try:
            if self.folder.exists() and not _is_ours(self.folder):
                raise PlaceError(PlaceFault.FOREIGN_FOLDER, given)
            for folder in (self.folder, self.backups, self.media, self.logs):
                private_folder(folder)
                if not os.access(folder, os.W_OK):  # a disk that can only be read
                    raise PlaceError(PlaceFault.NOT_WRITABLE, given)
        except (FileExistsError, NotADirectoryError) as e:
            raise PlaceError(PlaceFault.NOT_A_FOLDER, given) from e
        except OSError as e:
            raise PlaceError(PlaceFault.NOT_WRITABLE, given) from e


def resource(*parts: str) -> Path:
    """A file or folder that ships with the program: `resource("i18n")`."""
    return _resources().joinpath(*parts)


def _resources() -> Path:
    if getattr(sys, "frozen", False):
        return Path(sys._MEIPASS) / "resources"  # type: ignore[attr-defined]  # PyInstaller's own
    return _beside(Path(__file__).parent)


@cache
def _beside(package: Path) -> Path:
    """Looked for once: an icon is read 40 times while the window starts."""
    in_wheel = package / "_resources"
    return in_wheel if in_wheel.is_dir() else package.parent / "resources"


def data_folder() -> Path:
    """The root of all workspaces."""
    home = os.environ.get(HOME_VARIABLE)
    if home:
        return Path(home).expanduser().absolute()
    from platformdirs import user_data_path  # 6 modules that SOCIALDESK_HOME can do without

    return user_data_path(_APP, appauthor=False, roaming=False)


def log_folder() -> Path:
    """The root of the logs of all named workspaces."""
    if os.environ.get(HOME_VARIABLE):
        return data_folder() / "logs"
    from platformdirs import user_log_path

    return user_log_path(_APP, appauthor=False)


def workspace(name_or_path: str = DEFAULT_WORKSPACE) -> Workspace:
    """The paths of a workspace, by its name or by a path. Raises PlaceError.

    A path has a separator in it or begins with `.` or `~`; its logs lie inside the folder, so
    that the whole can be carried on a stick.
    """
    if "\0" in name_or_path:
        raise PlaceError(PlaceFault.BAD_NAME, name_or_path)
    if _is_path(name_or_path):
        folder = Path(name_or_path).expanduser().absolute()
        if folder.exists() and not folder.is_dir():
            raise PlaceError(PlaceFault.NOT_A_FOLDER, name_or_path)
        return Workspace(folder.name or str(folder), folder, folder / "logs")
    name = _checked(unicodedata.normalize("NFC", name_or_path))
    return Workspace(name, data_folder() / "workspaces" / name, log_folder() / name)


def workspace_names() -> list[str]:
    """The named workspaces that exist, sorted."""
    root = data_folder() / "workspaces"
    if not root.is_dir():
        return []
    return sorted(p.name for p in root.iterdir() if (p / "workspace.db").is_file())


def keep_to_owner() -> None:
    """For a process of ours, before it makes anything: what others make for it (Qt its lock and
    settings, the system a socket) is for its owner only too. What we make is so by itself."""
    os.umask(0o077)


def private_folder(path: Path) -> None:
    """Make `path` and the missing folders above it, 0700 from their first moment.

    One that is there already and belongs to us is closed to others. Raises OSError.
    """
    missing = [path, *path.parents]
    while missing and missing[-1].exists():
        missing.pop()
    for folder in reversed(missing):
        folder.mkdir(FOLDER_MODE, exist_ok=True)
    if stat.S_IMODE(path.stat().st_mode) != FOLDER_MODE:
        path.chmod(FOLDER_MODE)  # ours from before; or an umask that took the owner's own rights


def private_file(path: Path) -> None:
    """Make an empty file, 0600 from its first moment; one that is there keeps its content.

    For SQLite: it takes an empty file as a new database and gives -wal and -shm the same rights.
    An existing file is not opened: closing it would drop the locks SQLite has on it.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))
    except FileExistsError:
        if stat.S_IMODE(path.stat().st_mode) != FILE_MODE:
            path.chmod(FILE_MODE)


def private_opener(path: str, flags: int) -> int:
    """For `open(..., opener=private_opener)`: a file made this way is 0600."""
    return os.open(path, flags, FILE_MODE)


def _is_path(text: str) -> bool:
    return text.startswith((".", "~")) or "/" in text or os.sep in text or os.path.isabs(text)


def _checked(name: str) -> str:
    if not name.strip():
        raise PlaceError(PlaceFault.EMPTY, name)
    if len(name) > _MAX_NAME_CHARS:
        raise PlaceError(PlaceFault.TOO_LONG, name)
    if not _NAME.fullmatch(name) or name.endswith((".", " ")):
        raise PlaceError(PlaceFault.BAD_NAME, name)
    if _RESERVED.fullmatch(name):
        raise PlaceError(PlaceFault.RESERVED, name)
    return name


def _is_ours(folder: Path) -> bool:
    """Empty, or something in it is a workspace's own."""
    shape = Workspace("", folder, folder / "logs")
    ours = {shape.database, shape.engine_lock, shape.window_lock, shape.backups, shape.drill_mark}
    found = set(folder.iterdir())
    return not found or bool(found & ours)
