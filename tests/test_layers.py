"""The house rules that a syntax tree can show: who may import whom, and what nobody may do."""

import ast
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
MAX_LINES: Final = 400

BELOW_ENGINE: Final = {"domain", "store", "networks", "credentials", "analysis", "practice"}
LEAVES: Final = {"i18n", "places"}
# A layer may import itself, the version in socialdesk/__init__.py, and these.
ALLOWED: Final[Mapping[str, set[str]]] = {
    "__init__": set(),
    "domain": set(),
    "places": set(),
    "i18n": {"places"},  # see its docstring
    "logs": {"places"},
    "store": {"domain"},
    "networks": {"domain"},
    "credentials": {"domain"},
    "analysis": {"domain"},
    "practice": {"domain", "networks"},
    "engine": BELOW_ENGINE | LEAVES,
    "ui": {"domain", "engine"} | LEAVES,
    "cli": {"domain", "engine"} | LEAVES,
    "app": BELOW_ENGINE | LEAVES | {"engine", "ui", "cli", "logs"},
    "self_test": BELOW_ENGINE | LEAVES | {"app", "engine", "ui", "cli"},
    "__main__": {"app", "cli", "ui", "self_test"} | LEAVES,
}
# Third-party packages with one home each; `app` may import Qt where it starts the window.
HOMES: Final[Mapping[str, set[str]]] = {
    "PySide6": {"ui", "app", "self_test"},
    "shiboken6": {"ui"},
    "keyring": {"credentials"},
    "sqlite_utils": {"store"},
    "feedparser": {"networks", "self_test"},
    "requests": {"networks", "practice", "engine", "app"},
    "platformdirs": {"places"},
}
# A second SQLite library in one process corrupts; pickle runs what it reads.
NOWHERE: Final = {"apsw", "pysqlite3", "sqlean", "PySide6.QtSql", "pickle", "PySide6.QtAsyncio"}
DOMAIN_MAY_NOT: Final = {"logging", "os", "pathlib", "random", "socket", "sqlite3", "subprocess",
                         "threading", "time"}  # fmt: skip
THREADS: Final = {"Thread", "Timer", "ThreadPoolExecutor", "ProcessPoolExecutor", "Process",
                  "QThread", "QThreadPool", "QRunnable"}  # fmt: skip
CLOCKS: Final = {"now", "utcnow", "today"}


class Source:
    """One parsed file; `name` is its path from the top, with slashes."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.n_lines = name, text.count("\n")
        self.nodes = list(ast.walk(ast.parse(text)))
        functions = [n for n in self.nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
        self._in_functions = {id(inner) for f in functions for inner in ast.walk(f)}

    @property
    def layer(self) -> str:
        """`store` for socialdesk/store/labels.py, `i18n` for socialdesk/i18n.py, else empty."""
        top, _, rest = self.name.partition("/")
        return rest.partition("/")[0].removesuffix(".py") if top == "socialdesk" else ""

    def at(self, node: ast.AST, what: str) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 0)} {what}"

    def is_lazy(self, node: ast.AST) -> bool:
        """True for code that runs only when a function is called."""
        return id(node) in self._in_functions

    def imports(self) -> Iterator[tuple[ast.AST, str]]:
        """Every imported module by its full name; `from a import b` gives `a` and `a.b`."""
        for node in self.nodes:
            if isinstance(node, ast.Import):
                yield from ((node, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node, node.module
                yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)

    def calls(self, *names: str) -> Iterator[tuple[ast.AST, str]]:
        """The calls of these functions or methods, by their last name."""
        for node in self.nodes:
            if isinstance(node, ast.Call):
                match node.func:
                    case ast.Name(id=name) | ast.Attribute(attr=name) if name in names:
                        yield node, name


Rule = Callable[[Source], Iterator[str]]


def layers_import_inwards_only(source: Source) -> Iterator[str]:
    for node, module in source.imports():
        top, _, rest = module.partition(".")
        target = rest.partition(".")[0]
        if top != "socialdesk" or target in {"", "__version__", source.layer}:
            continue
        if target not in ALLOWED.get(source.layer, set()):
            yield source.at(node, f"{source.layer} imports {target}")


def every_layer_is_on_the_map(source: Source) -> Iterator[str]:
    if source.layer not in ALLOWED:
        yield f"{source.name} is in no known layer"


def imports_are_absolute_and_named(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.ImportFrom) and node.level:
            yield source.at(node, "relative import")
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
            yield source.at(node, "star import")


def libraries_stay_in_their_homes(source: Source) -> Iterator[str]:
    for node, module in source.imports():
        top = module.partition(".")[0]
        if source.layer not in HOMES.get(top, {source.layer}):
            yield source.at(node, f"{top} outside {sorted(HOMES[top])}")
        if {module, top} & NOWHERE:
            yield source.at(node, f"{module} is used nowhere")


def the_root_loads_qt_only_for_a_window(source: Source) -> Iterator[str]:
    for node, module in source.imports():
        if source.layer == "app" and module.startswith("PySide6") and not source.is_lazy(node):
            yield source.at(node, "loads Qt for the command line too")


def sqlite3_is_imported_in_one_file(source: Source) -> Iterator[str]:
    for node, module in source.imports():
        if module == "sqlite3" and source.name != "socialdesk/store/file/sqlite.py":
            yield source.at(node, "imports sqlite3")


COUNT_GRAPHEMES = tuple(
    f"socialdesk/domain/length/{name}.py" for name in ("length", "length_threads", "weighted")
)


def domain_is_pure(source: Source) -> Iterator[str]:
    if source.layer != "domain":
        return
    for node, module in source.imports():
        top = module.partition(".")[0]
        in_length = source.name in COUNT_GRAPHEMES and source.is_lazy(node)
        if top == "regex" and in_length:
            continue  # grapheme clusters, see the docstring of domain
        if top in DOMAIN_MAY_NOT or top not in sys.stdlib_module_names | {"socialdesk"}:
            yield source.at(node, f"imports {module}")
    yield from (source.at(node, f"calls {name}") for node, name in source.calls(*CLOCKS, "open"))


def the_window_starts_no_thread(source: Source) -> Iterator[str]:
    if source.layer != "ui":
        return
    for node, module in source.imports():
        if module.rpartition(".")[2] in THREADS:
            yield source.at(node, f"imports {module}")
    for node, name in source.calls(*THREADS, "processEvents", "sleep"):
        yield source.at(node, f"calls {name}")


def connectors_neither_wait_nor_start_threads(source: Source) -> Iterator[str]:
    if source.name == "socialdesk/networks/oauth.py":
        return  # the sign-in's listener on loopback (RFC 8252), opened and closed by the engine
    if source.layer in {"networks", "analysis"}:
        for node, name in source.calls(*THREADS - _ours(source), "sleep"):
            yield source.at(node, f"calls {name}")


def _ours(source: Source) -> set[str]:
    """Names that are classes of ours there: on a network a thread is a conversation too."""
    made = {node.name for node in source.nodes if isinstance(node, ast.ClassDef)}
    for node in source.nodes:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("socialdesk."):
            made |= {alias.asname or alias.name for alias in node.names}
    return made


def only_the_command_line_prints(source: Source) -> Iterator[str]:
    for node, _ in source.calls("print"):
        if source.layer != "cli":
            yield source.at(node, "prints")


def tls_is_whole_and_no_shell_starts(source: Source) -> Iterator[str]:
    weak = {("verify", False), ("check_hostname", False), ("shell", True)}
    for node in source.nodes:
        match node:
            case (
                ast.keyword(arg=str(name), value=ast.Constant(value=bool(value)))
                | ast.Assign(
                    targets=[ast.Attribute(attr=name)], value=ast.Constant(value=bool(value))
                )
            ) if (name, value) in weak:
                yield source.at(node, f"{name}={value}")


def files_stay_short(source: Source) -> Iterator[str]:
    if source.n_lines > MAX_LINES:
        yield f"{source.name}: {source.n_lines} lines"


def values_are_quick_to_define(source: Source) -> Iterator[str]:
    """See domain/frozen.py; a leaf imports nothing of ours."""
    for node in source.nodes:
        match node:
            case ast.Call(func=ast.Name("dataclass"), keywords=words) if any(
                word.arg == "frozen" for word in words
            ):
                if source.layer not in LEAVES:
                    yield source.at(node, "is a frozen dataclass, not @frozen")


def what_scrolls_is_our_scroll_area(source: Source) -> Iterator[str]:
    """Qt's own loses a resize: see ui/scroll_area.py."""
    if source.name == "socialdesk/ui/scroll_area.py":
        return
    for node in source.nodes:
        bases = node.bases if isinstance(node, ast.ClassDef) else ()
        if any(isinstance(base, ast.Name) and base.id == "QScrollArea" for base in bases):
            yield source.at(node, "is a QScrollArea")
    for node, name in source.calls("QScrollArea"):
        yield source.at(node, f"makes a {name}")


def a_test_waits_on_conditions(source: Source) -> Iterator[str]:
    for node, name in source.calls("sleep", "qWait"):
        yield source.at(node, f"calls {name}")


def sources(folder: str) -> Iterator[Source]:
    """The Python files below a top folder, without what tests make or borrow."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(("tests/fixtures/", "tests/output/")):
            yield Source(name, path.read_text("utf-8"))


PROGRAM: Final = tuple(sources("socialdesk"))
TESTS: Final = tuple(sources("tests"))

# Each rule of the program with a file that breaks it.
BREACHES: Final[Mapping[Rule, tuple[str, str]]] = {
    layers_import_inwards_only: ("store/x.py", "from socialdesk import engine"),
    every_layer_is_on_the_map: ("helpers/x.py", ""),
    imports_are_absolute_and_named: ("store/x.py", "from . import writer"),
    libraries_stay_in_their_homes: ("engine/x.py", "from PySide6.QtCore import QObject"),
    the_root_loads_qt_only_for_a_window: ("app.py", "import PySide6.QtWidgets"),
    sqlite3_is_imported_in_one_file: ("store/x.py", "from sqlite3 import connect"),
    domain_is_pure: ("domain/x.py", "import datetime\ndatetime.datetime.now()"),
    the_window_starts_no_thread: ("ui/x.py", "import threading\nthreading.Thread()"),
    connectors_neither_wait_nor_start_threads: ("networks/x.py", "import time\ntime.sleep(1)"),
    only_the_command_line_prints: ("engine/x.py", "print(1)"),
    tls_is_whole_and_no_shell_starts: ("networks/x.py", "http.verify = False"),
    files_stay_short: ("engine/x.py", "\n" * (MAX_LINES + 1)),
    values_are_quick_to_define: ("ui/x.py", "@dataclass(frozen=True)\nclass X: pass"),
    what_scrolls_is_our_scroll_area: ("ui/x.py", "scroll = QScrollArea()"),
}


@pytest.mark.parametrize("rule", BREACHES, ids=lambda rule: rule.__name__)
def test_the_program_keeps(rule: Rule) -> None:
    assert not [breach for source in PROGRAM for breach in rule(source)]


@pytest.mark.parametrize("rule", BREACHES, ids=lambda rule: rule.__name__)
def test_a_breach_is_seen_of(rule: Rule) -> None:
    name, text = BREACHES[rule]
    assert list(rule(Source(f"socialdesk/{name}", text)))


@pytest.mark.parametrize("rule", [a_test_waits_on_conditions, files_stay_short])
def test_the_tests_keep(rule: Rule) -> None:
    assert not [breach for source in TESTS for breach in rule(source)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("store/x.py", "import socialdesk.networks.base"),
        ("networks/x.py", "from socialdesk.store.file.writer import Writer"),
        ("ui/x.py", "from socialdesk.store import reader"),
        ("domain/x.py", "from socialdesk.i18n import tr"),
        ("cli/x.py", "from socialdesk.ui.theme import palette"),
    ],
)
def test_an_import_outwards_is_seen_in_every_spelling(name: str, text: str) -> None:
    assert list(layers_import_inwards_only(Source(f"socialdesk/{name}", text)))
