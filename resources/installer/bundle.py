"""What the frozen program carries: the decisions of `socialdesk.spec`, apart from PyInstaller.

An entry is PyInstaller's own triple (where it goes, where it comes from, its kind).
"""

import pkgutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

Entry = tuple[str, str, str]
Needs = Callable[[str], set[str]]

# GPL only, and the standard library can do without them: GNU readline, gdbm, Berkeley DB.
GPL_MODULES: Final = ("readline", "_gdbm", "_dbm", "dbm.gnu", "dbm.ndbm")
# Others do better without: vobject brings its own answer where pytz is missing, PyYAML is fast
# enough for apprise without its C part, and Markdown colours no code here.
SPARED: Final = ("pytz", "yaml._yaml", "yaml.cyaml", "pygments", "dateutil.zoneinfo.rebuild")
EXCLUDED: Final = (
    *GPL_MODULES, *SPARED, "tkinter", "pip", "setuptools", "numpy", "pandas", "pytest", "_pytest",
    "babel", "hypothesis", "mypy", "curses", "_curses", "IPython", "lib2to3", "ensurepip", "tests",
    "crypt", "_crypt", "nis", "ossaudiodev",
    *(f"PySide6.{name}" for name in (
        "QtQml", "QtQuick", "QtQuickWidgets", "QtOpenGL", "QtOpenGLWidgets", "QtSql", "QtTest",
        "QtDesigner", "QtHelp", "QtUiTools",
    )),
)  # fmt: skip

# Plugins of Qt for screens and desktops that nobody here has; libqgtk3 alone drags in all of GTK.
DROPPED_PLUGINS: Final = (
    "platforms/libqeglfs", "platforms/libqlinuxfb", "platforms/libqvkkhr", "platforms/libqvnc",
    "platforms/libqminimal", "platformthemes/libqgtk3", "egldeviceintegrations/", "generic/",
    "networkinformation/", "imageformats/libqtiff", "imageformats/libqtga", "imageformats/libqwbmp",
    "tls/",  # the engine speaks TLS through Python's ssl, and the window speaks none
)  # fmt: skip
# The system's own, by the package's Depends: they read its configuration (fonts, the bus), which
# may be newer than what they were built with; 7 MB with what they need.
LEFT_TO_SYSTEM: Final = ("libdbus-1.so.3", "libfontconfig.so.1")
QT_CATALOGUES: Final = ("qtbase_en.qm", "qtbase_ru.qm", "qtbase_kk.qm")

# In `resources`, but for people who build the program: the README's pictures, the sources of the
# translations, and this folder.
LEFT_OUT_FOLDERS: Final = ("installer", "pictures")
LEFT_OUT_ENDINGS: Final = (".po", ".pot", ".pyc")


def resource_files(root: Path) -> list[tuple[str, str]]:
    """Each file of `root` (the `resources` folder) that ships, and the folder it goes to."""
    return [
        (str(path), str(PurePosixPath("resources", path.relative_to(root).as_posix()).parent))
        for path in sorted(root.rglob("*"))
        if path.is_file() and _ships(path.relative_to(root))
    ]


def _ships(path: Path) -> bool:
    return path.parts[0] not in LEFT_OUT_FOLDERS and path.suffix not in LEFT_OUT_ENDINGS


def kept_data(datas: Iterable[Entry]) -> list[Entry]:
    """`datas` with no catalogue of Qt's but those of the program's languages."""
    return [
        entry
        for entry in datas
        if not (entry[0].endswith(".qm") and "PySide6" in entry[0])
        or entry[0].endswith(QT_CATALOGUES)
    ]


def names_of_modules(package: str, folder: Path, empty: Path) -> list[Entry]:
    """An empty file NAME.py for each module in a package's `folder`; `empty`: where it comes from.

    apprise looks for its plugins by the names of files, then imports them as modules, and those lie
    in the program's archive. Their sources would do as well, and take 4 MB more.
    """
    place = package.replace(".", "/")
    names = sorted(one.name for one in pkgutil.iter_modules([str(folder)]))
    return [(f"{place}/{name}.py", str(empty), "DATA") for name in names]


def kept_plugins(binaries: Iterable[Entry]) -> list[Entry]:
    """`binaries` without the plugins that are dropped."""
    return [
        entry
        for entry in binaries
        if not entry[0].replace("\\", "/").partition("/plugins/")[2].startswith(DROPPED_PLUGINS)
    ]


def reachable(binaries: list[Entry], needs: Needs) -> list[Entry]:
    """The binaries that Python, its extensions and Qt's plugins need, and theirs to the end.

    `needs`: the base names of the libraries that a file asks for. Links are kept: those that then
    point nowhere are removed from the finished folder.
    """
    binaries = [entry for entry in binaries if entry[0] not in LEFT_TO_SYSTEM]
    by_name: dict[str, list[Entry]] = {}
    for entry in binaries:
        by_name.setdefault(PurePosixPath(entry[0]).name, []).append(entry)
    found: set[str] = set()
    todo = [entry for entry in binaries if _is_root(entry)]
    while todo:
        entry = todo.pop()
        if entry[0] not in found:
            found.add(entry[0])
            todo += [one for name in needs(entry[1]) for one in by_name.get(name, ())]
    return [entry for entry in binaries if entry[0] in found or entry[2] == "SYMLINK"]


def _is_root(entry: Entry) -> bool:
    return entry[2] == "EXTENSION" or "/plugins/" in entry[0] or "libpython" in entry[0]


def needed_by_elf(path: str) -> set[str]:
    """The libraries that an ELF file names as NEEDED, by binutils' objdump."""
    done = subprocess.run(["objdump", "-p", path], capture_output=True, text=True, check=False)
    lines = (line.split() for line in done.stdout.splitlines())
    return {words[1] for words in lines if words[:1] == ["NEEDED"]}


def finish(folder: Path) -> None:
    """Remove the links of a finished Linux bundle that point nowhere, and strip what was built with
    symbols. Raises CalledProcessError."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() and not path.exists():
            path.unlink()
    for library in stripped(folder):
        subprocess.run(["strip", "--strip-unneeded", str(library)], check=True)


def stripped(folder: Path) -> Iterator[Path]:
    """Python's library (22 MB with its symbols, 6 without) and the extensions of Python and of
    packages; not Qt's parts, which come stripped."""
    for path in sorted((folder / "_internal").rglob("*.so*")):
        name, is_qt = path.name, "PySide6" in path.parts or "shiboken6" in path.parts
        is_ours = ".cpython-" in name or ".abi3." in name or name.startswith("libpython")
        if is_ours and not is_qt and not path.is_symlink():
            yield path
